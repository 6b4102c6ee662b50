//! What the families count from: the records of the days, and quick answers about children.

use std::cell::OnceCell;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::evidence::{Mark, Subject};
use crate::analysis::Basis;
use crate::analysis::duty::{DutyFacts, Ledger};
use crate::model::child::Child;
use crate::model::pairing::Pairing;
use crate::model::{Entry, Id, Record, Table};

/// What the families count from.
#[derive(Debug)]
pub struct Context<'a> {
    /// The records, the school and the days.
    pub basis: Basis<'a>,
    places: HashMap<Id, u32>,
    left_behind: Vec<bool>,
    paired: OnceCell<HashMap<Id, Vec<&'a Entry<Pairing>>>>,
    ledger: OnceCell<Ledger<'a>>,
}

impl<'a> Context<'a> {
    /// What is counted from a basis.
    pub fn new(basis: Basis<'a>) -> Context<'a> {
        let children = &basis.records.children;
        let places = children.iter().map(|child| child.id).zip(0..).collect();
        let day = basis.scope.as_of;
        Context {
            basis,
            places,
            left_behind: children
                .iter()
                .map(|child| basis.is_left_behind(child, day))
                .collect(),
            paired: OnceCell::new(),
            ledger: OnceCell::new(),
        }
    }

    fn place(&self, child: Id) -> Option<usize> {
        self.places.get(&child).map(|place| *place as usize)
    }

    /// The day as of which states count.
    pub fn day(&self) -> NaiveDate {
        self.basis.scope.as_of
    }

    /// A child.
    pub fn child(&self, id: Id) -> Option<&'a Entry<Child>> {
        Some(&self.basis.records.children[self.place(id)?])
    }

    /// A child, if it is left-behind as of the day.
    pub fn left_behind_child(&self, id: Id) -> Option<&'a Entry<Child>> {
        let place = self.place(id)?;
        self.left_behind[place].then(|| &self.basis.records.children[place])
    }

    /// The children who are left-behind as of the day.
    pub fn left_behind(&self) -> impl Iterator<Item = &'a Entry<Child>> {
        let children = self.basis.records.children.iter();
        children
            .zip(&self.left_behind)
            .filter_map(|(child, counts)| counts.then_some(child))
    }

    /// The records of a table whose day is one of the days, with the day.
    pub fn events<K: Record>(
        &self,
        table: &'a Table<K>,
    ) -> impl Iterator<Item = (&'a Entry<K>, NaiveDate)> {
        let scope = self.basis.scope;
        table.iter().filter_map(move |entry| {
            let day = entry.record.day().filter(|day| scope.holds(*day))?;
            Some((entry, day))
        })
    }

    /// The pairings of a child, whenever they ran.
    pub fn pairings_of(&self, child: Id) -> &[&'a Entry<Pairing>] {
        let paired = self.paired.get_or_init(|| {
            let mut paired: HashMap<Id, Vec<&Entry<Pairing>>> = HashMap::new();
            for pairing in &self.basis.records.pairings {
                paired.entry(pairing.child.id()).or_default().push(pairing);
            }
            paired
        });
        paired.get(&child).map_or(&[], Vec::as_slice)
    }

    /// What is owed and what was done, by all duties of the school.
    pub fn ledger(&self) -> &Ledger<'a> {
        self.ledger.get_or_init(|| {
            let Basis {
                school,
                records,
                scope,
            } = self.basis;
            Ledger::new(
                &records.terms,
                &records.children,
                &records.pairings,
                scope.definition,
                DutyFacts::of(&school.duty, records),
            )
        })
    }

    /// A state as of the day: counts once, and is itself the record.
    pub fn state(&self, subject: Subject<'a>) -> Mark<'static, 'a> {
        Mark {
            subject,
            amount: 1,
            day: self.day(),
            because: &[],
        }
    }
}

/// An event on its day: counts once, and is itself the record.
pub(super) fn event(subject: Subject<'_>, day: NaiveDate) -> Mark<'static, '_> {
    Mark {
        subject,
        amount: 1,
        day,
        because: &[],
    }
}
