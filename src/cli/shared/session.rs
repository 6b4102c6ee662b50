//! The session of a command: language, today, records directory, output.

use std::ffi::OsStr;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anstream::{AutoStream, ColorChoice};
use anyhow::anyhow;
use chrono::NaiveDate;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command, FromArgMatches, ValueEnum};
use fluent_bundle::FluentValue;

use crate::analysis::contact::MissingContacts;
use crate::cli::shared::environment::{self, DIRECTORY};
use crate::cli::shared::format::{FORMAT, refuse_newer};
use crate::cli::shared::recovery;
use crate::cli::shared::sheet::Target;
use crate::cli::shared::user_error::{
    FileErrors, UserError, fail_to, seal_unavailable, system_words,
};
use crate::diagnostic::Message;
use crate::exchange::last_contacts;
use crate::model::{Date, Id, Records, School};
use crate::store::file::MAX_FILE_BYTES;
use crate::store::load::Broken;
use crate::store::lock::SharedLock;
use crate::store::outside;
use crate::store::{ReadOptions, Store};
use crate::text::{Lang, lang, sanitize};
use crate::tr;

/// The global options.
#[derive(Args, Debug)]
pub(crate) struct Global {
    #[arg(
        short = 'C',
        long = "directory",
        value_name = "DIR",
        global = true,
        env = DIRECTORY,
        hide_env = true
    )]
    directory: Option<PathBuf>,
    #[arg(long, value_name = "LANG", global = true, value_parser = ["zh", "en"])]
    lang: Option<String>,
    #[arg(
        long,
        value_name = "DATE",
        global = true,
        env = "CUNCAO_TODAY",
        hide_env = true,
        allow_hyphen_values = true,
        value_parser = crate::cli::shared::day::day
    )]
    today: Option<Date>,
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    color: ColorMode,
    #[arg(long, value_name = "HELPER", global = true)]
    me: Option<String>,
    #[arg(short, long, global = true, overrides_with = "verbose")]
    quiet: bool,
    #[arg(short, long, global = true, overrides_with = "quiet")]
    verbose: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ColorMode {
    Auto,
    Always,
    Never,
}

/// The records read, with the number of files left out.
pub(crate) struct ReadRecords {
    pub(crate) records: Records,
    pub(crate) left_out: usize,
}

/// The session of a command.
pub(crate) struct Session {
    pub(crate) lang: Lang,
    /// Whether the language was requested, rather than taken from the system.
    pub(crate) lang_was_asked: bool,
    pub(crate) today: NaiveDate,
    pub(crate) quiet: bool,
    verbose: bool,
    /// The current user, as given.
    pub(crate) me: Option<String>,
    /// The children and helpers, loaded once.
    pub(super) people: Option<Rc<Records>>,
    /// Whether the environment was reported.
    has_told_surroundings: bool,
    /// The name of the running command.
    command: String,
    /// Builds the complete command line, without help texts.
    pub(crate) command_line: fn() -> Command,
    directory: PathBuf,
    /// The directory given by `-C`, independent of the environment.
    start: PathBuf,
    out: BufWriter<AutoStream<io::Stdout>>,
    err: AutoStream<io::Stderr>,
}

impl Session {
    pub(crate) fn new(
        matches: &ArgMatches,
        command_line: fn() -> Command,
        lang: Lang,
    ) -> anyhow::Result<Session> {
        let global = Global::from_arg_matches(matches)?;
        let choice = match global.color {
            ColorMode::Always => ColorChoice::Always,
            ColorMode::Never => ColorChoice::Never,
            ColorMode::Auto => ColorChoice::Auto,
        };
        let today = global.today.map(|date| date.0);
        let directory = global.directory.unwrap_or_else(|| PathBuf::from("."));
        Ok(Session {
            lang,
            lang_was_asked: global.lang.is_some() || environment::variable("CUNCAO_LANG").is_some(),
            today: today.unwrap_or_else(environment::clock),
            quiet: global.quiet,
            verbose: global.verbose,
            me: global.me,
            people: None,
            has_told_surroundings: false,
            command_line,
            command: matches.subcommand_name().unwrap_or_default().to_owned(),
            start: match matches.value_source("directory") {
                Some(ValueSource::CommandLine) => directory.clone(),
                _ => PathBuf::from("."),
            },
            directory,
            out: BufWriter::new(AutoStream::new(io::stdout(), choice)),
            err: AutoStream::new(io::stderr(), choice),
        })
    }

    /// A localised message.
    pub(crate) fn text(&self, id: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
        lang::message(self.lang, id, arguments)
    }

    /// Standard output.
    pub(crate) fn out(&mut self) -> &mut impl Write {
        &mut self.out
    }

