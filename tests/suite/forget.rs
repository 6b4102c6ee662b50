//! A child is taken out of the records: nothing of it is left in the files, and they still hold together.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn cuncao(directory: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .args(["--today", "2026-07-10", "-C"])
        .arg(directory)
        .args(arguments)
        .output()
        .unwrap()
}

/// The texts of all files below a folder, by their paths.
fn texts(root: &Path) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let path = entry
                .path()
                .strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            Some((path, fs::read_to_string(entry.path()).ok()?))
        })
        .collect()
}

fn copy_of_the_example() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in texts(Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/school"
    ))) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn first_child(school: &Path) -> (String, String) {
    let listed = cuncao(
        school,
        &["list", "child", "--columns", "id,name", "--format", "csv"],
    );
    let listed = String::from_utf8(listed.stdout).unwrap();
    let (id, name) = listed.lines().nth(1).unwrap().split_once(',').unwrap();
    (id.to_owned(), name.to_owned())
}

#[test]
fn nothing_of_the_child_is_left_and_the_records_hold_together() {
    let folder = copy_of_the_example();
    let school = folder.path();
    let (id, name) = first_child(school);
    let done = cuncao(school, &["forget", &id, "--yes"]);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    for (path, text) in texts(school) {
        assert!(
            !path.contains(&id) && !text.contains(&id) && !text.contains(&name),
            "{path}: {text}"
        );
    }
    let checked = cuncao(school, &["validate", "--format", "json"]);
    assert!(
        checked.status.success(),
        "{}",
        String::from_utf8_lossy(&checked.stdout)
    );
}

#[test]
fn nothing_goes_without_a_yes() {
    let folder = copy_of_the_example();
    let school = folder.path();
    let before = texts(school);
    let (id, _) = first_child(school);
    assert_eq!(cuncao(school, &["forget", &id]).status.code(), Some(2));
    assert!(
        cuncao(school, &["forget", &id, "--dry-run"])
            .status
            .success()
    );
    assert_eq!(texts(school), before);
}

#[test]
fn a_name_that_is_a_word_changes_no_other_text_and_is_listed() {
    let folder = copy_of_the_example();
    let school = folder.path();
    let (id, name) = first_child(school);
    let path = school.join(format!("children/{id}.toml"));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace(&name, "高兴")).unwrap();
    let note = school.join("helpers/h000001.toml");
    fs::write(
        &note,
        "name = \"高兴民\"\nrole = \"teacher\"\nnote = \"孩子们都很高兴\"\n",
    )
    .unwrap();
    fs::write(school.join("children/old.toml~"), "name = \"高兴\"\n").unwrap();
    let before = texts(school);
    let done = cuncao(school, &["forget", &id, "--yes", "--lang", "zh"]);
    let printed = String::from_utf8(done.stdout).unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    for (path, text) in texts(school) {
        let old = before.iter().find(|(old, _)| *old == path);
        let is_of_child = old.is_some_and(|(_, old)| old.contains(&id));
        assert!(
            is_of_child || old.is_some_and(|(_, old)| *old == text),
            "{path}"
        );
    }
    for listed in [
        "? helpers/h000001.toml:3: note = \"孩子们都很高兴\"",
        "? children/old.toml~:1: name = \"高兴\"",
    ] {
        assert!(printed.contains(listed), "{listed}: {printed}");
    }
    // The name of the helper is another.
    assert!(!printed.contains("h000001.toml:1:"), "{printed}");
    let told = String::from_utf8(done.stderr).unwrap();
    assert!(
        told.contains(&format!("--path-glob '*{id}.toml'")),
        "{told}"
    );
}
