//! `log` on git histories: moved records, commits of many records, shallow clones.

use std::path::Path;

use crate::support::{cuncao, err, has, out, small, write};

/// Runs git with an author.
fn git(root: &Path, who: &str, arguments: &[&str]) {
    let mut command = crate::support::git(root, arguments);
    let output = command
        .env("GIT_AUTHOR_NAME", who)
        .env("GIT_COMMITTER_NAME", who)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", err(&output));
}

fn commit(root: &Path, who: &str, subject: &str) {
    git(root, who, &["add", "-A"]);
    git(root, who, &["commit", "-q", "-m", subject]);
}

fn log(root: &Path, arguments: &[&str]) -> String {
    let all: Vec<&str> = [&["log"], arguments].concat();
    let output = cuncao(root, &all);
    assert!(output.status.success(), "{}", err(&output));
    out(&output)
}

/// Removes dates and hashes of commits, which differ each time.
fn steady(log: &str) -> String {
    let line = |line: &str| match line.split_once("  ") {
        Some((time, rest)) if time.starts_with("20") => rest
            .rsplit_once("  (")
            .map_or(rest, |(rest, _)| rest)
            .to_owned(),
        _ => line.to_owned(),
    };
    log.lines().map(line).collect::<Vec<_>>().join("\n")
}

const VISIT: &str = "visits/2025-10/2025-10-12-v7k3m9q.toml";

#[test]
fn the_log_follows_renames_and_moves() {
    if !has("git") {
        return;
    }
    let school = small();
    let root = school.path();
    git(root, "甲", &["init", "-q"]);
    commit(root, "甲", "建档");
    // The date was wrong: the tool renames the file.
    assert!(
        cuncao(root, &["set", "v7k3m9q", "date=2025-11-02"])
            .status
            .success()
    );
    commit(root, "乙", "改日期");
    let now = "visits/2025-11/2025-11-02-v7k3m9q.toml";
    assert!(root.join(now).is_file());
    // Moved by hand to the wrong folder, with a completely new text.
    std::fs::create_dir_all(root.join("visits/2025-12")).unwrap();
    std::fs::remove_file(root.join(now)).unwrap();
    let wrong = "visits/2025-12/2025-11-02-v7k3m9q.toml";
    write(
        root,
        wrong,
        "by = [\"h7k3m9q\"]\nchildren = [\"c4t8w2z\"]\nmode = \"phone\"\nsummary = \"完全重写，和以前一个字也不同的一段话。\"\ndate = 2025-11-02\n",
    );
    commit(root, "丙", "重写");
    let told = steady(&log(root, &["v7k3m9q"]));
    assert_eq!(
        told,
        format!(
            "丙  重写\n  ~ 走访 {now} → {wrong}\n      方式: 家访 → 电话\n      情况记录: 奶奶身体好转。 → 完全重写，和以前一个字也不同的一段话。\n\n\
             乙  改日期\n  ~ 走访 {VISIT} → {now}\n      日期: 2025-10-12 → 2025-11-02\n\n\
             甲  建档\n  + 走访 {VISIT}"
        )
    );
    // The old id leads to the same history.
    assert_eq!(steady(&log(root, &["2025-10-12-v7k3m9q"])), told);
    let last = log(root, &["v7k3m9q", "-n", "1"]);
    assert!(last.contains("丙") && !last.contains("乙  "), "{last}");
    // After its removal it is found by its last and its first name.
    std::fs::remove_file(root.join(wrong)).unwrap();
    commit(root, "丁", "删");
    for name in ["2025-11-02-v7k3m9q", "2025-10-12-v7k3m9q"] {
        let gone = steady(&log(root, &[name]));
        assert_eq!(
            gone,
            format!("丁  删\n  - 走访 {wrong}\n\n{told}"),
            "{name}"
        );
    }
}

#[test]
fn the_log_follows_a_moved_records_directory() {
    if !has("git") {
        return;
    }
    let school = small();
    let top = school.path();
    git(top, "甲", &["init", "-q"]);
    commit(top, "甲", "建档");
    assert!(
        cuncao(top, &["set", "c4t8w2z", "village=柳树村"])
            .status
            .success()
    );
    commit(top, "乙", "补村");
    let names = ["cuncao.toml", "terms", "helpers", "children", "visits"];
    std::fs::create_dir_all(top.join("学校[一]/档案")).unwrap();
    for name in names {
        git(top, "丙", &["mv", name, "学校[一]/档案"]);
    }
    commit(top, "丙", "搬家");
    let root = top.join("学校[一]/档案");
    let told = steady(&log(&root, &["张小明"]));
    assert_eq!(
        told,
        "丙  搬家\n  ~ 儿童 ../../children/c4t8w2z.toml → children/c4t8w2z.toml\n\n乙  补村\n  ~ 儿童 ../../children/c4t8w2z.toml\n      村（社区）: — → 柳树村\n\n甲  建档\n  + 儿童 ../../children/c4t8w2z.toml"
    );
    let all = steady(&log(&root, &[]));
    assert!(
        all.contains("甲  建档") && !all.contains("+ 儿童 children"),
        "{all}"
    );
}