    /// The output for tables.
    pub(crate) fn target(&mut self) -> Target<'_> {
        Target {
            lang: self.lang,
            width: self.width(),
            is_coloured: self.is_coloured(),
            out: &mut self.out,
        }
    }

    /// Writes raw bytes: a Word file may contain what looks like terminal escapes.
    pub(crate) fn write_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.flush()?;
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    }

    /// Whether the output is coloured.
    pub(crate) fn is_coloured(&self) -> bool {
        !matches!(
            self.out.get_ref().current_choice(),
            ColorChoice::Never | ColorChoice::Auto
        )
    }

    /// Writes texts that contain colours only if [`Session::is_coloured`]: plain output bypasses the stripping.
    pub(crate) fn write_shown<'t>(
        &mut self,
        mut texts: impl Iterator<Item = &'t str>,
    ) -> io::Result<()> {
        if self.is_coloured() {
            return texts.try_for_each(|text| self.out.write_all(text.as_bytes()));
        }
        self.out.flush()?;
        let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        texts.try_for_each(|text| out.write_all(text.as_bytes()))?;
        out.flush()
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Flushes the output.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub(crate) fn finish(&mut self) -> anyhow::Result<()> {
        let lang = self.lang;
        self.out.flush().map_err(|fault| {
            let message = crate::tr!(lang, "cannot-print", fault = fault.to_string());
            anyhow::Error::new(fault).context(message)
        })
    }

    /// Returns the text of a record's file.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is not UTF-8.
    pub(crate) fn text_of(&self, store: &Store, path: &str) -> anyhow::Result<String> {
        store.text(path).map_err(|fault| {
            let message = crate::tr!(
                self.lang,
                "cannot-read",
                path = path,
                fault = system_words(&fault, self.lang)
            );
            anyhow::Error::new(fault).context(message)
        })
    }

    /// Prints a message to standard error, unless `--quiet`.
    pub(crate) fn say(&mut self, text: &str) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        self.out.flush()?;
        writeln!(self.err, "{}", sanitize::terminal_lines(text))
    }

    /// With `--verbose`, prints once which directory, date and language are used.
    pub(crate) fn print_context(&mut self, store: &Store) -> io::Result<()> {
        if std::mem::replace(&mut self.has_told_surroundings, true) {
            return Ok(());
        }
        let root = store.root().display().to_string();
        let day = self.today.to_string();
        self.detail("detail-directory", &[("path", root.into())])?;
        self.detail(
            "detail-today",
            &[("day", day.into()), ("lang", self.lang.code().into())],
        )
    }

    /// With `--verbose`, prints how the work is done.
    pub(crate) fn detail(
        &mut self,
        id: &str,
        arguments: &[(&str, FluentValue<'_>)],
    ) -> io::Result<()> {
        if self.verbose {
            self.say(&self.text(id, arguments))
        } else {
            Ok(())
        }
    }

    /// Prints a warning to standard error, even with `--quiet`.
    pub(crate) fn warn(&mut self, text: &str) -> io::Result<()> {
        self.out.flush()?;
        writeln!(self.err, "{}", sanitize::terminal_lines(text))
    }

    /// Whether questions can be asked.
    pub(crate) fn is_interactive(&self) -> bool {
        environment::is_input_terminal() && environment::is_error_terminal()
    }

    /// The width of the terminal on standard output, in cells; `None` if it is not a terminal.
    pub(crate) fn width(&self) -> Option<u16> {
        environment::output_width()
    }

    /// The directory that paths on the command line are relative to.
    pub(crate) fn start(&self) -> &std::path::Path {
        &self.start
    }

    /// Opens the records directory.
    ///
    /// # Errors
    ///
    /// There is none at or above the folder.
    pub(crate) fn store(&self) -> anyhow::Result<Store> {
        let start = std::path::absolute(&self.directory)?;
        if !start.is_dir() {
            let message = Message::new("no-such-folder").with("path", self.directory.display());
            return Err(UserError::new(message).into());
        }
        Store::find(&start).ok_or_else(|| {
            let message =
                Message::new("no-records-directory").with("path", self.directory.display());
            UserError::new(message)
                .help(Message::new("no-records-directory-help"))
                .into()
        })
    }

    /// Finishes or reverts an interrupted change, and reports it.
    pub(crate) fn recover(&mut self, store: &Store) -> anyhow::Result<()> {
        let recovered = store.recover().map_err(|fault| {
            anyhow!(tr!(
                self.lang,
                "change-not-recovered",
                fault = system_words(&fault, self.lang)
            ))
        })?;
        for event in &recovered {
            self.say(&recovery::recovery(event, self.lang))?;
        }
        Ok(())
    }

    /// Opens the records directory for writing, after recovering interrupted changes.
    ///
    /// # Errors
    ///
    /// There is none, or an I/O error.
    pub(crate) fn store_to_change(&mut self) -> anyhow::Result<Store> {
        let store = self.store()?;
        self.recover(&store)?;
        Ok(store.recording(&self.command, environment::now()))
    }

    /// Reads the school's settings.
    ///
    /// # Errors
    ///
    /// `cuncao.toml` is invalid, or its format is newer than supported.
    pub(crate) fn school(&self, store: &Store) -> anyhow::Result<School> {
        let school = store.school();
        if !school
            .as_ref()
            .is_ok_and(|school| i64::from(school.format.get()) <= FORMAT)
        {
            refuse_newer(store)?;
        }
        let school = school.map_err(|findings| {
            let text_of = |path: &str| store.shown_text(path).ok();
            FileErrors::new(findings, &text_of, Message::new("school-broken"))
        })?;
        if cfg!(not(feature = "seal")) && !school.seal.recipients.is_empty() {
            return Err(seal_unavailable().into());
        }
        Ok(school)
    }

    /// Reads records; broken files are an error unless `skip_broken`.
    ///
    /// # Errors
    ///
    /// The broken files, with their errors.
    pub(crate) fn read(
        &mut self,
        store: &Store,
        want: ReadOptions,
        skip_broken: bool,
    ) -> anyhow::Result<ReadRecords> {
        self.read_about(
            store,
            want,
            None,
            |_| MissingContacts::default(),
            skip_broken,
        )
    }

    /// Like [`Session::read`], but skips records about children other than `child`, if given, and searches earlier
    /// records for the last contacts that `missing` requests.
    ///
    /// # Errors
    ///
    /// As [`Session::read`].
    pub(crate) fn read_about(
        &mut self,
        store: &Store,
        want: ReadOptions,
        child: Option<Id>,
        missing: impl FnOnce(&Records) -> MissingContacts,
        skip_broken: bool,
    ) -> anyhow::Result<ReadRecords> {
        let lock = lock_to_read(store)?;
        let count = AtomicUsize::new(0);
        let mut loaded = self.reading(|advanced| {
            store.load_telling(want, child, &|files| {
                count.fetch_add(files, Ordering::Relaxed);
                advanced(files);
            })
        });
        last_contacts::complete(store, &mut loaded, missing);
        drop(lock);
        self.print_context(store)?;
        self.detail("detail-read", &[("count", count.into_inner().into())])?;
        let left_out = loaded.broken.len();
        if left_out > 0 && !skip_broken {
            return Err(broken(store, loaded.broken).into());
        }
        if left_out > 0 {
            let text = self.text("left-out", &[("count", left_out.into())]);
            self.warn(&text)?;
        }
        Ok(ReadRecords {
            records: loaded.records,
            left_out,
        })
    }

    /// Prints the error of a failed command.
    pub(crate) fn fail(&mut self, fault: &anyhow::Error) -> ExitCode {
        // Output printed before the error may be useful; a closed pipe is irrelevant here.
        let _ = self.out.flush();
        fail_to(&mut self.err, fault, self.lang)
    }
}

fn broken(store: &Store, broken: Vec<Broken>) -> FileErrors {
    let message = Message::new("records-broken").with("count", broken.len());
    let findings = broken.into_iter().flat_map(|broken| broken.findings);
    FileErrors::new(
        findings.collect(),
        &|path| store.shown_text(path).ok(),
        message,
    )
}

/// Locks the records for reading, so that no multi-file change begins meanwhile.
///
/// # Errors
///
/// A multi-file change was interrupted: the records are in an intermediate state and must not be counted.
pub(crate) fn lock_to_read(store: &Store) -> anyhow::Result<SharedLock> {
    let lock = store.lock_shared();
    if store.is_half_changed() {
        return Err(UserError::new(Message::new("change-half-done"))
            .help(Message::new("change-half-done-help"))
            .into());
    }
    Ok(lock)
}

/// Reads the text of a record from a file, or from standard input for `-`.
///
/// # Errors
///
/// It cannot be read, or exceeds the size limit of a record.
pub(crate) fn read_input(path: &OsStr) -> anyhow::Result<Vec<u8>> {
    let limit = MAX_FILE_BYTES as u64;
    let read = if path == "-" {
        outside::read_from(io::stdin().lock(), limit)
    } else {
        outside::read(Path::new(path), limit)
    };
    read.map_err(|fault| {
        let name = Path::new(path).display().to_string();
        if fault.kind() == io::ErrorKind::FileTooLarge {
            let message = Message::new("file-too-large").with("path", name);
            return UserError::new(message.with("mib", limit >> 20)).into();
        }
        anyhow::Error::new(fault).context(name)
    })
}
