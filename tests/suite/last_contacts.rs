//! Last contacts are found however old they are, although earlier visits are not read in full: random histories,
//! compared with an independent computation from what the test wrote.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Days, NaiveDate};
use serde_json::Value;

use crate::duties::{Dice, day};
use crate::support::{printed, write};

const TODAY: &str = "2026-05-20";

const TERMS: [(&str, &str, &str); 3] = [
    ("2024-2025-2", "2025-02-17", "2025-07-04"),
    ("2025-2026-1", "2025-09-01", "2026-01-20"),
    ("2025-2026-2", "2026-02-25", "2026-07-05"),
];

const CHILDREN: u64 = 9;
const HELPERS: u64 = 3;

/// A contact written by the test: its day, children and helpers.
struct Contact {
    day: NaiveDate,
    children: Vec<u64>,
    helpers: Vec<u64>,
}

fn child(n: u64) -> String {
    format!("c00000{n}")
}

fn helper(n: u64) -> String {
    format!("h00000{n}")
}

/// A school whose visits are written in all TOML notations, some of them long ago.
fn school(root: &Path, dice: &mut Dice) -> Vec<Contact> {
    let settings = r#"format = 1
[school]
name = "青石小学"
level = "primary"
[policy]
contact_within_days = 1
[[duty]]
id = "monthly"
title = "每月一次"
owed_to = "pairing"
count = 9
period = "month"
record = "visit"
since = 2025-02-01
"#;
    write(root, "cuncao.toml", settings);
    for (term, start, end) in TERMS {
        let text = format!(
            r#"name = "{term}"
start = {start}
end = {end}
"#
        );
        write(root, &format!("terms/{term}.toml"), &text);
    }
    for n in 0..HELPERS {
        let text = format!(
            r#"name = "王{n}"
role = "teacher"
"#
        );
        write(root, &format!("helpers/{}.toml", helper(n)), &text);
    }
    for n in 0..CHILDREN {
        let text = format!(
            r#"name = "留{n}"
gender = "male"
birth_date = 2015-03-02
[[enrolment]]
since = 2024-09-01
class = "2022-1"
[[guardianship]]
since = 2024-09-01
away = "both"
kind = "grandparents"
"#
        );
        write(root, &format!("children/{}.toml", child(n)), &text);
        let text = format!(
            r#"child = "{}"
helper = "{}"
role = "teacher"
since = 2025-02-20
"#,
            child(n),
            helper(n % HELPERS)
        );
        write(
            root,
            &format!("pairings/2025-02/2025-02-20-p00000{n}.toml"),
            &text,
        );
    }
    let mut contacts = Vec::new();
    for n in 0..40 + dice.below(60) {
        let date = day("2025-02-20") + Days::new(dice.below(450));
        if date > day(TODAY) {
            continue;
        }
        let is_contact = dice.below(3) > 0;
        let mode = if is_contact {
            *dice.pick(&["home", "talk", "phone"])
        } else {
            *dice.pick(&["letter", "diary", "observation"])
        };
        let mut children = vec![dice.below(CHILDREN)];
        if dice.one_in(4) {
            children.push((children[0] + 1) % CHILDREN);
        }
        let helpers = vec![dice.below(HELPERS)];
        let quoted: Vec<String> = children
            .iter()
            .map(|n| match dice.below(4) {
                0 => format!("'{}'", child(*n)),
                1 => format!("\"\\u0063{}\"", &child(*n)[1..]),
                _ => format!("\"{}\"", child(*n)),
            })
            .collect();
        let other = child(dice.below(CHILDREN));
        let mut text = format!(
            r#"date = {date}
mode = "{mode}"
children = [{}]
by = ["{}"]
summary = '与 "{other}" 同行'
"#,
            quoted.join(", "),
            helper(helpers[0])
        );
        if dice.one_in(4) {
            text += &format!(
                r#"[[follow_up]]
what = "复查"
due = {date}
done = {date}
"#
            );
        }
        if dice.one_in(5) {
            text = text.replace('\n', "\r\n");
        }
        if dice.one_in(6) {
            text.truncate(text.trim_end().len());
        }
        let month = date.format("%Y-%m");
        write(
            root,
            &format!("visits/{month}/{date}-v0000{n:02}.toml"),
            &text,
        );
        if is_contact {
            contacts.push(Contact {
                day: date,
                children,
                helpers,
            });
        }
    }
    contacts
}

/// The day of the last contact up to a day that satisfies a predicate.
fn last(
    contacts: &[Contact],
    until: NaiveDate,
    is_meant: impl Fn(&Contact) -> bool,
) -> Option<NaiveDate> {
    let meant = contacts.iter().filter(|contact| is_meant(contact));
    meant
        .map(|contact| contact.day)
        .filter(|day| *day <= until)
        .max()
}

#[test]
fn the_last_contact_is_found_however_long_ago_it_was() {
    for seed in 0..8 {
        let dice = &mut Dice(seed ^ 0x1a57);
        let directory = tempfile::tempdir().expect("a folder");
        let root = directory.path();
        let contacts = school(root, dice);
        let today = day(TODAY);
        let due = printed(root, &["--today", TODAY, "due", "--format", "json"]);
        let due: Vec<Value> = serde_json::from_str(&due).expect("JSON");
        let (mut clocks, mut pairs) = (BTreeMap::new(), BTreeMap::new());
        for item in &due {
            let id = item["children"][0]["id"].as_str().map(str::to_owned);
            let last = item["last_contact"].as_str().map(str::to_owned);
            if item["group"] == "contact" {
                clocks.insert(id, last);
            } else if item["duty"] == "monthly" {
                pairs.insert(id, last);
            }
        }
        for n in 0..CHILDREN {
            let of_child = last(&contacts, today, |contact| contact.children.contains(&n));
            // Contacts of today and yesterday are in time, and give no row.
            let is_due = of_child.is_none_or(|day| (today - day).num_days() > 1);
            let told = clocks.get(&Some(child(n)));
            let expected = is_due.then(|| of_child.map(|day| day.to_string()));
            assert_eq!(told.cloned(), expected, "seed {seed}, child {n}");
            let of_pair = last(&contacts, today, |contact| {
                contact.children.contains(&n) && contact.helpers.contains(&(n % HELPERS))
            });
            let told = pairs.get(&Some(child(n))).cloned();
            let expected = Some(of_pair.map(|day| day.to_string()));
            assert_eq!(told, expected, "seed {seed}, pairing of child {n}");
        }
        for (term, _, end) in TERMS {
            let end = day(end).min(today);
            let start = day(TERMS[0].1);
            let gaps = (0..CHILDREN).map(|n| {
                let of_child = last(&contacts, end, |contact| contact.children.contains(&n));
                (end - of_child.map_or(start, |day| day.max(start))).num_days()
            });
            let expected = gaps.max();
            let figures = [
                "--today", TODAY, "stats", "--term", term, "--format", "json",
            ];
            let figures: Value = serde_json::from_str(&printed(root, &figures)).expect("JSON");
            let rows = figures["figures"].as_array().expect("figures");
            let row = rows.iter().find(|row| row["id"] == "contact.gap.max");
            let value = row.and_then(|row| row["value"].as_i64());
            assert_eq!(value, expected, "seed {seed}, term {term}");
        }
    }
}
