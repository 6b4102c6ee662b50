//! The commands for import and export, as users run them.

use std::path::Path;
use std::process::{Command, Output};

const SCHOOL: &str = "format = 1\n\n[school]\nname = \"柳树小学\"\nlevel = \"primary\"\n";

const ROSTER: &str = "姓名,性别,出生日期,学籍号\n张小明,男,2015/3/2,G1\n赵雪,女,2016.1.5,G2\n";

fn school() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("cuncao.toml"), SCHOOL).unwrap();
    dir
}

fn cuncao(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .arg("-C")
        .arg(root)
        .args(["--today", "2025-10-12"])
        .args(arguments)
        .env("CUNCAO_LANG", "zh")
        .env("XDG_CONFIG_HOME", root.join("../settings"))
        .env_remove("CUNCAO_KEY_FILE")
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn import(root: &Path, table: &str, more: &[&str]) -> Output {
    let file = root.join("../roster.csv");
    std::fs::write(&file, table).unwrap();
    let mut arguments = vec!["import", "child", file.to_str().unwrap()];
    arguments.extend(more);
    cuncao(root, &arguments)
}

fn below(dir: &tempfile::TempDir) -> std::path::PathBuf {
    let root = dir.path().join("records");
    std::fs::create_dir(&root).unwrap();
    std::fs::rename(dir.path().join("cuncao.toml"), root.join("cuncao.toml")).unwrap();
    root
}

#[test]
fn a_roster_is_imported_after_a_dry_run() {
    let dir = school();
    let root = below(&dir);
    let looked = import(&root, ROSTER, &["--dry-run"]);
    assert_eq!(looked.status.code(), Some(0), "{}", err(&looked));
    assert!(
        out(&looked).starts_with("表头在第 1 行，2 行记录\n"),
        "{}",
        out(&looked)
    );
    assert!(out(&looked).contains("\n+ children/c") && out(&looked).contains("张小明 （第 2 行）"));
    assert!(!root.join("children").exists());
    let done = import(&root, ROSTER, &["--format", "json"]);
    assert_eq!(done.status.code(), Some(0), "{}", err(&done));
    let plan: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(plan["added"].as_array().unwrap().len(), 2);
    assert_eq!(plan["added"][1]["row"], 3);
    assert!(err(&done).contains("新增 2 条"));
    assert_eq!(std::fs::read_dir(root.join("children")).unwrap().count(), 2);
    let names = std::fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let seen = names
        .filter(|name| !name.to_string_lossy().starts_with('.'))
        .count();
    assert_eq!(seen, 2, "nothing but cuncao.toml and children");
}

#[test]
fn a_bad_cell_is_reported_and_nothing_is_imported() {
    let dir = school();
    let root = below(&dir);
    let refused = import(&root, &ROSTER.replace("2016.1.5", "2016.13.5"), &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(out(&refused), "");
    assert!(
        err(&refused).contains("roster.csv:C3（出生日期）: 没有“2016.13.5”这一天"),
        "{}",
        err(&refused)
    );
    assert!(!root.join("children").exists());
}

#[test]
fn a_roster_imported_twice_is_refused_as_validate_would() {
    let dir = school();
    let root = below(&dir);
    assert!(import(&root, ROSTER, &[]).status.success());
    let again = import(&root, ROSTER, &[]);
    assert_eq!(again.status.code(), Some(2));
    assert_eq!(std::fs::read_dir(root.join("children")).unwrap().count(), 2);
    let by_key = import(&root, ROSTER, &["--key", "学籍号"]);
    assert!(by_key.status.success());
    assert!(err(&by_key).contains("2 条没有变化"));
}

#[test]
fn an_export_contains_names_only_on_request_and_imports_again() {
    let dir = school();
    let root = below(&dir);
    assert!(import(&root, ROSTER, &[]).status.success());
    let plain = cuncao(&root, &["export", "child"]);
    assert!(plain.status.success());
    assert!(out(&plain).starts_with("id,gender,birth_date,") && !out(&plain).contains("张小明"));
    let hidden = cuncao(&root, &["export", "--format", "ndjson", "--pseudonymise"]);
    assert!(hidden.status.success(), "{}", err(&hidden));
    assert!(out(&hidden).contains("name-") && !out(&hidden).contains("张小明"));
    assert!(dir.path().join("settings/cuncao/pseudonym.key").is_file());
    let inside = cuncao(
        &root,
        &[
            "export",
            "child",
            "--pseudonymise",
            "--key-file",
            root.join("key").to_str().unwrap(),
        ],
    );
    assert_eq!(inside.status.code(), Some(2));

    let book = dir.path().join("all.xlsx");
    let book = book.to_str().unwrap();
    let whole = cuncao(
        &root,
        &["export", "--names", "full", "--confidential", "-o", book],
    );
    assert!(whole.status.success(), "{}", err(&whole));
    let other = dir.path().join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("cuncao.toml"), SCHOOL).unwrap();
    let back = cuncao(&other, &["import", "all", book]);
    assert!(back.status.success(), "{}", err(&back));
    let texts = |root: &Path| {
        let mut files: Vec<_> = std::fs::read_dir(root.join("children"))
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                (
                    entry.file_name(),
                    std::fs::read_to_string(entry.path()).unwrap(),
                )
            })
            .collect();
        files.sort();
        files
    };
    assert_eq!(texts(&root), texts(&other));
}

