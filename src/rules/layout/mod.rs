//! Rules on the names and places of files.

mod file_name_day;
mod name_in_path;
pub(super) mod unnamed_file;
mod wrong_folder;

use super::check::{CheckedRule, entry};
use crate::store::rules::layout::{BAD_FILE_NAME, STRAY_FILE, STRAY_FOLDER, SYMLINK};

pub(super) const RULES: &[CheckedRule] = &[
    CheckedRule {
        rule: &BAD_FILE_NAME,
        checks: file_name_day::CHECKS,
    },
    CheckedRule::while_reading(&SYMLINK),
    entry!(name_in_path),
    CheckedRule::while_reading(&STRAY_FOLDER),
    entry!(wrong_folder),
    CheckedRule::while_reading(&STRAY_FILE),
];
