//! Due items from single records: follow-ups, next steps, loans to be returned, incidents to be closed.

use chrono::NaiveDate;

use super::item::{DueItem, DueReason};
use super::view::{Pairs, View};
use crate::analysis::People;
use crate::model::{HasTable, Id, Kind, Record, Records, with_kind};

pub(super) fn list<'a>(view: &View<'a>, pairs: &Pairs<'a>) -> Vec<DueItem<'a>> {
    let mut items = Vec::new();
    for kind in Kind::ALL {
        with_kind!(*kind, K => follow_ups::<K>(view, &mut items));
    }
    next_steps(view, &mut items);
    loans(view, &mut items);
    incidents(view, pairs, &mut items);
    items
}

fn is_open(view: &View<'_>, done: Option<NaiveDate>) -> bool {
    done.is_none_or(|done| done > view.today)
}

fn follow_ups<'a, K: Record>(view: &View<'a>, items: &mut Vec<DueItem<'a>>)
where
    Records: HasTable<K>,
{
    let records: &'a Records = view.records;
    for entry in HasTable::<K>::table(records) {
        for (at, follow_up) in entry.record.follow_ups().iter().enumerate() {
            if follow_up.due.0 > view.last_day()
                || !is_open(view, follow_up.done.map(|done| done.0))
            {
                continue;
            }
            let People { children, helpers } = People::of(&entry.record);
            let who = follow_up.who.as_deref();
            let helper = who.and_then(|who| Id::parse(Kind::Helper, who));
            let reason = DueReason::FollowUp {
                what: &follow_up.what,
                who: who.filter(|_| helper.is_none()),
            };
            let follow_ups = entry.record.follow_ups();
            items.push(DueItem {
                children,
                classes: entry.record.classes().to_vec(),
                helpers: helper.map_or(helpers, |helper| vec![helper]),
                record: Some(entry.id),
                entry: Some(at),
                is_one_of_many: follow_ups.len() > 1 || K::KIND == Kind::Incident,
                ..DueItem::new(reason, Some(follow_up.due.0))
            });
        }
    }
}

fn next_steps<'a>(view: &View<'a>, items: &mut Vec<DueItem<'a>>) {
    for term in &view.records.terms {
        for (at, step) in term.next_step.iter().enumerate() {
            let due = step.due.map(|due| due.0);
            let is_due = due.is_some_and(|due| due <= view.last_day());
            if !is_due || !is_open(view, step.done.map(|done| done.0)) {
                continue;
            }
            let owner = step.owner.as_deref();
            let helper = owner.and_then(|owner| Id::parse(Kind::Helper, owner));
            let reason = DueReason::NextStep {
                what: &step.text,
                who: owner.filter(|_| helper.is_none()),
            };
            items.push(DueItem {
                helpers: helper.into_iter().collect(),
                record: Some(term.id),
                entry: Some(at),
                is_one_of_many: term.next_step.len() > 1,
                ..DueItem::new(reason, due)
            });
        }
    }
}

fn loans<'a>(view: &View<'a>, items: &mut Vec<DueItem<'a>>) {
    for loan in &view.records.loans {
        let Some(due) = loan.due.map(|due| due.0) else {
            continue;
        };
        let returned = loan.returned.map(|returned| returned.0);
        if due <= view.last_day() && loan.date.0 <= view.today && is_open(view, returned) {
            let reason = DueReason::Loan {
                item: &loan.item,
                quantity: loan.quantity.unwrap_or(1),
            };
            items.push(DueItem {
                children: vec![loan.child.id()],
                record: Some(loan.id),
                ..DueItem::new(reason, Some(due))
            });
        }
    }
}

fn incidents<'a>(view: &View<'a>, pairs: &Pairs<'a>, items: &mut Vec<DueItem<'a>>) {
    for incident in &view.records.incidents {
        let since = incident.discovered.date();
        if since > view.today || !is_open(view, incident.closed.map(|closed| closed.0)) {
            continue;
        }
        let children: Vec<Id> = incident.children.iter().map(|child| child.id()).collect();
        let paired = children.iter().flat_map(|child| pairs.helpers(*child));
        let helpers = std::iter::once(incident.by.id()).chain(paired).collect();
        let reason = DueReason::Incident {
            kind: incident.kind,
            since,
        };
        items.push(DueItem {
            children,
            helpers,
            record: Some(incident.id),
            ..DueItem::new(reason, None)
        });
    }
}
