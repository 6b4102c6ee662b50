//! One period in which a duty is owed to one subject, and its state.

use chrono::NaiveDate;

use crate::model::codes::codes;
use crate::model::{Class, Id};

codes! {
    /// The state of a duty period.
    State {
        Met = "met", "已完成", "met";
        Missed = "missed", "未完成", "missed";
        Open = "open", "进行中", "open";
    }
}

/// The subject to whom a duty is owed.
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

/// The subject to whom a duty is owed, and the date range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    /// To whom it is owed.
    pub subject: Subject,
    /// The child, if it is owed to a child or to a pairing.
    pub child: Option<Id>,
    /// The helper, if it is owed to a pairing.
    pub helper: Option<Id>,
    /// The first day of the owed part of the period; for an interval, the day on which it began.
    pub from: NaiveDate,
    /// The last day of that part; for an interval, the day on which it was met or after which it is missed.
    pub until: NaiveDate,
}

/// One period in which a duty is owed to one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyPeriod {
    /// The subject and the date range.
    pub owed: Owed,
    /// The state. A period whose last day is after the as-of date is open, even if it is complete.
    pub state: State,
    /// The records that meet it, by day, up to the as-of date.
    pub records: Vec<Id>,
    /// How often it was done: a record of several sessions counts more than once.
    pub done: u32,
    /// How often it has to be done.
    pub wanted: u32,
}

impl DutyPeriod {
    /// How many are still missing.
    pub fn missing(&self) -> u32 {
        self.wanted.saturating_sub(self.done)
    }
}