#[test]
fn a_replaced_record_has_a_separate_history() {
    if !has("git") {
        return;
    }
    let school = small();
    let root = school.path();
    git(root, "甲", &["init", "-q"]);
    commit(root, "甲", "建档");
    std::fs::remove_file(root.join(VISIT)).unwrap();
    let other = "visits/2025-10/2025-10-20-v000001.toml";
    write(
        root,
        other,
        "date = 2025-10-20\nmode = \"talk\"\nchildren = [\"c7k2m4p\"]\nby = [\"h7k3m9q\"]\nsummary = \"和同学和好了，很高兴。\"\n",
    );
    commit(root, "乙", "换一条");
    let told = steady(&log(root, &["v000001"]));
    assert_eq!(told, format!("乙  换一条\n  + 走访 {other}"));
    let gone = steady(&log(root, &["2025-10-12-v7k3m9q"]));
    assert_eq!(
        gone,
        format!("乙  换一条\n  - 走访 {VISIT}\n\n甲  建档\n  + 走访 {VISIT}")
    );
}

#[test]
fn authors_beyond_a_shallow_history_are_unknown() {
    if !has("git") {
        return;
    }
    let school = small();
    let root = school.path();
    git(root, "甲", &["init", "-q"]);
    commit(root, "甲", "建档");
    for (who, village) in [("乙", "东村"), ("丙", "西村")] {
        let set = format!("village={village}");
        assert!(cuncao(root, &["set", "c4t8w2z", &set]).status.success());
        commit(root, who, village);
    }
    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", root.display());
    git(
        clone.path(),
        "丁",
        &["clone", "-q", "--depth=2", &from, "."],
    );
    let told = steady(&log(clone.path(), &["张小明"]));
    let (first, rest) = told.split_once("\n\n").unwrap();
    assert!(
        first.starts_with("丙  西村") && first.contains("东村 → 西村"),
        "{told}"
    );
    assert!(
        rest.contains("git fetch --unshallow") && !rest.contains("儿童"),
        "{told}"
    );
    assert!(!told.contains("乙") && !told.contains("甲"), "{told}");
    // The author of a record that has not changed since is unknown.
    let other = log(clone.path(), &["赵雪"]);
    assert!(
        other.contains("git fetch --unshallow") && !other.contains('乙'),
        "{other}"
    );
    let json = cuncao(clone.path(), &["log", "张小明", "--format", "json"]);
    assert!(err(&json).contains("git fetch --unshallow"));
    let rows: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(rows[1]["change"], "unknown");
    assert_eq!(rows[1]["author"], serde_json::Value::Null);
    // After fetching everything, all authors are known.
    git(clone.path(), "丁", &["fetch", "-q", "--unshallow"]);
    let whole = log(clone.path(), &["张小明"]);
    assert!(
        ["甲", "乙", "丙"].iter().all(|who| whole.contains(who)),
        "{whole}"
    );
}

#[test]
fn a_commit_of_many_records_shows_their_number() {
    if !has("git") {
        return;
    }
    let school = small();
    let root = school.path();
    git(root, "甲", &["init", "-q"]);
    for number in 0..40 {
        let path = format!("visits/2025-09/2025-09-01-v0000{number:02}.toml");
        let text = std::fs::read_to_string(root.join(VISIT)).unwrap();
        write(root, &path, &text.replace("2025-10-12", "2025-09-01"));
    }
    commit(root, "甲", "导入");
    for number in 0..40 {
        let path = format!("visits/2025-09/2025-09-01-v0000{number:02}.toml");
        let text = std::fs::read_to_string(root.join(&path)).unwrap();
        write(root, &path, &text.replace("home", "talk"));
    }
    std::fs::remove_file(root.join("children/c7k2m4p.toml")).unwrap();
    commit(root, "乙", "改方式");
    let told = steady(&log(root, &["-n", "3"]));
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "乙  改方式");
    assert_eq!(told.matches("方式: 家访 → 谈心").count(), 30, "{told}");
    let rest = &lines[lines.len() - 10..];
    assert_eq!(
        rest,
        [
            "  - 儿童 1条",
            "  ~ 走访 10条",
            "",
            "甲  导入",
            "  + 学期 2条",
            "  + 帮扶人 1条",
            "  + 儿童 2条",
            "  + 走访 41条",
            "",
            "一次提交改动很多时只记条数；逐条列出：--format json"
        ]
    );
    let json = log(root, &["--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 41 + 46);
    assert_eq!(log(root, &["--since", "HEAD"]), "");
}
