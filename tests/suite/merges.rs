//! Records changed in several clones and merged by git: only changes in the same place conflict.
//!
//! `CUNCAO_MERGES` sets the number of histories, `CUNCAO_SEED` the seed. Requires git.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::school::{Dice, cuncao, files, said};

/// The number of histories.
const HISTORIES: usize = 8;

/// The number of children before the clones diverge.
const CHILDREN: usize = 4;

fn git(root: &Path, arguments: &[&str]) -> Output {
    crate::support::git(root, arguments).output().unwrap()
}

fn done(output: Output) -> Output {
    assert!(output.status.success(), "{}", said(&output));
    output
}

fn path_of_child(at: usize) -> String {
    format!("children/c00000{at}.toml")
}

/// A record with a line between any two fields, so that changes of different fields are apart.
fn child(at: usize) -> String {
    let mut text = format!(
        r#"name = "学生{at}"
gender = "male"
birth_date = 2015-11-20
"#
    );
    for field in FIELDS {
        text += &format!("# 这一项\n# 由班主任填写\n{field} = \"无\"\n# 以上\n\n");
    }
    text
}

const FIELDS: [&str; 4] = ["ethnicity", "address", "village", "wishes"];

/// A repository made by `init`, and clones of it.
fn clones(folder: &Path, count: usize) -> Vec<PathBuf> {
    let first = folder.join("clone0");
    std::fs::create_dir(&first).unwrap();
    done(cuncao(&first, &["init", "."]));
    done(cuncao(
        &first,
        &[
            "add",
            "helper",
            "--name",
            "王老师",
            "--role",
            "teacher",
            "--set",
            "checked=2025-09-01",
        ],
    ));
    for at in 0..CHILDREN {
        crate::school::write(&first, &path_of_child(at), child(at));
    }
    crate::school::write(
        &first,
        "terms/2025-2026-1.toml",
        r#"name = "2025年秋季学期"
start = 2025-09-01
end = 2026-01-20
"#,
    );
    done(git(&first, &["init", "-q", "-b", "main"]));
    commit(&first);
    let mut clones = vec![first];
    for at in 1..count {
        let clone = folder.join(format!("clone{at}"));
        done(git(
            folder,
            &["clone", "-q", "clone0", clone.to_str().unwrap()],
        ));
        clones.push(clone);
    }
    clones
}

fn commit(root: &Path) {
    done(git(root, &["add", "-A"]));
    done(git(root, &["commit", "-q", "--allow-empty", "-m", "改"]));
}

/// The changes made in one clone.
#[derive(Default)]
struct Work {
    /// The new files.
    added: BTreeMap<String, Vec<u8>>,
    /// The fields set, by child and name.
    set: BTreeMap<(usize, usize), String>,
}

fn work(clone: &Path, number: usize, dice: &mut Dice) -> Work {
    let mut work = Work::default();
    for step in 0..dice.below(6) + 2 {
        let child = dice.below(CHILDREN);
        let id = format!("c00000{child}");
        if dice.below(2) == 0 {
            let before = files(clone);
            let summary = format!("第{number}处第{step}次。");
            done(match dice.below(3) {
                0 => cuncao(
                    clone,
                    &[
                        "add",
                        "visit",
                        "--date",
                        "2025-10-12",
                        "--mode",
                        "home",
                        "--children",
                        &id,
                        "--by",
                        "王老师",
                        "--summary",
                        &summary,
                    ],
                ),
                1 => cuncao(
                    clone,
                    &[
                        "add",
                        "assessment",
                        "--date",
                        "2025-10-12",
                        "--child",
                        &id,
                        "--by",
                        "王老师",
                        "--summary",
                        &summary,
                    ],
                ),
                _ => cuncao(
                    clone,
                    &[
                        "add",
                        "award",
                        "--date",
                        "2025-10-12",
                        "--child",
                        &id,
                        "--title",
                        &summary,
                    ],
                ),
            });
            let new = files(clone).into_iter();
            work.added.extend(
                new.filter(|(path, _)| !before.contains_key(path) && !path.starts_with(".git")),
            );
        } else {
            let field = dice.below(FIELDS.len());
            let value = format!("{number}处{step}");
            let assignment = format!("{}={value}", FIELDS[field]);
            done(cuncao(clone, &["set", &id, &assignment]));
            work.set.insert((child, field), value);
        }
    }
    commit(clone);
    work
}

