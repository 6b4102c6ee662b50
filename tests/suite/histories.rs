//! Random histories of a record in three clones: merging in any order gives identical files, and nothing is lost.
//!
//! Each clone edits facts of its own: it sets, changes and removes fields, adds, changes and removes entries, and
//! writes comments. `CUNCAO_HISTORIES` is the number of histories merged in memory, `CUNCAO_MERGES` that of histories
//! merged by git, `CUNCAO_SEED` the seed to reproduce a run.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use cuncao::model::Kind;
use cuncao::store::edit::Change;
use cuncao::store::merge::{Three, merge};
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

use crate::school::{Dice, has, number, program, said, small};

/// The number of histories merged in memory.
const HISTORIES: usize = 300;

/// The number of histories merged by git.
const BY_GIT: usize = 40;

/// The changes of a clone: facts by location, none for removed ones, and its comments.
#[derive(Default)]
struct Changed {
    facts: BTreeMap<String, Option<String>>,
    comments: Vec<String>,
}

/// Fields that only one clone edits.
const FIELDS: [[&str; 4]; 3] = [
    ["village", "ethnicity", "profile.study", "registered"],
    ["address", "illness", "profile.note", "domicile"],
    ["student_no", "household", "profile.health", "filed"],
];

/// Codes in lists that only one clone adds and removes.
const WORDS: [[&str; 2]; 3] = [
    ["poverty", "low-income"],
    ["serious-illness", "disabled"],
    ["harm", "other"],
];

/// Fields of the guardian, in an inline table.
const OF_GUARDIAN: [&str; 3] = ["phone", "health", "occupation"];

const PARENTS: [&str; 3] = ["father", "mother", "step-father"];

/// Returns the common base of the clones, with facts that each clone edits and some that none does.
fn base(dice: &mut Dice) -> String {
    let maybe = |dice: &mut Dice, text: &str| {
        if dice.below(2) == 0 {
            String::new()
        } else {
            text.to_owned()
        }
    };
    let mut text = String::from("# 档案\nname = \"张小明\" # 小名明明\n");
    text += "gender = \"male\"\nbirth_date = 2015-03-02\n";
    for field in ["village", "address", "student_no", "illness"] {
        text += &maybe(
            dice,
            &format!("# 关于{field}\n{field} = \"原来\" # {field}后\n"),
        );
    }
    let words: Vec<&str> = WORDS
        .iter()
        .flatten()
        .copied()
        .filter(|_| dice.below(2) == 0)
        .collect();
    match dice.below(3) {
        0 => text += &format!("hardship = {words:?}\n"),
        1 if !words.is_empty() => {
            text += "hardship = [\n";
            for word in &words {
                text += &format!("    \"{word}\", # {word}\n");
            }
            text += "]\n";
        }
        _ => {}
    }
    text += "\n# 监护\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\n";
    text += "guardian = { name = \"张桂英\"";
    for field in OF_GUARDIAN {
        text += &maybe(dice, &format!(", {field} = \"原来\""));
    }
    text += " }\n";
    for (clone, relation) in PARENTS.iter().enumerate() {
        text += &maybe(
            dice,
            &format!(
                "\n# 第{clone}处的家长\n[[parents]]\nrelation = \"{relation}\"\nname = \"家长{clone}\"\n"
            ),
        );
    }
    for clone in 0..3 {
        for month in 1..3 {
            text += &maybe(
                dice,
                &format!(
                    "\n[[contact]]\nsince = {}-0{month}-01\nparent = \"both\"\nfrequency = \"weekly\"\n",
                    2020 + clone
                ),
            );
        }
    }
    text += &maybe(
        dice,
        "\n[profile]\npersonality = \"安静\"\nstudy = \"原来\"\nnote = \"原来\" # 后\n",
    );
    text + &maybe(dice, "# 完\n")
}

fn table<'a>(document: &'a mut DocumentMut, field: &str) -> (&'a mut Table, String) {
    match field.split_once('.') {
        Some((table, field)) => {
            let root = document.as_table_mut();
            let inner = root
                .entry(table)
                .or_insert(Item::Table(Table::new()))
                .as_table_mut();
            (inner.unwrap(), field.to_owned())
        }
        None => (document.as_table_mut(), field.to_owned()),
    }
}

