//! Tests of changes that are killed, overtaken, refused or forged.

use super::*;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

fn files(root: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap();
            (
                path.to_str().unwrap().replace('\\', "/"),
                fs::read_to_string(entry.path()).unwrap(),
            )
        })
        .collect()
}

fn before() -> (tempfile::TempDir, Store, Vec<FileChange>) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    for (path, text) in [
        ("children/c4t8w2z.toml", "a"),
        ("children/c000001.toml", "b"),
    ] {
        store.create_file(path, text).unwrap();
    }
    let changes = vec![
        FileChange::Create {
            path: "visits/2025-10/2025-10-12-v7k3m9q.toml".to_owned(),
            text: "new".to_owned(),
        },
        FileChange::Replace {
            path: "children/c4t8w2z.toml".to_owned(),
            old: "a".to_owned(),
            new: "A".to_owned(),
        },
        FileChange::Remove {
            path: "children/c000001.toml".to_owned(),
            old: "b".to_owned(),
        },
    ];
    (dir, store, changes)
}

fn after() -> BTreeMap<String, String> {
    BTreeMap::from([
        ("children/c4t8w2z.toml".to_owned(), "A".to_owned()),
        (
            "visits/2025-10/2025-10-12-v7k3m9q.toml".to_owned(),
            "new".to_owned(),
        ),
    ])
}

#[test]
fn a_change_is_complete_and_leaves_no_other_files() {
    let (dir, store, changes) = before();
    assert_eq!(store.commit(&changes, &mut |_| {}).unwrap(), []);
    assert_eq!(files(dir.path()), after());
    assert!(!store.has_unfinished());
}

#[test]
fn a_killed_change_is_rolled_back_before_the_commit_and_finished_after() {
    for at in 0..7 {
        let (dir, store, changes) = before();
        let old = files(dir.path());
        let (mut seen, mut decided) = (0, false);
        let killed = catch_unwind(AssertUnwindSafe(|| {
            store.commit(&changes, &mut |progress| {
                decided |= progress == Progress::Decided;
                assert!(seen < at, "killed");
                seen += 1;
            })
        }));
        assert!(killed.is_err());
        assert!(store.has_unfinished(), "step {at}");
        let recovered = store.recover().unwrap();
        if decided {
            assert_eq!(
                recovered,
                [Recovered::Finished {
                    files: 3,
                    overtaken: Vec::new()
                }]
            );
            assert_eq!(files(dir.path()), after(), "step {at}");
        } else {
            assert_eq!(recovered, [Recovered::Undone]);
            assert_eq!(files(dir.path()), old, "step {at}");
        }
        assert!(!store.has_unfinished());
    }
}

#[test]
fn files_written_by_others_are_kept() {
    let (dir, store, changes) = before();
    let killed = catch_unwind(AssertUnwindSafe(|| {
        store.commit(&changes, &mut |progress| {
            assert!(progress != Progress::Decided, "killed");
        })
    }));
    assert!(killed.is_err());
    fs::write(dir.path().join("children/c4t8w2z.toml"), "by hand").unwrap();
    assert_eq!(
        store.recover().unwrap(),
        [Recovered::Finished {
            files: 3,
            overtaken: vec!["children/c4t8w2z.toml".to_owned()]
        }]
    );
    assert_eq!(files(dir.path())["children/c4t8w2z.toml"], "by hand");
}

#[test]
fn one_changed_file_stops_the_whole_change() {
    let (dir, store, mut changes) = before();
    changes.push(FileChange::Create {
        path: "children/c4t8w2z.toml".to_owned(),
        text: String::new(),
    });
    let old = files(dir.path());
    assert!(matches!(
        store.commit(&changes, &mut |_| {}),
        Err(WriteError::Exists(_))
    ));
    assert_eq!(files(dir.path()), old);
    assert!(!dir.path().join("visits").exists());
}

#[test]
fn a_forged_list_reaches_no_other_files() {
    let outside = tempfile::tempdir().unwrap();
    let root = outside.path().join("records");
    fs::create_dir_all(root.join(".cuncao-change-x")).unwrap();
    fs::write(outside.path().join("victim.toml"), "v").unwrap();
    for path in [
        "../victim.toml",
        "children/../../victim.toml",
        ".git/config",
        "/etc/passwd",
    ] {
        let list = serde_json::json!({"steps": [{"remove": {"path": path, "old": digest(b"v")}}]});
        fs::write(root.join(".cuncao-change-x/list.json"), list.to_string()).unwrap();
        assert_eq!(
            Store::at(&root).recover().unwrap(),
            [Recovered::Refused {
                folder: ".cuncao-change-x".to_owned()
            }],
            "{path}"
        );
    }
    assert!(outside.path().join("victim.toml").exists());
}
