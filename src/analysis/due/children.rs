//! What children and their files lack, and helpers who have too many of them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{Months, NaiveDate};

use super::{Item, Matter, Pairs, View};
use crate::model::Id;
use crate::model::pairing::PairingRole;

pub(super) fn list<'a>(view: &View<'a>, pairs: &Pairs<'a>) -> Vec<Item<'a>> {
    let mut items = caseloads(view, pairs);
    gaps(view, pairs, &mut items);
    past_retention(view, &mut items);
    items
}

fn about_child(matter: Matter<'_>, child: Id) -> Item<'_> {
    Item {
        matter,
        day: None,
        children: vec![child],
        classes: Vec::new(),
        helpers: Vec::new(),
        record: Some(child),
    }
}

fn caseloads<'a>(view: &View<'a>, pairs: &Pairs<'a>) -> Vec<Item<'a>> {
    let mut cared_for: BTreeMap<(Id, PairingRole), BTreeSet<Id>> = BTreeMap::new();
    for pairing in &pairs.active {
        let key = (pairing.helper.id(), pairing.role);
        cared_for.entry(key).or_default().insert(pairing.child.id());
    }
    let most = |role| view.school.policy.caseload.most(role);
    cared_for
        .into_iter()
        .filter_map(|((helper, role), children)| {
            let most = most(role).filter(|most| children.len() > *most as usize)?;
            Some(Item {
                matter: Matter::Caseload { role, most },
                day: None,
                children: children.into_iter().collect(),
                classes: Vec::new(),
                helpers: vec![helper],
                record: Some(helper),
            })
        })
        .collect()
}

fn gaps<'a>(view: &View<'a>, pairs: &Pairs<'a>, items: &mut Vec<Item<'a>>) {
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
            items.push(about_child(Matter::Unpaired, child.id));
        }
        if !assessed.contains(&child.id) {
            items.push(about_child(Matter::Unassessed, child.id));
        }
        if phone.is_none_or(|phone| phone.trim().is_empty()) {
            items.push(about_child(Matter::NoGuardianPhone, child.id));
        }
    }
}

fn past_retention<'a>(view: &View<'a>, items: &mut Vec<Item<'a>>) {
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
            let mut item = about_child(Matter::PastRetention { left }, child.id);
            item.day = Some(until);
            items.push(item);
        }
    }
}
