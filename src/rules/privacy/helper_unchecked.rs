//! `helper-unchecked`: the yearly criminal record check of somebody who works with children is missing (Law on the
//! Protection of Minors, art. 62).

use crate::diagnostic::example::{Content::File, Example, HELPER, at, helper};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::helper::oldest_check;
use crate::model::{EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "helper-unchecked",
    group: Group::Privacy,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "接触儿童的工作人员每年要核查一次违法犯罪记录（未成年人保护法第六十二条）。",
        "The criminal records of people who work with children must be checked every year (Law on the Protection of Minors, art. 62).",
    ),
    message: Text::new(
        "没有违法犯罪记录核查日期（checked）",
        "the date of the criminal record check (checked) is missing",
    ),
    help: None,
    breaks: Example(&[(
        HELPER,
        File(helper!(
            r#"checked = 2024-09-01
"#
        )),
    )]),
    expected: at(HELPER, 3, 11),
    keeps: Example(&[(
        HELPER,
        File(helper!(
            r#"checked = 2025-09-01
"#
        )),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

const LONG_AGO: Text = Text::new(
    "上次违法犯罪记录核查是 { $day }，已超过一年",
    "the last criminal record check was on { $day }, more than a year ago",
);

fn check(case: &mut Case<'_>) {
    let EntryRef::Helper(helper) = case.record else {
        return;
    };
    let today = case.context.today;
    if !helper.role.is_with_children() || !helper.is_active(today) {
        return;
    }
    let finding = case.at(&RULE, FieldPath::key("checked"));
    match helper.checked {
        None => case.push(finding),
        // A date in the future is not valid.
        Some(day) if day.0 > today => case.push(finding),
        Some(day) if day.0 < oldest_check(today) => {
            case.push(finding.says(&LONG_AGO).with("day", day))
        }
        Some(_) => {}
    }
}
