//! `recorded-late`: a visit was recorded later than the school allows.

use crate::diagnostic::example::{Content::File, Example, VISIT, at, visit};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::{EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "recorded-late",
    group: Group::Care,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "隔久了再补，记不清也不可信。",
        "Records made long afterwards are neither accurate nor credible.",
    ),
    message: Text::new(
        "走访后 { $days } 天才记录，学校规定 { $within } 天之内",
        "recorded after { $days } days; the school allows { $within }",
    ),
    help: None,
    breaks: Example(&[(
        VISIT,
        File(visit!(
            r#"recorded = 2025-10-20
"#
        )),
    )]),
    expected: at(VISIT, 6, 12),
    keeps: Example(&[(
        VISIT,
        File(visit!(
            r#"recorded = 2025-10-19
"#
        )),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    let EntryRef::Visit(visit) = case.record else {
        return;
    };
    let Some(recorded) = visit.recorded else {
        return;
    };
    let days = (recorded.0 - visit.date.0).num_days();
    let within = case.context.school.record_within_days();
    if days > i64::from(within) {
        let finding = case.at(&RULE, FieldPath::key("recorded"));
        case.push(finding.with("days", days).with("within", within));
    }
}
