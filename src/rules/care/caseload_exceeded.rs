//! `caseload-exceeded`: With too many children, visits become a formality.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::example::{Content::File, Example, HELPER, at};
use crate::diagnostic::{Finding, Group, Rule, Scope, Severity};
use crate::model::pairing::PairingRole;
use crate::model::{Code, FieldPath, Id};
use crate::rules::check::{Check, Directory};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "caseload-exceeded",
    group: Group::Care,
    severity: Severity::Warning,
    scope: Scope::Directory,
    fixable: false,
    reason: Text {
        zh: "一人带的孩子太多，走访就会流于形式。",
        en: "With too many children, visits become a formality.",
    },
    message: Text {
        zh: "结对儿童 { $children } 名（{ $role }），学校规定最多 { $most } 名",
        en: "{ $children } children as { $role }, the school allows { $most }",
    },
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
        (
            "pairings/2025-09/2025-09-05-p7k3m9q.toml",
            File(
                r#"child = "c4t8w2z"
helper = "h7k3m9q"
role = "teacher"
since = 2025-09-05
"#,
            ),
        ),
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
    keeps: Example(&[(
        "pairings/2025-09/2025-09-05-p7k3m9q.toml",
        File(
            r#"child = "c4t8w2z"
helper = "h7k3m9q"
role = "teacher"
since = 2025-09-05
"#,
        ),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Directory(check)];

fn check(directory: &Directory<'_>) -> Vec<Finding> {
    let caseload = &directory.school.policy.caseload;
    let (records, today) = (directory.records, directory.today);
    let definition = directory.school.definition();
    let mut cared_for: BTreeMap<(Id, PairingRole), BTreeSet<Id>> = BTreeMap::new();
    let limited = records.pairings.iter();
    for pairing in limited.filter(|pairing| caseload.most(pairing.role).is_some()) {
        let child = records.children.get(pairing.child.id());
        if pairing.runs(today) && child.is_some_and(|child| child.is_left_behind(today, definition))
        {
            let key = (pairing.helper.id(), pairing.role);
            cared_for.entry(key).or_default().insert(pairing.child.id());
        }
    }
    let mut findings = Vec::new();
    for ((helper, role), children) in cared_for {
        let most = caseload.most(role).unwrap_or(u32::MAX);
        if children.len() > most as usize && records.helpers.get(helper).is_some() {
            let finding = directory.at(&RULE, helper, FieldPath::key("role"));
            findings.push(
                finding
                    .with("children", children.len())
                    .with("most", most)
                    .with_text("role", |lang| role.label().get(lang).to_owned()),
            );
        }
    }
    findings
}
