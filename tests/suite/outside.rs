//! Input and output files at any place and of any type.

use std::io::Read;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use crate::support::{cuncao, err, has, printed, program, refused, small};

const CHILD: &str = "children/c4t8w2z.toml";

fn report(root: &Path, output: &str) -> std::process::Output {
    cuncao(root, &["report", "term", "--format", "md", "-o", output])
}

#[test]
fn records_settings_and_gits_files_are_never_overwritten() {
    let school = small();
    let root = school.path();
    std::fs::create_dir_all(root.join(".git")).unwrap();
    std::fs::write(root.join(".git/config"), "[core]\n").unwrap();
    symlink(CHILD, root.join("link.md")).unwrap();
    let before = crate::support::files(root);
    for output in [
        "cuncao.toml",
        CHILD,
        ".git/config",
        ".git/new",
        "children/new.csv",
        "link.md",
        "visits/x",
    ] {
        for command in [
            vec!["report", "term", "--format", "md", "-o", output],
            vec!["export", "child", "--format", "csv", "-o", output],
        ] {
            let told = refused(root, &command, 2);
            assert!(told.contains("不能写在那里"), "{output}: {told}");
        }
    }
    for folder in ["children", ".", ".git/x", "visits/2025-10"] {
        let told = refused(root, &["schema", "--dir", folder], 2);
        assert!(told.contains("不能写在那里"), "{folder}: {told}");
        // `man` creates a folder of its own next to the records.
        if folder != "." {
            let told = refused(root, &["man", folder], 2);
            assert!(told.contains("不能写在那里"), "{folder}: {told}");
        }
    }
    // Also from another directory, through a symbolic link.
    let elsewhere = tempfile::tempdir().unwrap();
    symlink(root, elsewhere.path().join("alias")).unwrap();
    let output = elsewhere.path().join("alias").join(CHILD);
    let command = [
        "report",
        "term",
        "-o",
        output.to_str().unwrap(),
        "--format",
        "md",
    ];
    refused(root, &command, 2);
    assert_eq!(crate::support::files(root), before);
    // Next to the records it is allowed.
    assert!(report(root, "小结.md").status.success());
}

