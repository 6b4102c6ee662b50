//! `export`: records for other programs.

mod dataset;

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use chrono::NaiveDate;
use clap::ValueEnum;

use crate::cli::shared::environment;
use crate::cli::shared::identity::{self, IdentityArgs};
use crate::cli::shared::output::{make_folder, save, save_by};
use crate::cli::shared::outside::NeverPublic;
use crate::cli::shared::period::{Period, find_term};
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::{UserError, system_words};
use crate::cli::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::exchange::disclosure::{Disclosure, Naming, Withheld};
use crate::exchange::export::{ExportOptions, Exported, gather, workbook};
use crate::exchange::import::kind_of_table;
use crate::exchange::pseudonym::{NoKey, Pseudonymiser};
use crate::model::term::Term;
use crate::model::{Kind, KindSet, Table};
use crate::store::{Store, Want};
use crate::text::Lang;
use crate::tr;

/// What `export` takes.
#[derive(Debug, clap::Args)]
#[command(group(
    clap::ArgGroup::new("pseudonymous").args(["pseudonymise", "partition"]).multiple(true)
))]
pub(crate) struct ExportArgs {
    /// The kinds; all without any.
    kinds: Vec<String>,
    /// How the records are written; by the ending of the output without it.
    #[arg(long, value_name = "FORMAT")]
    format: Option<ExportFormat>,
    /// Where to: a file, or a folder for several CSV files; the standard output without it.
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Write the school's part of a dataset for query engines, below the output.
    #[arg(
        long,
        requires = "output",
        conflicts_with_all = ["format", "headers", "identity"]
    )]
    partition: bool,
    /// Print the SQL that reads a dataset.
    #[arg(
        long,
        value_name = "ENGINE",
        conflicts_with_all = [
            "kinds", "format", "partition", "term", "year", "since", "until", "headers", "names",
            "pseudonymise", "key_file", "places", "keep_text", "confidential", "identity", "skip_broken",
        ]
    )]
    sql: Option<dataset::Engine>,
    /// Where the dataset lies.
    #[arg(long, value_name = "PLACE", requires = "sql", default_value = ".")]
    at: String,
    #[command(flatten)]
    period: Period,
    /// The headers and code words: of the files, or labels for people.
    #[arg(long, value_name = "WORDS", default_value = "fields")]
    headers: Headers,
    /// Whom the export names; nobody without it.
    #[arg(long, value_name = "WHOM", conflicts_with = "pseudonymise")]
    names: Option<Names>,
    /// Name everybody by a stable pseudonym.
    #[arg(long)]
    pseudonymise: bool,
    /// The key of the pseudonyms.
    #[arg(long, value_name = "FILE", requires = "pseudonymous")]
    key_file: Option<PathBuf>,
    /// Keep villages and, as pseudonyms, addresses.
    #[arg(long, requires = "pseudonymous")]
    places: bool,
    /// Keep free text also where nobody is named.
    #[arg(long)]
    keep_text: bool,
    /// Keep what is confidential, the numbers of identity cards among it.
    #[arg(long)]
    confidential: bool,
    #[command(flatten)]
    identity: IdentityArgs,
    /// Leave out records that cannot be read, and say how many.
    #[arg(long)]
    skip_broken: bool,
    #[command(flatten)]
    outside: NeverPublic,
}

/// How an export is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    Csv,
    Xlsx,
    #[value(alias = "jsonl")]
    Ndjson,
}

/// The words of headers and codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Headers {
    Fields,
    Zh,
    En,
}

/// Whom an export names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Names {
    None,
    Full,
}

impl ExportArgs {
    /// What an export that names people so discloses of them.
    fn disclosure(&self, naming: Naming) -> Disclosure {
        Disclosure {
            naming,
            confidential: self.confidential,
            text: self.keep_text,
            places: self.places,
            withheld: Withheld::default(),
        }
    }
}

impl Verb for ExportArgs {
    fn run(mut self, session: &mut Session) -> anyhow::Result<Outcome> {
        self.outside.refuse("export")?;
        // What stands for standard input stands for standard output too.
        self.output = self.output.filter(|path| path != Path::new("-"));
        run(&self, session)
    }
}

