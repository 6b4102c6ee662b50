//! Figures split up: by class, by guardianship, by helper, by month, by several of these at once.
//!
//! A child is in the class, guardianship and so on of the day: of the last day for a state and for the groups of
//! children, of its own day for an event. So a visit in October counts for the class that the child was in then.
//! What concerns two children of one class counts once in that class, and once in each class where they are in two;
//! the same holds for two helpers. Hardship has several values for a child, which then counts in each of them. Groups
//! therefore add up to the total along `gender`, `theme` or `mode`, and may add up to more along the others.
//! Along several dimensions at once a group is about the same child: girls of class 1, not class 1 with some girl.
//!
//! A week, month, term or school year is no group of members but a [`Scope`] of its own: states count as of its last
//! day, events within it, and `children.visited` counts the children who were visited in that time.

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
    fill(by_time(figures, dims, wanted), figures, dims)
}

/// The groups that there are: each span of time counted as days of its own.
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

/// Gives every figure the groups of all, so that a class without visits is seen to have none. What is not known is
/// a group only of those figures that have such members, and what was once only of those that look back.
fn fill<'a>(mut all: Vec<Grouped<'a>>, figures: &Figures<'a>, dims: &[Dim]) -> Vec<Grouped<'a>> {
    let figure = |grouped: &Grouped<'_>| figures.figure(&grouped.id);
    let present = all
        .iter()
        .filter(|grouped| figure(grouped).is_none_or(|f| !f.of_then));
    let keys: BTreeSet<GroupKey<'a>> = present
        .flat_map(|grouped| grouped.groups.iter().map(|group| group.key.clone()))
        .collect();
    for grouped in &mut all {
        let whole = figure(grouped).is_some_and(|figure| figure.whole_splits_by(dims));
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

/// So many months before the last day are split up at most: a mistyped year, such as 202, would make tens of thousands.
const MAX_MONTHS: u32 = 50 * 12;

/// The weeks, months, terms or school years of some days, each with the days in it; those that begin after the last day
/// are left out, and so is what lies more than fifty years before it. A term that lies within the days is one as a whole.
pub fn spans(basis: &Basis<'_>, dim: Dim) -> Vec<(Key<'static>, Scope)> {
    let scope = basis.scope;
    let last = scope.until.min(scope.as_of);
    let cut = |from: NaiveDate, until: NaiveDate| {
        let until = until.min(scope.until);
        Scope {
            from: from.max(scope.from),
            until,
            as_of: until.min(scope.as_of),
            // What belongs to a whole term has no value in a part of it.
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

/// The first day of the week, month or school year in which a day lies.
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

/// A key for each of some dimensions.
pub type DimKeys<'k> = Vec<(Dim, Key<'k>)>;

/// What groups of figures were counted from, as [`evidence`] finds it. Calls `take` with the place of each in the list
/// and what was found.
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
        // A giver of another month has no figure in this one.
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
