//! `stats` and `explain` on a small directory.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const FILES: &[(&str, &str)] = &[
    (
        "cuncao.toml",
        r#"format = 1
[school]
name = "示例小学"
level = "primary"
[[duty]]
id = "monthly-visit"
title = "每月走访一次"
owed_to = "pairing"
count = 1
period = "month"
record = "visit"
"#,
    ),
    (
        "terms/2024-2025-2.toml",
        r#"name = "春季学期"
start = 2025-02-20
end = 2025-07-05
next_step = [{ text = "多走访" }]
"#,
    ),
    (
        "terms/2025-2026-1.toml",
        r#"name = "秋季学期"
start = 2025-09-01
end = 2026-01-20
target = [{ figure = "visits", at_least = 3 }]
[enrolment]
4 = 40
"#,
    ),
    (
        "helpers/h000001.toml",
        r#"name = "王芳"
role = "teacher"
"#,
    ),
    (
        "children/c000001.toml",
        r#"name = "张小明"
gender = "male"
birth_date = 2016-03-01
village = "柳树村"
enrolment = [{ since = 2022-09-01, class = "2022-1" }]
guardianship = [{ since = 2022-09-01, away = "both", kind = "grandparents" }]
"#,
    ),
    (
        "children/c000002.toml",
        r#"name = "李小红"
gender = "female"
birth_date = 2016-03-01
hardship = ["low-income", "disabled"]
enrolment = [{ since = 2022-09-01, class = "2022-2" }]
guardianship = [{ since = 2022-09-01, away = "father", kind = "one-parent" }]
"#,
    ),
    (
        "pairings/2025-09/2025-09-01-p000001.toml",
        r#"child = "c000001"
helper = "h000001"
role = "teacher"
since = 2025-09-01
"#,
    ),
    (
        "visits/2025-03/2025-03-05-v000001.toml",
        r#"date = 2025-03-05
mode = "home"
children = ["c000002"]
by = ["h000001"]
summary = "好"
"#,
    ),
    (
        "visits/2025-09/2025-09-20-v000002.toml",
        r#"date = 2025-09-20
recorded = 2025-09-21
mode = "home"
children = ["c000001"]
by = ["h000001"]
summary = "好"
follow_up = [{ what = "修灯", due = 2025-09-30, done = 2025-09-29 }, { what = "买书", due = 2025-10-30 }]
"#,
    ),
    (
        "visits/2025-11/2025-11-20-v000003.toml",
        r#"date = 2025-11-20
recorded = 2025-12-20
mode = "phone"
children = ["c000001"]
by = ["h000001"]
summary = "好"
"#,
    ),
    (
        "activities/2025-10/2025-10-13-a000001.toml",
        r#"date = 2025-10-13
title = "座谈"
theme = "forum"
partners = ["镇妇联"]
attendance = { children = 8, staff = 2 }
summary = "好"
"#,
    ),
    (
        "aid/2025-12/2025-12-20-d000001.toml",
        r#"date = 2025-12-20
kind = "money"
children = ["c000002"]
amount = "300.50"
source = "镇妇联"
"#,
    ),
    (
        "funds/2025-11/2025-11-30-f000001.toml",
        r#"date = 2025-11-30
direction = "in"
amount = "80.10"
source = "废品"
"#,
    ),
];

fn school() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in FILES {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn cuncao(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .env_remove("CUNCAO_DIR")
        .current_dir(root)
        .args(["--lang", "zh", "--today", "2026-02-01"])
        .args(arguments)
        .output()
        .unwrap()
}

fn printed(root: &Path, arguments: &[&str]) -> String {
    let output = cuncao(root, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn json(root: &Path, arguments: &[&str]) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    serde_json::from_str(&printed(root, &arguments)).unwrap()
}

fn figure<'j>(statement: &'j Value, id: &str) -> &'j Value {
    let figures = statement["figures"].as_array().unwrap();
    figures.iter().find(|row| row["id"] == id).unwrap()
}

