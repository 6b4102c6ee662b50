//! The periods in which a duty is owed, clipped to the term and to the dates on which it is in force.
//!
//! A period of which less than half remains is not owed. The term is that of the school, except for yearly duties: a
//! school year is longer than two terms together, so by this measure they would never be owed. Their term runs from
//! the first day of the school year's first term to the last day of its last.

use chrono::{Datelike, Days, Duration, Months, NaiveDate};

use super::ranges::DateRange;
use crate::model::class::school_year;
use crate::model::duty::{During, DutyRule, Period};
use crate::model::term::Term;
use crate::model::{Entry, Id};

/// Days before and after a festival that belong to its period.
const FESTIVAL_MARGIN: Days = Days::new(7);

/// Length in days of the periods at the start and at the end of a term.
const TERM_EDGE_DAYS: u64 = 30;

/// The terms and holidays in which a duty is owed.
pub(super) fn terms_of<'a>(
    rule: &DutyRule,
    terms: impl Iterator<Item = &'a Entry<Term>>,
) -> impl Iterator<Item = &'a Entry<Term>> {
    let during = rule.during;
    terms.filter(move |term| {
        let is_owed = match during {
            During::Term => !is_holiday(term.id),
            During::Holiday => is_holiday(term.id),
            During::Always => true,
        };
        // A term that ends before it begins is reported by a rule, and contains no days.
        is_owed && term.start <= term.end
    })
}

/// Whether a term id is that of a holiday: `2025-2026-w`.
fn is_holiday(term: Id) -> bool {
    term.is_holiday()
}

pub(super) fn days_of(term: &Term) -> DateRange {
    DateRange {
        from: term.start.0,
        until: term.end.0,
    }
}

/// The date range in which a duty is in force.
pub(super) fn in_force(rule: &DutyRule) -> DateRange {
    DateRange {
        from: rule.since,
        until: rule.until,
    }
}

/// The owed parts of a duty's periods in some terms that began by a day, sorted by first day.
pub(super) fn owed<'a>(
    rule: &DutyRule,
    period: Period,
    terms: impl Iterator<Item = &'a Entry<Term>>,
    began_by: NaiveDate,
) -> Vec<DateRange> {
    let terms = terms_of(rule, terms);
    let mut owed: Vec<DateRange> = match period {
        Period::Year => school_years(terms)
            .into_iter()
            .filter_map(|(year, term)| cut(school_year_days(year)?, term.within(in_force(rule))?))
            .collect(),
        _ => terms
            .flat_map(|term| {
                let days = days_of(term);
                let left = days.within(in_force(rule));
                periods(period, days, began_by)
                    .into_iter()
                    .filter_map(move |whole| cut(whole, left?))
            })
            .collect(),
    };
    owed.retain(|days| days.from <= began_by);
    owed.sort_unstable();
    owed
}

/// The school years that contain the middle of a term, each with the range from its first term to its last.
fn school_years<'a>(terms: impl Iterator<Item = &'a Entry<Term>>) -> Vec<(i32, DateRange)> {
    let mut years: Vec<(i32, DateRange)> = terms
        .map(|term| {
            let days = days_of(term);
            let middle = days.from + Duration::days((days.days() - 1) / 2);
            (school_year(middle), days)
        })
        .collect();
    years.sort_unstable();
    years
        .chunk_by(|a, b| a.0 == b.0)
        .map(|terms| {
            let (year, mut days) = terms[0];
            for (_, term) in terms {
                days.until = days.until.max(term.until);
            }
            (year, days)
        })
        .collect()
}

fn school_year_days(year: i32) -> Option<DateRange> {
    Some(DateRange {
        from: NaiveDate::from_ymd_opt(year, 9, 1)?,
        until: NaiveDate::from_ymd_opt(year + 1, 8, 31)?,
    })
}

/// The part of a period within a range, if it is at least half of the period.
fn cut(whole: DateRange, left: DateRange) -> Option<DateRange> {
    let part = whole.within(left)?;
    (part.days() * 2 >= whole.days()).then_some(part)
}

/// The whole periods that overlap a term and began by a day, in order.
fn periods(period: Period, term: DateRange, began_by: NaiveDate) -> Vec<DateRange> {
    let edge = Days::new(TERM_EDGE_DAYS - 1);
    match period {
        Period::Term => vec![term],
        Period::TermStart => vec![DateRange {
            from: term.from,
            until: (term.from + edge).min(term.until),
        }],
        Period::TermEnd => vec![DateRange {
            from: (term.until - edge).max(term.from),
            until: term.until,
        }],
        Period::Week | Period::Month | Period::HalfYear | Period::Year => {
            let last = term.until.min(began_by);
            let next = |days: &DateRange| around(period, days.until.succ_opt()?);
            std::iter::successors(around(period, term.from), next)
                .take_while(|days| days.from <= last)
                .collect()
        }
        _ => (term.from.year() - 1..=term.until.min(began_by).year() + 1)
            .filter_map(|year| period.festival()?.day(year))
            .map(|day| DateRange {
                from: day - FESTIVAL_MARGIN,
                until: day + FESTIVAL_MARGIN,
            })
            .collect(),
    }
}

/// The week, month, half-year or school year that contains a day.
fn around(period: Period, day: NaiveDate) -> Option<DateRange> {
    let first = |month: u32| NaiveDate::from_ymd_opt(day.year(), month, 1);
    let (from, months) = match period {
        Period::Week => {
            let week = day.week(chrono::Weekday::Mon);
            return Some(DateRange {
                from: week.checked_first_day()?,
                until: week.checked_last_day()?,
            });
        }
        Period::Month => (first(day.month())?, 1),
        Period::HalfYear => (first(if day.month() <= 6 { 1 } else { 7 })?, 6),
        _ => return school_year_days(school_year(day)),
    };
    Some(DateRange {
        from,
        until: from.checked_add_months(Months::new(months))?.pred_opt()?,
    })
}
