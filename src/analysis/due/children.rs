//! Due items on children whose files lack something, and on helpers with too many children.

use std::collections::HashSet;

use chrono::{Months, NaiveDate};

use super::item::{DueItem, DueReason};
use super::view::{Pairs, View};
use crate::analysis::load;
use crate::model::Id;

pub(super) fn list<'a>(view: &View<'a>, pairs: &Pairs<'a>) -> Vec<DueItem<'a>> {
    let mut items = caseloads(view);
    gaps(view, pairs, &mut items);
    past_retention(view, &mut items);
    items
}

fn caseloads<'a>(view: &View<'a>) -> Vec<DueItem<'a>> {
    let loads = load::loads(&view.records.pairings, view.today, |child| {
        view.is_left_behind(child)
    });
    let mut items = Vec::new();
    for (helper, load) in &loads {
        for excess in load.over(&view.school.policy) {
            let reason = DueReason::Caseload {
                role: excess.role,
                most: excess.most,
            };
            items.push(DueItem {
                children: excess.children.iter().copied().collect(),
                helpers: vec![*helper],
                record: Some(*helper),
                ..DueItem::new(reason, None)
            });
        }
    }
    items
}

fn gaps<'a>(view: &View<'a>, pairs: &Pairs<'a>, items: &mut Vec<DueItem<'a>>) {
    let from = view.term().map_or(NaiveDate::MIN, |term| term.start.0);
    let assessed: HashSet<Id> = view
        .records
        .assessments
        .iter()
        .filter(|assessment| (from..=view.today).contains(&assessment.date.0))
        .map(|assessment| assessment.child.id())
        .collect();
    for child in view.left_behind() {
        let guardian = child
            .guardianship_on(view.today)
            .and_then(|care| care.guardian.as_ref());
        let phone = guardian.and_then(|guardian| guardian.phone.as_ref());
        if pairs.helpers(child.id).next().is_none() {
            items.push(DueItem::of_child(DueReason::Unpaired, None, child.id));
        }
        if !assessed.contains(&child.id) {
            items.push(DueItem::of_child(DueReason::Unassessed, None, child.id));
        }
        if phone.is_none_or(|phone| !crate::model::is_filled(phone)) {
            items.push(DueItem::of_child(
                DueReason::NoGuardianPhone,
                None,
                child.id,
            ));
        }
    }
}

fn past_retention<'a>(view: &View<'a>, items: &mut Vec<DueItem<'a>>) {
    let Some(years) = view.school.policy.retention_years else {
        return;
    };
    let kept = Months::new(years.saturating_mul(12));
    for child in &view.records.children {
        let left = child.left.as_ref().map(|left| left.date.0);
        let Some((left, until)) =
            left.and_then(|left| Some((left, left.checked_add_months(kept)?)))
        else {
            continue;
        };
        if until <= view.today {
            let reason = DueReason::PastRetention { left };
            items.push(DueItem::of_child(reason, Some(until), child.id));
        }
    }
}
