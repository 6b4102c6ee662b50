//! The work of each helper: pairings, duties met, and how promptly visits were recorded.
//!
//! For the school's own appraisal of helpers (检查考核). Each number is the helper's group of a figure.

use std::collections::BTreeMap;

use super::breakdown::{self, Dim, Key};
use super::figures::{Counted, Figures, Value};
use super::load;
use crate::model::helper::Helper;
use crate::model::pairing::PairingRole;
use crate::model::{Entry, Id};

/// The work of one helper.
#[derive(Clone, Debug)]
pub struct Caseload<'a> {
    /// The helper.
    pub helper: &'a Entry<Helper>,
    /// Pairings that run on the last day.
    pub pairings: i64,
    /// The roles in which the helper has more children than the policy allows.
    pub exceeded: Vec<PairingRole>,
    /// Visits within the date range.
    pub visits: i64,
    /// Duty periods met, of those owed by the helper's pairings.
    pub duties: Value,
    /// Visits recorded on time, of those that state when they were recorded.
    pub on_time: Value,
    /// Follow-ups done, of those due.
    pub follow_ups: Value,
}

/// Returns the work of all helpers who are active on the last day or have something to count, ordered by id.
pub fn caseloads<'a>(figures: &Figures<'a>) -> Vec<Caseload<'a>> {
    let basis = figures.basis();
    let mut all: BTreeMap<Id, Caseload<'a>> = BTreeMap::new();
    let new = |helper: &'a Entry<Helper>| Caseload {
        helper,
        pairings: 0,
        exceeded: Vec::new(),
        visits: 0,
        duties: none(),
        on_time: none(),
        follow_ups: none(),
    };
    let helpers = basis.records.helpers.iter();
    for helper in helpers.filter(|helper| helper.is_active(basis.scope.as_of)) {
        all.insert(helper.id, new(helper));
    }
    let split = breakdown::groups(figures, &[Dim::Helper], &|figure| {
        figure.counts == Counted::PeriodsOfChildren
            || ["pairings", "visits", "visits.on-time", "follow-ups.done"].contains(&&*figure.id)
    });
    for grouped in split {
        for group in grouped.groups {
            let is_nothing = group.value.value == 0 && group.value.of.unwrap_or(0) == 0;
            let [Key::Helper(id)] = group.key[..] else {
                continue;
            };
            let Some(helper) = basis.records.helpers.get(id).filter(|_| !is_nothing) else {
                continue;
            };
            let caseload = all.entry(id).or_insert_with(|| new(helper));
            add(caseload, &grouped.id, group.value);
        }
    }
    let is_left_behind = |id: Id| {
        let child = basis.records.children.get(id);
        child.is_some_and(|child| basis.is_left_behind(child, basis.scope.as_of))
    };
    for (helper, load) in load::loads(&basis.records.pairings, basis.scope.as_of, is_left_behind) {
        if let Some(caseload) = all.get_mut(&helper) {
            let excess = load.over(&basis.school.policy);
            caseload.exceeded = excess.iter().map(|excess| excess.role).collect();
        }
    }
    all.into_values().collect()
}

fn none() -> Value {
    Value {
        value: 0,
        of: Some(0),
    }
}

fn add(caseload: &mut Caseload<'_>, id: &str, value: Value) {
    match id {
        "pairings" => caseload.pairings = value.value,
        "visits" => caseload.visits = value.value,
        "visits.on-time" => caseload.on_time = value,
        "follow-ups.done" => caseload.follow_ups = value,
        _ => {
            caseload.duties.value += value.value;
            caseload.duties.of = Some(caseload.duties.of.unwrap_or(0) + value.of.unwrap_or(0));
        }
    }
}
