//! `lent-more-than-held`: more items are on loan than the school has.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::diagnostic::example::{Content::File, Example, at};
use crate::diagnostic::{Finding, Group, Rule, Scope, Severity};
use crate::model::{FieldPath, Id, Kind, folded};
use crate::rules::check::{Check, Directory};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "lent-more-than-held",
    group: Group::Consistency,
    severity: Severity::Warning,
    scope: Scope::Directory,
    fixable: false,
    reason: Text::new(
        "借出的不会多于学校所有的，归还可能漏记了。",
        "More cannot be lent than there is: the record of a return may be missing.",
    ),
    message: Text::new(
        "借出 { $lent } 件，学校只有 { $held } 件",
        "{ $lent } on loan, but the school has { $held }",
    ),
    help: None,
    breaks: Example(&[(
        "loans/2025-10/2025-10-13-l7k3m9q.toml",
        File(
            r#"date = 2025-10-13
item = "跳绳"
quantity = 3
child = "c4t8w2z"
"#,
        ),
    )]),
    expected: at("loans/2025-10/2025-10-13-l7k3m9q.toml", 2, 8),
    keeps: Example(&[(
        "loans/2025-10/2025-10-13-l7k3m9q.toml",
        File(
            r#"date = 2025-10-13
item = "跳绳"
quantity = 2
child = "c4t8w2z"
"#,
        ),
    )]),
};

/// The message for an item that the settings do not list.
static UNLISTED: Text = Text::new(
    "cuncao.toml 的 [[equipment]] 里没有“{ $item }”",
    "[[equipment]] in cuncao.toml has no “{ $item }”",
);

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Directory(&[Kind::Loan], check)];

/// An item that is returned can be lent again on the same day.
fn check(directory: &Directory<'_>) -> Vec<Finding> {
    if !directory.is_school_known {
        return Vec::new();
    }
    let mut held: HashMap<String, i64> = HashMap::new();
    for equipment in &directory.school.equipment {
        *held.entry(folded(&equipment.name)).or_default() += i64::from(equipment.quantity);
    }
    let mut turns: Vec<(String, NaiveDate, i64, Id)> = Vec::new();
    for loan in &directory.records.loans {
        let (item, date) = (folded(&loan.item), loan.date.0);
        let quantity = i64::from(loan.quantity.unwrap_or(1));
        if let Some(returned) = loan.returned {
            turns.push((item.clone(), returned.0.max(date), -quantity, loan.id));
        }
        turns.push((item, date, quantity, loan.id));
    }
    turns.sort_unstable();
    let mut findings = Vec::new();
    for turns in turns.chunk_by(|a, b| a.0 == b.0) {
        let is_listed = held.contains_key(&turns[0].0);
        let held = held.get(&turns[0].0).copied().unwrap_or(0);
        let mut lent = 0;
        for (_, _, quantity, id) in turns {
            lent += quantity;
            if *quantity > 0 && lent > held {
                let finding = directory.at(&RULE, *id, FieldPath::key("item"));
                let finding = if is_listed {
                    finding.with("lent", lent).with("held", held)
                } else {
                    let loan = directory.records.loans.get(*id);
                    let item = loan.map_or(String::new(), |loan| loan.item.clone());
                    finding.says(&UNLISTED).with("item", item)
                };
                findings.push(finding);
            }
        }
    }
    findings
}
