//! The records that meet duties, collected one by one.
//!
//! A check of many visits streams them and keeps none: of a record that meets a duty, only its persons, day and id are
//! stored.

use chrono::NaiveDate;

use crate::analysis::People;
use crate::model::assessment::Risk;
use crate::model::duty::{Duty, DutyRule, OwedTo};
use crate::model::{Class, HasTable, Id, Kind, KindSet, Record, Records, Table, with_kind};

/// One act that meets a duty. Sorts by the persons named, then by day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DutyAct {
    pub(super) child: Option<Id>,
    pub(super) class: Option<Class>,
    pub(super) day: NaiveDate,
    pub(super) record: Id,
    pub(super) helper: Option<Id>,
    /// How many times it counts: a record may hold several sessions on one day.
    pub(super) times: u32,
}

/// The risk level stated by an assessment. Sorts by child, then by day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct RiskOnDay {
    child: Id,
    day: NaiveDate,
    record: Id,
    risk: Risk,
}

/// The records that meet some duties.
#[derive(Clone, Debug)]
pub struct DutyFacts<'a> {
    duties: &'a [Duty],
    /// The parsed rule of each duty; `None` for an invalid one, which no record meets.
    rules: Vec<Option<DutyRule>>,
    acts: Vec<Vec<DutyAct>>,
    risks: Vec<RiskOnDay>,
    asks_risk: bool,
    /// Buffer: the persons of the current record.
    people: People,
}

impl<'a> DutyFacts<'a> {
    /// An empty collection.
    pub fn new(duties: &'a [Duty]) -> DutyFacts<'a> {
        let rules: Vec<Option<DutyRule>> = duties.iter().map(|duty| duty.rule().ok()).collect();
        DutyFacts {
            duties,
            acts: vec![Vec::new(); duties.len()],
            risks: Vec::new(),
            asks_risk: rules.iter().flatten().any(|rule| rule.who.asks_risk()),
            rules,
            people: People::default(),
        }
    }

    /// Collects from all records of a school.
    pub fn of(duties: &'a [Duty], records: &Records) -> DutyFacts<'a> {
        let mut facts = DutyFacts::new(duties);
        let kinds = facts.kinds();
        for kind in Kind::ALL.iter().filter(|kind| kinds.contains(**kind)) {
            with_kind!(*kind, K => facts.add_all::<K>(records));
        }
        facts
    }

    fn add_all<K: Record>(&mut self, records: &Records)
    where
        Records: HasTable<K>,
    {
        let table: &Table<K> = records.table();
        for entry in table {
            self.add(entry.id, &entry.record);
        }
    }

    /// The duties.
    pub fn duties(&self) -> &'a [Duty] {
        self.duties
    }

    /// The kinds of record that can matter to a duty; others need not be added.
    pub fn kinds(&self) -> KindSet {
        let met_by = self.rules.iter().flatten().map(|rule| rule.record);
        let asked = self.asks_risk.then_some(Kind::Assessment);
        met_by.chain(asked).fold(KindSet::default(), |kinds, kind| {
            kinds.with(KindSet::of(&[kind]))
        })
    }

    /// Adds a record. Ignored if it meets no duty or is undated.
    pub fn add<K: Record>(&mut self, id: Id, record: &K) {
        if K::KIND == Kind::Assessment && self.asks_risk {
            self.add_risk(id, record);
        }
        let mut days = None;
        for (rule, acts) in self.rules.iter().zip(&mut self.acts) {
            let Some(rule) = rule.as_ref().filter(|rule| rule.is_met_by(record)) else {
                continue;
            };
            let days: &Vec<(NaiveDate, u32)> = days.get_or_insert_with(|| {
                self.people.set_from(record);
                times_by_day(record)
            });
            for (day, times) in days.iter().copied() {
                let act = DutyAct {
                    child: None,
                    class: None,
                    day,
                    record: id,
                    helper: None,
                    times,
                };
                let children = self.people.children.iter().map(|child| DutyAct {
                    child: Some(*child),
                    ..act
                });
                match rule.owed_to {
                    OwedTo::School => acts.push(act),
                    OwedTo::Child => acts.extend(children),
                    OwedTo::Pairing => acts.extend(children.flat_map(|act| {
                        self.people.helpers.iter().map(move |helper| DutyAct {
                            helper: Some(*helper),
                            ..act
                        })
                    })),
                    OwedTo::Class => {
                        acts.extend(children);
                        acts.extend(record.classes().iter().map(|class| DutyAct {
                            class: Some(*class),
                            ..act
                        }));
                    }
                }
            }
        }
    }

    fn add_risk<K: Record>(&mut self, id: Id, record: &K) {
        let Some((risk, day)) = record.stated_risk().zip(record.day()) else {
            return;
        };
        self.people.set_from(record);
        self.risks
            .extend(self.people.children.iter().map(|child| RiskOnDay {
                child: *child,
                day,
                record: id,
                risk,
            }));
    }

    /// Merges a collection made for the same duties.
    pub fn append(&mut self, other: DutyFacts<'a>) {
        for (acts, more) in self.acts.iter_mut().zip(other.acts) {
            acts.extend(more);
        }
        self.risks.extend(other.risks);
    }

    /// Sorts the records, so that they can be looked up.
    pub(super) fn into_sorted(mut self) -> SortedFacts<'a> {
        for acts in &mut self.acts {
            acts.sort_unstable();
        }
        self.risks.sort_unstable();
        SortedFacts(self)
    }
}

