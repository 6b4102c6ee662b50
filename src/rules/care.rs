//! What the school bound itself to do for its children and did not.

use std::collections::{BTreeMap, BTreeSet};

use super::run::Whole;
use crate::analysis::Scope;
use crate::analysis::duty::{DutyFacts, DutyStatus, State};
use crate::diagnostic::{Finding, Message, Place};
use crate::model::duty::Duty;
use crate::model::pairing::PairingRole;
use crate::model::{FieldPath, Id};
use crate::threads;

/// Helpers with more left-behind children than the school's rules allow.
pub(super) fn caseloads(whole: &Whole<'_>) -> Vec<Finding> {
    let caseload = &whole.school.policy.caseload;
    let definition = whole.school.definition();
    let mut cared_for: BTreeMap<(Id, PairingRole), BTreeSet<Id>> = BTreeMap::new();
    for pairing in whole
        .pairings
        .iter()
        .filter(|pairing| caseload.most(pairing.role).is_some())
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
        let most = caseload.most(role).unwrap_or(u32::MAX);
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
    let status = DutyStatus::new(
        whole.school,
        &whole.terms,
        &whole.children,
        &whole.pairings,
        definition,
        facts,
    );
    let yesterday = whole.today.pred_opt().unwrap_or(whole.today);
    let terms = whole.terms.iter();
    let scopes: Vec<Scope> = terms
        .map(|term| Scope::of_term(term, yesterday, definition))
        .collect();
    let missed = threads::over(&whole.school.duty, |place, duty| {
        missed_of(whole, &status, (place, duty), &scopes)
    });
    missed.into_iter().flatten().collect()
}

/// The findings about a duty, one for each scope of a term in which periods of it were missed.
fn missed_of(
    whole: &Whole<'_>,
    status: &DutyStatus<'_>,
    (place, duty): (usize, &Duty),
    scopes: &[Scope],
) -> Vec<Finding> {
    let mut counts = vec![(0_u32, 0_u32); scopes.len()];
    status.each_of(place, scopes, |scope, period| {
        let (met, missed) = &mut counts[scope];
        match period.state {
            State::Met => *met += 1,
            State::Missed => *missed += 1,
            State::Open => {}
        }
    });
    let of_terms = whole.terms.iter().zip(counts);
    let missed = of_terms.filter(|(_, (_, missed))| *missed > 0);
    missed
        .map(|(term, (met, missed))| {
            let message = Message::new("rule-duty-missed")
                .with("title", &duty.title)
                .with("missed", missed)
                .with("owed", met + missed);
            let help = Message::new("rule-duty-missed-help").with("id", &duty.id);
            let path = whole.path(term.id);
            Finding::new("duty-missed", path, Place::File, message).help(help)
        })
        .collect()
}
