//! What should not be known, and by what right the rest is: `child`, and `record::helper`.

use super::{Group, Rule};
use crate::diagnostic::Level;
use crate::rules::examples::{
    CHILD, Content::Text, Example, HELPER, SCHOOL, VISIT, at, child, helper, school, visit, whole,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "id-number-in-clear",
        group: Group::Privacy,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-id-number-in-clear-reason",
        breaks: Example(&[(CHILD, Text(child!("id_number = \"000000201511200022\"\n";)))]),
        reported: at(CHILD, 5, 13),
        keeps: Example(&[(CHILD, Text(child!(;)))]),
    },
    Rule {
        name: "unsealed",
        group: Group::Privacy,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-unsealed-reason",
        breaks: Example(&[
            (
                SCHOOL,
                Text(school!(
                    "\n[seal]\nrecipients = [\"age1y2hf2hgelawp2jhqrup6jaumxfwzf4d28stxshqx6m9u4je05ayqlqq088\"]\n"
                )),
            ),
            (VISIT, Text(visit!("confidential = \"不便公开。\"\n"))),
        ]),
        reported: at(VISIT, 6, 16),
        keeps: Example(&[(VISIT, Text(visit!("confidential = \"不便公开。\"\n")))]),
    },
    Rule {
        name: "bad-recipient",
        group: Group::Privacy,
        level: Level::Error,
        has_fix: false,
        reason: "rule-bad-recipient-reason",
        breaks: Example(&[(
            SCHOOL,
            Text(school!("\n[seal]\nrecipients = [\"王老师\"]\n")),
        )]),
        reported: at(SCHOOL, 15, 15),
        keeps: Example(&[(
            SCHOOL,
            Text(school!(
                "\n[seal]\nrecipients = [\"age1y2hf2hgelawp2jhqrup6jaumxfwzf4d28stxshqx6m9u4je05ayqlqq088\"]\n"
            )),
        )]),
    },
    Rule {
        name: "no-consent",
        group: Group::Privacy,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-no-consent-reason",
        breaks: Example(&[(
            "children/c6e0y4z.toml",
            Text(
                "name = \"晨晨\"\ngender = \"male\"\nbirth_date = 2015-11-21\n[[guardianship]]\nsince = 2022-09-01\naway = \"none\"\nkind = \"one-parent\"\n",
            ),
        )]),
        reported: whole("children/c6e0y4z.toml"),
        keeps: Example(&[(CHILD, Text(child!(;)))]),
    },
    Rule {
        name: "helper-unchecked",
        group: Group::Privacy,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-helper-unchecked-reason",
        breaks: Example(&[(HELPER, Text(helper!("checked = 2024-09-01\n")))]),
        reported: at(HELPER, 3, 11),
        keeps: Example(&[(HELPER, Text(helper!("checked = 2025-09-01\n")))]),
    },
];
