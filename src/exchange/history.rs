//! The history of records by field: who changed what and when, with the values before and after.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use toml::{Table, Value};

use crate::model::shape::FieldType;
use crate::model::{FieldPath, Id, Kind};
use crate::store::git::{Git, GitFault};
use crate::store::git_log::{Commit, FileVersions, Moved};
use crate::store::layout;

/// The minimum similarity in percent for a renamed file to count as the same record.
const MIN_SIMILARITY: u8 = 80;

/// What a commit did to a record.
#[derive(Clone, Debug, PartialEq)]
pub enum RecordChange {
    /// Created.
    Added,
    /// Removed.
    Removed,
    /// Moved without changes.
    Moved,
    /// Changed fields.
    Changed(Vec<FieldChange>),
    /// Changed the text but no field: comments, order, blank lines.
    TextOnly,
    /// One of the versions is not valid TOML.
    Unreadable,
    /// Unknown, because a shallow clone ends at this commit.
    Unknown,
}

/// A change of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// The field.
    pub path: FieldPath,
    /// The old value.
    pub old: Option<Value>,
    /// The new value.
    pub new: Option<Value>,
    /// Whether the value is confidential.
    pub confidential: bool,
}

/// A change of one record.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedRecord {
    /// The record.
    pub id: Id,
    /// The path of its file from the records directory; starts with `..` if it was elsewhere at the time.
    pub path: String,
    /// The previous path, if the commit moved it.
    pub from: Option<String>,
    /// The change.
    pub change: RecordChange,
}

/// The change of files that are only counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileChangeKind {
    /// Created.
    Added,
    /// Removed.
    Removed,
    /// Changed or moved.
    Changed,
}

/// The changes of records in a commit.
#[derive(Clone, Debug, PartialEq)]
pub struct CommitChanges {
    /// The commit, without its files.
    pub commit: Commit,
    /// The changes listed individually.
    pub records: Vec<ChangedRecord>,
    /// The number of further changes.
    pub others: BTreeMap<(FileChangeKind, Kind), usize>,
}

/// The part of the history to return.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<'a> {
    /// Only this record; otherwise all.
    pub of: Option<Id>,
    /// The path of its file from the records directory, if it exists.
    pub path: Option<&'a str>,
    /// Only commits after this revision.
    pub revision: Option<&'a str>,
    /// Only commits made on this day (`2025-10-12`) or later, in the author's time zone.
    pub day: Option<&'a str>,
    /// The maximum number of commits.
    pub limit: Option<usize>,
    /// The maximum number of records listed individually for each commit; all without it.
    pub most: Option<usize>,
}

/// Returns the changes of one record or of all, by commit, newest first. A record is followed through renames.
///
/// # Errors
///
/// Errors of git.
pub fn history(git: &Git, query: Query<'_>) -> Result<Vec<CommitChanges>, GitFault> {
    let here = git.prefix()?;
    let mut sought = match query.of {
        None => Selection::Folders(BTreeSet::from([here.clone()])),
        Some(id) => Selection::files(git, &here, id, query.path)?,
    };
    let mut commits = loop {
        let mut commits = git.log(&sought.patterns(), query.revision, query.limit)?;
        commits.iter_mut().for_each(pair);
        let files = commits.iter().flat_map(|commit| &commit.files);
        let others: Vec<&str> = files.filter_map(|file| sought.moved_path(file)).collect();
        if !sought.extend(&others) {
            break commits;
        }
    };
    if let Some(day) = query.day {
        commits.retain(|commit| commit.time.as_str() >= day);
    }
    let listed: Vec<ListedRecords> = commits
        .into_iter()
        .map(|commit| ListedRecords::of(commit, &sought, query.most))
        .filter(|listed| !listed.files.is_empty() || !listed.others.is_empty())
        .collect();
    let versions = listed.iter().flat_map(|listed| &listed.files);
    let names: Vec<&str> = versions
        .filter_map(|(_, file)| Some([file.before.as_deref()?, file.after.as_deref()?]))
        .filter(|[before, after]| before != after)
        .flatten()
        .collect();
    let texts = git.texts(&names)?;
    let entries = listed.into_iter().map(|listed| listed.entry(&here, &texts));
    Ok(entries.collect())
}

/// The selected files, at their current and previous paths, from the root of the repository.
enum Selection {
    /// All records in these records directories, given with a final `/`.
    Folders(BTreeSet<String>),
    /// Single files, which git finds much faster by path than by pattern.
    Files(BTreeSet<String>),
}

