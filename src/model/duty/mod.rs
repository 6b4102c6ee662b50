//! Duties: what a school bound itself to do, as one row of `cuncao.toml` says it.
//!
//! [`Duty`] is the row as it is written, [`DutyRule`] what it means: a row that is misspelt has no rule, and says why.

mod conditions;
mod row;
mod rule;
mod who;

pub use conditions::{Comparison, Condition, ConditionValue, Conditions, Expected, Fault, Test};
pub use row::{During, Duty, KindName, OwedTo, Period};
pub use rule::{BadDuty, DutyFault, DutyRule, LONGEST_INTERVAL, Schedule};
pub use who::Who;
