//! Conventions of command-line programs: output, errors, ids and dates. Those about editing, files and shells are in
//! `conventions_of_files.rs`.

use crate::support::{cuncao, err, fed, out, printed, program, refused, small, write};
use cuncao::text::width::width;
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn data_goes_to_stdout_and_messages_to_stderr() {
    let dir = small();
    write(
        dir.path(),
        "visits/2025-10/2025-10-13-v7k3m9r.toml",
        "date = ",
    );
    let listed = cuncao(
        dir.path(),
        &["list", "visit", "--format", "csv", "--skip-broken"],
    );
    assert_eq!(listed.status.code(), Some(0));
    assert_eq!(
        out(&listed),
        "id,date,mode,children,by,summary\n2025-10-12-v7k3m9q,2025-10-12,home,c4t8w2z,h7k3m9q,奶奶身体好转。\n"
    );
    assert!(err(&listed).contains('1'), "{}", err(&listed));
    let checked = cuncao(dir.path(), &["-v", "list", "child", "--format", "json"]);
    assert_eq!(json(&out(&checked)).as_array().unwrap().len(), 2);
    assert!(err(&checked).contains("2026-01-10"), "{}", err(&checked));
}

#[test]
fn every_output_format_can_be_parsed() {
    let dir = small();
    let child = |format: &str| {
        printed(
            dir.path(),
            &[
                "list",
                "child",
                "--columns",
                "id,name,age",
                "--format",
                format,
            ],
        )
    };
    assert_eq!(
        child("csv"),
        "id,name,age\nc4t8w2z,张小明,10\nc7k2m4p,赵雪,10\n"
    );
    assert_eq!(
        json(&child("json")),
        json(
            r#"[{"id":"c4t8w2z","name":"张小明","age":10},{"id":"c7k2m4p","name":"赵雪","age":10}]"#
        )
    );
    let lines = child("jsonl");
    assert_eq!(lines.lines().count(), 2);
    assert_eq!(
        lines.lines().map(json).collect::<Value>(),
        json(&child("json"))
    );
    assert_eq!(child("ndjson"), lines);
    let table = child("md");
    assert_eq!(
        table,
        "| 编号 | 姓名 | 年龄 |\n| :-- | :-- | :-- |\n| c4t8w2z | 张小明 | 10 |\n| c7k2m4p | 赵雪 | 10 |\n"
    );
    assert!(child("table").contains("张小明"));
    for command in [&["stats"][..], &["due"], &["explain", "children"]] {
        for format in ["csv", "json", "jsonl", "md", "table"] {
            let mut arguments = command.to_vec();
            arguments.extend(["--format", format]);
            let text = printed(dir.path(), &arguments);
            assert!(text.is_empty() || text.ends_with('\n'), "{arguments:?}");
            match format {
                "json" => drop(json(&text)),
                "jsonl" => text.lines().for_each(|line| drop(json(line))),
                "md" => assert!(text.contains("| :-- |"), "{text}"),
                _ => {}
            }
        }
    }
}

#[test]
fn text_of_records_is_escaped_in_markdown_tables() {
    let dir = small();
    let summary = "a | b\\n| c | <b>d</b> | [e](f) `g` *h*";
    let text = format!(
        "date = 2025-10-13\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nsummary = \"{summary}\"\n"
    );
    write(dir.path(), "visits/2025-10/2025-10-13-v7k3m9r.toml", &text);
    let table = printed(
        dir.path(),
        &["list", "visit", "--columns", "id,summary", "--format", "md"],
    );
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 4, "{table}");
    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
    assert!(lines.iter().all(|line| bars(line) == 3), "{table}");
    assert!(
        !table.contains("<b>") && !table.contains("[e](f)"),
        "{table}"
    );
}