#[test]
fn a_newer_format_is_refused() {
    let dir = school();
    let root = below(&dir);
    assert!(cuncao(&root, &["migrate"]).status.success());
    std::fs::write(
        root.join("cuncao.toml"),
        SCHOOL.replace("format = 1", "format = 2"),
    )
    .unwrap();
    for arguments in [&["migrate"][..], &["export", "child"]] {
        let refused = cuncao(&root, arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(err(&refused).contains('2'), "{}", err(&refused));
    }
}

#[test]
fn the_doctor_clears_what_was_left_behind() {
    let dir = school();
    let root = below(&dir);
    std::fs::create_dir(root.join(".cuncao-change-x")).unwrap();
    std::fs::write(root.join(".cuncao-change-x/0"), "half").unwrap();
    let looked = cuncao(&root, &["doctor", "--dry-run", "--format", "json"]);
    let checks: serde_json::Value = serde_json::from_slice(&looked.stdout).unwrap();
    let unfinished = checks
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["check"] == "unfinished")
        .unwrap();
    assert_eq!(unfinished["state"], "warning");
    let mended = cuncao(&root, &["doctor"]);
    assert!(mended.status.success(), "{}", err(&mended));
    assert!(out(&mended).contains("已经撤掉"));
    assert!(!root.join(".cuncao-change-x").exists());
}

#[test]
fn the_log_shows_changed_fields() {
    if !crate::support::has("git") {
        return;
    }
    let dir = school();
    let root = below(&dir);
    let git = |arguments: &[&str]| {
        let names = ["-c", "user.name=李老师", "-c", "user.email=li@example.org"];
        let status = Command::new("git")
            .arg("-C")
            .arg(&root)
            .args(names)
            .args(arguments)
            .status();
        assert!(status.unwrap().success());
    };
    assert_eq!(cuncao(&root, &["log"]).status.code(), Some(2));
    assert!(import(&root, ROSTER, &[]).status.success());
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "建档"]);
    assert!(
        import(&root, "学籍号,性别\nG2,男\n", &["--key", "学籍号"])
            .status
            .success()
    );
    git(&["commit", "-q", "-a", "-m", "更正"]);
    let log = cuncao(&root, &["log", "赵雪"]);
    assert!(log.status.success(), "{}", err(&log));
    assert!(
        out(&log).contains("李老师  更正") && out(&log).contains("性别: 女 → 男"),
        "{}",
        out(&log)
    );
    let rows: serde_json::Value = serde_json::from_slice(
        &cuncao(&root, &["log", "--since", "HEAD~1", "--format", "json"]).stdout,
    )
    .unwrap();
    assert_eq!(rows[0]["fields"][0]["old"], "female");
}

#[test]
fn the_shell_completes_names_by_pinyin() {
    let dir = school();
    let root = below(&dir);
    assert!(import(&root, ROSTER, &[]).status.success());
    let offered = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_cuncao"))
            .arg("--")
            .arg("cuncao")
            .args(words)
            .current_dir(&root)
            .env("COMPLETE", "bash")
            .env("_CLAP_COMPLETE_INDEX", words.len().to_string())
            .env("_CLAP_IFS", "\n")
            .output()
            .unwrap();
        out(&output).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(offered(&["log", "zx"]), ["张小明", "赵雪"]);
    assert_eq!(offered(&["log", "zhangx"]), ["张小明"]);
    assert_eq!(offered(&["log", "赵"]), ["赵雪"]);
    assert_eq!(offered(&["add", "visit", "--mode", "ho"]), ["home"]);
    assert_eq!(
        offered(&["add", "visit", "--topics", "study,sa"]),
        ["study,safety"]
    );
    assert_eq!(
        offered(&["validate", "--explain", "missing"]),
        ["missing-field"]
    );
    assert_eq!(offered(&["explain", "children.pa"]), ["children.paired"]);
    assert!(offered(&["export", "vis"]).contains(&"visit".to_owned()));
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    use std::io::Read;
    let dir = school();
    let root = below(&dir);
    let mut table = String::from("姓名,性别,出生日期\n");
    for n in 0..400 {
        table.push_str(&format!("张{n}号,男,2015-03-02\n"));
    }
    assert!(import(&root, &table, &[]).status.success());
    for arguments in [
        &["export", "child"][..],
        &["export", "--format", "ndjson"],
        &["stats", "--format", "json"],
        &["list", "child"],
    ] {
        let mut running = Command::new(env!("CARGO_BIN_EXE_cuncao"))
            .arg("-C")
            .arg(&root)
            .args(["--today", "2025-10-12"])
            .args(arguments)
            .args(
                ["--names", "full"]
                    .iter()
                    .filter(|_| arguments[0] == "export"),
            )
            .args(
                ["--since", "-30d"]
                    .iter()
                    .filter(|_| arguments[0] == "stats"),
            )
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(running.stdout.take());
        let mut said = String::new();
        running
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        assert_eq!(
            (running.wait().unwrap().code(), said.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}
