//! Whom and what a record names: whether there is such a record is checked in `lookup`.

mod home;
mod unknown_file;

pub use unknown_file::RULE as UNKNOWN_FILE;

use super::check::{Entry, entry};
use crate::store::rules::reference::{UNKNOWN_CHILD, UNKNOWN_HELPER, UNKNOWN_RECORD};

pub(super) const RULES: &[Entry] = &[
    Entry::while_reading(&UNKNOWN_CHILD),
    Entry {
        rule: &UNKNOWN_HELPER,
        checks: home::CHECKS,
    },
    Entry::while_reading(&UNKNOWN_RECORD),
    entry!(unknown_file),
];
