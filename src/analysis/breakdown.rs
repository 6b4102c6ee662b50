//! Breakdowns: figures grouped by class, guardianship, helper, month, or several of these at once.
//!
//! A child's class, guardianship and so on are those of a date: the last day of the range for a state and for groups
//! of children, the day of the event for an event. A visit in October counts for the class that the child was in then.
//! A record about two children of one class counts once in that class, and once in each class if they are in two; the
//! same holds for two helpers. A child with several hardships counts in each of them. So groups add up to the total
//! along `gender`, `theme` or `mode`, and may exceed it along the other dimensions. In a group along several
//! dimensions, all keys describe the same child: girls of class 1, not class 1 with some girl.
//!
//! A week, month, term or school year is not a group of members but a [`Scope`] of its own: states count as of its
//! last day, events within it, and `children.visited` counts the children visited in that time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::model::class::school_year;

pub use super::dimension::{Dim, GroupKey, Key, UNKNOWN};
pub use super::figures::Group;
use super::figures::{Asked, Evidence, Figure, Figures, Statistic, Value};
use super::{Basis, Scope};

/// A figure with its groups.
#[derive(Clone, Debug)]
pub struct Grouped<'a> {
    /// The figure's id.
    pub id: String,
    /// Its groups, in natural order. All figures have the same groups, except those for unknown values.
    pub groups: Vec<Group<'a>>,
}

/// Returns the selected figures that can be split along the dimensions, in order, with their groups.
pub fn groups<'a>(
    figures: &Figures<'a>,
    dims: &[Dim],
    wanted: &dyn Fn(&Figure) -> bool,
) -> Vec<Grouped<'a>> {
    fill(by_time(figures, dims, wanted), figures, dims)
}

