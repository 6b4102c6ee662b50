//! `reported-late`: an incident was reported later than the school allows (the five-minute rule).

use crate::diagnostic::example::{Content::File, Example, INCIDENT, at, incident};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::{EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "reported-late",
    group: Group::Care,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "及时报告才能及时救助（五分钟报告制）。",
        "Help can only come in time after a prompt report (the five-minute rule).",
    ),
    message: Text::new(
        "发现后 { $minutes } 分钟才报告，学校规定 { $within } 分钟之内",
        "reported after { $minutes } minutes; the school allows { $within }",
    ),
    help: None,
    breaks: Example(&[(
        INCIDENT,
        File(incident!("injury" r#"reported = 2025-11-02T10:30:01
"#)),
    )]),
    expected: at(INCIDENT, 6, 12),
    keeps: Example(&[(
        INCIDENT,
        File(incident!("injury" r#"reported = 2025-11-02T10:30:00
"#)),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

const NEVER: Text = Text::new(
    "没有写报告时间，学校规定 { $within } 分钟之内报告",
    "the time of the report is missing; the school allows { $within } minutes",
);

fn check(case: &mut Case<'_>) {
    let EntryRef::Incident(incident) = case.record else {
        return;
    };
    let within = case.context.school.incident_within_minutes();
    let Some(reported) = incident.reported else {
        let finding = case.at(&RULE, FieldPath::key("discovered"));
        case.push(finding.says(&NEVER).with("within", within));
        return;
    };
    // A report in the last second of the fifth minute is on time.
    let seconds = (reported.0 - incident.discovered.0).num_seconds();
    if seconds > i64::from(within) * 60 {
        let finding = case.at(&RULE, FieldPath::key("reported"));
        case.push(
            finding
                .with("minutes", (seconds + 59) / 60)
                .with("within", within),
        );
    }
}
