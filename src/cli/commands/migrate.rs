//! `migrate`: converts records of an older format to the current one.

use anyhow::{anyhow, bail};

use crate::cli::shared::format::{self, FORMAT};
use crate::cli::shared::session::Session;
use crate::cli::verb::{Outcome, Verb};
use crate::store::SCHOOL_FILE;
use crate::tr;

#[derive(Debug, clap::Args)]
pub(crate) struct MigrateArgs {
    /// Dry run: only show what would be changed.
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
        session.recover(&store)?;
    }
    match format::of(&store) {
        Some(found) if found == FORMAT => {
            session.say(&tr!(lang, "migrate-nothing", format = FORMAT))?;
            Ok(Outcome::Done)
        }
        Some(newer) if newer > FORMAT => {
            bail!(tr!(lang, "format-newer", found = newer, known = FORMAT))
        }
        _ => {
            let _ = session.school(&store)?;
            Err(anyhow!(tr!(lang, "format-unknown", file = SCHOOL_FILE)))
        }
    }
}
