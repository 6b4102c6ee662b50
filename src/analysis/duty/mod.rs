//! Duties: what the school bound itself to do, to whom it is owed and whether it was done.
//!
//! A duty of `cuncao.toml` is owed anew in each of its periods. Of a period counts the part that lies in the term and
//! on days on which the duty is in force. It is owed when that part is at least half of the period, and its subject
//! was active on every day of that part: a child while it is left-behind and fits `who`, a pairing while it runs and
//! its child is active, a class while it has such a child, the school always. A pairing that began on the third of a
//! month owes nothing for that month.
//!
//! A duty with an interval is owed in runs of days that follow each other, from the first day of the term on which it
//! is in force and its subject active. A run ends on the day on which it is done, or is missed on its last day.
//!
//! Records meet a duty when they are of its kind, hold what it wants and name the subject: a child among those the
//! record is about; of a pairing also its helper among those who did it (`by`, and where a kind has none, the
//! helpers among `organisers` or the `helper` of the record); a class by itself or by a child that is in it on the
//! day; the school by being there. Each record counts once, on its own day, but an activity of several sessions on
//! the day of each.
//!
//! Periods are met, missed or still open; those that begin after the day as of which states count are not listed.
//! [`periods`](periods()) is for records in memory, [`DutyFacts`] and [`DutyStatus`] for those that are streamed by.

mod active;
mod calendar;
mod facts;
mod owed;
mod ranges;
mod status;
#[cfg(test)]
mod tests;

pub use active::{ClassRange, left_behind, risk_on};
pub use facts::DutyFacts;
pub use owed::{DutyPeriod, Owed, State, Subject};
pub use ranges::{DateRange, DateRanges};
pub use status::{DutyStatus, all, periods, running};
