//! `id-number-mismatch`: an identity number contradicts the file.

use crate::diagnostic::example::{CHILD, Content::File, Example, at, child};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::EntryRef;
use crate::model::identity::identity;
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "id-number-mismatch",
    group: Group::Consistency,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "号码和档案有一处抄错了。",
        "Either the number or the file contains a copying error.",
    ),
    message: Text::new(
        "身份证号里的出生日期与 { $other } 不一致",
        "the date of birth in the identity number differs from { $other }",
    ),
    help: None,
    breaks: Example(&[(
        CHILD,
        File(child!(r#"id_number = "000000194912310027"
"#;)),
    )]),
    expected: at(CHILD, 5, 13),
    keeps: Example(&[(
        CHILD,
        File(child!(r#"id_number = "000000201511200022"
"#;)),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

const GENDER: Text = Text::new(
    "身份证号里的性别与 { $other } 不一致",
    "the gender in the identity number differs from { $other }",
);

fn check(case: &mut Case<'_>) {
    let EntryRef::Child(child) = case.record else {
        return;
    };
    for number in child.id_numbers() {
        let Some(Ok(says)) = number.in_clear().map(identity) else {
            continue;
        };
        let finding = case.at(&RULE, number.field);
        let birth = number.birth.filter(|(birth, _)| *birth != says.birth);
        let gender = number.gender.filter(|(gender, _)| *gender != says.gender);
        if let Some((_, other)) = birth {
            let finding = finding.with("other", &other);
            case.push(finding.contradicts((case.path)(), other));
        } else if let Some((_, other)) = gender {
            let finding = finding.says(&GENDER).with("other", &other);
            case.push(finding.contradicts((case.path)(), other));
        }
    }
}