#[test]
fn clones_merge_except_where_the_same_line_was_changed() {
    if !crate::school::has("git") {
        return;
    }
    let mut dice = Dice::new(20_251_112);
    let histories = crate::school::number("CUNCAO_MERGES", HISTORIES);
    let (mut merges, mut conflicts, mut records) = (0, 0, 0);
    for _ in 0..histories {
        let folder = tempfile::tempdir().unwrap();
        let clones = clones(folder.path(), 2 + dice.below(2));
        let works: Vec<Work> = clones
            .iter()
            .enumerate()
            .map(|(number, clone)| work(clone, number, &mut dice))
            .collect();
        let here = &clones[0];
        // The fields expected in the first clone as the others are merged.
        let mut held = works[0].set.clone();
        let mut added = works[0].added.clone();
        for (other, work) in clones.iter().zip(&works).skip(1) {
            let clashing: BTreeSet<usize> = work
                .set
                .iter()
                .filter(|(place, value)| held.get(place).is_some_and(|held| held != *value))
                .map(|((child, _), _)| *child)
                .collect();
            done(git(here, &["fetch", "-q", other.to_str().unwrap(), "main"]));
            let merged = git(here, &["merge", "-q", "-m", "合并", "FETCH_HEAD"]);
            merges += 1;
            let unmerged = done(git(here, &["diff", "--name-only", "--diff-filter=U"]));
            let unmerged: BTreeSet<String> = String::from_utf8(unmerged.stdout)
                .unwrap()
                .lines()
                .map(str::to_owned)
                .collect();
            let expected: BTreeSet<String> = clashing.iter().map(|at| path_of_child(*at)).collect();
            assert_eq!(unmerged, expected, "{}", said(&merged));
            assert_eq!(
                merged.status.success(),
                expected.is_empty(),
                "{}",
                said(&merged)
            );
            conflicts += expected.len();
            if !expected.is_empty() {
                let checked = cuncao(here, &["validate", "--format", "json"]);
                assert_eq!(checked.status.code(), Some(1), "{}", said(&checked));
                let report: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
                for path in &expected {
                    assert!(has(&report, "conflict-marker", path), "{path}: {report:#}");
                    // No figure is printed while a child's file cannot be read.
                    assert_eq!(cuncao(here, &["stats"]).status.code(), Some(2));
                }
                // Resolve the conflict in favour of the first clone.
                done(git(here, &["checkout", "-q", "--ours", "--", "children"]));
                commit(here);
            }
            for (place, value) in &work.set {
                if !clashing.contains(&place.0) {
                    held.insert(*place, value.clone());
                }
            }
            added.extend(work.added.clone());
        }
        let now = files(here);
        for (path, text) in &added {
            assert!(now.get(path) == Some(text), "{path} was lost");
        }
        for at in 0..CHILDREN {
            let text = String::from_utf8(now[&path_of_child(at)].clone()).unwrap();
            for (field, name) in FIELDS.iter().enumerate() {
                let value = held.get(&(at, field)).map_or("无", String::as_str);
                assert!(text.contains(&format!("{name} = \"{value}\"\n")), "{text}");
            }
            assert_eq!(text.matches("# 由班主任填写").count(), FIELDS.len());
        }
        records += added.len();
        let checked = cuncao(here, &["validate"]);
        assert!(checked.status.success(), "{}", said(&checked));
    }
    println!(
        "{histories} histories, {merges} merges: {conflicts} conflicts, all of the same line; {records} new records, none lost"
    );
}

/// Whether a report has a finding of a rule for a file.
fn has(report: &serde_json::Value, rule: &str, path: &str) -> bool {
    let findings = report["diagnostics"].as_array().unwrap();
    findings
        .iter()
        .any(|finding| finding["rule"] == rule && finding["path"] == path)
}

/// Merges changes of two clones without a conflict; returns the findings of `validate`.
fn merged(one: &dyn Fn(&Path), other: &dyn Fn(&Path)) -> (tempfile::TempDir, serde_json::Value) {
    let folder = tempfile::tempdir().unwrap();
    let clones = clones(folder.path(), 2);
    one(&clones[0]);
    commit(&clones[0]);
    other(&clones[1]);
    commit(&clones[1]);
    done(git(&clones[0], &["fetch", "-q", "../clone1", "main"]));
    done(git(
        &clones[0],
        &["merge", "-q", "-m", "合并", "FETCH_HEAD"],
    ));
    let checked = cuncao(&clones[0], &["validate", "--format", "json"]);
    assert_eq!(checked.status.code(), Some(1), "{}", said(&checked));
    let report = serde_json::from_slice(&checked.stdout).unwrap();
    (folder, report)
}

fn rules(report: &serde_json::Value) -> BTreeSet<String> {
    let findings = report["diagnostics"].as_array().unwrap();
    let errors = findings
        .iter()
        .filter(|finding| finding["severity"] == "error");
    errors
        .map(|finding| finding["rule"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_clashes_only_in_its_meaning_is_found_after_a_clean_merge() {
    if !crate::school::has("git") {
        return;
    }
    let pair = |clone: &Path| {
        done(cuncao(
            clone,
            &[
                "add",
                "pairing",
                "--child",
                "c000001",
                "--helper",
                "王老师",
                "--role",
                "teacher",
                "--since",
                "2025-10-01",
            ],
        ));
    };
    let (_folder, report) = merged(&pair, &pair);
    assert!(rules(&report).contains("overlapping-pairing"), "{report:#}");

    let visit = |clone: &Path| {
        done(cuncao(
            clone,
            &[
                "add",
                "visit",
                "--date",
                "2025-10-12",
                "--mode",
                "home",
                "--children",
                "c000001",
                "--by",
                "王老师",
                "--summary",
                "家访。",
            ],
        ));
    };
    let removed = |clone: &Path| std::fs::remove_file(clone.join(path_of_child(1))).unwrap();
    let (_folder, report) = merged(&visit, &removed);
    assert!(rules(&report).contains("unknown-child"), "{report:#}");

    let same_child = |clone: &Path| {
        done(cuncao(
            clone,
            &[
                "add",
                "child",
                "--name",
                "新来的",
                "--gender",
                "male",
                "--birth-date",
                "2016-03-01",
            ],
        ));
    };
    let (_folder, report) = merged(&same_child, &same_child);
    assert!(rules(&report).contains("duplicate-child"), "{report:#}");

    let left = |clone: &Path| {
        done(cuncao(
            clone,
            &[
                "set",
                "c000001",
                "left.date=2025-10-01",
                "left.reason=transferred",
            ],
        ));
    };
    let (_folder, report) = merged(&visit, &left);
    assert!(rules(&report).contains("after-leaving"), "{report:#}");
}
