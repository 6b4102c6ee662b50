//! Compares what was done with what is owed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::active::{ClassRange, fitting, left_behind};
use super::calendar;
use super::facts::{DutyAct, DutyFacts, SortedFacts, SubjectActs};
use super::owed::{DutyPeriod, Owed, State, Subject};
use super::ranges::{DateRange, DateRanges};
use crate::analysis::{Basis, Scope};
use crate::model::child::{Child, Definition};
use crate::model::duty::{Duty, DutyRule, OwedTo, Period, Schedule, Who};
use crate::model::pairing::Pairing;
use crate::model::term::Term;
use crate::model::{Class, Id, School, Table};

/// Returns the periods of a duty that end within the scope, sorted by dates and subject.
///
/// For the scope of a term these are the periods of that term, otherwise those of every term, so that counts of
/// consecutive months add up: a period counts in the month in which it ends.
pub fn periods(basis: &Basis<'_>, duty: &Duty) -> Vec<DutyPeriod> {
    let duties = std::slice::from_ref(duty);
    DutyStatus::of(basis, duties).periods(0, &basis.scope)
}

/// Returns the periods of every duty of the school, in the order of the settings.
pub fn all<'a>(basis: &Basis<'a>) -> Vec<(&'a Duty, Vec<DutyPeriod>)> {
    let duties = &basis.school.duty;
    let status = DutyStatus::of(basis, duties);
    duties
        .iter()
        .enumerate()
        .map(|(at, duty)| (duty, status.periods(at, &basis.scope)))
        .collect()
}

/// Returns the periods of every duty that began by the last day and end after it: neither met nor missed yet.
pub fn running<'a>(basis: &Basis<'a>) -> Vec<(&'a Duty, DutyPeriod)> {
    let duties = &basis.school.duty;
    let status = DutyStatus::of(basis, duties);
    let day = basis.scope.as_of;
    let running = duties.iter().enumerate().flat_map(|(at, duty)| {
        let periods = status.running(at, day).into_iter();
        periods.map(move |period| (duty, period))
    });
    running
        .filter(|(_, period)| day < period.owed.until)
        .collect()
}

/// Who is owed what during which range, and what was done.
#[derive(Debug)]
pub struct DutyStatus<'a> {
    school: &'a School,
    terms: &'a Table<Term>,
    children: &'a Table<Child>,
    pairings: &'a Table<Pairing>,
    definition: Definition,
    /// The ranges during which each child is left-behind, by class, in table order.
    left_behind: Vec<Vec<ClassRange>>,
    facts: SortedFacts<'a>,
}

/// The owed part of a period in one of several scopes. Sorts by first day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ScopedPeriod {
    days: DateRange,
    /// The index of the scope.
    place: usize,
    as_of: NaiveDate,
}

/// A subject with the ranges during which it is active: those of `ranges` within `within`.
struct ActiveSubject<'l> {
    subject: Subject,
    child: Option<Id>,
    helper: Option<Id>,
    ranges: Cow<'l, DateRanges>,
    within: DateRange,
}

impl<'l> ActiveSubject<'l> {
    fn on(subject: Subject, ranges: Cow<'l, DateRanges>) -> ActiveSubject<'l> {
        ActiveSubject {
            subject,
            child: None,
            helper: None,
            ranges,
            within: DateRange::ALWAYS,
        }
    }

    fn period(&self, wanted: u32) -> DutyPeriod {
        DutyPeriod {
            owed: Owed {
                subject: self.subject,
                child: self.child,
                helper: self.helper,
                from: NaiveDate::MIN,
                until: NaiveDate::MIN,
            },
            state: State::Open,
            records: Vec::new(),
            done: 0,
            wanted,
        }
    }

    fn days(&self) -> impl Iterator<Item = DateRange> {
        self.ranges.within(self.within)
    }
}

impl<'a> DutyStatus<'a> {
    /// Combines the collected facts with the terms and children of a school.
    pub fn new(
        school: &'a School,
        terms: &'a Table<Term>,
        children: &'a Table<Child>,
        pairings: &'a Table<Pairing>,
        definition: Definition,
        facts: DutyFacts<'a>,
    ) -> DutyStatus<'a> {
        DutyStatus {
            school,
            terms,
            children,
            pairings,
            definition,
            left_behind: children
                .iter()
                .map(|child| left_behind(child, definition))
                .collect(),
            facts: facts.into_sorted(),
        }
    }

