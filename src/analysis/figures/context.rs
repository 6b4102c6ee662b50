//! The input of the rows: the records of the date range, and fast lookups of children.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt};

use super::evidence::Mark;
use super::subject::Subject;
use crate::analysis::contact::{self, Clock};
use crate::analysis::duty::DutyStatus;
use crate::analysis::{Basis, Scope};
use crate::model::assessment::Risk;
use crate::model::child::Child;
use crate::model::pairing::Pairing;
use crate::model::visit::Visit;
use crate::model::{Entry, HasTable, Id, Kind, KindSet, Record, Records, Table, with_kind};

/// The input of the rows.
#[derive(Debug)]
pub struct Context<'a> {
    /// The records, the settings and the scope.
    pub basis: Basis<'a>,
    left_behind: Vec<bool>,
    shared: Arc<Shared<'a>>,
    /// Whether this is one of many scopes over the same records, so that a binary search for the date range pays off.
    seeks: bool,
    clocks: OnceLock<Vec<Clock<'a>>>,
}

/// The risk level stated by an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct StatedRisk {
    day: NaiveDate,
    id: Id,
    risk: Risk,
}

/// What does not depend on the scope, and is shared between scopes.
#[derive(Debug)]
struct Shared<'a> {
    places: HashMap<Id, u32>,
    paired: OnceLock<HashMap<Id, Vec<&'a Entry<Pairing>>>>,
    duties: OnceLock<DutyStatus<'a>>,
    in_order: OnceLock<KindSet>,
    risks: OnceLock<HashMap<Id, Vec<StatedRisk>>>,
}

impl<'a> Context<'a> {
    /// A context for a basis.
    pub fn new(basis: Basis<'a>) -> Context<'a> {
        let children = basis.records.children.iter();
        let shared = Shared {
            places: children.map(|child| child.id).zip(0..).collect(),
            paired: OnceLock::new(),
            duties: OnceLock::new(),
            in_order: OnceLock::new(),
            risks: OnceLock::new(),
        };
        Context::sharing(basis, Arc::new(shared), false)
    }

    /// A context for the same records in another scope, with the same definition.
    pub(crate) fn on(&self, scope: Scope) -> Context<'a> {
        let definition = self.basis.scope.definition;
        let scope = Scope {
            definition,
            ..scope
        };
        let basis = Basis {
            scope,
            ..self.basis
        };
        Context::sharing(basis, Arc::clone(&self.shared), true)
    }

