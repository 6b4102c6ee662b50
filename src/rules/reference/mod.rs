//! Rules on references; whether a record exists is checked in `references`.

mod home;
mod unknown_file;

pub use unknown_file::RULE as UNKNOWN_FILE;

use super::check::{CheckedRule, entry};
use crate::store::rules::reference::{UNKNOWN_CHILD, UNKNOWN_HELPER, UNKNOWN_RECORD};

pub(super) const RULES: &[CheckedRule] = &[
    CheckedRule::while_reading(&UNKNOWN_CHILD),
    CheckedRule {
        rule: &UNKNOWN_HELPER,
        checks: home::CHECKS,
    },
    CheckedRule::while_reading(&UNKNOWN_RECORD),
    entry!(unknown_file),
];
