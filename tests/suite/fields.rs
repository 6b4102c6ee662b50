//! Fields of records, settings and terms: reading, checking, filling in, encryption and display.

use std::fs;
use std::path::Path;
use std::process::Command;

const SETTINGS: &str = r#"format = 1
[school]
name = "柳树小学"
level = "primary"
[validate]
allow = ["care", "no-consent", "helper-unchecked", "file-incomplete", "duty-missed"]
"#;

/// Returns a records directory with a child and a helper.
fn school() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "cuncao.toml", SETTINGS);
    let child = "name = \"张小明\"\ngender = \"male\"\nbirth_date = 2015-03-02\n";
    write(folder.path(), "children/c4t8w2z.toml", child);
    let helper = "name = \"王芳\"\nrole = \"teacher\"\n";
    write(folder.path(), "helpers/h7k3m9q.toml", helper);
    folder
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Runs a command on 2026-03-06 and returns its output and exit status.
fn run(root: &Path, arguments: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .args(["--lang", "en", "--today", "2026-03-06", "-C"])
        .arg(root)
        .args(arguments)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        String::from_utf8(said).unwrap(),
        output.status.code().unwrap(),
    )
}

/// Returns the violated rules, each with its path.
fn broken(root: &Path) -> Vec<String> {
    let (said, _) = run(root, &["validate", "--format", "short"]);
    let rules = said.lines().filter_map(|line| {
        let (place, rest) = line.split_once(": ")?;
        let rule = rest.split(['[', ']']).nth(1)?;
        Some(format!("{} {rule}", place.split(':').next()?))
    });
    rules.collect()
}

#[test]
fn a_new_record_contains_its_date_of_entry() {
    let folder = school();
    let root = folder.path();
    let visit = [
        "add",
        "visit",
        "--date",
        "2026-03-01",
        "--mode",
        "talk",
        "--children",
        "c4t8w2z",
        "--by",
        "h7k3m9q",
        "--summary",
        "谈心",
        "--dry-run",
    ];
    let (text, _) = run(root, &visit);
    assert!(
        text.starts_with("date = 2026-03-01\nrecorded = 2026-03-06\n"),
        "{text}"
    );
    let given = [&visit[..], &["--recorded", "2026-03-02"]].concat();
    let (text, _) = run(root, &given);
    assert!(text.contains("recorded = 2026-03-02\n"), "{text}");
    let child = [
        "add",
        "child",
        "--name",
        "李小红",
        "--gender",
        "female",
        "--birth-date",
        "2016-05-04",
        "--dry-run",
    ];
    let (text, _) = run(root, &child);
    assert!(text.contains("filed = 2026-03-06\n"), "{text}");
}

#[test]
fn all_identity_numbers_are_checked() {
    let folder = school();
    let root = folder.path();
    // The example in GB 11643: a woman born on the last day of 1949.
    let child = r#"name = "张小明"
gender = "male"
birth_date = 2015-03-02
[[guardianship]]
since = 2022-09-01
away = "both"
kind = "grandparents"
guardian = { name = "张大山", id_number = "110105194912310021" }
[[parents]]
relation = "mother"
birth_date = 1949-12-31
id_number = "11010519491231002X"
[[parents]]
relation = "father"
birth_date = 1949-12-31
id_number = "11010519491231002X"
"#;
    write(root, "children/c4t8w2z.toml", child);
    let (said, status) = run(root, &["validate"]);
    assert_eq!(status, 1);
    // The father's number is that of a woman; the guardian's has a wrong check character.
    for expected in ["differs from parents[1].relation", "check character"] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let mut found = broken(root);
    found.sort();
    let file = |rule: &str| format!("children/c4t8w2z.toml {rule}");
    let expected = [
        "bad-id-number",
        "id-number-in-clear",
        "id-number-in-clear",
        "id-number-in-clear",
        "id-number-mismatch",
    ];
    assert_eq!(found, expected.map(file));
    assert!(!said.contains("110105194912310021"), "{said}");
    let (shown, _) = run(root, &["show", "c4t8w2z"]);
    assert!(
        shown.contains("张大山") && !shown.contains("1101051949"),
        "{shown}"
    );
    let (listed, _) = run(root, &["list", "child", "--format", "json", "--all"]);
    assert!(!listed.contains("1101051949"), "{listed}");
    let (exported, _) = run(root, &["export", "child", "--format", "ndjson"]);
    assert!(!exported.contains("1101051949"), "{exported}");
}