fn list<'a>(document: &'a mut DocumentMut, name: &str) -> &'a mut ArrayOfTables {
    let list = document
        .entry(name)
        .or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    list.as_array_of_tables_mut().unwrap()
}

/// Applies the random edits of a clone to a record.
fn edited(base: &str, clone: usize, round: usize, dice: &mut Dice) -> (String, Changed) {
    let mut document: DocumentMut = base.parse().unwrap();
    let mut changed = Changed::default();
    for step in 0..dice.below(6) + 1 {
        let word = format!("第{clone}处{round}之{step}");
        match dice.below(8) {
            0 | 1 => {
                let field = FIELDS[clone][dice.below(4)];
                let (table, name) = table(&mut document, field);
                if table.contains_key(&name) && dice.below(2) == 0 {
                    table.remove(&name);
                    changed.facts.insert(format!("|{field}"), None);
                    if field.contains('.') && table.is_empty() {
                        document.remove("profile");
                    }
                } else {
                    match table.get_mut(&name).and_then(Item::as_value_mut) {
                        Some(old) => {
                            let decor = old.decor().clone();
                            *old = Value::from(word.as_str());
                            *old.decor_mut() = decor;
                        }
                        None => drop(table.insert(&name, value(&word))),
                    }
                    changed.facts.insert(format!("|{field}"), Some(word));
                }
            }
            2 | 3 => {
                let code = WORDS[clone][dice.below(2)];
                // Edited in the same way as by `set`, so that comments stay with their entries.
                let words = document.get("hardship").and_then(Item::as_array);
                let found = words.and_then(|words| {
                    let mut words = words.iter();
                    words.position(|word| word.as_str() == Some(code))
                });
                let length = words.map_or(0, toml_edit::Array::len);
                let now = found.is_none().then(String::new);
                let path = format!("hardship[{}]", found.unwrap_or(length));
                let change = Change {
                    path: path.parse().unwrap(),
                    value: found.is_none().then(|| code.into()),
                };
                let text = document.to_string();
                let text = cuncao::store::edit::change(&text, Kind::Child.shape(), &[change]);
                document = text.unwrap().parse().unwrap();
                let is_empty = document.get("hardship").and_then(Item::as_array);
                if is_empty.is_some_and(toml_edit::Array::is_empty) && dice.below(2) == 0 {
                    document.remove("hardship");
                }
                changed.facts.insert(format!("|hardship|{code}"), now);
            }
            4 => {
                let entries = list(&mut document, "contact");
                let year = (2020 + clone).to_string();
                let own = |entry: &Table| entry["since"].to_string().trim().starts_with(&year);
                let found = entries.iter().position(own);
                if let (Some(at), true) = (found, dice.below(2) == 0) {
                    let since = entries.get(at).unwrap()["since"].to_string();
                    for field in ["since", "parent", "frequency"] {
                        let fact = format!("|contact|{}|{field}", since.trim());
                        changed.facts.insert(fact, None);
                    }
                    entries.remove(at);
                    if entries.is_empty() {
                        document.remove("contact");
                    }
                } else {
                    let since =
                        format!("{year}-{:02}-{:02}", dice.below(9) + 3, dice.below(28) + 1);
                    let exists = entries
                        .iter()
                        .any(|entry| entry["since"].to_string().trim() == since);
                    if exists {
                        continue;
                    }
                    let mut entry = Table::new();
                    let date: toml_edit::Datetime = since.parse().unwrap();
                    entry.insert("since", value(date));
                    entry.insert("parent", value("mother"));
                    entry.insert("frequency", value("daily"));
                    entries.push(entry);
                    for (field, value) in [
                        ("since", since.as_str()),
                        ("parent", "mother"),
                        ("frequency", "daily"),
                    ] {
                        let fact = format!("|contact|{since}|{field}");
                        changed.facts.insert(fact, Some(value.to_owned()));
                    }
                }
            }
            5 => {
                let relation = PARENTS[clone];
                let entries = list(&mut document, "parents");
                let found = entries
                    .iter()
                    .position(|entry| entry["relation"].as_str() == Some(relation));
                let fact = |field: &str| format!("|parents|{relation}|{field}");
                match found {
                    None => {
                        let mut entry = Table::new();
                        entry.insert("relation", value(relation));
                        entry.insert("name", value(&word));
                        entries.push(entry);
                        changed
                            .facts
                            .insert(fact("relation"), Some(relation.to_owned()));
                        changed.facts.insert(fact("name"), Some(word));
                    }
                    Some(at) if dice.below(3) == 0 => {
                        entries.remove(at);
                        for field in ["relation", "name", "workplace"] {
                            changed.facts.insert(fact(field), None);
                        }
                        if entries.is_empty() {
                            document.remove("parents");
                        }
                    }
                    Some(at) => {
                        let entry = entries.get_mut(at).unwrap();
                        entry.insert("workplace", value(&word));
                        changed.facts.insert(fact("workplace"), Some(word));
                    }
                }
            }
            6 => {
                let entries = list(&mut document, "guardianship");
                let guardian = entries.get_mut(0).unwrap()["guardian"].as_inline_table_mut();
                let guardian: &mut InlineTable = guardian.unwrap();
                let field = OF_GUARDIAN[clone];
                let fact = format!("|guardianship|2022-09-01|guardian|{field}");
                if guardian.contains_key(field) && dice.below(2) == 0 {
                    guardian.remove(field);
                    changed.facts.insert(fact, None);
                } else {
                    guardian.insert(field, word.as_str().into());
                    changed.facts.insert(fact, Some(word));
                }
            }
            _ => {
                // A new comment, before a line that no other clone comments.
                let line = ["gender", "birth_date", "name"][clone];
                let comment = format!("# {word}");
                let text = document.to_string();
                let text = match text.split_once(&format!("{line} =")) {
                    Some((before, after)) => format!("{before}{comment}\n{line} ={after}"),
                    None => text,
                };
                document = text.parse().unwrap();
                changed.comments.push(comment);
            }
        }
    }
    (document.to_string(), changed)
}

