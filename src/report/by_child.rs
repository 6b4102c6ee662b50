//! An index of records by child, shared by the reports of all children of a school.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::analysis::People;
use crate::model::{Entry, HasTable, Id, Kind, Record, Records, Table};

/// The records about each child, indexed lazily by kind.
#[derive(Debug)]
pub(super) struct ByChild<'a> {
    records: &'a Records,
    /// By kind: for each child, the indices of its records in their table.
    places: [OnceLock<HashMap<Id, Vec<usize>>>; Kind::ALL.len()],
}

impl<'a> ByChild<'a> {
    pub(super) fn new(records: &'a Records) -> ByChild<'a> {
        ByChild {
            records,
            places: std::array::from_fn(|_| OnceLock::new()),
        }
    }

    /// Returns the records of a kind about a child, in order.
    pub(super) fn of<K: Record>(&self, child: Id) -> impl Iterator<Item = &'a Entry<K>>
    where
        Records: HasTable<K>,
    {
        let table: &'a Table<K> = self.records.table();
        let places = self.places[K::KIND as usize].get_or_init(|| {
            let mut places: HashMap<Id, Vec<usize>> = HashMap::new();
            let mut people = People::default();
            for (place, entry) in table.iter().enumerate() {
                people.set_from(&entry.record);
                for child in &people.children {
                    let of_child = places.entry(*child).or_default();
                    if of_child.last() != Some(&place) {
                        of_child.push(place);
                    }
                }
            }
            places
        });
        let of_child = places.get(&child).map_or(&[][..], Vec::as_slice);
        of_child.iter().map(|place| &table[*place])
    }
}
