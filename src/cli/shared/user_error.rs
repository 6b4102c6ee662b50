//! Errors for the user: a message, and what to do about it.

use std::io::{self, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use inquire::InquireError;

use crate::cli::shared::hint;
use crate::diagnostic::{Finding, Message, Place};
use crate::store::file::MAX_FILE_BYTES;
use crate::store::locate::locate;
use crate::store::write::WriteError;
use crate::text::{Lang, lang, sanitize};

/// A user error, as messages of the catalogue.
#[derive(Debug)]
pub(crate) struct UserError {
    message: Message,
    help: Option<Message>,
}

impl UserError {
    pub(crate) fn new(message: Message) -> UserError {
        UserError {
            message,
            help: None,
        }
    }

    pub(crate) fn help(mut self, help: Message) -> UserError {
        self.help = Some(help);
        self
    }
}

/// The error of a program built without the feature `seal`.
pub(crate) fn seal_unavailable() -> UserError {
    UserError::new(Message::new("seal-unavailable")).help(Message::new("seal-unavailable-help"))
}

impl UserError {
    /// The message and hint, on one line.
    pub(crate) fn in_one_line(&self, lang: Lang) -> String {
        let message = self.message.text(lang);
        match &self.help {
            Some(help) => format!(
                "{message}{}{}",
                lang::message(lang, "command-semicolon", &[]),
                help.text(lang)
            ),
            None => message,
        }
    }
}

impl std::fmt::Display for UserError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message.text(Lang::En))
    }
}

impl std::error::Error for UserError {}

/// Errors in files that prevent a command.
#[derive(Debug)]
pub(crate) struct FileErrors {
    /// The findings, with line and column if known.
    findings: Vec<(Finding, Option<(usize, usize)>)>,
    /// What they prevent.
    message: Message,
}

impl FileErrors {
    /// Locates findings in the texts of their files.
    pub(crate) fn new(
        findings: Vec<Finding>,
        text_of: &dyn Fn(&str) -> Option<String>,
        message: Message,
    ) -> FileErrors {
        let placed = findings.into_iter().map(|finding| {
            let text = match finding.place {
                Place::File => None,
                _ => text_of(&finding.path),
            };
            let place = text.and_then(|text| {
                let before = text.get(..locate(&text, &finding.place).start)?;
                let line = before.matches('\n').count() + 1;
                let column = before
                    .rsplit('\n')
                    .next()
                    .unwrap_or_default()
                    .chars()
                    .count()
                    + 1;
                Some((line, column))
            });
            (finding, place)
        });
        let mut findings: Vec<_> = placed.collect();
        findings.sort_by(|(a, at_a), (b, at_b)| (&a.path, at_a).cmp(&(&b.path, at_b)));
        FileErrors { findings, message }
    }
}

impl std::fmt::Display for FileErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message.text(Lang::En))
    }
}

impl std::error::Error for FileErrors {}

/// Prints an error that occurs before there is a session.
pub(crate) fn fail(fault: &anyhow::Error, lang: Lang) -> ExitCode {
    fail_to(&mut AutoStream::auto(io::stderr()), fault, lang)
}

pub(crate) fn fail_to(err: &mut impl Write, fault: &anyhow::Error, lang: Lang) -> ExitCode {
    // Nothing can be done if standard error cannot be written.
    let _ = write!(err, "{}", in_words(fault, lang));
    ExitCode::from(2)
}

