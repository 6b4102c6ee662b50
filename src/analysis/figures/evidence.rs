//! What a number was counted from.

use chrono::NaiveDate;

use crate::analysis::duty;
use crate::model::activity::Activity;
use crate::model::aid::Aid;
use crate::model::assessment::Assessment;
use crate::model::award::Award;
use crate::model::child::Child;
use crate::model::document::Document;
use crate::model::duty::Duty;
use crate::model::fund::Fund;
use crate::model::helper::Helper;
use crate::model::incident::Incident;
use crate::model::loan::Loan;
use crate::model::pairing::Pairing;
use crate::model::term::{Grade, Term};
use crate::model::visit::Visit;
use crate::model::{Class, Entry, FollowUp, Id, Record, Ref};

/// A record of which something is to be done.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// A visit.
    Visit(&'a Entry<Visit>),
    /// An activity.
    Activity(&'a Entry<Activity>),
    /// An assessment.
    Assessment(&'a Entry<Assessment>),
    /// An incident.
    Incident(&'a Entry<Incident>),
}

impl<'a> Told<'a> {
    /// What is to be done.
    pub fn follow_ups(self) -> &'a [FollowUp] {
        match self {
            Told::Visit(entry) => entry.record.follow_ups(),
            Told::Activity(entry) => entry.record.follow_ups(),
            Told::Assessment(entry) => entry.record.follow_ups(),
            Told::Incident(entry) => entry.record.follow_ups(),
        }
    }

    fn subject(self) -> Subject<'a> {
        match self {
            Told::Visit(entry) => Subject::Visit(entry),
            Told::Activity(entry) => Subject::Activity(entry),
            Told::Assessment(entry) => Subject::Assessment(entry),
            Told::Incident(entry) => Subject::Incident(entry),
        }
    }
}

/// One period in which a duty is owed to one subject.
#[derive(Clone, Copy, Debug)]
pub struct Owed<'a> {
    /// The duty.
    pub duty: &'a Duty,
    /// To whom it is owed.
    pub subject: duty::Subject,
    /// The child, where it is owed to one or to a pairing of it.
    pub child: Option<Id>,
    /// The helper, where it is owed to a pairing.
    pub helper: Option<Id>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

/// Who or what counts.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// The pupils of a grade in a term.
    Pupils(&'a Entry<Term>, Grade),
    /// A child.
    Child(&'a Entry<Child>),
    /// A helper.
    Helper(&'a Entry<Helper>),
    /// A pairing.
    Pairing(&'a Entry<Pairing>),
    /// A visit.
    Visit(&'a Entry<Visit>),
    /// An activity.
    Activity(&'a Entry<Activity>),
    /// Aid given.
    Aid(&'a Entry<Aid>),
    /// An assessment.
    Assessment(&'a Entry<Assessment>),
    /// An incident.
    Incident(&'a Entry<Incident>),
    /// An award.
    Award(&'a Entry<Award>),
    /// A loan.
    Loan(&'a Entry<Loan>),
    /// Money that came in or went out.
    Fund(&'a Entry<Fund>),
    /// A document.
    Document(&'a Entry<Document>),
    /// Something to be done, by its place in the record.
    FollowUp(Told<'a>, usize),
    /// An organisation, by its name, and the theme of the activity that names it.
    Partner(&'a str, &'a Entry<Activity>),
    /// A period of a duty.
    Owed(Owed<'a>),
    /// A target of a term, by its place in the list.
    Target(&'a Entry<Term>, usize),
    /// A next step of a term, by its place in the list.
    NextStep(&'a Entry<Term>, usize),
}

/// What makes a subject itself and no other, for telling subjects apart and for sorting them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SubjectKey<'a> {
    /// A record.
    Record(Id),
    /// A part of a record, by its place.
    Part(Id, usize),
    /// A name.
    Name(&'a str),
    /// A period, by its first and last day and to whom it is owed.
    Owed(NaiveDate, NaiveDate, duty::Subject),
}

fn ids<K: Record>(references: &[Ref<K>], each: &mut dyn FnMut(Id)) {
    references.iter().for_each(|reference| each(reference.id()));
}

impl<'a> Subject<'a> {
    /// What makes it itself.
    pub fn key(&self) -> SubjectKey<'a> {
        match *self {
            Subject::Pupils(term, grade) => SubjectKey::Part(term.id, usize::from(grade.0)),
            Subject::Target(term, at) | Subject::NextStep(term, at) => {
                SubjectKey::Part(term.id, at)
            }
            Subject::FollowUp(told, at) => match told.subject().record() {
                Some(id) => SubjectKey::Part(id, at),
                None => SubjectKey::Name(""),
            },
            Subject::Partner(name, _) => SubjectKey::Name(name),
            Subject::Owed(owed) => SubjectKey::Owed(owed.from, owed.until, owed.subject),
            _ => self
                .record()
                .map_or(SubjectKey::Name(""), SubjectKey::Record),
        }
    }

    /// The record that it is or stands in; none of an organisation, and of a period that is not a pairing's or a child's.
    pub fn record(&self) -> Option<Id> {
        match *self {
            Subject::Child(entry) => Some(entry.id),
            Subject::Helper(entry) => Some(entry.id),
            Subject::Pairing(entry) => Some(entry.id),
            Subject::Visit(entry) => Some(entry.id),
            Subject::Activity(entry) => Some(entry.id),
            Subject::Aid(entry) => Some(entry.id),
            Subject::Assessment(entry) => Some(entry.id),
            Subject::Incident(entry) => Some(entry.id),
            Subject::Award(entry) => Some(entry.id),
            Subject::Loan(entry) => Some(entry.id),
            Subject::Fund(entry) => Some(entry.id),
            Subject::Document(entry) => Some(entry.id),
            Subject::FollowUp(told, _) => told.subject().record(),
            Subject::Pupils(term, _) | Subject::Target(term, _) | Subject::NextStep(term, _) => {
                Some(term.id)
            }
            Subject::Owed(Owed { subject, .. }) => match subject {
                duty::Subject::Child(id) | duty::Subject::Pairing(id) => Some(id),
                duty::Subject::Class(_) | duty::Subject::School => None,
            },
            Subject::Partner(..) => None,
        }
    }

    /// Calls `each` with the children whom it is about; several times with the same one where a record names it so.
    pub fn each_child(&self, each: &mut dyn FnMut(Id)) {
        match self {
            Subject::Child(entry) => each(entry.id),
            Subject::Pairing(entry) => each(entry.child.id()),
            Subject::Visit(entry) => ids(&entry.children, each),
            Subject::Activity(entry) => ids(&entry.children, each),
            Subject::Aid(entry) => ids(&entry.children, each),
            Subject::Assessment(entry) => each(entry.child.id()),
            Subject::Incident(entry) => ids(&entry.children, each),
            Subject::Award(entry) => {
                if let Some(child) = entry.child {
                    each(child.id());
                }
            }
            Subject::Loan(entry) => each(entry.child.id()),
            Subject::FollowUp(told, _) => told.subject().each_child(each),
            Subject::Owed(owed) => {
                if let Some(child) = owed.child {
                    each(child);
                }
            }
            _ => {}
        }
    }

    /// Calls `each` with the helpers who did it; none of a child, whose helpers are those paired with it.
    pub fn each_helper(&self, each: &mut dyn FnMut(Id)) {
        match self {
            Subject::Helper(entry) => each(entry.id),
            Subject::Pairing(entry) => each(entry.helper.id()),
            Subject::Visit(entry) => ids(&entry.by, each),
            Subject::Activity(entry) => entry
                .organisers
                .iter()
                .filter_map(|name| Id::parse(crate::model::Kind::Helper, name))
                .for_each(each),
            Subject::Aid(entry) => {
                if let Some(by) = entry.by {
                    each(by.id());
                }
            }
            Subject::Assessment(entry) => each(entry.by.id()),
            Subject::Incident(entry) => each(entry.by.id()),
            Subject::Award(entry) => {
                if let Some(helper) = entry.helper {
                    each(helper.id());
                }
            }
            Subject::FollowUp(told, _) => told.subject().each_helper(each),
            Subject::Owed(owed) => {
                if let Some(helper) = owed.helper {
                    each(helper);
                }
            }
            _ => {}
        }
    }

    /// The classes that it names itself, beside those of its children.
    pub fn each_class(&self, each: &mut dyn FnMut(Class)) {
        match self {
            Subject::Activity(entry) => entry.classes.iter().copied().for_each(each),
            Subject::Document(entry) => entry.class.into_iter().for_each(each),
            Subject::FollowUp(told, _) => told.subject().each_class(each),
            Subject::Owed(Owed {
                subject: duty::Subject::Class(class),
                ..
            }) => each(*class),
            _ => {}
        }
    }
}

/// One member of a figure's set, as it is met while counting.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'m, 'a> {
    /// Who or what counts.
    pub subject: Subject<'a>,
    /// How much: 1, or fen of money, or the attendance of an activity.
    pub amount: i64,
    /// The day on which the class, guardianship and so on of its children are looked up.
    pub day: NaiveDate,
    /// The records because of which it counts, where it is no record itself.
    pub because: &'m [Id],
}

/// One member of a figure's set.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// Who or what counts.
    pub subject: Subject<'a>,
    /// How much: 1, or fen of money, or the attendance of an activity.
    pub amount: i64,
    /// The records because of which it counts, where it is no record itself: the visits of a visited child.
    pub because: Vec<Id>,
}

/// A figure's value, and the whole that it is a part of. Money is in fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// The number or sum.
    pub value: i64,
    /// The whole, where there is one.
    pub of: Option<i64>,
}

impl Value {
    /// The value in tenths of a percent of the whole, rounded half up; none where there is no whole or it is 0.
    pub fn share(self) -> Option<crate::text::number::Share> {
        let of = u64::try_from(self.of?).ok()?;
        crate::text::number::share(u64::try_from(self.value).ok()?, of)
    }
}

/// What a figure was counted from: each member once, in the order of ids.
#[derive(Clone, Debug, Default)]
pub struct Evidence<'a> {
    /// Those that count.
    pub members: Vec<Member<'a>>,
    /// All of which they are a part, where the figure has such a whole.
    pub of: Option<Vec<Member<'a>>>,
}

impl<'a> Evidence<'a> {
    /// The figure's value: the sum of its parts.
    pub fn value(&self) -> Value {
        let sum = |members: &[Member<'_>]| members.iter().map(|member| member.amount).sum();
        Value {
            value: sum(&self.members),
            of: self.of.as_deref().map(sum),
        }
    }

    /// The members of the whole that do not count: children without a visit, periods that were missed. Where the whole
    /// is only a number, such as the pupils of each grade, nobody is known to be missing.
    pub fn missing(&self) -> Vec<&Member<'a>> {
        let counted: std::collections::HashSet<_> = self
            .members
            .iter()
            .map(|member| member.subject.key())
            .collect();
        self.of
            .iter()
            .flatten()
            .filter(|member| !matches!(member.subject, Subject::Pupils(..)))
            .filter(|member| !counted.contains(&member.subject.key()))
            .collect()
    }
}
