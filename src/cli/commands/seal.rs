//! `seal` and `unseal`: encrypt confidential fields in the files, and decrypt them.

use std::io::Write;

use clap::Args;

use crate::cli::shared::git_error::git_words;
use crate::cli::shared::identity::{self, IdentityArgs};
use crate::cli::shared::reference;
use crate::cli::shared::session::Session;
use crate::cli::verb::{Outcome, Verb};
use crate::model::{Id, KindSet};
use crate::store::seal::{Identities, Recipients, SealFault};
use crate::store::transaction::FileChange;
use crate::store::{Store, path_of};

#[derive(Args, Debug)]
pub(crate) struct SealArgs {
    #[arg(value_name = "REF")]
    records: Vec<String>,
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    identity: IdentityArgs,
    #[arg(long)]
    dry_run: bool,
}

#[derive(Args, Debug)]
pub(crate) struct UnsealArgs {
    #[arg(value_name = "REF")]
    records: Vec<String>,
    #[command(flatten)]
    identity: IdentityArgs,
    #[arg(long)]
    dry_run: bool,
}

impl Verb for SealArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let store = session.store_to_change()?;
        let recipients = identity::recipients(&session.school(&store)?)?;
        if recipients.is_empty() {
            return Err(identity::refusal(SealFault::NoRecipients, ""));
        }
        let identities = if self.again {
            Some(self.identity.needed(session)?)
        } else {
            None
        };
        let seal = |id: Id, old: &str| reseal(&recipients, identities.as_ref(), id, old);
        let changes = changes(session, &store, &self.records, seal)?;
        let store = store.without_recording();
        if !changes.is_empty() && !self.dry_run {
            // The undo journal contains the values in clear text.
            store.clear_undo()?;
        }
        let outcome = write(session, &store, &changes, self.dry_run, "seal-done")?;
        print_history(session, &store)?;
        Ok(outcome)
    }
}

/// Reports what the git history still contains in clear text.
fn print_history(session: &mut Session, store: &Store) -> anyhow::Result<()> {
    let Ok(git) = store.git() else {
        return Ok(());
    };
    let clear = git.history().and_then(|history| git.clear_of(&history));
    let clear = clear.map_err(|fault| anyhow::anyhow!(git_words(&fault, session.lang)))?;
    if !clear.is_empty() {
        let message = session.text("seal-history", &[("count", clear.len().into())]);
        session.say(&message)?;
    }
    Ok(())
}

impl Verb for UnsealArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let store = session.store_to_change()?;
        let _ = session.school(&store)?;
        let identities = self.identity.needed(session)?;
        let open = |id: Id, old: &str| identities.open_record(id.kind().shape(), old);
        let changes = changes(session, &store, &self.records, open)?;
        write(session, &store, &changes, self.dry_run, "unseal-done")
    }
}

/// The sealed text; with keys, values sealed before are sealed again for the current recipients.
fn reseal(
    recipients: &Recipients,
    identities: Option<&Identities>,
    id: Id,
    old: &str,
) -> Result<String, SealFault> {
    let shape = id.kind().shape();
    let open = match identities {
        Some(identities) => identities.open_record(shape, old)?,
        None => old.to_owned(),
    };
    recipients.seal_record(shape, &open)
}

/// The changes of the given records, or of all.
fn changes(
    session: &mut Session,
    store: &Store,
    named: &[String],
    new: impl Fn(Id, &str) -> Result<String, SealFault>,
) -> anyhow::Result<Vec<FileChange>> {
    let mut ids = Vec::new();
    for words in named {
        ids.push(reference::resolve(session, store, words, KindSet::ALL)?);
    }
    if named.is_empty() {
        ids.extend(store.ids(KindSet::ALL));
    }
    ids.sort_unstable();
    ids.dedup();
    let mut changes = Vec::new();
    for id in ids {
        let path = store.path_of_record(id).unwrap_or_else(|| path_of(id));
        let old = store.text(&path)?;
        let new = new(id, &old).map_err(|fault| identity::refusal(fault, &path))?;
        if new != old {
            changes.push(FileChange::Replace { path, old, new });
        }
    }
    Ok(changes)
}

fn write(
    session: &mut Session,
    store: &Store,
    changes: &[FileChange],
    dry_run: bool,
    done: &str,
) -> anyhow::Result<Outcome> {
    for change in changes {
        writeln!(session.out(), "{}", change.path())?;
    }
    if !dry_run {
        store.commit(changes, &mut |_| {})?;
        let message = session.text(done, &[("count", changes.len().into())]);
        session.say(&message)?;
    }
    Ok(Outcome::Done)
}
