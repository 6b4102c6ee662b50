//! `id-number-in-clear`: an identity number is not encrypted.

use crate::analysis::mention::{CardField, card_fields};
use crate::diagnostic::example::{CHILD, Content::File, Example, at, child};
use crate::diagnostic::{Finding, Group, Place, Rule, Scope, Severity};
use crate::model::{EntryRef, is_filled};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "id-number-in-clear",
    group: Group::Privacy,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "身份证号是敏感个人信息，目录会被复制和备份。",
        "Identity numbers are sensitive, and directories are copied and backed up.",
    ),
    message: Text::new("身份证号未加密", "the identity number is not encrypted"),
    help: Some(Text::new(
        "不必登记就删去；要登记，先在 cuncao.toml 的 [seal] 里写上可以看的人，再运行 `cuncao seal`",
        "leave it out, or name the people who may read it under [seal] in cuncao.toml and run `cuncao seal`",
    )),
    breaks: Example(&[(
        CHILD,
        File(child!(r#"id_number = "000000201511200022"
"#;)),
    )]),
    expected: at(CHILD, 5, 13),
    keeps: Example(&[(CHILD, File(child!(;)))]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

const IN_TEXT: Text = Text::new(
    "文字里写了身份证号，那里不会加密",
    "the text contains an identity number, where it is never encrypted",
);

const IN_TEXT_HELP: Text = Text::new(
    "从这里删去；要登记，写到 id_number",
    "remove it; if it is needed, enter it in id_number",
);

fn check(case: &mut Case<'_>) {
    if let EntryRef::Child(child) = case.record {
        for number in child.id_numbers() {
            if number.in_clear().is_some_and(is_filled) {
                case.push(case.at(&RULE, number.field));
            }
        }
    }
    let in_text = card_fields(case.text).filter(|(_, field)| *field == CardField::Other);
    for (number, _) in in_text {
        let finding = Finding::new(&RULE, (case.path)(), Place::Span(number));
        case.push(finding.says(&IN_TEXT).help(&IN_TEXT_HELP));
    }
}