    /// The status of duties by the records of a basis.
    pub fn of(basis: &Basis<'a>, duties: &'a [Duty]) -> DutyStatus<'a> {
        let Basis {
            school,
            records,
            scope,
        } = *basis;
        DutyStatus::new(
            school,
            &records.terms,
            &records.children,
            &records.pairings,
            scope.definition,
            DutyFacts::of(duties, records),
        )
    }

    /// The duties.
    pub fn duties(&self) -> &'a [Duty] {
        self.facts.duties()
    }

    /// Returns the periods of the duty at an index that end within a scope; see [`periods`].
    pub fn periods(&self, duty: usize, scope: &Scope) -> Vec<DutyPeriod> {
        let mut periods = Vec::new();
        self.each(duty, scope, |period| periods.push(period.clone()));
        sorted(periods)
    }

    /// Calls `visit` with each of these periods, subject by subject, without collecting them: a county has millions.
    pub fn each(&self, duty: usize, scope: &Scope, mut visit: impl FnMut(&DutyPeriod)) {
        self.each_of(duty, std::slice::from_ref(scope), |_, period| visit(period));
    }

    /// Calls `visit` with the periods of several scopes and the index of the scope; each subject is looked up once.
    pub fn each_of(
        &self,
        duty: usize,
        scopes: &[Scope],
        mut visit: impl FnMut(usize, &DutyPeriod),
    ) {
        let Some(rule) = self.facts.rule(duty) else {
            return;
        };
        let mut seen = Vec::new();
        for (place, scope) in scopes.iter().enumerate() {
            let as_of = scope.as_of;
            let days: Vec<DateRange> = match rule.schedule {
                Schedule::Times { period, .. } => {
                    let own = scope.term.filter(|_| period != Period::Year);
                    let owed = calendar::owed(rule, period, self.terms_of(own), as_of);
                    let ended = owed.into_iter().filter(|days| scope.holds(days.until));
                    ended.collect()
                }
                Schedule::Every { .. } => self.terms_in_force(rule, scope.term),
            };
            seen.extend(
                days.into_iter()
                    .map(|days| ScopedPeriod { days, place, as_of }),
            );
        }
        seen.sort_unstable();
        self.during(duty, rule, &seen, |place, period| {
            if scopes[place].holds(period.owed.until) {
                visit(place, period);
            }
        });
    }

    /// Returns the periods of the duty at an index that run on a day, as of that day: all are open.
    pub fn running(&self, duty: usize, day: NaiveDate) -> Vec<DutyPeriod> {
        let Some(rule) = self.facts.rule(duty) else {
            return Vec::new();
        };
        let days = match rule.schedule {
            Schedule::Times { period, .. } => calendar::owed(rule, period, self.terms.iter(), day),
            Schedule::Every { .. } => self.terms_in_force(rule, None),
        };
        let seen: Vec<ScopedPeriod> = days
            .into_iter()
            .filter(|days| day <= days.until)
            .map(|days| ScopedPeriod {
                days,
                place: 0,
                as_of: day,
            })
            .collect();
        let mut periods = Vec::new();
        let is_interval = matches!(rule.schedule, Schedule::Every { .. });
        self.during(duty, rule, &seen, |_, period| {
            // A met interval ended on that day; a period that ends today can still be met today.
            if day <= period.owed.until && !(is_interval && period.state == State::Met) {
                periods.push(DutyPeriod {
                    state: State::Open,
                    ..period.clone()
                });
            }
        });
        sorted(periods)
    }

    fn terms_of(&self, own: Option<Id>) -> impl Iterator<Item = &'a crate::model::Entry<Term>> {
        let terms = self.terms.iter();
        terms.filter(move |term| own.is_none_or(|id| id == term.id))
    }

    /// The date ranges of each term, or of one, in which a duty is owed and in force.
    fn terms_in_force(&self, rule: &DutyRule, own: Option<Id>) -> Vec<DateRange> {
        let terms = calendar::terms_of(rule, self.terms_of(own));
        terms
            .filter_map(|term| calendar::days_of(term).within(calendar::in_force(rule)))
            .collect()
    }

    /// The periods of a duty within date ranges sorted by first day: whole periods, or the terms for consecutive
    /// intervals.
    fn during(
        &self,
        duty: usize,
        rule: &DutyRule,
        seen: &[ScopedPeriod],
        mut visit: impl FnMut(usize, &DutyPeriod),
    ) {
        if seen.is_empty() {
            return;
        }
        let by_class = match rule.owed_to {
            OwedTo::Class => self.acts_by_class(duty),
            _ => Vec::new(),
        };
        let fitting = self.fitting(rule);
        for active in self.subjects(rule, &fitting) {
            let done = self.done(duty, &active, &by_class);
            match rule.schedule {
                Schedule::Times { count, .. } => {
                    let mut period = active.period(count);
                    for days in active.days() {
                        whole_periods(days, done, seen, &mut period, &mut visit);
                    }
                }
                Schedule::Every { days } => {
                    let mut period = active.period(1);
                    for active in active.days() {
                        for seen in seen {
                            if let Some(days_active) = seen.days.within(active) {
                                intervals(days_active, days, done, seen, &mut period, &mut visit);
                            }
                        }
                    }
                }
            }
        }
    }

    /// The date ranges during which a duty applies to each child, by class, in table order.
    fn fitting(&self, rule: &DutyRule) -> Cow<'_, [Vec<ClassRange>]> {
        if rule.who.is_every_child() {
            return Cow::Borrowed(&self.left_behind);
        }
        let children = self.children.iter().zip(&self.left_behind);
        let of_child = |(child, left_behind): (&crate::model::Entry<Child>, &Vec<ClassRange>)| {
            if left_behind.is_empty() {
                return Vec::new();
            }
            let risks = self.facts.risks(child.id);
            fitting(child, self.definition, &rule.who, &risks, self.school)
        };
        Cow::Owned(children.map(of_child).collect())
    }

    fn subjects<'s>(
        &'s self,
        rule: &DutyRule,
        fitting: &[Vec<ClassRange>],
    ) -> Vec<ActiveSubject<'s>> {
        let ranges = |of_child: &[ClassRange]| {
            DateRanges::of(of_child.iter().map(|range| range.days).collect())
        };
        match rule.owed_to {
            OwedTo::School => {
                vec![ActiveSubject::on(
                    Subject::School,
                    Cow::Owned(DateRanges::always()),
                )]
            }
            OwedTo::Child => {
                let children = self.children.iter().zip(fitting);
                let children = children.filter(|(_, of_child)| !of_child.is_empty());
                children
                    .map(|(child, of_child)| ActiveSubject {
                        child: Some(child.id),
                        ..ActiveSubject::on(Subject::Child(child.id), Cow::Owned(ranges(of_child)))
                    })
                    .collect()
            }
            OwedTo::Pairing => self.of_pairings(&rule.who, fitting),
            OwedTo::Class => {
                let mut classes: BTreeMap<Class, Vec<DateRange>> = BTreeMap::new();
                for range in fitting.iter().flatten() {
                    if let Some(class) = range.class {
                        classes.entry(class).or_default().push(range.days);
                    }
                }
                let classes = classes.into_iter().map(|(class, ranges)| {
                    ActiveSubject::on(Subject::Class(class), Cow::Owned(DateRanges::of(ranges)))
                });
                classes.collect()
            }
        }
    }

    fn of_pairings(&self, who: &Who, fitting: &[Vec<ClassRange>]) -> Vec<ActiveSubject<'_>> {
        let pairings = self.pairings.iter();
        let fit = pairings.filter(|pairing| who.fits_role(pairing.role));
        fit.filter_map(|pairing| {
            let child = self.children.position(pairing.child.id())?;
            let ranges = fitting[child].iter().map(|range| range.days).collect();
            Some(ActiveSubject {
                child: Some(pairing.child.id()),
                helper: Some(pairing.helper.id()),
                within: DateRange {
                    from: pairing.since.0,
                    until: pairing.until.map_or(NaiveDate::MAX, |until| until.0),
                },
                ..ActiveSubject::on(
                    Subject::Pairing(pairing.id),
                    Cow::Owned(DateRanges::of(ranges)),
                )
            })
        })
        .collect()
    }

    fn done<'s>(
        &'s self,
        duty: usize,
        active: &ActiveSubject<'_>,
        by_class: &'s [DutyAct],
    ) -> SubjectActs<'s> {
        match (active.subject, active.child) {
            (_, Some(child)) => self.facts.of_child(duty, child, active.helper),
            (Subject::Class(class), None) => SubjectActs::of_class(by_class, class),
            _ => self.facts.of_school(duty),
        }
    }

    fn acts_by_class(&self, duty: usize) -> Vec<DutyAct> {
        self.facts.by_class(duty, |child, day| {
            let child = self.children.get(child)?;
            let child = Some(child).filter(|child| child.is_enrolled(day))?;
            child.class_on(day).map(|entry| entry.class)
        })
    }
}

