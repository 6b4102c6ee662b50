//! Dated entries that are not in the order of their days.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

use super::record::Case;
use crate::diagnostic::{Finding, Fix, Message, Place};
use crate::model::FieldPath;
use crate::model::child::Child;

/// The lists of a child's file whose entries begin on a day.
const LISTS: [&str; 3] = ["enrolment", "guardianship", "priority"];

pub(super) fn entries(case: &mut Case<'_>, child: &Child) {
    let days = [
        child
            .enrolment
            .iter()
            .map(|entry| entry.since.0)
            .collect::<Vec<_>>(),
        child
            .guardianship
            .iter()
            .map(|entry| entry.since.0)
            .collect(),
        child.priority.iter().map(|entry| entry.since.0).collect(),
    ];
    for (list, days) in LISTS.into_iter().zip(days) {
        let Some(at) = days.windows(2).position(|pair| pair[1] < pair[0]) else {
            continue;
        };
        let message = Message::new("rule-unsorted-entries")
            .with("list", list)
            .with("day", days[at + 1])
            .with("before", days[at]);
        let place = Place::Field(FieldPath::key(list).at(at + 1).then("since"));
        let mut finding = Finding::new("unsorted-entries", (case.path)(), place, message);
        finding.fix = sorted(case.text, list).map(Fix::Rewrite);
        case.findings.push(finding);
    }
}

/// The text with the entries of a list in the order of their days; each goes with the comments above it. None where
/// an entry is more than one block of lines, so that moving it takes a person.
fn sorted(text: &str, list: &str) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let Item::ArrayOfTables(tables) = document.get(list)? else {
        return None;
    };
    let mut entries: Vec<Table> = tables.iter().cloned().collect();
    let is_one_block = |table: &Table| table.iter().all(|(_, item)| item.is_value());
    if !entries.iter().all(is_one_block) {
        return None;
    }
    let positions: Vec<_> = entries.iter().map(Table::position).collect();
    // Days of the same form sort as their text does.
    entries.sort_by_key(|entry| {
        entry
            .get("since")
            .map(|since| since.to_string().trim().to_owned())
    });
    let mut sorted = ArrayOfTables::new();
    for (mut entry, position) in entries.into_iter().zip(positions) {
        entry.set_position(position);
        sorted.push(entry);
    }
    document.insert(list, Item::ArrayOfTables(sorted));
    let after = document.to_string();
    (after != text).then_some(after)
}
