//! `migrate`: brings records of an older format to the present one.

use anyhow::{anyhow, bail};

use super::change;
use super::ground::Session;
use crate::store::SCHOOL_FILE;
use crate::tr;

/// The format that this program reads and writes.
pub const FORMAT: i64 = 1;

/// What `migrate` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only say what would be changed.
    #[arg(long)]
    pub dry_run: bool,
}

/// Runs the command. There is one format so far, so there is nothing to bring up to date; a newer one, which this
/// program would misread, is refused.
///
/// # Errors
///
/// That the format is newer, or cannot be told.
pub fn run(args: &Args, session: &Session) -> anyhow::Result<u8> {
    let lang = session.lang;
    let store = session.store()?;
    if !args.dry_run {
        change::recover(&store, session)?;
    }
    match format(&store) {
        Some(FORMAT) => {
            session.tell(&tr!(lang, "migrate-nothing", format = FORMAT));
            Ok(0)
        }
        Some(newer) if newer > FORMAT => {
            bail!(tr!(lang, "format-newer", found = newer, known = FORMAT))
        }
        _ => Err(anyhow!(tr!(lang, "format-unknown", file = SCHOOL_FILE))),
    }
}

/// The format that the school's settings name; read without the rest, which may have a shape not known here.
pub(super) fn format(store: &crate::store::Store) -> Option<i64> {
    let text = store.text(SCHOOL_FILE).ok()?;
    let table: toml::Table = text.trim_start_matches('\u{feff}').parse().ok()?;
    table.get("format")?.as_integer()
}
