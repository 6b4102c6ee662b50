//! The facts in records, read independently of the program, and the model of what a clone must contain.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use cuncao::store::seal::Identities;

/// Values by position: file, field and the identity of the list entry.
pub(super) type Facts = BTreeMap<String, String>;

/// The folders of records.
const FOLDERS: [&str; 5] = ["children", "visits", "pairings", "helpers", "terms"];

/// The fields that identify list entries.
const IDENTITIES: [&str; 4] = ["since", "parent", "what", "relation"];

/// Reads records, and opens sealed values.
pub(super) struct Reader {
    keys: Identities,
    opened: RefCell<HashMap<String, String>>,
    /// A cache of facts by path and content.
    known: RefCell<HashMap<(String, Vec<u8>), Facts>>,
}

impl Reader {
    pub(super) fn new(keys: &Path) -> Reader {
        Reader {
            keys: Identities::read(keys, Arc::new(|| None)).unwrap(),
            opened: RefCell::default(),
            known: RefCell::default(),
        }
    }

    fn plain(&self, text: &str) -> String {
        if !cuncao::model::prose::is_sealed(text) {
            return text.to_owned();
        }
        let mut opened = self.opened.borrow_mut();
        let open = || {
            self.keys
                .open(&"confidential".parse().unwrap(), text)
                .unwrap()
        };
        opened.entry(text.to_owned()).or_insert_with(open).clone()
    }

    fn of_table(&self, table: &toml::Table, at: &str, facts: &mut Facts) {
        for (name, value) in table {
            let at = format!("{at}|{name}");
            match value {
                toml::Value::Table(inner) => self.of_table(inner, &at, facts),
                toml::Value::Array(entries) => {
                    for entry in entries {
                        let toml::Value::Table(inner) = entry else {
                            facts.insert(format!("{at}|{entry}"), String::new());
                            continue;
                        };
                        let known = IDENTITIES.iter().filter_map(|key| inner.get(*key));
                        let identity: Vec<String> = known.map(ToString::to_string).collect();
                        self.of_table(inner, &format!("{at}|{}", identity.join(" ")), facts);
                    }
                }
                toml::Value::String(text) => {
                    facts.insert(at, format!("\"{}\"", self.plain(text)));
                }
                plain => drop(facts.insert(at, plain.to_string())),
            }
        }
    }

    /// The facts in some files.
    pub(super) fn facts(&self, files: &BTreeMap<String, Vec<u8>>) -> Facts {
        let mut facts = Facts::new();
        let mut known = self.known.borrow_mut();
        for (path, bytes) in files {
            let of_file = known
                .entry((path.clone(), bytes.clone()))
                .or_insert_with(|| {
                    let text = std::str::from_utf8(bytes).unwrap();
                    let table: toml::Table = text
                        .trim_start_matches('\u{feff}')
                        .parse()
                        .unwrap_or_else(|fault| panic!("{path}: {fault}\n{text}"));
                    let mut facts = Facts::new();
                    self.of_table(&table, path, &mut facts);
                    facts
                });
            facts.extend(
                of_file
                    .iter()
                    .map(|(at, value)| (at.clone(), value.clone())),
            );
        }
        facts
    }
}

/// The content of all records by path.
pub(super) fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in FOLDERS {
        let entries = walkdir::WalkDir::new(root.join(folder)).into_iter();
        for entry in entries
            .flatten()
            .filter(|entry| entry.file_type().is_file())
        {
            let bytes = std::fs::read(entry.path()).unwrap();
            files.insert(crate::support::below(root, entry.path()), bytes);
        }
    }
    files
}

/// The expected facts of a clone, each with the step at which it was written; `None` if removed.
#[derive(Clone, Default)]
pub(super) struct Model(BTreeMap<String, (usize, Option<String>)>);

impl Model {
    pub(super) fn facts(&self) -> Facts {
        let there = self.0.iter();
        there
            .filter_map(|(at, (_, value))| Some((at.clone(), value.clone()?)))
            .collect()
    }

    /// Records the facts as of a step.
    pub(super) fn record_at(&mut self, step: usize, facts: &Facts) {
        for (at, known) in &mut self.0 {
            if known.1.is_some() && !facts.contains_key(at) {
                *known = (step, None);
            }
        }
        for (at, value) in facts {
            let known = self.0.get(at).and_then(|(_, value)| value.as_ref());
            if known != Some(value) {
                self.0.insert(at.clone(), (step, Some(value.clone())));
            }
        }
    }

    /// Merges another clone's model: of two versions of a fact, the newer wins.
    pub(super) fn merge(&mut self, other: &Model) {
        for (at, fact) in &other.0 {
            let known = self.0.entry(at.clone()).or_insert_with(|| fact.clone());
            if known.0 < fact.0 {
                known.clone_from(fact);
            }
        }
    }
}

/// The facts of one record by field.
pub(super) type Record<'a> = BTreeMap<&'a str, &'a str>;

/// The records of a clone by path, with derived values computed independently of the program.
pub(super) struct World<'a> {
    pub(super) records: BTreeMap<&'a str, Record<'a>>,
}

