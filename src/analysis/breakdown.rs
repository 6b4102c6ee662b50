//! Figures split up: by class, by guardianship, by helper, by month, by several of these at once.
//!
//! A child is in the class, guardianship and so on of the day: of the last day for a state and for the groups of
//! children, of its own day for an event. So a visit in October counts for the class that the child was in then.
//! What concerns two children of one class counts once in that class, and once in each class where they are in two;
//! the same holds for two helpers. Hardship has several values for a child, which then counts in each of them. Groups
//! therefore add up to the total along `gender`, `theme` or `mode`, and may add up to more along the others.
//! Along several dimensions at once a group is about the same child: girls of class 1, not class 1 with some girl.
//!
//! A month is no group of members but a [`Scope`] of its own: states count as of its last day, events within it,
//! and `children.visited` counts the children who were visited in that month.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, Months, NaiveDate};

use super::Scope;
pub use super::dimension::{Dim, GroupKey, Key, UNKNOWN};
pub use super::figures::Group;
use super::figures::{Asked, Evidence, Figure, Figures, Statistic, Value};

/// A figure with its groups.
#[derive(Clone, Debug)]
pub struct Grouped<'a> {
    /// The figure's id.
    pub id: String,
    /// Its groups, in their natural order; the same for every figure that is split,
    /// but for what is not known.
    pub groups: Vec<Group<'a>>,
}

/// Those of some figures that can be split along some dimensions, in order, with their groups.
pub fn groups<'a>(
    figures: &Figures<'a>,
    dims: &[Dim],
    wanted: &dyn Fn(&Figure) -> bool,
) -> Vec<Grouped<'a>> {
    let Some(at) = dims.iter().position(|dim| *dim == Dim::Month) else {
        return fill(grouped(figures, dims, wanted), figures, dims);
    };
    let rest: Vec<Dim> = dims
        .iter()
        .copied()
        .filter(|dim| *dim != Dim::Month)
        .collect();
    let mut all: Vec<Grouped<'a>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (month, scope) in months(figures.basis().scope) {
        let of_month = figures.on(scope);
        for mut figure in grouped(&of_month, &rest, wanted) {
            let splits = figures
                .figure(&figure.id)
                .is_some_and(|figure| figure.splits_by(dims));
            if !splits {
                continue;
            }
            for group in &mut figure.groups {
                group.key.insert(at.min(group.key.len()), Key::Month(month));
            }
            match places.get(&figure.id) {
                Some(place) => all[*place].groups.extend(figure.groups),
                None => {
                    places.insert(figure.id.clone(), all.len());
                    all.push(figure);
                }
            }
        }
    }
    fill(all, figures, dims)
}

fn grouped<'a>(
    figures: &Figures<'a>,
    dims: &[Dim],
    wanted: &dyn Fn(&Figure) -> bool,
) -> Vec<Grouped<'a>> {
    if dims.is_empty() {
        let whole = |(figure, value): (&Figure, Value)| Grouped {
            id: figure.id.clone(),
            groups: vec![Group {
                key: Vec::new(),
                value,
            }],
        };
        let rows = figures.rows().filter(|(figure, _)| wanted(figure));
        return rows.map(whole).collect();
    }
    let split = figures.groups(dims, wanted).into_iter();
    split
        .map(|(figure, groups)| Grouped {
            id: figure.id.clone(),
            groups,
        })
        .collect()
}

