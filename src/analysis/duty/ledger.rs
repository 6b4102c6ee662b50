//! Sets what was done against what is owed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::facts::{Done, Settled};
use super::frames::{self, Frame};
use super::spans::{Spans, Stretch, left_behind};
use super::{DutyFacts, DutyPeriod, State, Subject};
use crate::analysis::Scope;
use crate::model::child::{Child, Definition};
use crate::model::pairing::Pairing;
use crate::model::school::{Duty, OwedTo, Period};
use crate::model::term::Term;
use crate::model::{Class, Id, Table};

/// Who is owed what for how long, and what was done.
#[derive(Debug)]
pub struct Ledger<'a> {
    terms: &'a Table<Term>,
    children: &'a Table<Child>,
    pairings: &'a Table<Pairing>,
    /// The numbers of the children's ids, in the order of the table: close together, they are found faster than in it.
    numbers: Vec<u32>,
    /// When each child is left-behind, in the order of the table.
    days: Vec<Spans>,
    /// The same by class.
    stretches: Vec<Vec<Stretch>>,
    facts: Settled<'a>,
}

/// The part of a period that lies in a term, as one of several scopes sees it; sorts by its first day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    frame: Frame,
    /// Which of the scopes.
    place: usize,
    as_of: NaiveDate,
}

/// A subject and the days on which it is active: those of some that lie between two.
struct Active<'l> {
    subject: Subject,
    child: Option<Id>,
    helper: Option<Id>,
    days: Cow<'l, Spans>,
    since: NaiveDate,
    until: NaiveDate,
}

impl<'l> Active<'l> {
    fn on(subject: Subject, days: Cow<'l, Spans>) -> Active<'l> {
        Active {
            subject,
            child: None,
            helper: None,
            days,
            since: NaiveDate::MIN,
            until: NaiveDate::MAX,
        }
    }
}

impl<'a> Ledger<'a> {
    /// A ledger of the duties of `facts`.
    pub fn new(
        terms: &'a Table<Term>,
        children: &'a Table<Child>,
        pairings: &'a Table<Pairing>,
        definition: Definition,
        facts: DutyFacts<'a>,
    ) -> Ledger<'a> {
        let stretches: Vec<Vec<Stretch>> = children
            .iter()
            .map(|child| left_behind(child, definition))
            .collect();
        let days = stretches
            .iter()
            .map(|stretches| Spans::of(stretches.iter().map(|s| (s.from, s.until)).collect()));
        Ledger {
            terms,
            children,
            pairings,
            numbers: children.iter().map(|child| child.id.tail_bits()).collect(),
            days: days.collect(),
            stretches,
            facts: facts.settle(),
        }
    }

