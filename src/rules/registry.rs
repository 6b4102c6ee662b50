//! The list of all rules.

use super::check::CheckedRule;
use super::{care, consistency, layout, privacy, reference, schema, syntax};
use crate::diagnostic::Rule;

/// The rules with their checks, by group.
const GROUPS: [&[CheckedRule]; 7] = [
    syntax::RULES,
    layout::RULES,
    schema::RULES,
    reference::RULES,
    consistency::RULES,
    privacy::RULES,
    care::RULES,
];

pub(super) fn entries() -> impl Iterator<Item = &'static CheckedRule> {
    GROUPS.into_iter().flatten()
}

/// Returns all rules, by group.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    entries().map(|entry| entry.rule)
}

/// Returns the rule with a name, current or former.
pub fn find(name: &str) -> Option<&'static Rule> {
    let name = if name == "unknown-aid" {
        "unknown-record"
    } else {
        name
    };
    rules().find(|rule| rule.name == name)
}