/// Gives every figure the groups of all, so that a class without visits is seen to have none. What is not known is
/// a group only of those figures that have such members.
fn fill<'a>(mut all: Vec<Grouped<'a>>, figures: &Figures<'a>, dims: &[Dim]) -> Vec<Grouped<'a>> {
    for grouped in &mut all {
        grouped.groups.sort_by(|a, b| a.key.cmp(&b.key));
    }
    let mut keys: Vec<&GroupKey<'a>> = all
        .iter()
        .flat_map(|figure| figure.groups.iter().map(|group| &group.key))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    let keys: Vec<GroupKey<'a>> = keys.into_iter().cloned().collect();
    for grouped in &mut all {
        let whole = figures
            .figure(&grouped.id)
            .is_some_and(|figure| figure.whole_splits_by(dims));
        let nothing = Value {
            value: 0,
            of: whole.then_some(0),
        };
        let mut own = std::mem::take(&mut grouped.groups).into_iter().peekable();
        let group = |key: &GroupKey<'a>| match own.next_if(|group| group.key == *key) {
            Some(group) => Some(group),
            None if key.contains(&Key::Unknown) => None,
            None => Some(Group {
                key: key.clone(),
                value: nothing,
            }),
        };
        grouped.groups = keys.iter().filter_map(group).collect();
    }
    all
}

/// The months of a scope, each by its first day, with the days of the scope in it; those that begin after the last day
/// are left out.
pub fn months(scope: Scope) -> Vec<(NaiveDate, Scope)> {
    let Scope {
        from, until, as_of, ..
    } = scope;
    let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    let mut all = Vec::new();
    let mut month = first(from);
    while month <= until.min(as_of) {
        let Some(next) = month.checked_add_months(Months::new(1)) else {
            break;
        };
        let last = next.pred_opt().unwrap_or(month).min(until);
        let scope = Scope {
            from: month.max(from),
            until: last,
            as_of: last.min(as_of),
            ..scope
        };
        all.push((month, scope));
        month = next;
    }
    all
}

/// What a group of a figure was counted from: a key for each of some dimensions. None where there is no such figure,
/// it cannot be split so, or the month is not one of the days'.
pub fn evidence<'a>(
    figures: &Figures<'a>,
    id: &str,
    keys: &[(Dim, Key<'_>)],
) -> Option<Evidence<'a>> {
    let mut found = None;
    each_evidence(figures, &[(id, keys.to_vec())], &mut |_, evidence| {
        found = Some(evidence);
    });
    found
}

/// What groups of figures were counted from, as [`evidence`] finds it. Calls `take` with the place of each in the list
/// and what was found.
pub fn each_evidence<'a>(
    figures: &Figures<'a>,
    asked: &[(&str, Vec<(Dim, Key<'_>)>)],
    take: &mut dyn FnMut(usize, Evidence<'a>),
) {
    let mut of_months: BTreeMap<Option<NaiveDate>, Vec<(usize, Asked<'_>)>> = BTreeMap::new();
    for (number, (id, keys)) in asked.iter().enumerate() {
        let dims: Vec<Dim> = keys.iter().map(|(dim, _)| *dim).collect();
        if !figures
            .figure(id)
            .is_some_and(|figure| figure.splits_by(&dims))
        {
            continue;
        }
        let month = keys.iter().find_map(|(_, key)| match key {
            Key::Month(month) => Some(*month),
            _ => None,
        });
        let rest = keys.iter().filter(|(dim, _)| *dim != Dim::Month);
        let (dims, key) = rest.copied().unzip();
        let asked = Asked { id, dims, key };
        of_months.entry(month).or_default().push((number, asked));
    }
    let scopes = months(figures.basis().scope);
    for (month, asked) in of_months {
        let (numbers, asked): (Vec<usize>, Vec<Asked<'_>>) = asked.into_iter().unzip();
        let Some(month) = month else {
            figures.each_evidence(&asked, &mut |at, evidence| take(numbers[at], evidence));
            continue;
        };
        let Some((_, scope)) = scopes.iter().find(|(first, _)| *first == month) else {
            continue;
        };
        // A giver of another month has no figure in this one.
        let mut is_missing = vec![true; numbers.len()];
        figures
            .on(*scope)
            .each_evidence(&asked, &mut |at, evidence| {
                is_missing[at] = false;
                take(numbers[at], evidence);
            });
        let missing = numbers.iter().zip(is_missing).filter(|(_, is)| *is);
        missing.for_each(|(number, _)| take(*number, Evidence::nothing(Statistic::Count)));
    }
}