#[test]
fn json_is_an_array_and_jsonl_one_object_per_line() {
    let dir = small();
    let whole = printed(dir.path(), &["list", "child", "--format", "json"]);
    let one = printed(dir.path(), &["list", "child", "--format", "jsonl"]);
    assert_eq!(json(&whole).as_array().unwrap().len(), one.lines().count());
    let first = &json(&whole)[0];
    assert_eq!(
        (&first["id"], &first["path"]),
        (&json("\"c4t8w2z\""), &json("\"children/c4t8w2z.toml\""))
    );
}

#[test]
fn an_empty_result_is_a_success_in_every_format() {
    let dir = small();
    let none = |format| {
        printed(
            dir.path(),
            &["list", "visit", "--where", "mode=phone", "--format", format],
        )
    };
    assert_eq!(none("json"), "[]\n");
    assert_eq!(none("jsonl"), "");
    assert_eq!(none("csv"), "id,date,mode,children,by,summary\n");
    assert_eq!(none("md").lines().count(), 2);
    assert_eq!(none("table").lines().count(), 1);
    assert_eq!(
        printed(
            dir.path(),
            &["list", "visit", "--where", "mode=phone", "-z"]
        ),
        ""
    );
    let due = |format| {
        printed(
            dir.path(),
            &[
                "due", "--helper", "王芳", "--within", "0d", "--format", format,
            ],
        )
    };
    assert_eq!(due("json"), "[]\n");
    assert_eq!(due("csv").lines().count(), 1);
    assert_eq!(due("jsonl"), "");
}

#[test]
fn the_directory_comes_from_the_option_the_environment_or_the_nearest_parent() {
    let dir = small();
    let elsewhere = tempfile::tempdir().unwrap();
    let root = dir.path().to_str().unwrap();
    let arguments = ["list", "child", "--format", "csv"];
    let expected = printed(dir.path(), &arguments);
    assert_eq!(
        printed(&dir.path().join("visits/2025-10"), &arguments),
        expected
    );
    let mut with_c = vec!["-C", root];
    with_c.extend(arguments);
    assert_eq!(printed(elsewhere.path(), &with_c), expected);
    let by_environment = |arguments: &[&str], named: &str| {
        program(elsewhere.path(), arguments)
            .env("CUNCAO_DIR", named)
            .output()
            .unwrap()
    };
    assert_eq!(out(&by_environment(&arguments, root)), expected);
    // The option takes precedence over the environment.
    assert_eq!(out(&by_environment(&with_c, "/nowhere")), expected);
    let lost = refused(elsewhere.path(), &arguments, 2);
    assert!(lost.contains("cuncao init"), "{lost}");
    // The environment does not determine where a new directory is created.
    let made = by_environment(&["init", "new"], root);
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    assert!(elsewhere.path().join("new/cuncao.toml").is_file());
}

#[test]
fn all_errors_are_reported_in_one_run_sorted_by_path_and_line() {
    let dir = small();
    write(
        dir.path(),
        "helpers/h7k3m9r.toml",
        "role = \"teacher\"\nnmae = \"李\"\n",
    );
    write(dir.path(), "children/c4t8w2y.toml", "name = 张\n");
    let checked = cuncao(dir.path(), &["validate", "--format", "github"]);
    assert_eq!(checked.status.code(), Some(1));
    let text = out(&checked);
    let (child, helper) = (text.find("c4t8w2y").unwrap(), text.find("h7k3m9r").unwrap());
    assert!(child < helper, "{text}");
    // `add` reports errors with their lines, too.
    let record = "date = 2025-10-13\nmode = \"home\"\nchildren = [\"c4t8w2q\"]\nby = [\"h7k3m9v\"]\nsummary = \"x\"\n";
    let added = fed(
        dir.path(),
        &["add", "visit", "--from", "-"],
        record.as_bytes(),
    );
    assert_eq!(added.status.code(), Some(2));
    let told = err(&added);
    assert!(
        told.find(":3:").unwrap() < told.find(":4:").unwrap(),
        "{told}"
    );
}

