//! Whom a record is about and who did what it tells of.

use crate::model::{Id, Kind, Record, Step};

/// The persons that a record names for what it tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// The children it is about, in the order of the file.
    pub children: Vec<Id>,
    /// The helpers who did it: `by`; where a kind has none, the helpers among `organisers` or the `helper`.
    pub helpers: Vec<Id>,
}

impl People {
    /// The persons that a record names.
    pub fn of<K: Record>(record: &K) -> People {
        let mut people = People::default();
        people.become_those_of(record);
        people
    }

    /// Takes the persons that another record names in place of these: for many records, one after another.
    pub fn become_those_of<K: Record>(&mut self, record: &K) {
        self.children.clear();
        self.helpers.clear();
        record.references(&mut |place, id| {
            if is_child(place, id) {
                self.children.push(id);
            } else if is_helper(place, id) {
                self.helpers.push(id);
            }
        });
    }
}

/// Whether a reference at a place of a record is to a child that the record is about.
pub fn is_child(place: &[Step], id: Id) -> bool {
    id.kind() == Kind::Child && matches!(field_of(place), Some("child" | "children"))
}

/// Whether a reference at a place of a record is to a helper who did what it tells.
pub fn is_helper(place: &[Step], id: Id) -> bool {
    id.kind() == Kind::Helper && matches!(field_of(place), Some("helper" | "by" | "organisers"))
}

/// The field of the record itself in which a place lies.
fn field_of(place: &[Step]) -> Option<&str> {
    match place.first()? {
        Step::Key(name) => Some(name),
        Step::Index(_) => None,
    }
}
