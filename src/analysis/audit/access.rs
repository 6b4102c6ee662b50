//! Audit items on access: the change log, former helpers, seal recipients and file permissions.

use super::item::Article::{Online, Pipl};
use super::item::{AuditCheck, AuditInput, Outcome, State, check};
use crate::model::{Id, folded};

pub(super) const ITEMS: &[AuditCheck] = &[
    check("log", &[Online(36)], log),
    check("readers", &[Online(36)], readers),
    check("writers", &[Online(36), Pipl(51)], writers),
    check("recipients", &[Online(36), Pipl(51)], recipients),
    check("leavers", &[Online(36)], leavers),
    check("permissions", &[Pipl(51)], permissions),
];

/// Only git records who changed what.
fn log(input: &AuditInput<'_>) -> Outcome {
    Outcome::is(input.repository().is_some(), 0)
}

/// Always for a person to judge: reading a file leaves no trace.
fn readers(input: &AuditInput<'_>) -> Outcome {
    let count = input.records.count().max(1);
    Outcome::judge(count, count)
}

/// Commit authors who are not active helpers.
fn writers(input: &AuditInput<'_>) -> Outcome {
    let Some(repository) = input.repository() else {
        return Outcome::new(State::Judge, 0, 0);
    };
    let is_helper = |author: &&String| {
        let mut helpers = input.records.helpers.iter();
        helpers
            .any(|helper| helper.is_active(input.today) && folded(&helper.name) == folded(author))
    };
    let of = repository.authors.len();
    let known = repository.authors.iter().filter(is_helper).count();
    Outcome::judge(of - known, of)
}

/// Always for a person to judge: a public key does not say who holds it.
fn recipients(input: &AuditInput<'_>) -> Outcome {
    let count = input.school.seal.recipients.len();
    Outcome::new(State::Judge, count, count)
}

/// Running pairings whose helper has left.
fn leavers(input: &AuditInput<'_>) -> Outcome {
    let today = input.today;
    let pairings = input.records.pairings.iter();
    let running: Vec<_> = pairings
        .filter(|pairing| {
            pairing.since.0 <= today && pairing.until.is_none_or(|until| until.0 >= today)
        })
        .collect();
    let is_gone = |id: Id| {
        let helper = input.records.helpers.get(id);
        helper.is_some_and(|helper| helper.until.is_some_and(|until| until.0 < today))
    };
    let broken = running
        .iter()
        .filter(|pairing| is_gone(pairing.helper.id()))
        .map(|pairing| pairing.id);
    Outcome::none_of(broken.collect(), running.len())
}

/// Files readable by other users of the machine.
fn permissions(input: &AuditInput<'_>) -> Outcome {
    match input.surroundings.readable {
        Some(count) => Outcome::is(count == 0, count),
        None => Outcome::new(State::Judge, 0, 0),
    }
}
