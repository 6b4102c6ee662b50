//! Parses field paths as typed: by names, as in flags, or by labels in either language, with an index, or `[+]` for a
//! new entry.

use crate::cli::shared::lookup;
use crate::cli::shared::user_error::UserError;
use crate::diagnostic::Message;
use crate::model::shape::{Field, Shape};
use crate::model::{FieldPath, Kind};
use crate::text::Lang;

/// The fields of a child that `change` accepts: those that change over time, and the parents.
pub(crate) const CHANGING: [&str; 5] = [
    "guardianship",
    "enrolment",
    "contact",
    "priority",
    "parents",
];

/// An index into a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListIndex {
    /// No index.
    Unsaid,
    /// An index, from 0.
    At(usize),
    /// A new entry at the end: `[+]`.
    New,
}

/// A step of a field path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FieldStep<'a> {
    pub(crate) field: &'a Field,
    pub(crate) entry: ListIndex,
}

/// The field of a schema named by a word.
pub(crate) fn field<'a>(shape: &'a Shape, word: &str) -> Option<&'a Field> {
    let name = word.replace('-', "_");
    let labelled = |field: &&Field| Lang::ALL.iter().any(|lang| field.label(*lang) == word);
    shape
        .field(&name)
        .or_else(|| shape.fields.iter().find(labelled))
}

/// Parses a path: `guardianship[+].guardian.name`, `监护情况.称呼`, `enrolment.4`.
pub(crate) fn steps<'a>(shape: &'a Shape, words: &str) -> Option<Vec<FieldStep<'a>>> {
    walked(shape, words).or_else(|| labelled(shape, words.trim()))
}

/// The path of the only field, at any depth, with a label: 监护类型.
fn labelled<'a>(shape: &'a Shape, label: &str) -> Option<Vec<FieldStep<'a>>> {
    let mut found = shape
        .leaves()
        .into_iter()
        .filter(|(_, field)| Lang::ALL.iter().any(|lang| field.label(*lang) == label));
    let (path, _) = found.next()?;
    if found.next().is_some() {
        return None;
    }
    walked(shape, &path.to_string())
}

fn walked<'a>(shape: &'a Shape, words: &str) -> Option<Vec<FieldStep<'a>>> {
    let mut shape = Some(shape);
    let mut steps: Vec<FieldStep<'a>> = Vec::new();
    for part in words.trim().split('.') {
        let (key, entry) = match part.split_once('[') {
            Some((key, rest)) => (key, Some(entry(rest.strip_suffix(']')?)?)),
            None => (part, None),
        };
        if let (Some(last), Ok(number), None) = (steps.last_mut(), key.parse(), entry) {
            last.entry = ListIndex::At(number);
            continue;
        }
        let field = field(shape?, key.trim())?;
        shape = field.holds.inner();
        let entry = entry.unwrap_or(ListIndex::Unsaid);
        steps.push(FieldStep { field, entry });
    }
    Some(steps)
}

fn entry(words: &str) -> Option<ListIndex> {
    match words.trim() {
        "+" => Some(ListIndex::New),
        number => number.parse().ok().map(ListIndex::At),
    }
}

/// Converts steps to a field path; new entries have no index in it.
pub(crate) fn path(steps: &[FieldStep<'_>]) -> FieldPath {
    steps.iter().fold(FieldPath::default(), |path, step| {
        let path = path.then(&step.field.name);
        match step.entry {
            ListIndex::At(index) => path.at(index),
            _ => path,
        }
    })
}

/// The error for an unknown field, with the nearest known one.
pub(crate) fn no_such_field(kind: Kind, words: &str, lang: Lang) -> UserError {
    let leaves = kind.shape().leaves();
    let known: Vec<String> = leaves
        .iter()
        .flat_map(|(path, field)| [path.to_string(), field.label(lang)])
        .collect();
    let message = Message::new("no-such-field")
        .with("field", words)
        .with("kind", kind.label().get(lang));
    let help = Message::new("no-such-field-help").with("kind", kind.name());
    lookup::unknown_or(message, words, known.iter().map(String::as_str), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_named_by_its_name_its_flag_or_its_label() {
        let named =
            |words: &str| steps(Kind::Child.shape(), words).map(|steps| path(&steps).to_string());
        for (words, field) in [
            (
                "guardianship[0].guardian.name",
                "guardianship[0].guardian.name",
            ),
            ("guardianship.1.away", "guardianship[1].away"),
            ("监护情况.kind", "guardianship.kind"),
            ("birth-date", "birth_date"),
            ("姓名", "name"),
            ("birth date", "birth_date"),
        ] {
            assert_eq!(named(words).as_deref(), Some(field), "{words}");
        }
        for words in ["", "x", "guardianship[", "guardianship[x].away", "name.x"] {
            assert_eq!(named(words), None, "{words}");
        }
        let added = steps(Kind::Child.shape(), "guardianship[+].away").unwrap();
        assert_eq!(added[0].entry, ListIndex::New);
    }
}