fn run(args: &ExportArgs, session: &mut Session) -> anyhow::Result<Outcome> {
    if let Some(engine) = args.sql {
        return dataset::print_sql(args, engine, session);
    }
    if args.partition {
        return dataset::write(args, session);
    }
    let lang = session.lang;
    let store = session.store()?;
    let kinds = kinds(&args.kinds, lang)?;
    let format = format(args)?;
    session.school(&store)?;
    let loaded = session.read(&store, Want::all(KindSet::ALL), args.skip_broken)?;
    let days = days(args, &loaded.records.terms, session)?;
    let naming = match (args.pseudonymise, args.names) {
        (true, _) => Naming::Pseudonyms(key(args, &store, session)?),
        (false, Some(Names::Full)) => Naming::Full,
        (false, Some(Names::None) | None) => Naming::Nobody,
    };
    let labels = match args.headers {
        Headers::Fields => None,
        Headers::Zh => Some(Lang::Zh),
        Headers::En => Some(Lang::En),
    };
    let options = ExportOptions {
        kinds: KindSet::of(&kinds),
        days,
        disclosure: args.disclosure(naming),
        labels,
        for_people: format == ExportFormat::Xlsx || format == ExportFormat::Csv && labels.is_some(),
    };
    let mut exported = gather(&loaded.records, &options);
    let withheld = options.disclosure.withheld.count();
    if withheld > 0 {
        session.say(&tr!(lang, "export-withheld", count = withheld))?;
    }
    if args.confidential
        && let Some(identities) = args.identity.read(session)?
    {
        // Nobody looked through what is sealed for names.
        if args.pseudonymise {
            return Err(UserError::new(Message::new("export-sealed-pseudonyms")).into());
        }
        for part in &mut exported {
            for row in &mut part.rows {
                let opened = identities.open_table(part.kind.shape(), &mut row.fields);
                opened.map_err(|fault| identity::refusal(fault, &row.id))?;
            }
        }
    }
    if let Some(output) = &args.output {
        warn_inside(output, &store, session)?;
    }
    let rows: usize = exported.iter().map(|part| part.rows.len()).sum();
    match (format, &args.output) {
        (ExportFormat::Xlsx, None) => bail!(tr!(lang, "export-needs-output")),
        (ExportFormat::Xlsx, Some(output)) => {
            let bytes = workbook(&exported, labels)?;
            save(output, &bytes)?;
        }
        (ExportFormat::Csv, output) => csv(&exported, labels, output.as_deref(), session)?,
        (ExportFormat::Ndjson, None) => {
            for part in &exported {
                part.write_ndjson(&[], session.out())?;
            }
        }
        (ExportFormat::Ndjson, Some(output)) => save_by(output, &mut |file| {
            exported
                .iter()
                .try_for_each(|part| part.write_ndjson(&[], &mut *file))
        })?,
    }
    let empty: usize = exported.iter().map(|part| part.empty_columns).sum();
    if empty > 0 {
        session.say(&tr!(lang, "export-empty-columns", count = empty))?;
    }
    if let Some(output) = &args.output {
        let path = output.display().to_string();
        session.say(&tr!(lang, "export-done", count = rows, path = path))?;
    }
    Ok(Outcome::Done)
}

/// The days of the records that are wanted.
fn days(
    args: &ExportArgs,
    terms: &Table<Term>,
    session: &Session,
) -> anyhow::Result<Option<(NaiveDate, NaiveDate)>> {
    if let Some(term) = &args.period.term {
        let term = find_term(terms, Some(term), session.today)?;
        return Ok(Some((term.start.0, term.end.0)));
    }
    Ok(match args.period.bounds(terms, session.today)? {
        (None, None) => None,
        (since, until) => Some((
            since.unwrap_or(NaiveDate::MIN),
            until.unwrap_or(NaiveDate::MAX),
        )),
    })
}

fn kinds(words: &[String], lang: Lang) -> anyhow::Result<Vec<Kind>> {
    if words.is_empty() {
        return Ok(Kind::ALL.to_vec());
    }
    let kind = |word: &String| {
        kind_of_table(word).ok_or_else(|| {
            let known: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
            anyhow!(tr!(
                lang,
                "unknown-kind",
                found = word.as_str(),
                known = known.join(", ")
            ))
        })
    };
    words.iter().map(kind).collect()
}

