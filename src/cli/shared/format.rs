//! The format version of a records directory.

use crate::cli::shared::user_error::UserError;
use crate::diagnostic::Message;
use crate::model::School;
use crate::store::{SCHOOL_FILE, Store};

/// The newest format supported.
pub(crate) const FORMAT: i64 = School::NEWEST_FORMAT as i64;

/// Refuses a records directory with a newer format, which must not be guessed at.
///
/// # Errors
///
/// The format is newer than supported.
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

/// The format given in the settings; parsed alone, since the rest may have an unknown schema.
pub(crate) fn of(store: &Store) -> Option<i64> {
    if let Ok(school) = store.school() {
        return Some(school.format.get().into());
    }
    let text = store.text(SCHOOL_FILE).ok()?;
    let table: toml::Table = text.trim_start_matches('\u{feff}').parse().ok()?;
    table.get("format")?.as_integer()
}