#[test]
fn json_holds_days_and_figures() {
    let root = school();
    let statement = json(root.path(), &["stats"]);
    let keys: Vec<_> = statement.as_object().unwrap().keys().collect();
    let own = ["term", "from", "until", "as_of", "figures"];
    let for_others = [
        "school",
        "definition",
        "definitions",
        "left_out_figures",
        "digest",
    ];
    assert_eq!(keys, [own, for_others].concat());
    assert_eq!(statement["term"], "2025-2026-1");
    assert_eq!(statement["as_of"], "2026-01-20");
    assert_eq!(
        *figure(&statement, "children"),
        serde_json::json!({ "id": "children", "label": "留守儿童", "value": 2, "of": 40, "unit": "people" })
    );
    assert_eq!(figure(&statement, "aid.money")["value"], "300.50");
    assert_eq!(figure(&statement, "fund.balance")["value"], "80.10");
    assert_eq!(figure(&statement, "visits")["of"], Value::Null);
    assert_eq!(figure(&statement, "duty.monthly-visit")["value"], 2);
    assert_eq!(figure(&statement, "duty.monthly-visit")["of"], 5);
}

#[test]
fn explain_lists_as_many_as_stats_says() {
    let root = school();
    // Money is a decimal string.
    let number = |value: &Value| -> f64 {
        let text = value.as_str();
        text.map_or_else(|| value.as_f64().unwrap(), |text| text.parse().unwrap())
    };
    let sum = |list: &Value| -> f64 {
        let members = list.as_array().unwrap().iter();
        members.map(|member| number(&member["amount"])).sum()
    };
    let check = |row: &Value, group: &[&str]| {
        let id = row["id"].as_str().unwrap();
        let explained = json(root.path(), &[&["explain", id], group].concat());
        let value = &row["value"];
        assert_eq!(explained["value"], *value, "{id} {group:?}");
        if explained.get("statistic").is_some() {
            return;
        }
        assert_eq!(sum(&explained["members"]), number(value), "{id}");
        assert_eq!(explained["of"], row["of"], "{id} {group:?}");
        if let Some(missing) = explained.get("missing") {
            let of = sum(missing) + number(value);
            assert_eq!(Some(of), row["of"].as_f64(), "{id} {group:?}");
        }
    };
    for row in json(root.path(), &["stats"])["figures"].as_array().unwrap() {
        check(row, &[]);
    }
    for dims in ["class", "hardship", "helper,month"] {
        let statement = json(
            root.path(),
            &[
                "stats",
                "children",
                "visits",
                "follow-ups",
                "duty",
                "--by",
                dims,
            ],
        );
        for row in statement["figures"].as_array().unwrap() {
            for group in row["groups"].as_array().into_iter().flatten() {
                let key = group["key"].as_str().unwrap();
                let by: Vec<_> = dims.split(',').zip(key.split(',')).collect();
                let by: Vec<_> = by.iter().map(|(dim, key)| format!("{dim}={key}")).collect();
                let mut group = group.clone();
                group["id"] = row["id"].clone();
                if row["value"] != 0 {
                    check(&group, &["--by", &by.join(",")]);
                }
            }
        }
    }
}

#[test]
fn a_term_stands_beside_the_one_before() {
    let root = school();
    let statement = json(root.path(), &["stats", "visits", "--compare", "previous"]);
    assert_eq!(statement["compared"]["term"], "2024-2025-2");
    let visits = figure(&statement, "visits");
    assert_eq!(visits["before"]["value"], 1);
    assert_eq!(visits["change"], 1);
    let table = printed(
        root.path(),
        &["stats", "visits", "--compare", "2024-2025-2"],
    );
    assert!(table.contains("对比春季学期"), "{table}");
    let none = cuncao(
        root.path(),
        &["stats", "--term", "2024-2025-2", "--compare", "previous"],
    );
    assert_eq!(none.status.code(), Some(2));
}

