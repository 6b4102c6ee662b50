//! `id-number-in-clear`: Identity numbers are sensitive, and directories are copied and backed up.

use crate::analysis::mention::card_numbers;
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
    reason: Text {
        zh: "身份证号是敏感个人信息，目录会被复制和备份。",
        en: "Identity numbers are sensitive, and directories are copied and backed up.",
    },
    message: Text {
        zh: "身份证号未加密",
        en: "the identity number is not encrypted",
    },
    help: Some(Text {
        zh: "不必登记就删去；要登记，先在 cuncao.toml 的 [seal] 里写上可以看的人，再运行 `cuncao seal`",
        en: "leave it out, or name the people who may read it under [seal] in cuncao.toml and run `cuncao seal`",
    }),
    breaks: Example(&[(
        CHILD,
        File(child!(r#"id_number = "000000201511200022"
"#;)),
    )]),
    expected: at(CHILD, 5, 13),
    keeps: Example(&[(CHILD, File(child!(;)))]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

/// In what else a record says, where no number is ever sealed. A pupil's number may hold that of the card: it has a
/// field of its own, which is not sealed either.
const IN_TEXT: Text = Text {
    zh: "文字里写了身份证号，那里不会加密",
    en: "an identity number stands in a text, where it is never encrypted",
};

const IN_TEXT_HELP: Text = Text {
    zh: "从这里删去；要登记，写到 id_number",
    en: "take it out; if it is to be kept, write it to id_number",
};

fn check(case: &mut Case<'_>) {
    if let EntryRef::Child(child) = case.record {
        for number in child.id_numbers() {
            if number.in_clear().is_some_and(is_filled) {
                case.push(case.at(&RULE, number.field));
            }
        }
    }
    for number in card_numbers(case.text) {
        if !matches!(
            key_before(&case.text[..number.start]),
            "id_number" | "student_no"
        ) {
            let finding = Finding::new(&RULE, (case.path)(), Place::Span(number));
            case.push(finding.says(&IN_TEXT).help(&IN_TEXT_HELP));
        }
    }
}

/// The key whose value begins where a text ends, or a letter before.
fn key_before(text: &str) -> &str {
    let line = text.rsplit('\n').next().unwrap_or(text);
    let Some((key, value)) = line.rsplit_once('=') else {
        return "";
    };
    let value = value.trim().trim_start_matches(['"', '\'']);
    let key = key
        .trim_end()
        .rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let key = key.into_iter().next().unwrap_or_default();
    if value.chars().count() < 2 { key } else { "" }
}
