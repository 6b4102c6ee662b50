//! What the school owes its children: of one record in `record` and `child`, of all together in `care`.

use super::{Group, Rule};
use crate::diagnostic::Level;
use crate::rules::examples::{
    CHILD, Content::Text, Example, HELPER, INCIDENT, SCHOOL, VISIT, at, child, incident, school,
    visit, whole,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "guardianship-missing",
        group: Group::Care,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-guardianship-missing-reason",
        breaks: Example(&[(
            "children/c6e0y4z.toml",
            Text(
                "name = \"晨晨\"\ngender = \"male\"\nbirth_date = 2015-11-21\n[consent]\nbasis = \"statutory\"\ndate = 2022-09-01\n",
            ),
        )]),
        reported: at("children/c6e0y4z.toml", 1, 1),
        keeps: Example(&[(CHILD, Text(child!(;)))]),
    },
    Rule {
        name: "unattended-child",
        group: Group::Care,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-unattended-child-reason",
        breaks: Example(&[(
            CHILD,
            Text(
                child!(; "\n[[guardianship]]\nsince = 2025-10-01\naway = \"both\"\nkind = \"unattended\"\n"),
            ),
        )]),
        reported: at(CHILD, 27, 8),
        keeps: Example(&[(
            CHILD,
            Text(
                child!(; "\n[[guardianship]]\nsince = 2025-10-01\naway = \"both\"\nkind = \"kin-or-friends\"\n"),
            ),
        )]),
    },
    Rule {
        name: "file-incomplete",
        group: Group::Care,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-file-incomplete-reason",
        breaks: Example(&[(
            CHILD,
            Text(
                "name = \"安安\"\ngender = \"female\"\nbirth_date = 2015-11-20\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\n",
            ),
        )]),
        reported: whole(CHILD),
        keeps: Example(&[(CHILD, Text(child!(;)))]),
    },
    Rule {
        name: "caseload-exceeded",
        group: Group::Care,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-caseload-exceeded-reason",
        breaks: Example(&[
            (
                "children/c6e0y4z.toml",
                Text(
                    "name = \"晨晨\"\ngender = \"male\"\nbirth_date = 2015-11-21\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\n",
                ),
            ),
            (
                "pairings/2025-09/2025-09-05-p7k3m9q.toml",
                Text(
                    "child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\n",
                ),
            ),
            (
                "pairings/2025-09/2025-09-05-p8k3m9q.toml",
                Text(
                    "child = \"c6e0y4z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\n",
                ),
            ),
        ]),
        reported: at(HELPER, 2, 8),
        keeps: Example(&[(
            "pairings/2025-09/2025-09-05-p7k3m9q.toml",
            Text(
                "child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\n",
            ),
        )]),
    },
    Rule {
        name: "recorded-late",
        group: Group::Care,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-recorded-late-reason",
        breaks: Example(&[(VISIT, Text(visit!("recorded = 2025-10-20\n")))]),
        reported: at(VISIT, 6, 12),
        keeps: Example(&[(VISIT, Text(visit!("recorded = 2025-10-19\n")))]),
    },
    Rule {
        name: "reported-late",
        group: Group::Care,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-reported-late-reason",
        breaks: Example(&[(
            INCIDENT,
            Text(incident!("injury" "reported = 2025-11-02T10:30:01\n")),
        )]),
        reported: at(INCIDENT, 6, 12),
        keeps: Example(&[(
            INCIDENT,
            Text(incident!("injury" "reported = 2025-11-02T10:30:00\n")),
        )]),
    },
    Rule {
        name: "duty-missed",
        group: Group::Care,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-duty-missed-reason",
        breaks: Example(&[(
            SCHOOL,
            Text(school!(
                "\n[[duty]]\nid = \"monthly-visits\"\ntitle = \"每月走访两次\"\nowed_to = \"child\"\ncount = 2\nperiod = \"month\"\nrecord = \"visit\"\n"
            )),
        )]),
        reported: whole("terms/2025-2026-1.toml"),
        keeps: Example(&[(
            SCHOOL,
            Text(school!(
                "\n[[duty]]\nid = \"term-visit\"\ntitle = \"每学期走访一次\"\nowed_to = \"child\"\ncount = 1\nperiod = \"term\"\nrecord = \"visit\"\n"
            )),
        )]),
    },
    Rule {
        name: "follow-up-overdue",
        group: Group::Care,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-follow-up-overdue-reason",
        breaks: Example(&[(
            VISIT,
            Text(visit!(
                "\n[[follow_up]]\nwhat = \"更换插线板\"\ndue = 2025-11-11\n"
            )),
        )]),
        reported: at(VISIT, 9, 7),
        keeps: Example(&[(
            VISIT,
            Text(visit!(
                "\n[[follow_up]]\nwhat = \"更换插线板\"\ndue = 2025-11-12\n"
            )),
        )]),
    },
];
