//! `placeholder`: a name or number is a placeholder such as 无.

use crate::diagnostic::example::{CHILD, Content::File, Example, at, child};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::{EntryRef, FieldPath, is_placeholder};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "placeholder",
    group: Group::Schema,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "“无”“不详”“13800000000”不是姓名也不是号码，不算已填写；不知道就不写这个字段。",
        "无, N/A or 13800000000 is neither a name nor a number and does not count as filled; leave out what is not known.",
    ),
    message: Text::new(
        "{ $field } 的“{ $found }”不算已填写",
        "{ $field }: “{ $found }” does not count as filled",
    ),
    help: Some(Text::new(
        "填上真的，或者删去这个字段",
        "enter the actual value, or delete the field",
    )),
    breaks: Example(&[(
        CHILD,
        File(child!(; r#"
[[guardianship]]
since = 2025-10-01
away = "both"
kind = "grandparents"
guardian = { name = "不详", relation = "奶奶", phone = "13900000001" }
"#)),
    )]),
    expected: at(CHILD, 28, 21),
    keeps: Example(&[(
        CHILD,
        File(child!(; r#"
[[guardianship]]
since = 2025-10-01
away = "both"
kind = "grandparents"
guardian = { relation = "奶奶", phone = "13900000001" }
"#)),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    let key = FieldPath::key;
    match case.record {
        EntryRef::Child(child) => {
            text(case, Some(&child.name), || key("name"));
            text(case, child.student_no.as_deref(), || key("student_no"));
            for number in child.id_numbers() {
                text(case, number.in_clear(), || number.field.clone());
            }
            for (at, care) in child.guardianship.iter().enumerate() {
                let field = |name| key("guardianship").at(at).then("guardian").then(name);
                if let Some(guardian) = &care.guardian {
                    text(case, guardian.name.as_deref(), || field("name"));
                    text(case, guardian.relation.as_deref(), || field("relation"));
                    text(case, guardian.phone.as_deref(), || field("phone"));
                }
            }
            for (at, parent) in child.parents.iter().enumerate() {
                let field = |name| key("parents").at(at).then(name);
                text(case, parent.name.as_deref(), || field("name"));
                text(case, parent.phone.as_deref(), || field("phone"));
            }
            let consent = child.consent.as_ref();
            let by = consent.and_then(|consent| consent.by.as_deref());
            text(case, by, || key("consent").then("by"));
        }
        EntryRef::Helper(helper) => {
            text(case, Some(&helper.name), || key("name"));
            text(case, helper.phone.as_deref(), || key("phone"));
        }
        EntryRef::Incident(incident) => {
            for (at, to) in incident.reported_to.iter().enumerate() {
                text(case, Some(to), || key("reported_to").at(at));
            }
        }
        _ => {}
    }
}

fn text(case: &mut Case<'_>, text: Option<&str>, field: impl Fn() -> FieldPath) {
    if let Some(text) = text.filter(|text| is_placeholder(text)) {
        let finding = case.at(&RULE, field());
        case.push(finding.with("field", field()).with("found", text));
    }
}
