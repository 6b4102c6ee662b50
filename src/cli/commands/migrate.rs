//! `migrate`: brings records of an older format to the present one.

use anyhow::{anyhow, bail};

use crate::cli::shared::recovery;
use crate::cli::shared::session::Session;
use crate::cli::{Outcome, Verb};
use crate::store::SCHOOL_FILE;
use crate::tr;

/// The format that this program reads and writes.
pub(crate) const FORMAT: i64 = crate::cli::shared::session::FORMAT as i64;

/// What `migrate` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct MigrateArgs {
    /// Only say what would be changed.
    #[arg(long)]
    dry_run: bool,
}

impl Verb for MigrateArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        run(&self, session)
    }
}

fn run(args: &MigrateArgs, session: &mut Session) -> anyhow::Result<Outcome> {
    let lang = session.lang;
    let store = session.store()?;
    if !args.dry_run {
        recovery::recover(&store, session)?;
    }
    match format(&store) {
        Some(FORMAT) => {
            session.say(&tr!(lang, "migrate-nothing", format = FORMAT))?;
            Ok(Outcome::Done)
        }
        Some(newer) if newer > FORMAT => {
            bail!(tr!(lang, "format-newer", found = newer, known = FORMAT))
        }
        _ => Err(anyhow!(tr!(lang, "format-unknown", file = SCHOOL_FILE))),
    }
}

/// The format that the school's settings name; read without the rest, which may have a shape not known here.
pub(crate) fn format(store: &crate::store::Store) -> Option<i64> {
    if let Ok(school) = store.school() {
        return Some(school.format.into());
    }
    let text = store.text(SCHOOL_FILE).ok()?;
    let table: toml::Table = text.trim_start_matches('\u{feff}').parse().ok()?;
    table.get("format")?.as_integer()
}
