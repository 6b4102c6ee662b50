//! The display names of children and helpers in messages: 刘子轩（四（1）班）.

use crate::cli::shared::session::Session;
use crate::model::{Id, Kind, KindSet, Records, School};
use crate::report::words::name_of;
use crate::store::{Prose, ReadOptions, Store};

/// The name of a child or helper; its id if there is no record.
pub(crate) fn name(people: &Records, id: Id) -> String {
    name_of(people, id).map_or_else(|| id.to_string(), ToOwned::to_owned)
}

/// The name of a child with its current class, or of a helper.
pub(crate) fn with_class(session: &Session, school: &School, people: &Records, id: Id) -> String {
    let name = name(people, id);
    let child = people.children.get(id);
    let class = child.and_then(|child| child.class_on(session.today));
    match class {
        Some(entry) => {
            let class = school.class_label(entry.class, session.today, session.lang);
            match session.lang {
                crate::text::Lang::Zh => format!("{name}（{class}）"),
                crate::text::Lang::En => format!("{name} ({class})"),
            }
        }
        None => name,
    }
}

/// The number of open follow-ups about a child, or assigned to a helper.
pub(crate) fn open_follow_ups(store: &Store, person: Id, name: &str) -> usize {
    use crate::analysis::People;
    use crate::model::{HasTable, Record, Table, with_kind};
    fn count<K: Record>(records: &Records, person: Id, name: &str) -> usize
    where
        Records: HasTable<K>,
    {
        let table: &Table<K> = records.table();
        let open = table.iter().map(|entry| {
            let people = People::of(&entry.record);
            let open = entry.record.follow_ups().iter();
            let open = open.filter(|follow_up| follow_up.done.is_none());
            let whose = open.filter(|follow_up| match follow_up.who.as_deref() {
                _ if person.kind() == Kind::Child => people.children.contains(&person),
                Some(who) => who == name || who == person.to_string(),
                None => people.helpers.contains(&person),
            });
            whose.count()
        });
        open.sum()
    }
    let kinds = Kind::ALL.iter().copied();
    let kinds: Vec<Kind> = kinds.filter(|kind| kind.has_follow_ups()).collect();
    let want = ReadOptions {
        prose: Prose::Skip,
        ..ReadOptions::all(KindSet::of(&kinds))
    };
    let records = store.load(want).records;
    kinds
        .iter()
        .map(|kind| with_kind!(*kind, K => count::<K>(&records, person, name)))
        .sum()
}
