//! Tests that format the same two findings in each format.

use super::*;
use crate::diagnostic::example::{Example, in_file};
use crate::diagnostic::{Finding, Group, Message, Place, Rule, Scope, Severity};
use crate::model::FieldPath;
use crate::text::{Lang, Text};

const fn rule(name: &'static str, message: Text) -> Rule {
    Rule {
        name,
        group: Group::Schema,
        severity: Severity::Error,
        scope: Scope::File,
        fixable: false,
        reason: Text::new("因为", "because"),
        message,
        help: None,
        breaks: Example(&[]),
        expected: in_file(""),
        keeps: Example(&[]),
    }
}

static UNKNOWN_FIELD: Rule = rule(
    "unknown-field",
    Text::new("没有 { $field } 这个字段", "there is no field { $field }"),
);

static NOT_UTF8: Rule = rule(
    "not-utf8",
    Text::new(
        "第 { $line } 行起不是 UTF-8 编码（看起来是 { $guess }）",
        "not UTF-8 from line { $line } on (it looks like { $guess })",
    ),
);

const NEAREST: Text = Text::new("是不是想写 { $nearest }？", "did you mean { $nearest }?");

const TEXT: &str = "name = \"张小明\"\nminuets = 20 # 分钟\n";

/// Returns the messages, help texts and related messages of the two findings.
fn messages() -> [Message; 4] {
    let place = || Place::Span(0..0);
    let unknown = Finding::new(&UNKNOWN_FIELD, "", place())
        .help(&NEAREST)
        .with("field", "minuets")
        .with("nearest", "minutes")
        .contradicts("", FieldPath::default());
    let not_utf8 = Finding::new(&NOT_UTF8, "", place())
        .with("line", 1)
        .with("guess", "100%\nGB18030");
    let related = unknown.related[0].message.clone();
    [
        unknown.message,
        unknown.help.unwrap(),
        related,
        not_utf8.message,
    ]
}

fn diagnostics([unknown, nearest, related, not_utf8]: &[Message; 4]) -> Vec<Diagnostic<'_>> {
    let at = TEXT.find("minuets").unwrap();
    let spot = SourceSpan {
        path: "visits/2025-10/x, y.toml",
        text: Some(TEXT.into()),
        span: at..at + 7,
        shown: true,
    };
    let chinese = TEXT.find("小明").unwrap();
    let other = SourceSpan {
        path: "children/c.toml",
        span: chinese..chinese + "小明".len(),
        ..spot.clone()
    };
    vec![
        Diagnostic {
            rule: &UNKNOWN_FIELD,
            severity: Severity::Error,
            spot: spot.clone(),
            message: unknown,
            help: Some(nearest),
            related: vec![(other, related)],
            fixable: true,
        },
        Diagnostic {
            rule: &NOT_UTF8,
            severity: Severity::Warning,
            spot: SourceSpan {
                text: None,
                span: 0..0,
                ..spot
            },
            message: not_utf8,
            help: None,
            related: Vec::new(),
            fixable: false,
        },
    ]
}

#[test]
fn the_text_format_underlines_the_location() {
    let shown = TextRenderer::new(Lang::Zh, false).text(&diagnostics(&messages())[0]);
    let expected = "\
错误[unknown-field]: 没有 minuets 这个字段
 --> visits/2025-10/x, y.toml:2:1
  |
2 | minuets = 20 # 分钟
  | ^^^^^^^
  |
说明: 与这里不符
 --> children/c.toml:1:10
  |
1 | name = \"张小明\"
  |           ----
建议: 是不是想写 minutes？";
    assert_eq!(shown, expected);
    // The line end in the argument is escaped, although the output is coloured.
    let coloured = TextRenderer::new(Lang::En, true).text(&diagnostics(&messages())[1]);
    assert!(coloured.contains("100%⏎GB18030"));
}

#[test]
fn a_confidential_line_is_not_shown() {
    let messages = messages();
    let mut diagnostic = diagnostics(&messages).remove(0);
    diagnostic.spot.shown = false;
    diagnostic.related.clear();
    let shown = TextRenderer::new(Lang::Zh, false).text(&diagnostic);
    assert!(
        shown.contains("x, y.toml:2:1") && !shown.contains("20 #"),
        "{shown}"
    );
}

#[test]
fn json_has_lines_and_columns_in_characters() {
    let mut out = Vec::new();
    let mut json = Json::begin(&mut out).unwrap();
    let mut summary = Summary {
        files: 2,
        ..Summary::default()
    };
    for diagnostic in &diagnostics(&messages()) {
        json.add(&row(diagnostic, Lang::Zh).unwrap()).unwrap();
        summary.add(diagnostic.severity, diagnostic.fixable);
    }
    json.end(&summary, None::<()>).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let first = &value["diagnostics"][0];
    assert_eq!((&first["line"], &first["column"]), (&2.into(), &1.into()));
    assert_eq!(
        (&first["end_line"], &first["end_column"]),
        (&2.into(), &8.into())
    );
    assert_eq!(first["help"], "是不是想写 minutes？");
    assert_eq!(value["diagnostics"][1]["help"], serde_json::Value::Null);
    assert_eq!(
        value["summary"],
        serde_json::json!({ "files": 2, "errors": 1, "warnings": 1, "fixable": 1 })
    );
}

#[test]
fn json_without_findings_is_valid() {
    let mut out = Vec::new();
    Json::begin(&mut out)
        .unwrap()
        .end(&Summary::default(), None::<()>)
        .unwrap();
    let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(value["diagnostics"], serde_json::json!([]));
}

#[test]
fn workflow_commands_are_escaped() {
    let lines: Vec<String> = diagnostics(&messages())
        .iter()
        .map(|diagnostic| github(diagnostic, Lang::En))
        .collect();
    assert_eq!(
        lines[0],
        "::error file=visits/2025-10/x%2C y.toml,line=2,endLine=2,col=1,title=unknown-field::\
         there is no field minuets%0Adid you mean minutes?"
    );
    assert!(lines[1].contains("100%25%0AGB18030"), "{}", lines[1]);
}

#[test]
fn sarif_has_a_log() {
    let sarif = Sarif::new([&UNKNOWN_FIELD], Lang::En);
    let messages = messages();
    let diagnostics = diagnostics(&messages);
    let results = diagnostics
        .iter()
        .map(|diagnostic| sarif.result(diagnostic));
    let log = sarif.log(results.collect());
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleIndex"], 0);
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "visits/2025-10/x%2C%20y.toml"
    );
    assert_eq!(place["region"]["startLine"], 2);
    let related = &result["relatedLocations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&related["startColumn"], &related["endColumn"]),
        (&10.into(), &12.into())
    );
}
