//! Replaces the text of a record by a checked one.

use std::io::Write;

use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{checked_edit, identity, reference};
use crate::cli::verb::Outcome;
use crate::diagnostic::Message;
use crate::model::{Date, DateTime, Id, KindSet};
use crate::store::{Store, layout};

/// A record to be changed.
pub(crate) struct ReplacedRecord {
    pub(crate) store: Store,
    pub(crate) id: Id,
    pub(crate) path: String,
    /// The current text of its file.
    pub(crate) text: String,
}

/// Resolves the record to change.
pub(crate) fn found(session: &mut Session, words: &str) -> anyhow::Result<ReplacedRecord> {
    let store = session.store_to_change()?;
    let _ = session.school(&store)?;
    let id = reference::resolve(session, &store, words, KindSet::ALL)?;
    let path = store
        .path_of_record(id)
        .ok_or_else(|| UserError::new(Message::new("no-such-record").with("found", id)))?;
    let text = session.text_of(&store, &path)?;
    Ok(ReplacedRecord {
        store,
        id,
        path,
        text,
    })
}

/// Replaces the text of a record; the file is renamed if the date in its name changed.
pub(crate) fn replace(
    session: &mut Session,
    store: &Store,
    id: Id,
    path: &str,
    old: &str,
    new: &str,
    dry_run: bool,
) -> anyhow::Result<Outcome> {
    if old == new {
        let text = session.text("unchanged", &[("path", path.into())]);
        session.say(&text)?;
        return Ok(Outcome::Done);
    }
    let to = moved(id, old, new).map_or_else(|| path.to_owned(), layout::path_of);
    checked_edit::check(session, store, &to, old, new)?;
    let recipients = identity::recipients(&session.school(store)?)?;
    let new = &identity::sealed(&recipients, id.kind(), &to, new.to_owned())?;
    if dry_run {
        checked_edit::print_difference(session, &to, old, new)?;
        return Ok(Outcome::Done);
    }
    if to == path {
        store.replace(path, old, new)?;
    } else {
        store.move_file(path, old, &to, new)?;
    }
    writeln!(session.out(), "{to}")?;
    Ok(Outcome::Done)
}

/// The new id of a dated record whose date changed.
fn moved(id: Id, old: &str, new: &str) -> Option<Id> {
    let field = id.kind().info().day_field?;
    let day = |text: &str| {
        let table: toml::Table = toml::from_str(text).ok()?;
        let literal = table.get(field)?.as_datetime()?.to_string();
        let day = literal.parse::<Date>().map(|date| date.0);
        day.or_else(|_| literal.parse::<DateTime>().map(|at| at.0.date()))
            .ok()
    };
    let day_now = day(new)?;
    (day(old)? != day_now && id.day() != Some(day_now))
        .then(|| id.on_day(day_now))
        .flatten()
}
