//! `RULES.md` contains each rule as printed by the program; `CUNCAO_OVERWRITE=1 cargo test --test suite rules_page`
//! updates it.

use std::fmt::Write;

use cuncao::diagnostic::Severity;
use cuncao::model::Code;
use cuncao::rules::{Group, rules};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/RULES.md");

fn page() -> String {
    let mut page = "# 检查规则 · Rules of `validate`\n\n\
                    `cuncao validate --explain 规则名` 说明一条规则并举例；`cuncao.toml` 的 `[validate]` 可以调整级别。\n\
                    `cuncao validate --explain RULE` explains a rule with examples; `[validate]` in `cuncao.toml` changes severities.\n\
                    `*`：可用 `--fix` 改正 · fixed by `--fix`.\n"
        .to_owned();
    for group in Group::ALL {
        let label = group.label();
        writeln!(
            page,
            "\n## {} · {} (`{}`)\n",
            label.zh,
            label.en,
            group.code()
        )
        .unwrap();
        page += "| 规则 rule | 级别 severity | 原因 reason |\n| --- | --- | --- |\n";
        for rule in rules().filter(|rule| rule.group == *group) {
            let severity = match rule.severity {
                Severity::Error => "错误 error",
                Severity::Warning => "警告 warning",
            };
            let mark = if rule.fixable { " *" } else { "" };
            let (zh, en) = (rule.reason.zh, rule.reason.en);
            writeln!(
                page,
                "| `{}`{mark} | {severity} | {zh}<br>{en} |",
                rule.name
            )
            .unwrap();
        }
    }
    page
}

#[test]
fn the_page_of_rules_says_what_the_program_says() {
    let page = page();
    if std::env::var_os("CUNCAO_OVERWRITE").is_some() {
        std::fs::write(PAGE, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(PAGE).unwrap(), page);
}
