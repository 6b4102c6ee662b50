//! `--public`: reports that are never public say so, rollups suppress what one of their schools must, donors who are
//! persons cannot be told apart, and pseudonymous exports leave out texts that name somebody.

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

/// A school with one class of left-behind children, some of them paired.
fn school(root: &Path, name: &str, letter: char, children: usize, paired: usize) {
    write(
        root,
        "cuncao.toml",
        &format!(
            r#"format = 1
[school]
name = "{name}"
level = "primary"
"#
        ),
    );
    write(
        root,
        "terms/2025-2026-1.toml",
        r#"name = "第一学期"
start = 2025-09-01
end = 2026-01-23
[enrolment]
4 = 90
"#,
    );
    write(
        root,
        "helpers/h7k3m9q.toml",
        r#"name = "王芳"
role = "teacher"
"#,
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
            r#"name = "张三丰"
gender = "male"
birth_date = 2015-03-02
filed = 2025-09-01
[[enrolment]]
since = 2022-09-01
class = "2022-1"
[[guardianship]]
since = 2025-09-01
away = "both"
kind = "grandparents"
"#,
        );
        if at < paired {
            write(
                root,
                &format!("pairings/2025-09/2025-09-05-p{}.toml", &id[1..]),
                &format!(
                    r#"child = "{id}"
helper = "h7k3m9q"
role = "teacher"
since = 2025-09-05
"#
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
        // A school of two children is left out; another with one unpaired child does not publish how many are paired.
        assert!(
            !out.contains("新田小学") && out.contains("柳树小学"),
            "{format}: {out}"
        );
        assert!(!out.contains("11"), "{format}: {out}");
        assert!(
            out.contains("24"),
            "the total of those that are told of: {format}: {out}"
        );
        assert!(
            said.contains("1 所学校人数太少")
                && said.contains("早先公开过")
                && said.contains("让人认出少数几名儿童"),
            "{said}"
        );
        assert!(!out.contains(root.to_str().unwrap()), "{format}: {out}");
    }
    let paired = |folders: &[&str]| {
        let figure = [
            "--term",
            "2025-2026-1",
            "--public",
            "--figures",
            "children.paired",
        ];
        told(
            root,
            &[&["rollup"], folders, &figure, &["--format", "json"]].concat(),
        )
    };
    let (_, out, _) = paired(&["a", "b", "c"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let paired_in = &json["figures"][0];
    assert_eq!(paired_in["schools"][0]["value"], 12, "{out}");
    assert!(paired_in["schools"][1]["value"].is_null(), "{out}");
    // The total covers only the school that reports the figure, and says so.
    assert_eq!(paired_in["total"]["value"], 12, "{out}");
    assert_eq!(paired_in["total"]["of"], 12, "{out}");
    assert_eq!(paired_in["total"]["schools"], 1, "{out}");
    // A figure that no school reports is not even named.
    let (code, _, said) = paired(&["b", "c"]);
    assert!(
        code == Some(2) && said.contains("没有可以对外公开的数字"),
        "{said}"
    );
    for format in ["md", "html", "docx"] {
        let arguments = [
            "rollup",
            ".",
            "--term",
            "2025-2026-1",
            "--public",
            "--format",
            format,
        ];
        let file = root.join(format!("县.{format}"));
        let to = ["-o", file.to_str().unwrap()];
        let (code, _, said) = told(root, &[&arguments[..], &to].concat());
        assert_eq!(code, Some(0), "{format}: {said}");
    }
    let page = std::fs::read_to_string(root.join("县.md")).unwrap();
    assert!(
        page.contains("其中1所已结对12人（100.0%）") && page.contains("合计不含"),
        "{page}"
    );
}

#[test]
fn a_file_of_public_figures_stands_for_its_school() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    school(&root.join("a"), "柳树小学", 'a', 12, 12);
    school(&root.join("b"), "大坪小学", 'b', 12, 11);
    let term = ["--term", "2025-2026-1"];
    let stats = |school: &str, more: &[&str]| {
        let arguments = [
            &["-C", school, "stats", "--format", "json"],
            &term[..],
            more,
        ]
        .concat();
        told(root, &arguments).1
    };
    write(root, "files/b.json", &stats("b", &["--public"]));
    write(root, "files/a.json", &stats("a", &["--public"]));
    let rollup = |folder: &str| {
        let arguments = [
            "rollup",
            folder,
            "--public",
            "--figures",
            "all",
            "--format",
            "json",
        ];
        let (code, out, said) = told(root, &[&arguments[..], &term].concat());
        assert_eq!(code, Some(0), "{said}");
        let json: serde_json::Value = serde_json::from_str(&out).unwrap();
        let figures = json["figures"].as_array().unwrap().iter();
        let is_some =
            |total: &serde_json::Value| !total.is_null() && *total != 0 && *total != "0.00";
        let totals = figures.filter(|figure| is_some(&figure["total"]["value"]));
        totals
            .map(|figure| (figure["id"].to_string(), figure["total"].clone()))
            .collect::<Vec<_>>()
    };
    write(root, "folders/.keep", "");
    for school in ["a", "b"] {
        crate::support::copy(&root.join(school), &root.join("folders").join(school));
    }
    assert_eq!(rollup("files"), rollup("folders"));
    // Nothing else is revealed, not even the names of what is left out.
    let file = std::fs::read_to_string(root.join("files/b.json")).unwrap();
    assert!(
        !file.contains("children.paired") && !file.contains("risk"),
        "{file}"
    );
    // Full files are refused for the public, and public files otherwise.
    write(root, "whole/b.json", &stats("b", &[]));
    for (folder, public) in [("whole", &["--public"][..]), ("files", &[])] {
        let arguments = [&["rollup", folder], &term[..], public].concat();
        let (code, _, said) = told(root, &arguments);
        assert!(code != Some(0) && said.contains("--public"), "{said}");
    }
}

#[test]
fn a_class_whose_school_tells_nothing_by_class_has_no_public_summary() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    school(root, "柳树小学", 'a', 12, 12);
    // One child is in a class of its own: figures are by grade.
    let path = "children/ca00001.toml";
    let text = std::fs::read_to_string(root.join(path)).unwrap();
    write(root, path, &text.replace("2022-1", "2022-2"));
    let class = ["report", "class", "--class", "2022-1", "--public"];
    let (code, out, said) = told(root, &class);
    assert!(code == Some(2) && out.is_empty(), "{out}{said}");
    assert!(said.contains("班级总结不能公开"), "{said}");
    let (_, _, said) = told(root, &[&["--lang", "en"], &class[..]].concat());
    assert!(
        said.contains("no summary of a class can be public"),
        "{said}"
    );
    // If everything may be published by class, the class report exists, with the same numbers.
    school(root, "柳树小学", 'a', 12, 12);
    let (code, out, said) = told(root, &class);
    assert!(
        code == Some(0) && out.contains("本班有留守儿童12人"),
        "{out}{said}"
    );
}

/// The ids of the figures that a school publishes.
fn told_of(root: &Path) -> Vec<String> {
    let (code, out, said) = told(root, &["stats", "--public", "--format", "json"]);
    assert_eq!(code, Some(0), "{said}");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let figures = json["figures"].as_array().unwrap().iter();
    figures
        .map(|figure| figure["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Prefixes of the figures that reveal whether there are children.
const OF_CHILDREN: [&str; 6] = [
    "children",
    "classes",
    "caseload",
    "pairings",
    "parents",
    "visits.per-child",
];

#[test]
fn nothing_tells_that_there_are_a_few_children() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut of_none = None;
    for (name, children) in [("empty", 0), ("one", 1), ("two", 2)] {
        let root = root.join(name);
        school(&root, "柳树小学", 'a', children, children);
        let figures = told_of(&root);
        let tells = |id: &&String| {
            OF_CHILDREN
                .iter()
                .chain(&["birthdays", "contact"])
                .any(|prefix| id.starts_with(prefix))
        };
        let told: Vec<&String> = figures.iter().filter(tells).collect();
        assert_eq!(told, Vec::<&String>::new(), "{children}");
        let mut out = String::new();
        for paper in ["summary", "term", "year", "home", "activity"] {
            let (code, text, said) = self::told(&root, &["report", paper, "--public"]);
            assert_eq!(code, Some(0), "{said}");
            out += &text;
        }
        assert_eq!(out.matches("留守儿童人数不公开").count(), 3, "{out}");
        // The papers are the same for no child, one or two.
        let known = of_none.get_or_insert_with(|| (figures.clone(), out.clone()));
        assert_eq!((&known.0, &known.1), (&figures, &out), "{children}");
    }
}

#[test]
fn nothing_tells_that_there_were_a_few_children() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    school(root, "柳树小学", 'a', 12, 12);
    write(
        root,
        "terms/2024-2025-2.toml",
        r#"name = "第二学期"
start = 2025-02-17
end = 2025-07-04
[enrolment]
3 = 90
"#,
    );
    // Two of the twelve were left-behind before.
    for child in ["ca00001", "ca00002"] {
        let path = format!("children/{child}.toml");
        let text = std::fs::read_to_string(root.join(&path)).unwrap();
        write(
            root,
            &path,
            &text.replace("since = 2025-09-01\naway", "since = 2024-09-01\naway"),
        );
    }
    let compare = [
        "stats",
        "--public",
        "--compare",
        "2024-2025-2",
        "--all",
        "--format",
        "json",
    ];
    let (code, out, said) = told(root, &compare);
    assert_eq!(code, Some(0), "{said}");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    for figure in json["figures"].as_array().unwrap() {
        let id = figure["id"].as_str().unwrap();
        assert!(
            !OF_CHILDREN.iter().any(|prefix| id.starts_with(prefix))
                || figure["before"]["value"].is_null(),
            "{figure}"
        );
    }
}

#[test]
fn how_many_classes_have_children_is_told_where_none_needs_to_have_few() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    school(root, "柳树小学", 'a', 12, 12);
    assert!(told_of(root).contains(&"classes".to_owned()));
    // One child in each of four of the five classes: the number of classes alone does not reveal the 12 children.
    for at in 0..4 {
        let path = format!("children/ca0000{at}.toml");
        let text = std::fs::read_to_string(root.join(&path)).unwrap();
        write(
            root,
            &path,
            &text.replace("2022-1", &format!("2022-{}", at + 2)),
        );
    }
    let figures = told_of(root);
    assert!(figures.contains(&"children".to_owned()), "{figures:?}");
    assert!(
        !figures.iter().any(|id| id.starts_with("classes")),
        "{figures:?}"
    );
}

#[test]
fn numbers_from_which_a_few_children_follow_are_not_told() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let told = |root: &Path, id: &str| told_of(root).iter().any(|told| told == id);
    school(root, "柳树小学", 'a', 12, 12);
    let settings = std::fs::read_to_string(root.join("cuncao.toml")).unwrap();
    let duty = r#"[[duty]]
id = "talk"
title = "每月走访"
owed_to = "child"
count = 1
period = "month"
record = "visit"
"#;
    write(root, "cuncao.toml", &format!("{settings}{duty}"));
    for id in ["parents.known", "pairings", "duty.talk"] {
        assert!(told(root, id), "{id}");
    }
    let change = |path: &str, from: &str, to: &str| {
        let text = std::fs::read_to_string(root.join(path)).unwrap();
        assert!(text.contains(from), "{text}");
        write(root, path, &text.replace(from, to));
    };
    // 23 parents of 12 children: one has a parent at home.
    change(
        "children/ca00003.toml",
        "away = \"both\"\nkind = \"grandparents\"",
        "away = \"father\"\nkind = \"one-parent\"",
    );
    assert!(!told(root, "parents.known") && told(root, "pairings"));
    // 13 pairings of 12 children.
    let pairing = r#"child = "ca00004"
helper = "h7k3m9q"
role = "volunteer"
since = 2025-09-05
"#;
    write(root, "pairings/2025-09/2025-09-05-pz00001.toml", pairing);
    assert!(!told(root, "pairings"));
    // One month less than twelve children owe: one arrived later.
    change(
        "children/ca00005.toml",
        "since = 2025-09-01\naway",
        "since = 2025-10-02\naway",
    );
    assert!(!told(root, "duty.talk"));
}

#[test]
fn words_of_a_template_accuse_nobody_and_those_of_the_school_do() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    school(root, "柳树小学", 'a', 12, 12);
    // Children whose names are words of the report: it contains 成长 and 留守.
    for (child, name) in [("ca00001", "李成长"), ("ca00002", "王留守")] {
        let path = format!("children/{child}.toml");
        let text = std::fs::read_to_string(root.join(&path)).unwrap();
        write(root, &path, &text.replace("张三丰", name));
    }
    let (code, _, said) = told(root, &["report", "term", "--public"]);
    assert_eq!(code, Some(0), "{said}");
    // In the school's own text it counts as a name.
    let term = r#"name = "第一学期"
start = 2025-09-01
end = 2026-01-23
goals = ["让成长有人陪"]
[enrolment]
4 = 90
"#;
    write(root, "terms/2025-2026-1.toml", term);
    let (code, _, said) = told(root, &["report", "term", "--public"]);
    assert!(
        code == Some(2) && said.contains("terms/2025-2026-1.toml goals[0]"),
        "{said}"
    );
    assert_eq!(said.matches("    →").count(), 1, "{said}");
    // A template of the school counts as its own text.
    write(
        root,
        "terms/2025-2026-1.toml",
        &term.replace("让成长有人陪", "不让一个掉队"),
    );
    write(root, "templates/term.zh.md", "# 总结\n\n让成长有人陪。\n");
    let (code, _, said) = told(root, &["report", "term", "--public"]);
    assert!(code == Some(2) && said.contains("成长"), "{said}");
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
        (7, "老张", None),
        (8, "赵国镇", None),
        (9, "县妇联王主席", None),
    ] {
        let kind = kind.map_or_else(String::new, |kind| format!("source_kind = \"{kind}\"\n"));
        write(
            root,
            &format!("aid/2025-12/2025-12-20-d00000{at}.toml"),
            &format!(
                r#"date = 2025-12-20
kind = "money"
amount = "100.00"
children = ["c4t8w2z"]
source = "{source}"
{kind}"#
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
        for person in [
            "李建国",
            "王女士",
            "阳光",
            "陈老师",
            "老张",
            "赵国镇",
            "王主席",
        ] {
            assert!(!out.contains(person), "{arguments:?}: {person} in {out}");
        }
    }
    let (_, out, _) = told(root, &["stats", "aid.source", "--format", "csv"]);
    assert!(
        out.contains("aid.source.爱心人士") && out.contains("aid.source.县妇联"),
        "{out}"
    );
    let (_, out, _) = told(root, &["explain", "aid.source.爱心人士", "--format", "csv"]);
    assert_eq!(out.lines().count(), 8, "{out}");
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
                r#"date = 2025-11-12
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "{summary}"
"#
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

#[test]
fn under_pseudonyms_no_text_says_where_children_live() {
    let folder = small();
    let root = folder.path();
    let path = "children/c4t8w2z.toml";
    let child = std::fs::read_to_string(root.join(path)).unwrap();
    write(
        root,
        path,
        &child.replacen("gender", "village = \"柳河村\"\ngender", 1),
    );
    write(
        root,
        "helpers/h7k3m9r.toml",
        r#"name = "何大山"
role = "official"
organisation = "柳 河村村委会"
"#,
    );
    let outside = tempfile::tempdir().unwrap();
    let key = outside.path().join("key");
    let export = [
        "export",
        "helper",
        "--pseudonymise",
        "--format",
        "csv",
        "--key-file",
    ];
    let export = [&export[..], &[key.to_str().unwrap()]].concat();
    let (code, out, said) = told(root, &export);
    assert!(code == Some(0) && !out.contains("河村"), "{out}{said}");
    assert!(said.contains("1 段文字"), "{said}");
    let (_, out, _) = told(root, &[&export[..], &["--places"]].concat());
    assert!(out.contains("河村村委会"), "{out}");
}

#[test]
fn counselling_is_not_what_the_printed_modes_lack_of_the_total() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    school(root, "柳树小学", 'a', 12, 12);
    let modes = [
        "home",
        "home",
        "phone",
        "talk",
        "talk",
        "talk",
        "counselling",
    ];
    for (at, mode) in modes.iter().enumerate() {
        write(
            root,
            &format!("visits/2025-10/2025-10-0{}-va0000{at}.toml", at + 1),
            &format!(
                "date = 2025-10-0{}\nmode = \"{mode}\"\nchildren = [\"ca00001\"]\nby = [\"h7k3m9q\"]\nminutes = 20\nsummary = \"好\"\n",
                at + 1
            ),
        );
    }
    let number = |of: &serde_json::Value, id: &str| {
        let mut figures = of["figures"].as_array().unwrap().iter();
        figures.find(|figure| figure["id"] == id)?["value"].as_i64()
    };
    let arguments = ["stats", "--public", "--format", "json"];
    let (_, json, _) = told(root, &arguments);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(number(&json, "visits"), Some(7));
    assert_eq!(number(&json, "visits.home"), Some(2));
    assert_eq!(number(&json, "visits.phone"), Some(1));
    assert_eq!(number(&json, "visits.minutes.home"), Some(40));
    for id in ["counselling", "talk", "minutes.counselling", "minutes.talk"] {
        assert_eq!(number(&json, &format!("visits.{id}")), None, "{id}");
    }
    let (_, text, _) = told(root, &["report", "term", "--public"]);
    assert!(
        text.contains("走访谈心7次，其中家访2次，电话1次。"),
        "{text}"
    );
}

/// What the public summary of the example school tells, written by hand from its records: a figure, its number, and the
/// words of the summary in Chinese and English.
#[rustfmt::skip]
const TOLD_OF_THE_EXAMPLE: &[(&str, &str, &str, &str)] = &[
    ("students", "574", "全校在校学生574人", "Of 574 pupils"),
    ("children", "113", "全校有留守儿童113人", "the school had 113 left-behind children"),
    ("children share", "19.7", "占19.7%", "113 (19.7%)"),
    ("children.statutory", "40", "按国发〔2016〕13号文件的口径，有40人", "By State Council document 2016 No. 13 it is 40"),
    ("children.new", "3", "新增3人", "3 have been added"),
    ("children.departed", "3", "减少3人", "3 are no longer counted"),
    ("children.guardianship.one-parent", "68", "父母单方监护68人，占60.2%", "one parent 68 (60.2%)"),
    ("children.guardianship.grandparents", "36", "祖辈监护36人，占31.9%", "grandparents 36 (31.9%)"),
    ("children.guardianship.kin-or-friends", "5", "亲朋监护5人，占4.4%", "kin or friends 5 (4.4%)"),
    ("children.guardianship.single-parent", "4", "单亲监护4人，占3.5%", "single parent 4 (3.5%)"),
    ("children.away.father", "55", "父亲外出55人", "father away 55"),
    ("children.away.both", "41", "父母双方外出41人", "both parents away 41"),
    ("children.away.mother", "17", "母亲外出17人", "mother away 17"),
    ("children.boarding", "14", "住校14人", "14 board"),
    ("children.hardship", "26", "困境情形26人", "26 are in hardship"),
    ("children.priority", "23", "重点帮扶对象23人", "23 are of special care"),
    ("lacks.discipline", "21", "行为上缺管教21人", "discipline 21"),
    ("lacks.tutoring", "19", "学习上缺辅导19人", "tutoring 19"),
    ("lacks.protection", "19", "安全上缺保障19人", "protection 19"),
    ("lacks.care", "16", "生活上缺照顾16人", "care 16"),
    ("lacks.affection", "13", "亲情缺失13人", "affection 13"),
    ("lacks.guidance", "9", "思想道德上缺约束9人", "guidance 9"),
    ("lacks.communication", "9", "沟通缺少9人", "communication 9"),
    ("documents.rule.in-force", "5", "现行制度5项", "5 rules are in force"),
    ("documents.plan", "12", "计划、方案12份", "12 plans were written"),
    ("classes.with-plan", "12", "12个有留守儿童的班级都有班级方案", "each of the 12 classes with left-behind children has one"),
    ("appraisals", "4", "考评帮扶人4人次", "4 appraisals of helpers"),
    ("appraisals.excellent", "2", "其中优秀2人次", "2 excellent"),
    ("assessments", "208", "测评208人次", "208 assessments"),
    ("visits", "579", "走访谈心579次", "579 visits and talks"),
    ("visits.home", "368", "家访368次", "home visit 368"),
    ("visits.tutoring", "49", "学习辅导49次", "tutoring 49"),
    ("visits.parent-call", "14", "亲子通话14次", "call with parents 14"),
    ("visits.occasion.dragon-boat", "12", "端午节走访12次", "Dragon Boat Festival 12"),
    ("children.visited", "108", "联系到留守儿童108人，占95.6%", "108 (95.6%) of the left-behind children"),
    ("children.home-visited", "108", "上门家访108人", "108 at home"),
    ("children.heard", "54", "54名留守儿童本人的想法", "What 54 children said"),
    ("visits.on-time", "575", "按时填写575份", "575 were in time"),
    ("follow-ups due", "40", "应在期内办结的事项40件", "Of 40 follow-ups due"),
    ("follow-ups.done", "38", "已办结38件", "38 are done"),
    ("activities.parent-meeting", "1", "召开家长会1次", "1 parents’ meeting"),
    ("parents.known", "154", "在外父母154人", "Of 154 absent parents"),
    ("parents.weekly", "113", "每周至少与孩子联系一次的113人", "113 are in touch at least once a week"),
    ("study-support sessions", "30", "课业辅导30次", "30 sessions of study support"),
    ("home.openings", "36", "开放36次", "open 36 times"),
    ("home.children", "779", "儿童779人次", "779 attendances"),
    ("equipment.items", "72", "器材、图书72件", "72 pieces of equipment"),
    ("loans", "17", "借出器材、图书17次", "17 loans"),
    ("loans.books", "4", "其中图书4册", "with 4 books"),
    ("activities told", "25", "主题活动25项", "25 activities"),
    ("activities.festival", "4", "节日活动4项", "festival 4"),
    ("activities.attendance.children", "5192", "5192人次", "5192 times"),
    ("activities.attendance.guardians", "798", "家长798人次", "guardians 798"),
    ("activities.attendance.staff", "579", "教职工579人次", "staff 579"),
    ("activities.attendance.volunteers", "32", "志愿者32人次", "volunteers 32"),
    ("partners", "6", "校外单位6家", "6 organisations"),
    ("activities.led-by-children", "10", "自己主持的活动有10项", "Children led 10"),
    ("aid", "5", "资助慰问5次", "Aid was given 5 times"),
    ("children.aided", "38", "惠及留守儿童38人", "to 38 left-behind children"),
    ("aid.money", "6140", "款项6140元", "6140 yuan in money"),
    ("aid.goods-value", "3600", "折价3600元", "goods worth 3600 yuan"),
    ("fund.in", "1321.10", "收入1321.10元", "took in 1321.10 yuan"),
    ("fund.out", "640", "支出640元", "paid out 640 yuan"),
    ("fund.balance", "825.60", "结余825.60元", "825.60 are left"),
    ("assessments.improved", "53", "进步53人", "53 did better"),
    ("assessments.unchanged", "44", "持平44人", "44 the same"),
    ("assessments.worse", "13", "退步13人", "13 worse"),
    ("awards", "10", "获得奖励10项", "10 awards"),
    ("awards.school", "5", "校级5项", "school 5"),
    ("awards.county", "3", "县级3项", "county 3"),
    ("targets", "2", "3项目标，达到2项", "Of 3 targets, 2 were reached"),
    ("next-steps.done", "2", "3件事，办成2件", "Of 3 steps planned last term, 2 are done"),
    ("duties met", "8", "9项制度中，8项按期完成", "Of 9 duties 8 were met"),
];

/// So many figures a public summary must at least tell to be of use.
const LEAST_FIGURES: usize = 60;

#[test]
fn the_public_summary_of_the_example_school_is_of_use() {
    let folder = crate::support::example();
    let root = folder.path();
    let period = ["--today", "2026-07-10", "--term", "2025-2026-2", "--public"];
    let grades = [20, 20, 19, 18, 18, 18];
    for lang in ["zh", "en"] {
        let report = [&["--lang", lang, "report", "term"], &period[..]].concat();
        let (code, out, said) = told(root, &report);
        assert_eq!(code, Some(0), "{said}");
        // Nothing is hidden by a sign: what is not told of is not there.
        assert!(!out.contains('＊'), "{out}");
        let mut figures = std::collections::BTreeSet::new();
        for (figure, number, chinese, english) in TOLD_OF_THE_EXAMPLE {
            let words = if lang == "zh" { chinese } else { english };
            assert!(words.contains(number), "{words}");
            assert!(out.contains(words), "{figure}: {words} is not in {out}");
            figures.insert(figure);
        }
        assert!(figures.len() >= LEAST_FIGURES, "{}", figures.len());
        // A table by grade, with its total.
        for (at, count) in grades.iter().enumerate() {
            let grade = match lang {
                "zh" => format!("{}年级", ["一", "二", "三", "四", "五", "六"][at]),
                _ => format!("grade {}", at + 1),
            };
            let row = format!("| {grade} | {count} | {count} | {count} |");
            assert!(out.contains(&row), "{row}: {out}");
        }
        let total = if lang == "zh" { "合计" } else { "Total" };
        assert!(
            out.contains(&format!("| {total} | 113 | 113 | 113 |")),
            "{out}"
        );
    }
    let stats = [&["stats", "--format", "json"], &period[..]].concat();
    let (code, out, said) = told(root, &stats);
    assert_eq!(code, Some(0), "{said}");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let figures = json["figures"].as_array().unwrap();
    let mut found = 0;
    for (id, number, _, _) in TOLD_OF_THE_EXAMPLE {
        let Some(figure) = figures.iter().find(|figure| figure["id"] == *id) else {
            // Some numbers of the summary are no figure of their own.
            continue;
        };
        let value = figure["value"].to_string();
        let value = value.trim_matches('"');
        assert!(
            value == *number || value == format!("{number}.00"),
            "{figure}"
        );
        found += 1;
    }
    assert!(found >= LEAST_FIGURES, "{found}");
    let by_grade = [&stats[..], &["--by", "grade"]].concat();
    let (_, out, said) = told(root, &by_grade);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{said}"));
    let figures = json["figures"].as_array().unwrap();
    let children = figures
        .iter()
        .find(|figure| figure["id"] == "children")
        .unwrap();
    let groups = children["groups"].as_array().unwrap().iter();
    let counts: Vec<u64> = groups.filter_map(|group| group["value"].as_u64()).collect();
    assert_eq!(counts, grades);
}
