//! `no-consent`: a child's file does not state its legal basis (Personal Information Protection Law, art. 31).

use crate::diagnostic::example::{CHILD, Content::File, Example, child, in_file};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::EntryRef;
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "no-consent",
    group: Group::Privacy,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "处理不满十四周岁儿童的信息要有法定职责或监护人同意（个人信息保护法第三十一条）。",
        "Keeping data of a child under fourteen needs a statutory duty or a guardian's consent (Personal Information Protection Law, art. 31).",
    ),
    message: Text::new(
        "没有写明建档依据（consent）",
        "the legal basis for keeping the file (consent) is missing",
    ),
    help: Some(Text::new(
        "加上 [consent] 的 basis 和 date",
        "add [consent] with basis and date",
    )),
    breaks: Example(&[(
        "children/c6e0y4z.toml",
        File(
            r#"name = "晨晨"
gender = "male"
birth_date = 2015-11-21
[[guardianship]]
since = 2022-09-01
away = "none"
kind = "one-parent"
"#,
        ),
    )]),
    expected: in_file("children/c6e0y4z.toml"),
    keeps: Example(&[(CHILD, File(child!(;)))]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    let EntryRef::Child(child) = case.record else {
        return;
    };
    if child.consent.is_none() && child.is_enrolled(case.context.today) {
        case.push(case.of_file(&RULE));
    }
}
