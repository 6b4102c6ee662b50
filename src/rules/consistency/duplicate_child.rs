//! `duplicate-child`: two files are probably about the same child.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::example::{Content::File, Example, at, child};
use crate::diagnostic::{Finding, Group, Rule, Scope, Severity};
use crate::model::child::{Child, Gender};
use crate::model::folded;
use crate::model::prose::is_sealed;
use crate::model::{Date, Entry, FieldPath, Kind};
use crate::rules::check::{Check, Directory};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "duplicate-child",
    group: Group::Consistency,
    severity: Severity::Error,
    scope: Scope::Directory,
    fixable: false,
    reason: Text::new(
        "一名儿童两份档案，人数和走访都会重复计算。",
        "With two files, a child and its visits are counted twice.",
    ),
    message: Text::new(
        "与 { $other } 可能是同一名儿童",
        "may be the same child as { $other }",
    ),
    help: None,
    breaks: Example(&[("children/c6e0y4z.toml", File(child!(;)))]),
    expected: at("children/c6e0y4z.toml", 1, 8),
    keeps: Example(&[(
        "children/c6e0y4z.toml",
        File(
            r#"name = "安安"
gender = "female"
birth_date = 2015-11-21
[left]
date = 2025-09-10
reason = "moved"
"#,
        ),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Directory(&[Kind::Child], check)];

/// What the files of one child have in common.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    /// The name, gender and date of birth, which two children may share.
    Person(String, Gender, Date),
    IdNumber(String),
    StudentNo(String),
}

fn check(directory: &Directory<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen: HashMap<Key, Vec<&Entry<Child>>> = HashMap::new();
    for child in &directory.records.children {
        let keys = keys(child);
        let earlier = keys.iter().find_map(|key| {
            let mut others = seen.get(key)?.iter();
            others.find(|other| !matches!(key, Key::Person(..)) || are_alike(child, other))
        });
        if let Some(other) = earlier {
            let name = || FieldPath::key("name");
            let finding = directory.at(&RULE, child.id, name());
            findings.push(
                finding
                    .with("other", other.id)
                    .contradicts(directory.path(other.id), name()),
            );
        }
        for key in keys {
            seen.entry(key).or_default().push(child);
        }
    }
    findings
}

fn keys(child: &Child) -> Vec<Key> {
    let person = Key::Person(folded(&child.name), child.gender, child.birth_date);
    let id_number = open_number(child).map(Key::IdNumber);
    let student_no = student_no(child).map(Key::StudentNo);
    [Some(person), id_number, student_no]
        .into_iter()
        .flatten()
        .collect()
}

/// Whether neither numbers nor phone numbers of the families distinguish two children with the same name and date of
/// birth.
fn are_alike(a: &Child, b: &Child) -> bool {
    let differ =
        |a: Option<String>, b: Option<String>| matches!((a, b), (Some(a), Some(b)) if a != b);
    let (phones_a, phones_b) = (phones(a), phones(b));
    let other_phones =
        !phones_a.is_empty() && !phones_b.is_empty() && phones_a.is_disjoint(&phones_b);
    !other_phones
        && !differ(open_number(a), open_number(b))
        && !differ(student_no(a), student_no(b))
}

fn phones(child: &Child) -> HashSet<String> {
    child.family_phones().map(folded).collect()
}

fn student_no(child: &Child) -> Option<String> {
    child.student_no.as_deref().map(folded)
}

/// Returns the id number unless it is encrypted.
fn open_number(child: &Child) -> Option<String> {
    let number = child.id_number.as_deref()?;
    (!is_sealed(number)).then(|| folded(number))
}
