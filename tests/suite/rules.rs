//! The examples of each rule, run through the program: found once, at the position stated in the rule, and in a log
//! that conforms to SARIF 2.1.0.

use std::path::Path;
use std::process::{Command, Output};

use cuncao::diagnostic::Severity;
use cuncao::rules::{Content, Example, Expected, Rule, SOUND, TODAY, rules};
use serde_json::Value;

fn write_files(root: &Path, example: &Example) {
    for (path, content) in example.0 {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        match content {
            Content::File(text) => std::fs::write(path, text).unwrap(),
            Content::Bytes(bytes) => std::fs::write(path, bytes).unwrap(),
            Content::Repeated(text, times) => std::fs::write(path, text.repeat(*times)).unwrap(),
            #[cfg(unix)]
            Content::Link(to) => std::os::unix::fs::symlink(to, path).unwrap(),
            #[cfg(not(unix))]
            Content::Link(_) => {}
            Content::Folder => std::fs::create_dir(path).unwrap(),
        }
    }
}

/// A valid directory with the files of an example.
fn directory(example: &Example) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_files(folder.path(), &SOUND);
    write_files(folder.path(), example);
    folder
}

fn validate(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .arg("-C")
        .arg(root)
        .args(["--today", TODAY, "--lang", "zh", "validate"])
        .args(arguments)
        .output()
        .unwrap()
}

fn printed(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|fault| panic!("{fault}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// The SARIF log of a directory, round-tripped through types generated from the standard's schema: anything unknown to
/// these or different would not survive.
fn log(root: &Path) -> (Value, Output) {
    let output = validate(root, &["--format", "sarif"]);
    let log = printed(&output);
    let typed: serde_sarif::sarif::Sarif = serde_json::from_value(log.clone()).unwrap();
    assert_eq!(serde_json::to_value(&typed).unwrap(), log);
    (log, output)
}

/// Decodes a path in a log.
fn path_of(location: &Value) -> String {
    let uri = location["physicalLocation"]["artifactLocation"]["uri"].as_str();
    let mut bytes = Vec::new();
    let mut rest = uri.unwrap().as_bytes();
    while let [first, more @ ..] = rest {
        rest = more;
        if *first == b'%' {
            let digits = std::str::from_utf8(&more[..2]).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &more[2..];
        } else {
            assert!(first.is_ascii_graphic(), "{uri:?}");
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Formats a position for people.
fn shown(path: &str, at: Option<(usize, usize)>) -> String {
    match at {
        Some((line, column)) => format!("{path}:{line}:{column}"),
        None => path.to_owned(),
    }
}

/// The severity and positions of a rule's findings in a log.
fn results(log: &Value, rule: &Rule) -> Vec<String> {
    let all = log["runs"][0]["results"].as_array().unwrap().iter();
    let of_rule = all.filter(|result| result["ruleId"] == rule.name);
    let place = |result: &Value| {
        let location = &result["locations"][0];
        let region = location["physicalLocation"].get("region");
        let number = |key: &str| region.map(|region| region[key].as_u64().unwrap() as usize);
        let at = number("startLine").zip(number("startColumn"));
        let level = result["level"].as_str().unwrap();
        format!("{level} {}", shown(&path_of(location), at))
    };
    of_rule.map(place).collect()
}

#[test]
fn each_rule_is_reported_once_where_its_entry_says_and_not_where_it_is_kept() {
    for rule in rules() {
        if cfg!(not(unix)) && rule.name == "symlink" {
            continue;
        }
        let broken = directory(&rule.breaks);
        let (log, output) = log(broken.path());
        let Expected { path, at } = rule.expected;
        let place = shown(path, at);
        let expected = format!("{} {place}", rule.severity.name());
        assert_eq!(results(&log, rule), [expected], "{}: {log:#}", rule.name);
        if rule.severity == Severity::Error {
            assert_eq!(output.status.code(), Some(1), "{}", rule.name);
        }
        // The other formats give the same position; an error in a whole file is at its start.
        let (line, column) = at.unwrap_or((1, 1));
        let rows = printed(&validate(broken.path(), &["--format", "json"]));
        let rows = rows["diagnostics"].as_array().unwrap().clone();
        let of_rule: Vec<String> = rows
            .iter()
            .filter(|row| row["rule"] == rule.name)
            .map(|row| {
                format!(
                    "{}:{}:{}",
                    row["path"].as_str().unwrap(),
                    row["line"],
                    row["column"]
                )
            })
            .collect();
        assert_eq!(
            of_rule,
            [format!("{path}:{line}:{column}")],
            "{}",
            rule.name
        );
        let text = validate(broken.path(), &["--only", rule.name, "--color", "never"]);
        let text = String::from_utf8_lossy(&text.stdout).into_owned();
        assert!(
            text.contains(&format!("--> {place}\n")),
            "{}: {text}",
            rule.name
        );

        let kept = directory(&rule.keeps);
        let (log, _) = self::log(kept.path());
        assert_eq!(results(&log, rule), [""; 0], "{}: {log:#}", rule.name);
    }
}

#[test]
fn a_log_lists_the_rules_and_counts_columns_in_characters() {
    let folder = directory(&Example(&[]));
    let (log, output) = log(folder.path());
    assert_eq!(output.status.code(), Some(0));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["results"], serde_json::json!([]));
    let listed = run["tool"]["driver"]["rules"].as_array().unwrap();
    let names: Vec<&str> = listed
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert_eq!(names, rules().map(|rule| rule.name).collect::<Vec<_>>());
}
