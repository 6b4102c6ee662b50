//! Duties: what the school has committed to, to whom it is owed and whether it was done.
//!
//! A duty of `cuncao.toml` is owed anew in each of its periods. A period is clipped to the term and to the days on
//! which the duty is in force. It is owed if at least half of it remains, and if its subject was active on every
//! remaining day: a child while it is left-behind and `who` applies to it, a pairing while it runs and its child is
//! active, a class while it has such a child, the school always. A pairing that began on the third of a month owes
//! nothing for that month.
//!
//! A duty with an interval is owed in consecutive runs of days, from the first day of the term on which it is in force
//! and its subject active. A run ends on the day on which the duty is done, or is missed on its last day.
//!
//! A record meets a duty if it is of the duty's kind, matches its conditions and names the subject: a child among
//! those the record is about; for a pairing also its helper among those who acted (`by`, or in kinds without it the
//! helpers among `organisers` or the `helper` of the record); a class directly or through a child who is in it on the
//! day; for the school, any record. Each record counts once, on its own day, but an activity of several sessions on
//! the day of each.
//!
//! Periods are met, missed or still open; those that begin after the as-of date are not listed. [`periods`](periods())
//! works on records in memory, [`DutyFacts`] and [`DutyStatus`] on streamed ones.

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
