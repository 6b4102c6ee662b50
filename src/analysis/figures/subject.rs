//! Who or what a figure counts.

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

/// A part of a record; a place is that in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The pupils of a grade in a term.
    Grade(Grade),
    /// Something to be done.
    FollowUp(usize),
    /// A target of a term.
    Target(usize),
    /// A next step of a term.
    NextStep(usize),
    /// Somebody in the lead.
    Leader(usize),
}

/// Who or what counts.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A record.
    Record(EntryRef<'a>),
    /// A part of a record.
    Part(EntryRef<'a>, Part),
    /// An organisation, a book, a rule, by its name, and a record that names it.
    Named(&'a str, EntryRef<'a>),
    /// A class.
    Class(Class),
    /// A child's father or mother.
    Parent(&'a Entry<Child>, ContactParent),
    /// A child's birthday.
    Birthday(&'a Entry<Child>, NaiveDate),
    /// A day of visits by one organisation, and one of these visits.
    Trip(NaiveDate, &'a str, &'a Entry<Visit>),
    /// Equipment of the school, by its place in the settings.
    Equipment(usize, &'a Equipment),
    /// A period of a duty.
    Owed(&'a Duty, Owed),
}

/// What makes a subject itself and no other, for telling subjects apart and for sorting them.
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
    /// A day and an organisation.
    Trip(NaiveDate, &'a str),
    /// A place in the settings.
    Setting(usize),
    /// A period, by its first and last day and to whom it is owed.
    Owed(NaiveDate, NaiveDate, duty::Subject),
}

impl<'a, E: Into<EntryRef<'a>>> From<E> for Subject<'a> {
    fn from(entry: E) -> Subject<'a> {
        Subject::Record(entry.into())
    }
}

impl<'a> Subject<'a> {
    /// What makes it itself.
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

    /// The record that it is, stands in or is named by.
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

    /// The record that it is or stands in; none of what several records may name, of a class, and of a period that is
    /// not a pairing's or a child's.
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

    /// The child that it is.
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

    /// The visit that it is.
    pub fn visit(&self) -> Option<&'a Visit> {
        match self {
            Subject::Record(EntryRef::Visit(visit)) | Subject::Trip(_, _, visit) => Some(visit),
            _ => None,
        }
    }

    /// What is to be done, where it is that.
    pub fn follow_up(&self) -> Option<&'a FollowUp> {
        match *self {
            Subject::Part(entry, Part::FollowUp(at)) => entry.follow_ups().get(at),
            _ => None,
        }
    }

    /// Calls `each` with the children whom it is about; several times with the same one where a record names it so.
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

    /// Calls `each` with the helpers who did it; none of a child, whose helpers are those paired with it.
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

    /// The classes that it names itself, beside those of its children.
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
