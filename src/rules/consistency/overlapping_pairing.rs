//! `overlapping-pairing`: two pairings of the same child, helper and role overlap.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diagnostic::example::{Content::File, Example, PAIRING, at, pairing};
use crate::diagnostic::{Finding, Group, Rule, Scope, Severity};
use crate::model::pairing::Pairing;
use crate::model::{FieldPath, Kind};
use crate::rules::check::{Check, Directory};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "overlapping-pairing",
    group: Group::Consistency,
    severity: Severity::Error,
    scope: Scope::Directory,
    fixable: false,
    reason: Text::new(
        "同一结对登记了两次，应走访次数会加倍。",
        "A duplicate pairing doubles the visits that are due.",
    ),
    message: Text::new(
        "与 { $other } 是同一儿童、同一帮扶人、同一结对方式，时间重叠",
        "the same child, helper and role as { $other } at the same time",
    ),
    help: None,
    breaks: Example(&[
        (PAIRING, File(pairing!("2025-09-05" "until = 2025-10-01\n"))),
        (
            "pairings/2025-10/2025-10-01-p7k3m9q.toml",
            File(pairing!("2025-10-01")),
        ),
    ]),
    expected: at("pairings/2025-10/2025-10-01-p7k3m9q.toml", 4, 9),
    keeps: Example(&[
        (PAIRING, File(pairing!("2025-09-05" "until = 2025-09-30\n"))),
        (
            "pairings/2025-10/2025-10-01-p7k3m9q.toml",
            File(pairing!("2025-10-01")),
        ),
    ]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Directory(&[Kind::Pairing], check)];

fn check(directory: &Directory<'_>) -> Vec<Finding> {
    let mut of_pair: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for pairing in &directory.records.pairings {
        let pair = (pairing.child.id(), pairing.helper.id(), pairing.role);
        of_pair.entry(pair).or_default().push(pairing);
    }
    let mut findings = Vec::new();
    for mut pairings in of_pair.into_values() {
        pairings.sort_by_key(|pairing| (pairing.since, pairing.id));
        // The earlier pairing that ends last.
        let mut longest = pairings[0];
        for pairing in &pairings[1..] {
            if pairing.since.0 <= end(longest) {
                let finding = directory.at(&RULE, pairing.id, FieldPath::key("since"));
                let field = if longest.until.is_some() {
                    "until"
                } else {
                    "since"
                };
                findings.push(
                    finding
                        .with("other", longest.id)
                        .contradicts(directory.path(longest.id), FieldPath::key(field)),
                );
            }
            if end(pairing) > end(longest) {
                longest = pairing;
            }
        }
    }
    findings
}

fn end(pairing: &Pairing) -> NaiveDate {
    pairing.until.map_or(NaiveDate::MAX, |until| until.0)
}
