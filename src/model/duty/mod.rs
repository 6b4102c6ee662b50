//! Duties: what a school committed itself to do, one row of `cuncao.toml` each.
//!
//! [`Duty`] is the row as written, [`DutyRule`] the validated form.

mod conditions;
mod row;
mod rule;
mod who;

pub use conditions::{
    Comparison, Condition, ConditionFault, ConditionValue, Conditions, Expected, Predicate,
};
pub use row::{During, Duty, KindName, OwedTo, Period};
pub use rule::{BadDuty, DutyFault, DutyRule, LONGEST_INTERVAL, Schedule};
pub use who::Who;
