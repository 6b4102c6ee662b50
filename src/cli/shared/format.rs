//! The format of a records directory: which it has, and which this program knows.

use crate::cli::shared::user_error::UserError;
use crate::diagnostic::Message;
use crate::model::School;
use crate::store::{SCHOOL_FILE, Store};

/// The newest format of records directories that this version knows.
pub(crate) const FORMAT: i64 = School::NEWEST_FORMAT as i64;

/// Refuses records of a format that only a newer version knows: what they mean must not be guessed.
///
/// # Errors
///
/// They are of such a format.
pub(crate) fn refuse_newer(store: &Store) -> anyhow::Result<()> {
    match of(store) {
        Some(found) if found > FORMAT => {
            let message = Message::new("newer-format")
                .with("found", found)
                .with("known", FORMAT);
            Err(UserError::new(message)
                .help(Message::new("newer-format-help"))
                .into())
        }
        _ => Ok(()),
    }
}

/// The format that the school's settings name; read without the rest, which may have a shape not known here.
pub(crate) fn of(store: &Store) -> Option<i64> {
    if let Ok(school) = store.school() {
        return Some(school.format.get().into());
    }
    let text = store.text(SCHOOL_FILE).ok()?;
    let table: toml::Table = text.trim_start_matches('\u{feff}').parse().ok()?;
    table.get("format")?.as_integer()
}
