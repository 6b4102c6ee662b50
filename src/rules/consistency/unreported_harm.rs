//! `unreported-harm`: harm to a child was not reported, against the law.

use crate::diagnostic::example::{Content::File, Example, INCIDENT, at, incident};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::{EntryRef, FieldPath, is_filled};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unreported-harm",
    group: Group::Consistency,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "发现侵害必须立即报告，这是法定义务。",
        "The law requires harm to a child to be reported immediately.",
    ),
    message: Text::new(
        "侵害、忽视、自伤事件必须报告，reported_to 却是空的",
        "abuse, neglect and self-harm must be reported, but reported_to is empty",
    ),
    help: Some(Text::new(
        "立即向公安、民政、教育部门报告并记入 reported_to（未成年人保护法第十一条）",
        "report it immediately to the police, civil affairs and education authorities, and enter them in reported_to (Law on the Protection of Minors, art. 11)",
    )),
    breaks: Example(&[(
        INCIDENT,
        File(incident!("abuse" r#"reported = 2025-11-02T10:27:00
"#)),
    )]),
    expected: at(INCIDENT, 2, 8),
    keeps: Example(&[(
        INCIDENT,
        File(incident!("abuse" r#"reported = 2025-11-02T10:27:00
reported_to = ["派出所"]
"#)),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    let EntryRef::Incident(incident) = case.record else {
        return;
    };
    let mut reported_to = incident.reported_to.iter();
    if incident.kind.must_be_reported() && !reported_to.any(|to| is_filled(to)) {
        case.push(case.at(&RULE, FieldPath::key("kind")));
    }
}
