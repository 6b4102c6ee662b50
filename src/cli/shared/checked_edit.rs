//! A new text for a record, checked before it is written: what `add`, `set` and `edit` have in common.

use std::io::Write;

use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::FileErrors;
use crate::diagnostic::{Message, Severity};
use crate::model::field::PathStep;
use crate::model::shape::{CodeWord, Holds};
use crate::model::{FieldPath, Id, Kind, KindSet};
use crate::rules::{self, Reported};
use crate::store::Store;
use crate::store::edit::{self, Change, Unchanged};
use crate::text::Lang;

use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{day, lookup, reference};

/// Reads `path=value` as a change; `path=` takes the field away.
///
/// # Errors
///
/// There is no such field, or it cannot hold the value.
pub(crate) fn assignment(
    session: &mut Session,
    store: &Store,
    kind: Kind,
    words: &str,
) -> anyhow::Result<Change> {
    let refuse = |id: &'static str| UserError::new(Message::new(id).with("found", words));
    let (path, value) = words
        .split_once('=')
        .ok_or_else(|| refuse("assignment-expected"))?;
    let path: FieldPath = path
        .trim()
        .parse()
        .map_err(|_| refuse("assignment-expected"))?;
    change(session, store, kind, path, value)
}

/// A change of a field to what a person typed for it; references may be names.
///
/// # Errors
///
/// There is no such field, or it cannot hold the value.
pub(crate) fn change(
    session: &mut Session,
    store: &Store,
    kind: Kind,
    path: FieldPath,
    words: &str,
) -> anyhow::Result<Change> {
    let shape = kind.shape();
    let Some(field) = shape.at(&path) else {
        let known = shape.leaves();
        let known: Vec<String> = known.iter().map(|(path, _)| path.to_string()).collect();
        let wanted = path.to_string();
        let message = Message::new("no-such-field")
            .with("field", &wanted)
            .with("kind", kind.label().get(session.lang));
        let help = Message::new("no-such-field-help").with("kind", kind.name());
        let known = known.iter().map(String::as_str);
        return Err(lookup::unknown_or(message, &wanted, known, help).into());
    };
    if words.is_empty() {
        return Ok(Change { path, value: None });
    }
    // A step to an entry of a list sets that entry alone.
    let mut holds = &field.holds;
    if let (Holds::List(entry), Some(PathStep::Index(_))) = (holds, path.0.last()) {
        holds = entry;
    }
    if let (Holds::Counts { keys, entry }, Some(PathStep::Index(key))) = (holds, path.0.last()) {
        let is_known = keys.contains(&key.to_string());
        holds = if is_known { entry } else { holds };
    }
    let mut typed = spelled_out(session, store, holds, words)?;
    if let (Holds::Date, Some(day)) = (holds, day::relative_to(&typed, session.today)) {
        typed = day.to_string();
    }
    let value = edit::value_of_words(holds, &typed).map_err(|message| {
        let message = Message::new("field-value")
            .with("field", &path)
            .with("label", field.label(Lang::Zh))
            .with("reason", message.text(session.lang));
        UserError::new(message)
    })?;
    Ok(Change {
        path,
        value: Some(value),
    })
}

/// The code that a label in either language stands for; other words as they are.
fn code<'a>(codes: &'a [CodeWord], word: &'a str) -> &'a str {
    lookup::code(codes, word).map_or(word, |code| &code.code)
}

/// Puts ids in the place of names where a field refers to records, and codes in that of their labels.
fn spelled_out(
    session: &mut Session,
    store: &Store,
    holds: &Holds,
    words: &str,
) -> anyhow::Result<String> {
    match holds {
        Holds::Code(codes) => return Ok(code(codes, words).to_owned()),
        Holds::List(entry) => {
            if let Holds::Code(codes) = &**entry {
                let words = words.split([',', '，', '、']);
                let words: Vec<_> = words.map(|word| code(codes, word.trim())).collect();
                return Ok(words.join(","));
            }
        }
        _ => {}
    }
    let Some(kind) = holds.refers_to() else {
        return Ok(words.to_owned());
    };
    let mut ids = Vec::new();
    for word in words.split([',', '，', '、']).map(str::trim) {
        if word.is_empty() {
            continue;
        }
        // An id is left as it stands: the check of the whole record says whether there is such a one.
        ids.push(match Id::parse(kind, word) {
            Some(id) => id.to_string(),
            None => reference::resolve(session, store, word, KindSet::of(&[kind]))?.to_string(),
        });
    }
    Ok(ids.join(","))
}

/// The text with some fields changed, everything else in it as it was.
///
/// # Errors
///
/// There is no place for a field.
pub(crate) fn changed(kind: Kind, text: &str, changes: &[Change]) -> anyhow::Result<String> {
    edit::change(text, kind.shape(), changes).map_err(|unchanged| {
        UserError::new(match unchanged {
            Unchanged::Syntax => Message::new("not-toml"),
            Unchanged::NoPlace(path) => Message::new("no-place").with("field", path),
        })
        .into()
    })
}

/// Checks a proposed text as `validate` would: errors refuse it, warnings are told.
///
/// # Errors
///
/// What is wrong with it.
pub(crate) fn check(
    session: &mut Session,
    store: &Store,
    path: &str,
    text: &str,
) -> anyhow::Result<()> {
    let school = session.school(store)?;
    let reported = rules::check_one(store, &school, session.today, path, text);
    let (errors, warnings): (Vec<_>, Vec<_>) = reported
        .into_iter()
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

/// Prints the difference between two texts, for `--dry-run`.
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
