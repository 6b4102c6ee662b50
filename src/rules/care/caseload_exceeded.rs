//! `caseload-exceeded`: a helper is paired with more children than the school allows.

use crate::analysis::load;
use crate::diagnostic::example::{Content::File, Example, HELPER, PAIRING, at, pairing};
use crate::diagnostic::{Finding, Group, Rule, Scope, Severity};
use crate::model::{Code, FieldPath, Kind};
use crate::rules::check::{Check, Directory};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "caseload-exceeded",
    group: Group::Care,
    severity: Severity::Warning,
    scope: Scope::Directory,
    fixable: false,
    reason: Text::new(
        "一人带的孩子太多，走访就会流于形式。",
        "With too many children, visits become a formality.",
    ),
    message: Text::new(
        "结对儿童 { $children } 名（{ $role }），学校规定最多 { $most } 名",
        "{ $children } children as { $role }; the school allows { $most }",
    ),
    help: None,
    breaks: Example(&[
        (
            "children/c6e0y4z.toml",
            File(
                r#"name = "晨晨"
gender = "male"
birth_date = 2015-11-21
[[guardianship]]
since = 2022-09-01
away = "both"
kind = "grandparents"
"#,
            ),
        ),
        (PAIRING, File(pairing!("2025-09-05"))),
        (
            "pairings/2025-09/2025-09-05-p8k3m9q.toml",
            File(
                r#"child = "c6e0y4z"
helper = "h7k3m9q"
role = "teacher"
since = 2025-09-05
"#,
            ),
        ),
    ]),
    expected: at(HELPER, 2, 8),
    keeps: Example(&[(PAIRING, File(pairing!("2025-09-05")))]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Directory(
    &[Kind::Child, Kind::Helper, Kind::Pairing],
    check,
)];

fn check(directory: &Directory<'_>) -> Vec<Finding> {
    let (records, today) = (directory.records, directory.today);
    let definition = directory.school.definition();
    let loads = load::loads(&records.pairings, today, |child| {
        let child = records.children.get(child);
        child.is_some_and(|child| child.is_left_behind(today, definition))
    });
    let mut findings = Vec::new();
    for (helper, load) in &loads {
        for excess in load.over(&directory.school.policy) {
            if records.helpers.get(*helper).is_none() {
                continue;
            }
            let finding = directory.at(&RULE, *helper, FieldPath::key("role"));
            findings.push(
                finding
                    .with("children", excess.children.len())
                    .with("most", excess.most)
                    .with_text("role", |lang| excess.role.label().get(lang).to_owned()),
            );
        }
    }
    findings
}
