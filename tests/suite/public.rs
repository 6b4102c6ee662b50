//! What is asked for `--public`: what is never public says so, several schools hide what one of them must, givers who
//! are persons are not told from one another, and exports under pseudonyms leave out what names somebody.

use std::path::Path;

use crate::support::{cuncao, small, write};

fn told(root: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let done = cuncao(root, arguments);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

#[test]
fn what_shows_single_children_is_refused_in_a_sentence() {
    let folder = small();
    for arguments in [
        &["list", "child", "--public"][..],
        &["explain", "children", "--public"],
        &["export", "--public"],
        &["export", "--pseudonymise", "--public"],
        &["show", "c4t8w2z", "--public"],
        &["find", "奶奶", "--public"],
        &["due", "--public"],
        &["log", "--public"],
    ] {
        let (code, out, said) = told(folder.path(), arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {said}");
        assert!(
            out.is_empty() && said.contains("不能对外公开"),
            "{arguments:?}: {said}"
        );
        let english = [&["--lang", "en"], arguments].concat();
        let (_, _, said) = told(folder.path(), &english);
        assert!(said.contains("cannot be public"), "{arguments:?}: {said}");
    }
    for report in cuncao::report::REPORTS {
        let is_public = report.readers == cuncao::report::Readers::Anyone;
        if !is_public {
            let (code, _, said) = told(folder.path(), &["report", report.name, "--public"]);
            assert_eq!(code, Some(2), "{}: {said}", report.name);
            assert!(said.contains("不能公开"), "{}: {said}", report.name);
        }
    }
}

/// A school of one class with so many left-behind children, of whom some are paired.
fn school(root: &Path, name: &str, letter: char, children: usize, paired: usize) {
    write(
        root,
        "cuncao.toml",
        &format!("format = 1\n[school]\nname = \"{name}\"\nlevel = \"primary\"\n"),
    );
    write(
        root,
        "terms/2025-2026-1.toml",
        "name = \"第一学期\"\nstart = 2025-09-01\nend = 2026-01-23\n[enrolment]\n4 = 90\n",
    );
    write(
        root,
        "helpers/h7k3m9q.toml",
        "name = \"王芳\"\nrole = \"teacher\"\n",
    );
    for at in 0..children {
        let id = format!("c{letter}0000{}", at % 10);
        let id = if at < 10 {
            id
        } else {
            format!("c{letter}0001{}", at % 10)
        };
        write(
            root,
            &format!("children/{id}.toml"),
            "name = \"张三丰\"\ngender = \"male\"\nbirth_date = 2015-03-02\nfiled = 2025-09-01\n[[enrolment]]\nsince = 2022-09-01\nclass = \"2022-1\"\n[[guardianship]]\nsince = 2025-09-01\naway = \"both\"\nkind = \"grandparents\"\n",
        );
        if at < paired {
            write(
                root,
                &format!("pairings/2025-09/2025-09-05-p{}.toml", &id[1..]),
                &format!(
                    "child = \"{id}\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\n"
                ),
            );
        }
    }
}

#[test]
fn several_schools_hide_what_one_of_them_must() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    school(&root.join("a"), "柳树小学", 'a', 12, 12);
    school(&root.join("b"), "大坪小学", 'b', 12, 11);
    school(&root.join("c"), "新田小学", 'c', 2, 2);
    let open = ["rollup", ".", "--term", "2025-2026-1", "--figures", "all"];
    let (_, whole, _) = told(root, &[&open[..], &["--format", "csv"]].concat());
    assert!(
        whole.contains("children.paired") && whole.contains("新田小学"),
        "{whole}"
    );
    for format in ["table", "csv", "json", "md"] {
        let arguments = [
            "rollup",
            ".",
            "--term",
            "2025-2026-1",
            "--public",
            "--format",
            format,
        ];
        let (code, out, said) = told(root, &arguments);
        assert_eq!(code, Some(0), "{format}: {said}");
        // A school of two children goes; that one child is unpaired in another hides who is paired in all.
        assert!(
            !out.contains("新田小学") && out.contains("柳树小学"),
            "{format}: {out}"
        );
        assert!(
            !out.contains("children.paired") && !out.contains("11"),
            "{format}: {out}"
        );
        assert!(
            out.contains("24"),
            "the total of those that are told of: {format}: {out}"
        );
        assert!(
            said.contains("1 所学校人数太少") && said.contains("早先公开过"),
            "{said}"
        );
        assert!(!out.contains(root.to_str().unwrap()), "{format}: {out}");
    }
    let figure = [
        "rollup",
        ".",
        "--term",
        "2025-2026-1",
        "--public",
        "--figures",
        "children.paired",
    ];
    let (code, _, said) = told(root, &figure);
    assert!(
        code == Some(2) && said.contains("没有可以对外公开的数字"),
        "{said}"
    );
}

#[test]
fn givers_who_are_persons_are_not_told_from_one_another() {
    let folder = small();
    let root = folder.path();
    for (at, source, kind) in [
        (1, "李建国", None),
        (2, "王女士", None),
        (3, "阳光", Some("individual")),
        (4, "县妇联", Some("women")),
        (5, "腾飞公司", None),
        (6, "陈老师", Some("teacher")),
    ] {
        let kind = kind.map_or_else(String::new, |kind| format!("source_kind = \"{kind}\"\n"));
        write(
            root,
            &format!("aid/2025-12/2025-12-20-d00000{at}.toml"),
            &format!(
                "date = 2025-12-20\nkind = \"money\"\namount = \"100.00\"\nchildren = [\"c4t8w2z\"]\nsource = \"{source}\"\n{kind}"
            ),
        );
    }
    let commands = [
        &["stats", "--format", "csv"][..],
        &["stats", "--format", "json", "--all"],
        &["stats", "--format", "csv", "--public"],
        &[
            "rollup",
            ".",
            "--figures",
            "all",
            "--format",
            "csv",
            "--term",
            "2025-2026-1",
        ],
        &["report", "term", "--public", "--reviewed"],
    ];
    for arguments in commands {
        let (code, out, said) = told(root, arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {said}");
        for person in ["李建国", "王女士", "阳光", "陈老师"] {
            assert!(!out.contains(person), "{arguments:?}: {person} in {out}");
        }
    }
    let (_, out, _) = told(root, &["stats", "aid.source", "--format", "csv"]);
    assert!(
        out.contains("aid.source.爱心人士") && out.contains("aid.source.县妇联"),
        "{out}"
    );
    let (_, out, _) = told(root, &["explain", "aid.source.爱心人士", "--format", "csv"]);
    assert_eq!(out.lines().count(), 5, "{out}");
}

#[test]
fn under_pseudonyms_a_text_that_names_somebody_is_left_out_and_counted() {
    let folder = small();
    let root = folder.path();
    for (at, summary) in [
        (1, "张　小明的奶奶身体好转"),
        (2, "小明进步很大"),
        (3, "电话打到139-0000-0009"),
        (4, "孩子们都很懂事"),
    ] {
        write(
            root,
            &format!("visits/2025-11/2025-11-12-v00000{at}.toml"),
            &format!(
                "date = 2025-11-12\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nsummary = \"{summary}\"\n"
            ),
        );
    }
    let arguments = [
        "export",
        "visit",
        "--pseudonymise",
        "--keep-text",
        "--format",
        "csv",
        "--key-file",
    ];
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("key");
    let arguments = [&arguments[..], &[file.to_str().unwrap()]].concat();
    let (code, out, said) = told(root, &arguments);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("有 3 段文字"), "{said}");
    assert!(out.contains("孩子们都很懂事"), "{out}");
    for word in ["小明", "139", "奶奶身体好转，", "进步"] {
        assert!(!out.contains(word), "{word}: {out}");
    }
}
