//! An attacker who infers suppressed numbers from a public report, written without knowledge of the suppression
//! algorithm. `CUNCAO_ATTACKED=5000` attacks that many schools.

use std::fmt::Write as _;
use std::path::Path;

use chrono::NaiveDate;
use cuncao::analysis::{Basis, Scope};
use cuncao::document;
use cuncao::model::school::Names;
use cuncao::model::{Date, Kind, KindSet};
use cuncao::report::{self, Report, Request};
use cuncao::store::{ReadOptions, Store};
use cuncao::text::Lang;

use crate::support::write;

/// A deterministic random number generator (xorshift).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

const LETTERS: &[u8] = b"0123456789abcdefghjkmnpqrstvwxyz";

pub(crate) fn id(kind: char, number: u64) -> String {
    let letter = |at: u32| {
        let base = LETTERS.len() as u64;
        char::from(LETTERS[(number / base.pow(at) % base) as usize])
    };
    format!("{kind}{}", (0..6).rev().map(letter).collect::<String>())
}

/// Returns a new seed for each run, or that in `CUNCAO_SEED`, and prints it for reproduction.
pub(crate) fn fresh_seed() -> u64 {
    let asked = std::env::var("CUNCAO_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = asked.unwrap_or_else(|| fastrand::u64(1..));
    println!("CUNCAO_SEED={seed}");
    seed
}

/// Returns the number of schools to attack: that in the environment, or else the usual one.
pub(crate) fn attacked(usual: usize) -> usize {
    let asked = std::env::var("CUNCAO_ATTACKED").ok();
    asked.and_then(|count| count.parse().ok()).unwrap_or(usual)
}

/// Writes a small random school: one to six classes, some with a single child, and some complete except for one.
pub(crate) fn school(root: &Path, dice: &mut Dice) {
    let mut settings =
        "format = 1\n[school]\nname = \"柳树小学\"\nlevel = \"primary\"\n".to_owned();
    if dice.below(2) == 0 {
        settings += "[[duty]]\nid = \"assess\"\ntitle = \"摸底\"\nowed_to = \"child\"\ncount = 1\nperiod = \"term\"\nrecord = \"assessment\"\n";
    }
    write(root, "cuncao.toml", &settings);
    let classes = 1 + dice.below(6);
    let shape = dice.below(4);
    let mut number = 0;
    let mut pupils = [0; 7];
    let mut files = Vec::new();
    for class in 0..classes {
        let entered = 2020 + class % 3 * 2;
        let size = match shape {
            0 if class == 0 => 1,
            0 => 3 + dice.below(9),
            1 => dice.below(4),
            2 => 6 + dice.below(6),
            _ => dice.below(12),
        };
        let grade = (2026 - entered) as usize;
        pupils[grade] += size + [0, 1, 2, 20][dice.below(4) as usize];
        let all_but_one = dice.below(2) == 0;
        for at in 0..size {
            number += 1;
            let child = id('c', number * 7919);
            let has = |dice: &mut Dice| {
                if all_but_one {
                    at > 0
                } else {
                    dice.below(3) > 0
                }
            };
            let kind = ["grandparents", "one-parent", "kin-or-friends"][match dice.below(8) {
                0 => 2,
                1..=3 => 1,
                _ => 0,
            }];
            let mut text = format!(
                "name = \"张{number}号\"\ngender = \"{}\"\nbirth_date = 2014-03-02\n",
                ["male", "female"][dice.below(2) as usize]
            );
            if has(dice) {
                text += "filed = 2025-09-05\n";
            }
            if dice.below(6) == 0 {
                text += "hardship = [\"orphan\"]\n";
            }
            let boarding = dice.below(4) == 0;
            let _ = write!(
                text,
                "[[enrolment]]\nsince = {entered}-09-01\nclass = \"{entered}-{}\"\nboarding = {boarding}\n[[guardianship]]\nsince = 2020-09-01\naway = \"{}\"\nkind = \"{kind}\"\n",
                1 + class / 3,
                ["both", "father", "mother"][dice.below(3) as usize],
            );
            files.push((format!("children/{child}.toml"), text));
            if has(dice) {
                files.push((
                    format!("pairings/2025-09/2025-09-02-{}.toml", id('p', number * 7907)),
                    format!("child = \"{child}\"\nhelper = \"h222222\"\nrole = \"teacher\"\nsince = 2025-09-02\n"),
                ));
            }
            if has(dice) {
                let mode = ["home", "talk", "phone", "counselling"][dice.below(4) as usize];
                files.push((
                    format!("visits/2025-10/2025-10-12-{}.toml", id('v', number * 7901)),
                    format!("date = 2025-10-12\nmode = \"{mode}\"\nchildren = [\"{child}\"]\nby = [\"h222222\"]\nsummary = \"好\"\n"),
                ));
            }
            if has(dice) {
                files.push((
                    format!(
                        "assessments/2025-10/2025-10-13-{}.toml",
                        id('s', number * 7883)
                    ),
                    format!(
                        "date = 2025-10-13\nchild = \"{child}\"\nby = \"h222222\"\nrisk = \"low\"\n"
                    ),
                ));
            }
        }
    }
    files.push((
        "helpers/h222222.toml".to_owned(),
        "name = \"王芳\"\nrole = \"teacher\"\n".to_owned(),
    ));
    let enrolment: Vec<String> = (1..7)
        .filter(|grade| pupils[*grade] > 0)
        .map(|grade| format!("{grade} = {}", pupils[grade]))
        .collect();
    files.push((
        "terms/2025-2026-1.toml".to_owned(),
        format!("name = \"2025—2026学年第一学期\"\nstart = 2025-09-01\nend = 2026-01-23\n[enrolment]\n{}\n", enrolment.join("\n")),
    ));
    for (path, text) in files {
        write(root, &path, &text);
    }
}

fn term_report(root: &Path, min_cell: Option<u32>) -> String {
    written("term", root, min_cell)
}

fn written(report: &str, root: &Path, min_cell: Option<u32>) -> String {
    let store = Store::at(root);
    let school = store.school().unwrap();
    let loaded = store.load(ReadOptions::all(KindSet::of(Kind::ALL)));
    assert!(loaded.broken.is_empty(), "{:?}", loaded.broken);
    let today = "2026-01-20".parse::<Date>().unwrap().0;
    let term = loaded.records.terms.iter().next().unwrap();
    let scope = Scope::of_term(term, today, school.definition());
    let basis = Basis {
        school: &school,
        records: &loaded.records,
        scope,
    };
    let request = request(report, min_cell, today);
    let written = report::write(&basis, &request).unwrap();
    let bytes = document::format("md")
        .unwrap()
        .render(&written.document)
        .unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Returns a request for a report without names, public if a minimum cell size is given.
pub(crate) fn request(report: &str, min_cell: Option<u32>, today: NaiveDate) -> Request<'static> {
    Request {
        report: Report::of_name(report).unwrap(),
        lang: Lang::Zh,
        names: Names::None,
        names_staff: true,
        min_cell,
        compare: None,
        subject: None,
        campaign: None,
        is_blank: false,
        class: None,
        template: None,
        today,
        left_out: 0,
        surroundings: None,
        sources: false,
    }
}

/// Returns the numbers before a unit in a text, each with the text before it.
fn numbers<'t>(text: &'t str, unit: &str) -> Vec<(&'t str, i64)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(unit) {
        if text[at..].starts_with("人次") {
            continue;
        }
        let digits = text[..at]
            .bytes()
            .rev()
            .take_while(u8::is_ascii_digit)
            .count();
        if let Ok(number) = text[at - digits..at].parse() {
            found.push((&text[..at - digits], number));
        }
    }
    found
}

