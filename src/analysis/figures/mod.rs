//! The figures: every number that `stats` and the reports show, with the evidence it was counted from.
//!
//! A figure is a set: of children, records, follow-ups, duty periods. Its value is the size of the set, or a statistic
//! (sum, median and so on) of the amounts of its members; its groups are the set split up; `explain` lists the set. All of these come from the same function of the figure's row, which walks the records and reports
//! what counts ([`Mark`]). A sink sums, groups or collects the marks, so that values alone cost one pass and little
//! memory.
//!
//! A state (children, pairings, the balance) counts as of the as-of date, which is the last day of the range, or today
//! if that is earlier; an event (visits, aid) counts on its own day within the range, both ends inclusive.
//!
//! To add a figure: one [`Row`] in its file of `rows`. To add a section: one file, and one line in `rows/mod.rs`.

mod context;
mod counted;
mod evidence;
mod figure;
mod members;
mod out;
mod prelude;
mod row;
mod rows;
mod split;
mod subject;
mod subjects;

#[cfg(test)]
mod tests;

pub use counted::Figures;
pub use evidence::{Evidence, Mark, Member, Statistic, Value};
pub use figure::{Counted, Figure, Label, Unit};
pub(super) use members::Asked;
pub use row::{Count, Row, RowItem, Section, Values};
pub use rows::{SECTIONS, first_day};
pub use split::Group;
pub use subject::{Part, Subject, SubjectKey};
pub use subjects::{FACETS, Facets, PeriodTally, Tallies, Tally};
