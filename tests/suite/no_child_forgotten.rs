//! Children without contact, hidden in random schools, come first in `due`, and no others do.

use std::collections::BTreeSet;
use std::process::Command;

use chrono::{Days, NaiveDate};
use cuncao::analysis::due::{self, Filter, Group, View};
use cuncao::model::{Records, School};

use crate::duties::{Dice, day, entries};

const SCHOOL: &str = r#"format = 1
[school]
name = "青石小学"
level = "primary"
[policy]
contact_within_days = 21
[[duty]]
id = "weekly"
title = "高风险每周"
owed_to = "child"
who = { risk = "high" }
every = "7d"
record = "visit"
since = 2025-09-01
"#;

const TODAY: &str = "2025-11-28";

const TERM: &str = r#"name = "秋"
start = 2025-09-01
end = 2026-01-20
"#;

/// The files of a school, and the names of the children without contact.
struct Made {
    files: Vec<(String, String)>,
    forgotten: BTreeSet<String>,
    kept: BTreeSet<String>,
}

fn made(seed: u64) -> Made {
    let dice = &mut Dice(seed ^ 0xca11);
    let today = day(TODAY);
    let mut made = Made {
        files: vec![
            ("cuncao.toml".to_owned(), SCHOOL.to_owned()),
            ("terms/2025-2026-1.toml".to_owned(), TERM.to_owned()),
            (
                "helpers/h000000.toml".to_owned(),
                r#"name = "王芳"
role = "teacher"
"#
                .to_owned(),
            ),
        ],
        forgotten: BTreeSet::new(),
        kept: BTreeSet::new(),
    };
    let children = 8 + dice.below(8);
    let forgotten = 1 + dice.below(5);
    for n in 0..children {
        let name = format!(
            "留{}",
            ["甲", "乙", "丙", "丁"][(n % 4) as usize].repeat(n as usize / 4 + 1)
        );
        let child = format!("c0000{n:02}");
        let text = format!(
            r#"name = "{name}"
gender = "male"
birth_date = 2015-03-02
[[enrolment]]
since = 2022-09-01
class = "2022-1"
[[guardianship]]
since = 2022-09-01
away = "both"
kind = "grandparents"
"#
        );
        made.files.push((format!("children/{child}.toml"), text));
        let is_high = dice.one_in(3);
        if is_high {
            let text = format!(
                r#"date = 2025-09-05
child = "{child}"
by = "h000000"
risk = "high"
"#
            );
            made.files.push((
                format!("assessments/2025-09/2025-09-05-s0000{n:02}.toml"),
                text,
            ));
        }
        let bound = if is_high { 7 } else { 21 };
        let is_forgotten = n < forgotten;
        // The last contact: within the limit, before it, or none.
        let ago = if is_forgotten {
            bound + 1 + dice.below(40)
        } else {
            dice.below(bound + 1)
        };
        if !(is_forgotten && dice.one_in(3)) {
            let mode = *dice.pick(&["home", "talk", "phone", "video", "parent-call", "tutoring"]);
            made.visit(n, 0, today - Days::new(ago), mode, &child, "");
        }
        if is_forgotten {
            // A recent visit that does not count as contact.
            let ago = dice.below(5);
            let mode = *dice.pick(&["letter", "diary", "feedback", "observation"]);
            made.visit(n, 1, today - Days::new(ago), mode, &child, "");
            made.visit(
                n,
                2,
                today,
                "home",
                &child,
                "met = [\"neighbour\", \"sibling\"]\n",
            );
        }
        let names = if is_forgotten {
            &mut made.forgotten
        } else {
            &mut made.kept
        };
        names.insert(name);
    }
    made
}

impl Made {
    fn visit(&mut self, n: u64, k: u64, on: NaiveDate, mode: &str, child: &str, more: &str) {
        let text = format!(
            r#"date = {on}
mode = "{mode}"
children = ["{child}"]
by = ["h000000"]
summary = "记录"
{more}"#
        );
        let path = format!("visits/{}/{on}-v000{k}{n:02}.toml", on.format("%Y-%m"));
        self.files.push((path, text));
    }

    fn of(&self, folder: &str) -> Vec<(String, String)> {
        let files = self
            .files
            .iter()
            .filter(|(path, _)| path.starts_with(folder));
        let id = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or_default();
            name.trim_end_matches(".toml").to_owned()
        };
        files.map(|(path, text)| (id(path), text.clone())).collect()
    }
}

#[test]
fn the_forgotten_stand_first_and_nobody_else_does() {
    for seed in 0..200 {
        let made = made(seed);
        let school: School = toml::from_str(SCHOOL).expect("a school");
        let records = Records {
            terms: entries(made.of("terms")),
            helpers: entries(made.of("helpers")),
            children: entries(made.of("children")),
            visits: entries(made.of("visits")),
            assessments: entries(made.of("assessments")),
            ..Records::default()
        };
        let view = View {
            school: &school,
            records: &records,
            today: day(TODAY),
            within: 14,
        };
        let items = due::list(&view, Filter::default());
        let names = |items: &[due::DueItem<'_>]| -> BTreeSet<String> {
            let children = items.iter().flat_map(|item| &item.children);
            children
                .map(|id| records.children.get(*id).expect("a child").name.to_string())
                .collect()
        };
        let first = items.partition_point(|item| item.reason.group() == Group::Contact);
        assert_eq!(names(&items[..first]), made.forgotten, "seed {seed}");
        let others = items[first..].iter();
        assert!(
            others
                .clone()
                .all(|item| item.reason.group() != Group::Contact)
        );
    }
}

#[test]
fn they_are_on_the_first_screen() {
    for seed in 200..240 {
        let made = made(seed);
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in &made.files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        let output = Command::new(env!("CARGO_BIN_EXE_cuncao"))
            .args(["--lang", "zh", "--today", TODAY, "due"])
            .current_dir(folder.path())
            .output()
            .expect("the program");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(output.status.success(), "{text}");
        let screen: Vec<&str> = text.lines().take(24).collect();
        assert_eq!(screen[2], format!("超期未联系（{}）", made.forgotten.len()));
        let group = &screen[3..3 + made.forgotten.len()];
        for name in &made.forgotten {
            let is_told = group
                .iter()
                .any(|line| line.split_whitespace().any(|word| word == name));
            assert!(is_told, "seed {seed}, {name}:\n{text}");
        }
        for name in &made.kept {
            let is_told = group
                .iter()
                .any(|line| line.split_whitespace().any(|word| word == name));
            assert!(!is_told, "seed {seed}, {name}:\n{text}");
        }
        let output = Command::new(env!("CARGO_BIN_EXE_cuncao"))
            .args([
                "--lang",
                "zh",
                "--today",
                TODAY,
                "explain",
                "contact.gap.over",
                "--format",
                "csv",
            ])
            .current_dir(folder.path())
            .output()
            .expect("the program");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let counted: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("true,"))
            .collect();
        let is_listed = |name: &String| {
            counted
                .iter()
                .any(|line| line.split([',', '（']).any(|word| word == name))
        };
        assert!(made.forgotten.iter().all(is_listed), "seed {seed}:\n{text}");
        assert!(!made.kept.iter().any(is_listed), "seed {seed}:\n{text}");
    }
}
