//! `bad-phone`: a phone number is not valid.

use crate::diagnostic::example::{CHILD, Content::File, Example, at, child};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::entered::phone::is_phone;
use crate::model::{EntryRef, FieldPath, Phone, is_placeholder};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "bad-phone",
    group: Group::Schema,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new("紧急时要打得通。", "The number must work in an emergency."),
    message: Text::new(
        "“{ $found }”不像电话号码",
        "“{ $found }” does not look like a phone number",
    ),
    help: None,
    breaks: Example(&[(
        CHILD,
        File(child!(; r#"
[[guardianship]]
since = 2025-10-01
away = "both"
kind = "grandparents"
"# r#"guardian = { name = "李秀英", relation = "奶奶", phone = "139000" }
"#)),
    )]),
    expected: at(CHILD, 28, 53),
    keeps: Example(&[(
        CHILD,
        File(child!(; r#"
[[guardianship]]
since = 2025-10-01
away = "both"
kind = "grandparents"
"# r#"guardian = { name = "李秀英", relation = "奶奶", phone = "13900000001" }
"#)),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    match case.record {
        EntryRef::Helper(helper) => phone(case, helper.phone.as_ref(), || FieldPath::key("phone")),
        EntryRef::Child(child) => {
            for (at, care) in child.guardianship.iter().enumerate() {
                let guardian = care.guardian.as_ref();
                phone(
                    case,
                    guardian.and_then(|guardian| guardian.phone.as_ref()),
                    || {
                        FieldPath::key("guardianship")
                            .at(at)
                            .then("guardian")
                            .then("phone")
                    },
                );
            }
            for (at, parent) in child.parents.iter().enumerate() {
                phone(case, parent.phone.as_ref(), || {
                    FieldPath::key("parents").at(at).then("phone")
                });
            }
        }
        _ => {}
    }
}

fn phone(case: &mut Case<'_>, phone: Option<&Phone>, field: impl Fn() -> FieldPath) {
    if let Some(phone) = phone.filter(|phone| !is_phone(phone) && !is_placeholder(phone)) {
        case.push(case.at(&RULE, field()).with("found", &**phone));
    }
}

#[cfg(test)]
mod tests {
    use crate::model::entered::phone::is_phone;

    #[test]
    fn valid_phone_numbers_are_accepted() {
        for text in [
            "13900000001",
            "139 0000 0001",
            "+86 13900000001",
            "0851-1234567",
            "22345678",
            "400-810-0000",
        ] {
            assert!(is_phone(text), "{text}");
        }
        for text in [
            "",
            "1390000000",
            "139000000012",
            "无",
            "1390000000l",
            "12345",
            "10000000000",
        ] {
            assert!(!is_phone(text), "{text}");
        }
    }
}
