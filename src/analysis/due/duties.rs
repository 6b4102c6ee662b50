//! Due items on duties missed this term, and on duties whose period ends soon and that are not yet met.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::item::{DueItem, DueReason};
use super::view::{Pairs, View};
use crate::analysis::duty::{DateRange, DutyPeriod, DutyStatus, State, Subject};
use crate::analysis::{Basis, Scope};
use crate::model::Id;

/// What is missing of one duty for one subject.
#[derive(Default)]
struct Missing {
    periods: Vec<DateRange>,
    records: u32,
}

impl Missing {
    fn add(&mut self, period: &DutyPeriod) {
        self.periods.push(DateRange {
            from: period.owed.from,
            until: period.owed.until,
        });
        self.records += period.missing();
    }
}

pub(super) fn list<'a>(view: &View<'a>, pairs: &Pairs<'a>) -> Vec<DueItem<'a>> {
    let duties = &view.school.duty;
    let basis = Basis {
        school: view.school,
        records: view.records,
        scope: Scope::between(view.today, view.today, view.today, view.definition()),
    };
    let status = DutyStatus::of(&basis, duties);
    // A period that ends today can still be met today.
    let yesterday = view.today.pred_opt().unwrap_or(view.today);
    let term = view
        .term()
        .map(|term| Scope::of_term(term, yesterday, view.definition()));
    let contacts = LastContacts::new(view);
    let mut items = Vec::new();
    for (at, duty) in duties.iter().enumerate() {
        let mut missing: BTreeMap<(bool, Subject), Missing> = BTreeMap::new();
        if let Some(scope) = &term {
            status.each(at, scope, |period| {
                if period.state == State::Missed && is_active(view, pairs, period.owed.subject) {
                    missing
                        .entry((false, period.owed.subject))
                        .or_default()
                        .add(period);
                }
            });
        }
        for period in status.running(at, view.today) {
            if period.missing() > 0 && period.owed.until <= view.last_day() {
                missing
                    .entry((true, period.owed.subject))
                    .or_default()
                    .add(&period);
            }
        }
        for ((_, subject), Missing { periods, records }) in missing {
            let reason = DueReason::Duty {
                duty,
                missing: records,
                last_contact: contacts.last(view, subject),
                periods,
            };
            items.push(item(view, subject, reason));
        }
    }
    items
}

fn item<'a>(view: &View<'a>, subject: Subject, reason: DueReason<'a>) -> DueItem<'a> {
    let day = match &reason {
        DueReason::Duty { periods, .. } => periods.iter().map(|period| period.until).max(),
        _ => None,
    };
    let mut item = DueItem::new(reason, day);
    match subject {
        Subject::School => {}
        Subject::Class(class) => item.classes.push(class),
        Subject::Child(child) => item.children.push(child),
        Subject::Pairing(id) => {
            item.record = Some(id);
            if let Some(pairing) = view.records.pairings.get(id) {
                item.children.push(pairing.child.id());
                item.helpers.push(pairing.helper.id());
            }
        }
    }
    item
}

/// Whether somebody can still make up for a missed duty to the subject.
fn is_active(view: &View<'_>, pairs: &Pairs<'_>, subject: Subject) -> bool {
    match subject {
        Subject::School => true,
        Subject::Pairing(id) => pairs.is_active(id),
        Subject::Child(id) => view.is_left_behind(id),
        Subject::Class(class) => view.left_behind().any(|child| {
            child
                .class_on(view.today)
                .is_some_and(|entry| entry.class == class)
        }),
    }
}

/// The last contact with each child, overall and by helper.
struct LastContacts {
    with: HashMap<Id, NaiveDate>,
    by: HashMap<(Id, Id), NaiveDate>,
}

impl LastContacts {
    fn new(view: &View<'_>) -> LastContacts {
        let mut contacts = LastContacts {
            with: HashMap::new(),
            by: HashMap::new(),
        };
        // Visits are sorted by date, so the last one wins.
        for visit in view
            .records
            .visits
            .iter()
            .filter(|visit| visit.date.0 <= view.today && visit.is_contact())
        {
            for child in &visit.children {
                contacts.with.insert(child.id(), visit.date.0);
                for helper in &visit.by {
                    contacts.by.insert((child.id(), helper.id()), visit.date.0);
                }
            }
        }
        contacts
    }

    fn last(&self, view: &View<'_>, subject: Subject) -> Option<NaiveDate> {
        match subject {
            Subject::Child(child) => self.with.get(&child).copied(),
            Subject::Pairing(id) => {
                let pairing = view.records.pairings.get(id)?;
                let pair = (pairing.child.id(), pairing.helper.id());
                self.by.get(&pair).copied()
            }
            Subject::School | Subject::Class(_) => None,
        }
    }
}
