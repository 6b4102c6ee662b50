//! `future-date`: a record is dated in the future.

use crate::diagnostic::example::{Content::File, Example, at};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::{EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "future-date",
    group: Group::Consistency,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "还没有发生的事不该记成已经发生。",
        "An event must not be recorded before it has happened.",
    ),
    message: Text::new("{ $day } 还没有到", "{ $day } is in the future"),
    help: None,
    breaks: Example(&[(
        "visits/2025-11/2025-11-13-v7k3m9q.toml",
        File(
            r#"date = 2025-11-13
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "家访。"
"#,
        ),
    )]),
    expected: at("visits/2025-11/2025-11-13-v7k3m9q.toml", 1, 8),
    keeps: Example(&[(
        "visits/2025-11/2025-11-12-v7k3m9q.toml",
        File(
            r#"date = 2025-11-12
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "家访。"
"#,
        ),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

/// Papers may be dated in the future.
fn check(case: &mut Case<'_>) {
    let today = case.context.today;
    let day = match case.record {
        EntryRef::Child(child) => Some(("birth_date", child.birth_date.0)),
        _ if case.id.kind().is_paper() => None,
        _ => case.day(),
    };
    if let Some((field, day)) = day.filter(|(_, day)| *day > today) {
        let finding = case.at(&RULE, FieldPath::key(field));
        case.push(finding.with("day", day));
    }
}