#[test]
fn columns_count_characters() {
    let dir = small();
    write(
        dir.path(),
        "helpers/h7k3m9r.toml",
        "name = \"李老师\"\nrole = \"teacher\"\nnote = { 备注 = \"一二三\", \n",
    );
    let checked = cuncao(dir.path(), &["validate", "--format", "json"]);
    let whole = json(&out(&checked));
    let at = |finding: &Value| finding["path"] == "helpers/h7k3m9r.toml";
    let findings = whole["findings"]
        .as_array()
        .or(whole["diagnostics"].as_array())
        .unwrap();
    let found = findings.iter().find(|finding| at(finding)).unwrap();
    assert_eq!(found["line"], 3, "{found}");
    assert!(found["column"].as_u64().unwrap() <= 24, "{found}");
}

#[test]
fn exit_codes_are_documented_and_correct() {
    let dir = small();
    let told = printed(dir.path(), &["help", "exit-codes"]);
    for code in ["0 ", "1 ", "2 ", "130"] {
        assert!(told.contains(&format!("\n  {code}")), "{told}");
    }
    assert_eq!(
        cuncao(dir.path(), &["validate", "--only", "syntax"])
            .status
            .code(),
        Some(0)
    );
    write(dir.path(), "helpers/h7k3m9r.toml", "name = \n");
    assert_eq!(cuncao(dir.path(), &["validate"]).status.code(), Some(1));
    assert_eq!(
        cuncao(dir.path(), &["validate", "--exit-zero"])
            .status
            .code(),
        Some(0)
    );
    refused(dir.path(), &["validate", "--no-such-option"], 2);
    refused(dir.path(), &["help", "exit-cods"], 2);
}

#[test]
fn warnings_fail_only_if_denied() {
    let dir = small();
    write(
        dir.path(),
        "helpers/h7k3m9q.toml",
        "name = \"王芳\"\nrole = \"head-teacher\"\nphone = \"12\"\n",
    );
    let only = ["validate", "--only", "bad-phone"];
    let checked = cuncao(dir.path(), &only);
    assert_eq!(checked.status.code(), Some(0));
    assert!(out(&checked).contains("bad-phone"), "{}", out(&checked));
    let mut denied = only.to_vec();
    denied.extend(["--deny", "warnings"]);
    assert_eq!(cuncao(dir.path(), &denied).status.code(), Some(1));
}

#[test]
fn validating_correct_records_prints_nothing_on_stdout() {
    let dir = small();
    for format in ["text", "short", "github"] {
        let checked = cuncao(
            dir.path(),
            &[
                "-q",
                "validate",
                "--only",
                "syntax,schema",
                "--format",
                format,
            ],
        );
        assert_eq!(
            (checked.status.code(), out(&checked), err(&checked)),
            (Some(0), String::new(), String::new())
        );
    }
}

#[test]
fn findings_have_short_github_and_sarif_formats() {
    let dir = small();
    write(
        dir.path(),
        "helpers/h7k3m9r.toml",
        "name = \"李\"\nrole = \"techer\"\n",
    );
    let form = |format: &str| {
        let checked = cuncao(
            dir.path(),
            &["validate", "--only", "unknown-value", "--format", format],
        );
        assert_eq!(checked.status.code(), Some(1));
        out(&checked)
    };
    let line = form("short");
    assert!(
        line.starts_with("helpers/h7k3m9r.toml:2:8: error[unknown-value]: "),
        "{line}"
    );
    assert_eq!(line.lines().count(), 1);
    assert!(form("github").starts_with("::error file=helpers/h7k3m9r.toml,line=2,"));
    assert_eq!(json(&form("sarif"))["version"], "2.1.0");
    assert!(form("text").contains("unknown-value"));
}

#[test]
fn every_rule_can_be_explained() {
    let dir = small();
    let rules = printed(dir.path(), &["validate", "--rules"]);
    let names = rules.lines().filter_map(|line| {
        line.split_whitespace()
            .find(|word| word.contains('-') && word.is_ascii())
    });
    let mut explained = 0;
    for name in names.step_by(7) {
        let text = printed(dir.path(), &["validate", "--explain", name]);
        assert!(text.lines().count() > 2, "{name}: {text}");
        explained += 1;
    }
    assert!(explained > 3, "{rules}");
}

