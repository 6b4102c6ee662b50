//! Drafts: input for a new record that was cancelled or refused is kept, and offered the next time.

use chrono::{DateTime, Local};

use crate::cli::shared::confirm::confirm;
use crate::cli::shared::session::Session;
use crate::cli::shared::{checked_edit, environment, identity};
use crate::model::{Kind, School};
use crate::store::Store;
use crate::store::edit::Change;

/// Returns the draft for a kind, if there is one and the user wants to continue with it.
///
/// # Errors
///
/// The user cancelled, or an I/O error.
pub(super) fn offered(
    session: &mut Session,
    store: &Store,
    kind: Kind,
) -> anyhow::Result<Option<String>> {
    let Some(draft) = store.draft(kind, environment::now()) else {
        return Ok(None);
    };
    let at = DateTime::<Local>::from(draft.at);
    let arguments = [
        ("kind", kind.label().get(session.lang).into()),
        ("time", at.format("%m-%d %H:%M").to_string().into()),
    ];
    let question = session.text("draft-offered", &arguments);
    if confirm(session, &question, true)? {
        return Ok(Some(draft.text));
    }
    store.drop_draft(kind)?;
    Ok(None)
}

/// Saves the input so far as a draft, and says how to continue.
///
/// # Errors
///
/// I/O errors.
pub(super) fn keep(
    session: &mut Session,
    store: &Store,
    school: &School,
    kind: Kind,
    base: &str,
    changes: &[Change],
) -> anyhow::Result<()> {
    let text = checked_edit::changed(kind, base, changes)?;
    if text.trim().is_empty() {
        return Ok(());
    }
    let recipients = identity::recipients(school)?;
    let path = Store::draft_path(kind);
    let text = identity::sealed(&recipients, kind, &path, text)?;
    store.keep_draft(kind, &text)?;
    let arguments = [("kind", kind.name().into()), ("path", path.into())];
    let message = session.text("draft-kept", &arguments);
    session.warn(&message)?;
    Ok(())
}
