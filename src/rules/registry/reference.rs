//! Who and what a record names: `across::references`, and `Case::file` for files.

use super::{Group, Rule};
use crate::diagnostic::Level;
use crate::rules::examples::{Content::Text, Example, VISIT, at, visit};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "unknown-child",
        group: Group::Reference,
        level: Level::Error,
        has_fix: false,
        reason: "rule-unknown-child-reason",
        breaks: Example(&[(
            VISIT,
            Text(
                "date = 2025-10-12\nmode = \"home\"\nchildren = [\"c4t8w2y\"]\nby = [\"h7k3m9q\"]\nsummary = \"家访。\"\n",
            ),
        )]),
        reported: at(VISIT, 3, 13),
        keeps: Example(&[(VISIT, Text(visit!()))]),
    },
    Rule {
        name: "unknown-helper",
        group: Group::Reference,
        level: Level::Error,
        has_fix: false,
        reason: "rule-unknown-helper-reason",
        breaks: Example(&[(
            VISIT,
            Text(
                "date = 2025-10-12\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h0000000\"]\nsummary = \"家访。\"\n",
            ),
        )]),
        reported: at(VISIT, 4, 7),
        keeps: Example(&[(VISIT, Text(visit!()))]),
    },
    Rule {
        name: "unknown-aid",
        group: Group::Reference,
        level: Level::Error,
        has_fix: false,
        reason: "rule-unknown-aid-reason",
        breaks: Example(&[(
            "funds/2025-10/2025-10-20-f7k3m9q.toml",
            Text(
                "date = 2025-10-20\ndirection = \"in\"\namount = \"10.00\"\nsource = \"义卖\"\naid = \"2025-10-20-d0000000\"\n",
            ),
        )]),
        reported: at("funds/2025-10/2025-10-20-f7k3m9q.toml", 5, 7),
        keeps: Example(&[(
            "funds/2025-10/2025-10-20-f7k3m9q.toml",
            Text("date = 2025-10-20\ndirection = \"in\"\namount = \"10.00\"\nsource = \"义卖\"\n"),
        )]),
    },
    Rule {
        name: "unknown-file",
        group: Group::Reference,
        level: Level::Error,
        has_fix: false,
        reason: "rule-unknown-file-reason",
        breaks: Example(&[(
            "documents/2025-09/2025-09-10-o7k3m9q.toml",
            Text(
                "date = 2025-09-10\nkind = \"plan\"\ntitle = \"工作计划\"\nfile = \"plans/missing.docx\"\n",
            ),
        )]),
        reported: at("documents/2025-09/2025-09-10-o7k3m9q.toml", 4, 8),
        keeps: Example(&[(
            "documents/2025-09/2025-09-10-o7k3m9q.toml",
            Text(
                "date = 2025-09-10\nkind = \"plan\"\ntitle = \"工作计划\"\nfile = \"cuncao.toml\"\n",
            ),
        )]),
    },
];
