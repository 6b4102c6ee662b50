//! `undo`: reverts the last command that wrote.

use std::io::Write;

use clap::Args;

use crate::cli::shared::environment;
use crate::cli::shared::format;
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::store::transaction::FileChange;
use crate::store::undo::{FileStates, KEPT_DAYS, UndoEntry, UndoError};

#[derive(Args, Debug)]
pub(crate) struct UndoArgs {
    #[arg(long, conflicts_with = "dry_run")]
    list: bool,
    #[arg(long)]
    dry_run: bool,
}

impl Verb for UndoArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        // By the clock, independent of `--today`: entries expire in real time.
        let today = environment::clock();
        if self.list {
            let store = session.store()?;
            for entry in store.undo_entries(today)? {
                print_entry(session, &entry)?;
            }
            return Ok(Outcome::Done);
        }
        let store = session.store_to_change()?;
        // Broken settings may be what is to be undone; but records of a newer format are not touched.
        format::refuse_newer(&store)?;
        let (entry, changes) = store.plan_undo(today).map_err(undo_error)?;
        for change in &changes {
            writeln!(session.out(), "{} {}", sign(change), change.path())?;
        }
        if self.dry_run {
            return Ok(Outcome::Done);
        }
        store.undo(&entry, &changes).map_err(undo_error)?;
        let arguments = [
            ("command", entry.command.as_str().into()),
            ("time", time(&entry).into()),
            ("count", changes.len().into()),
        ];
        let message = session.text("undo-done", &arguments);
        session.say(&message)?;
        Ok(Outcome::Done)
    }
}

fn time(entry: &UndoEntry) -> String {
    entry.at.format("%Y-%m-%d %H:%M").to_string()
}

fn sign(change: &FileChange) -> char {
    match change {
        FileChange::Create { .. } => '+',
        FileChange::Replace { .. } => '~',
        FileChange::Remove { .. } => '-',
    }
}

/// Prints a command and the files it wrote: `+` created, `~` changed, `-` removed.
fn print_entry(session: &mut Session, entry: &UndoEntry) -> anyhow::Result<()> {
    writeln!(session.out(), "{}  {}", time(entry), entry.command)?;
    for FileStates {
        path,
        before,
        after,
    } in &entry.files
    {
        let sign = match (before, after) {
            (None, _) => '+',
            (_, None) => '-',
            _ => '~',
        };
        writeln!(session.out(), "  {sign} {path}")?;
    }
    Ok(())
}

fn undo_error(error: UndoError) -> anyhow::Error {
    match error {
        UndoError::Nothing => {
            UserError::new(Message::new("undo-nothing").with("days", KEPT_DAYS)).into()
        }
        UndoError::Changed(paths) => {
            UserError::new(Message::new("undo-changed").with("paths", paths.join(", ")))
                .help(Message::new("undo-changed-help"))
                .into()
        }
        UndoError::Write(error) => error.into(),
        UndoError::System(error) => error.into(),
    }
}
