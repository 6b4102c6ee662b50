//! Protection against leaks: remotes are checked, commits are scanned, cleartext in the history is reported, and
//! nothing decrypted remains after an edit was killed.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::{cuncao, small, write};

const KEY: &str = "age1y2hf2hgelawp2jhqrup6jaumxfwzf4d28stxshqx6m9u4je05ayqlqq088";
const VISIT: &str = "visits/2025-10/2025-10-12-v7k3m9q.toml";

fn git(root: &Path, arguments: &[&str]) -> Output {
    crate::support::git(root, arguments).output().unwrap()
}

fn repository() -> tempfile::TempDir {
    let folder = small();
    write(
        folder.path(),
        ".gitignore",
        include_str!("../../records-template/.gitignore"),
    );
    assert!(git(folder.path(), &["init", "-q"]).status.success());
    folder
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn append(root: &Path, path: &str, more: &str) {
    let text = fs::read_to_string(root.join(path)).unwrap();
    write(root, path, &format!("{text}{more}"));
}

#[test]
fn a_remote_is_questioned_until_confirmed() {
    if !crate::support::has("git") {
        return;
    }
    let folder = repository();
    let root = folder.path();
    let asked = |said: &str| said.matches("cuncao.remote").count();
    assert_eq!(asked(&said(&cuncao(root, &["validate"]))), 0);
    git(root, &["remote", "add", "nas", "git@192.168.1.7:r.git"]);
    git(root, &["remote", "add", "disk", "/mnt/nas/r.git"]);
    assert_eq!(asked(&said(&cuncao(root, &["validate"]))), 0);
    let url = "https://wang:secret@github.com/wang/r.git";
    git(root, &["remote", "add", "origin", url]);
    git(
        root,
        &["remote", "add", "other", "git@git.example.org:r.git"],
    );
    let told = said(&cuncao(root, &["validate"]));
    assert_eq!(asked(&told), 2, "{told}");
    assert!(
        told.contains("github.com") && told.contains("git.example.org"),
        "{told}"
    );
    assert!(!told.contains("secret"), "{told}");
    let doctor = String::from_utf8(cuncao(root, &["doctor"]).stdout).unwrap();
    assert_eq!(asked(&doctor), 2, "{doctor}");
    // In the form that was shown, without credentials.
    git(
        root,
        &[
            "config",
            "--add",
            "cuncao.remote",
            "https://github.com/wang/r.git",
        ],
    );
    git(
        root,
        &[
            "config",
            "--add",
            "cuncao.remote",
            "git@git.example.org:r.git",
        ],
    );
    assert_eq!(asked(&said(&cuncao(root, &["validate"]))), 0);
    let doctor = String::from_utf8(cuncao(root, &["doctor"]).stdout).unwrap();
    assert!(
        asked(&doctor) == 0 && doctor.contains("4 个远程版本库"),
        "{doctor}"
    );
    // Machine-readable output contains no questions.
    git(root, &["config", "--unset-all", "cuncao.remote"]);
    assert_eq!(
        asked(&said(&cuncao(root, &["validate", "--format", "json"]))),
        0
    );
}

#[test]
fn a_commit_with_cleartext_is_reported_or_refused() {
    if !crate::support::has("git") {
        return;
    }
    let folder = repository();
    let root = folder.path();
    let staged = |root: &Path| {
        git(root, &["add", "-A", "."]);
        cuncao(root, &["validate", "--staged"])
    };
    let sound = staged(root);
    assert!(sound.status.success(), "{}", said(&sound));
    assert!(!said(&sound).contains("明文"), "{}", said(&sound));
    git(root, &["commit", "-q", "-m", "一"]);
    for (path, more) in [
        (VISIT, "confidential = \"不便公开。\"\n"),
        (VISIT, "needs = \"证件 110105 19491231 002X 要补办\"\n"),
        (
            "children/c4t8w2z.toml",
            "[[parents]]\nrelation = \"father\"\nid_number = \"11010519491231002X\"\n",
        ),
    ] {
        append(root, path, more);
        // Without encryption: a notice.
        let open = staged(root);
        let told = said(&open);
        assert!(open.status.success(), "{more}: {told}");
        assert_eq!(
            told.matches("这次提交里有明文").count(),
            1,
            "{more}: {told}"
        );
        // With encryption: refused, with the file.
        append(
            root,
            "cuncao.toml",
            &format!("\n[seal]\nrecipients = [\"{KEY}\"]\n"),
        );
        let sealed = staged(root);
        let told = said(&sealed);
        assert_eq!(sealed.status.code(), Some(1), "{more}: {told}");
        // With the line.
        let line = fs::read_to_string(root.join(path)).unwrap().lines().count();
        assert!(
            told.contains("不能提交") && printed(&sealed).contains(&format!("{path}:{line}:")),
            "{more}: {told}"
        );
        // Machine-readable output has the same findings.
        let json = cuncao(root, &["validate", "--staged", "--format", "json"]);
        assert_eq!(json.status.code(), Some(1), "{more}");
        let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
        let is_at_line = |finding: &serde_json::Value| {
            finding["severity"] == "error" && finding.to_string().contains(path)
        };
        let findings = json["diagnostics"].as_array().unwrap();
        assert!(findings.iter().any(is_at_line), "{more}: {json}");
        // Even if the school turns the rule off.
        append(
            root,
            "cuncao.toml",
            "[validate]\nallow = [\"id-number-in-clear\", \"unsealed\"]\n",
        );
        assert_eq!(staged(root).status.code(), Some(1), "{more}");
        for path in ["cuncao.toml", path] {
            git(root, &["checkout", "-q", "HEAD", "--", path]);
        }
    }
    // An identity number in the pupil number cannot be encrypted and does not prevent the commit.
    append(
        root,
        "cuncao.toml",
        &format!("\n[seal]\nrecipients = [\"{KEY}\"]\n"),
    );
    let text = fs::read_to_string(root.join("children/c7k2m4p.toml")).unwrap();
    let text = text.replacen("gender", "student_no = \"G000000201601050012\"\ngender", 1);
    write(root, "children/c7k2m4p.toml", &text);
    let pupil = staged(root);
    assert!(pupil.status.success(), "{}", said(&pupil));
    assert!(said(&pupil).contains("1 份档案的学籍号里就是身份证号"));
    // Settings and comments are scanned, too.
    for (path, more) in [
        ("cuncao.toml", "# 校长 110105 19491231 002X\n"),
        (
            "terms/2024-2025-2.toml",
            "goals = [\"帮１１０１０５１９４９１２３１００２Ｘ补办\"]\n",
        ),
    ] {
        append(root, path, more);
        let told = staged(root);
        let line = fs::read_to_string(root.join(path)).unwrap().lines().count();
        assert_eq!(told.status.code(), Some(1), "{}", said(&told));
        let told = said(&told) + &printed(&told);
        assert!(told.contains(&format!("{path}:{line}")), "{told}");
        git(root, &["reset", "-q", "--", path]);
        let text = fs::read_to_string(root.join(path)).unwrap();
        write(root, path, text.strip_suffix(more).unwrap());
    }
    // Keys are always refused, printouts only reported; .gitignore excludes both unless forced.
    write(root, "teacher.key", "x");
    write(root, "总结.docx", "x");
    assert!(!said(&staged(root)).contains("teacher.key"));
    git(root, &["add", "-f", "总结.docx"]);
    let print = cuncao(root, &["validate", "--staged"]);
    assert!(
        print.status.success() && said(&print).contains("*.docx"),
        "{}",
        said(&print)
    );
    git(root, &["add", "-f", "teacher.key"]);
    let key = cuncao(root, &["validate", "--staged"]);
    assert!(
        key.status.code() == Some(1) && said(&key).contains("teacher.key"),
        "{}",
        said(&key)
    );
    // To programs the same, in the one object.
    let json = cuncao(root, &["validate", "--staged", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let commit = &json["commit"];
    assert_eq!(commit["keys"], serde_json::json!(["teacher.key"]), "{json}");
    assert_eq!(commit["copies"], serde_json::json!(["总结.docx"]), "{json}");
    let all = cuncao(root, &["validate", "--format", "json"]);
    let all: serde_json::Value = serde_json::from_slice(&all.stdout).unwrap();
    assert!(all["commit"].is_null(), "{all}");
}

#[cfg(feature = "seal")]
#[test]
fn templates_and_other_texts_in_a_commit_are_scanned() {
    if !crate::support::has("git") {
        return;
    }
    let folder = repository();
    let root = folder.path();
    write(root, "templates/term.zh.md", "# 总结\n\n感谢張小明同學。\n");
    write(root, "templates/card.zh.md", "证件 11010519491231002X\n");
    git(root, &["add", "-A"]);
    let output = cuncao(root, &["validate", "--staged"]);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    for place in ["templates/term.zh.md:3: 張小明", "templates/card.zh.md:1"] {
        assert!(told.contains(place), "{place}: {told}");
    }
    let json = cuncao(root, &["validate", "--staged", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    // Numbers are masked.
    let found = [
        "templates/card.zh.md:1: 110…",
        "templates/term.zh.md:3: 張小明",
    ];
    let found = serde_json::json!(found);
    assert_eq!(json["commit"]["names"], found, "{json}");
    let found = serde_json::json!(["templates/card.zh.md:1"]);
    assert_eq!(json["commit"]["elsewhere"], found, "{json}");
    // Keys are recognised under any file name.
    write(root, "notes", "AGE-SECRET-KEY-1QQQQQQQQ\n");
    git(root, &["add", "-A"]);
    let output = cuncao(root, &["validate", "--staged"]);
    let told = said(&output);
    assert!(
        output.status.code() == Some(1) && told.contains("  notes"),
        "{told}"
    );
    git(root, &["rm", "-q", "--cached", "notes"]);
    append(
        root,
        "cuncao.toml",
        &format!("[seal]\nrecipients = [\"{KEY}\"]\n"),
    );
    git(root, &["add", "cuncao.toml"]);
    let output = cuncao(root, &["validate", "--staged"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
}

#[test]
fn seal_reports_cleartext_in_history() {
    if !crate::support::has("git") {
        return;
    }
    let folder = repository();
    let root = folder.path();
    append(root, VISIT, "confidential = \"不便公开。\"\n");
    git(root, &["add", "-A", "."]);
    git(root, &["commit", "-q", "-m", "一"]);
    append(
        root,
        "cuncao.toml",
        &format!("\n[seal]\nrecipients = [\"{KEY}\"]\n"),
    );
    let sealed = cuncao(root, &["seal"]);
    assert!(sealed.status.success(), "{}", said(&sealed));
    assert!(said(&sealed).contains("还有 1 份记录"), "{}", said(&sealed));
    // Also if there is nothing left to encrypt.
    assert!(said(&cuncao(root, &["seal"])).contains("还有 1 份记录"));
    fs::remove_dir_all(root.join(".git")).unwrap();
    git(root, &["init", "-q"]);
    git(root, &["add", "-A", "."]);
    git(root, &["commit", "-q", "-m", "重新开始"]);
    assert!(!said(&cuncao(root, &["seal"])).contains("历史"));
}

#[cfg(unix)]
#[test]
fn decrypted_files_of_a_killed_edit_are_removed() {
    use std::process::Stdio;
    use std::time::Duration;

    use crate::support::program;

    let folder = small();
    let root = folder.path();
    let memory = tempfile::tempdir().unwrap();
    let held = || -> Vec<std::path::PathBuf> {
        let entries = fs::read_dir(memory.path()).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    let edit = |editor: &str| {
        let mut command = program(root, &["edit", "c4t8w2z"]);
        command
            .env("XDG_RUNTIME_DIR", memory.path())
            .env("EDITOR", editor)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    };
    let wait_for = |condition: &dyn Fn() -> bool| {
        for _ in 0..600 {
            if condition() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("nothing came of it");
    };
    let started = root.join("started");
    let mut editing = edit(&format!("touch '{}'; exec sleep 3 #", started.display()))
        .spawn()
        .unwrap();
    wait_for(&|| started.exists());
    editing.kill().unwrap();
    editing.wait().unwrap();
    assert_eq!(held().len(), 1);
    // The editor is still running and may save: its folder is kept.
    let doctor = |arguments: &[&str]| {
        let mut command = program(root, &[&["doctor"], arguments].concat());
        let output = command
            .env("XDG_RUNTIME_DIR", memory.path())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(!doctor(&["--dry-run"]).contains("中断的 edit"));
    wait_for(&|| doctor(&["--dry-run"]).contains("1 个中断的 edit"));
    assert_eq!(held().len(), 1);
    assert!(doctor(&[]).contains("清除了 1 个"));
    assert_eq!(held().len(), 0);
    // The next edit cleans up in the same way.
    let dead = memory.path().join("cuncao-dead");
    fs::create_dir(&dead).unwrap();
    fs::write(dead.join(".lock"), "").unwrap();
    fs::write(dead.join("c4t8w2z.toml"), "secret").unwrap();
    assert!(edit("sed -i s/filed/filed/").status().is_ok());
    assert!(!dead.exists());
}
