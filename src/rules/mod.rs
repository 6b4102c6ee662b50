//! The rules of `validate`.
//!
//! A rule is one file and one line: the file contains its [`Rule`] (name, severity, wording, examples) and its checks,
//! the line lists it in its group. Rules on files that cannot be read as records are checked in `store` and defined in
//! `store::rules`. [`check_with`] runs all checks in one pass over the files, renders findings while the text of their
//! file is in memory, and keeps little data of each record.

mod check;
mod diagnose;
mod fix;
mod lookup;
mod one;
mod registry;
mod report;
mod run;
mod severities;
#[cfg(test)]
mod tests;
mod wanted;

mod care;
mod consistency;
mod layout;
mod privacy;
mod reference;
mod references;
mod schema;
mod syntax;

pub use crate::diagnostic::example::{Content, Example, Expected, SOUND, TODAY};
pub use crate::diagnostic::{Group, Rule, Scope};
pub use consistency::bad_duties;
pub use diagnose::diagnose;
pub use fix::{FileFix, apply_fixes, file_fixes};
pub use one::check_one;
pub use reference::UNKNOWN_FILE;
pub use registry::{find, rules};
pub use report::{Render, Rendered, Reported};
pub use run::{CheckOptions, Checked, check, check_with};
pub use severities::{Severities, UnknownRule};
