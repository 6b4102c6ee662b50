//! `undo` reverts all files of the last command that wrote, unless one was changed since.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::{cuncao, err, files, printed, refused, small, write};

const CHILD: &str = "children/c4t8w2z.toml";

fn read(root: &Path, path: &str) -> String {
    std::fs::read_to_string(root.join(path)).unwrap()
}

#[test]
fn the_last_command_is_taken_back_then_the_one_before_it() {
    let school = small();
    let root = school.path();
    let before = files(root);
    let added = printed(
        root,
        &[
            "add",
            "visit",
            "--date",
            "2025-10-13",
            "--mode",
            "phone",
            "--children",
            "c4t8w2z",
            "--by",
            "h7k3m9q",
            "--summary",
            "电话。",
        ],
    );
    let path = added.split_whitespace().nth(1).unwrap().to_owned();
    let with_visit = files(root);
    // Correcting the day of a visit changes two files.
    let id = added.split_whitespace().next().unwrap();
    let moved = printed(root, &["set", id, "date=2025-10-14"]);
    printed(root, &["set", "c4t8w2z", "village=东村"]);

    let list = printed(root, &["undo", "--list"]);
    let kinds: Vec<&str> = list
        .lines()
        .map(|line| line.get(18..).unwrap_or(line))
        .collect();
    let signs: Vec<&str> = list.lines().filter(|line| line.starts_with("  ")).collect();
    assert_eq!(
        signs,
        [
            format!("  ~ {CHILD}").as_str(),
            &format!("  + {}", moved.trim()),
            &format!("  - {path}"),
            &format!("  + {path}")
        ],
        "{kinds:?}"
    );
    let village = files(root);
    assert_eq!(
        printed(root, &["undo", "--dry-run"]),
        format!("~ {CHILD}\n")
    );
    assert_eq!(files(root), village);

    printed(root, &["undo"]);
    assert!(!read(root, CHILD).contains("东村"));
    printed(root, &["undo"]);
    assert_eq!(files(root), with_visit);
    printed(root, &["undo"]);
    assert_eq!(files(root), before);
    assert!(refused(root, &["undo"], 2).contains("没有可以撤销的命令"));
}

#[test]
fn what_was_changed_since_is_not_overwritten() {
    let school = small();
    let root = school.path();
    printed(root, &["set", "c4t8w2z", "village=东村"]);
    let written = read(root, CHILD);
    let by_hand = format!("{written}\n# 手写\n");
    write(root, CHILD, &by_hand);
    let told = refused(root, &["undo"], 2);
    assert!(told.contains(CHILD), "{told}");
    assert_eq!(read(root, CHILD), by_hand);
    // Once the file is restored, the command can be undone.
    write(root, CHILD, &written);
    printed(root, &["undo"]);
    assert!(!read(root, CHILD).contains("东村"));
}

#[test]
fn what_is_kept_is_for_the_owner_alone_and_no_record() {
    let school = small();
    let root = school.path();
    printed(root, &["set", "c4t8w2z", "village=东村"]);
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(root.join(".cuncao-undo")) {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        let expected = if entry.file_type().is_dir() {
            0o700
        } else {
            0o600
        };
        assert_eq!(mode, expected, "{}", entry.path().display());
        seen += 1;
    }
    assert_eq!(seen, 4, "the folder, what git ignores, the day, the entry");
    let checked = cuncao(root, &["validate"]);
    assert!(!err(&checked).contains("cuncao-undo"));
    assert_eq!(read(root, ".cuncao-undo/.gitignore"), "*\n");
}

#[test]
fn who_is_forgotten_is_forgotten_there_too() {
    let school = small();
    let root = school.path();
    printed(root, &["set", "c4t8w2z", "village=东村"]);
    printed(root, &["forget", "c4t8w2z", "--yes"]);
    assert!(!root.join(".cuncao-undo").exists());
    assert!(refused(root, &["undo"], 2).contains("没有可以撤销的命令"));
}

#[test]
fn after_thirty_days_it_is_gone() {
    let school = small();
    let root = school.path();
    printed(root, &["set", "c4t8w2z", "village=东村"]);
    let folder = root.join(".cuncao-undo");
    let day = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.is_dir())
        .unwrap();
    std::fs::rename(&day, folder.join("2020-01-01")).unwrap();
    assert_eq!(printed(root, &["undo", "--list"]), "");
    assert!(!folder.join("2020-01-01").exists());
}

#[test]
fn a_command_that_came_to_nothing_is_passed_over() {
    let school = small();
    let root = school.path();
    let before = read(root, CHILD);
    printed(root, &["set", "c4t8w2z", "village=东村"]);
    // As if the second command had been killed before it wrote.
    printed(root, &["set", "c4t8w2z", "village=西村"]);
    write(root, CHILD, &read(root, CHILD).replace("西村", "东村"));
    printed(root, &["undo"]);
    assert_eq!(read(root, CHILD), before);
}

#[test]
fn a_forged_log_writes_no_file_outside_the_records() {
    let school = small();
    let root = school.path().join("records");
    std::fs::create_dir(&root).unwrap();
    std::fs::rename(school.path().join("cuncao.toml"), root.join("cuncao.toml")).unwrap();
    std::fs::create_dir(school.path().join("out")).unwrap();
    let today = chrono::Local::now().date_naive();
    for path in [
        "children/../../out/c4t8w2z.toml",
        "children/./../out/c4t8w2z.toml",
        "../out/c4t8w2z.toml",
        "children/.hidden/c4t8w2z.toml",
        "out/c4t8w2z.toml",
        ".git/config",
    ] {
        let entry = serde_json::json!({
            "command": "set",
            "at": format!("{today}T00:00:01+00:00"),
            "files": [{ "path": path, "before": "name = 1\n", "after": null }],
        });
        write(
            &root,
            &format!(".cuncao-undo/{today}/00000001795834800000-00001-0.json"),
            &entry.to_string(),
        );
        let before = files(school.path());
        let message = refused(&root, &["--today", &today.to_string(), "undo"], 2);
        assert!(message.contains(path), "{message}");
        assert_eq!(files(school.path()), before);
    }
}

#[test]
fn a_format_is_counted_from_one_and_a_newer_one_is_left_alone() {
    let school = small();
    let root = school.path();
    printed(root, &["set", "c4t8w2z", "village=东村"]);
    let settings = read(root, "cuncao.toml");
    write(
        root,
        "cuncao.toml",
        &settings.replace("format = 1", "format = 2"),
    );
    let before = files(root);
    assert!(refused(root, &["undo"], 2).contains('2'));
    assert_eq!(files(root), before);
    // An invalid format gives the same error everywhere.
    for wrong in ["0", "-1"] {
        let text = settings.replace("format = 1", &format!("format = {wrong}"));
        write(root, "cuncao.toml", &text);
        let told = format!("不能是“{wrong}”");
        for (command, status) in [("stats", 2), ("migrate", 2), ("validate", 1), ("doctor", 1)] {
            let output = cuncao(root, &[command]);
            let said = crate::support::out(&output) + &err(&output);
            assert_eq!(output.status.code(), Some(status), "{command}: {said}");
            assert!(said.contains(&told), "{command}: {said}");
        }
    }
}
