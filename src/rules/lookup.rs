//! Lookup of records that are referred to.

use chrono::NaiveDate;

use crate::model::child::Child;
use crate::model::{FieldPath, Id};

/// Looks up records, either in a directory that was read, or in single files.
pub(super) trait Lookup {
    /// Looks up a record.
    fn look(&self, id: Id) -> ReferencedRecord;

    /// Returns the path of an existing record.
    fn path(&self, id: Id) -> String;

    /// Returns an existing record whose id differs in one character, if the lookup supports it.
    fn nearest(&self, id: Id) -> Option<Id>;
}

/// The result of looking up a record.
#[derive(Clone, Debug)]
pub(super) enum ReferencedRecord {
    /// It does not exist.
    Unknown,
    /// It exists; its dates are irrelevant.
    There,
    /// It is a child's file.
    Child(Lifetime),
}

/// The dates of a child between which records may refer to it.
#[derive(Clone, Debug)]
pub(super) struct Lifetime {
    pub(super) birth: NaiveDate,
    /// The first day in a class.
    pub(super) enrolled: Option<NaiveDate>,
    pub(super) absences: Box<[Absence]>,
}

/// An absence after leaving the school.
#[derive(Clone, Copy, Debug)]
pub(super) struct Absence {
    pub(super) left: NaiveDate,
    /// The day of coming back, if any.
    pub(super) back: Option<NaiveDate>,
    /// The index of the entry in `enrolment` that states the leaving; none for `left`.
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

/// A child that a dated record refers to.
pub(super) struct Named<'a> {
    pub(super) id: Id,
    pub(super) lifetime: Lifetime,
    /// The date of the record that refers to it.
    pub(super) day: NaiveDate,
    /// The field that refers to it.
    pub(super) field: FieldPath,
    pub(super) known: &'a dyn Lookup,
}

impl Named<'_> {
    /// Returns the path of the child's file.
    pub(super) fn path(&self) -> String {
        self.known.path(self.id)
    }
}
