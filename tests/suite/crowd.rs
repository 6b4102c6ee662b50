//! Concurrent commands: nothing is lost, and conflicting commands fail with a message.
//!
//! `CUNCAO_CROWD` is the number of records that each of eight processes adds.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Stdio};

use crate::school::{CHILD, command, cuncao, files, hidden, said, write};

const PROCESSES: usize = 8;

#[test]
fn concurrent_additions_are_all_kept() {
    let each = crate::school::number("CUNCAO_CROWD", 20);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    crate::school::small(root);
    let before = files(root);
    std::thread::scope(|scope| {
        for writer in 0..PROCESSES {
            scope.spawn(move || {
                for at in 0..each {
                    let summary = format!("第{writer}人第{at}次。");
                    let added = cuncao(
                        root,
                        &[
                            "add",
                            "visit",
                            "--date",
                            "2025-10-12",
                            "--mode",
                            "home",
                            "--children",
                            "c4t8w2z",
                            "--by",
                            "h7k3m9q",
                            "--summary",
                            &summary,
                        ],
                    );
                    assert!(added.status.success(), "{}", said(&added));
                }
            });
        }
    });
    assert_eq!(hidden(root), Vec::<String>::new());
    let after = files(root);
    assert!(
        before
            .iter()
            .all(|(path, text)| after.get(path) == Some(text))
    );
    let mut texts: Vec<String> = after
        .iter()
        .filter(|(path, _)| !before.contains_key(*path))
        .map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap())
        .collect();
    let mut expected: Vec<String> = (0..PROCESSES)
        .flat_map(|writer| (0..each).map(move |at| format!("第{writer}人第{at}次。")))
        .map(|summary| crate::school::added_visit(&summary))
        .collect();
    texts.sort();
    expected.sort();
    assert!(texts == expected);
    let checked = cuncao(root, &["validate"]);
    assert!(checked.status.success(), "{}", said(&checked));
    println!("{PROCESSES} × {each} adds: {} new files", texts.len());
}

#[test]
fn concurrent_imports_lose_and_overwrite_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    crate::school::small(root);
    let others = tempfile::tempdir().unwrap();
    let start = |at: usize| {
        let rows: String = (0..10)
            .map(|row| format!("学生{at}-{row},male,2016-01-{:02},2025-09-10\n", row + 1))
            .collect();
        let table = others.path().join(format!("{at}.csv"));
        std::fs::write(&table, format!("name,gender,birth_date,filed\n{rows}")).unwrap();
        command(root)
            .args(crate::school::TODAY)
            .args(["import", "child"])
            .arg(table)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    // An import that finds identical records added concurrently writes nothing; the user checks and runs it again.
    let mut waiting: Vec<usize> = (0..4).collect();
    while !waiting.is_empty() {
        let started: Vec<Child> = waiting.iter().map(|at| start(*at)).collect();
        let ended = started
            .into_iter()
            .map(|import| import.wait_with_output().unwrap());
        let ended: Vec<_> = ended.collect();
        let refused = waiting
            .iter()
            .zip(&ended)
            .filter(|(_, ended)| !ended.status.success());
        let refused: Vec<usize> = refused
            .map(|(at, ended)| {
                assert!(
                    said(ended).contains("nothing was written"),
                    "{}",
                    said(ended)
                );
                *at
            })
            .collect();
        assert!(
            refused.len() < waiting.len(),
            "one of them is always the first"
        );
        waiting = refused;
    }
    let names = files(root).into_values().filter(|text| {
        let text = String::from_utf8_lossy(text);
        text.contains("name = \"学生")
    });
    assert_eq!(names.count(), 40);
    assert_eq!(hidden(root), Vec::<String>::new());
}

