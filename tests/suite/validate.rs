//! `validate` for people and programs: what is fixed and what is not, the selection of rules, unusual file names.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const SCHOOL: &str = r#"format = 1
[school]
name = "青石小学"
level = "primary"
"#;
const VISIT: &str = "visits/2025-10/2025-10-12-v7k3m9q.toml";
const MISPLACED: &str = "visits/2025-01/2025-10-12-v7k3m9q.toml";

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A school with a child and a teacher, without findings apart from practice and privacy rules.
fn school() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "cuncao.toml", SCHOOL);
    write(
        root,
        "children/c4t8w2z.toml",
        r#"name = "安安"
gender = "female"
birth_date = 2015-11-20
"#,
    );
    write(
        root,
        "helpers/h7k3m9q.toml",
        r#"name = "王老师"
role = "teacher"
"#,
    );
    folder
}

fn validate(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .arg("-C")
        .arg(root)
        .args(["--today", "2025-11-12", "--lang", "en", "validate"])
        .args(arguments)
        .output()
        .unwrap()
}

fn rows(root: &Path, arguments: &[&str]) -> Vec<Value> {
    let output = validate(root, &[arguments, &["--format", "json"]].concat());
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    printed["diagnostics"].as_array().unwrap().clone()
}

/// The findings as `severity rule path:line:column`.
fn found(root: &Path, arguments: &[&str]) -> Vec<String> {
    let place = |row: &Value| {
        let [severity, rule, path] =
            ["severity", "rule", "path"].map(|key| row[key].as_str().unwrap().to_owned());
        format!("{severity} {rule} {path}:{}:{}", row["line"], row["column"])
    };
    rows(root, arguments).iter().map(place).collect()
}

