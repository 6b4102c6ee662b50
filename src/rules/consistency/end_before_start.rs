//! `end-before-start`: Nothing ends before it begins.

use std::fmt::Display;

use crate::diagnostic::example::{Content::File, Example, at};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::field::PathStep;
use crate::model::{Date, EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "end-before-start",
    group: Group::Consistency,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text {
        zh: "结束不会早于开始。",
        en: "Nothing ends before it begins.",
    },
    message: Text {
        zh: "{ $field }（{ $end }）早于 { $other }（{ $start }）",
        en: "{ $field } ({ $end }) is before { $other } ({ $start })",
    },
    help: None,
    breaks: Example(&[(
        "pairings/2025-09/2025-09-05-p7k3m9q.toml",
        File(
            r#"child = "c4t8w2z"
helper = "h7k3m9q"
role = "teacher"
since = 2025-09-05
until = 2025-09-04
"#,
        ),
    )]),
    expected: at("pairings/2025-09/2025-09-05-p7k3m9q.toml", 5, 9),
    keeps: Example(&[(
        "pairings/2025-09/2025-09-05-p7k3m9q.toml",
        File(
            r#"child = "c4t8w2z"
helper = "h7k3m9q"
role = "teacher"
since = 2025-09-05
until = 2025-09-05
"#,
        ),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    let key = FieldPath::key;
    match case.record {
        EntryRef::Visit(visit) => order(case, key("recorded"), visit.recorded, "date", visit.date),
        EntryRef::Pairing(pairing) => {
            order(case, key("until"), pairing.until, "since", pairing.since);
        }
        EntryRef::Activity(activity) => {
            order(case, key("until"), activity.until, "date", activity.date);
        }
        EntryRef::Term(term) => order(case, key("end"), Some(term.end), "start", term.start),
        EntryRef::Loan(loan) => {
            order(case, key("due"), loan.due, "date", loan.date);
            order(case, key("returned"), loan.returned, "date", loan.date);
        }
        EntryRef::Document(document) => {
            order(case, key("until"), document.until, "date", document.date);
        }
        EntryRef::Helper(helper) => {
            if let Some(since) = helper.since {
                order(case, key("until"), helper.until, "since", since);
            }
        }
        EntryRef::Incident(incident) => {
            let discovered = incident.discovered;
            let (reported, closed) = (incident.reported, incident.closed);
            order(case, key("reported"), reported, "discovered", discovered);
            let day = Date(discovered.date());
            order(case, key("closed"), closed, "discovered", day);
        }
        EntryRef::Child(child) => {
            for (at, entry) in child.priority.iter().enumerate() {
                let field = key("priority").at(at).then("until");
                order(case, field, entry.until, "since", entry.since);
            }
            let entered = child.enrolment.iter().map(|entry| entry.since).min();
            if let (Some(left), Some(entered)) = (&child.left, entered) {
                let field = key("left").then("date");
                order(case, field, Some(left.date), "enrolment", entered);
            }
        }
        EntryRef::Aid(_) | EntryRef::Assessment(_) | EntryRef::Award(_) | EntryRef::Fund(_) => {}
    }
}

/// Reports an end that is before its start.
fn order<D: Display + PartialOrd>(
    case: &mut Case<'_>,
    field: FieldPath,
    end: Option<D>,
    other: &str,
    start: D,
) {
    if let Some(end) = end.filter(|end| *end < start) {
        // Of a field in a list the name says enough.
        let name = match field.0.as_slice() {
            [_, PathStep::Index(_), PathStep::Key(name)] => name.clone(),
            _ => field.to_string(),
        };
        let finding = case.at(&RULE, field);
        case.push(
            finding
                .with("field", name)
                .with("end", end)
                .with("other", other)
                .with("start", start),
        );
    }
}
