//! `unattended-child`: a child under sixteen has no guardian.

use crate::diagnostic::example::{CHILD, Content::File, Example, at, child};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::child::GuardianshipKind;
use crate::model::{EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unattended-child",
    group: Group::Care,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "这样的孩子今天就需要有人照看。",
        "Such a child needs care today.",
    ),
    message: Text::new(
        "{ $age } 岁，独自生活，无人监护",
        "aged { $age }, living alone and unattended",
    ),
    help: Some(Text::new(
        "不满八周岁不得无人看护，不满十六周岁不得独自生活（预防未成年人犯罪法、未成年人保护法第二十一条）；请督促父母委托照护，必要时报告",
        "a child under eight may not be left unattended, one under sixteen may not live alone (Law on the Protection of Minors, art. 21): make sure that the parents entrust somebody with its care, and report it if they do not",
    )),
    breaks: Example(&[(
        CHILD,
        File(child!(; r#"
[[guardianship]]
since = 2025-10-01
away = "both"
kind = "unattended"
"#)),
    )]),
    expected: at(CHILD, 27, 8),
    keeps: Example(&[(
        CHILD,
        File(child!(; r#"
[[guardianship]]
since = 2025-10-01
away = "both"
kind = "kin-or-friends"
"#)),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

const YOUNG: Text = Text::new("{ $age } 岁，无人监护", "aged { $age }, unattended");

fn check(case: &mut Case<'_>) {
    let EntryRef::Child(child) = case.record else {
        return;
    };
    let today = case.context.today;
    let age = child.age_on(today);
    let care = child.guardianship_on(today);
    let is_unattended = care.is_some_and(|care| care.kind == GuardianshipKind::Unattended);
    if !is_unattended || age >= 16 || !child.is_enrolled(today) {
        return;
    }
    let mut entries = child.guardianship.iter();
    let at = entries.position(|entry| care.is_some_and(|care| std::ptr::eq(entry, care)));
    let field = FieldPath::key("guardianship").at(at.unwrap_or(0));
    let finding = case.at(&RULE, field.then("kind"));
    let finding = if age < 8 {
        finding.says(&YOUNG)
    } else {
        finding
    };
    case.push(finding.with("age", age));
}
