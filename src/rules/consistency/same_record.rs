//! `same-record`: two records are identical except for their ids.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::example::{Content::File, Example, VISIT, in_file, visit};
use crate::diagnostic::{Finding, Group, Place, Rule, Scope, Severity};
use crate::model::{EntryRef, Id, Kind, table_of, with_kind};
use crate::rules::check::{Check, Directory};
use crate::store::decode::{self, Prose};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "same-record",
    group: Group::Consistency,
    severity: Severity::Warning,
    scope: Scope::Directory,
    fixable: false,
    reason: Text::new(
        "同一件事登记了两次，数字就会多算一次。",
        "An event that is recorded twice is counted twice.",
    ),
    message: Text::new(
        "除编号以外，与 { $other } 完全相同",
        "identical to { $other } except for the id",
    ),
    help: Some(Text::new(
        "是重复登记就删去其中一份；确是两件事，就在内容里写明区别",
        "if it is a duplicate, delete one of them; if there were two events, describe the difference",
    )),
    breaks: Example(&[
        (VISIT, File(visit!())),
        (
            "visits/2025-10/2025-10-12-v8k3m9q.toml",
            File(concat!("# 又一次\n", visit!())),
        ),
    ]),
    expected: in_file("visits/2025-10/2025-10-12-v8k3m9q.toml"),
    keeps: Example(&[(
        "visits/2025-10/2025-10-12-v8k3m9q.toml",
        File(visit!("minutes = 20\n")),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Directory(&[], check)];

/// Returns a hash of fields that duplicates have in common; none for kinds with their own rule on duplicates.
pub(in crate::rules) fn key(id: Id, record: EntryRef<'_>) -> Option<u64> {
    use std::hash::{BuildHasher, Hash, Hasher};
    if matches!(id.kind(), Kind::Term | Kind::Child | Kind::Pairing) {
        return None;
    }
    let mut hasher = foldhash::fast::FixedState::default().build_hasher();
    (id.kind(), record.day()).hash(&mut hasher);
    if let EntryRef::Helper(helper) = record {
        helper.name.hash(&mut hasher);
    }
    record.references(&mut |_, id| id.hash(&mut hasher));
    Some(hasher.finish())
}

fn check(directory: &Directory<'_>) -> Vec<Finding> {
    let groups = directory.alike.chunk_by(|a, b| a.0 == b.0);
    let mut findings = Vec::new();
    for group in groups.filter(|group| group.len() > 1) {
        // The texts are only read for these few candidates.
        let mut seen: HashMap<String, Id> = HashMap::new();
        for (_, id) in group {
            let text = directory.store.text(&directory.path(*id));
            let Some(content) = text.ok().and_then(|text| content(*id, &text)) else {
                continue;
            };
            match seen.entry(content) {
                Entry::Occupied(other) => {
                    let finding = Finding::new(&RULE, directory.path(*id), Place::File);
                    findings.push(finding.with("other", other.get()));
                }
                Entry::Vacant(place) => {
                    place.insert(*id);
                }
            }
        }
    }
    findings
}

/// Returns the content of a record in a canonical form.
fn content(id: Id, text: &str) -> Option<String> {
    with_kind!(id.kind(), K => {
        let record = decode::decode::<K>(text, Prose::Keep)?;
        Some(table_of(&record).to_string())
    })
}
