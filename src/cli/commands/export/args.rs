//! The arguments of `export`, and what follows from them for files and datasets.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use chrono::NaiveDate;
use clap::ValueEnum;

use crate::cli::shared::environment;
use crate::cli::shared::identity::IdentityArgs;
use crate::cli::shared::outside::NeverPublic;
use crate::cli::shared::period::{Period, find_term};
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::system_words;
use crate::exchange::disclosure::{Disclosure, Naming, Withheld};
use crate::exchange::pseudonym::{KeyError, Pseudonymiser};
use crate::model::Table;
use crate::model::term::Term;
use crate::store::Store;
use crate::text::Lang;
use crate::tr;

/// The arguments of `export`.
#[derive(Debug, clap::Args)]
#[command(group(
    clap::ArgGroup::new("pseudonymous").args(["pseudonymise", "partition"]).multiple(true)
))]
pub(crate) struct ExportArgs {
    /// The kinds; all by default.
    pub(super) kinds: Vec<String>,
    /// The output format; by default from the extension of the output.
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<ExportFormat>,
    /// The output: a file, or a folder for several CSV files; by default standard output.
    #[arg(short, long, value_name = "PATH")]
    pub(super) output: Option<PathBuf>,
    /// Write the school's part of a dataset for query engines below the output.
    #[arg(
        long,
        requires = "output",
        conflicts_with_all = ["format", "headers", "identity"]
    )]
    pub(super) partition: bool,
    /// Print the SQL script that reads a dataset.
    #[arg(
        long,
        value_name = "ENGINE",
        conflicts_with_all = [
            "kinds", "format", "partition", "term", "year", "since", "until", "headers", "names",
            "pseudonymise", "key_file", "places", "keep_text", "confidential", "identity", "skip_broken",
        ]
    )]
    pub(super) sql: Option<Engine>,
    /// The location of the dataset.
    #[arg(long, value_name = "PLACE", requires = "sql", default_value = ".")]
    pub(super) at: String,
    #[command(flatten)]
    pub(super) period: Period,
    /// The language of headers and codes.
    #[arg(long, value_name = "WORDS", default_value = "fields")]
    pub(super) headers: Headers,
    /// How people are named; by default not at all.
    #[arg(long, value_name = "WHOM", conflicts_with = "pseudonymise")]
    pub(super) names: Option<Names>,
    /// Replace names by stable pseudonyms.
    #[arg(long)]
    pub(super) pseudonymise: bool,
    /// The key file for pseudonyms.
    #[arg(long, value_name = "FILE", requires = "pseudonymous")]
    pub(super) key_file: Option<PathBuf>,
    /// Keep villages, and addresses as pseudonyms.
    #[arg(long, requires = "pseudonymous")]
    pub(super) places: bool,
    /// Keep free text even without names.
    #[arg(long)]
    pub(super) keep_text: bool,
    /// Keep confidential fields, including identity card numbers.
    #[arg(long)]
    pub(super) confidential: bool,
    #[command(flatten)]
    pub(super) identity: IdentityArgs,
    /// Leave out unreadable records, and report their number.
    #[arg(long)]
    pub(super) skip_broken: bool,
    #[command(flatten)]
    pub(super) outside: NeverPublic,
}

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    Csv,
    Xlsx,
    #[value(alias = "jsonl")]
    Ndjson,
}

/// A language of headers and codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Headers {
    Fields,
    Zh,
    En,
}

/// How people are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Names {
    None,
    Full,
}

impl ExportArgs {
    /// The disclosure for a way of naming people.
    pub(super) fn disclosure(&self, naming: Naming) -> Disclosure {
        Disclosure {
            naming,
            confidential: self.confidential,
            text: self.keep_text,
            places: self.places,
            withheld: Withheld::default(),
        }
    }
}

/// A query engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Engine {
    Duckdb,
    Spark,
}

/// The date range of the records.
pub(super) fn days(
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

pub(super) fn cannot_write(path: &Path, fault: &std::io::Error, lang: Lang) -> anyhow::Error {
    let path = path.display().to_string();
    anyhow!(tr!(
        lang,
        "write-fault",
        path = path,
        fault = system_words(fault, lang)
    ))
}

/// Warns if a file is inside the records directory, where it would be committed.
pub(super) fn warn_inside(
    output: &Path,
    store: &Store,
    session: &mut Session,
) -> anyhow::Result<()> {
    // The output may not exist yet, but its folder does.
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

/// The pseudonym key: from the given file, or else from the user's configuration folder.
pub(super) fn key(
    args: &ExportArgs,
    store: &Store,
    session: &mut Session,
) -> anyhow::Result<Pseudonymiser> {
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
        Err(KeyError::InsideRecords(_)) => bail!(tr!(lang, "export-key-inside", path = shown)),
        Err(KeyError::Malformed(_)) => bail!(tr!(lang, "export-key-malformed", path = shown)),
        Err(KeyError::Readable(_)) => bail!(tr!(lang, "export-key-readable", path = shown)),
        Err(KeyError::Fault(path, fault)) => Err(cannot_write(&path, &fault, lang)),
    }
}

/// The user's configuration folder (XDG Base Directory Specification; `%APPDATA%` on Windows).
fn settings_folder() -> Option<PathBuf> {
    let set = |name: &str| environment::variable(name).map(PathBuf::from);
    let base = set("XDG_CONFIG_HOME")
        .or_else(|| set("APPDATA"))
        .or_else(|| Some(set("HOME")?.join(".config")))?;
    Some(base.join("cuncao"))
}
