//! Who changed what when, in the records' own terms: which field held what before and after.

use toml::{Table, Value};

use crate::model::shape::Holds;
use crate::model::{FieldPath, Id};
use crate::store::git::{Commit, Git, GitFault};
use crate::store::layout;

/// What a commit did to a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// It made the record.
    Added,
    /// It removed the record.
    Removed,
    /// It changed fields.
    Changed(Vec<FieldChange>),
    /// It changed the text of the file, but no field: comments, order, blank lines.
    TextOnly,
    /// One of the texts is no TOML.
    Unreadable,
}

/// A field before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// The field.
    pub path: FieldPath,
    /// What it held.
    pub old: Option<Value>,
    /// What it holds.
    pub new: Option<Value>,
    /// Whether what it holds is shown only when asked for.
    pub confidential: bool,
}

/// A change of one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The record.
    pub id: Id,
    /// The commit, without its files.
    pub commit: Commit,
    /// What it did.
    pub deed: Deed,
}

/// The changes of one record, or of all, the newest first.
///
/// # Errors
///
/// What git says.
pub fn events(
    git: &Git,
    of: Option<Id>,
    since: Option<&str>,
    limit: Option<usize>,
) -> Result<Vec<Event>, GitFault> {
    let patterns: Vec<String> = of
        .iter()
        .map(|id| {
            let folder = id.kind().info().folder;
            format!(":(glob){folder}/**/{id}{}", layout::ENDING)
        })
        .collect();
    let commits = git.log(&patterns, since, limit)?;
    let versions = commits.iter().flat_map(|commit| &commit.files);
    let names: Vec<&str> = versions
        .flat_map(|file| [file.before.as_deref(), file.after.as_deref()])
        .flatten()
        .collect();
    let texts = git.texts(&names)?;
    let text = |name: &Option<String>| name.as_ref().and_then(|name| texts.get(name));
    let mut events = Vec::new();
    for mut commit in commits {
        for file in std::mem::take(&mut commit.files) {
            let Some(id) = layout::id_of(&file.path) else {
                continue;
            };
            let deed = match (&file.before, &file.after) {
                (None, _) => Deed::Added,
                (_, None) => Deed::Removed,
                _ => deed(id, text(&file.before), text(&file.after)),
            };
            events.push(Event {
                id,
                commit: commit.clone(),
                deed,
            });
        }
    }
    Ok(events)
}

fn deed(id: Id, before: Option<&String>, after: Option<&String>) -> Deed {
    let table = |text: Option<&String>| {
        text.and_then(|text| text.trim_start_matches('\u{feff}').parse::<Table>().ok())
    };
    let (Some(before), Some(after)) = (table(before), table(after)) else {
        return Deed::Unreadable;
    };
    let mut changes = Vec::new();
    compare(
        Some(&Value::Table(before)),
        Some(&Value::Table(after)),
        &FieldPath::default(),
        &mut |path, old, new| {
            let field = id.kind().shape().at(path);
            changes.push(FieldChange {
                path: path.clone(),
                old: old.cloned(),
                new: new.cloned(),
                confidential: matches!(field.map(|field| &field.holds), Some(Holds::Confidential)),
            });
        },
    );
    if changes.is_empty() {
        Deed::TextOnly
    } else {
        Deed::Changed(changes)
    }
}

/// Takes a field with what it held and holds.
type Tell<'t> = dyn FnMut(&FieldPath, Option<&Value>, Option<&Value>) + 't;

/// Tells each value that differs, as deep inside tables as it lies.
fn compare(old: Option<&Value>, new: Option<&Value>, at: &FieldPath, tell: &mut Tell<'_>) {
    let tables = |value: Option<&Value>| match value {
        Some(Value::Array(entries)) => !entries.is_empty() && entries.iter().all(Value::is_table),
        other => other.is_none(),
    };
    match (old, new) {
        (old, new) if old == new => {}
        (Some(Value::Table(_)) | None, Some(Value::Table(_)) | None) => {
            let empty = Table::new();
            let inner = |value: Option<&Value>| {
                value
                    .and_then(Value::as_table)
                    .cloned()
                    .unwrap_or_else(|| empty.clone())
            };
            let (old, new) = (inner(old), inner(new));
            let added = new.keys().filter(|name| !old.contains_key(*name));
            for name in old.keys().chain(added) {
                compare(old.get(name), new.get(name), &at.then(name), tell);
            }
        }
        (old, new) if tables(old) && tables(new) => {
            let entries =
                |value: Option<&Value>| value.and_then(Value::as_array).map_or(0, Vec::len);
            for index in 0..entries(old).max(entries(new)) {
                let entry =
                    |value: Option<&Value>| value.and_then(|value| value.get(index)).cloned();
                compare(
                    entry(old).as_ref(),
                    entry(new).as_ref(),
                    &at.at(index),
                    tell,
                );
            }
        }
        (old, new) => tell(at, old, new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(before: &str, after: &str) -> String {
        let id = "c4t8w2z".parse().unwrap();
        match deed(id, Some(&before.to_owned()), Some(&after.to_owned())) {
            Deed::Changed(changes) => {
                let shown =
                    |value: &Option<Value>| value.as_ref().map_or("-".to_owned(), Value::to_string);
                let lines = changes
                    .iter()
                    .map(|c| format!("{}: {} → {}", c.path, shown(&c.old), shown(&c.new)));
                lines.collect::<Vec<_>>().join("\n")
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_change_is_told_field_by_field() {
        let before = "name = \"张小明\"\nhardship = [\"poverty\"]\n[[guardianship]]\nsince = 2022-09-01\nguardian = { name = \"张大山\" }\n";
        let after = "name = \"张晓明\"\nhardship = [\"poverty\", \"disabled\"]\n[[guardianship]]\nsince = 2022-09-01\nguardian = { name = \"张大山\", phone = \"1390\" }\n[[guardianship]]\nsince = 2025-03-01\n[left]\ndate = 2025-11-10\n";
        assert_eq!(
            changes(before, after),
            "name: \"张小明\" → \"张晓明\"\nhardship: [\"poverty\"] → [\"poverty\", \"disabled\"]\nguardianship[0].guardian.phone: - → \"1390\"\nguardianship[1].since: - → 2025-03-01\nleft.date: - → 2025-11-10"
        );
        assert_eq!(changes(before, &format!("# 说明\n{before}")), "TextOnly");
        assert_eq!(changes(before, "<<<<<<< HEAD\n"), "Unreadable");
    }

    #[test]
    fn what_is_confidential_is_marked() {
        let id = "c4t8w2z".parse().unwrap();
        let deed = deed(
            id,
            Some(&String::new()),
            Some(&"id_number = \"42\"\n".to_owned()),
        );
        assert!(matches!(deed, Deed::Changed(changes) if changes[0].confidential));
    }
}
