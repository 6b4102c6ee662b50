//! The days within which a duty is owed: its periods, cut to the term.
//!
//! A period of which less than half lies in the term is not owed. For most duties the term is that of the school.
//! A school year is longer than two terms together, so that by the same measure no duty would ever be owed for a
//! year; its term is the time from the first day of the school year's first term to the last day of its last.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::model::Entry;
use crate::model::class::school_year;
use crate::model::school::Period;
use crate::model::term::Term;

/// Days before and after a festival that belong to it.
const FESTIVAL_REACH: Days = Days::new(7);

/// Days of the start and of the end of a term.
const TERM_EDGE: u64 = 30;

/// The part of a period that lies in the term, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Frame {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

/// Whether a term may be asked for: its end is not before its start.
fn is_sound(term: &Entry<Term>) -> bool {
    term.start <= term.end
}

/// The frames of a period in each term, of which at least half lies in that term, and which began by a day.
/// Sorted by their first day.
pub(super) fn of_period<'a>(
    period: Period,
    terms: impl Iterator<Item = &'a Entry<Term>>,
    began_by: NaiveDate,
) -> Vec<Frame> {
    let terms = terms.filter(|term| is_sound(term));
    let mut frames: Vec<Frame> = match period {
        Period::Year => {
            let mut years: Vec<(i32, Frame)> = terms.map(year_of).collect();
            years.sort_unstable();
            years
                .chunk_by(|a, b| a.0 == b.0)
                .flat_map(|terms| {
                    let until = terms.iter().map(|(_, term)| term.until).max();
                    let term = Frame {
                        from: terms[0].1.from,
                        until: until.unwrap_or(terms[0].1.until),
                    };
                    cut(school_year_frame(terms[0].0)?, term)
                })
                .collect()
        }
        _ => terms
            .flat_map(|term| {
                let term = Frame {
                    from: term.start.0,
                    until: term.end.0,
                };
                periods(period, term, began_by)
                    .into_iter()
                    .filter_map(move |whole| cut(whole, term))
            })
            .collect(),
    };
    frames.retain(|frame| frame.from <= began_by);
    frames.sort_unstable();
    frames
}

/// The school year in which the middle of a term lies, and the term.
fn year_of(term: &Entry<Term>) -> (i32, Frame) {
    let days = (term.end.0 - term.start.0).num_days();
    let middle = term.start.0 + chrono::Duration::days(days / 2);
    let frame = Frame {
        from: term.start.0,
        until: term.end.0,
    };
    (school_year(middle), frame)
}

fn school_year_frame(year: i32) -> Option<Frame> {
    Some(Frame {
        from: NaiveDate::from_ymd_opt(year, 9, 1)?,
        until: NaiveDate::from_ymd_opt(year + 1, 8, 31)?,
    })
}

/// The part of a period that lies in a term, if that is at least half of it.
fn cut(whole: Frame, term: Frame) -> Option<Frame> {
    let part = Frame {
        from: whole.from.max(term.from),
        until: whole.until.min(term.until),
    };
    let days = |frame: Frame| (frame.until - frame.from).num_days() + 1;
    (days(part) > 0 && days(part) * 2 >= days(whole)).then_some(part)
}

/// The whole periods that touch a term and began by a day, in order.
fn periods(period: Period, term: Frame, began_by: NaiveDate) -> Vec<Frame> {
    let edge = Days::new(TERM_EDGE - 1);
    match period {
        Period::Term => vec![term],
        Period::TermStart => vec![Frame {
            from: term.from,
            until: (term.from + edge).min(term.until),
        }],
        Period::TermEnd => vec![Frame {
            from: (term.until - edge).max(term.from),
            until: term.until,
        }],
        Period::Week | Period::Month | Period::HalfYear | Period::Year => {
            let last = term.until.min(began_by);
            let next = |frame: &Frame| around(period, frame.until.succ_opt()?);
            std::iter::successors(around(period, term.from), next)
                .take_while(|frame| frame.from <= last)
                .collect()
        }
        _ => (term.from.year() - 1..=term.until.min(began_by).year() + 1)
            .filter_map(|year| period.festival()?.day(year))
            .map(|day| Frame {
                from: day - FESTIVAL_REACH,
                until: day + FESTIVAL_REACH,
            })
            .collect(),
    }
}

/// The week, month, half-year or school year in which a day lies.
fn around(period: Period, day: NaiveDate) -> Option<Frame> {
    let first = |month: u32| NaiveDate::from_ymd_opt(day.year(), month, 1);
    let (from, months) = match period {
        Period::Week => {
            let from = day - Days::new(u64::from(day.weekday().num_days_from_monday()));
            return Some(Frame {
                from,
                until: from + Days::new(6),
            });
        }
        Period::Month => (first(day.month())?, 1),
        Period::HalfYear => (first(if day.month() <= 6 { 1 } else { 7 })?, 6),
        _ => return school_year_frame(school_year(day)),
    };
    Some(Frame {
        from,
        until: from.checked_add_months(Months::new(months))?.pred_opt()?,
    })
}
