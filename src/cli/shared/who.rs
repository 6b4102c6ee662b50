//! Asks once on a terminal for the current user.

use crate::cli::shared::session::Session;
use crate::cli::shared::{me, person, picker};
use crate::model::{Id, Kind};
use crate::store::Store;

/// Asks for the current user, and saves the answer for this clone; `None` if there is no terminal, no helper, or no
/// answer.
///
/// # Errors
///
/// The user cancelled, or the terminal cannot be used.
pub(crate) fn ask(session: &mut Session, store: &Store) -> anyhow::Result<Option<Id>> {
    if !session.is_interactive() {
        return Ok(None);
    }
    let people = session.people(store);
    let Ok(school) = store.school() else {
        return Ok(None);
    };
    if people.helpers.is_empty() {
        return Ok(None);
    }
    let question = session.text("command-me-question", &[]);
    let later = Some(session.text("command-me-later", &[]));
    let kind = Kind::Helper;
    let chosen = picker::pick(session, &school, &people, kind, &question, later, None)?;
    let Some(id) = chosen else {
        return Ok(None);
    };
    // The name is easier to recognise in the settings; the id only if the name is ambiguous.
    let name = person::name(&people, id);
    let alike = people.helpers.iter().filter(|helper| *helper.name == *name);
    let word = if alike.count() == 1 {
        name
    } else {
        id.to_string()
    };
    me::keep(session, store, &word)?;
    Ok(Some(id))
}
