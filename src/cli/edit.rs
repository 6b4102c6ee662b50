//! `edit`: opens a record in the editor; what comes back is checked before it replaces the old file.

use std::process::Command;

use anyhow::Context;
use clap::Args;

use super::session::{Refusal, Session};
use super::{Outcome, Verb, reference, set};
use crate::diagnostic::Message;
use crate::model::KindSet;

#[derive(Args, Debug)]
pub(super) struct EditArgs {
    #[arg(value_name = "REF")]
    record: String,
}

impl Verb for EditArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let store = session.store_to_change()?;
        let _ = session.school(&store)?;
        let id = reference::resolve(session, &store, &self.record, KindSet::ALL)?;
        let path = store
            .path_of_record(id)
            .ok_or_else(|| Refusal::new(Message::new("no-such-record").with("found", id)))?;
        let old = store.text(&path)?;
        // A private folder of its own: editors put their own copies beside the file they edit.
        let folder = tempfile::Builder::new().prefix("cuncao-").tempdir()?;
        let file = folder.path().join(format!("{id}.toml"));
        std::fs::write(&file, &old)?;
        let editor = editor();
        loop {
            let mut words = editor.split_whitespace();
            let program = words.next().unwrap_or("vi");
            let status = Command::new(program)
                .args(words)
                .arg(&file)
                .status()
                .with_context(|| editor.clone())?;
            if !status.success() {
                let message = Message::new("editor-failed").with("editor", &editor);
                return Err(Refusal::new(message).into());
            }
            let new = std::fs::read_to_string(&file)?;
            match set::replace(session, &store, id, &path, &old, &new, false) {
                Err(fault) if session.is_interactive() => {
                    session.fail(&fault);
                    let again = session.text("edit-again", &[]);
                    if !inquire::Confirm::new(&again).with_default(true).prompt()? {
                        return Err(Refusal::new(Message::new("edit-given-up")).into());
                    }
                }
                other => return other,
            }
        }
    }
}

/// The user's editor: `$VISUAL`, `$EDITOR`, or what the system has.
fn editor() -> String {
    let of = |name| {
        std::env::var(name)
            .ok()
            .filter(|value| !value.trim().is_empty())
    };
    of("VISUAL")
        .or_else(|| of("EDITOR"))
        .unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned())
}