/// Returns the facts in a record by location.
fn facts(text: &str) -> BTreeMap<String, String> {
    fn within(table: &toml::Table, at: &str, facts: &mut BTreeMap<String, String>) {
        for (name, value) in table {
            let at = if at == "|profile" {
                format!("|profile.{name}")
            } else {
                format!("{at}|{name}")
            };
            match value {
                toml::Value::Table(inner) => within(inner, &at, facts),
                toml::Value::Array(entries) => {
                    for entry in entries {
                        match entry {
                            toml::Value::Table(inner) => {
                                let key = inner.get("relation").or(inner.get("since")).unwrap();
                                let key =
                                    key.as_str().map_or_else(|| key.to_string(), str::to_owned);
                                within(inner, &format!("{at}|{key}"), facts);
                            }
                            word => {
                                drop(facts.insert(
                                    format!("{at}|{}", word.as_str().unwrap()),
                                    String::new(),
                                ))
                            }
                        }
                    }
                }
                plain => {
                    let text = plain
                        .as_str()
                        .map_or_else(|| plain.to_string(), str::to_owned);
                    facts.insert(at, text);
                }
            }
        }
    }
    let mut facts = BTreeMap::new();
    within(&text.parse().unwrap(), "", &mut facts);
    facts
}

/// Asserts that a merged text contains the record with all changes of the clones.
fn nothing_is_lost(base: &str, edits: &[(String, Changed)], merged: &str) {
    let mut expected = facts(base);
    for (_, changed) in edits {
        for (at, value) in &changed.facts {
            match value {
                Some(value) => drop(expected.insert(at.clone(), value.clone())),
                None => drop(expected.remove(at)),
            }
        }
        for comment in &changed.comments {
            assert!(
                merged.contains(comment.as_str()),
                "{comment} is lost:\n{merged}"
            );
        }
    }
    let told = || {
        let texts = edits.iter().map(|(text, _)| text.as_str());
        texts.collect::<Vec<_>>().join("\n=====\n")
    };
    assert_eq!(
        facts(merged),
        expected,
        "{base}\n=====\n{}\n=====\n{merged}",
        told()
    );
}

