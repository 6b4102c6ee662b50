//! `fund-overdrawn`: the expenses exceed the fund.

use crate::diagnostic::example::{Content::File, Example, at};
use crate::diagnostic::{Finding, Group, Rule, Scope, Severity};
use crate::model::fund::Direction;
use crate::model::{FieldPath, Kind, Money};
use crate::rules::check::{Check, Directory};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "fund-overdrawn",
    group: Group::Consistency,
    severity: Severity::Error,
    scope: Scope::Total,
    fixable: false,
    reason: Text::new(
        "账上没有的钱不可能支出，多半漏记了收入。",
        "Money that the fund does not have cannot be spent: an income is probably missing.",
    ),
    message: Text::new(
        "账上只有 { $balance } 元",
        "the fund had only { $balance } yuan",
    ),
    help: None,
    breaks: Example(&[(
        "funds/2025-10/2025-10-20-f7k3m9q.toml",
        File(
            r#"date = 2025-10-20
direction = "out"
amount = "10.00"
source = "慰问"
"#,
        ),
    )]),
    expected: at("funds/2025-10/2025-10-20-f7k3m9q.toml", 3, 10),
    keeps: Example(&[(
        "funds/2025-10/2025-10-20-f7k3m9q.toml",
        File(
            r#"date = 2025-10-20
direction = "in"
amount = "10.00"
source = "义卖"
"#,
        ),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Directory(&[Kind::Fund], check)];

/// Income counts before the expenses of the same day.
fn check(directory: &Directory<'_>) -> Vec<Finding> {
    let mut funds: Vec<_> = directory.records.funds.iter().collect();
    funds.sort_by_key(|fund| (fund.date, fund.direction == Direction::Out, fund.id));
    let mut balance: i64 = 0;
    let mut findings = Vec::new();
    for fund in funds {
        let amount = fund.amount.fen();
        let before = balance;
        balance = balance.saturating_add(match fund.direction {
            Direction::In => amount,
            Direction::Out => amount.saturating_neg(),
        });
        if balance < 0 && before >= 0 {
            let finding = directory.at(&RULE, fund.id, FieldPath::key("amount"));
            findings.push(finding.with("balance", Money::of_fen(before)));
        }
    }
    findings
}