#[test]
fn colours_are_used_on_terminals_or_on_request() {
    let dir = small();
    let coloured = |set: &[(&str, &str)], arguments: &[&str]| {
        let mut command = program(dir.path(), arguments);
        out(&command.envs(set.iter().copied()).output().unwrap()).contains('\u{1b}')
    };
    let list = ["list", "child"];
    assert!(!coloured(&[], &list));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &list));
    assert!(coloured(&[], &["--color", "always", "list", "child"]));
    assert!(!coloured(
        &[("CLICOLOR_FORCE", "1")],
        &["--color", "never", "list", "child"]
    ));
    assert!(!coloured(&[("NO_COLOR", "1")], &list));
    assert!(!coloured(&[("TERM", "dumb")], &list));
}

#[test]
fn an_ambiguous_record_is_refused() {
    let dir = small();
    for named in ["c4t8w2z", "c4t8", "张小明", "zhangxiaoming", "zxm"] {
        assert!(
            printed(dir.path(), &["show", named, "--format", "toml"]).contains("张小明"),
            "{named}"
        );
    }
    let told = refused(dir.path(), &["show", "c"], 2);
    assert!(
        told.contains("c4t8w2z") && told.contains("c7k2m4p"),
        "{told}"
    );
    refused(dir.path(), &["show", "nobody"], 2);
}

#[test]
fn lists_have_columns_an_order_conditions_and_a_limit() {
    let dir = small();
    let listed = |more: &[&str]| {
        let mut arguments = vec!["list", "child", "--columns", "name", "--format", "csv"];
        arguments.extend(more);
        printed(dir.path(), &arguments)
    };
    assert_eq!(listed(&["--sort", "birth_date"]), "name\n张小明\n赵雪\n");
    assert_eq!(
        listed(&["--sort", "-birth_date", "--limit", "1"]),
        "name\n赵雪\n"
    );
    assert_eq!(listed(&["--where", "gender=女"]), "name\n赵雪\n");
    for wrong in [
        &["--columns", "qqq"][..],
        &["--sort", "qqq"],
        &["--where", "qqq=1"],
    ] {
        let mut arguments = vec!["list", "child"];
        arguments.extend(wrong);
        let told = refused(dir.path(), &arguments, 2);
        assert!(
            told.contains("出生日期") && told.contains("cuncao add child --help"),
            "{told}"
        );
    }
    let told = refused(dir.path(), &["list", "child", "--columns", "gendr"], 2);
    assert!(told.contains("gender"), "{told}");
}

#[test]
fn q_is_quiet_v_is_verbose_and_upper_case_v_is_the_version() {
    let dir = small();
    let version = printed(dir.path(), &["-V"]);
    assert_eq!(version, printed(dir.path(), &["--version"]));
    assert!(version.starts_with("cuncao 0."), "{version}");
    assert!(version.ends_with("，档案格式 1\n"), "{version}");
    let english = printed(dir.path(), &["--lang", "en", "-V"]);
    assert!(english.ends_with(", record format 1\n"), "{english}");
    let told = |arguments: &[&str]| err(&cuncao(dir.path(), arguments));
    assert_eq!(told(&["list", "child"]), "");
    assert!(told(&["-v", "list", "child"]).contains("档案目录"));
    assert_eq!(told(&["-v", "-q", "list", "child"]), "");
}

