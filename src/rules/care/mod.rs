//! Rules on the care that the school owes its children.

mod caseload_exceeded;
mod contact_overdue;
mod duty_missed;
mod file_incomplete;
mod follow_up_overdue;
mod guardianship_missing;
mod recorded_late;
mod reported_late;
mod unattended_child;

use super::check::{CheckedRule, entry};

pub(super) const RULES: &[CheckedRule] = &[
    entry!(guardianship_missing),
    entry!(unattended_child),
    entry!(file_incomplete),
    entry!(caseload_exceeded),
    entry!(recorded_late),
    entry!(reported_late),
    entry!(contact_overdue),
    entry!(duty_missed),
    entry!(follow_up_overdue),
];
