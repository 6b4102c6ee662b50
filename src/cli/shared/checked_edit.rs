//! Checks the new text of a record before it is written; shared by `add`, `set` and `edit`.

use std::io::Write;

use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::{FileErrors, UserError};
use crate::diagnostic::{Message, Severity};
use crate::model::Kind;
use crate::rules::{self, Reported};
use crate::store::Store;
use crate::store::edit::{self, Change, EditError};
use crate::store::file::MAX_FILE_BYTES;
use crate::store::write::WriteError;

/// Changes some fields in a text, and preserves everything else.
///
/// # Errors
///
/// A field cannot be placed.
pub(crate) fn changed(kind: Kind, text: &str, changes: &[Change]) -> anyhow::Result<String> {
    edit::change(text, kind.shape(), changes).map_err(|unchanged| {
        UserError::new(match unchanged {
            EditError::Syntax => Message::new("not-toml"),
            EditError::NoPlace(path) => Message::new("no-place").with("field", path),
        })
        .into()
    })
}

/// Checks a proposed text as `validate` does: errors are refused, new warnings are shown.
///
/// # Errors
///
/// The errors found.
pub(crate) fn check(
    session: &mut Session,
    store: &Store,
    path: &str,
    old: &str,
    text: &str,
) -> anyhow::Result<()> {
    if text.len() > MAX_FILE_BYTES {
        return Err(WriteError::TooLarge(path.to_owned()).into());
    }
    let school = session.school(store)?;
    let known = if old.is_empty() {
        Vec::new()
    } else {
        rules::check_one(store, &school, session.today, path, old)
    };
    let is_new = |reported: &Reported| {
        let is_same = |known: &Reported| {
            known.finding.rule.name == reported.finding.rule.name
                && known.finding.message == reported.finding.message
        };
        reported.severity == Severity::Error || !known.iter().any(is_same)
    };
    let reported = rules::check_one(store, &school, session.today, path, text);
    let (errors, warnings): (Vec<_>, Vec<_>) = reported
        .into_iter()
        .filter(is_new)
        .partition(|reported| reported.severity == Severity::Error);
    if !errors.is_empty() {
        let findings = errors
            .into_iter()
            .map(|reported| reported.finding)
            .collect();
        let message = Message::new("record-refused");
        return Err(FileErrors::new(findings, &|_| Some(text.to_owned()), message).into());
    }
    for Reported { finding, .. } in warnings {
        let label = session.text("severity-warning", &[]);
        let message = finding.message.text(session.lang);
        session.say(&format!("{label}[{}]: {message}", finding.rule.name))?;
        if let Some(help) = &finding.help {
            let hint = session.text("hint", &[]);
            session.say(&format!("  {hint}{}", help.text(session.lang)))?;
        }
    }
    Ok(())
}

/// Prints the diff of two texts, for `--dry-run`.
///
/// # Errors
///
/// The output cannot be written.
pub(crate) fn print_difference(
    session: &mut Session,
    path: &str,
    old: &str,
    new: &str,
) -> anyhow::Result<()> {
    let difference = similar::TextDiff::from_lines(old, new);
    let unified = difference
        .unified_diff()
        .context_radius(3)
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string();
    let shown = crate::text::sanitize::terminal_lines(&unified).into_owned();
    write!(session.out(), "{shown}")?;
    Ok(())
}
