//! `outside-school-year`: a term has dates outside the school year in its id.

use crate::diagnostic::example::{Content::File, Example, SPRING_TERM, at, spring_term};
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
    reason: Text::new(
        "年份写错的学期会把别的学期的工作也算进去。",
        "A term with a mistyped year includes the work of other terms.",
    ),
    message: Text::new(
        "{ $day } 不在文件名所说的学年里，应在 { $from } 与 { $until } 之间",
        "{ $day } is outside the school year of the file name, expected between { $from } and { $until }",
    ),
    help: None,
    breaks: Example(&[(SPRING_TERM, File(spring_term!("0226-02-20")))]),
    expected: at(SPRING_TERM, 2, 9),
    keeps: Example(&[(SPRING_TERM, File(spring_term!("2026-02-20")))]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    let EntryRef::Term(term) = case.record else {
        return;
    };
    for (field, day, years) in term.outside_school_year() {
        let finding = case.at(&RULE, FieldPath::key(field));
        case.push(
            finding
                .with("day", day)
                .with("from", *years.start())
                .with("until", *years.end()),
        );
    }
}
