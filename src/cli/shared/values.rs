//! Values as people type them for a field: days, amounts, classes, codes by their labels, children by their names.

use chrono::{Datelike, NaiveDate};
use toml_edit::{Array, Value};

use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{lookup, reference};
use crate::diagnostic::Message;
use crate::model::entered::day::Towards;
use crate::model::entered::{self, Unread};
use crate::model::shape::{CodeWord, Field, Holds};
use crate::model::{Class, Date, DateTime, Id, KindSet, School};
use crate::store::{Store, edit};
use crate::text::Lang;

/// What the words for a value depend on.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) store: &'a Store,
    pub(crate) school: &'a School,
    /// The day on which a class has its name.
    pub(crate) as_of: NaiveDate,
}

/// Reads what a person typed for a field as the value that it holds.
///
/// # Errors
///
/// What the field is, what was found, and what was expected.
pub(crate) fn value(
    session: &mut Session,
    reading: Reading<'_>,
    field: &Field,
    holds: &Holds,
    words: &str,
) -> anyhow::Result<Value> {
    let label = field.label(session.lang);
    let today = session.today;
    let refuse = |message: Message| {
        let reason = message.text(session.lang);
        let message = Message::new("field-value")
            .with("label", &label)
            .with("field", &field.name)
            .with("reason", reason);
        UserError::new(message)
    };
    let unread = |unread: Unread, expected: &'static str| {
        refuse(not_read(&unread, words, expected, today, session.lang))
    };
    Ok(match holds {
        Holds::Date => {
            let day = entered::day::day(words, today, towards(&field.name));
            let day = day.map_err(|fault| unread(fault, "date"))?;
            toml_edit::Datetime::from(Date(day)).into()
        }
        Holds::DateTime => {
            let time = match words.parse::<DateTime>() {
                Ok(time) => time,
                Err(_) => {
                    let time = entered::day::time(words, today, Towards::Past);
                    DateTime(time.map_err(|fault| unread(fault, "date-time"))?)
                }
            };
            toml_edit::Datetime::from(time).into()
        }
        Holds::Money => {
            let amount = entered::amount::amount(words);
            amount
                .map_err(|fault| unread(fault, "amount"))?
                .to_string()
                .into()
        }
        Holds::Number => {
            let number = if field.name == "minutes" {
                entered::number::minutes(words)
            } else {
                entered::number::count(words)
            };
            i64::from(number.map_err(|fault| unread(fault, "number"))?).into()
        }
        Holds::Class => {
            let class = entered::class::class(words, reading.school, reading.as_of);
            class
                .map_err(|fault| unread(fault, "class"))?
                .to_string()
                .into()
        }
        Holds::Phone => match entered::phone::phone(words) {
            Ok(phone) if phone.remark.is_none() => phone.number.into(),
            // What is no number is told by the check of the whole record.
            _ => words.into(),
        },
        Holds::Code(codes) => code(session, field, codes, words)?.into(),
        Holds::Reference(kind) => {
            // An id is left as it stands: the check of the record says whether there is such a one.
            match Id::parse(*kind, words.trim()) {
                Some(id) => id.to_string().into(),
                None => {
                    let kinds = KindSet::of(&[*kind]);
                    let id = reference::resolve(session, reading.store, words, kinds)?;
                    id.to_string().into()
                }
            }
        }
        Holds::List(entry) => {
            let words = words.split([',', '，', '、']).map(str::trim);
            let values = words
                .filter(|word| !word.is_empty())
                .map(|word| value(session, reading, field, entry, word));
            Value::Array(values.collect::<Result<Array, _>>()?)
        }
        Holds::Truth => match entered::code::truth(words) {
            Some(truth) => truth.into(),
            None => edit::value_of_words(holds, words).map_err(refuse)?,
        },
        holds => edit::value_of_words(holds, words).map_err(refuse)?,
    })
}

/// Towards where a day without a year lies: what is due lies ahead, all else behind.
pub(crate) fn towards(field: &str) -> Towards {
    if field == "due" {
        Towards::Future
    } else {
        Towards::Past
    }
}

fn code(
    session: &Session,
    field: &Field,
    codes: &[CodeWord],
    words: &str,
) -> Result<String, UserError> {
    let known = lookup::code(codes, words).map(|code| code.code.clone());
    known.ok_or_else(|| {
        let message = Message::new("command-unknown-code")
            .with("label", field.label(session.lang))
            .with("field", &field.name)
            .with("found", words);
        lookup::unknown_code(message, words, codes, session.lang)
    })
}

/// The class that words name on a day.
///
/// # Errors
///
/// Why it is none, and how classes are written.
pub(crate) fn class(
    words: &str,
    school: &School,
    day: NaiveDate,
    lang: Lang,
) -> Result<Class, UserError> {
    entered::class::class(words, school, day)
        .map_err(|unread| UserError::new(not_read(&unread, words, "class", day, lang)))
}

/// Why some words are not read as what was expected.
pub(crate) fn not_read(
    unread: &Unread,
    words: &str,
    expected: &'static str,
    today: NaiveDate,
    lang: Lang,
) -> Message {
    let found = |id| Message::new(id).with("found", words);
    match unread {
        Unread::NoSuchDay => no_such_day(words, today, lang),
        Unread::MonthOnly(..) | Unread::YearOnly => found("command-entered-day-missing"),
        Unread::Lunar => found("command-entered-lunar"),
        Unread::Weekday => found("command-entered-weekday"),
        Unread::GradeOnly => found("command-entered-grade-only"),
        Unread::NumberOnly => found("command-entered-number-only"),
        Unread::GradeOutside(grade, first, last) => found("command-entered-grade-outside")
            .with("grade", grade)
            .with("first", first)
            .with("last", last),
        Unread::About => found("command-entered-about"),
        Unread::Several(several) if !several.is_empty() => {
            found("command-entered-several").with("several", several.join(", "))
        }
        _ => found("value-expected").with("expected", expected),
    }
}

/// That a month has no such day: `2025年2月没有30日`.
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

/// A number of a day: 30, in English 30th.
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