pub(super) fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap().trim_end_matches(".toml")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl<'a> World<'a> {
    pub(super) fn of(facts: &'a Facts) -> World<'a> {
        let mut records: BTreeMap<&str, Record<'_>> = BTreeMap::new();
        for (at, value) in facts {
            let (path, field) = at.split_once('|').unwrap();
            records.entry(path).or_default().insert(field, value);
        }
        World { records }
    }

    pub(super) fn of_kind<'w>(
        &'w self,
        folder: &'w str,
    ) -> impl Iterator<Item = (&'a str, &'w Record<'a>)> {
        self.records
            .iter()
            .filter(move |(path, _)| path.starts_with(folder))
            .map(|(path, record)| (*path, record))
    }

    pub(super) fn has_child(&self, id: &str) -> bool {
        self.records
            .contains_key(format!("children/{id}.toml").as_str())
    }

    /// The children or helpers in a field of a record.
    pub(super) fn named(record: &Record<'a>, field: &str) -> Vec<String> {
        let within = format!("{field}|\"");
        let in_list = record
            .keys()
            .filter_map(|at| Some(at.strip_prefix(&within)?.trim_end_matches('"').to_owned()));
        let alone = record
            .get(field)
            .map(|value| value.trim_matches('"').to_owned());
        in_list.chain(alone).collect()
    }

    /// The periods in which a child is not enrolled: from each departure to the day of return.
    fn gaps(&self, id: &str) -> Vec<(NaiveDate, Option<NaiveDate>)> {
        let path = format!("children/{id}.toml");
        let Some(record) = self.records.get(path.as_str()) else {
            return Vec::new();
        };
        let mut begins: Vec<NaiveDate> = record
            .iter()
            .filter(|(at, _)| at.starts_with("enrolment|") && at.ends_with("|since"))
            .map(|(_, value)| day(value))
            .collect();
        begins.sort();
        let left = record.iter().filter(|(at, _)| {
            **at == "left|date" || at.starts_with("enrolment|") && at.ends_with("|left")
        });
        left.map(|(_, value)| {
            let left = day(value);
            (left, begins.iter().copied().find(|since| *since > left))
        })
        .collect()
    }

    pub(super) fn is_not_enrolled(&self, id: &str, on: NaiveDate) -> bool {
        self.gaps(id)
            .iter()
            .any(|(from, until)| on >= *from && until.is_none_or(|until| on < until))
    }

    /// The records that violate an error-level rule, which only a merge can cause.
    pub(super) fn errors(&self) -> BTreeSet<(String, String)> {
        let mut errors = BTreeSet::new();
        for (path, record) in &self.records {
            let children = World::named(record, "children");
            let child = World::named(record, "child");
            for id in children.iter().chain(&child) {
                if !self.has_child(id) {
                    errors.insert(("unknown-child".to_owned(), (*path).to_owned()));
                }
            }
            // A child may still be visited on the day it leaves.
            let has_left = |id: &String, on: NaiveDate| {
                let gaps = self.gaps(id);
                gaps.iter()
                    .any(|(left, back)| on > *left && back.is_none_or(|back| on < back))
            };
            if let Some(date) = record.get("date")
                && children.iter().any(|id| has_left(id, day(date)))
            {
                errors.insert(("after-leaving".to_owned(), (*path).to_owned()));
            }
        }
        errors
    }

    /// The facts with each visit in the folder of its month.
    pub(super) fn in_proper_folders(&self, facts: &Facts) -> Facts {
        let moved = facts.iter().map(|(at, value)| {
            let (path, field) = at.split_once('|').unwrap();
            match self.records[path].get("date") {
                Some(date) if path.starts_with("visits/") => {
                    let file = path.rsplit('/').next().unwrap();
                    (
                        format!("visits/{}/{file}|{field}", &date[..7]),
                        value.clone(),
                    )
                }
                _ => (at.clone(), value.clone()),
            }
        });
        moved.collect()
    }

    /// Figures as of a day, for the term that begins on 1 September 2025.
    pub(super) fn figures(&self, today: NaiveDate) -> BTreeMap<String, (u64, Option<u64>)> {
        let begin = day("2025-09-01");
        let contacts = ["home", "phone", "talk"];
        let mut figures: BTreeMap<String, (u64, Option<u64>)> = BTreeMap::new();
        let (mut visits, mut papers, mut due, mut done) = (0, 0, 0, 0);
        let mut visited = BTreeSet::new();
        let mut modes: BTreeMap<String, u64> = BTreeMap::new();
        for (_, visit) in self.of_kind("visits/") {
            let date = day(visit["date"]);
            if date < begin || date > today {
                continue;
            }
            let mode = visit["mode"].trim_matches('"');
            *modes.entry(mode.to_owned()).or_default() += 1;
            if contacts.contains(&mode) {
                visits += 1;
                visited.extend(World::named(visit, "children"));
            } else {
                papers += 1;
            }
            for (at, value) in visit {
                if let Some(entry) = at.strip_suffix("|due")
                    && day(value) <= today
                {
                    due += 1;
                    let when = visit.get(format!("{entry}|done").as_str());
                    done += u64::from(when.is_some_and(|when| day(when) <= today));
                }
            }
        }
        let here: BTreeSet<String> = self
            .of_kind("children/")
            .map(|(path, _)| id_of(path).to_owned())
            .filter(|id| !self.is_not_enrolled(id, today))
            .collect();
        let paired: BTreeSet<String> = self
            .of_kind("pairings/")
            .filter(|(_, pairing)| {
                let until = pairing.get("until").map(|until| day(until));
                day(pairing["since"]) <= today && until.is_none_or(|until| until >= today)
            })
            .flat_map(|(_, pairing)| World::named(pairing, "child"))
            .collect();
        let count = here.len() as u64;
        let among = |these: &BTreeSet<String>| here.intersection(these).count() as u64;
        figures.insert("visits".to_owned(), (visits, None));
        figures.insert("papers".to_owned(), (papers, None));
        figures.insert("children".to_owned(), (count, None));
        figures.insert(
            "children.visited".to_owned(),
            (among(&visited), Some(count)),
        );
        figures.insert("children.paired".to_owned(), (among(&paired), Some(count)));
        figures.insert("follow-ups.done".to_owned(), (done, Some(due)));
        for (mode, count) in modes {
            figures.insert(format!("visits.{mode}"), (count, None));
        }
        figures
    }
}