#[test]
fn tables_show_groups_months_and_helpers() {
    let root = school();
    let months = printed(root.path(), &["stats", "visits", "--by", "month"]);
    let line = months
        .lines()
        .find(|line| line.starts_with("visits "))
        .unwrap();
    let cells: Vec<_> = line.split_whitespace().collect();
    assert_eq!(cells, ["visits", "走访", "1", "0", "1", "0", "0", "█▁█▁▁"]);
    let classes = printed(root.path(), &["stats", "children", "--by", "class"]);
    assert!(
        classes.contains("四（1）班") && classes.contains("四（2）班"),
        "{classes}"
    );
    let helpers = printed(root.path(), &["stats", "--helpers"]);
    let line = helpers.lines().find(|line| line.contains("王芳")).unwrap();
    let cells: Vec<_> = line.split_whitespace().collect();
    let expected = ["王芳", "教师", "1", "2", "2/5", "1/2", "1/2"];
    assert_eq!(cells, expected);
    let csv = printed(
        root.path(),
        &[
            "stats",
            "children.visited",
            "--by",
            "gender",
            "--format",
            "csv",
        ],
    );
    assert_eq!(
        csv,
        "id,label,key,group,value,of,share,unit\n\
         children.visited,受访,,,1,2,50.0%,people\n\
         children.visited,受访,male,男,1,1,100.0%,people\n\
         children.visited,受访,female,女,0,1,0.0%,people\n"
    );
}

#[test]
fn explain_says_how_and_names_files() {
    let root = school();
    let text = printed(root.path(), &["explain", "children.visited", "--missing"]);
    assert!(text.contains("数值：1 人，共 2，占 50.0%"), "{text}");
    assert!(
        text.contains("李小红（四（2）班）") && text.contains("children/c000002.toml"),
        "{text}"
    );
    assert!(!text.contains("张小明"), "{text}");
    let by_name = printed(root.path(), &["explain", "visits", "--by", "helper=王芳"]);
    assert!(
        by_name.contains("visits/2025-11/2025-11-20-v000003.toml"),
        "{by_name}"
    );
    let follow_ups = printed(root.path(), &["explain", "follow-ups.done"]);
    assert!(
        follow_ups.contains("买书") && follow_ups.contains("follow_up[1]"),
        "{follow_ups}"
    );
}

#[test]
fn what_cannot_be_counted_is_refused_in_words() {
    let root = school();
    let refused = |arguments: &[&str], said: &str| {
        let output = cuncao(root.path(), arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(error.contains(said), "{arguments:?}: {error}");
        assert!(output.stdout.is_empty());
    };
    refused(&["explain", "visit"], "是不是 visits？");
    refused(&["stats", "nothing-of-the-kind"], "没有指标");
    refused(
        &["explain", "visits", "--by", "theme=law"],
        "不能按 theme 分组",
    );
    refused(&["explain", "visits", "--by", "helper=赵六"], "h000001");
    refused(&["stats", "--term", "2030-2031-1"], "2025-2026-1");
}

#[test]
fn broken_records_stop_the_count_unless_they_are_left_out() {
    let root = school();
    let broken = root.path().join("visits/2025-11/2025-11-21-v00000x.toml");
    fs::write(
        broken,
        r#"date = 2025-11-21
mode = "hom"
"#,
    )
    .unwrap();
    for arguments in [&["stats"][..], &["explain", "visits"]] {
        let output = cuncao(root.path(), arguments);
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(
            error.contains("visits/2025-11/2025-11-21-v00000x.toml"),
            "{error}"
        );
        assert!(output.stdout.is_empty());
        let skipping = [arguments, &["--skip-broken"]].concat();
        assert_eq!(json(root.path(), &skipping)["left_out"], 1);
        assert!(printed(root.path(), &skipping).contains("略过了 1 个"));
    }
}
