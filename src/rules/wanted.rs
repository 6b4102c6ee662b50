//! Selects the checks of the rules that are turned on.

use super::check::Check;
use super::registry::entries;
use super::severities::Severities;
use crate::diagnostic::Finding;
use crate::model::School;

/// Returns the checks of the rules that are turned on.
pub(super) fn checks(severities: &Severities) -> impl Iterator<Item = &'static Check> {
    entries()
        .filter(|entry| severities.of(entry.rule).is_some())
        .flat_map(|entry| entry.checks)
}

/// Returns the findings about the school's settings, once they are parsed.
pub(super) fn of_school(school: &School, severities: &Severities) -> Vec<Finding> {
    checks(severities)
        .filter_map(|check| match check {
            Check::School(check) => Some(check(school)),
            _ => None,
        })
        .flatten()
        .collect()
}