/// Returns what a reader can infer about a few children.
fn found_out(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let few = |number: i64| number == 1 || number == 2;
    let all = numbers(text, "人")
        .into_iter()
        .find(|(before, _)| before.ends_with("留守儿童"));
    let all = all.map(|(_, number)| number);
    let of_others = [
        "帮扶人",
        "联系",
        "最多",
        "最少",
        "学生",
        "教职工",
        "家长",
        "志愿者",
        "父母",
    ];
    let mut kinds = 0;
    for (before, number) in ["人", "名"].iter().flat_map(|unit| numbers(text, unit)) {
        if before.ends_with("学生") {
            if all.is_some_and(|all| few(number - all)) {
                found.push(format!("{number} pupils but {all:?}"));
            }
            continue;
        }
        if of_others.iter().any(|word| before.ends_with(word)) {
            continue;
        }
        if few(number) || all.is_some_and(|all| few(all - number)) {
            let tail: String = before
                .chars()
                .rev()
                .take(12)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            found.push(format!("{tail}{number} of {all:?}"));
        }
        if before.ends_with("祖辈监护")
            || before.ends_with("单方监护")
            || before.ends_with("亲朋监护")
        {
            kinds += number;
        }
    }
    if kinds > 0 && all.is_some_and(|all| few(all - kinds)) {
        found.push(format!("kinds {kinds} of {all:?}"));
    }
    if text.contains("心理辅导") || text.contains("风险") || text.contains('＊') {
        found.push("distress".to_owned());
    }
    // In tables about children: cells, the rest of the first column, and columns minus the rows shown.
    for table in text
        .split("\n\n")
        .filter(|block| block.starts_with('|') && block.contains("留守儿童"))
    {
        let rows: Vec<Vec<Option<i64>>> = table
            .lines()
            .skip(2)
            .map(|line| {
                line.trim_matches('|')
                    .split('|')
                    .skip(1)
                    .map(|cell| cell.trim().parse().ok())
                    .collect()
            })
            .collect();
        for row in &rows {
            for cell in row.iter().flatten() {
                if few(*cell) || row[0].is_some_and(|all| few(all - cell)) {
                    found.push(format!("cell {cell} of {row:?}"));
                }
            }
        }
        if let Some((total, rows)) = rows.split_last() {
            for (column, total) in total.iter().enumerate() {
                let sum: i64 = rows
                    .iter()
                    .filter_map(|row| row.get(column).copied().flatten())
                    .sum();
                if total.is_some_and(|total| few(total - sum)) {
                    found.push(format!("column {column}: {total:?} less {sum}"));
                }
            }
        }
    }
    // The duty owed to each child: a row of periods, one of which is owed to each.
    for line in text.lines().filter(|line| line.starts_with("| 摸底")) {
        let cells: Vec<i64> = line
            .split('|')
            .filter_map(|cell| cell.trim().parse().ok())
            .collect();
        if let [owed, met] = cells[..]
            && (few(owed) || few(met) || few(owed - met))
        {
            found.push(line.to_owned());
        }
    }
    found
}

