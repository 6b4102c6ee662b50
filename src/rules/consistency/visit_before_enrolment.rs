//! `visit-before-enrolment`: a visit is dated before the child was enrolled.

use crate::diagnostic::example::{Content::File, Example, VISIT, at, visit};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::{FieldPath, Kind};
use crate::rules::check::{Case, Check};
use crate::rules::lookup::Named;
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "visit-before-enrolment",
    group: Group::Consistency,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "入学之前的走访不计入任何班级，日期或者入班日期多半写错了。",
        "A visit before enrolment counts for no class: its date or that of the enrolment is probably wrong.",
    ),
    message: Text::new(
        "{ $day } 早于 { $child } 的入班日期 { $enrolled }",
        "{ $day } is before { $child } was enrolled on { $enrolled }",
    ),
    help: None,
    breaks: Example(&[(
        "visits/2022-08/2022-08-31-v8k3m9q.toml",
        File(
            r#"date = 2022-08-31
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "入学前家访。"
"#,
        ),
    )]),
    expected: at("visits/2022-08/2022-08-31-v8k3m9q.toml", 3, 13),
    keeps: Example(&[(VISIT, File(visit!()))]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Reference(check)];

fn check(case: &mut Case<'_>, named: &Named<'_>) {
    let enrolled = named.lifetime.enrolled.filter(|first| named.day < *first);
    let Some(enrolled) = enrolled.filter(|_| case.id.kind() == Kind::Visit) else {
        return;
    };
    // The rule `before-birth` reports these.
    if named.day < named.lifetime.birth {
        return;
    }
    let finding = case.at(&RULE, named.field.clone());
    case.push(
        finding
            .with("day", named.day)
            .with("child", named.id)
            .with("enrolled", enrolled)
            .contradicts(named.path(), FieldPath::key("enrolment")),
    );
}
