//! `forget`: takes a child out of the records, all files or none.

use std::io::Write;

use clap::Args;

use crate::analysis::People;
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
        // A mention in a file that cannot be read would stay: such files must be mended first.
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
        let changes = self.changes(&store, &gone, kept, name.as_deref().unwrap_or_default())?;
        for change in &changes {
            let sign = match change {
                FileChange::Remove { .. } => '-',
                _ => '~',
            };
            writeln!(session.out(), "{sign} {}", change.path())?;
        }
        if self.dry_run {
            return Ok(Outcome::Done);
        }
        if !self.yes {
            if !session.is_interactive() {
                return Err(UserError::new(Message::new("forget-needs-yes")).into());
            }
            session.flush()?;
            let question = session.text("forget-sure", &[("count", changes.len().into())]);
            if !inquire::Confirm::new(&question)
                .with_default(false)
                .prompt()?
            {
                return Ok(Outcome::Done);
            }
        }
        // What could be taken back holds the child too: it goes first, so that nothing is left however this ends.
        store.clear_undo()?;
        store.without_recording().commit(&changes, &mut |_| {})?;
        let paths: Vec<String> = gone
            .iter()
            .map(|id| format!("--path {}", path_of(*id)))
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
        name: &str,
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
            // A person of the same name has a file of their own, in which the name stays.
            if !matches!(id.kind(), Kind::Child | Kind::Helper) && name.chars().count() > 1 {
                new = new.replace(name, NOBODY);
            }
            if new != old {
                changes.push(FileChange::Replace { path, old, new });
            }
        }
        Ok(changes)
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
