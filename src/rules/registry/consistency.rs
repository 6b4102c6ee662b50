//! What cannot be together: within one record in `record`, `child` and `order`, between records in `across`.

use super::{Group, Rule};
use crate::diagnostic::Level;
use crate::rules::examples::{CHILD, Content::Text, Example, INCIDENT, at, child, incident};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "before-birth",
        group: Group::Consistency,
        level: Level::Error,
        has_fix: false,
        reason: "rule-before-birth-reason",
        breaks: Example(&[(
            "awards/2015-11/2015-11-10-w7k3m9q.toml",
            Text("date = 2015-11-10\nchild = \"c4t8w2z\"\ntitle = \"三好学生\"\n"),
        )]),
        reported: at("awards/2015-11/2015-11-10-w7k3m9q.toml", 2, 9),
        keeps: Example(&[(
            "awards/2025-11/2025-11-10-w7k3m9q.toml",
            Text("date = 2025-11-10\nchild = \"c4t8w2z\"\ntitle = \"三好学生\"\n"),
        )]),
    },
    Rule {
        name: "after-leaving",
        group: Group::Consistency,
        level: Level::Error,
        has_fix: false,
        reason: "rule-after-leaving-reason",
        breaks: Example(&[(
            "awards/2025-09/2025-09-11-w7k3m9q.toml",
            Text("date = 2025-09-11\nchild = \"c5d9x3y\"\ntitle = \"三好学生\"\n"),
        )]),
        reported: at("awards/2025-09/2025-09-11-w7k3m9q.toml", 2, 9),
        keeps: Example(&[(
            "awards/2025-09/2025-09-10-w7k3m9q.toml",
            Text("date = 2025-09-10\nchild = \"c5d9x3y\"\ntitle = \"三好学生\"\n"),
        )]),
    },
    Rule {
        name: "end-before-start",
        group: Group::Consistency,
        level: Level::Error,
        has_fix: false,
        reason: "rule-end-before-start-reason",
        breaks: Example(&[(
            "pairings/2025-09/2025-09-05-p7k3m9q.toml",
            Text(
                "child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\nuntil = 2025-09-04\n",
            ),
        )]),
        reported: at("pairings/2025-09/2025-09-05-p7k3m9q.toml", 5, 9),
        keeps: Example(&[(
            "pairings/2025-09/2025-09-05-p7k3m9q.toml",
            Text(
                "child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\nuntil = 2025-09-05\n",
            ),
        )]),
    },
    Rule {
        name: "duplicate-child",
        group: Group::Consistency,
        level: Level::Error,
        has_fix: false,
        reason: "rule-duplicate-child-reason",
        breaks: Example(&[("children/c6e0y4z.toml", Text(child!(;)))]),
        reported: at("children/c6e0y4z.toml", 1, 8),
        keeps: Example(&[(
            "children/c6e0y4z.toml",
            Text(
                "name = \"安安\"\ngender = \"female\"\nbirth_date = 2015-11-21\n[left]\ndate = 2025-09-10\nreason = \"moved\"\n",
            ),
        )]),
    },
    Rule {
        name: "overlapping-pairing",
        group: Group::Consistency,
        level: Level::Error,
        has_fix: false,
        reason: "rule-overlapping-pairing-reason",
        breaks: Example(&[
            (
                "pairings/2025-09/2025-09-05-p7k3m9q.toml",
                Text(
                    "child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\nuntil = 2025-10-01\n",
                ),
            ),
            (
                "pairings/2025-10/2025-10-01-p7k3m9q.toml",
                Text(
                    "child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-10-01\n",
                ),
            ),
        ]),
        reported: at("pairings/2025-10/2025-10-01-p7k3m9q.toml", 4, 9),
        keeps: Example(&[
            (
                "pairings/2025-09/2025-09-05-p7k3m9q.toml",
                Text(
                    "child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\nuntil = 2025-09-30\n",
                ),
            ),
            (
                "pairings/2025-10/2025-10-01-p7k3m9q.toml",
                Text(
                    "child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-10-01\n",
                ),
            ),
        ]),
    },
    Rule {
        name: "overlapping-terms",
        group: Group::Consistency,
        level: Level::Error,
        has_fix: false,
        reason: "rule-overlapping-terms-reason",
        breaks: Example(&[(
            "terms/2025-2026-2.toml",
            Text("name = \"2026年春季学期\"\nstart = 2026-01-20\nend = 2026-07-05\n"),
        )]),
        reported: at("terms/2025-2026-2.toml", 2, 9),
        keeps: Example(&[(
            "terms/2025-2026-2.toml",
            Text("name = \"2026年春季学期\"\nstart = 2026-02-20\nend = 2026-07-05\n"),
        )]),
    },
    Rule {
        name: "attendance-too-small",
        group: Group::Consistency,
        level: Level::Error,
        has_fix: false,
        reason: "rule-attendance-too-small-reason",
        breaks: Example(&[(
            "activities/2025-10/2025-10-13-a7k3m9q.toml",
            Text(
                "date = 2025-10-13\ntitle = \"防溺水教育\"\ntheme = \"safety\"\nchildren = [\"c4t8w2z\"]\nattendance = { children = 0 }\nsummary = \"讲解。\"\n",
            ),
        )]),
        reported: at("activities/2025-10/2025-10-13-a7k3m9q.toml", 5, 27),
        keeps: Example(&[(
            "activities/2025-10/2025-10-13-a7k3m9q.toml",
            Text(
                "date = 2025-10-13\ntitle = \"防溺水教育\"\ntheme = \"safety\"\nchildren = [\"c4t8w2z\"]\nattendance = { children = 40 }\nsummary = \"讲解。\"\n",
            ),
        )]),
    },
    Rule {
        name: "fund-overdrawn",
        group: Group::Consistency,
        level: Level::Error,
        has_fix: false,
        reason: "rule-fund-overdrawn-reason",
        breaks: Example(&[(
            "funds/2025-10/2025-10-20-f7k3m9q.toml",
            Text("date = 2025-10-20\ndirection = \"out\"\namount = \"10.00\"\nsource = \"慰问\"\n"),
        )]),
        reported: at("funds/2025-10/2025-10-20-f7k3m9q.toml", 3, 10),
        keeps: Example(&[(
            "funds/2025-10/2025-10-20-f7k3m9q.toml",
            Text("date = 2025-10-20\ndirection = \"in\"\namount = \"10.00\"\nsource = \"义卖\"\n"),
        )]),
    },
    Rule {
        name: "unreported-harm",
        group: Group::Consistency,
        level: Level::Error,
        has_fix: false,
        reason: "rule-unreported-harm-reason",
        breaks: Example(&[(
            INCIDENT,
            Text(incident!("abuse" "reported = 2025-11-02T10:27:00\n")),
        )]),
        reported: at(INCIDENT, 2, 8),
        keeps: Example(&[(
            INCIDENT,
            Text(incident!("abuse" "reported = 2025-11-02T10:27:00\nreported_to = [\"派出所\"]\n")),
        )]),
    },
    Rule {
        name: "future-date",
        group: Group::Consistency,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-future-date-reason",
        breaks: Example(&[(
            "visits/2025-11/2025-11-13-v7k3m9q.toml",
            Text(
                "date = 2025-11-13\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nsummary = \"家访。\"\n",
            ),
        )]),
        reported: at("visits/2025-11/2025-11-13-v7k3m9q.toml", 1, 8),
        keeps: Example(&[(
            "visits/2025-11/2025-11-12-v7k3m9q.toml",
            Text(
                "date = 2025-11-12\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nsummary = \"家访。\"\n",
            ),
        )]),
    },
    Rule {
        name: "unsorted-entries",
        group: Group::Consistency,
        level: Level::Warning,
        has_fix: true,
        reason: "rule-unsorted-entries-reason",
        breaks: Example(&[(
            CHILD,
            Text(child!(; "\n[[enrolment]]\nsince = 2021-09-01\nclass = \"2022-2\"\n")),
        )]),
        reported: at(CHILD, 25, 9),
        keeps: Example(&[(
            CHILD,
            Text(child!(; "\n[[enrolment]]\nsince = 2023-09-01\nclass = \"2022-2\"\n")),
        )]),
    },
    Rule {
        name: "id-number-mismatch",
        group: Group::Consistency,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-id-number-mismatch-reason",
        breaks: Example(&[(CHILD, Text(child!("id_number = \"000000194912310027\"\n";)))]),
        reported: at(CHILD, 5, 13),
        keeps: Example(&[(CHILD, Text(child!("id_number = \"000000201511200022\"\n";)))]),
    },
    Rule {
        name: "lent-more-than-held",
        group: Group::Consistency,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-lent-more-than-held-reason",
        breaks: Example(&[(
            "loans/2025-10/2025-10-13-l7k3m9q.toml",
            Text("date = 2025-10-13\nitem = \"跳绳\"\nquantity = 3\nchild = \"c4t8w2z\"\n"),
        )]),
        reported: at("loans/2025-10/2025-10-13-l7k3m9q.toml", 2, 8),
        keeps: Example(&[(
            "loans/2025-10/2025-10-13-l7k3m9q.toml",
            Text("date = 2025-10-13\nitem = \"跳绳\"\nquantity = 2\nchild = \"c4t8w2z\"\n"),
        )]),
    },
];
