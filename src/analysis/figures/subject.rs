//! The subject of a mark: who or what is counted.

use chrono::NaiveDate;

use crate::analysis::duty::{self, Owed};
use crate::analysis::people;
use crate::model::activity::Activity;
use crate::model::child::{Child, ContactParent};
use crate::model::duty::Duty;
use crate::model::school::Equipment;
use crate::model::term::Grade;
use crate::model::visit::Visit;
use crate::model::{Class, Entry, EntryRef, FollowUp, Id};

/// A part of a record, given by its index in the record's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The pupils of a grade in a term.
    Grade(Grade),
    /// A follow-up.
    FollowUp(usize),
    /// A target of a term.
    Target(usize),
    /// A next step of a term.
    NextStep(usize),
    /// A leader.
    Leader(usize),
}

/// Who or what is counted.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A record.
    Record(EntryRef<'a>),
    /// A part of a record.
    Part(EntryRef<'a>, Part),
    /// A name (an organisation, a book, a rule), and a record that contains it.
    Named(&'a str, EntryRef<'a>),
    /// A class.
    Class(Class),
    /// A child's father or mother.
    Parent(&'a Entry<Child>, ContactParent),
    /// A child's birthday.
    Birthday(&'a Entry<Child>, NaiveDate),
    /// A trip: an organisation on a day, and one of its visits.
    Trip(NaiveDate, &'a str, &'a Entry<Visit>),
    /// Equipment of the school, with its index in the settings.
    Equipment(usize, &'a Equipment),
    /// A duty period.
    Owed(&'a Duty, Owed),
}

/// The identity of a subject, for comparing and sorting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SubjectKey<'a> {
    /// A record.
    Record(Id),
    /// A part of a record.
    Part(Id, Part),
    /// A name.
    Name(&'a str),
    /// A class.
    Class(Class),
    /// A parent of a child.
    Parent(Id, ContactParent),
    /// A birthday of a child.
    Birthday(Id, NaiveDate),
    /// A trip, by day and organisation.
    Trip(NaiveDate, &'a str),
    /// An index in the settings.
    Setting(usize),
    /// A duty period, by first day, last day and subject.
    Owed(NaiveDate, NaiveDate, duty::Subject),
}

impl<'a, E: Into<EntryRef<'a>>> From<E> for Subject<'a> {
    fn from(entry: E) -> Subject<'a> {
        Subject::Record(entry.into())
    }
}

impl<'a> Subject<'a> {
    /// The identity.
    pub fn key(&self) -> SubjectKey<'a> {
        match *self {
            Subject::Record(entry) => SubjectKey::Record(entry.id()),
            Subject::Part(entry, part) => SubjectKey::Part(entry.id(), part),
            Subject::Named(name, _) => SubjectKey::Name(name),
            Subject::Class(class) => SubjectKey::Class(class),
            Subject::Parent(child, parent) => SubjectKey::Parent(child.id, parent),
            Subject::Birthday(child, day) => SubjectKey::Birthday(child.id, day),
            Subject::Trip(day, organisation, _) => SubjectKey::Trip(day, organisation),
            Subject::Equipment(at, _) => SubjectKey::Setting(at),
            Subject::Owed(_, owed) => SubjectKey::Owed(owed.from, owed.until, owed.subject),
        }
    }

    /// The record that it is, is part of, or is named by.
    pub fn entry(&self) -> Option<EntryRef<'a>> {
        match *self {
            Subject::Record(entry) | Subject::Part(entry, _) | Subject::Named(_, entry) => {
                Some(entry)
            }
            Subject::Parent(child, _) | Subject::Birthday(child, _) => Some(child.into()),
            Subject::Trip(_, _, visit) => Some(visit.into()),
            Subject::Class(_) | Subject::Equipment(..) | Subject::Owed(..) => None,
        }
    }

    /// Whether several records may name it, each with its own children, mode and so on.
    pub fn is_named_by_several(&self) -> bool {
        matches!(self, Subject::Named(..) | Subject::Trip(..))
    }

    /// The record that it is or is part of; `None` for what several records may name, for a class, and for a duty
    /// period not owed to a pairing or child.
    pub fn record(&self) -> Option<Id> {
        match *self {
            Subject::Record(entry) | Subject::Part(entry, _) => Some(entry.id()),
            Subject::Parent(child, _) | Subject::Birthday(child, _) => Some(child.id),
            Subject::Owed(_, Owed { subject, .. }) => match subject {
                duty::Subject::Child(id) | duty::Subject::Pairing(id) => Some(id),
                duty::Subject::Class(_) | duty::Subject::School => None,
            },
            Subject::Named(..) | Subject::Trip(..) | Subject::Class(_) | Subject::Equipment(..) => {
                None
            }
        }
    }

    /// The child, if it is one.
    pub fn child(&self) -> Option<&'a Child> {
        match self {
            Subject::Record(EntryRef::Child(child)) => Some(child),
            _ => None,
        }
    }

    /// The activity that it is or is named by.
    pub fn activity(&self) -> Option<&'a Activity> {
        match self.entry()? {
            EntryRef::Activity(activity) => Some(activity),
            _ => None,
        }
    }

    /// The visit, if it is one.
    pub fn visit(&self) -> Option<&'a Visit> {
        match self {
            Subject::Record(EntryRef::Visit(visit)) | Subject::Trip(_, _, visit) => Some(visit),
            _ => None,
        }
    }

    /// The follow-up, if it is one.
    pub fn follow_up(&self) -> Option<&'a FollowUp> {
        match *self {
            Subject::Part(entry, Part::FollowUp(at)) => entry.follow_ups().get(at),
            _ => None,
        }
    }

    /// Calls `each` with the children it is about, repeatedly if a record names one repeatedly.
    pub fn each_child(&self, each: &mut dyn FnMut(Id)) {
        match *self {
            Subject::Record(EntryRef::Child(child))
            | Subject::Parent(child, _)
            | Subject::Birthday(child, _) => each(child.id),
            Subject::Trip(_, _, visit) => visit.children.iter().for_each(|c| each(c.id())),
            Subject::Record(entry) | Subject::Part(entry, _) => {
                entry.references(&mut |place, id| {
                    if people::is_child(place, id) {
                        each(id);
                    }
                });
            }
            Subject::Owed(_, owed) => owed.child.into_iter().for_each(each),
            Subject::Named(..) | Subject::Class(_) | Subject::Equipment(..) => {}
        }
    }

    /// Calls `each` with the helpers who acted; for a child with none, since its helpers are those paired with it.
    pub fn each_helper(&self, each: &mut dyn FnMut(Id)) {
        match *self {
            Subject::Record(EntryRef::Helper(helper)) => each(helper.id),
            Subject::Record(entry) | Subject::Part(entry, _) => {
                entry.references(&mut |place, id| {
                    if people::is_helper(place, id) {
                        each(id);
                    }
                });
            }
            Subject::Owed(_, owed) => owed.helper.into_iter().for_each(each),
            Subject::Trip(_, _, visit) => visit.by.iter().for_each(|helper| each(helper.id())),
            Subject::Named(..)
            | Subject::Class(_)
            | Subject::Parent(..)
            | Subject::Birthday(..)
            | Subject::Equipment(..) => {}
        }
    }

    /// The classes that it names itself, besides those of its children.
    pub fn each_class(&self, each: &mut dyn FnMut(Class)) {
        match *self {
            Subject::Record(entry) | Subject::Part(entry, _) => {
                entry.classes().iter().copied().for_each(each);
            }
            Subject::Owed(
                _,
                Owed {
                    subject: duty::Subject::Class(class),
                    ..
                },
            )
            | Subject::Class(class) => each(class),
            _ => {}
        }
    }
}