    fn sharing(basis: Basis<'a>, shared: Arc<Shared<'a>>, seeks: bool) -> Context<'a> {
        let day = basis.scope.as_of;
        let children = basis.records.children.iter();
        Context {
            basis,
            left_behind: children
                .map(|child| basis.is_left_behind(child, day))
                .collect(),
            shared,
            seeks,
            clocks: OnceLock::new(),
        }
    }

    /// The index of a child in the table.
    pub fn place(&self, child: Id) -> Option<usize> {
        self.shared.places.get(&child).map(|place| *place as usize)
    }

    /// The as-of date of states.
    pub fn day(&self) -> NaiveDate {
        self.basis.scope.as_of
    }

    /// A child.
    pub fn child(&self, id: Id) -> Option<&'a Entry<Child>> {
        Some(&self.basis.records.children[self.place(id)?])
    }

    /// A child, if it is left-behind as of the scope.
    pub fn left_behind_child(&self, id: Id) -> Option<&'a Entry<Child>> {
        let place = self.place(id).filter(|place| self.left_behind[*place])?;
        Some(&self.basis.records.children[place])
    }

    /// The children who are left-behind as of the scope.
    pub fn left_behind(&self) -> impl Iterator<Item = &'a Entry<Child>> {
        let children = self.basis.records.children.iter();
        children
            .zip(&self.left_behind)
            .filter_map(|(child, counts)| counts.then_some(child))
    }

    /// The records of a table that are dated within the scope, with their day.
    pub fn events<K: Record>(
        &self,
        table: &'a Table<K>,
    ) -> impl Iterator<Item = (&'a Entry<K>, NaiveDate)> {
        let scope = self.basis.scope;
        let day = |entry: &Entry<K>| entry.record.day();
        let near = if self.seeks && self.in_order().contains(K::KIND) {
            let start = table.partition_point(|entry| day(entry) < Some(scope.from));
            let end = table.partition_point(|entry| day(entry) <= Some(scope.until));
            &table[start..end.max(start)]
        } else {
            &table[..]
        };
        near.iter().filter_map(move |entry| {
            let day = day(entry).filter(|day| scope.holds(*day))?;
            Some((entry, day))
        })
    }

    /// The kinds whose tables are sorted by day: all, unless a file name has another date than its record.
    fn in_order(&self) -> KindSet {
        *self.shared.in_order.get_or_init(|| {
            let in_order =
                |kind: &Kind| with_kind!(*kind, K => is_in_order::<K>(self.basis.records));
            let kinds = Kind::ALL.iter().copied().filter(in_order);
            kinds.fold(KindSet::default(), |set, kind| {
                set.with(KindSet::of(&[kind]))
            })
        })
    }

    /// The pairings that run on the as-of date.
    pub fn running_pairings(&self) -> impl Iterator<Item = &'a Entry<Pairing>> {
        let (pairings, day) = (self.basis.records.pairings.iter(), self.day());
        pairings.filter(move |pairing| pairing.runs(day))
    }

    /// All pairings of a child, past ones included.
    pub fn pairings_of(&self, child: Id) -> &[&'a Entry<Pairing>] {
        let paired = self.shared.paired.get_or_init(|| {
            let mut paired: HashMap<Id, Vec<&Entry<Pairing>>> = HashMap::new();
            for pairing in &self.basis.records.pairings {
                paired.entry(pairing.child.id()).or_default().push(pairing);
            }
            paired
        });
        paired.get(&child).map_or(&[], Vec::as_slice)
    }

    /// The risk level stated by a child's last assessment on or before a day.
    pub fn risk_on(&self, child: Id, day: NaiveDate) -> Option<Risk> {
        let risks = self.shared.risks.get_or_init(|| {
            let mut risks: HashMap<Id, Vec<StatedRisk>> = HashMap::new();
            for entry in &self.basis.records.assessments {
                if let Some(risk) = entry.risk {
                    let of_child = risks.entry(entry.child.id()).or_default();
                    of_child.push(StatedRisk {
                        day: entry.date.0,
                        id: entry.id,
                        risk,
                    });
                }
            }
            risks
                .values_mut()
                .for_each(|of_child| of_child.sort_unstable());
            risks
        });
        let of_child = risks.get(&child)?;
        let by_then = of_child.partition_point(|stated| stated.day <= day);
        Some(of_child[by_then.checked_sub(1)?].risk)
    }

    /// The contact clocks of the left-behind children.
    pub fn clocks(&self) -> &[Clock<'a>] {
        self.clocks
            .get_or_init(|| contact::clocks_at_end(&self.basis))
    }

    /// The contacts within the scope: visits in person or by phone or video.
    pub fn contacts(&self) -> impl Iterator<Item = (&'a Entry<Visit>, NaiveDate)> {
        let visits = self.events(&self.basis.records.visits);
        visits.filter(|(visit, _)| visit.is_contact())
    }

    /// The status of the school's duties.
    pub fn duties(&self) -> &DutyStatus<'a> {
        self.shared
            .duties
            .get_or_init(|| DutyStatus::of(&self.basis, &self.basis.school.duty))
    }

    /// A mark for a state as of the scope, with amount 1.
    pub fn state(&self, subject: impl Into<Subject<'a>>) -> Mark<'static, 'a> {
        Mark::new(subject, self.day())
    }
}

fn is_in_order<K: Record>(records: &Records) -> bool
where
    Records: HasTable<K>,
{
    let table: &Table<K> = records.table();
    table.is_sorted_by_key(|entry| entry.record.day())
}
