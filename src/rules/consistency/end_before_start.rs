//! `end-before-start`: an end is before its start.

use crate::diagnostic::example::{Content::File, Example, PAIRING, at, pairing};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::Step;
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "end-before-start",
    group: Group::Consistency,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new("结束不会早于开始。", "An end cannot be before its start."),
    message: Text::new(
        "{ $field }（{ $end }）早于 { $other }（{ $start }）",
        "{ $field } ({ $end }) is before { $other } ({ $start })",
    ),
    help: None,
    breaks: Example(&[(PAIRING, File(pairing!("2025-09-05" "until = 2025-09-04\n")))]),
    expected: at(PAIRING, 5, 9),
    keeps: Example(&[(PAIRING, File(pairing!("2025-09-05" "until = 2025-09-05\n")))]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    for reversed in case.record.reversed() {
        // For a field in a list the name is enough.
        let name = match reversed.field.0.as_slice() {
            [_, Step::Index(_), Step::Key(name)] => name.to_string(),
            _ => reversed.field.to_string(),
        };
        let finding = case.at(&RULE, reversed.field);
        case.push(
            finding
                .with("field", name)
                .with("end", reversed.end)
                .with("other", reversed.other)
                .with("start", reversed.start),
        );
    }
}
