//! `contact-overdue`: the last contact with a left-behind child was too long ago.

use crate::analysis::contact::{Bounds, clocks};
use crate::diagnostic::example::{CHILD, Content::File, Example, in_file};
use crate::diagnostic::{Finding, Group, Place, Rule, Scope, Severity};
use crate::model::Kind;
use crate::rules::check::{Check, Directory};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "contact-overdue",
    group: Group::Care,
    severity: Severity::Warning,
    scope: Scope::Total,
    fixable: false,
    reason: Text::new(
        "太久没有联系，孩子就被忘记了。",
        "A child without contact is forgotten.",
    ),
    message: Text::new(
        "从 { $since } 起 { $days } 天没有联系，最多 { $bound } 天",
        "no contact for { $days } days since { $since }; { $bound } are allowed",
    ),
    help: Some(Text::new(
        "书信、反馈和日记不算联系；用 cuncao due --why 查看先后",
        "letters, feedback and diaries do not count as contact; cuncao due --why shows who comes first",
    )),
    breaks: Example(&[(
        "visits/2025-10/2025-10-30-v8k3m9q.toml",
        File(
            r#"date = 2025-10-30
mode = "letter"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "代写家书。"
"#,
        ),
    )]),
    expected: in_file(CHILD),
    keeps: Example(&[(
        "visits/2025-10/2025-10-30-v8k3m9q.toml",
        File(
            r#"date = 2025-10-30
mode = "phone"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "与奶奶通话。"
"#,
        ),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] =
    &[Check::Directory(&[Kind::Child, Kind::Term], check)];

fn check(directory: &Directory<'_>) -> Vec<Finding> {
    let (school, records) = (directory.school, directory.records);
    let definition = school.definition();
    let bounds = Bounds::new(school, &records.terms, definition, directory.today);
    let clocks = clocks(&bounds, &records.children, directory.contacts);
    let over = clocks.iter().filter(|clock| clock.is_over());
    over.map(|clock| {
        Finding::new(&RULE, directory.path(clock.child), Place::File)
            .with("since", clock.since)
            .with("days", clock.days)
            .with("bound", clock.bound)
    })
    .collect()
}
