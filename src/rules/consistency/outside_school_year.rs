//! `outside-school-year`: A term lies in the school year that its id names.

use crate::diagnostic::example::{Content::File, Example, at};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::{EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "outside-school-year",
    group: Group::Consistency,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text {
        zh: "年份写错的学期会把别的学期的工作也算进去。",
        en: "A term of a mistyped year counts the work of other terms.",
    },
    message: Text {
        zh: "{ $day } 不在文件名所说的学年里，应在 { $from } 与 { $until } 之间",
        en: "{ $day } is outside the school year of the file name, expected between { $from } and { $until }",
    },
    help: None,
    breaks: Example(&[(
        "terms/2025-2026-2.toml",
        File(
            r#"name = "2026年春季学期"
start = 0226-02-20
end = 2026-07-05
"#,
        ),
    )]),
    expected: at("terms/2025-2026-2.toml", 2, 9),
    keeps: Example(&[(
        "terms/2025-2026-2.toml",
        File(
            r#"name = "2026年春季学期"
start = 2026-02-20
end = 2026-07-05
"#,
        ),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    let EntryRef::Term(term) = case.record else {
        return;
    };
    let Some(years) = case.id.years_of_term() else {
        return;
    };
    for (field, day) in [("start", term.start.0), ("end", term.end.0)] {
        if !years.contains(&day) {
            let finding = case.at(&RULE, FieldPath::key(field));
            case.push(
                finding
                    .with("day", day)
                    .with("from", *years.start())
                    .with("until", *years.end()),
            );
        }
    }
}
