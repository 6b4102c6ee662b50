//! Audit items on protection: data in clear text, the hook, settings that weaken the defaults.

use std::collections::HashSet;

use super::held;
use super::item::Article::Pipl;
use super::item::{AuditCheck, AuditInput, Outcome, State, check};
use crate::analysis::mention::has_card_number;
use crate::model::child::Child;
use crate::model::prose::is_sealed;
use crate::model::school::Names;
use crate::model::{Code, Confidential, Entry, Id, is_filled};

pub(super) const ITEMS: &[AuditCheck] = &[
    check("id-numbers", &[Pipl(51)], id_numbers),
    check("confidential", &[Pipl(51)], confidential),
    check("history", &[Pipl(51)], history),
    check("in-clear", &[Pipl(51)], in_clear),
    check("hook", &[Pipl(51)], hook),
    check("settings", &[Pipl(51)], settings),
    check("silenced", &[Pipl(51)], silenced),
];

/// Whether the student number contains the identity card number, and so stores it in clear text.
fn is_pupil_number(child: &Child) -> bool {
    let number = child.student_no.as_deref();
    number.is_some_and(has_card_number)
}

fn id_numbers(input: &AuditInput<'_>) -> Outcome {
    let has_clear = |child: &&Entry<Child>| {
        let mut numbers = child.id_numbers();
        numbers.any(|number| number.in_clear().is_some_and(is_filled)) || is_pupil_number(child)
    };
    let with =
        |child: &&Entry<Child>| child.id_numbers().next().is_some() || is_pupil_number(child);
    let children = &input.records.children;
    let clear = children.iter().filter(has_clear).map(|child| child.id);
    Outcome::none_of(clear.collect(), children.iter().filter(with).count())
}

fn confidential(input: &AuditInput<'_>) -> Outcome {
    let records = input.records;
    let visits = records
        .visits
        .iter()
        .map(|entry| (entry.id, &entry.confidential));
    let assessments = records
        .assessments
        .iter()
        .map(|entry| (entry.id, &entry.confidential));
    let incidents = records
        .incidents
        .iter()
        .map(|entry| (entry.id, &entry.confidential));
    let texts: Vec<(Id, &Confidential)> = visits
        .chain(assessments)
        .chain(incidents)
        .filter_map(|(id, text)| Some((id, text.as_ref()?)))
        .collect();
    let clear = texts.iter().filter(|(_, text)| !is_sealed(text));
    Outcome::none_of(clear.map(|(id, _)| *id).collect(), texts.len())
}

/// Values that are sealed now but remain in clear text in the git history.
fn history(input: &AuditInput<'_>) -> Outcome {
    let mut outcome = input.in_history(|repository| &repository.clear);
    // Any text may contain an identity number.
    let numbers = input.repository().map(|repository| &repository.numbers);
    let counted = outcome.records.iter().map(|id| format!("{id}.toml"));
    let counted: HashSet<String> = counted.collect();
    let is_counted = |path: &&String| counted.contains(path.rsplit('/').next().unwrap_or_default());
    let others = numbers.into_iter().flatten();
    let others = others.filter(|path| !is_counted(path)).count();
    if others > 0 {
        outcome.state = State::NotMet;
        outcome.count += others;
    }
    outcome
}

/// Phones, addresses and health are never sealed: whoever can read the files can read them.
fn in_clear(input: &AuditInput<'_>) -> Outcome {
    let held = held::held(input.records);
    let count = |category: held::Category| {
        let found = held.iter().find(|held| held.category == category);
        found.map_or(0, |held| held.clear)
    };
    let sum = [
        held::Category::Phones,
        held::Category::Addresses,
        held::Category::Health,
    ];
    let sum = sum.into_iter().map(count).sum();
    Outcome::judge(sum, sum)
}

fn hook(input: &AuditInput<'_>) -> Outcome {
    match input.repository() {
        Some(repository) => Outcome::is(repository.has_hook, 0),
        None => Outcome::new(State::Judge, 0, 0),
    }
}

/// Settings that weaken the privacy defaults.
fn settings(input: &AuditInput<'_>) -> Outcome {
    /// Groups below this size may identify single children.
    const MIN_SAFE_CELL: u32 = 3;
    let report = &input.school.report;
    let mut places = Vec::new();
    if let Some(min_cell) = report.min_cell.filter(|min_cell| *min_cell < MIN_SAFE_CELL) {
        places.push(format!("[report] min_cell = {min_cell}"));
    }
    if let Some(names) = report.names.filter(|names| *names != Names::None) {
        places.push(format!("[report] names = {}", names.code()));
    }
    Outcome::no_places(places)
}

/// Privacy rules that the school has switched off.
fn silenced(input: &AuditInput<'_>) -> Outcome {
    const RULES: &[&str] = &[
        "privacy",
        "no-consent",
        "id-number-in-clear",
        "unsealed",
        "bad-recipient",
        "helper-unchecked",
        "name-in-path",
        "symlink",
    ];
    let allowed = input.school.validate.allow.iter();
    let silenced = allowed.filter(|rule| RULES.contains(&rule.as_str()));
    Outcome::no_places(silenced.map(|rule| format!("[validate] allow {rule}")))
}
