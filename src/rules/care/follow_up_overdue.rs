//! `follow-up-overdue`: the due date of an open follow-up has passed.

use crate::diagnostic::example::{Content::File, Example, VISIT, at, visit};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::FieldPath;
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "follow-up-overdue",
    group: Group::Care,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "说好要办的事，到期没有办。",
        "A promised follow-up was not done in time.",
    ),
    message: Text::new(
        "期限 { $due } 已过 { $days } 天，还没有完成",
        "was due on { $due }, { $days } days ago, and is not done",
    ),
    help: None,
    breaks: Example(&[(
        VISIT,
        File(visit!(
            r#"
[[follow_up]]
what = "更换插线板"
due = 2025-11-11
"#
        )),
    )]),
    expected: at(VISIT, 9, 7),
    keeps: Example(&[(
        VISIT,
        File(visit!(
            r#"
[[follow_up]]
what = "更换插线板"
due = 2025-11-12
"#
        )),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    let today = case.context.today;
    for (at, follow_up) in case.record.follow_ups().iter().enumerate() {
        if follow_up.due.0 < today && follow_up.done.is_none() {
            let days = (today - follow_up.due.0).num_days();
            let finding = case.at(&RULE, FieldPath::key("follow_up").at(at).then("due"));
            case.push(finding.with("due", follow_up.due).with("days", days));
        }
    }
}
