//! `attendance-too-small`: fewer children attended than are named.

use crate::diagnostic::example::{Content::File, Example, at};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::{EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "attendance-too-small",
    group: Group::Consistency,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "点名的儿童都在场，到场人数不会更少。",
        "The named children attended, so the number cannot be smaller.",
    ),
    message: Text::new(
        "到场儿童 { $attended } 名，少于点名的 { $named } 名",
        "{ $attended } children attended, but { $named } are named",
    ),
    help: None,
    breaks: Example(&[(
        "activities/2025-10/2025-10-13-a7k3m9q.toml",
        File(
            r#"date = 2025-10-13
title = "防溺水教育"
theme = "safety"
children = ["c4t8w2z"]
attendance = { children = 0 }
summary = "讲解。"
"#,
        ),
    )]),
    expected: at("activities/2025-10/2025-10-13-a7k3m9q.toml", 5, 27),
    keeps: Example(&[(
        "activities/2025-10/2025-10-13-a7k3m9q.toml",
        File(
            r#"date = 2025-10-13
title = "防溺水教育"
theme = "safety"
children = ["c4t8w2z"]
attendance = { children = 40 }
summary = "讲解。"
"#,
        ),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    let EntryRef::Activity(activity) = case.record else {
        return;
    };
    let attendance = activity.attendance.as_ref();
    let Some(attended) = attendance.and_then(|attendance| attendance.children) else {
        return;
    };
    let mut named: Vec<_> = activity.children.iter().map(|child| child.id()).collect();
    named.sort_unstable();
    named.dedup();
    if (attended as usize) < named.len() {
        let finding = case.at(&RULE, FieldPath::key("attendance").then("children"));
        case.push(
            finding
                .with("attended", attended)
                .with("named", named.len()),
        );
    }
}
