//! The operations of a step: a command or a manual edit, with its expected effect on the facts.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Days, NaiveDate};

use super::facts::{Facts, Record, World, id_of};
use crate::school::Dice;

/// The two children that every clone has from the start.
const SHARED: [&str; 2] = ["c4t8w2z", "c000002"];

const HELPERS: [&str; 2] = ["h7k3m9q", "h000002"];

/// Fields of the shared children, each changed by one clone only, so that there are no conflicts.
const FIELDS: [[&str; 3]; 3] = [
    ["village", "wishes", "profile.study"],
    ["address", "student_no", "profile.health"],
    ["profile.note", "ethnicity", "illness"],
];

/// Words of a list, each added and removed by one clone only.
const HARDSHIPS: [[&str; 2]; 3] = [
    ["poverty", "low-income"],
    ["serious-illness", "disabled"],
    ["harm", "other"],
];

/// The expected effect of a command on the facts.
#[derive(Default)]
pub(super) struct Effect {
    /// The changed facts by position; `None` for removed ones.
    pub(super) changes: Vec<(String, Option<String>)>,
    /// The removed files.
    pub(super) removed: Vec<String>,
    /// The facts of new files by field, with their folder.
    pub(super) created: Vec<(String, BTreeMap<String, String>)>,
}

impl Effect {
    fn of(changes: Vec<(String, Option<String>)>) -> Effect {
        Effect {
            changes,
            ..Effect::default()
        }
    }

    /// Applies the effect, except for new files.
    pub(super) fn on(&self, before: &Facts) -> Facts {
        let mut facts = before.clone();
        facts.retain(|at, _| {
            let path = at.split('|').next().unwrap();
            !self.removed.iter().any(|removed| removed == path)
        });
        for (at, value) in &self.changes {
            match value {
                Some(value) => drop(facts.insert(at.clone(), value.clone())),
                None => drop(facts.remove(at)),
            }
        }
        facts
    }
}

/// The effect of a command on the undo journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undo {
    /// It can be undone.
    Kept,
    /// Nothing can be undone any more.
    Cleared,
}

/// The operation of a step.
pub(super) enum Work {
    Command {
        arguments: Vec<String>,
        effect: Effect,
        undo: Undo,
    },
    /// A manual edit, followed by a command that records or fixes it.
    Manual {
        path: String,
        to: String,
        bytes: Vec<u8>,
        effect: Effect,
        then: Option<(Vec<String>, Undo)>,
    },
    Undo,
    Pull(usize),
    /// A repeated import, which is refused.
    Reimport,
}

/// The clone in which a step takes place.
pub(super) struct Place<'a> {
    pub(super) root: &'a Path,
    pub(super) facts: &'a Facts,
    pub(super) number: usize,
    pub(super) step: usize,
    pub(super) today: NaiveDate,
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

