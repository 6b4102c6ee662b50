//! `forget`: takes a child out of the records, all files or none.

use std::io::Write;

use clap::Args;

use crate::analysis::People;
use crate::cli::shared::confirm::confirm;
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{checked_edit, reference};
use crate::cli::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::field::PathStep;
use crate::model::{
    Entry, FieldPath, HasTable, Id, Kind, KindSet, Record, Records, Table, with_kind,
};
use crate::store::edit::Change;
use crate::store::transaction::FileChange;
use crate::store::{Store, Want, path_of};
use crate::text::sanitize::terminal_lines;

/// What stands for the name where other records tell of the child.
const NOBODY: &str = "○○";

#[derive(Args, Debug)]
pub(crate) struct ForgetArgs {
    #[arg(value_name = "REF")]
    record: String,
    #[arg(long)]
    dry_run: bool,
    #[arg(long)]
    yes: bool,
}

impl Verb for ForgetArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let store = session.store_to_change()?;
        let _ = session.school(&store)?;
        let only_children = KindSet::of(&[Kind::Child]);
        let id = reference::resolve(session, &store, &self.record, only_children)?;
        // A mention in a file that cannot be read would stay: such files must be corrected first.
        let records = session
            .read(&store, Want::all(KindSet::ALL), false)?
            .records;
        let name = records.children.get(id).map(|child| child.name.clone());
        let mut gone = vec![id];
        let mut kept = Vec::new();
        for kind in Kind::ALL {
            with_kind!(*kind, K => sort_out::<K>(&records, id, &mut gone, &mut kept));
        }
        // What paid for aid that goes loses its reference to it.
        for kind in Kind::ALL {
            with_kind!(*kind, K => cut_references::<K>(&records, &gone, &mut kept));
        }
        let name = name.unwrap_or_default();
        let mention = Mention::new(&records, id, &name);
        let changes = self.changes(&store, &gone, kept, &mention)?;
        for change in &changes {
            let sign = match change {
                FileChange::Remove { .. } => '-',
                _ => '~',
            };
            writeln!(session.out(), "{sign} {}", change.path())?;
        }
        for (path, line, words) in mention.left(&store, &changes) {
            let words = terminal_lines(&words);
            writeln!(session.out(), "? {path}:{line}: {words}")?;
        }
        if self.dry_run {
            return Ok(Outcome::Done);
        }
        if !self.yes {
            if !session.is_interactive() {
                return Err(UserError::new(Message::new("forget-needs-yes")).into());
            }
            let question = session.text("forget-sure", &[("count", changes.len().into())]);
            if !confirm(session, &question, false)? {
                return Ok(Outcome::Done);
            }
        }
        // What could be taken back holds the child too: it goes first, so that nothing is left however this ends.
        store.clear_undo()?;
        store.without_recording().commit(&changes, &mut |_| {})?;
        // An id is in one file name alone, wherever the file lay in the course of time.
        let paths: Vec<String> = gone
            .iter()
            .map(|id| format!("--path-glob '*{id}.toml'"))
            .collect();
        let told = session.text("forget-history", &[("paths", paths.join(" ").into())]);
        session.say(&told)?;
        Ok(Outcome::Done)
    }
}

impl ForgetArgs {
    /// The files that go, and the others with the child's id and name taken out.
    fn changes(
        &self,
        store: &Store,
        gone: &[Id],
        kept: Vec<(Id, Vec<FieldPath>)>,
        mention: &Mention<'_>,
    ) -> anyhow::Result<Vec<FileChange>> {
        let mut changes = Vec::new();
        let mut fields: std::collections::BTreeMap<Id, Vec<FieldPath>> = Default::default();
        for (id, paths) in kept {
            fields.entry(id).or_default().extend(paths);
        }
        let mut all: Vec<Id> = store.ids(KindSet::ALL).collect();
        all.sort_unstable();
        for id in all {
            let path = store.path_of_record(id).unwrap_or_else(|| path_of(id));
            let old = store.text(&path)?;
            if gone.contains(&id) {
                changes.push(FileChange::Remove { path, old });
                continue;
            }
            let cuts: Vec<Change> = fields
                .remove(&id)
                .into_iter()
                .flatten()
                .map(|path| Change { path, value: None })
                .collect();
            let mut new = if cuts.is_empty() {
                old.clone()
            } else {
                checked_edit::changed(id.kind(), &old, &cuts)?
            };
            // In a record that names the child, its name means the child.
            if !cuts.is_empty() && !matches!(id.kind(), Kind::Child | Kind::Helper) {
                new = mention.replaced(&new);
            }
            if new != old {
                changes.push(FileChange::Replace { path, old, new });
            }
        }
        Ok(changes)
    }
}

