//! `bad-id-number`: an identity number does not comply with GB 11643.

use crate::diagnostic::example::{CHILD, Content::File, Example, at, child};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::identity::{NotANumber, identity};
use crate::model::{EntryRef, is_placeholder};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "bad-id-number",
    group: Group::Schema,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "号码不合国家标准 GB 11643，一定有误。",
        "The number does not comply with GB 11643, so it must be wrong.",
    ),
    message: Text::new(
        "身份证号应为 17 位数字加 1 位数字或 X",
        "an identity number has 17 digits followed by a digit or X",
    ),
    help: None,
    breaks: Example(&[(
        CHILD,
        File(child!(r#"id_number = "000000201511200021"
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

const BIRTH: Text = Text::new(
    "身份证号第 7 至 14 位不是日期",
    "digits 7 to 14 of the identity number are not a date",
);

const CHECK: Text = Text::new(
    "身份证号的校验位不对，可能抄错了一位",
    "the check character of the identity number is wrong: a digit may have been miscopied",
);

fn check(case: &mut Case<'_>) {
    let EntryRef::Child(child) = case.record else {
        return;
    };
    for number in child.id_numbers() {
        let open = number.in_clear().filter(|number| !is_placeholder(number));
        let Some(Err(fault)) = open.map(identity) else {
            continue;
        };
        let finding = case.at(&RULE, number.field);
        case.push(match fault {
            NotANumber::Form => finding,
            NotANumber::Birth => finding.says(&BIRTH),
            NotANumber::Check => finding.says(&CHECK),
        });
    }
}