#[test]
fn a_concurrent_duplicate_import_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    crate::school::small(root);
    let others = tempfile::tempdir().unwrap();
    let table = others.path().join("a.csv");
    std::fs::write(&table, crate::school::table_of_children(10)).unwrap();
    let start = |_| {
        command(root)
            .args(crate::school::TODAY)
            .args(["import", "child"])
            .arg(&table)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let started: Vec<Child> = (0..4).map(start).collect();
    let ended = started
        .into_iter()
        .map(|import| import.wait_with_output().unwrap());
    let refused: Vec<_> = ended.filter(|ended| !ended.status.success()).collect();
    for ended in &refused {
        assert_eq!(ended.status.code(), Some(2), "{}", said(ended));
    }
    let children = files(root).into_values().filter(|text| {
        let text = String::from_utf8_lossy(text);
        text.contains("name = \"学生")
    });
    // An import that starts after another has ended may succeed.
    assert_eq!(children.count(), 10 * (4 - refused.len()));
    assert!(!refused.is_empty());
}

/// Returns an editor command that changes the text and waits for a file to appear before it exits.
fn slow_editor(folder: &Path, change: &str) -> String {
    let path = folder.join("editor");
    let script = format!(
        "#!/bin/sh\nsed -i '{change}' \"$1\"\n: > '{0}/opened'\nwhile [ ! -e '{0}/go' ]; do sleep 0.02; done\n",
        folder.display()
    );
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn editing_a_file_changed_meanwhile_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    crate::school::small(root);
    let others = tempfile::tempdir().unwrap();
    let editor = slow_editor(others.path(), "s/安安/乙/");
    let editing = command(root)
        .args(crate::school::TODAY)
        .args(["edit", "c4t8w2z"])
        .env("VISUAL", &editor)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !others.path().join("opened").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let set = cuncao(root, &["set", "c4t8w2z", "village=石桥"]);
    assert!(set.status.success(), "{}", said(&set));
    write(others.path(), "go", "");
    let ended = editing.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(2), "{}", said(&ended));
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(
        told.contains("was changed by someone else meanwhile"),
        "{told}"
    );
    // The user's text is kept.
    let (_, kept) = told.split_once("is kept in ").unwrap();
    let (kept, _) = kept.split_once(".toml").unwrap();
    let kept = format!("{kept}.toml");
    let kept = Path::new(&kept);
    assert!(std::fs::read_to_string(kept).unwrap().contains("乙"));
    std::fs::remove_dir_all(kept.parent().unwrap()).unwrap();
    let text = std::fs::read_to_string(root.join(CHILD)).unwrap();
    assert!(
        text.contains("village = \"石桥\"") && text.contains("安安"),
        "{text}"
    );
}

#[test]
fn concurrent_edits_of_a_field_do_not_overwrite_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut both = 0;
    for _ in 0..10 {
        crate::school::small(root);
        let start = |field: &str| {
            command(root)
                .args(crate::school::TODAY)
                .args(["set", "c4t8w2z", field])
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        };
        let fields = ["village=石桥", "address=石桥村一组", "ethnicity=苗族"];
        let started: Vec<Child> = fields.iter().map(|field| start(field)).collect();
        let ended = started
            .into_iter()
            .map(|set| set.wait_with_output().unwrap());
        let ended: Vec<_> = ended.collect();
        let text = std::fs::read_to_string(root.join(CHILD)).unwrap();
        for (field, ended) in fields.iter().zip(&ended) {
            let (name, value) = field.split_once('=').unwrap();
            let is_there = text.contains(&format!("{name} = \"{value}\"\n"));
            // Success means that the record exists, failure that it does not.
            assert_eq!(is_there, ended.status.success(), "{text}{}", said(ended));
            assert!(
                matches!(ended.status.code(), Some(0 | 2)),
                "{}",
                said(ended)
            );
        }
        assert!(ended.iter().any(|ended| ended.status.success()));
        both += usize::from(ended.iter().all(|ended| ended.status.success()));
        assert_eq!(hidden(root), Vec::<String>::new());
    }
    println!("three at once, 10 times: {both} times all, else the later were told");
}