#[test]
fn merged_in_memory_in_any_order_they_are_identical() {
    let mut dice = Dice::fresh();
    let shape = Kind::Child.shape();
    let histories = number("CUNCAO_HISTORIES", HISTORIES);
    for _ in 0..histories {
        let base = base(&mut dice);
        let edits = [0, 1, 2].map(|clone| edited(&base, clone, 0, &mut dice));
        let [a, b, c] = [0, 1, 2].map(|clone| edits[clone].0.as_str());
        let told = || format!("{base}\n=====\n{a}\n=====\n{b}\n=====\n{c}");
        let clean = |ours: &str, theirs: &str| {
            let three = Three {
                base: base.as_str(),
                ours,
                theirs,
            };
            let merged = merge(shape, three, &|_| None).unwrap();
            assert!(
                merged.conflicts.is_empty(),
                "{:?}\n{}",
                merged.conflicts,
                told()
            );
            merged.text
        };
        let [ab, bc, ac] = [clean(a, b), clean(b, c), clean(a, c)];
        assert_eq!(ab, clean(b, a), "{}", told());
        let all = clean(&ab, c);
        for other in [
            clean(c, &ab),
            clean(&bc, a),
            clean(a, &bc),
            clean(&ac, b),
            clean(b, &ac),
        ] {
            assert_eq!(all, other, "{}", told());
        }
        nothing_is_lost(&base, &edits, &all);
    }
    println!("{histories} histories, none in conflict, none lost a fact");
}

fn git(root: &Path, arguments: &[&str]) -> Output {
    let output = crate::support::git(root, arguments).output().unwrap();
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        said(&output)
    );
    output
}

/// Each history is a record in one repository, and each clone a branch, so that one merge by git merges all of them.
#[test]
fn merged_by_git_in_any_order_they_are_identical() {
    if !has("git") {
        return;
    }
    let mut dice = Dice::fresh();
    let histories = number("CUNCAO_MERGES", BY_GIT);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    small(root);
    let path = |at: usize| root.join(format!("children/c{at:06}.toml"));
    let bases: Vec<String> = (0..histories).map(|_| base(&mut dice)).collect();
    for (at, text) in bases.iter().enumerate() {
        std::fs::write(path(at), text).unwrap();
    }
    git(root, &["init", "-q", "-b", "main"]);
    let mut hook = Command::new(program());
    hook.args(["init", "--hook"]).current_dir(root);
    assert!(hook.output().unwrap().status.success());
    let commit = || {
        git(root, &["add", "-A"]);
        git(
            root,
            &["commit", "-q", "--no-verify", "--allow-empty", "-m", "a"],
        );
    };
    commit();
    let mut edits: Vec<Vec<(String, Changed)>> = (0..histories).map(|_| Vec::new()).collect();
    for clone in 0..3 {
        git(
            root,
            &["checkout", "-q", "-b", &format!("clone{clone}"), "main"],
        );
        for (at, base) in bases.iter().enumerate() {
            let (text, changed) = edited(base, clone, at, &mut dice);
            std::fs::write(path(at), &text).unwrap();
            edits[at].push((text, changed));
        }
        commit();
    }
    let mut results: Vec<Vec<String>> = Vec::new();
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [0, 2, 1]] {
        let name = format!("order{}{}{}", order[0], order[1], order[2]);
        git(
            root,
            &["checkout", "-q", "-b", &name, &format!("clone{}", order[0])],
        );
        for other in &order[1..] {
            git(root, &["merge", "-q", "-m", "b", &format!("clone{other}")]);
        }
        let texts = (0..histories).map(|at| std::fs::read_to_string(path(at)).unwrap());
        results.push(texts.collect());
    }
    for at in 0..histories {
        for other in &results[1..] {
            assert_eq!(results[0][at], other[at], "{}", bases[at]);
        }
        nothing_is_lost(&bases[at], &edits[at], &results[0][at]);
    }
    println!(
        "{histories} histories merged by git in four orders, none in conflict, none lost a fact"
    );
}
