//! `file-incomplete`: the file of a left-behind child lacks its date, the class or phone numbers.

use crate::diagnostic::example::{CHILD, Content::File, Example, child, in_file};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::{EntryRef, FieldPath, Kind, is_filled};
use crate::rules::check::{Case, Check};
use crate::text::{Lang, Text};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "file-incomplete",
    group: Group::Care,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "档案要有建档日期、班级、监护人和父母电话，需要时才找得到人。",
        "A file needs the date of filing, the class, and the phone numbers of guardian and parents, so that somebody can be reached.",
    ),
    message: Text::new("档案还缺：{ $labels }", "missing in the file: { $labels }"),
    help: Some(Text::new(
        "用 cuncao edit { $id } 补上（{ $fields }）",
        "add them with cuncao edit { $id } ({ $fields })",
    )),
    breaks: Example(&[(
        CHILD,
        File(
            r#"name = "安安"
gender = "female"
birth_date = 2015-11-20
[[guardianship]]
since = 2022-09-01
away = "both"
kind = "grandparents"
"#,
        ),
    )]),
    expected: in_file(CHILD),
    keeps: Example(&[(CHILD, File(child!(;)))]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    let EntryRef::Child(child) = case.record else {
        return;
    };
    let today = case.context.today;
    if !child.is_left_behind(today, case.context.school.definition()) {
        return;
    }
    let has = |text: Option<&str>| text.is_some_and(is_filled);
    let care = child.guardianship_on(today);
    let guardian = care.and_then(|care| care.guardian.as_ref());
    let mut parents = child.parents.iter();
    let fields = [
        ("filed", child.filed.is_some()),
        ("enrolment", !child.enrolment.is_empty()),
        (
            "guardianship.guardian.name",
            has(guardian.and_then(|guardian| guardian.name.as_deref())),
        ),
        (
            "guardianship.guardian.phone",
            has(guardian.and_then(|guardian| guardian.phone.as_deref())),
        ),
        (
            "parents.phone",
            parents.any(|parent| has(parent.phone.as_deref())),
        ),
    ];
    let lacking = fields.iter().filter(|(_, is_there)| !is_there);
    let lacking: Vec<&str> = lacking.map(|(field, _)| *field).collect();
    if lacking.is_empty() {
        return;
    }
    let labels = |lang| {
        let labels = lacking.iter().map(|field| label(field, lang));
        labels.collect::<Vec<_>>().join(match lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        })
    };
    let finding = case.of_file(&RULE).with_text("labels", labels);
    case.push(
        finding
            .with("id", case.id)
            .with("fields", lacking.join(", ")),
    );
}

/// Returns the label of a field, after that of its table.
fn label(field: &str, lang: Lang) -> String {
    let path: FieldPath = field.parse().unwrap_or_default();
    let shape = Kind::Child.shape();
    // In nested tables the label of the inner one is enough.
    let outer = path.0.len().saturating_sub(2);
    let labels = (outer..path.0.len()).filter_map(|at| {
        let path = FieldPath(path.0[..=at].to_vec());
        shape.at(&path).map(|field| field.label(lang))
    });
    let labels: Vec<String> = labels.collect();
    labels.join(match lang {
        Lang::Zh => "",
        Lang::En => " ",
    })
}
