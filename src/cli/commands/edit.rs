//! `edit`: opens a record in an editor, and checks the result before it replaces the file.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Args;

use crate::cli::shared::confirm::confirm;
use crate::cli::shared::environment;
use crate::cli::shared::identity::{self, IdentityArgs};
use crate::cli::shared::interrupt::Interrupted;
use crate::cli::shared::replace::{self, ReplacedRecord};
use crate::cli::shared::session::{Session, read_input};
use crate::cli::shared::user_error::UserError;
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::Shape;
use crate::model::prose::is_sealed;
use crate::store::edit::{Change, change};
use crate::store::private::{PrivateFolder, sweep};
use crate::store::seal;

/// An editor that returns sooner, without changes, has probably forked instead of waiting.
const MIN_EDIT_TIME: Duration = Duration::from_millis(500);

#[derive(Args, Debug)]
pub(crate) struct EditArgs {
    #[arg(value_name = "REF")]
    record: String,
    #[command(flatten)]
    identity: IdentityArgs,
    #[arg(long, value_name = "FILE")]
    from: Option<OsString>,
}

impl Verb for EditArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let ReplacedRecord {
            store,
            id,
            path,
            text: old,
        } = replace::found(session, &self.record)?;
        if let Some(file) = &self.from {
            let new = String::from_utf8(read_input(file)?)
                .map_err(|_| UserError::new(Message::new("input-not-utf8")))?;
            return replace::replace(session, &store, id, &path, &old, &new, false);
        }
        let shape = id.kind().shape();
        let open = match self.identity.read(session)? {
            Some(identities) => identities
                .open_record(shape, &old)
                .map_err(|fault| identity::refusal(fault, &path))?,
            None => old.clone(),
        };
        // Removes what killed commands left. A folder of its own, because editors write backup files next to the file.
        sweep(&environment::private_places(), false);
        let folder = PrivateFolder::new_in(&private_folder())?;
        let file = folder.path().join(format!("{id}.toml"));
        std::fs::write(&file, &open)?;
        // The editor handles Ctrl-C; this process must live on to remove the folder, which may hold unsealed values.
        let interrupted = Interrupted::watch_editor()?;
        let fault = loop {
            let began = Instant::now();
            if let Err(fault) = edit(&file) {
                break fault;
            }
            let returned_at_once = began.elapsed() < MIN_EDIT_TIME;
            if interrupted.is_requested() {
                return Err(UserError::new(Message::new("edit-given-up")).into());
            }
            let new = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            if new == open && returned_at_once && open == old {
                // The editor may still be running and have the file open.
                let file = folder.keep().join(format!("{id}.toml"));
                let arguments = [
                    ("path", file.display().to_string().into()),
                    ("record", id.to_string().into()),
                ];
                let message = session.text("edit-forked", &arguments);
                session.warn(&message)?;
                return Ok(Outcome::Done);
            }
            let new = sealed_as_before(shape, &old, &open, &new);
            let fault = match replace::replace(session, &store, id, &path, &old, &new, false) {
                Ok(outcome) => return Ok(outcome),
                Err(fault) if !session.is_interactive() => break fault,
                Err(fault) => fault,
            };
            session.fail(&fault);
            let again = session.text("edit-again", &[]);
            match confirm(session, &again, true) {
                Ok(true) => {}
                Ok(false) => break UserError::new(Message::new("edit-given-up")).into(),
                Err(fault) => break fault,
            }
        };
        let written = std::fs::read_to_string(&file).unwrap_or_default();
        let kept = sealed_as_before(shape, &old, &open, &written);
        let in_clear = seal::confidential_values(shape, &kept);
        let is_open = in_clear.values().any(|value| !is_sealed(value));
        // A refused edit must not be lost; but newly unsealed values must not stay on disk.
        if written != open && !interrupted.is_requested() && (open == old || !is_open) {
            std::fs::write(&file, kept)?;
            let file = folder.keep().join(format!("{id}.toml"));
            let arguments = [
                ("path", file.display().to_string().into()),
                ("record", id.to_string().into()),
            ];
            let message = session.text("edit-kept", &arguments);
            session.warn(&message)?;
        }
        Err(fault)
    }
}

/// Opens a file in the user's editor and waits until it exits.
fn edit(file: &Path) -> anyhow::Result<()> {
    let editor = editor();
    let mut command = command(&editor);
    let status = command.arg(file).status().with_context(|| editor.clone())?;
    if status.success() {
        Ok(())
    } else {
        let message = Message::new("editor-failed").with("editor", &editor);
        Err(UserError::new(message).into())
    }
}

/// The command for `$EDITOR`, which is a shell command line, as in git.
#[cfg(unix)]
fn command(editor: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(format!("{editor} \"$@\""))
        .arg(editor);
    command
}

/// The command for `%EDITOR%`, which may contain options.
#[cfg(not(unix))]
fn command(editor: &str) -> Command {
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or("notepad"));
    command.args(words);
    command
}

/// The user's editor: `$VISUAL`, `$EDITOR`, or the system's default.
fn editor() -> String {
    environment::variable("VISUAL")
        .or_else(|| environment::variable("EDITOR"))
        .unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned())
}

/// The folder for unsealed values: in memory, if the system has such a place.
fn private_folder() -> PathBuf {
    environment::private_places()
        .into_iter()
        .find(|folder| folder.is_absolute() && tempfile::tempfile_in(folder).is_ok())
        .unwrap_or_else(environment::temporary_folder)
}

/// The new text, with the old ciphertext for values that did not change: encrypting them again would look like a
/// change.
fn sealed_as_before(shape: &Shape, old: &str, open: &str, new: &str) -> String {
    if new == open {
        return old.to_owned();
    }
    let [before, sealed, now] = [open, old, new].map(|text| seal::confidential_values(shape, text));
    let kept = sealed
        .into_iter()
        .filter(|(path, value)| is_sealed(value) && before.get(path) == now.get(path));
    let changes: Vec<Change> = kept
        .map(|(path, value)| Change {
            path,
            value: Some(value.into()),
        })
        .collect();
    change(new, shape, &changes).unwrap_or_else(|_| new.to_owned())
}
