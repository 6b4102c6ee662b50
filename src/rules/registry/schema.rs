//! What a field may hold: found while a file is read (`store::check`); numbers and phones by `child::number` and `Case::phone`.

use super::{Group, Rule};
use crate::diagnostic::Level;
use crate::rules::examples::{CHILD, Content::Text, Example, VISIT, at, child, visit};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "missing-field",
        group: Group::Schema,
        level: Level::Error,
        has_fix: false,
        reason: "rule-missing-field-reason",
        breaks: Example(&[(
            VISIT,
            Text(
                "date = 2025-10-12\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\n",
            ),
        )]),
        reported: at(VISIT, 1, 1),
        keeps: Example(&[(VISIT, Text(visit!()))]),
    },
    Rule {
        name: "unknown-field",
        group: Group::Schema,
        level: Level::Error,
        has_fix: false,
        reason: "rule-unknown-field-reason",
        breaks: Example(&[(
            VISIT,
            Text(visit!("team = { organisation = \"镇妇联\", peple = 3 }\n")),
        )]),
        reported: at(VISIT, 6, 32),
        keeps: Example(&[(
            VISIT,
            Text(visit!("team = { organisation = \"镇妇联\", people = 3 }\n")),
        )]),
    },
    Rule {
        name: "wrong-type",
        group: Group::Schema,
        level: Level::Error,
        has_fix: true,
        reason: "rule-wrong-type-reason",
        breaks: Example(&[(VISIT, Text(visit!("recorded = \"2025-10-13\"\n")))]),
        reported: at(VISIT, 6, 12),
        keeps: Example(&[(VISIT, Text(visit!("recorded = 2025-10-13\n")))]),
    },
    Rule {
        name: "unknown-value",
        group: Group::Schema,
        level: Level::Error,
        has_fix: true,
        reason: "rule-unknown-value-reason",
        breaks: Example(&[(VISIT, Text(visit!("topics = [\"studdy\"]\n")))]),
        reported: at(VISIT, 6, 11),
        keeps: Example(&[(VISIT, Text(visit!("topics = [\"study\"]\n")))]),
    },
    Rule {
        name: "bad-id-number",
        group: Group::Schema,
        level: Level::Error,
        has_fix: false,
        reason: "rule-bad-id-number-reason",
        breaks: Example(&[(CHILD, Text(child!("id_number = \"000000201511200021\"\n";)))]),
        reported: at(CHILD, 5, 13),
        keeps: Example(&[(CHILD, Text(child!("id_number = \"000000201511200022\"\n";)))]),
    },
    Rule {
        name: "bad-amount",
        group: Group::Schema,
        level: Level::Error,
        has_fix: false,
        reason: "rule-bad-amount-reason",
        breaks: Example(&[(
            "aid/2025-10/2025-10-20-d7k3m9q.toml",
            Text(
                "date = 2025-10-20\nkind = \"money\"\nchildren = [\"c4t8w2z\"]\namount = \"三百\"\nsource = \"镇妇联\"\n",
            ),
        )]),
        reported: at("aid/2025-10/2025-10-20-d7k3m9q.toml", 4, 10),
        keeps: Example(&[(
            "aid/2025-10/2025-10-20-d7k3m9q.toml",
            Text(
                "date = 2025-10-20\nkind = \"money\"\nchildren = [\"c4t8w2z\"]\namount = \"300.00\"\nsource = \"镇妇联\"\n",
            ),
        )]),
    },
    Rule {
        name: "control-character",
        group: Group::Schema,
        level: Level::Error,
        has_fix: false,
        reason: "rule-control-character-reason",
        breaks: Example(&[(VISIT, Text(visit!("needs = \"红\\u001b[31m色\"\n")))]),
        reported: at(VISIT, 6, 9),
        keeps: Example(&[(VISIT, Text(visit!("needs = \"红色\"\n")))]),
    },
    Rule {
        name: "bad-phone",
        group: Group::Schema,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-bad-phone-reason",
        breaks: Example(&[(
            CHILD,
            Text(
                child!(; "\n[[guardianship]]\nsince = 2025-10-01\naway = \"both\"\nkind = \"grandparents\"\n" "guardian = { name = \"李秀英\", relation = \"奶奶\", phone = \"139000\" }\n"),
            ),
        )]),
        reported: at(CHILD, 28, 53),
        keeps: Example(&[(
            CHILD,
            Text(
                child!(; "\n[[guardianship]]\nsince = 2025-10-01\naway = \"both\"\nkind = \"grandparents\"\n" "guardian = { name = \"李秀英\", relation = \"奶奶\", phone = \"13900000001\" }\n"),
            ),
        )]),
    },
];
