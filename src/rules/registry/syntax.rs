//! Files that are no readable text: found while they are read (`store::check`, `store::surface`, `store::file`).

use super::{Group, Rule};
use crate::diagnostic::Level;
use crate::rules::examples::{
    Content::{Bytes, Folder, Repeated, Text},
    Example, VISIT, at, visit, whole,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "not-utf8",
        group: Group::Syntax,
        level: Level::Error,
        has_fix: false,
        reason: "rule-not-utf8-reason",
        // The file of a program that writes GB18030.
        breaks: Example(&[(VISIT, Bytes(b"summary = \"\xbc\xd2\xb7\xc3\"\n"))]),
        reported: at(VISIT, 1, 12),
        keeps: Example(&[(VISIT, Text(visit!()))]),
    },
    Rule {
        name: "toml-syntax",
        group: Group::Syntax,
        level: Level::Error,
        has_fix: false,
        reason: "rule-toml-syntax-reason",
        breaks: Example(&[(VISIT, Text("date = 2025-10-12\nmode = home\n"))]),
        reported: at(VISIT, 2, 8),
        keeps: Example(&[(VISIT, Text(visit!()))]),
    },
    Rule {
        name: "conflict-marker",
        group: Group::Syntax,
        level: Level::Error,
        has_fix: false,
        reason: "rule-conflict-marker-reason",
        breaks: Example(&[(
            VISIT,
            Text(visit!(
                "<<<<<<< HEAD\nminutes = 20\n=======\nminutes = 30\n>>>>>>> other\n"
            )),
        )]),
        reported: at(VISIT, 6, 1),
        keeps: Example(&[(VISIT, Text(visit!("minutes = 20\n")))]),
    },
    Rule {
        name: "too-large",
        group: Group::Syntax,
        level: Level::Error,
        has_fix: false,
        reason: "rule-too-large-reason",
        breaks: Example(&[(VISIT, Repeated("# 太长\n", 150_000))]),
        reported: whole(VISIT),
        keeps: Example(&[(VISIT, Text(visit!()))]),
    },
    Rule {
        name: "unreadable",
        group: Group::Syntax,
        level: Level::Error,
        has_fix: false,
        reason: "rule-unreadable-reason",
        breaks: Example(&[("visits/2025-10/2025-10-12-v8k3m9q.toml", Folder)]),
        reported: whole("visits/2025-10/2025-10-12-v8k3m9q.toml"),
        keeps: Example(&[("visits/2025-10/2025-10-12-v8k3m9q.toml", Text(visit!()))]),
    },
    Rule {
        name: "bom-or-crlf",
        group: Group::Syntax,
        level: Level::Warning,
        has_fix: true,
        reason: "rule-bom-or-crlf-reason",
        breaks: Example(&[(
            VISIT,
            Text(
                "date = 2025-10-12\r\nmode = \"home\"\r\nchildren = [\"c4t8w2z\"]\r\nby = [\"h7k3m9q\"]\r\nsummary = \"家访。\"\r\n",
            ),
        )]),
        reported: at(VISIT, 1, 18),
        keeps: Example(&[(VISIT, Text(visit!()))]),
    },
    Rule {
        name: "not-nfc",
        group: Group::Syntax,
        level: Level::Warning,
        has_fix: true,
        reason: "rule-not-nfc-reason",
        // The accent stands as a character of its own.
        breaks: Example(&[(VISIT, Text(visit!("needs = \"想喝cafe\u{301}\"\n")))]),
        reported: at(VISIT, 6, 15),
        keeps: Example(&[(VISIT, Text(visit!("needs = \"想喝café\"\n")))]),
    },
];
