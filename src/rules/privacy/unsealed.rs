//! `unsealed`: confidential text is not encrypted, although the school has recipients.

use crate::diagnostic::example::{Content::File, Example, SCHOOL, VISIT, at, school, visit};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::FieldPath;
use crate::model::prose::is_sealed;
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unsealed",
    group: Group::Privacy,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "学校已规定保密内容要加密；明文谁拿到文件都看得到。",
        "The school encrypts confidential text: text in clear can be read by anyone who has the files.",
    ),
    message: Text::new("保密内容没有加密", "confidential text is not encrypted"),
    help: Some(Text::new("运行 `cuncao seal`", "run `cuncao seal`")),
    breaks: Example(&[
        (
            SCHOOL,
            File(school!(
                r#"
[seal]
recipients = ["age1y2hf2hgelawp2jhqrup6jaumxfwzf4d28stxshqx6m9u4je05ayqlqq088"]
"#
            )),
        ),
        (
            VISIT,
            File(visit!(
                r#"confidential = "不便公开。"
"#
            )),
        ),
    ]),
    expected: at(VISIT, 6, 16),
    keeps: Example(&[(
        VISIT,
        File(visit!(
            r#"confidential = "不便公开。"
"#
        )),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

/// The rule `id-number-in-clear` covers id numbers.
fn check(case: &mut Case<'_>) {
    if case.context.school.seal.recipients.is_empty() {
        return;
    }
    let confidential = case.record.confidential();
    if confidential.is_some_and(|text| !is_sealed(text)) {
        case.push(case.at(&RULE, FieldPath::key("confidential")));
    }
}