#[test]
fn a_child_that_came_back_may_be_visited_again() {
    let folder = school();
    let root = folder.path();
    let child = r#"name = "张小明"
gender = "male"
birth_date = 2015-03-02
[[enrolment]]
since = 2021-09-01
class = "2021-1"
left = 2024-03-01
reason = "transferred"
[[enrolment]]
since = 2025-02-20
class = "2021-1"
"#;
    write(root, "children/c4t8w2z.toml", child);
    let visit = |day: &str| {
        let path = format!("visits/{}/{day}-v7k3m9q.toml", &day[..7]);
        let text = format!(
            "date = {day}\nmode = \"talk\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nsummary = \"a\"\n"
        );
        write(root, &path, &text);
        let found = broken(root);
        fs::remove_file(root.join(path)).unwrap();
        found
    };
    let away = "visits/2024-09/2024-09-10-v7k3m9q.toml after-leaving";
    assert_eq!(visit("2024-09-10"), [away]);
    assert_eq!(visit("2025-03-01"), [""; 0]);
    assert_eq!(visit("2024-02-01"), [""; 0]);
}

#[test]
fn holidays_are_terms_between_terms() {
    let folder = school();
    let root = folder.path();
    for (id, start, end) in [
        ("2025-2026-2", "2026-02-24", "2026-07-10"),
        ("2025-2026-w", "2026-01-24", "2026-02-23"),
        ("2025-2026-1", "2025-09-01", "2026-01-23"),
        ("2025-2026-s", "2026-07-11", "2026-08-31"),
    ] {
        let text = format!("name = \"{id}\"\nstart = {start}\nend = {end}\n");
        write(root, &format!("terms/{id}.toml"), &text);
    }
    let (listed, _) = run(
        root,
        &["list", "term", "--columns", "id", "--format", "csv"],
    );
    let ids: Vec<&str> = listed.lines().skip(1).collect();
    assert_eq!(
        ids,
        ["2025-2026-1", "2025-2026-w", "2025-2026-2", "2025-2026-s"]
    );
    assert_eq!(broken(root), [""; 0]);
    let (_, status) = run(root, &["stats", "--term", "2025-2026-w"]);
    assert_eq!(status, 0);
}

#[test]
fn an_appraisal_requires_helper_and_grade() {
    let folder = school();
    let root = folder.path();
    let path = "documents/2026-01/2026-01-15-o4t8w2z.toml";
    let text = "date = 2026-01-15\nkind = \"appraisal\"\ntitle = \"考评\"\n";
    write(root, path, text);
    let missing = format!("{path} missing-field");
    assert_eq!(broken(root), [missing.clone(), missing]);
    write(
        root,
        path,
        &format!("{text}helper = \"h7k3m9q\"\ngrade = \"excellent\"\n"),
    );
    assert_eq!(broken(root), [""; 0]);
}

#[test]
fn the_staff_of_the_home_are_helpers() {
    let folder = school();
    let root = folder.path();
    let home = |staff: &str| {
        let home = format!(
            "[home]\nname = \"亲情小屋\"\nstaff = [{staff}]\nslots = [\"周三 15:30—17:00\"]\n"
        );
        write(root, "cuncao.toml", &format!("{SETTINGS}{home}"));
        broken(root)
    };
    assert_eq!(home("\"h7k3m9q\""), [""; 0]);
    assert_eq!(
        home("\"h7k3m9q\", \"h000000\""),
        ["cuncao.toml unknown-helper"]
    );
}

#[test]
fn a_caseload_has_a_maximum_and_optionally_a_minimum() {
    let folder = school();
    let root = folder.path();
    let policy = |bounds: &str| {
        let policy = format!("[policy]\ncaseload = {{ teacher = {bounds} }}\n");
        write(root, "cuncao.toml", &format!("{SETTINGS}{policy}"));
        // Settings that cannot be read turn no rules off.
        let found = broken(root).into_iter();
        found
            .filter(|found| found.starts_with("cuncao.toml"))
            .collect::<Vec<_>>()
    };
    assert_eq!(policy("3"), [""; 0]);
    assert_eq!(policy("[1, 3]"), [""; 0]);
    assert_eq!(policy("[3, 1]"), ["cuncao.toml unknown-value"]);
    assert_eq!(policy("[1]"), ["cuncao.toml wrong-type"]);
    assert_eq!(policy("\"3\""), ["cuncao.toml wrong-type"]);
}

#[test]
fn a_time_of_day_has_many_notations() {
    let folder = school();
    let root = folder.path();
    let visit = [
        "add",
        "visit",
        "--date",
        "2026-03-01",
        "--mode",
        "talk",
        "--children",
        "c4t8w2z",
        "--by",
        "h7k3m9q",
        "--summary",
        "谈心",
        "--time",
    ];
    let (id, status) = run(root, &[&visit[..], &["16:30"]].concat());
    assert_eq!(status, 0, "{id}");
    let path = id.split_whitespace().nth(1).unwrap();
    let text = fs::read_to_string(root.join(path)).unwrap();
    assert!(text.contains("time = 16:30:00\n"), "{text}");
    let (shown, _) = run(root, &["show", id.split_whitespace().next().unwrap()]);
    assert!(
        shown.contains("16:30\n") && !shown.contains("16:30:00"),
        "{shown}"
    );
    let (said, status) = run(root, &[&visit[..], &["25:00"]].concat());
    assert_eq!(status, 2);
    assert!(said.contains("time of day such as 15:30"), "{said}");
}
