//! Duties: what the school bound itself to do, to whom it is owed and whether it was done.
//!
//! A duty of `cuncao.toml` is owed anew in each of its periods. Of a period counts the part that lies in the term.
//! It is owed when that part is at least half of the period, and its subject was active on every day of that part:
//! a child while it is left-behind, a pairing while it runs and its child is left-behind, a class while it has a
//! left-behind child, the school always. A pairing that began on the third of a month owes nothing for that month.
//!
//! Records meet a duty when they are of its kind, hold what it wants and name the subject: a child among those the
//! record is about; of a pairing also its helper among those who did it (`by`, and where a kind has none, the
//! helpers among `organisers` or the `helper` of the record); a class by itself or by a child that is in it on the
//! day; the school by being there. Each record counts once, on its own day.
//!
//! Periods are met, missed or still open; those that begin after the day as of which states count are not listed.
//! [`periods`] is for records in memory, [`DutyFacts`] and [`Ledger`] for those that are streamed by.

mod facts;
mod frames;
mod ledger;
mod spans;
#[cfg(test)]
mod tests;

pub use facts::DutyFacts;
pub use frames::Frame;
pub use ledger::Ledger;
pub use spans::{Spans, Stretch, left_behind};

use chrono::NaiveDate;

use super::Basis;
use crate::model::codes::codes;
use crate::model::school::Duty;
use crate::model::{Class, Id};

codes! {
    /// How a period of a duty stands.
    State {
        Met = "met", "已完成", "met";
        Missed = "missed", "未完成", "missed";
        Open = "open", "进行中", "open";
    }
}

/// To whom a duty is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The school.
    School,
    /// A class.
    Class(Class),
    /// A pairing, by its id.
    Pairing(Id),
    /// A child, by its id.
    Child(Id),
}

/// One period in which a duty is owed to one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyPeriod {
    /// To whom it is owed.
    pub subject: Subject,
    /// The child, where it is owed to one or to a pairing of it.
    pub child: Option<Id>,
    /// The helper, where it is owed to a pairing.
    pub helper: Option<Id>,
    /// The first day of the part of the period that lies in the term.
    pub from: NaiveDate,
    /// The last day of that part.
    pub until: NaiveDate,
    /// Whether it was met. A period whose last day is after the day as of which states count is open, even when
    /// nothing is missing any more.
    pub state: State,
    /// The records that meet it, by day; none after the day as of which states count.
    pub records: Vec<Id>,
    /// How many records are wanted.
    pub wanted: u32,
}

impl DutyPeriod {
    /// How many records are still missing.
    pub fn missing(&self) -> u32 {
        let found = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        self.wanted.saturating_sub(found)
    }
}

/// The periods of a duty that end within the days of the scope, sorted by their days and subject.
///
/// With a term, they are the periods of that term; without, those of every term, so that counts of months that
/// follow each other add up: a period counts in the month in which it ends.
pub fn periods(basis: &Basis<'_>, duty: &Duty) -> Vec<DutyPeriod> {
    let duties = std::slice::from_ref(duty);
    ledger(basis, duties).periods(0, &basis.scope)
}

/// The same for every duty of the school, in the order in which they are set.
pub fn all<'a>(basis: &Basis<'a>) -> Vec<(&'a Duty, Vec<DutyPeriod>)> {
    let duties = &basis.school.duty;
    let ledger = ledger(basis, duties);
    duties
        .iter()
        .enumerate()
        .map(|(at, duty)| (duty, ledger.periods(at, &basis.scope)))
        .collect()
}

fn ledger<'a>(basis: &Basis<'a>, duties: &'a [Duty]) -> Ledger<'a> {
    Ledger::new(
        &basis.records.terms,
        &basis.records.children,
        &basis.records.pairings,
        basis.scope.definition,
        DutyFacts::of(duties, basis.records),
    )
}
