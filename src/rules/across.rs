//! What records say about each other that cannot be.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::run::Whole;
use crate::diagnostic::{Finding, Message, Place};
use crate::model::child::Child;
use crate::model::fund::Direction;
use crate::model::prose::is_sealed;
use crate::model::{Entry, FieldPath, Id};
use crate::store::SCHOOL_FILE;
use crate::store::seal::Recipients;

/// What records say together, whatever the school's settings.
pub(super) fn findings(whole: &Whole<'_>) -> Vec<Finding> {
    let mut findings = duplicate_children(whole);
    findings.extend(overlapping_pairings(whole));
    findings.extend(overlapping_terms(whole));
    findings.extend(fund_overdrawn(whole));
    findings.extend(bad_recipients(whole));
    findings
}

/// Words among those to whom the school seals that are no public key: nothing could be sealed.
fn bad_recipients(whole: &Whole<'_>) -> Vec<Finding> {
    let keys = whole.school.seal.recipients.iter().enumerate();
    let bad = keys.filter(|(_, key)| Recipients::parse(std::slice::from_ref(key)).is_err());
    let finding = |(at, key): (usize, &String)| {
        let message = Message::new("rule-bad-recipient").with("found", key);
        let field = FieldPath::key("seal").then("recipients").at(at);
        Finding::new("bad-recipient", SCHOOL_FILE, Place::Field(field), message)
            .help(Message::new("seal-bad-recipient-help"))
    };
    bad.map(finding).collect()
}

/// Two files of one child: the same number, or the same name, gender and day of birth and nothing that tells the
/// two apart.
fn duplicate_children(whole: &Whole<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen: HashMap<String, Vec<&Entry<Child>>> = HashMap::new();
    for child in &whole.children {
        let person = format!(
            "{}\n{:?}\n{}",
            child.name.trim(),
            child.gender,
            child.birth_date
        );
        let numbers = [open_number(child), child.student_no.as_deref()];
        let mut keys = vec![person];
        keys.extend(
            numbers
                .iter()
                .zip(["id", "no"])
                .filter_map(|(number, sort)| Some(format!("{sort}\n{}", (*number)?.trim()))),
        );
        let earlier = keys.iter().find_map(|key| {
            let others = seen.get(key)?;
            others
                .iter()
                .copied()
                .find(|other| !key.starts_with(child.name.trim()) || are_alike(child, other))
        });
        if let Some(other) = earlier {
            let message = Message::new("rule-duplicate-child").with("other", other.id);
            let place = Place::Field(FieldPath::key("name"));
            let finding = Finding::new(
                "duplicate-child",
                whole.path(child.id),
                place.clone(),
                message,
            );
            findings.push(finding.related(
                whole.path(other.id),
                place,
                Message::new("rule-related"),
            ));
        }
        for key in keys {
            seen.entry(key).or_default().push(child);
        }
    }
    findings
}

/// Whether nothing tells two children of one name and day of birth apart: numbers, or phones of the families.
fn are_alike(a: &Child, b: &Child) -> bool {
    let phones = |child: &Child| -> HashSet<String> {
        let of_parents = child
            .parents
            .iter()
            .filter_map(|parent| parent.phone.as_deref());
        let guardians = child
            .guardianship
            .iter()
            .filter_map(|care| care.guardian.as_ref());
        let of_guardians = guardians.filter_map(|guardian| guardian.phone.as_deref());
        of_parents
            .chain(of_guardians)
            .map(ToOwned::to_owned)
            .collect()
    };
    let differ = |a: Option<&str>, b: Option<&str>| matches!((a, b), (Some(a), Some(b)) if a.trim() != b.trim());
    let (of_a, of_b) = (phones(a), phones(b));
    let other_phones = !of_a.is_empty() && !of_b.is_empty() && of_a.is_disjoint(&of_b);
    !other_phones
        && !differ(open_number(a), open_number(b))
        && !differ(a.student_no.as_deref(), b.student_no.as_deref())
}

/// The id number where it can be read: of a sealed one nothing can be said.
fn open_number(child: &Child) -> Option<&str> {
    let number = child.id_number.as_deref()?;
    (!is_sealed(number)).then_some(number)
}

/// A child and a helper who are paired twice in the same role at the same time.
fn overlapping_pairings(whole: &Whole<'_>) -> Vec<Finding> {
    let mut of_pair: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for pairing in &whole.pairings {
        let pair = (pairing.child.id(), pairing.helper.id(), pairing.role);
        of_pair.entry(pair).or_default().push(pairing);
    }
    let mut findings = Vec::new();
    for mut pairings in of_pair.into_values() {
        pairings.sort_by_key(|pairing| (pairing.since, pairing.id));
        // The pairing that runs longest of those that began before.
        let mut longest = pairings[0];
        let until = |pairing: &Entry<_>| {
            let pairing: &crate::model::pairing::Pairing = pairing;
            pairing.until.map_or(NaiveDate::MAX, |until| until.0)
        };
        for pairing in &pairings[1..] {
            if pairing.since.0 <= until(longest) {
                let message = Message::new("rule-overlapping-pairing").with("other", longest.id);
                let place = Place::Field(FieldPath::key("since"));
                let finding = Finding::new(
                    "overlapping-pairing",
                    whole.path(pairing.id),
                    place,
                    message,
                );
                let field = if longest.until.is_some() {
                    "until"
                } else {
                    "since"
                };
                let place = Place::Field(FieldPath::key(field));
                findings.push(finding.related(
                    whole.path(longest.id),
                    place,
                    Message::new("rule-related"),
                ));
            }
            if until(pairing) > until(longest) {
                longest = pairing;
            }
        }
    }
    findings
}

