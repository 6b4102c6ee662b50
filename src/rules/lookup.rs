//! Whether those whom a record names exist, and what is known of them.

use chrono::NaiveDate;

use crate::model::child::Child;
use crate::model::{FieldPath, Id};

/// Tells who and what there is: of a whole directory that was read, or by looking at single files.
pub(super) trait Lookup {
    /// What is known of a record.
    fn look(&self, id: Id) -> ReferencedRecord;

    /// The path of a record that there is.
    fn path(&self, id: Id) -> String;

    /// A record whose id differs in one letter, where that can be told.
    fn nearest(&self, id: Id) -> Option<Id>;
}

/// What is known of a record that another one names.
#[derive(Clone, Debug)]
pub(super) enum ReferencedRecord {
    /// There is none.
    Unknown,
    /// There is one; nothing depends on when.
    There,
    /// It is a child's.
    Child(Lifetime),
}

/// When a child can be spoken of.
#[derive(Clone, Debug)]
pub(super) struct Lifetime {
    pub(super) birth: NaiveDate,
    /// The first day in a class.
    pub(super) enrolled: Option<NaiveDate>,
    pub(super) absences: Box<[Absence]>,
}

/// A time after a child left the school.
#[derive(Clone, Copy, Debug)]
pub(super) struct Absence {
    pub(super) left: NaiveDate,
    /// The day on which it came back, if it did.
    pub(super) back: Option<NaiveDate>,
    /// The place among `enrolment` of the entry that says so; none where `left` does.
    pub(super) entry: Option<usize>,
}

impl Lifetime {
    pub(super) fn of(child: &Child) -> Lifetime {
        let of_entries = child.enrolment.iter().enumerate();
        let of_entries = of_entries.filter_map(|(at, entry)| Some((entry.left?.0, Some(at))));
        let of_child = child.left.as_ref().map(|left| (left.date.0, None));
        let since = || child.enrolment.iter().map(|entry| entry.since.0);
        let absences = of_entries.chain(of_child).map(|(left, entry)| Absence {
            left,
            back: since().filter(|since| *since > left).min(),
            entry,
        });
        Lifetime {
            birth: child.birth_date.0,
            enrolled: since().min(),
            absences: absences.collect(),
        }
    }
}

/// A child whom a record of a day names.
pub(super) struct Named<'a> {
    pub(super) id: Id,
    pub(super) lifetime: Lifetime,
    /// The day of the record that names it.
    pub(super) day: NaiveDate,
    /// The place that names it.
    pub(super) field: FieldPath,
    pub(super) known: &'a dyn Lookup,
}

impl Named<'_> {
    /// The path of the child's file.
    pub(super) fn path(&self) -> String {
        self.known.path(self.id)
    }
}