impl Selection {
    /// Selects the file of one record.
    fn files(git: &Git, here: &str, id: Id, path: Option<&str>) -> Result<Selection, GitFault> {
        let proper = layout::path_of(id);
        let paths = [Some(proper.as_str()), path].into_iter().flatten();
        let files: BTreeSet<String> = paths.map(|path| format!("{here}{path}")).collect();
        let sought = Selection::Files(files);
        if path.is_some() || !git.log(&sought.patterns(), None, Some(1))?.is_empty() {
            return Ok(sought);
        }
        // The record was removed, and was in the wrong folder.
        let (folder, ending) = (id.kind().folder(), layout::ENDING);
        let anywhere = format!(":(glob){folder}/**/{id}{ending}");
        let last = git.log(&[anywhere], None, Some(1))?;
        let files = last.iter().flat_map(|commit| &commit.files);
        let is_it = |file: &&FileVersions| record_of(&file.path).is_some_and(|(_, of)| of == id);
        Ok(Selection::Files(
            files.filter(is_it).map(|file| file.path.clone()).collect(),
        ))
    }

    /// The selection as git pathspecs.
    fn patterns(&self) -> Vec<String> {
        let literal = |path: String| format!(":(top,literal){path}");
        match self {
            Selection::Folders(folders) => folders
                .iter()
                .flat_map(|root| Kind::ALL.iter().map(move |kind| (root, kind)))
                .map(|(root, kind)| literal(format!("{root}{}", kind.folder())))
                .collect(),
            Selection::Files(files) => files.iter().cloned().map(literal).collect(),
        }
    }

    /// The record whose file has a path, if it is selected.
    fn record(&self, path: &str) -> Option<Id> {
        match self {
            Selection::Folders(folders) => {
                let relative = |root: &String| path.strip_prefix(root.as_str());
                folders.iter().filter_map(relative).find_map(layout::id_of)
            }
            Selection::Files(files) => Some(record_of(files.get(path)?)?.1),
        }
    }

    /// The other path of a moved file: its previous one, or for a single record also its next one.
    fn moved_path<'a>(&self, file: &'a FileVersions) -> Option<&'a str> {
        let from = file.moved.as_ref()?.from.as_str();
        match self {
            Selection::Files(files) if files.contains(from) => Some(&file.path),
            _ => self.record(&file.path).map(|_| from),
        }
    }

    /// Adds paths to the selection; returns whether any was new.
    fn extend(&mut self, others: &[&str]) -> bool {
        others.iter().fold(false, |is_new, path| {
            let added = match self {
                Selection::Folders(folders) => {
                    record_of(path).is_some_and(|(folder, _)| folders.insert(folder))
                }
                Selection::Files(files) => files.insert((*path).to_owned()),
            };
            is_new | added
        })
    }
}

/// Splits a path from the root of the repository into the prefix of the records directory and the record.
fn record_of(path: &str) -> Option<(String, Id)> {
    let starts = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1));
    let mut found =
        starts.filter_map(|at| Some((path[..at].to_owned(), layout::id_of(&path[at..])?)));
    found.next()
}

/// Whether a moved file contains the same record under both names.
fn is_same(from: Id, to: Id, alike: u8) -> bool {
    let keeps_name = from.kind() != Kind::Term && from.tail() == to.tail();
    from.kind() == to.kind() && (from == to || keeps_name || alike >= MIN_SIMILARITY)
}

/// Corrects git's rename detection, which compares only texts: a file counts as moved if and only if the record is the
/// same.
fn pair(commit: &mut Commit) {
    let (mut files, mut removed) = (Vec::new(), HashMap::new());
    for mut file in std::mem::take(&mut commit.files) {
        let ids = file
            .moved
            .as_ref()
            .map(|moved| (record_of(&moved.from), record_of(&file.path), moved.alike));
        let is_moved = match ids {
            Some((Some((_, from)), Some((_, to)), alike)) => is_same(from, to, alike),
            Some(_) => false,
            None => true,
        };
        if !is_moved && let Some(moved) = file.moved.take() {
            files.push(FileVersions {
                path: moved.from,
                moved: None,
                before: file.before.take(),
                after: None,
            });
        }
        files.push(file);
    }
    for (at, file) in files.iter().enumerate() {
        if file.after.is_none()
            && let Some((_, id)) = record_of(&file.path)
        {
            removed.insert((id.kind(), id.tail()), at);
        }
    }
    if !removed.is_empty() {
        for at in 0..files.len() {
            if files[at].before.is_none()
                && let Some((_, id)) = record_of(&files[at].path)
                && let Some(from) = removed.remove(&(id.kind(), id.tail()))
            {
                files[at].before = files[from].before.take();
                files[at].moved = Some(Moved {
                    from: std::mem::take(&mut files[from].path),
                    alike: 0,
                });
            }
        }
        files.retain(|file| !file.path.is_empty());
    }
    commit.files = files;
}

