//! Two hundred and thirty lines by fifteen writers, with their slips; those of the first ten were written before the
//! grammar.

use super::*;
use crate::model::table;

const LINES: &str = include_str!("../../../../tests/suite/note_lines.txt");

const CHILDREN: [(&str, &str); 17] = [
    ("刘子轩", "2023-1"),
    ("李思琪", "2023-1"),
    ("张小明", "2023-1"),
    ("张小明", "2022-2"),
    ("王浩宇", "2023-1"),
    ("欧阳贝贝", "2023-1"),
    ("曾可欣", "2023-1"),
    ("单雨彤", "2023-1"),
    ("陈静", "2023-1"),
    ("陈婧", "2023-2"),
    ("张明", "2023-1"),
    ("张明月", "2023-1"),
    ("李和平", "2023-1"),
    ("阿依古丽·买买提", "2023-1"),
    ("吕思源", "2023-1"),
    ("韩恩", "2023-1"),
    ("唐海娥", "2023-2"),
];

fn people() -> Records {
    let child = |(at, (name, class)): (usize, &(&str, &str))| {
        let text = format!(
            r#"name = "{name}"
gender = "female"
birth_date = 2016-03-02
[[enrolment]]
since = 2022-09-01
class = "{class}"
"#
        );
        (format!("c0000{at:02}"), text)
    };
    let helper = |(at, name): (usize, &&str)| {
        (
            format!("h00000{at}"),
            format!(
                r#"name = "{name}"
role = "teacher"
"#
            ),
        )
    };
    Records {
        children: table(&CHILDREN.iter().enumerate().map(child).collect::<Vec<_>>()),
        helpers: table(
            &["王芳", "罗敏", "赵刚"]
                .iter()
                .enumerate()
                .map(helper)
                .collect::<Vec<_>>(),
        ),
        ..Records::default()
    }
}

/// Formats a parsed line as in the file of test lines.
fn shown(note: &Note, people: &Records, today: chrono::NaiveDate) -> String {
    let child = |id: &Id| {
        let child = people.children.get(*id).unwrap();
        match (
            child.name.as_str(),
            child.enrolment[0].class.to_string().as_str(),
        ) {
            ("张小明", "2023-1") => "张小明(四1)".to_owned(),
            ("张小明", _) => "张小明(五2)".to_owned(),
            (name, _) => name.to_owned(),
        }
    };
    let children: Vec<String> = note.children.iter().map(child).collect();
    let mut text = format!("{} {}", note.mode, children.join(","));
    if note.date != today {
        text += &format!(" @{}", note.date);
    }
    if let Some(time) = note.time {
        text += &time.format(" t%H:%M").to_string();
    }
    if let Some(minutes) = note.minutes {
        text += &format!(" m{minutes}");
    }
    if !note.helpers.is_empty() {
        let names: Vec<String> = note
            .helpers
            .iter()
            .map(|id| person::name(people, *id))
            .collect();
        text += &format!(" +{}", names.join(","));
    }
    for (what, due) in &note.follow_ups {
        text += &format!(" !{what}@{due}");
    }
    text
}

/// The expected parts, in any order.
fn parts(text: &str) -> Vec<String> {
    let spaced = text.replace("!问村里 低保的事", "!问村里_低保的事");
    let mut parts: Vec<String> = spaced.split(' ').map(ToOwned::to_owned).collect();
    parts.sort();
    parts
}

#[test]
fn lines_are_understood_as_meant_or_refused_and_never_as_another_child() {
    let people = people();
    let school: School = toml::from_str(
        r#"format = 1
[school]
name = "柳树小学"
level = "primary"
"#,
    )
    .unwrap();
    let today = "2026-11-27".parse().unwrap();
    let context = NoteContext {
        people: &people,
        school: &school,
        today,
        day: today,
        lang: Lang::Zh,
    };
    let (mut right, mut may_be_refused, mut wrong) = (0, 0, Vec::new());
    let lines = LINES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut count = 0;
    for line in lines {
        count += 1;
        let (meant, typed) = line.split_once(" = ").unwrap();
        let (may_refuse, meant) = match meant.strip_prefix("? ") {
            Some(meant) => (true, meant),
            None => (false, meant),
        };
        let read = grammar::read(typed, context);
        let found = match &read {
            Ok(note) => shown(note, &people, today),
            Err(_) => "refused".to_owned(),
        };
        if parts(&found) == parts(meant) {
            right += 1;
        } else if may_refuse && read.is_err() {
            may_be_refused += 1;
        } else {
            wrong.push(format!("{typed}: {found}, meant {meant}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(count >= 230, "{count}");
    // The minimum number of lines parsed correctly; the others ask again.
    assert!(
        right >= 158,
        "{right} right, {may_be_refused} refused that could have been understood"
    );
}