fn overlapping_terms(whole: &Whole<'_>) -> Vec<Finding> {
    let mut terms: Vec<_> = whole
        .terms
        .iter()
        .filter(|term| term.start <= term.end)
        .collect();
    terms.sort_by_key(|term| (term.start, term.end));
    let overlaps = terms.windows(2).filter(|pair| pair[1].start <= pair[0].end);
    overlaps
        .map(|pair| {
            let message = Message::new("rule-overlapping-terms").with("other", pair[0].id);
            let place = Place::Field(FieldPath::key("start"));
            let finding = Finding::new("overlapping-terms", whole.path(pair[1].id), place, message);
            let place = Place::Field(FieldPath::key("end"));
            finding.related(whole.path(pair[0].id), place, Message::new("rule-related"))
        })
        .collect()
}

/// Money that the fund did not have; of a day what came in counts first.
fn fund_overdrawn(whole: &Whole<'_>) -> Vec<Finding> {
    let mut funds: Vec<_> = whole.funds.iter().collect();
    funds.sort_by_key(|fund| (fund.date, fund.direction == Direction::Out, fund.id));
    let mut balance: i64 = 0;
    let mut findings = Vec::new();
    for fund in funds {
        let amount = fund.amount.fen();
        let before = balance;
        balance = balance.saturating_add(match fund.direction {
            Direction::In => amount,
            Direction::Out => amount.saturating_neg(),
        });
        if balance < 0 && before >= 0 {
            let balance = crate::model::Money::of_fen(before);
            let message = Message::new("rule-fund-overdrawn").with("balance", balance);
            let place = Place::Field(FieldPath::key("amount"));
            findings.push(Finding::new(
                "fund-overdrawn",
                whole.path(fund.id),
                place,
                message,
            ));
        }
    }
    findings
}

/// More of a thing lent at one time than the school has; what comes back on a day can be lent again on that day.
pub(super) fn lent_more_than_held(whole: &Whole<'_>) -> Vec<Finding> {
    let mut held: HashMap<&str, i64> = HashMap::new();
    for equipment in &whole.school.equipment {
        *held.entry(equipment.name.trim()).or_default() += i64::from(equipment.quantity);
    }
    let mut turns: Vec<(&str, NaiveDate, i64, Id)> = Vec::new();
    for loan in &whole.loans {
        let quantity = i64::from(loan.quantity.unwrap_or(1));
        turns.push((loan.item.trim(), loan.date.0, quantity, loan.id));
        if let Some(returned) = loan.returned {
            turns.push((
                loan.item.trim(),
                returned.0.max(loan.date.0),
                -quantity,
                loan.id,
            ));
        }
    }
    turns.sort_unstable();
    let mut findings = Vec::new();
    for turns in turns.chunk_by(|a, b| a.0 == b.0) {
        let held = held.get(turns[0].0).copied().unwrap_or(0);
        let mut lent = 0;
        for (_, _, quantity, id) in turns {
            lent += quantity;
            if *quantity > 0 && lent > held {
                let message = Message::new("rule-lent-more-than-held")
                    .with("lent", lent)
                    .with("held", held);
                let place = Place::Field(FieldPath::key("item"));
                findings.push(Finding::new(
                    "lent-more-than-held",
                    whole.path(*id),
                    place,
                    message,
                ));
            }
        }
    }
    findings
}

/// Names of children in the names of files: those that records hold, and those of files that are no records.
pub(super) fn names_in_paths(whole: &Whole<'_>, odd: &[String]) -> Vec<Finding> {
    if odd.is_empty() && whole.paths.is_empty() {
        return Vec::new();
    }
    let children = whole.children.iter().map(|child| child.name.trim());
    let names: HashSet<Vec<char>> = children
        .map(|name| name.chars().collect::<Vec<char>>())
        .filter(|name| name.len() >= 2)
        .collect();
    let longest = names.iter().map(Vec::len).max().unwrap_or(0);
    let holds_a_name = |path: &str| {
        let path: Vec<char> = path.chars().collect();
        (0..path.len()).any(|from| {
            (2..=longest.min(path.len() - from)).any(|len| names.contains(&path[from..from + len]))
        })
    };
    let message = || Message::new("rule-name-in-path");
    let of_odd = odd
        .iter()
        .filter(|path| holds_a_name(path))
        .map(|path| Finding::new("name-in-path", path.clone(), Place::File, message()));
    let of_records = whole
        .paths
        .iter()
        .filter(|(_, _, path)| holds_a_name(path))
        .map(|(id, field, _)| {
            let place = Place::Field(field.clone());
            Finding::new("name-in-path", whole.path(*id), place, message())
        });
    of_odd.chain(of_records).collect()
}
