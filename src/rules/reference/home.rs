//! `unknown-helper`, for the staff of the children's home in the settings.

use crate::diagnostic::{Finding, Place};
use crate::model::{FieldPath, Kind};
use crate::rules::check::{Check, Directory};
use crate::store::SCHOOL_FILE;
use crate::store::rules::reference::UNKNOWN_HELPER;

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Directory(&[Kind::Helper], check)];

fn check(directory: &Directory<'_>) -> Vec<Finding> {
    let staff = directory.school.home.iter().flat_map(|home| &home.staff);
    let unknown = staff.enumerate().filter(|(_, helper)| {
        let is_read = directory.records.helpers.get(helper.id()).is_some();
        // A file that cannot be read has a finding of its own.
        !is_read && !directory.store.has(helper.id())
    });
    unknown
        .map(|(at, helper)| {
            let field = FieldPath::key("home").then("staff").at(at);
            Finding::new(&UNKNOWN_HELPER, SCHOOL_FILE, Place::Field(field)).with("id", helper.id())
        })
        .collect()
}