#[test]
fn links_fifos_and_modes_stay_what_they_are() {
    let school = small();
    let root = school.path();
    let out = tempfile::tempdir().unwrap();
    let at = |name: &str| out.path().join(name);
    std::fs::write(at("real.md"), "old").unwrap();
    std::fs::set_permissions(at("real.md"), std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.md", at("link.md")).unwrap();
    assert!(
        report(root, at("link.md").to_str().unwrap())
            .status
            .success()
    );
    assert!(at("link.md").symlink_metadata().unwrap().is_symlink());
    let text = std::fs::read_to_string(at("real.md")).unwrap();
    assert!(text.len() > 100 && text != "old");
    assert_eq!(
        at("real.md").metadata().unwrap().permissions().mode() & 0o777,
        0o640
    );
    // A file with two hard links keeps both.
    std::fs::hard_link(at("real.md"), at("other.md")).unwrap();
    std::fs::write(at("other.md"), "old").unwrap();
    assert!(
        report(root, at("real.md").to_str().unwrap())
            .status
            .success()
    );
    assert_eq!(std::fs::read_to_string(at("other.md")).unwrap(), text);
    // A dangling symbolic link.
    symlink("new.md", at("dangling.md")).unwrap();
    assert!(
        report(root, at("dangling.md").to_str().unwrap())
            .status
            .success()
    );
    assert_eq!(std::fs::read_to_string(at("new.md")).unwrap(), text);
    assert_eq!(
        at("new.md").metadata().unwrap().permissions().mode() & 0o777,
        0o600
    );

    assert!(report(root, "/dev/null").status.success());
    if has("mkfifo") {
        let fifo = at("fifo");
        let made = std::process::Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap();
        assert!(made.success());
        let reader = {
            let fifo = fifo.clone();
            std::thread::spawn(move || {
                let mut text = String::new();
                std::fs::File::open(fifo)
                    .unwrap()
                    .read_to_string(&mut text)
                    .unwrap();
                text
            })
        };
        assert!(report(root, fifo.to_str().unwrap()).status.success());
        assert_eq!(reader.join().unwrap(), text);
    }
}

#[test]
fn a_missing_folder_and_an_unknown_ending_are_told() {
    let school = small();
    let root = school.path();
    let told = refused(root, &["report", "term", "-o", "没有/小结.md"], 2);
    assert!(
        told.contains("没有文件夹") && told.contains("没有"),
        "{told}"
    );
    for command in [
        ["report", "term", "-o", "x.doc"].as_slice(),
        &["export", "-o", "x.doc"],
        &["export", "child", "-o", "x.doc"],
        &["export", "-o", "x.csv"],
    ] {
        refused(root, command, 2);
        assert!(
            !root.join("x.doc").exists() && !root.join("x.csv").exists(),
            "{command:?}"
        );
    }
    printed(root, &["export", "-o", "表"]);
    assert!(root.join("表/children.csv").is_file());
}

#[test]
fn what_is_larger_than_a_record_may_be_is_not_written() {
    let school = small();
    let root = school.path();
    let visit = format!(
        r#"date = 2025-10-12
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "{}"
"#,
        "长".repeat(400_000)
    );
    std::fs::write(root.join("big.toml"), &visit).unwrap();
    let before = crate::support::files(root);
    for command in [
        ["add", "visit", "--from", "big.toml"].as_slice(),
        &["edit", "2025-10-12-v7k3m9q", "--from", "big.toml"],
        &["add", "visit", "--from", "/dev/zero"],
        &["note", "/dev/zero"],
    ] {
        assert!(refused(root, command, 2).contains("1 MiB"), "{command:?}");
    }
    // A value within the limit may exceed it as encoded in the file.
    let long = format!("summary={}", "长".repeat(20_000));
    std::fs::write(
        root.join("visits/2025-10/2025-10-12-v7k3m9q.toml"),
        visit.replace(&"长".repeat(60_000), ""),
    )
    .unwrap();
    printed(root, &["set", "2025-10-12-v7k3m9q", &long]);
    std::fs::write(
        root.join("visits/2025-10/2025-10-12-v7k3m9q.toml"),
        before[&root.join("visits/2025-10/2025-10-12-v7k3m9q.toml")].as_slice(),
    )
    .unwrap();
    printed(root, &["stats"]);
}

#[test]
fn an_editor_that_does_not_wait_is_told_of_and_its_copy_kept() {
    let school = small();
    let mut command = program(school.path(), &["edit", "c4t8w2z"]);
    let output = command.env("EDITOR", "true").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let told = err(&output);
    assert!(told.contains("--wait"), "{told}");
    let copy = told
        .split("--from ")
        .nth(1)
        .unwrap()
        .split('`')
        .next()
        .unwrap();
    assert!(std::fs::read_to_string(copy).unwrap().contains("张小明"));
    std::fs::remove_dir_all(Path::new(copy).parent().unwrap()).unwrap();
}

#[test]
fn what_costs_nothing_to_write_and_gigabytes_to_fill_is_refused() {
    let school = small();
    let root = school.path();
    let quotes = "> ".repeat(20_000) + "a";
    let lists = "+ ".repeat(20_000) + "a";
    for (template, told) in [
        (r#"{{ "%1000000000d"|format(1) }}"#, "1000000000"),
        (r#"{{ "%*d"|format(1000000000, 1) }}"#, "1000000000"),
        (r#"{{ "a"|indent(1000000000, true) }}"#, "1000000000"),
        (r#"{{ [1]|slice(1000000000)|list }}"#, "1000000000"),
        (&quotes, "100"),
        (&lists, "100"),
    ] {
        std::fs::write(root.join("t.md"), template).unwrap();
        let command = ["report", "term", "--template", "t.md", "--format", "html"];
        let error = refused(root, &command, 2);
        assert!(error.contains(told), "{error}");
        assert_eq!(
            error
                .lines()
                .filter(|line| line.starts_with("错误"))
                .count(),
            1,
            "{error}"
        );
    }
    assert!(refused(root, &["report", "term", "--template", "/dev/zero"], 2).contains("1 MiB"));
    // Ordinary uses of these filters still work.
    std::fs::write(
        root.join("t.md"),
        r#"{{ "%5.1f|%s"|format(2.25, "甲") }} {{ "a\nb"|indent(2) }}"#,
    )
    .unwrap();
    let text = printed(root, &["report", "term", "--template", "t.md"]);
    assert!(text.contains("2.2") && text.contains("甲"), "{text}");
}

#[test]
fn a_term_that_begins_in_the_year_202_is_refused_and_takes_no_longer() {
    let school = small();
    let root = school.path();
    let typed = ["set", "2025-2026-1", "start=0202-09-01"];
    assert!(refused(root, &typed, 2).contains("0202-09-01 不在文件名所说的学年里"));
    let term = r#"name = "坏"
start = 0202-09-01
end = 2026-01-23
"#;
    std::fs::write(root.join("terms/2025-2026-1.toml"), term).unwrap();
    let settings = root.join("cuncao.toml");
    let duty = r#"
[[duty]]
id = "v"
title = "每日"
owed_to = "child"
every = "1d"
record = "visit"
"#;
    let text = std::fs::read_to_string(&settings).unwrap() + duty;
    std::fs::write(settings, text).unwrap();
    let began = std::time::Instant::now();
    for command in [["stats"].as_slice(), &["report", "term"]] {
        let told = refused(root, command, 2);
        let sentence = "学期“坏”从 0202-09-01 到 2026-01-23，日期有误";
        assert!(
            told.contains(sentence) && told.contains("terms/2025-2026-1.toml"),
            "{told}"
        );
    }
    let validated = cuncao(root, &["validate", "--only", "outside-school-year"]);
    assert_eq!(validated.status.code(), Some(1));
    assert!(matches!(cuncao(root, &["due"]).status.code(), Some(0..=2)));
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}
