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
mod report;
mod run;
mod severities;
#[cfg(test)]
mod tests;

mod care;
mod consistency;
mod layout;
mod privacy;
mod reference;
mod schema;
mod syntax;

pub use crate::diagnostic::example::{Content, Example, Expected, SOUND, TODAY};
pub use crate::diagnostic::{Group, Rule, Scope};
pub use consistency::bad_duties;
pub use diagnose::diagnose;
pub use fix::{FileFix, apply_fixes, file_fixes};
pub use one::check_one;
pub use reference::UNKNOWN_FILE;
pub use report::{Render, Rendered, Reported};
pub use run::{Checked, Options, check, check_with};
pub use severities::{Severities, UnknownRule};

use check::Entry;

/// The rules with their checks, by group.
const GROUPS: [&[Entry]; 7] = [
    syntax::RULES,
    layout::RULES,
    schema::RULES,
    reference::RULES,
    consistency::RULES,
    privacy::RULES,
    care::RULES,
];

fn entries() -> impl Iterator<Item = &'static Entry> {
    GROUPS.into_iter().flatten()
}

/// Every rule, by group.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    entries().map(|entry| entry.rule)
}

/// The rule with a name, also with one that it had before.
pub fn find(name: &str) -> Option<&'static Rule> {
    let name = if name == "unknown-aid" {
        "unknown-record"
    } else {
        name
    };
    rules().find(|rule| rule.name == name)
}