impl Place<'_> {
    fn today(&self) -> String {
        self.today.to_string()
    }

    fn mark(&self) -> String {
        format!("第{}处", self.number)
    }

    fn command(arguments: &[&str], effect: Effect) -> Work {
        Work::Command {
            arguments: words(arguments),
            effect,
            undo: Undo::Kept,
        }
    }

    /// A random element; `None` of an empty slice.
    fn one<T: Clone>(dice: &mut Dice, of: &[T]) -> Option<T> {
        let at = (!of.is_empty()).then(|| dice.below(of.len()))?;
        of.get(at).cloned()
    }

    fn is_own_child(&self, world: &World<'_>, id: &str) -> bool {
        let path = format!("children/{id}.toml");
        let number = world.records.get(path.as_str());
        let own = format!("\"S{}-", self.number);
        number.is_some_and(|record| {
            record
                .get("student_no")
                .is_some_and(|number| number.starts_with(&own))
        })
    }

    fn own_children(&self, world: &World<'_>) -> Vec<String> {
        let children = world
            .of_kind("children/")
            .map(|(path, _)| id_of(path).to_owned());
        children.filter(|id| self.is_own_child(world, id)).collect()
    }

    /// The visits that only this clone changes: with children that no other clone forgets.
    fn own_visits(&self, world: &World<'_>, only_shared: bool) -> Vec<String> {
        let mark = self.mark();
        let visits = world.of_kind("visits/").filter(|(_, visit)| {
            let children = World::named(visit, "children");
            visit
                .get("summary")
                .is_some_and(|text| text.contains(&mark))
                && children.iter().all(|id| {
                    SHARED.contains(&id.as_str()) || (!only_shared && self.is_own_child(world, id))
                })
        });
        visits.map(|(path, _)| path.to_owned()).collect()
    }

    /// The running pairing of a child, if it began before today.
    fn pairing(&self, world: &World<'_>, child: &str) -> Option<(String, String)> {
        let mut running = world.of_kind("pairings/").filter(|(_, pairing)| {
            World::named(pairing, "child") == [child] && !pairing.contains_key("until")
        });
        running.next().map(|(path, pairing)| {
            (
                path.to_owned(),
                pairing["helper"].trim_matches('"').to_owned(),
            )
        })
    }

    fn began_before_today(&self, world: &World<'_>, path: &str) -> bool {
        let since: NaiveDate = world.records[path]["since"].parse().unwrap();
        since < self.today
    }

    /// Sets or removes a field of a shared child.
    fn set(&self, dice: &mut Dice) -> Work {
        let child = SHARED[dice.below(2)];
        let field = FIELDS[self.number][dice.below(3)];
        let at = format!("children/{child}.toml|{}", field.replace('.', "|"));
        let value = if self.facts.contains_key(&at) && dice.below(3) == 0 {
            String::new()
        } else {
            format!("{}{}", self.mark(), self.step)
        };
        let effect = (!value.is_empty()).then(|| quoted(&value));
        Self::command(
            &["set", child, &format!("{field}={value}")],
            Effect::of(vec![(at, effect)]),
        )
    }

    /// Adds or removes a word of a list by hand, since `set` addresses entries by index.
    fn hardship(&self, dice: &mut Dice) -> Work {
        let path = format!("children/{}.toml", SHARED[dice.below(2)]);
        let code = HARDSHIPS[self.number][dice.below(2)];
        let at = format!("{path}|hardship|\"{code}\"");
        let text = std::fs::read_to_string(self.root.join(&path)).unwrap();
        let mut document: toml_edit::DocumentMut = text.parse().unwrap();
        let list = document
            .entry("hardship")
            .or_insert(toml_edit::value(toml_edit::Array::new()));
        let list = list.as_array_mut().unwrap();
        let found = list.iter().position(|word| word.as_str() == Some(code));
        let effect = match found {
            Some(found) => {
                list.remove(found);
                None
            }
            None => {
                list.push(code);
                Some(String::new())
            }
        };
        Work::Manual {
            to: path.clone(),
            path,
            bytes: document.to_string().into_bytes(),
            effect: Effect::of(vec![(at, effect)]),
            then: None,
        }
    }

    /// Adds an entry to a list, or removes one of this clone's own by hand.
    fn contact(&self, dice: &mut Dice) -> Option<Work> {
        let child = SHARED[dice.below(2)];
        let path = format!("children/{child}.toml");
        let year = 2021 + self.number;
        let own = format!("{path}|contact|{year}-");
        if dice.below(3) == 0 {
            let mine: Vec<String> = self
                .facts
                .keys()
                .filter(|at| at.starts_with(&own) && at.ends_with("|since"))
                .cloned()
                .collect();
            let at = Self::one(dice, &mine)?;
            let since = self.facts[&at].clone();
            let entry = at.trim_end_matches("since").to_owned();
            let gone = self.facts.keys().filter(|at| at.starts_with(&entry));
            let gone = gone.map(|at| (at.clone(), None)).collect();
            let text = std::fs::read_to_string(self.root.join(&path)).unwrap();
            let mut document: toml_edit::DocumentMut = text.parse().unwrap();
            let list = document["contact"].as_array_of_tables_mut().unwrap();
            let is_it = |entry: &toml_edit::Table| {
                let found = entry["since"].as_value().unwrap().as_datetime();
                found.unwrap().to_string() == since
            };
            list.retain(|entry| !is_it(entry));
            return Some(Work::Manual {
                to: path.clone(),
                path,
                bytes: document.to_string().into_bytes(),
                effect: Effect::of(gone),
                then: None,
            });
        }
        let since = format!(
            "{year}-{:02}-{:02}",
            self.step / 28 % 12 + 1,
            self.step % 28 + 1
        );
        let entry = format!("{path}|contact|{since} \"father\"");
        if self.facts.contains_key(&format!("{entry}|since")) {
            return None;
        }
        let effect = Effect::of(vec![
            (format!("{entry}|since"), Some(since.clone())),
            (format!("{entry}|parent"), Some(quoted("father"))),
            (format!("{entry}|frequency"), Some(quoted("weekly"))),
        ]);
        let arguments = [
            "change",
            child,
            "contact",
            "parent=father",
            "frequency=weekly",
            "--since",
            &since,
        ];
        Some(Self::command(&arguments, effect))
    }

    /// One or two children whom a visit may name today.
    fn visited(&self, world: &World<'_>, dice: &mut Dice) -> Vec<String> {
        let here: Vec<String> = world
            .of_kind("children/")
            .map(|(path, _)| id_of(path).to_owned())
            .filter(|id| !world.is_not_enrolled(id, self.today))
            .collect();
        let mut children = vec![SHARED[dice.below(2)].to_owned()];
        if let Some(other) = Self::one(dice, &here).filter(|_| dice.below(2) == 0) {
            if dice.below(2) == 0 {
                children.clear();
            }
            if !children.contains(&other) {
                children.push(other);
            }
        }
        children
    }

    fn visit(&self, world: &World<'_>, dice: &mut Dice) -> Work {
        let children = self.visited(world, dice);
        let mode = ["home", "phone", "talk", "letter"][dice.below(4)];
        let today = self.today();
        let value = format!("{}{}", self.mark(), self.step);
        let due = (self.today + Days::new(dice.below(15) as u64)).to_string();
        let mut record = BTreeMap::from(
            [
                ("date", today.clone()),
                ("recorded", today.clone()),
                ("mode", quoted(mode)),
                ("by|\"h7k3m9q\"", String::new()),
                ("summary", quoted(&value)),
            ]
            .map(|(field, value)| (field.to_owned(), value)),
        );
        for child in &children {
            record.insert(format!("children|\"{child}\""), String::new());
        }
        let mut arguments = words(&["add", "visit", "--date", &today, "--mode", mode]);
        arguments.extend(words(&["--by", "h7k3m9q", "--summary", &value]));
        for child in &children {
            arguments.extend(words(&["--children", child]));
        }
        for at in 0..dice.below(3) {
            let what = format!("添台灯{at}{value}");
            arguments.extend(words(&["--set", &format!("follow_up[{at}].what={what}")]));
            arguments.extend(words(&["--set", &format!("follow_up[{at}].due={due}")]));
            let entry = format!("follow_up|\"{what}\"");
            record.insert(format!("{entry}|what"), quoted(&what));
            record.insert(format!("{entry}|due"), due.clone());
        }
        if children.iter().all(|id| SHARED.contains(&id.as_str())) && dice.below(4) == 0 {
            let secret = format!("密{value}");
            arguments.extend(words(&["--set", &format!("confidential={secret}")]));
            record.insert("confidential".to_owned(), quoted(&secret));
        }
        Work::Command {
            arguments,
            effect: Effect {
                created: vec![("visits".to_owned(), record)],
                ..Effect::default()
            },
            undo: Undo::Kept,
        }
    }

    /// One or more quick lines.
    fn note(&self, dice: &mut Dice) -> Work {
        let today = self.today();
        let due = (self.today + Days::new(3)).to_string();
        let (mut lines, mut created) = (Vec::new(), Vec::new());
        for line in 0..dice.below(3) + 1 {
            let value = format!("记{}{}{line}", self.mark(), self.step);
            let follow_up = format!("复查{value}");
            let child = dice.below(2);
            lines.push(format!(
                "家访 {} {value} @今天 40分钟 !{follow_up}@{due}",
                ["安安", "平平"][child]
            ));
            let facts = [
                ("date".to_owned(), today.clone()),
                ("recorded".to_owned(), today.clone()),
                ("mode".to_owned(), quoted("home")),
                (format!("children|\"{}\"", SHARED[child]), String::new()),
                ("by|\"h000002\"".to_owned(), String::new()),
                ("minutes".to_owned(), "40".to_owned()),
                ("summary".to_owned(), quoted(&value)),
                (
                    format!("follow_up|\"{follow_up}\"|what"),
                    quoted(&follow_up),
                ),
                (format!("follow_up|\"{follow_up}\"|due"), due.clone()),
            ];
            created.push(("visits".to_owned(), BTreeMap::from(facts)));
        }
        let file = self
            .root
            .parent()
            .unwrap()
            .join(format!("notes{}.txt", self.number));
        std::fs::write(&file, lines.join("\n")).unwrap();
        Work::Command {
            arguments: words(&["--me", "h000002", "note", file.to_str().unwrap()]),
            effect: Effect {
                created,
                ..Effect::default()
            },
            undo: Undo::Kept,
        }
    }

    /// Completes a follow-up of a visit of this clone.
    fn done(&self, world: &World<'_>, dice: &mut Dice) -> Option<Work> {
        let mut open = Vec::new();
        for path in self.own_visits(world, false) {
            let visit = &world.records[path.as_str()];
            let entries: Vec<&str> = visit
                .keys()
                .filter_map(|at| at.strip_suffix("|what"))
                .filter(|entry| !visit.contains_key(format!("{entry}|done").as_str()))
                .collect();
            if let [entry] = entries[..] {
                open.push((id_of(&path).to_owned(), format!("{path}|{entry}")));
            }
        }
        let (id, entry) = Self::one(dice, &open)?;
        let outcome = format!("好了{}", self.step);
        let today = self.today();
        let effect = Effect::of(vec![
            (format!("{entry}|done"), Some(today.clone())),
            (format!("{entry}|outcome"), Some(quoted(&outcome))),
        ]);
        let arguments = ["done", &id, "--date", &today, "--outcome", &outcome];
        Some(Self::command(&arguments, effect))
    }

    fn table(&self) -> std::path::PathBuf {
        self.root
            .parent()
            .unwrap()
            .join(format!("children{}.csv", self.number))
    }

    /// Imports a table of two new children, or one that changes existing ones.
    fn import(&self, world: &World<'_>, dice: &mut Dice) -> Work {
        let own = self.own_children(world);
        if let Some(child) = Self::one(dice, &own).filter(|_| dice.below(2) == 0) {
            let path = format!("children/{child}.toml");
            let number = world.records[path.as_str()]["student_no"]
                .trim_matches('"')
                .to_owned();
            let village = format!("{}村{}", self.mark(), self.step);
            let table = self
                .root
                .parent()
                .unwrap()
                .join(format!("villages{}.csv", self.number));
            std::fs::write(&table, format!("student_no,village\n{number},{village}\n")).unwrap();
            let arguments = [
                "import",
                "child",
                table.to_str().unwrap(),
                "--key",
                "student_no",
                "-y",
            ];
            let effect = Effect::of(vec![(format!("{path}|village"), Some(quoted(&village)))]);
            return Self::command(&arguments, effect);
        }
        let mut text = String::from(
            "name,gender,birth_date,filed,student_no,enrolment.class,guardianship.away,guardianship.kind,consent.basis,consent.date\n",
        );
        let mut created = Vec::new();
        for row in 0..2 {
            let name = format!("{}{}名{row}", self.mark(), self.step);
            let number = format!("S{}-{}-{row}", self.number, self.step);
            let born = format!("2015-03-{:02}", row + 1);
            text += &format!(
                "{name},male,{born},2025-09-10,{number},2022-1,both,grandparents,consent,2025-09-10\n"
            );
            let facts = [
                ("name", quoted(&name)),
                ("gender", quoted("male")),
                ("birth_date", born),
                ("filed", "2025-09-10".to_owned()),
                ("student_no", quoted(&number)),
                ("enrolment|2025-09-01|since", "2025-09-01".to_owned()),
                ("enrolment|2025-09-01|class", quoted("2022-1")),
                ("guardianship|2025-09-01|since", "2025-09-01".to_owned()),
                ("guardianship|2025-09-01|away", quoted("both")),
                ("guardianship|2025-09-01|kind", quoted("grandparents")),
                ("consent|basis", quoted("consent")),
                ("consent|date", "2025-09-10".to_owned()),
            ];
            let facts = facts.map(|(field, value)| (field.to_owned(), value));
            created.push(("children".to_owned(), BTreeMap::from(facts)));
        }
        std::fs::write(self.table(), text).unwrap();
        let table = self.table();
        let arguments = words(&[
            "import",
            "child",
            table.to_str().unwrap(),
            "--since",
            "2025-09-01",
            "-y",
        ]);
        Work::Command {
            arguments,
            effect: Effect {
                created,
                ..Effect::default()
            },
            undo: Undo::Kept,
        }
    }

    /// A child leaves, or returns.
    fn leave(&self, world: &World<'_>, dice: &mut Dice) -> Option<Work> {
        let child = Self::one(dice, &self.own_children(world))?;
        let path = format!("children/{child}.toml");
        let record = &world.records[path.as_str()];
        let today = self.today();
        if let Some(left) = record.get("left|date") {
            if left.parse::<NaiveDate>().unwrap() >= self.today {
                return None;
            }
            let latest = record
                .iter()
                .filter(|(at, _)| at.starts_with("enrolment|") && at.ends_with("|since"));
            let latest = latest.map(|(_, since)| *since).max().unwrap();
            let entry = format!("{path}|enrolment|{latest}");
            let new = format!("{path}|enrolment|{today}");
            let effect = Effect::of(vec![
                (format!("{path}|left|date"), None),
                (format!("{path}|left|reason"), None),
                (format!("{entry}|left"), Some((*left).to_owned())),
                (format!("{entry}|reason"), Some(quoted("moved"))),
                (format!("{new}|since"), Some(today.clone())),
                (format!("{new}|class"), Some(quoted("2022-2"))),
            ]);
            let arguments = [
                "change",
                &child,
                "enrolment",
                "class=2022-2",
                "--since",
                &today,
            ];
            return Some(Self::command(&arguments, effect));
        }
        let is_visited_from_today = world.of_kind("visits/").any(|(_, visit)| {
            World::named(visit, "children").contains(&child)
                && visit["date"].parse::<NaiveDate>().unwrap() >= self.today
        });
        let enrolled_today = record
            .iter()
            .any(|(at, value)| at.ends_with("|since") && *value == today);
        let pairing = self.pairing(world, &child);
        let begun_today = pairing
            .as_ref()
            .is_some_and(|(path, _)| !self.began_before_today(world, path));
        if is_visited_from_today || enrolled_today || begun_today {
            return None;
        }
        let mut changes = vec![
            (format!("{path}|left|date"), Some(today.clone())),
            (format!("{path}|left|reason"), Some(quoted("moved"))),
        ];
        let before = (self.today - Days::new(1)).to_string();
        changes.extend(pairing.map(|(path, _)| (format!("{path}|until"), Some(before))));
        let arguments = ["leave", &child, "--reason", "moved", "--date", &today];
        Some(Self::command(&arguments, Effect::of(changes)))
    }

    /// Assigns a helper to a child, or replaces it.
    fn pair(&self, world: &World<'_>, dice: &mut Dice) -> Option<Work> {
        let child = Self::one(dice, &self.own_children(world))?;
        if world.is_not_enrolled(&child, self.today) {
            return None;
        }
        let today = self.today();
        let record = |helper: &str| {
            let facts = [
                ("child", quoted(&child)),
                ("helper", quoted(helper)),
                ("role", quoted("teacher")),
                ("since", today.clone()),
            ];
            let facts = facts.map(|(field, value)| (field.to_owned(), value));
            vec![("pairings".to_owned(), BTreeMap::from(facts))]
        };
        let Some((path, from)) = self.pairing(world, &child) else {
            let helper = HELPERS[dice.below(2)];
            let arguments = [
                "add", "pairing", "--child", &child, "--helper", helper, "--role", "teacher",
                "--since", &today,
            ];
            return Some(Self::command(
                &arguments,
                Effect {
                    created: record(helper),
                    ..Effect::default()
                },
            ));
        };
        if !self.began_before_today(world, &path) {
            return None;
        }
        let to = HELPERS[usize::from(from == HELPERS[0])];
        let before = (self.today - Days::new(1)).to_string();
        let arguments = ["take-over", &from, to, &child, "--since", &today];
        Some(Self::command(
            &arguments,
            Effect {
                changes: vec![(format!("{path}|until"), Some(before))],
                created: record(to),
                ..Effect::default()
            },
        ))
    }

    /// Removes a visit of this clone.
    fn remove(&self, world: &World<'_>, dice: &mut Dice) -> Option<Work> {
        let visits = self.own_visits(world, false);
        let open = visits
            .into_iter()
            .filter(|path| !world.records[path.as_str()].contains_key("confidential"));
        let path = Self::one(dice, &open.collect::<Vec<_>>())?;
        Some(Self::removal(&path))
    }

    /// The removal of a record.
    pub(super) fn removal(path: &str) -> Work {
        Self::command(
            &["rm", id_of(path)],
            Effect {
                removed: vec![path.to_owned()],
                ..Effect::default()
            },
        )
    }

    /// Forgets a child of this clone, unless another clone may restore a visit that names it by `undo`: git does not
    /// call the merge driver if one clone removed a file and another changed it.
    fn forget(&self, world: &World<'_>, dice: &mut Dice) -> Option<Work> {
        let child = Self::one(dice, &self.own_children(world))?;
        let mark = self.mark();
        let is_of_others = |visit: &Record<'_>| {
            World::named(visit, "children").contains(&child)
                && visit
                    .get("summary")
                    .is_none_or(|text| !text.contains(&mark))
        };
        if world
            .of_kind("visits/")
            .any(|(_, visit)| is_of_others(visit))
        {
            return None;
        }
        let mut effect = Effect::default();
        effect.removed.push(format!("children/{child}.toml"));
        for (path, record) in &world.records {
            let children = World::named(record, "children");
            if World::named(record, "child") == [child.as_str()] || children == [child.as_str()] {
                effect.removed.push((*path).to_owned());
            } else if children.contains(&child) {
                effect
                    .changes
                    .push((format!("{path}|children|\"{child}\""), None));
            }
        }
        Some(Work::Command {
            arguments: words(&["forget", &child, "--yes"]),
            effect,
            undo: Undo::Cleared,
        })
    }

    /// A typical manual edit.
    fn manual_edit(&self, world: &World<'_>, dice: &mut Dice) -> Option<Work> {
        let read = |path: &str| std::fs::read_to_string(self.root.join(path)).unwrap();
        let what = dice.below(5);
        if what == 0 {
            let path = format!("children/{}.toml", SHARED[dice.below(2)]);
            let text = format!("# 手写{}{}\n{}", self.mark(), self.step, read(&path));
            return Some(Work::Manual {
                to: path.clone(),
                path,
                bytes: text.into_bytes(),
                effect: Effect::default(),
                then: None,
            });
        }
        let path = Self::one(dice, &self.own_visits(world, what == 4))?;
        let text = read(&path);
        let fix = || Some((words(&["validate", "--fix"]), Undo::Kept));
        let (mut to, mut effect, mut then) = (path.clone(), Effect::default(), None);
        let bytes = match what {
            // In the folder of another month.
            1 => {
                to = path.replacen("visits/2025-", "visits/2024-", 1);
                then = fix();
                text
            }
            // With CRLF line ends and a byte order mark.
            2 => {
                then = fix();
                format!(
                    "\u{feff}{}",
                    text.trim_start_matches('\u{feff}')
                        .replace("\r\n", "\n")
                        .replace('\n', "\r\n")
                )
            }
            3 => {
                let value = format!("改{}{}", self.mark(), self.step);
                effect
                    .changes
                    .push((format!("{path}|needs"), Some(quoted(&value))));
                let mut document: toml_edit::DocumentMut = text.parse().ok()?;
                document["needs"] = toml_edit::value(value);
                document.to_string()
            }
            _ => {
                let value = format!("密{}{}", self.mark(), self.step);
                effect
                    .changes
                    .push((format!("{path}|confidential"), Some(quoted(&value))));
                then = (dice.below(2) == 0).then(|| (words(&["seal"]), Undo::Cleared));
                let mut document: toml_edit::DocumentMut = text.parse().ok()?;
                document["confidential"] = toml_edit::value(value);
                document.to_string()
            }
        };
        Some(Work::Manual {
            path,
            to,
            bytes: bytes.into_bytes(),
            effect,
            then,
        })
    }

    /// The next operation.
    pub(super) fn work(&self, dice: &mut Dice) -> Work {
        let world = World::of(self.facts);
        // Violations caused by merging are fixed first.
        let broken = world.errors();
        if let Some((_, path)) = broken.first() {
            return Self::removal(path);
        }
        let other = (self.number + 1 + dice.below(2)) % 3;
        let found = match dice.below(24) {
            0..=2 => Some(self.set(dice)),
            3 => Some(self.hardship(dice)),
            4 => self.contact(dice),
            5..=7 => Some(self.visit(&world, dice)),
            8 => Some(self.note(dice)),
            9 | 10 => self.done(&world, dice),
            11 | 12 => Some(self.import(&world, dice)),
            13 => self.leave(&world, dice),
            14 => self.pair(&world, dice),
            15 => self.remove(&world, dice),
            16 => self.forget(&world, dice),
            17 | 18 => self.manual_edit(&world, dice),
            19 => Some(Work::Undo),
            20 => Some(Work::Reimport),
            _ => Some(Work::Pull(other)),
        };
        found.unwrap_or(Work::Pull(other))
    }

    /// The last imported table, if both of its children are still as it says.
    pub(super) fn table_again(&self) -> Option<Vec<String>> {
        let text = std::fs::read_to_string(self.table()).ok()?;
        let names = text
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').next());
        let here = |name: &str| {
            self.facts
                .iter()
                .any(|(at, value)| at.ends_with("|name") && *value == quoted(name))
        };
        let is_here = names.clone().count() == 2 && names.clone().any(here);
        let table = self.table();
        is_here.then(|| {
            words(&[
                "import",
                "child",
                table.to_str().unwrap(),
                "--since",
                "2025-09-01",
                "-y",
            ])
        })
    }
}