fn format(args: &ExportArgs) -> anyhow::Result<ExportFormat> {
    let ending = args
        .output
        .as_deref()
        .and_then(Path::extension)
        .and_then(|ending| ending.to_str());
    let is_folder = args.output.as_deref().is_some_and(Path::is_dir);
    Ok(match (args.format, ending) {
        (Some(format), _) => format,
        _ if is_folder => ExportFormat::Csv,
        (None, Some("xlsx")) => ExportFormat::Xlsx,
        (None, Some("ndjson" | "jsonl")) => ExportFormat::Ndjson,
        (None, Some("csv") | None) => ExportFormat::Csv,
        (None, Some(ending)) => {
            let message = Message::new("export-no-format").with("found", ending);
            return Err(UserError::new(message).into());
        }
    })
}

/// One kind as one text; several as a file each in a folder.
fn csv(
    exported: &[Exported],
    labels: Option<Lang>,
    output: Option<&Path>,
    session: &mut Session,
) -> anyhow::Result<()> {
    let lang = session.lang;
    match (exported, output) {
        ([part], None) => Ok(part.write_csv(labels, session.out())?),
        ([part], Some(output)) if !output.is_dir() => {
            save_by(output, &mut |file| part.write_csv(labels, file))
        }
        (_, None) => bail!(tr!(lang, "export-needs-output")),
        (parts, Some(output)) => {
            // Several tables need a folder: a name of a file would become one.
            if output.extension().is_some() && !output.is_dir() {
                return Err(UserError::new(
                    Message::new("export-needs-folder").with("path", output.display()),
                )
                .into());
            }
            make_folder(output)?;
            for part in parts {
                let path = output.join(format!("{}.csv", part.kind.info().folder));
                save_by(&path, &mut |file| part.write_csv(labels, file))?;
            }
            Ok(())
        }
    }
}

fn cannot_write(path: &Path, fault: &std::io::Error, lang: Lang) -> anyhow::Error {
    let path = path.display().to_string();
    anyhow!(tr!(
        lang,
        "write-fault",
        path = path,
        fault = system_words(fault, lang)
    ))
}

/// Says that a file among the records would be committed with them.
fn warn_inside(output: &Path, store: &Store, session: &mut Session) -> anyhow::Result<()> {
    // The output itself may not be there yet; its folder is.
    let folder = match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if let (Ok(folder), Ok(root)) = (folder.canonicalize(), store.root().canonicalize())
        && folder.starts_with(root)
    {
        let path = output.display().to_string();
        session.say(&tr!(session.lang, "export-inside", path = path))?;
    }
    Ok(())
}

/// The key of the pseudonyms: from the file that was named, else from the user's own settings.
fn key(args: &ExportArgs, store: &Store, session: &mut Session) -> anyhow::Result<Pseudonymiser> {
    let lang = session.lang;
    let named = || environment::variable("CUNCAO_KEY_FILE").map(PathBuf::from);
    let path = match args.key_file.clone().or_else(named) {
        Some(path) => path,
        None => settings_folder()
            .ok_or_else(|| anyhow!(tr!(lang, "export-no-home")))?
            .join("pseudonym.key"),
    };
    let shown = path.display().to_string();
    match Pseudonymiser::from_file(&path, store.root()) {
        Ok((pseudonymiser, made)) => {
            if made {
                session.say(&tr!(lang, "export-key-made", path = shown.as_str()))?;
            }
            session.say(&tr!(lang, "export-pseudonymous", path = shown))?;
            Ok(pseudonymiser)
        }
        Err(NoKey::InsideRecords(_)) => bail!(tr!(lang, "export-key-inside", path = shown)),
        Err(NoKey::Malformed(_)) => bail!(tr!(lang, "export-key-malformed", path = shown)),
        Err(NoKey::Readable(_)) => bail!(tr!(lang, "export-key-readable", path = shown)),
        Err(NoKey::Fault(path, fault)) => Err(cannot_write(&path, &fault, lang)),
    }
}

/// Where the user's own settings are (XDG Base Directory Specification; `%APPDATA%` on Windows).
fn settings_folder() -> Option<PathBuf> {
    let set = |name: &str| environment::variable(name).map(PathBuf::from);
    let base = set("XDG_CONFIG_HOME")
        .or_else(|| set("APPDATA"))
        .or_else(|| Some(set("HOME")?.join(".config")))?;
    Some(base.join("cuncao"))
}
