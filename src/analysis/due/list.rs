//! The list of all due items, grouped, most urgent first.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::item::{DueItem, DueReason, Group};
use super::view::{Filter, Pairs, View};
use super::{children, contacts, days, duties, tasks};

/// Returns all due items: by group, duties by duty, then the most overdue first.
pub fn list<'a>(view: &View<'a>, filter: Filter) -> Vec<DueItem<'a>> {
    let people = Pairs::new(view);
    let mut items = contacts::list(view, filter);
    items.extend(duties::list(view, &people));
    items.extend(tasks::list(view, &people));
    items.extend(days::list(view));
    items.extend(children::list(view, &people));
    for item in &mut items {
        let of_children = item
            .children
            .iter()
            .filter_map(|child| view.class_of(*child));
        item.classes.extend(of_children);
        item.classes.sort_unstable();
        item.classes.dedup();
        if item.helpers.is_empty() {
            let paired = item
                .children
                .iter()
                .flat_map(|child| people.helpers(*child));
            item.helpers.extend(paired);
        }
        item.helpers.sort_unstable();
        item.helpers.dedup();
    }
    let head_of = filter.helper.and_then(|helper| view.head_of(helper));
    items.retain(|item| {
        let is_for_all = matches!(item.reason, DueReason::Festival(_)) && filter.child.is_none();
        let of_helper = filter.helper.is_none_or(|helper| {
            item.helpers.contains(&helper)
                || head_of.is_some_and(|class| item.classes.contains(&class))
        });
        let of_class = filter
            .class
            .is_none_or(|class| item.classes.contains(&class));
        let of_child = filter
            .child
            .is_none_or(|child| item.children.contains(&child));
        is_for_all || of_helper && of_class && of_child
    });
    let ranks = ranks_of_duties(&items);
    items.sort_by(|a, b| key(a, &ranks).cmp(&key(b, &ranks)));
    items
}

/// Ranks the duties with missing records by the earliest day of their items.
fn ranks_of_duties<'a>(items: &[DueItem<'a>]) -> HashMap<&'a str, usize> {
    let mut first_days: HashMap<&str, Option<NaiveDate>> = HashMap::new();
    for item in items {
        if let DueReason::Duty { duty, .. } = &item.reason {
            let first = first_days.entry(duty.id.as_str()).or_default();
            *first = first.iter().copied().chain(item.day).min();
        }
    }
    let mut duties: Vec<_> = first_days.into_iter().map(|(id, day)| (day, id)).collect();
    duties.sort_unstable();
    let ranks = duties.into_iter().enumerate();
    ranks.map(|(rank, (_, id))| (id, rank)).collect()
}

fn key<'k>(item: &'k DueItem<'_>, ranks: &HashMap<&str, usize>) -> impl Ord + use<'k> {
    let group = item.reason.group();
    let duty = match &item.reason {
        DueReason::Duty { duty, .. } => ranks.get(duty.id.as_str()).copied(),
        _ => None,
    };
    // The sort is stable, so the clocks keep their order of urgency.
    let (day, of_whom) = match group {
        Group::Contact | Group::ContactSoon => (None, None),
        _ => (
            item.day,
            Some((&item.classes, &item.children, item.record, item.entry)),
        ),
    };
    (group, duty, day, of_whom)
}
