//! What the school bound itself to do for its children and did not.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::run::Whole;
use crate::analysis::Scope;
use crate::analysis::duty::{DutyFacts, Ledger, State};
use crate::diagnostic::{Finding, Message, Place};
use crate::model::pairing::PairingRole;
use crate::model::term::Term;
use crate::model::{Entry, FieldPath, Id};
use crate::threads;

/// Helpers with more left-behind children than the school's rules allow.
pub(super) fn caseloads(whole: &Whole<'_>) -> Vec<Finding> {
    let most = &whole.school.policy.caseload.0;
    let definition = whole.school.definition();
    let mut cared_for: BTreeMap<(Id, PairingRole), BTreeSet<Id>> = BTreeMap::new();
    for pairing in whole
        .pairings
        .iter()
        .filter(|pairing| most.contains_key(&pairing.role))
    {
        let child = whole.children.get(pairing.child.id());
        if pairing.runs(whole.today)
            && child.is_some_and(|child| child.is_left_behind(whole.today, definition))
        {
            let key = (pairing.helper.id(), pairing.role);
            cared_for.entry(key).or_default().insert(pairing.child.id());
        }
    }
    let mut findings = Vec::new();
    for ((helper, role), children) in cared_for {
        let most = most.get(&role).copied().unwrap_or(u32::MAX);
        if children.len() > most as usize && whole.helpers.get(helper).is_some() {
            let message = Message::new("rule-caseload-exceeded")
                .with("children", children.len())
                .with("most", most)
                .with("role", crate::model::Code::code(role));
            let place = Place::Field(FieldPath::key("role"));
            findings.push(Finding::new(
                "caseload-exceeded",
                whole.path(helper),
                place,
                message,
            ));
        }
    }
    findings
}

/// Duties of which periods were missed: one finding for each term and duty. What ends today may still be done.
pub(super) fn duties_missed(whole: &Whole<'_>, facts: DutyFacts<'_>) -> Vec<Finding> {
    let definition = whole.school.definition();
    let ledger = Ledger::new(
        &whole.terms,
        &whole.children,
        &whole.pairings,
        definition,
        facts,
    );
    let yesterday = whole.today.pred_opt().unwrap_or(whole.today);
    let missed = threads::over(&whole.terms, |term| {
        missed_in(whole, &ledger, term, yesterday)
    });
    missed.into_iter().flatten().collect()
}

fn missed_in(
    whole: &Whole<'_>,
    ledger: &Ledger<'_>,
    term: &Entry<Term>,
    yesterday: NaiveDate,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let scope = Scope::of_term(term, yesterday, whole.school.definition());
    for (at, duty) in whole.school.duty.iter().enumerate() {
        let (mut met, mut missed) = (0_u32, 0_u32);
        ledger.each(at, &scope, |period| match period.state {
            State::Met => met += 1,
            State::Missed => missed += 1,
            State::Open => {}
        });
        if missed > 0 {
            let message = Message::new("rule-duty-missed")
                .with("title", &duty.title)
                .with("missed", missed)
                .with("owed", met + missed);
            let help = Message::new("rule-duty-missed-help").with("id", &duty.id);
            let finding = Finding::new("duty-missed", whole.path(term.id), Place::File, message);
            findings.push(finding.help(help));
        }
    }
    findings
}
