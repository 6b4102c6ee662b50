//! Commands that write, with their expected effect, for tests that interrupt them.

use std::collections::BTreeMap;
use std::path::Path;

use super::{CHILD, MISPLACED, VISIT};

pub type Files = BTreeMap<String, Vec<u8>>;

/// Whether the files before and after show that the command did all of its work.
pub type IsComplete = dyn Fn(&Files, &Files) -> bool;

/// A command, the files it starts from, and its expected effect.
pub struct Victim {
    pub name: &'static str,
    pub arguments: Vec<String>,
    pub set_up: fn(&Path),
    pub is_complete: Box<IsComplete>,
}

/// The files that are new or different in the second set; `None` if any is missing there.
fn changed(before: &Files, after: &Files) -> Option<Vec<(String, String)>> {
    if before.keys().any(|path| !after.contains_key(path)) {
        return None;
    }
    let changed = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes));
    let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).unwrap();
    Some(
        changed
            .map(|(path, bytes)| (path.clone(), text(bytes)))
            .collect(),
    )
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

pub fn add() -> Victim {
    let expected = super::added_visit("傍晚去家里，奶奶在。");
    Victim {
        name: "add",
        arguments: words(&[
            "add",
            "visit",
            "--date",
            "2025-10-12",
            "--mode",
            "home",
            "--children",
            "c4t8w2z",
            "--by",
            "h7k3m9q",
            "--summary",
            "傍晚去家里，奶奶在。",
        ]),
        set_up: super::small,
        is_complete: Box::new(
            move |before, after| match changed(before, after).as_deref() {
                Some([(path, text)]) => {
                    path.starts_with("visits/2025-10/2025-10-12-v") && *text == expected
                }
                _ => false,
            },
        ),
    }
}

pub fn set() -> Victim {
    let expected = super::child("安安").replace("name = \"安安\"", "name = \"安安安\"");
    Victim {
        name: "set",
        arguments: words(&["set", "c4t8w2z", "name=安安安"]),
        set_up: super::small,
        is_complete: Box::new(move |before, after| {
            changed(before, after)
                .is_some_and(|changed| changed == [(CHILD.to_owned(), expected.clone())])
        }),
    }
}

/// An import of some children from a table, which is written to a given path.
pub fn import(table: &Path, rows: usize) -> Victim {
    std::fs::write(table, super::table_of_children(rows)).unwrap();
    let is_row = |text: &str, at: usize| {
        text.starts_with(&format!("name = \"学生{at}\"\n"))
            && text.contains(&format!("birth_date = 2016-01-{:02}\n", at % 28 + 1))
            && text.ends_with("filed = 2025-09-10\n")
    };
    Victim {
        name: "import",
        arguments: words(&["import", "child", table.to_str().unwrap()]),
        set_up: super::small,
        is_complete: Box::new(move |before, after| {
            let changed = changed(before, after).unwrap_or_default();
            let has_row = |at| changed.iter().any(|(_, text)| is_row(text, at));
            changed.len() == rows && (0..rows).all(has_row)
        }),
    }
}

/// A visit in the wrong folder with CRLF line ends, which `--fix` moves and converts.
pub fn fix() -> Victim {
    let mended = super::visit("家访。");
    Victim {
        name: "fix",
        arguments: words(&["validate", "--fix"]),
        set_up: |root| {
            super::small(root);
            let _ = std::fs::remove_file(root.join(VISIT));
            let text = super::visit("家访。").replace('\n', "\r\n");
            super::write(root, MISPLACED, text);
        },
        is_complete: Box::new(move |before, after| {
            let mut expected = before.clone();
            expected.remove(MISPLACED);
            expected.insert(VISIT.to_owned(), mended.clone().into_bytes());
            *after == expected
        }),
    }
}