/// The files of a commit that are listed individually, and the number of the others.
struct ListedRecords {
    commit: Commit,
    files: Vec<(Id, FileVersions)>,
    others: BTreeMap<(FileChangeKind, Kind), usize>,
}

impl ListedRecords {
    fn of(mut commit: Commit, sought: &Selection, most: Option<usize>) -> ListedRecords {
        let all = std::mem::take(&mut commit.files).into_iter();
        let mut files: Vec<(Id, FileVersions)> = all
            .filter_map(|file| {
                let before = || sought.record(&file.moved.as_ref()?.from);
                let id = sought.record(&file.path).or_else(before)?;
                Some((id, file))
            })
            .collect();
        let mut others = BTreeMap::new();
        if let Some(most) = most.filter(|most| files.len() > *most) {
            let mut left = most;
            files.retain(|(id, file)| {
                let sort = match (&file.before, &file.after) {
                    (None, _) => FileChangeKind::Added,
                    (_, None) => FileChangeKind::Removed,
                    _ => FileChangeKind::Changed,
                };
                let is_told = sort == FileChangeKind::Changed && left > 0 && !commit.is_cut;
                if is_told {
                    left -= 1;
                } else {
                    *others.entry((sort, id.kind())).or_default() += 1;
                }
                is_told
            });
        }
        ListedRecords {
            commit,
            files,
            others,
        }
    }

    fn entry(self, here: &str, texts: &HashMap<String, String>) -> CommitChanges {
        let text = |name: &Option<String>| name.as_ref().and_then(|name| texts.get(name));
        let shown = |path: String| match path.strip_prefix(here) {
            Some(path) => path.to_owned(),
            None => "../".repeat(here.matches('/').count()) + &path,
        };
        let records = self.files.into_iter().map(|(id, file)| {
            let change = match (&file.before, &file.after) {
                _ if self.commit.is_cut => RecordChange::Unknown,
                (None, _) => RecordChange::Added,
                (_, None) => RecordChange::Removed,
                (before, after) if before == after => RecordChange::Moved,
                (before, after) => change(id, text(before), text(after)),
            };
            ChangedRecord {
                id,
                path: shown(file.path),
                from: file.moved.map(|moved| shown(moved.from)),
                change,
            }
        });
        CommitChanges {
            records: records.collect(),
            commit: self.commit,
            others: self.others,
        }
    }
}

fn change(id: Id, before: Option<&String>, after: Option<&String>) -> RecordChange {
    let table = |text: Option<&String>| {
        text.and_then(|text| text.trim_start_matches('\u{feff}').parse::<Table>().ok())
    };
    let (Some(before), Some(after)) = (table(before), table(after)) else {
        return RecordChange::Unreadable;
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
                confidential: matches!(
                    field.map(|field| &field.holds),
                    Some(FieldType::Confidential)
                ),
            });
        },
    );
    if changes.is_empty() {
        RecordChange::TextOnly
    } else {
        RecordChange::Changed(changes)
    }
}

/// Receives a field with its old and new value.
type OnField<'t> = dyn FnMut(&FieldPath, Option<&Value>, Option<&Value>) + 't;

/// Calls `tell` with every value that differs, at any depth.
fn compare(old: Option<&Value>, new: Option<&Value>, at: &FieldPath, tell: &mut OnField<'_>) {
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
        match change(id, Some(&before.to_owned()), Some(&after.to_owned())) {
            RecordChange::Changed(changes) => {
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
        let before = r#"name = "张小明"
hardship = ["poverty"]
[[guardianship]]
since = 2022-09-01
guardian = { name = "张大山" }
"#;
        let after = r#"name = "张晓明"
hardship = ["poverty", "disabled"]
[[guardianship]]
since = 2022-09-01
guardian = { name = "张大山", phone = "1390" }
[[guardianship]]
since = 2025-03-01
[left]
date = 2025-11-10
"#;
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
        let change = change(
            id,
            Some(&String::new()),
            Some(&"id_number = \"42\"\n".to_owned()),
        );
        assert!(matches!(change, RecordChange::Changed(changes) if changes[0].confidential));
    }
}