#[test]
fn public_reports_reveal_nothing_about_few_children() {
    let asked = std::env::var("CUNCAO_ATTACKED")
        .ok()
        .and_then(|count| count.parse().ok());
    let schools = asked.unwrap_or(150);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    // The same attack must succeed on reports for internal use.
    let mut attacked_in_house = 0;
    let (mut given_away, mut told, mut tables) = (Vec::new(), 0, 0);
    for number in 0..schools {
        let folder = tempfile::tempdir().unwrap();
        school(folder.path(), &mut dice);
        let text = term_report(folder.path(), Some(3));
        told += numbers(&text, "人").len();
        tables += text.matches("| 合计").count();
        if number < 20 {
            attacked_in_house +=
                usize::from(!found_out(&term_report(folder.path(), None)).is_empty());
        }
        let found = found_out(&text);
        if !found.is_empty() {
            given_away.push(format!("{number}: {found:?}"));
        }
    }
    assert!(
        given_away.is_empty(),
        "{} of {schools}:\n{}",
        given_away.len(),
        given_away.join("\n")
    );
    assert!(attacked_in_house > 10, "{attacked_in_house}");
    // A report without content would pass.
    assert!(
        told > schools * 3 && tables > schools / 8,
        "{told} numbers, {tables} tables"
    );
}

