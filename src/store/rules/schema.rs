//! Rules on the values of fields.

use crate::diagnostic::example::{Content::File, Example, VISIT, at, visit};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::text::Text;

/// `missing-field`
pub static MISSING_FIELD: Rule = Rule {
    name: "missing-field",
    group: Group::Schema,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "缺了这些字段，记录就无法计数。",
        "Without these fields a record cannot be counted.",
    ),
    message: Text::new("缺少{ $label }（{ $field }）", "{ $field } is missing"),
    help: Some(Text::new("加上一行：{ $line }", "add a line: { $line }")),
    breaks: Example(&[(
        VISIT,
        File(
            r#"date = 2025-10-12
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
"#,
        ),
    )]),
    expected: at(VISIT, 1, 1),
    keeps: Example(&[(VISIT, File(visit!()))]),
};

/// `unknown-field`
pub static UNKNOWN_FIELD: Rule = Rule {
    name: "unknown-field",
    group: Group::Schema,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "写错名字的字段等于没有写。",
        "A field with a misspelt name has no effect.",
    ),
    message: Text::new("没有 { $field } 这个字段", "there is no field { $field }"),
    help: Some(Text::new(
        "可用的字段：{ $known }",
        "the fields are: { $known }",
    )),
    breaks: Example(&[(
        VISIT,
        File(visit!(
            r#"team = { organisation = "镇妇联", peple = 3 }
"#
        )),
    )]),
    expected: at(VISIT, 6, 32),
    keeps: Example(&[(
        VISIT,
        File(visit!(
            r#"team = { organisation = "镇妇联", people = 3 }
"#
        )),
    )]),
};

/// `wrong-type`
pub static WRONG_TYPE: Rule = Rule {
    name: "wrong-type",
    group: Group::Schema,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: true,
    reason: Text::new(
        "日期、数字、列表各有写法，写错了就无法比较和相加。",
        "Values of a wrong type cannot be compared or added up.",
    ),
    message: Text {
        zh: r#"{ $label }（{ $field }）应当是{ $expected ->
    [number] 整数
    [truth] true 或 false
    [date] 日期
    [date-time] 日期时间
    [time] 时间
    [bounds] 整数，或 [最少, 最多]
    [list] 列表
    [table] 表
    [tables] [[表]]
    [goal] 整数或百分比
   *[text] 文字
}，这里是{ $found ->
    [string] 文字
    [integer] 整数
    [float] 小数
    [boolean] true 或 false
    [datetime] 日期或时间
    [array] 列表
   *[table] 表
}"#,
        en: r#"{ $field } should be { $expected ->
    [number] a whole number
    [truth] true or false
    [date] a date
    [date-time] a date and time
    [time] a time of day
    [bounds] a whole number, or [minimum, maximum]
    [list] a list
    [table] a table
    [tables] [[tables]]
    [goal] a whole number or a percentage
   *[text] a text
}, but is { $found ->
    [string] a text
    [integer] a whole number
    [float] a number with a decimal point
    [boolean] true or false
    [datetime] a date or time
    [array] a list
   *[table] a table
}"#,
    },
    help: Some(Text::new("写成：{ $line }", "write: { $line }")),
    breaks: Example(&[(
        VISIT,
        File(visit!(
            r#"recorded = "2025-10-13"
"#
        )),
    )]),
    expected: at(VISIT, 6, 12),
    keeps: Example(&[(
        VISIT,
        File(visit!(
            r#"recorded = 2025-10-13
"#
        )),
    )]),
};

/// `unknown-value`
pub static UNKNOWN_VALUE: Rule = Rule {
    name: "unknown-value",
    group: Group::Schema,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: true,
    reason: Text::new(
        "固定的几种值才能分类统计。",
        "Only fixed values can be counted by group.",
    ),
    message: Text::new(
        "{ $label }（{ $field }）不能是“{ $found }”",
        "{ $field } cannot be “{ $found }”",
    ),
    help: Some(Text::new(
        "可用的值：{ $known }",
        "the values are: { $known }",
    )),
    breaks: Example(&[(
        VISIT,
        File(visit!(
            r#"topics = ["studdy"]
"#
        )),
    )]),
    expected: at(VISIT, 6, 11),
    keeps: Example(&[(
        VISIT,
        File(visit!(
            r#"topics = ["study"]
"#
        )),
    )]),
};

/// `bad-amount`
pub static BAD_AMOUNT: Rule = Rule {
    name: "bad-amount",
    group: Group::Schema,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "金额用文字写明元和角分，相加才不差一分。",
        "Amounts written as decimal strings add up exactly.",
    ),
    message: Text::new(
        "{ $field } 的“{ $found }”不是金额",
        "{ $field }: “{ $found }” is not an amount",
    ),
    help: Some(Text {
        zh: r#"以元为单位，写在引号里，最多两位小数："300.00""#,
        en: r#"in yuan, in quotes, with two decimals at most: "300.00""#,
    }),
    breaks: Example(&[(
        "aid/2025-10/2025-10-20-d7k3m9q.toml",
        File(
            r#"date = 2025-10-20
kind = "money"
children = ["c4t8w2z"]
amount = "三百"
source = "镇妇联"
"#,
        ),
    )]),
    expected: at("aid/2025-10/2025-10-20-d7k3m9q.toml", 4, 10),
    keeps: Example(&[(
        "aid/2025-10/2025-10-20-d7k3m9q.toml",
        File(
            r#"date = 2025-10-20
kind = "money"
children = ["c4t8w2z"]
amount = "300.00"
source = "镇妇联"
"#,
        ),
    )]),
};

/// `control-character`
pub static CONTROL_CHARACTER: Rule = Rule {
    name: "control-character",
    group: Group::Schema,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "看不见的字符会扰乱终端和报告。",
        "Invisible characters corrupt terminal output and reports.",
    ),
    message: Text::new(
        "{ $field } 里有看不见的控制字符 { $character }",
        "{ $field } contains the invisible control character { $character }",
    ),
    help: Some(Text::new(
        "删掉它，重新输入这段文字",
        "delete it and retype the text",
    )),
    breaks: Example(&[(
        VISIT,
        File(visit!(
            r#"needs = "红\u001b[31m色"
"#
        )),
    )]),
    expected: at(VISIT, 6, 9),
    keeps: Example(&[(
        VISIT,
        File(visit!(
            r#"needs = "红色"
"#
        )),
    )]),
};

pub(crate) const NEAREST: Text =
    Text::new("是不是想写 { $nearest }？", "did you mean { $nearest }?");

pub(in crate::store) const EXAMPLE: Text =
    Text::new("例如 { $example }", "for example { $example }");

pub(in crate::store) const QUOTED: Text =
    Text::new("去掉引号：{ $literal }", "remove the quotes: { $literal }");

pub(in crate::store) const UNREADABLE: Text =
    Text::new("读不懂：{ $fault }", "cannot be parsed: { $fault }");

pub(in crate::store) const UNREADABLE_HELP: Text = Text::new(
    "用 cuncao schema 查看这个字段的写法",
    "cuncao schema shows how the field is written",
);

pub(crate) const RULES: Text = Text::new(
    "cuncao validate --rules 列出全部规则",
    "cuncao validate --rules lists the rules",
);