/// The periods, sorted by first day, during all of which a subject is active.
fn whole_periods(
    active: DateRange,
    done: SubjectActs<'_>,
    seen: &[ScopedPeriod],
    period: &mut DutyPeriod,
    visit: &mut impl FnMut(usize, &DutyPeriod),
) {
    let first = seen.partition_point(|seen| seen.days.from < active.from);
    let within = seen[first..].iter();
    let within = within.take_while(|seen| seen.days.from <= active.until);
    for ScopedPeriod { days, place, as_of } in within.filter(|seen| seen.days.until <= active.until)
    {
        period.done = done.between(days.from, days.until.min(*as_of), &mut period.records);
        (period.owed.from, period.owed.until) = (days.from, days.until);
        period.state = if days.until > *as_of {
            State::Open
        } else if period.missing() == 0 {
            State::Met
        } else {
            State::Missed
        };
        visit(*place, period);
    }
}

/// The consecutive intervals during which a subject is active in a term: each ends on the day on which the duty is
/// done, or is missed on its last day. An interval cut short by the end of the range owes nothing.
fn intervals(
    active: DateRange,
    longest: u32,
    done: SubjectActs<'_>,
    seen: &ScopedPeriod,
    period: &mut DutyPeriod,
    visit: &mut impl FnMut(usize, &DutyPeriod),
) {
    let as_of = seen.as_of;
    let mut next = Some(active.from);
    while let Some(from) = next.filter(|from| *from <= active.until.min(as_of)) {
        let Some(last) = from.checked_add_days(Days::new(u64::from(longest) - 1)) else {
            return;
        };
        let met = done.first(from, last.min(active.until).min(as_of));
        if met.is_none() && last > active.until {
            return;
        }
        (period.owed.from, period.owed.until) = (from, met.unwrap_or(last));
        period.state = match met {
            Some(_) => State::Met,
            None if last <= as_of => State::Missed,
            None => State::Open,
        };
        period.records.clear();
        period.done = u32::from(met.is_some());
        if let Some(day) = met {
            done.between(day, day, &mut period.records);
        }
        visit(seen.place, period);
        next = period.owed.until.succ_opt();
    }
}

fn sorted(mut periods: Vec<DutyPeriod>) -> Vec<DutyPeriod> {
    periods.sort_by_key(|period| (period.owed.from, period.owed.until, period.owed.subject));
    periods
}
