//! Rules on contradictions between dates, numbers and records.

mod after_leaving;
mod attendance_too_small;
mod bad_duty;
mod before_birth;
mod duplicate_child;
mod end_before_start;
mod fund_overdrawn;
mod future_date;
mod guardian_mismatch;
mod id_number_mismatch;
mod lent_more_than_held;
mod outside_school_year;
mod overlapping_pairing;
mod overlapping_terms;
mod same_record;
mod unreported_harm;
mod unsorted_entries;
mod visit_before_enrolment;

pub use bad_duty::check as bad_duties;
pub(super) use same_record::key as alike_key;

use super::check::{CheckedRule, entry};

pub(super) const RULES: &[CheckedRule] = &[
    entry!(bad_duty),
    entry!(before_birth),
    entry!(after_leaving),
    entry!(end_before_start),
    entry!(duplicate_child),
    entry!(overlapping_pairing),
    entry!(overlapping_terms),
    entry!(outside_school_year),
    entry!(attendance_too_small),
    entry!(fund_overdrawn),
    entry!(unreported_harm),
    entry!(visit_before_enrolment),
    entry!(same_record),
    entry!(future_date),
    entry!(unsorted_entries),
    entry!(id_number_mismatch),
    entry!(guardian_mismatch),
    entry!(lent_more_than_held),
];
