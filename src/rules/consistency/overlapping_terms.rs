//! `overlapping-terms`: two terms overlap.

use crate::diagnostic::example::{Content::File, Example, SPRING_TERM, at, spring_term};
use crate::diagnostic::{Finding, Group, Rule, Scope, Severity};
use crate::model::{FieldPath, Kind};
use crate::rules::check::{Check, Directory};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "overlapping-terms",
    group: Group::Consistency,
    severity: Severity::Error,
    scope: Scope::Directory,
    fixable: false,
    reason: Text::new(
        "学期重叠，同一天的工作会计入两个学期。",
        "If terms overlap, the work of a day is counted in both.",
    ),
    message: Text::new(
        "与学期 { $other } 时间重叠",
        "overlaps with term { $other }",
    ),
    help: None,
    breaks: Example(&[(SPRING_TERM, File(spring_term!("2026-01-20")))]),
    expected: at(SPRING_TERM, 2, 9),
    keeps: Example(&[(SPRING_TERM, File(spring_term!("2026-02-20")))]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Directory(&[Kind::Term], check)];

fn check(directory: &Directory<'_>) -> Vec<Finding> {
    let terms = directory.records.terms.iter();
    let mut terms: Vec<_> = terms.filter(|term| term.start <= term.end).collect();
    terms.sort_by_key(|term| (term.start, term.end));
    let mut findings = Vec::new();
    // The earlier term that ends last.
    let mut longest = terms.first().copied();
    for term in terms.into_iter().skip(1) {
        if let Some(other) = longest.filter(|other| term.start <= other.end) {
            let finding = directory.at(&RULE, term.id, FieldPath::key("start"));
            findings.push(
                finding
                    .with("other", other.id)
                    .contradicts(directory.path(other.id), FieldPath::key("end")),
            );
        }
        if longest.is_none_or(|longest| longest.end < term.end) {
            longest = Some(term);
        }
    }
    findings
}