    /// The duties.
    pub fn duties(&self) -> &'a [Duty] {
        self.facts.duties()
    }

    /// The periods of the duty at a place in the list that end within the days of a scope; see [`super::periods`].
    pub fn periods(&self, duty: usize, scope: &Scope) -> Vec<DutyPeriod> {
        let mut periods = Vec::new();
        self.each(duty, scope, |period| periods.push(period.clone()));
        sorted(periods)
    }

    /// Calls `visit` with the same periods one by one, subject by subject: a county has millions.
    pub fn each(&self, duty: usize, scope: &Scope, mut visit: impl FnMut(&DutyPeriod)) {
        self.each_of(duty, std::slice::from_ref(scope), |_, period| visit(period));
    }

    /// The same for several scopes at once, with the place of the scope in the list: each subject is looked up once.
    pub fn each_of(&self, duty: usize, scopes: &[Scope], visit: impl FnMut(usize, &DutyPeriod)) {
        let period = self.duties()[duty].period;
        let mut frames = Vec::new();
        for (place, scope) in scopes.iter().enumerate() {
            let own = scope.term.filter(|_| period != Period::Year);
            let terms = self.terms.iter();
            let terms = terms.filter(|term| own.is_none_or(|id| id == term.id));
            let as_of = scope.as_of;
            let in_scope = frames::of_period(period, terms, as_of).into_iter();
            let ended = in_scope.filter(|frame| scope.holds(frame.until));
            frames.extend(ended.map(|frame| Seen {
                frame,
                place,
                as_of,
            }));
        }
        frames.sort_unstable();
        self.during(duty, &frames, visit);
    }

    /// The periods of the duty at a place in the list that run on a day, seen from that day: all are open.
    pub fn running(&self, duty: usize, day: NaiveDate) -> Vec<DutyPeriod> {
        let period = self.duties()[duty].period;
        let frames = frames::of_period(period, self.terms.iter(), day).into_iter();
        let running = frames.filter(|frame| day <= frame.until);
        let seen = running.map(|frame| Seen {
            frame,
            place: 0,
            as_of: day,
        });
        let frames: Vec<Seen> = seen.collect();
        let mut periods = Vec::new();
        self.during(duty, &frames, |_, period| {
            periods.push(DutyPeriod {
                state: State::Open,
                ..period.clone()
            });
        });
        sorted(periods)
    }

    /// The periods of a duty in some frames, which are sorted by their first day.
    fn during(&self, duty: usize, frames: &[Seen], mut visit: impl FnMut(usize, &DutyPeriod)) {
        if frames.is_empty() {
            return;
        }
        let Duty { owed_to, count, .. } = self.duties()[duty];
        let by_class = match owed_to {
            OwedTo::Class => self.records_by_class(duty),
            _ => Vec::new(),
        };
        let mut records = Vec::new();
        for active in self.subjects(owed_to) {
            let done = self.done(duty, &active, &by_class);
            let mut period = DutyPeriod {
                subject: active.subject,
                child: active.child,
                helper: active.helper,
                from: NaiveDate::MIN,
                until: NaiveDate::MIN,
                state: State::Open,
                records,
                wanted: count,
            };
            for (from, until) in active.days.between(active.since, active.until) {
                let first = frames.partition_point(|seen| seen.frame.from < from);
                let within = frames[first..]
                    .iter()
                    .take_while(|seen| seen.frame.from <= until);
                for seen in within.filter(|seen| seen.frame.until <= until) {
                    let Seen {
                        frame,
                        place,
                        as_of,
                    } = *seen;
                    done.between(frame.from, frame.until.min(as_of), &mut period.records);
                    (period.from, period.until) = (frame.from, frame.until);
                    period.state = match () {
                        () if frame.until > as_of => State::Open,
                        () if period.records.len() >= count as usize => State::Met,
                        () => State::Missed,
                    };
                    visit(place, &period);
                }
            }
            records = period.records;
        }
    }

    fn subjects(&self, owed_to: OwedTo) -> Box<dyn Iterator<Item = Active<'_>> + '_> {
        match owed_to {
            OwedTo::School => {
                let days = Cow::Owned(Spans::always());
                Box::new(std::iter::once(Active::on(Subject::School, days)))
            }
            OwedTo::Child => {
                let children = self.children.iter().zip(&self.days);
                Box::new(children.map(|(child, days)| Active {
                    child: Some(child.id),
                    ..Active::on(Subject::Child(child.id), Cow::Borrowed(days))
                }))
            }
            OwedTo::Pairing => Box::new(self.pairings.iter().filter_map(|pairing| {
                let child = self.place(pairing.child.id().tail_bits())?;
                let days = Cow::Borrowed(&self.days[child]);
                Some(Active {
                    child: Some(pairing.child.id()),
                    helper: Some(pairing.helper.id()),
                    since: pairing.since.0,
                    until: pairing.until.map_or(NaiveDate::MAX, |until| until.0),
                    ..Active::on(Subject::Pairing(pairing.id), days)
                })
            })),
            OwedTo::Class => {
                let mut classes: BTreeMap<Class, Vec<(NaiveDate, NaiveDate)>> = BTreeMap::new();
                for stretch in self.stretches.iter().flatten() {
                    if let Some(class) = stretch.class {
                        classes
                            .entry(class)
                            .or_default()
                            .push((stretch.from, stretch.until));
                    }
                }
                let classes = classes.into_iter().map(|(class, stretches)| {
                    let days = Cow::Owned(Spans::of(stretches));
                    Active::on(Subject::Class(class), days)
                });
                Box::new(classes)
            }
        }
    }

    fn done<'s>(
        &'s self,
        duty: usize,
        active: &Active<'_>,
        by_class: &'s [(Class, NaiveDate, Id)],
    ) -> Done<'s> {
        match (active.subject, active.child) {
            (_, Some(child)) => self.facts.of_child(duty, child, active.helper),
            (Subject::Class(class), None) => {
                let start = by_class.partition_point(|record| record.0 < class);
                let count = by_class[start..].partition_point(|record| record.0 == class);
                Done::Class(&by_class[start..start + count])
            }
            _ => self.facts.of_school(duty),
        }
    }

    /// Where the child whose id has a number stands in the table.
    fn place(&self, number: u32) -> Option<usize> {
        self.numbers.binary_search(&number).ok()
    }

    fn records_by_class(&self, duty: usize) -> Vec<(Class, NaiveDate, Id)> {
        self.facts.by_class(duty, |child, day| {
            let child = &self.children[self.place(child)?];
            let child = Some(child).filter(|child| child.is_enrolled(day))?;
            child.class_on(day).map(|entry| entry.class)
        })
    }
}

fn sorted(mut periods: Vec<DutyPeriod>) -> Vec<DutyPeriod> {
    periods.sort_by_key(|period| (period.from, period.until, period.subject));
    periods
}