/// All files with their content.
fn bytes(root: &Path) -> Vec<(String, Vec<u8>)> {
    let files = walkdir::WalkDir::new(root).sort_by_file_name();
    let files = files.into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    // The undo journal is in the records directory.
    let files = files.filter(|entry| !entry.path().starts_with(root.join(".cuncao-undo")));
    files
        .map(|entry| {
            let path = crate::support::below(root, entry.path());
            (path, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// A file with seven errors, of which six can be fixed, and an ambiguous value.
const SEVEN_ERRORS: &str = "\u{feff}# 第一次\r\ndate = \"2025-10-12\"  # 星期天\r\nmode = \"Hom\"\r\nchildren = [\"c4t8w2z\"]\r\nby = [\"h7k3m9q\"]\r\nmet = [\"fother\"]\r\nneeds = \"cafe\u{301}\"\r\nsummary = \"\"\"\r\n写完作业。\r\n\"\"\"\r\ntopics=[\"studdy\"]";

#[test]
fn mending_changes_what_it_says_and_nothing_the_second_time() {
    let folder = school();
    let root = folder.path();
    write(root, MISPLACED, SEVEN_ERRORS);
    let only = ["--only", "syntax,layout,schema"];
    // All errors of a file are reported at once, even if it cannot be loaded.
    assert_eq!(
        found(root, &only),
        [
            format!("warning bom-or-crlf {MISPLACED}:1:1"),
            format!("error wrong-type {MISPLACED}:2:8"),
            format!("error unknown-value {MISPLACED}:3:8"),
            format!("error unknown-value {MISPLACED}:6:8"),
            format!("warning not-nfc {MISPLACED}:7:13"),
            format!("error unknown-value {MISPLACED}:11:9"),
        ]
    );
    let before = bytes(root);
    let preview = validate(root, &["--fix", "--dry-run"]);
    let preview = String::from_utf8(preview.stdout).unwrap();
    assert!(
        preview.contains("-mode = \"Hom\"") && preview.contains("+mode = \"home\""),
        "{preview}"
    );
    assert_eq!(bytes(root), before, "a preview writes nothing");
    validate(root, &["--fix"]);
    let mended = r#"# 第一次
date = 2025-10-12  # 星期天
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
met = ["fother"]
needs = "café"
summary = """
写完作业。
"""
topics=["study"]"#;
    let after = bytes(root);
    let changed: Vec<_> = after.iter().filter(|file| !before.contains(file)).collect();
    // It cannot be loaded yet, so it is not moved.
    assert_eq!(changed, [&(MISPLACED.to_owned(), mended.into())]);
    assert_eq!(
        found(root, &only),
        [format!("error unknown-value {MISPLACED}:6:8")]
    );
    validate(root, &["--fix"]);
    assert_eq!(bytes(root), after);
    let right = mended.replace("fother", "father");
    write(root, MISPLACED, &right);
    assert_eq!(
        found(root, &only),
        [format!("warning wrong-folder {MISPLACED}:1:1")]
    );
    validate(root, &["--fix"]);
    assert_eq!(std::fs::read_to_string(root.join(VISIT)).unwrap(), right);
    assert!(!root.join(MISPLACED).exists());
    let after = bytes(root);
    validate(root, &["--fix"]);
    assert_eq!(bytes(root), after);
}

#[test]
fn a_file_made_by_hand_gets_a_name_once_it_can_be_read() {
    let folder = school();
    let root = folder.path();
    let by_hand = "visits/1012家访 安安.toml";
    let text = r#"date = 2025-10-12
mode = "Hom"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "好"
"#;
    write(root, by_hand, text);
    validate(root, &["--fix"]);
    assert!(root.join(by_hand).exists(), "it is no visit yet");
    let right = text.replace("Hom", "home");
    write(root, by_hand, &right);
    let told = String::from_utf8(validate(root, &["--fix"]).stdout).unwrap();
    assert!(!root.join(by_hand).exists(), "{told}");
    let month = root.join("visits/2025-10");
    let files: Vec<_> = std::fs::read_dir(month)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let [file] = &files[..] else {
        panic!("one file: {files:?}");
    };
    let name = file.file_name().into_string().unwrap();
    assert!(
        name.starts_with("2025-10-12-v") && name.ends_with(".toml"),
        "{name}"
    );
    assert_eq!(std::fs::read_to_string(file.path()).unwrap(), right);
}

#[test]
fn a_file_from_windows_is_only_warned_of_and_read_like_any_other() {
    let folder = school();
    let root = folder.path();
    let text = r#"date = 2025-10-12
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = """
一
二
"""
"#;
    write(root, VISIT, &text.replace('\n', "\r\n"));
    write(root, "cuncao.toml", &SCHOOL.replace('\n', "\r\n"));
    assert_eq!(
        found(root, &["--only", "syntax,schema"]),
        [
            "warning bom-or-crlf cuncao.toml:1:11".to_owned(),
            format!("warning bom-or-crlf {VISIT}:1:18"),
        ]
    );
    let shown = Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .arg("-C")
        .arg(root)
        .args([
            "list",
            "visit",
            "--all",
            "--format",
            "json",
            "--columns",
            "summary",
        ])
        .output()
        .unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("一\\n二\\n"), "{shown}");
}

#[test]
fn rules_are_chosen_by_name_group_path_and_settings() {
    let folder = school();
    let root = folder.path();
    let visit = r#"date = 2025-10-12
recorded = 2025-11-01
mode = "home"
children = ["c4t8w2y"]
by = ["h7k3m9q"]
summary = "家访。"
"#;
    write(root, VISIT, visit);
    write(root, "helpers/notes.txt", "\n");
    let unknown = format!("error unknown-child {VISIT}:4:13");
    let late = format!("warning recorded-late {VISIT}:2:12");
    assert_eq!(
        found(root, &["--only", "unknown-child"]),
        vec![unknown.clone()]
    );
    assert_eq!(
        found(root, &["--only", "reference,recorded-late"]),
        [late.clone(), unknown.clone()]
    );
    assert_eq!(
        found(root, &["visits/2025-10"]),
        [late.clone(), unknown.clone()]
    );
    assert_eq!(found(root, &[VISIT]), [late, unknown.clone()]);
    // A folder whose name only starts the same is another one.
    std::fs::create_dir(root.join("vis")).unwrap();
    assert_eq!(found(root, &["vis"]), [""; 0]);
    let status = |arguments: &[&str]| validate(root, arguments).status.code();
    assert_eq!(status(&["helpers"]), Some(0));
    assert_eq!(status(&["helpers", "--deny", "warnings"]), Some(1));
    assert_eq!(status(&["helpers", "--deny", "stray-file"]), Some(1));
    assert_eq!(status(&["--only", "recorded-late"]), Some(0));
    for wrong in [["--only", "lyout"], ["--deny", "stray"], ["--explain", "x"]] {
        assert_eq!(status(&wrong), Some(2), "{wrong:?}");
    }
    assert_eq!(status(&["elsewhere"]), Some(2));
    assert_eq!(status(&[".."]), Some(2));
    let levels = r#"[validate]
allow = ["care", "privacy"]
warn = ["unknown-child"]
deny = ["stray-file"]
"#;
    write(root, "cuncao.toml", &format!("{SCHOOL}{levels}"));
    assert_eq!(
        found(root, &[]),
        [
            "error stray-file helpers/notes.txt:1:1".to_owned(),
            unknown.replace("error", "warning"),
        ]
    );
    write(
        root,
        "cuncao.toml",
        &format!("{SCHOOL}{}", levels.replace("privacy", "privcy")),
    );
    let settings = found(root, &["cuncao.toml"]);
    assert_eq!(settings, ["error unknown-value cuncao.toml:6:18"]);
}

#[test]
fn settings_of_a_newer_format_are_refused_and_broken_ones_hide_nothing() {
    let folder = school();
    let root = folder.path();
    write(root, VISIT, "date = 2025-10-12\n");
    write(
        root,
        "cuncao.toml",
        &SCHOOL.replace("format = 1", "format = 99"),
    );
    for arguments in [&[][..], &["--fix"]] {
        let refused = validate(root, arguments);
        assert_eq!(refused.status.code(), Some(2));
        assert!(refused.stdout.is_empty(), "{refused:?}");
        assert!(
            String::from_utf8_lossy(&refused.stderr).contains("99"),
            "{refused:?}"
        );
    }
    write(root, "cuncao.toml", &SCHOOL.replace("primary", "primry"));
    // Rules that depend on settings are skipped if these cannot be read.
    write(
        root,
        "loans/2025-10/2025-10-13-l7k3m9q.toml",
        r#"date = 2025-10-13
item = "跳绳"
quantity = 1
child = "c4t8w2z"
"#,
    );
    let found = found(root, &["--only", "schema,consistency"]);
    assert_eq!(found[0], "error unknown-value cuncao.toml:4:9");
    assert!(
        found[1..].iter().all(|line| line.contains(VISIT)),
        "{found:?}"
    );
    assert_eq!(found.len(), 5);
}

#[cfg(unix)]
#[test]
fn odd_names_of_files_stay_data_in_every_format() {
    let folder = school();
    let root = folder.path();
    let odd = "visits/2025-10/家 访%,:\n\r\u{1b}[31m.toml";
    write(root, odd, "x");
    let only = ["--only", "bad-file-name"];
    let github = validate(root, &[&only[..], &["--format", "github"]].concat());
    let line = String::from_utf8(github.stdout).unwrap();
    assert!(
        line.starts_with("::error file=visits/2025-10/家 访%25%2C%3A%0A%0D"),
        "{line:?}"
    );
    assert_eq!(line.matches('\n').count(), 1, "{line:?}");
    assert_eq!(rows(root, &only)[0]["path"], odd);
    let text = validate(root, &[&only[..], &["--color", "never"]].concat());
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(!text.contains('\u{1b}') && !text.contains('\r'), "{text:?}");
    assert!(text.contains("家 访%,:⏎\\u{d}\\u{1b}[31m.toml"), "{text:?}");
}