/// The days on which the record's acts took place, with their number on each.
fn times_by_day<K: Record>(record: &K) -> Vec<(NaiveDate, u32)> {
    let mut days: Vec<(NaiveDate, u32)> = Vec::new();
    for day in record.days() {
        match days.last_mut() {
            Some((last, times)) if *last == day => *times += 1,
            _ => days.push((day, 1)),
        }
    }
    days
}

/// Sorted records.
#[derive(Debug)]
pub(super) struct SortedFacts<'a>(DutyFacts<'a>);

impl<'a> SortedFacts<'a> {
    pub(super) fn duties(&self) -> &'a [Duty] {
        self.0.duties
    }

    /// The parsed rule of a duty; `None` for an invalid one.
    pub(super) fn rule(&self, duty: usize) -> Option<&DutyRule> {
        self.0.rules[duty].as_ref()
    }

    /// The risk levels stated by a child's assessments, by day.
    pub(super) fn risks(&self, child: Id) -> Vec<(NaiveDate, Risk)> {
        let risks = &self.0.risks;
        let start = risks.partition_point(|stated| stated.child < child);
        let of_child = risks[start..]
            .iter()
            .take_while(|stated| stated.child == child);
        of_child.map(|stated| (stated.day, stated.risk)).collect()
    }

    /// The records that meet a duty and name a child, and the helper if one is given.
    pub(super) fn of_child(&self, duty: usize, child: Id, helper: Option<Id>) -> SubjectActs<'_> {
        let acts = &self.0.acts[duty];
        let start = acts.partition_point(|act| act.child < Some(child));
        let count = acts[start..].partition_point(|act| act.child == Some(child));
        SubjectActs {
            acts: &acts[start..start + count],
            helper,
        }
    }

    /// The records that meet a duty owed to the school.
    pub(super) fn of_school(&self, duty: usize) -> SubjectActs<'_> {
        SubjectActs {
            acts: &self.0.acts[duty],
            helper: None,
        }
    }

    /// The acts of a duty owed to each class, sorted by class and day: those that name the class, and those that name
    /// a child who is in it by `class_of` on the day.
    pub(super) fn by_class(
        &self,
        duty: usize,
        class_of: impl Fn(Id, NaiveDate) -> Option<Class>,
    ) -> Vec<DutyAct> {
        let acts = self.0.acts[duty].iter().filter_map(|act| {
            let class = match act.child {
                Some(child) => class_of(child, act.day),
                None => act.class,
            };
            Some(DutyAct {
                child: None,
                class: Some(class?),
                ..*act
            })
        });
        let mut acts: Vec<DutyAct> = acts.collect();
        acts.sort_unstable();
        acts
    }
}

/// The records that meet a duty owed to one subject, sorted by day.
#[derive(Clone, Copy)]
pub(super) struct SubjectActs<'s> {
    acts: &'s [DutyAct],
    helper: Option<Id>,
}

impl<'s> SubjectActs<'s> {
    /// Selects the acts of one class from those of all classes.
    pub(super) fn of_class(acts: &'s [DutyAct], class: Class) -> SubjectActs<'s> {
        let start = acts.partition_point(|act| act.class < Some(class));
        let count = acts[start..].partition_point(|act| act.class == Some(class));
        SubjectActs {
            acts: &acts[start..start + count],
            helper: None,
        }
    }

    fn since(self, from: NaiveDate) -> impl Iterator<Item = &'s DutyAct> {
        let start = self.acts.partition_point(|act| act.day < from);
        let acts = self.acts[start..].iter();
        acts.filter(move |act| self.helper.is_none() || act.helper == self.helper)
    }

    /// Collects the distinct records between two days, both inclusive, into `found`; returns how often the duty was
    /// done.
    pub(super) fn between(self, from: NaiveDate, until: NaiveDate, found: &mut Vec<Id>) -> u32 {
        found.clear();
        let mut times = 0_u32;
        let mut last = None;
        for act in self.since(from).take_while(|act| act.day <= until) {
            // A record may name a child or class more than once, and several helpers.
            if last == Some((act.day, act.record)) {
                continue;
            }
            last = Some((act.day, act.record));
            times = times.saturating_add(act.times);
            if !found.contains(&act.record) {
                found.push(act.record);
            }
        }
        times
    }

    /// The first day between two days, both inclusive.
    pub(super) fn first(self, from: NaiveDate, until: NaiveDate) -> Option<NaiveDate> {
        let day = self.since(from).next()?.day;
        (day <= until).then_some(day)
    }
}
