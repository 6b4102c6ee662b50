//! `before-birth`: a record or an entry is dated before the child's birth.

use crate::diagnostic::example::{Content::File, Example, at};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::{EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::rules::lookup::Named;
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "before-birth",
    group: Group::Consistency,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "出生之前不会有记录，两个日期必有一个错了。",
        "Nothing can be recorded before birth: one of the two dates is wrong.",
    ),
    message: Text::new(
        "{ $day } 早于出生日期 { $birth }",
        "{ $day } is before the date of birth, { $birth }",
    ),
    help: None,
    breaks: Example(&[(
        "awards/2015-11/2015-11-10-w7k3m9q.toml",
        File(
            r#"date = 2015-11-10
child = "c4t8w2z"
title = "三好学生"
"#,
        ),
    )]),
    expected: at("awards/2015-11/2015-11-10-w7k3m9q.toml", 2, 9),
    keeps: Example(&[(
        "awards/2025-11/2025-11-10-w7k3m9q.toml",
        File(
            r#"date = 2025-11-10
child = "c4t8w2z"
title = "三好学生"
"#,
        ),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] =
    &[Check::Record(check), Check::Reference(check_reference)];

/// Checks the dates in a child's own file.
fn check(case: &mut Case<'_>) {
    let EntryRef::Child(child) = case.record else {
        return;
    };
    let birth = child.birth_date.0;
    let since = |list: &str, at: usize| FieldPath::key(list).at(at).then("since");
    let care = child.guardianship.iter().enumerate();
    let classes = child.enrolment.iter().enumerate();
    let priority = child.priority.iter().enumerate();
    let days = care
        .map(|(at, entry)| (since("guardianship", at), entry.since.0))
        .chain(classes.map(|(at, entry)| (since("enrolment", at), entry.since.0)))
        .chain(priority.map(|(at, entry)| (since("priority", at), entry.since.0)))
        .chain(child.filed.map(|filed| (FieldPath::key("filed"), filed.0)));
    for (field, day) in days.filter(|(_, day)| *day < birth) {
        let finding = case.at(&RULE, field);
        case.push(finding.with("day", day).with("birth", birth));
    }
}

fn check_reference(case: &mut Case<'_>, named: &Named<'_>) {
    let birth = named.lifetime.birth;
    if named.day < birth {
        let finding = case.at(&RULE, named.field.clone());
        case.push(
            finding
                .with("day", named.day)
                .with("birth", birth)
                .contradicts(named.path(), FieldPath::key("birth_date")),
        );
    }
}
