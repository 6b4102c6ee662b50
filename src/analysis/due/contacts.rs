//! Due items on children without contact for too long, or soon to be.

use super::item::{DueItem, DueReason};
use super::view::{Filter, View};
use crate::analysis::contact::{Bounds, Contacts, clocks};

/// A filter for one child lists its clock however far off the limit is.
pub(super) fn list<'a>(view: &View<'a>, filter: Filter) -> Vec<DueItem<'a>> {
    let records = view.records;
    let bounds = Bounds::new(view.school, &records.terms, view.definition(), view.today);
    let contacts = Contacts::of(records, view.today);
    let clocks = clocks(&bounds, &records.children, &contacts);
    let due = clocks.into_iter().filter_map(|clock| {
        let last = clock.last_day()?;
        (last <= view.last_day() || filter.child.is_some()).then(|| {
            let child = clock.child;
            DueItem::of_child(DueReason::Contact(clock), Some(last), child)
        })
    });
    due.collect()
}
