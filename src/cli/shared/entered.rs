//! Parses classes and dates as typed, and explains why others are invalid.

use chrono::{Datelike, NaiveDate};

use crate::cli::shared::user_error::UserError;
use crate::diagnostic::Message;
use crate::model::entered::{self, InputError};
use crate::model::{Class, School};
use crate::text::Lang;

/// Parses a class name as of a day.
///
/// # Errors
///
/// Returns why it is not a class, and how classes are written.
pub(crate) fn class(
    words: &str,
    school: &School,
    day: NaiveDate,
    lang: Lang,
) -> Result<Class, UserError> {
    entered::class::class(words, school, day)
        .map_err(|unread| UserError::new(not_read(&unread, words, "class", day, lang)))
}

/// Explains why words could not be parsed.
pub(crate) fn not_read(
    unread: &InputError,
    words: &str,
    expected: &'static str,
    today: NaiveDate,
    lang: Lang,
) -> Message {
    let found = |id| Message::new(id).with("found", words);
    match unread {
        InputError::NoSuchDay => no_such_day(words, today, lang),
        InputError::MonthOnly(..) | InputError::YearOnly => found("command-entered-day-missing"),
        InputError::Lunar => found("command-entered-lunar"),
        InputError::Weekday => found("command-entered-weekday"),
        InputError::GradeOnly => found("command-entered-grade-only"),
        InputError::NumberOnly => found("command-entered-number-only"),
        InputError::GradeOutside(grade, first, last) => found("command-entered-grade-outside")
            .with("grade", grade)
            .with("first", first)
            .with("last", last),
        InputError::About => found("command-entered-about"),
        InputError::Several(several) if !several.is_empty() => {
            found("command-entered-several").with("several", several.join(", "))
        }
        _ => found("value-expected").with("expected", expected),
    }
}

/// The error for a day that its month does not have: `2025年2月没有30日`.
fn no_such_day(words: &str, today: NaiveDate, lang: Lang) -> Message {
    let numbers: Vec<u32> = words
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|number| number.parse().ok())
        .collect();
    let parts = match numbers[..] {
        [year, month, day] => Some((year, month, day)),
        [month, day] => Some((today.year().unsigned_abs(), month, day)),
        _ => None,
    };
    match parts {
        Some((year, month @ 1..=12, day)) => {
            let first = i32::try_from(year).ok();
            let first = first.and_then(|year| NaiveDate::from_ymd_opt(year, month, 1));
            let name = match (lang, first) {
                (Lang::En, Some(first)) => first.format("%B").to_string(),
                _ => month.to_string(),
            };
            Message::new("command-entered-no-such-day")
                .with("year", year)
                .with("month", name)
                .with("day", ordinal(day, lang))
        }
        _ => Message::new("value-expected")
            .with("found", words)
            .with("expected", "date"),
    }
}

/// Formats a day of the month: 30, in English 30th.
fn ordinal(day: u32, lang: Lang) -> String {
    let ending = match (day % 100, day % 10) {
        _ if lang == Lang::Zh => "",
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{day}{ending}")
}
