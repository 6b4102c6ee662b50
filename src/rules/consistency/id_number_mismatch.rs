//! `id-number-mismatch`: Either the number or the file is miscopied.

use crate::diagnostic::example::{CHILD, Content::File, Example, at, child};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::identity::identity;
use crate::model::prose::is_sealed;
use crate::model::{EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "id-number-mismatch",
    group: Group::Consistency,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text {
        zh: "号码和档案有一处抄错了。",
        en: "Either the number or the file is miscopied.",
    },
    message: Text {
        zh: "身份证号里的出生日期与 birth_date 不一致",
        en: "the day of birth in the identity number is not birth_date",
    },
    help: None,
    breaks: Example(&[(
        CHILD,
        File(child!(r#"id_number = "000000194912310027"
"#;)),
    )]),
    expected: at(CHILD, 5, 13),
    keeps: Example(&[(
        CHILD,
        File(child!(r#"id_number = "000000201511200022"
"#;)),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

const GENDER: Text = Text {
    zh: "身份证号里的性别与 gender 不一致",
    en: "the gender in the identity number is not gender",
};

fn check(case: &mut Case<'_>) {
    let EntryRef::Child(child) = case.record else {
        return;
    };
    let open = child.id_number.as_ref().filter(|number| !is_sealed(number));
    let Some(Ok(says)) = open.map(|number| identity(number.trim())) else {
        return;
    };
    let finding = case.at(&RULE, FieldPath::key("id_number"));
    if says.birth != child.birth_date.0 {
        case.push(finding.contradicts((case.path)(), FieldPath::key("birth_date")));
    } else if says.gender != child.gender {
        let finding = finding.says(&GENDER);
        case.push(finding.contradicts((case.path)(), FieldPath::key("gender")));
    }
}
