//! The commit hook checks the staged content, not the working tree.

use std::path::Path;
use std::process::{Command, Output};

use crate::support::has;

const VISIT: &str = "visits/2025-10/2025-10-12-v7k3m9q.toml";
const SOUND: &str = r#"date = 2025-10-12
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "家访。"
"#;

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn git(root: &Path, arguments: &[&str]) -> Output {
    let mut command = crate::support::git(root, arguments);
    command.env("CUNCAO_TODAY", "2025-11-12").output().unwrap()
}

/// A repository with committed records in a subfolder, and the hook.
fn repository(within: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let at = |path: &str| format!("{within}{path}");
    assert!(git(root, &["init", "-q"]).status.success());
    write(
        root,
        &at("cuncao.toml"),
        r#"format = 1
[school]
name = "青石小学"
level = "primary"
"#,
    );
    write(
        root,
        &at("children/c4t8w2z.toml"),
        r#"name = "安安"
gender = "female"
birth_date = 2015-11-20
"#,
    );
    write(
        root,
        &at("helpers/h7k3m9q.toml"),
        r#"name = "王老师"
role = "teacher"
"#,
    );
    assert!(git(root, &["add", "-A"]).status.success());
    assert!(git(root, &["commit", "-qm", "a"]).status.success());
    let init = Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .args(["init", "--hook", "--lang", "en"])
        .arg(root.join(within))
        .output()
        .unwrap();
    assert!(init.status.success(), "{init:?}");
    folder
}

#[test]
fn a_commit_is_judged_by_what_is_staged() {
    if !has("git") {
        return;
    }
    for within in ["", "青石 小学's/"] {
        let folder = repository(within);
        let root = folder.path();
        let visit = format!("{within}{VISIT}");
        // Broken in the index, valid in the working tree: refused.
        write(root, &visit, &SOUND.replace("c4t8w2z", "c4t8w2y"));
        assert!(git(root, &["add", &visit]).status.success());
        write(root, &visit, SOUND);
        let refused = git(root, &["commit", "-qm", "b"]);
        let said =
            String::from_utf8_lossy(&refused.stdout) + String::from_utf8_lossy(&refused.stderr);
        assert!(
            !refused.status.success() && said.contains("unknown-child"),
            "{said}"
        );
        assert!(said.contains(&format!("{VISIT}:3:13")), "{said}");
        // Valid in the index, broken in the working tree, as are unstaged files: accepted.
        assert!(git(root, &["add", &visit]).status.success());
        write(root, &visit, "no record");
        write(root, &format!("{within}helpers/h0000000.toml"), "no helper");
        let taken = git(root, &["commit", "-qm", "c"]);
        assert!(taken.status.success(), "{taken:?}");
        // `commit -a` uses a temporary index.
        let refused = git(root, &["commit", "-qam", "d"]);
        assert!(!refused.status.success(), "{refused:?}");
        // A commit without records has nothing to check.
        write(root, "a.txt", "a");
        assert!(git(root, &["add", "a.txt"]).status.success());
        let taken = git(root, &["commit", "-qm", "e"]);
        assert!(taken.status.success(), "{taken:?}");
    }
}

/// Commits what is staged; returns whether it succeeded, and the messages.
fn commit(root: &Path) -> (bool, String) {
    let output = git(root, &["commit", "-qm", "x"]);
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    (output.status.success(), said.into_owned())
}

#[track_caller]
fn run(root: &Path, arguments: &[&str]) {
    let output = git(root, arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

#[test]
fn a_record_that_others_name_is_not_deleted_without_them() {
    if !has("git") {
        return;
    }
    for within in ["", "青石 小学's/"] {
        let folder = repository(within);
        let root = folder.path();
        let at = |path: &str| format!("{within}{path}");
        let (child, visit) = (at("children/c4t8w2z.toml"), at(VISIT));
        write(root, &visit, SOUND);
        // A mention in free text is not a reference.
        write(
            root,
            &at("visits/2025-10/2025-10-12-v8k3m9q.toml"),
            r#"date = 2025-10-12
mode = "home"
children = []
by = ["h7k3m9q"]
summary = "见 c4t8w2z。"
recorded = 2025-10-01
"#,
        );
        run(root, &["add", "-A"]);
        run(root, &["commit", "-qnm", "a"]);
        run(root, &["rm", "-q", &child]);
        let (made, said) = commit(root);
        assert!(!made && said.contains("unknown-child"), "{said}");
        assert!(said.contains(&format!("{VISIT}:3:13")), "{said}");
        // Errors of the other file do not concern this commit.
        assert!(!said.contains("end-before-start"), "{said}");
        // Removing the reference only in the working tree does not help; staging that does.
        write(root, &visit, &SOUND.replace("\"c4t8w2z\"", ""));
        assert!(!commit(root).0);
        run(root, &["add", &visit]);
        let (made, said) = commit(root);
        assert!(made, "{said}");
    }
}

#[test]
fn a_file_that_moves_is_still_there_and_one_with_another_id_is_not() {
    if !has("git") {
        return;
    }
    let folder = repository("");
    let root = folder.path();
    write(root, VISIT, SOUND);
    run(root, &["add", "-A"]);
    run(root, &["commit", "-qnm", "a"]);
    std::fs::create_dir(root.join("children/2022")).unwrap();
    run(root, &["mv", "children/c4t8w2z.toml", "children/2022/"]);
    let (made, said) = commit(root);
    assert!(made && said.contains("wrong-folder"), "{said}");
    // A new record may refer to a child whose file is in the wrong folder.
    let next = "visits/2025-10/2025-10-13-v7k3m9q.toml";
    write(root, next, &SOUND.replace("-12", "-13"));
    run(root, &["add", next]);
    let (made, said) = commit(root);
    assert!(made && !said.contains("unknown-child"), "{said}");
    run(
        root,
        &["mv", "children/2022/c4t8w2z.toml", "children/c4t8w2y.toml"],
    );
    let (made, said) = commit(root);
    assert!(!made, "{said}");
    for visit in [VISIT, next] {
        assert!(said.contains(&format!("{visit}:3:13")), "{said}");
    }
}

#[test]
fn the_settings_and_what_is_no_record_are_judged_as_they_are_staged() {
    if !has("git") {
        return;
    }
    let folder = repository("");
    let root = folder.path();
    // Of a file that is not a record only the name is checked; the content is not even read.
    write(root, "visits/2025-10/notes.bin", "\u{0}");
    run(root, &["add", "visits"]);
    let (made, said) = commit(root);
    assert!(made && said.contains("stray-file"), "{said}");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("c4t8w2z.toml", root.join("children/c4t8w2y.toml")).unwrap();
        run(root, &["add", "children"]);
        let (made, said) = commit(root);
        assert!(!made && said.contains("error[symlink]"), "{said}");
        run(root, &["reset", "-q"]);
    }
    run(root, &["rm", "-q", "--cached", "cuncao.toml"]);
    let (made, said) = commit(root);
    assert!(!made && said.contains("--> cuncao.toml"), "{said}");
    run(root, &["reset", "-q"]);
    // Without staged files a program gets an empty list.
    let output = Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .arg("-C")
        .arg(root)
        .args(["validate", "--staged", "--format", "json"])
        .output()
        .unwrap();
    let list: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(list["diagnostics"], serde_json::json!([]));
    assert_eq!(output.status.code(), Some(0));
}