#[test]
fn no_line_of_help_is_wider_than_the_terminal() {
    let dir = small();
    let overview = printed(dir.path(), &["help"]);
    let lines = overview.lines().filter(|line| line.starts_with("  "));
    let commands: Vec<&str> = lines
        .filter_map(|line| line.split_whitespace().next())
        .filter(|word| {
            word.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !word.starts_with('-')
        })
        .collect();
    assert!(commands.len() > 30, "{commands:?}");
    let topics = [
        "exit-codes",
        "references",
        "dates",
        "formats",
        "environment",
    ];
    let kinds = ["child", "visit", "activity", "incident", "term"].map(|kind| vec!["add", kind]);
    let pages = commands
        .into_iter()
        .chain(topics)
        .filter(|name| *name != "cuncao")
        .map(|name| vec![name]);
    for lang in ["zh", "en"] {
        for page in pages.clone().chain(kinds.clone()) {
            let words = ["--lang", lang, "help"]
                .into_iter()
                .chain(page.iter().copied());
            let words: Vec<&str> = words.collect();
            let output = program(dir.path(), &words).env("COLUMNS", "80").output();
            let help = out(&output.expect("help is printed"));
            assert!(!help.is_empty(), "{words:?}");
            for line in help.lines() {
                let is_usage = line.contains("cuncao add ") && line.contains('[');
                assert!(width(line) <= 80 || is_usage, "{words:?}: {line}");
            }
        }
    }
}

#[test]
fn help_has_examples_and_typos_get_suggestions() {
    let dir = small();
    let help = printed(dir.path(), &["list", "--help"]);
    assert!(
        help.contains("用法：cuncao list [选项] <类别>") && help.contains("示例："),
        "{help}"
    );
    assert_eq!(printed(dir.path(), &["help", "list"]), help);
    // `-h` has one line for common options; `--help` lists each of them and refers to further topics.
    let short = printed(dir.path(), &["list", "-h"]);
    assert!(
        short.contains("通用选项 -C、--lang") && !short.contains("--color <时机>"),
        "{short}"
    );
    assert!(
        help.contains("--color <时机>") && help.contains("cuncao help references"),
        "{help}"
    );
    assert!(short.lines().count() + 5 < help.lines().count(), "{help}");
    let english = printed(dir.path(), &["--lang", "en", "list", "--help"]);
    assert!(
        english.contains("Usage: cuncao list [OPTIONS] <KIND>"),
        "{english}"
    );
    assert!(refused(dir.path(), &["shwo", "zxm"], 2).contains("show"));
    assert!(refused(dir.path(), &["list", "child", "--sotr", "name"], 2).contains("--sort"));
}

#[test]
fn dates_can_be_relative() {
    let dir = small();
    let today = "2025-10-14";
    let listed = |period: &[&str]| {
        let mut arguments = vec![
            "--today",
            today,
            "list",
            "visit",
            "--columns",
            "id",
            "--format",
            "csv",
        ];
        arguments.extend(period);
        printed(dir.path(), &arguments).lines().count() - 1
    };
    assert_eq!(listed(&["--since", "-2d"]), 1);
    assert_eq!(listed(&["--since", "昨天"]), 0);
    assert_eq!(listed(&["--since", "2025/10/12", "--until", "前天"]), 1);
    assert_eq!(listed(&["--since", "2025-2026-1"]), 1);
    assert_eq!(listed(&["--until", "上学期"]), 0);
    assert_eq!(listed(&["--term", "第一学期"]), 1);
    assert_eq!(listed(&["--where", "date>=-2d"]), 1);
    let added = printed(
        dir.path(),
        &[
            "--today",
            today,
            "add",
            "award",
            "--child",
            "zxm",
            "--title",
            "x",
            "--date",
            "昨天",
            "--dry-run",
        ],
    );
    assert!(added.contains("date = 2025-10-13"), "{added}");
    for (period, status) in [
        (["--term", "学期"], 2),
        (["--since", "2025-02-30"], 2),
        (["--since", "soon"], 2),
    ] {
        let mut arguments = vec!["list", "visit"];
        arguments.extend(period);
        refused(dir.path(), &arguments, status);
    }
    let told = refused(dir.path(), &["list", "visit", "--term", "20"], 2);
    assert!(
        told.contains("2024-2025-2") && told.contains("2025-2026-1"),
        "{told}"
    );
    refused(
        dir.path(),
        &["list", "visit", "--since", "今天", "--until", "昨天"],
        2,
    );
}
