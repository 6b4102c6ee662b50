//! `guardianship-missing`: a pupil has no guardianship entry.

use crate::diagnostic::example::{CHILD, Content::File, Example, at, child};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::{EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "guardianship-missing",
    group: Group::Care,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "没有监护情况，就不知道是不是留守儿童，也不知道该联系谁。",
        "Without it, it is unknown whether the child is left-behind and whom to call.",
    ),
    message: Text::new(
        "没有监护情况（guardianship），无法判断是否留守",
        "there is no guardianship entry, so it is unknown whether the child is left-behind",
    ),
    help: None,
    breaks: Example(&[(
        "children/c6e0y4z.toml",
        File(
            r#"name = "晨晨"
gender = "male"
birth_date = 2015-11-21
[consent]
basis = "statutory"
date = 2022-09-01
"#,
        ),
    )]),
    expected: at("children/c6e0y4z.toml", 1, 1),
    keeps: Example(&[(CHILD, File(child!(;)))]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    let EntryRef::Child(child) = case.record else {
        return;
    };
    let today = case.context.today;
    if child.is_enrolled(today) && child.guardianship_on(today).is_none() {
        case.push(case.at(&RULE, FieldPath::key("guardianship")));
    }
}
