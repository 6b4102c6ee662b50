//! `unsorted-entries`: dated entries of a child's file are not in order.

use toml_edit::{DocumentMut, Item, Table};

use crate::diagnostic::example::{CHILD, Content::File, Example, at, child};
use crate::diagnostic::{Fix, Group, Rule, Scope, Severity};
use crate::model::{EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::store::in_order;
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unsorted-entries",
    group: Group::Consistency,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: true,
    reason: Text::new(
        "按时间排列，看的人才不会看错现状。",
        "In chronological order, nobody mistakes past entries for the current one.",
    ),
    message: Text::new(
        "{ $list } 未按日期排列：{ $day } 排在 { $before } 之后",
        "{ $list } is not sorted by date: { $day } comes after { $before }",
    ),
    help: None,
    breaks: Example(&[(
        CHILD,
        File(child!(; r#"
[[enrolment]]
since = 2021-09-01
class = "2022-2"
"#)),
    )]),
    expected: at(CHILD, 25, 9),
    keeps: Example(&[(
        CHILD,
        File(child!(; r#"
[[enrolment]]
since = 2023-09-01
class = "2022-2"
"#)),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    let EntryRef::Child(child) = case.record else {
        return;
    };
    let classes = child.enrolment.iter().map(|entry| entry.since.0);
    let care = child.guardianship.iter().map(|entry| entry.since.0);
    let priority = child.priority.iter().map(|entry| entry.since.0);
    let lists: [(&str, Vec<_>); 3] = [
        ("enrolment", classes.collect()),
        ("guardianship", care.collect()),
        ("priority", priority.collect()),
    ];
    for (list, days) in lists {
        let Some(at) = days.windows(2).position(|pair| pair[1] < pair[0]) else {
            continue;
        };
        let finding = case.at(&RULE, FieldPath::key(list).at(at + 1).then("since"));
        case.push(
            finding
                .with("list", list)
                .with("day", days[at + 1])
                .with("before", days[at])
                .fix(sorted(case.text, list).map(Fix::Rewrite)),
        );
    }
}

/// Sorts the entries of a list by date, with their comments. None if an entry has nested tables, so that it must be
/// moved by hand.
fn sorted(text: &str, list: &str) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let Item::ArrayOfTables(tables) = document.get(list)? else {
        return None;
    };
    let is_one_block = |table: &Table| table.iter().all(|(_, item)| item.is_value());
    if !tables.iter().all(is_one_block) {
        return None;
    }
    in_order::sort(document.get_mut(list)?);
    let after = document.to_string();
    (after != text).then_some(after)
}