/// Where the name of a child stands in a text.
struct Mention<'a> {
    name: &'a str,
    /// Names of others that hold it: in them it is not the child's.
    longer: Vec<String>,
    /// Whether the name can mean nothing else: nobody else has it, and it is no word of two characters.
    is_certain: bool,
}

impl<'a> Mention<'a> {
    fn new(records: &Records, child: Id, name: &'a str) -> Mention<'a> {
        let children = records.children.iter().filter(|other| other.id != child);
        let children = children.map(|child| child.name.to_string());
        let helpers = records.helpers.iter().map(|helper| helper.name.to_string());
        let others: Vec<String> = children.chain(helpers).collect();
        Mention {
            name,
            is_certain: name.chars().count() > 2 && others.iter().all(|other| other != name),
            longer: others
                .into_iter()
                .filter(|other| other != name && other.contains(name))
                .collect(),
        }
    }

    /// Where the name stands by itself, by byte.
    fn places(&self, text: &str) -> Vec<usize> {
        if self.name.is_empty() {
            return Vec::new();
        }
        let places = text.match_indices(self.name).map(|(at, _)| at);
        let is_in_longer = |at: &usize| {
            self.longer.iter().any(|longer| {
                let offset = longer.find(self.name).unwrap_or(0);
                at.checked_sub(offset)
                    .and_then(|start| text.get(start..))
                    .is_some_and(|text| text.starts_with(longer.as_str()))
            })
        };
        places.filter(|at| !is_in_longer(at)).collect()
    }

    /// A text with the name replaced where it means the child for certain.
    fn replaced(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if self.is_certain {
            for at in self.places(&text).into_iter().rev() {
                text.replace_range(at..at + self.name.len(), NOBODY);
            }
        }
        text
    }

    /// The mentions that stay, for a person to decide: path, line, words.
    fn left(&self, store: &Store, changes: &[FileChange]) -> Vec<(String, usize, String)> {
        let mut left = Vec::new();
        for path in store.paths_of_texts() {
            let change = changes.iter().find(|change| change.path() == path);
            let text = match change {
                Some(FileChange::Remove { .. }) => continue,
                Some(FileChange::Replace { new, .. }) => new.clone(),
                _ => store.text(&path).unwrap_or_default(),
            };
            for at in self.places(&text) {
                let line = text[..at].matches('\n').count() + 1;
                let words = text.lines().nth(line - 1).unwrap_or_default().trim();
                left.push((path.clone(), line, words.chars().take(60).collect()));
            }
        }
        left.dedup();
        left
    }
}

/// Puts the records that tell of the child alone among those that go, and others that name it among those that
/// stay, with the places of its id: the last first, so that taking one out moves no other.
fn sort_out<K: Record>(
    records: &Records,
    child: Id,
    gone: &mut Vec<Id>,
    kept: &mut Vec<(Id, Vec<FieldPath>)>,
) where
    Records: HasTable<K>,
{
    let table: &Table<K> = records.table();
    for entry in table.iter().filter(|entry| entry.id != child) {
        let places = places_of(entry, &[child]);
        if places.is_empty() {
            continue;
        }
        let people = People::of(&entry.record).children;
        let alone = !people.is_empty() && people.iter().all(|id| *id == child);
        // A meeting in which the child took part took place; a talk with the child alone is the child's.
        if alone && K::KIND != Kind::Activity && K::KIND != Kind::Child {
            gone.push(entry.id);
        } else {
            kept.push((entry.id, places));
        }
    }
}

fn cut_references<K: Record>(records: &Records, gone: &[Id], kept: &mut Vec<(Id, Vec<FieldPath>)>)
where
    Records: HasTable<K>,
{
    let table: &Table<K> = records.table();
    let others: Vec<Id> = gone[1..].to_vec();
    for entry in table.iter().filter(|entry| !gone.contains(&entry.id)) {
        let places = places_of(entry, &others);
        if !places.is_empty() {
            kept.push((entry.id, places));
        }
    }
}

/// Where a record names one of some others, the last place first.
fn places_of<K: Record>(entry: &Entry<K>, wanted: &[Id]) -> Vec<FieldPath> {
    let mut places = Vec::new();
    entry.record.references(&mut |place, id| {
        if wanted.contains(&id) {
            places.push(FieldPath::from(place));
        }
    });
    places.sort();
    places.reverse();
    debug_assert!(
        places
            .iter()
            .all(|path| matches!(path.0[0], PathStep::Key(_)))
    );
    places
}
