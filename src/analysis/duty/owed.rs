//! One period in which a duty is owed to one subject, and how it stands.

use chrono::NaiveDate;

use crate::model::codes::codes;
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

/// To whom a duty is owed, and on which days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    /// To whom it is owed.
    pub subject: Subject,
    /// The child, where it is owed to one or to a pairing of it.
    pub child: Option<Id>,
    /// The helper, where it is owed to a pairing.
    pub helper: Option<Id>,
    /// The first day of the part of the period that lies in the term; of an interval the day on which it began.
    pub from: NaiveDate,
    /// The last day of that part; of an interval the day on which it was met, or else is missed.
    pub until: NaiveDate,
}

/// One period in which a duty is owed to one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyPeriod {
    /// To whom, and on which days.
    pub owed: Owed,
    /// Whether it was met. A period whose last day is after the day as of which states count is open, even when
    /// nothing is missing any more.
    pub state: State,
    /// The records that meet it, by day; none after the day as of which states count.
    pub records: Vec<Id>,
    /// How many times it was done: a record of several sessions counts more than once.
    pub done: u32,
    /// How many times are wanted.
    pub wanted: u32,
}

impl DutyPeriod {
    /// How many times are still missing.
    pub fn missing(&self) -> u32 {
        self.wanted.saturating_sub(self.done)
    }
}
