//! The persons of a record: whom it is about, and who acted.

use crate::model::{Id, Kind, Record, Step};

/// The persons that a record names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// The children it is about, in the order of the file.
    pub children: Vec<Id>,
    /// The helpers who acted: `by`, or in kinds without it the helpers among `organisers` or the `helper`.
    pub helpers: Vec<Id>,
}

impl People {
    /// Returns the persons of a record.
    pub fn of<K: Record>(record: &K) -> People {
        let mut people = People::default();
        people.set_from(record);
        people
    }

    /// Replaces these by the persons of another record, so that a loop allocates once.
    pub fn set_from<K: Record>(&mut self, record: &K) {
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

/// Whether a reference at a path of a record is to a child the record is about.
pub fn is_child(place: &[Step], id: Id) -> bool {
    id.kind() == Kind::Child && matches!(field_of(place), Some("child" | "children"))
}

/// Whether a reference at a path of a record is to a helper who acted.
pub fn is_helper(place: &[Step], id: Id) -> bool {
    id.kind() == Kind::Helper && matches!(field_of(place), Some("helper" | "by" | "organisers"))
}

/// The top-level field that contains a path.
fn field_of(place: &[Step]) -> Option<&str> {
    match place.first()? {
        Step::Key(name) => Some(name),
        Step::Index(_) => None,
    }
}