/// Figures of children that are subsets of others by definition.
const LIE_IN: &[(&str, &str)] = &[
    ("children.home-visited", "children.visited"),
    ("children.talked", "children.visited"),
    ("children.heard", "children.visited"),
    ("helpers.continuity", "children.paired"),
    ("assessments.improved", "children.assessed"),
    ("assessments.unchanged", "children.assessed"),
    ("assessments.worse", "children.assessed"),
];

/// Prefixes of figures that partition another figure.
const KINDS: &[(&str, &str)] = &[
    ("children.guardianship.", "children"),
    ("children.away.", "children"),
];

/// A printed figure: its id, value and denominator, and those of its groups.
struct Printed {
    id: String,
    value: i64,
    of: Option<i64>,
    groups: Vec<(i64, Option<i64>)>,
}

fn printed(json: &str) -> Vec<Printed> {
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    let pair = |value: &serde_json::Value| (value["value"].as_i64(), value["of"].as_i64());
    let figures = json["figures"].as_array().unwrap().iter();
    let figures =
        figures.filter(|figure| figure["unit"] == "people" || figure["unit"] == "children");
    figures
        .filter_map(|figure| {
            let (value, of) = pair(figure);
            let groups = figure["groups"].as_array().into_iter().flatten();
            Some(Printed {
                id: figure["id"].as_str()?.to_owned(),
                value: value?,
                of,
                groups: groups
                    .filter_map(|group| {
                        let (value, of) = pair(group);
                        Some((value?, of))
                    })
                    .collect(),
            })
        })
        .collect()
}

/// Returns what a reader who knows the definitions of figures can infer about a few children.
fn found_in_figures(figures: &[Printed]) -> Vec<String> {
    let few = |number: i64| number == 1 || number == 2;
    let of_children = |id: &str| {
        let heads = [
            "children",
            "assessments",
            "lacks.",
            "contact.gap.over",
            "helpers.continuity",
        ];
        heads.iter().any(|head| id.starts_with(head)) || id.starts_with("aid.children")
    };
    let value = |id: &str| {
        figures
            .iter()
            .find(|figure| figure.id == id)
            .map(|figure| figure.value)
    };
    let mut found = Vec::new();
    for figure in figures.iter().filter(|figure| of_children(&figure.id)) {
        let mut look = |what: &str, value: i64, of: Option<i64>| {
            // The complement must not be small either.
            if few(value) || of.is_some_and(|of| few(of - value)) {
                found.push(format!("{} {what}: {value} of {of:?}", figure.id));
            }
        };
        look("itself", figure.value, figure.of);
        for (value, of) in &figure.groups {
            look("group", *value, *of);
        }
        let in_groups: i64 = figure.groups.iter().map(|(value, _)| value).sum();
        if !figure.groups.is_empty() {
            look("without groups", figure.value - in_groups, None);
        }
    }
    for (part, whole) in LIE_IN {
        if let (Some(part_value), Some(whole_value)) = (value(part), value(whole))
            && few(whole_value - part_value)
        {
            found.push(format!("{part} {part_value} in {whole} {whole_value}"));
        }
    }
    for (kinds, whole) in KINDS {
        let kinds: Vec<i64> = figures
            .iter()
            .filter(|figure| figure.id.starts_with(kinds))
            .map(|figure| figure.value)
            .collect();
        if let (false, Some(whole)) = (kinds.is_empty(), value(whole))
            && few(whole - kinds.iter().sum::<i64>())
        {
            found.push(format!("kinds {kinds:?} of {whole}"));
        }
    }
    let distress = ["incidents", "risk", "referrals", "visits.counselling"];
    let distress = figures
        .iter()
        .filter(|figure| distress.iter().any(|word| figure.id.starts_with(word)));
    found.extend(distress.map(|figure| figure.id.clone()));
    found
}