/// Formats an error with all its causes and a hint as one message.
fn in_words(fault: &anyhow::Error, lang: Lang) -> String {
    let mut findings = String::new();
    let (message, help) = if let Some(refusal) = fault.downcast_ref::<UserError>() {
        let help = refusal.help.as_ref().map(|help| help.text(lang));
        (refusal.message.text(lang), help)
    } else if let Some(faulty) = fault.downcast_ref::<FileErrors>() {
        for (finding, place) in &faulty.findings {
            let place =
                place.map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
            findings += &format!("{}{place}: {}\n", finding.path, finding.message.text(lang));
            if let Some(help) = &finding.help {
                let hint = lang::message(lang, "hint", &[]);
                findings += &format!("  {hint}{}\n", help.text(lang));
            }
        }
        (faulty.message.text(lang), None)
    } else if let Some(error) = fault.downcast_ref::<WriteError>() {
        let message = write_error(error, lang);
        (message.text(lang), None)
    } else if fault.is::<io::Error>() && fault.chain().len() == 1 {
        // The path or operation is in the context, which is printed below.
        let words = fault.downcast_ref().map(|fault| system_words(fault, lang));
        let message = Message::new("system-refused").with("fault", words.unwrap_or_default());
        (message.text(lang), None)
    } else if let Some(InquireError::OperationCanceled) = fault.downcast_ref() {
        (lang::message(lang, "cancelled", &[]), None)
    } else {
        // A cause already contained in the outer message is not repeated.
        let mut full = fault.to_string();
        for cause in fault.chain().skip(1) {
            let plain = cause.to_string();
            let cause = match cause.downcast_ref() {
                Some(fault) => system_words(fault, lang),
                None => plain.clone(),
            };
            if !full.contains(&plain) && !full.contains(&cause) {
                full = format!("{full}: {cause}");
            }
        }
        (full, None)
    };
    let help = help.or_else(|| hint::of(fault).map(|hint| hint.text(lang)));
    let error = lang::message(lang, "error", &[]);
    let mut text = format!("{findings}{error}{message}\n");
    if let Some(help) = help {
        text += &format!("{}{help}\n", lang::message(lang, "hint", &[]));
    }
    sanitize::terminal_lines(&text).into_owned()
}

fn write_error(error: &WriteError, lang: Lang) -> Message {
    match error {
        WriteError::Exists(path) => Message::new("file-exists").with("path", path),
        WriteError::Changed(path) => Message::new("file-changed").with("path", path),
        WriteError::TooLarge(path) => Message::new("file-too-large")
            .with("path", path)
            .with("mib", MAX_FILE_BYTES >> 20),
        WriteError::System { path, fault } => Message::new("file-fault")
            .with("path", path)
            .with("fault", system_words(fault, lang)),
        WriteError::Added(paths) => Message::new("change-added")
            .with("count", paths.len())
            .with("path", paths.first().map_or("", String::as_str)),
        WriteError::Unfinished(fault) => {
            Message::new("change-interrupted").with("fault", system_words(fault, lang))
        }
        WriteError::Overtaken(paths) => {
            Message::new("change-overtaken").with("paths", paths.join(", "))
        }
    }
}

/// Describes an I/O error in the user's language.
pub(crate) fn system_words(fault: &io::Error, lang: Lang) -> String {
    let id = match fault.kind() {
        io::ErrorKind::NotFound => "command-system-not-found",
        io::ErrorKind::PermissionDenied => "command-system-denied",
        io::ErrorKind::AlreadyExists => "command-system-exists",
        io::ErrorKind::IsADirectory => "command-system-folder",
        io::ErrorKind::NotADirectory => "command-system-no-folder",
        io::ErrorKind::ReadOnlyFilesystem => "command-system-read-only",
        io::ErrorKind::StorageFull => "command-system-full",
        _ => return fault.to_string(),
    };
    lang::message(lang, id, &[])
}

/// Whether the error is Ctrl-C at a question.
pub(crate) fn is_interrupted(fault: &anyhow::Error) -> bool {
    match fault.downcast_ref() {
        Some(InquireError::OperationInterrupted) => true,
        Some(InquireError::IO(fault)) => fault.kind() == io::ErrorKind::Interrupted,
        _ => false,
    }
}

pub(crate) fn is_broken_pipe(fault: &anyhow::Error) -> bool {
    fault.chain().any(|cause| {
        let of_system = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let of_json = cause
            .downcast_ref::<serde_json::Error>()
            .and_then(serde_json::Error::io_error_kind);
        let of_csv = match cause.downcast_ref::<csv::Error>().map(csv::Error::kind) {
            Some(csv::ErrorKind::Io(fault)) => Some(fault.kind()),
            _ => None,
        };
        of_system.or(of_json).or(of_csv) == Some(io::ErrorKind::BrokenPipe)
    })
}
