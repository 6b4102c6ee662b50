//! `after-leaving`: a record is dated after its child left.

use crate::diagnostic::example::{Content::File, Example, at};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::FieldPath;
use crate::rules::check::{Case, Check};
use crate::rules::lookup::{Absence, Named};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "after-leaving",
    group: Group::Consistency,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "离校之后不再计入，日期或者离校记录有误。",
        "A child who has left no longer counts: one of the two dates is wrong.",
    ),
    message: Text::new(
        "{ $day } 晚于 { $child } 的离校日期 { $left }",
        "{ $day } is after { $child } left on { $left }",
    ),
    help: None,
    breaks: Example(&[(
        "awards/2025-09/2025-09-11-w7k3m9q.toml",
        File(
            r#"date = 2025-09-11
child = "c5d9x3y"
title = "三好学生"
"#,
        ),
    )]),
    expected: at("awards/2025-09/2025-09-11-w7k3m9q.toml", 2, 9),
    keeps: Example(&[(
        "awards/2025-09/2025-09-10-w7k3m9q.toml",
        File(
            r#"date = 2025-09-10
child = "c5d9x3y"
title = "三好学生"
"#,
        ),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Reference(check)];

/// A visit on the day of leaving is allowed, and so are papers filed afterwards.
fn check(case: &mut Case<'_>, named: &Named<'_>) {
    if case.id.kind().is_paper() || named.day < named.lifetime.birth {
        return;
    }
    let mut absences = named.lifetime.absences.iter();
    let absence = absences.find(|absence| {
        absence.left < named.day && absence.back.is_none_or(|back| named.day < back)
    });
    let Some(Absence { left, entry, .. }) = absence else {
        return;
    };
    let field = match entry {
        Some(at) => FieldPath::key("enrolment").at(*at).then("left"),
        None => FieldPath::key("left").then("date"),
    };
    let finding = case.at(&RULE, named.field.clone());
    case.push(
        finding
            .with("day", named.day)
            .with("left", left)
            .with("child", named.id)
            .contradicts(named.path(), field),
    );
}