/// The groups that have members; for a time dimension, each range is counted in a scope of its own.
fn by_time<'a>(
    figures: &Figures<'a>,
    dims: &[Dim],
    wanted: &dyn Fn(&Figure) -> bool,
) -> Vec<Grouped<'a>> {
    let Some(at) = dims.iter().position(|dim| dim.is_time()) else {
        return grouped(figures, dims, wanted);
    };
    let mut rest = dims.to_vec();
    let dim = rest.remove(at);
    let mut all: Vec<Grouped<'a>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (span, scope) in spans(figures.basis(), dim) {
        for mut figure in by_time(&figures.on(scope), &rest, wanted) {
            let splits = figures
                .figure(&figure.id)
                .is_some_and(|figure| figure.splits_by(dims));
            if !splits {
                continue;
            }
            for group in &mut figure.groups {
                group.key.insert(at.min(group.key.len()), span);
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
    all
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

/// Fills in empty groups, so that a class without visits is shown with 0. The unknown group is added only to figures
/// with such members, and groups of a past date only to figures that look back.
fn fill<'a>(mut all: Vec<Grouped<'a>>, figures: &Figures<'a>, dims: &[Dim]) -> Vec<Grouped<'a>> {
    let figure = |grouped: &Grouped<'_>| figures.figure(&grouped.id);
    let present = all
        .iter()
        .filter(|grouped| figure(grouped).is_none_or(|f| !f.of_then));
    let keys: BTreeSet<GroupKey<'a>> = present
        .flat_map(|grouped| grouped.groups.iter().map(|group| group.key.clone()))
        .collect();
    for grouped in &mut all {
        let whole = figure(grouped).is_some_and(|figure| figure.denominator_splits_by(dims));
        let nothing = Value {
            value: 0,
            of: whole.then_some(0),
        };
        let mut groups: BTreeMap<GroupKey<'a>, Value> = keys
            .iter()
            .filter(|key| !key.contains(&Key::Unknown))
            .map(|key| (key.clone(), nothing))
            .collect();
        groups.extend(
            grouped
                .groups
                .drain(..)
                .map(|group| (group.key, group.value)),
        );
        let groups = groups.into_iter().map(|(key, value)| Group { key, value });
        grouped.groups = groups.collect();
    }
    all
}

/// The number of months before the last day that are split at most: a mistyped year, such as 202, would make tens of
/// thousands.
const MAX_MONTHS: u32 = 50 * 12;

/// Returns the weeks, months, terms or school years in the scope, each as a scope. Those that begin after the as-of
/// date, and those more than fifty years before it, are left out. A term within the scope is taken as a whole.
pub fn spans(basis: &Basis<'_>, dim: Dim) -> Vec<(Key<'static>, Scope)> {
    let scope = basis.scope;
    let last = scope.until.min(scope.as_of);
    let cut = |from: NaiveDate, until: NaiveDate| {
        let until = until.min(scope.until);
        Scope {
            from: from.max(scope.from),
            until,
            as_of: until.min(scope.as_of),
            // Figures of a whole term have no value for a part of it.
            term: None,
            ..scope
        }
    };
    if dim == Dim::Term {
        let mut terms: Vec<_> = basis.records.terms.iter().collect();
        terms.sort_by_key(|term| term.start);
        let within = terms.into_iter().filter(|term| {
            term.start <= term.end && term.start.0 <= last && term.end.0 >= scope.from
        });
        return within
            .map(|term| {
                let part = cut(term.start.0, term.end.0);
                let is_whole = part.from == term.start.0 && part.until == term.end.0;
                let term_id = is_whole.then_some(term.id);
                (
                    Key::Term(term.id),
                    Scope {
                        term: term_id,
                        ..part
                    },
                )
            })
            .collect();
    }
    let mut all = Vec::new();
    let earliest = last.checked_sub_months(Months::new(MAX_MONTHS));
    let mut first = first_of(dim, earliest.map_or(scope.from, |day| scope.from.max(day)));
    while let Some(from) = first.filter(|from| *from <= last) {
        let next = next_after(dim, from);
        let until = next.and_then(|next| next.pred_opt()).unwrap_or(from);
        let key = match dim {
            Dim::Week => Key::Week(from),
            Dim::Year => Key::Year(from.year()),
            _ => Key::Month(from),
        };
        all.push((key, cut(from, until)));
        first = next;
    }
    all
}

/// The first day of the week, month or school year that contains a day.
fn first_of(dim: Dim, day: NaiveDate) -> Option<NaiveDate> {
    match dim {
        Dim::Week => Some(day.week(Weekday::Mon).first_day()),
        Dim::Year => NaiveDate::from_ymd_opt(school_year(day), 9, 1),
        _ => day.with_day(1),
    }
}

/// The first day of the next week, month or school year.
fn next_after(dim: Dim, first: NaiveDate) -> Option<NaiveDate> {
    match dim {
        Dim::Week => first.checked_add_days(Days::new(7)),
        Dim::Year => first.checked_add_months(Months::new(12)),
        _ => first.checked_add_months(Months::new(1)),
    }
}

/// Returns the evidence of a group of a figure, given by one key for each dimension; `None` if there is no such
/// figure, it cannot be split so, or the time range is not in the scope.
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

/// One key for each dimension.
pub type DimKeys<'k> = Vec<(Dim, Key<'k>)>;

/// Finds the [`evidence`] of many groups at once. Calls `take` with the index of each in `asked` and its evidence.
pub fn each_evidence<'a>(
    figures: &Figures<'a>,
    asked: &[(&str, DimKeys<'_>)],
    take: &mut dyn FnMut(usize, Evidence<'a>),
) {
    let mut of_spans: BTreeMap<DimKeys<'_>, Vec<(usize, Asked<'_>)>> = BTreeMap::new();
    for (number, (id, keys)) in asked.iter().enumerate() {
        let dims: Vec<Dim> = keys.iter().map(|(dim, _)| *dim).collect();
        if !figures
            .figure(id)
            .is_some_and(|figure| figure.splits_by(&dims))
        {
            continue;
        }
        let (spans, rest): (Vec<_>, Vec<_>) = keys.iter().copied().partition(|(d, _)| d.is_time());
        let (dims, key) = rest.into_iter().unzip();
        let asked = Asked { id, dims, key };
        of_spans.entry(spans).or_default().push((number, asked));
    }
    for (keys, asked) in of_spans {
        let (numbers, asked): (Vec<usize>, Vec<Asked<'_>>) = asked.into_iter().unzip();
        if keys.is_empty() {
            figures.each_evidence(&asked, &mut |at, evidence| take(numbers[at], evidence));
            continue;
        }
        let mut basis = Some(*figures.basis());
        for (dim, key) in keys {
            basis = basis.and_then(|basis| {
                let mut spans = spans(&basis, dim).into_iter();
                let (_, scope) = spans.find(|(found, _)| *found == key)?;
                Some(Basis { scope, ..basis })
            });
        }
        let Some(basis) = basis else { continue };
        // A donor of another month has no figure in this scope.
        let mut is_missing = vec![true; numbers.len()];
        figures
            .on(basis.scope)
            .each_evidence(&asked, &mut |at, evidence| {
                is_missing[at] = false;
                take(numbers[at], evidence);
            });
        let missing = numbers.iter().zip(is_missing).filter(|(_, is)| *is);
        missing.for_each(|(number, _)| take(*number, Evidence::nothing(Statistic::Count)));
    }
}
