//! The rules of `validate`.
//!
//! A rule is one file and one line: the file holds its [`Rule`] (name, severity, wording, examples) and its checks, the
//! line lists it in its group. Rules that a file breaks before it is a record are checked in `store`, and stand in
//! `store::rules`. [`check_with`] runs everything in one pass over the files, renders findings while the text of their
//! file is at hand and keeps little of each record.

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
