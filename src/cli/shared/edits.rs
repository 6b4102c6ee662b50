//! Changes of several records by one command: each text is checked, and all are written or none.

use std::io::Write;

use chrono::NaiveDate;

use crate::cli::shared::session::Session;
use crate::cli::shared::{checked_edit, identity};
use crate::model::{Date, FieldPath, Id, School};
use crate::store::edit::Change;
use crate::store::transaction::FileChange;
use crate::store::{Store, path_of};

/// The changes of a command.
pub(crate) struct Edits<'a> {
    pub(crate) store: &'a Store,
    pub(crate) school: &'a School,
    changes: Vec<FileChange>,
}

impl<'a> Edits<'a> {
    pub(crate) fn new(store: &'a Store, school: &'a School) -> Edits<'a> {
        Edits {
            store,
            school,
            changes: Vec::new(),
        }
    }

    /// Returns the path and text of a record, including earlier changes by the same command.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub(crate) fn text(&self, session: &Session, id: Id) -> anyhow::Result<(String, String)> {
        let path = self.store.path_of_record(id).unwrap_or_else(|| path_of(id));
        let changed = self.changes.iter().rev().find_map(|change| match change {
            FileChange::Replace { path: at, new, .. } if *at == path => Some(new.clone()),
            _ => None,
        });
        match changed {
            Some(text) => Ok((path, text)),
            None => {
                let text = session.text_of(self.store, &path)?;
                Ok((path, text))
            }
        }
    }

    /// Ends a pairing.
    ///
    /// # Errors
    ///
    /// The changed record would be invalid.
    pub(crate) fn end_pairing(
        &mut self,
        session: &mut Session,
        pairing: Id,
        last: NaiveDate,
    ) -> anyhow::Result<()> {
        let until = toml_edit::Datetime::from(Date(last));
        let change = Change {
            path: FieldPath::key("until"),
            value: Some(until.into()),
        };
        self.change(session, pairing, &[change])
    }

    /// Changes fields of a record.
    ///
    /// # Errors
    ///
    /// The changed record would be invalid.
    pub(crate) fn change(
        &mut self,
        session: &mut Session,
        id: Id,
        changes: &[Change],
    ) -> anyhow::Result<()> {
        let (path, old) = self.text(session, id)?;
        let new = checked_edit::changed(id.kind(), &old, changes)?;
        if new == old {
            return Ok(());
        }
        checked_edit::check(session, self.store, &path, &old, &new)?;
        let recipients = identity::recipients(self.school)?;
        let new = identity::sealed(&recipients, id.kind(), &path, new)?;
        let earlier = self.changes.iter_mut().find_map(|change| match change {
            FileChange::Replace { path: at, new, .. } if *at == path => Some(new),
            _ => None,
        });
        match earlier {
            Some(text) => *text = new,
            None => self.changes.push(FileChange::Replace { path, old, new }),
        }
        Ok(())
    }

    /// Adds a record.
    ///
    /// # Errors
    ///
    /// The record is invalid.
    pub(crate) fn create(
        &mut self,
        session: &mut Session,
        id: Id,
        text: String,
    ) -> anyhow::Result<()> {
        let path = path_of(id);
        checked_edit::check(session, self.store, &path, "", &text)?;
        let recipients = identity::recipients(self.school)?;
        let text = identity::sealed(&recipients, id.kind(), &path, text)?;
        self.changes.push(FileChange::Create { path, text });
        Ok(())
    }

    /// Removes a record.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub(crate) fn remove(&mut self, session: &Session, id: Id) -> anyhow::Result<()> {
        let (path, old) = self.text(session, id)?;
        self.changes.push(FileChange::Remove { path, old });
        Ok(())
    }

    /// Writes the changes; or prints them, in a dry run.
    ///
    /// # Errors
    ///
    /// A file was changed concurrently, or an I/O error.
    pub(crate) fn write(self, session: &mut Session, dry_run: bool) -> anyhow::Result<()> {
        if !dry_run {
            self.store.commit(&self.changes, &mut |_| {})?;
            return Ok(());
        }
        for change in &self.changes {
            let (path, old, new) = match change {
                FileChange::Create { path, text } => (path, "", text.as_str()),
                FileChange::Replace { path, old, new } => (path, old.as_str(), new.as_str()),
                FileChange::Remove { path, old } => (path, old.as_str(), ""),
            };
            checked_edit::print_difference(session, path, old, new)?;
        }
        Ok(())
    }
}

/// Prints what a command did, or would do, on one line.
///
/// # Errors
///
/// The output cannot be written.
pub(crate) fn print_line(session: &mut Session, line: &str, dry_run: bool) -> std::io::Result<()> {
    let line = crate::text::sanitize::terminal_lines(line).into_owned();
    let line = if dry_run {
        let would = session.text("command-would", &[]);
        format!("{would}{line}")
    } else {
        line
    };
    writeln!(session.out(), "{line}")
}