/// Runs the program, or the one in `CUNCAO_BIN`, in a folder.
pub(crate) fn run_in(root: &Path, arguments: &[&str]) -> (bool, String) {
    let output = std::process::Command::new(crate::school::program())
        .args(["--today", "2026-01-20"])
        .args(arguments)
        .current_dir(root)
        .output()
        .unwrap();
    (
        output.status.success(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[test]
fn public_figures_reveal_nothing_about_few_children() {
    let asked = std::env::var("CUNCAO_ATTACKED")
        .ok()
        .and_then(|count| count.parse().ok());
    let schools: usize = asked.unwrap_or(24);
    let mut dice = Dice(0x51ed_270b_9f1c_4ab3);
    let (mut given_away, mut told, mut in_house, mut groups) = (Vec::new(), 0, 0, 0);
    let township = tempfile::tempdir().unwrap();
    for number in 0..schools {
        let root = township.path().join(format!("{}/{number}", number / 4));
        std::fs::create_dir_all(&root).unwrap();
        school(&root, &mut dice);
        let (_, open) = run_in(&root, &["stats", "--format", "json"]);
        in_house += usize::from(!found_in_figures(&printed(&open)).is_empty());
        for by in [&[][..], &["--by", "class"], &["--by", "grade"]] {
            let arguments = [&["stats", "--public", "--format", "json"], by].concat();
            let (is_told, json) = run_in(&root, &arguments);
            // Groups that must be suppressed are refused.
            if !is_told {
                assert!(!by.is_empty(), "{number}");
                continue;
            }
            let figures = printed(&json);
            told += figures.len();
            groups += figures
                .iter()
                .filter(|figure| !figure.groups.is_empty())
                .count();
            let found = found_in_figures(&figures);
            if !found.is_empty() {
                given_away.push(format!("{number} {by:?}: {found:?}"));
            }
        }
        for report in ["summary", "home", "year"] {
            let found = found_out(&written(report, &root, Some(3)));
            if !found.is_empty() {
                given_away.push(format!("{number} {report}: {found:?}"));
            }
        }
    }
    // Four schools at a time, separately and in total.
    for town in 0..schools.div_ceil(4) {
        let root = township.path().join(town.to_string());
        let arguments = [
            "rollup",
            root.to_str().unwrap(),
            "--term",
            "2025-2026-1",
            "--public",
            "--format",
            "json",
        ];
        let (_, json) = run_in(township.path(), &arguments);
        if json.is_empty() {
            continue;
        }
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let rows = json["figures"].as_array().unwrap();
        let schools = json["schools"].as_array().unwrap().len();
        for at in 0..=schools {
            let figures = rows.iter().filter(|row| row["unit"] == "people");
            let of_one = figures.filter_map(|row| {
                let cell = match at {
                    0 => &row["total"],
                    at => &row["schools"][at - 1],
                };
                Some(Printed {
                    id: row["id"].as_str()?.to_owned(),
                    value: cell["value"].as_i64()?,
                    of: cell["of"].as_i64(),
                    groups: Vec::new(),
                })
            });
            let figures: Vec<Printed> = of_one.collect();
            told += figures.len();
            let found = found_in_figures(&figures);
            if !found.is_empty() {
                given_away.push(format!("town {town}, column {at}: {found:?}"));
            }
        }
    }
    assert!(
        given_away.is_empty(),
        "{}:\n{}",
        given_away.len(),
        given_away.join("\n")
    );
    assert!(in_house * 2 > schools, "{in_house} of {schools}");
    assert!(told > schools * 6, "{told} figures, {groups} by groups");
}
