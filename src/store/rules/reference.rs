//! Rules on references to records.

use crate::diagnostic::example::{Content::File, Example, VISIT, at, visit};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::text::Text;

/// `unknown-child`
pub static UNKNOWN_CHILD: Rule = Rule {
    name: "unknown-child",
    group: Group::Reference,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "引用了不存在的儿童，这条记录就不属于任何人。",
        "A record that refers to an unknown child counts for nobody.",
    ),
    message: Text::new("没有编号为 { $id } 的儿童", "there is no child { $id }"),
    help: None,
    breaks: Example(&[(
        VISIT,
        File(
            r#"date = 2025-10-12
mode = "home"
children = ["c4t8w2y"]
by = ["h7k3m9q"]
summary = "家访。"
"#,
        ),
    )]),
    expected: at(VISIT, 3, 13),
    keeps: Example(&[(VISIT, File(visit!()))]),
};

/// `unknown-helper`
pub static UNKNOWN_HELPER: Rule = Rule {
    name: "unknown-helper",
    group: Group::Reference,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "引用了不存在的帮扶人，工作量就算不到人。",
        "The work of an unknown helper counts for nobody.",
    ),
    message: Text::new("没有编号为 { $id } 的帮扶人", "there is no helper { $id }"),
    help: None,
    breaks: Example(&[(
        VISIT,
        File(
            r#"date = 2025-10-12
mode = "home"
children = ["c4t8w2z"]
by = ["h0000000"]
summary = "家访。"
"#,
        ),
    )]),
    expected: at(VISIT, 4, 7),
    keeps: Example(&[(VISIT, File(visit!()))]),
};

/// `unknown-record`
pub static UNKNOWN_RECORD: Rule = Rule {
    name: "unknown-record",
    group: Group::Reference,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "引用了不存在的记录，两边就对不上，如支出和它支付的资助。",
        "References between records must match, such as that of an expense to the aid that it paid for.",
    ),
    message: Text::new("没有编号为 { $id } 的记录", "there is no record { $id }"),
    help: None,
    breaks: Example(&[(
        "funds/2025-10/2025-10-20-f7k3m9q.toml",
        File(
            r#"date = 2025-10-20
direction = "in"
amount = "10.00"
source = "义卖"
aid = "2025-10-20-d0000000"
"#,
        ),
    )]),
    expected: at("funds/2025-10/2025-10-20-f7k3m9q.toml", 5, 7),
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

pub(in crate::store) const MALFORMED: Text = Text::new(
    "{ $field } 的“{ $found }”不是编号（{ $kind }）",
    "{ $field }: “{ $found }” is not the id of a { $kind }",
);

pub(in crate::store) const MALFORMED_HELP: Text = Text::new(
    "用 cuncao list { $kind } 查编号",
    "cuncao list { $kind } shows the ids",
);
