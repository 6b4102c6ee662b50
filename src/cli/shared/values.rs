//! Parses values as typed: dates, amounts, classes, codes by label, children by name.

use chrono::NaiveDate;
use toml_edit::{Array, Value};

pub(crate) use crate::cli::shared::entered::{class, not_read};
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{lookup, reference};
use crate::diagnostic::Message;
use crate::model::entered::day::Towards;
use crate::model::entered::{self, InputError};
use crate::model::shape::{CodeWord, Field, FieldType};
use crate::model::{Date, DateTime, Id, KindSet, School, Time};
use crate::store::{Store, edit};

/// What parsing depends on.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) store: &'a Store,
    pub(crate) school: &'a School,
    /// The date as of which class names are interpreted.
    pub(crate) as_of: NaiveDate,
}

/// Parses the value of a field.
///
/// # Errors
///
/// Returns the field, what was found, and what was expected.
pub(crate) fn value(
    session: &mut Session,
    reading: Reading<'_>,
    field: &Field,
    holds: &FieldType,
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
    let unread = |unread: InputError, expected: &'static str| {
        refuse(not_read(&unread, words, expected, today, session.lang))
    };
    Ok(match holds {
        FieldType::Date => {
            let day = entered::day::day(words, today, towards(&field.name));
            let day = day.map_err(|fault| unread(fault, "date"))?;
            toml_edit::Datetime::from(Date(day)).into()
        }
        FieldType::DateTime => {
            let time = match words.parse::<DateTime>() {
                Ok(time) => time,
                Err(_) => {
                    let time = entered::day::time(words, today, Towards::Past);
                    DateTime(time.map_err(|fault| unread(fault, "date-time"))?)
                }
            };
            toml_edit::Datetime::from(time).into()
        }
        FieldType::Time => match entered::day::clock(words) {
            Some(time) => toml_edit::Datetime::from(Time(time)).into(),
            None => edit::value_of_words(holds, words).map_err(refuse)?,
        },
        FieldType::Money => {
            let amount = entered::amount::amount(words);
            amount
                .map_err(|fault| unread(fault, "amount"))?
                .to_string()
                .into()
        }
        FieldType::Number => {
            let number = if field.name == "minutes" {
                entered::number::minutes(words)
            } else {
                entered::number::count(words)
            };
            i64::from(number.map_err(|fault| unread(fault, "number"))?).into()
        }
        FieldType::Class => {
            let class = entered::class::class(words, reading.school, reading.as_of);
            class
                .map_err(|fault| unread(fault, "class"))?
                .to_string()
                .into()
        }
        FieldType::Phone => match entered::phone::phone(words) {
            Ok(phone) if phone.remark.is_none() => phone.number.into(),
            // Invalid numbers are reported by the check of the whole record.
            _ => words.into(),
        },
        FieldType::Code(codes) => code(session, field, codes, words)?.into(),
        FieldType::Reference(kind) => {
            // Whether the id exists is reported by the check of the record.
            match Id::parse(*kind, words.trim()) {
                Some(id) => id.to_string().into(),
                None => {
                    let kinds = KindSet::of(&[*kind]);
                    let id = reference::resolve(session, reading.store, words, kinds)?;
                    id.to_string().into()
                }
            }
        }
        FieldType::List(entry) => {
            let words = words.split([',', '，', '、']).map(str::trim);
            let values = words
                .filter(|word| !word.is_empty())
                .map(|word| value(session, reading, field, entry, word));
            Value::Array(values.collect::<Result<Array, _>>()?)
        }
        FieldType::Boolean => match entered::code::boolean(words) {
            Some(truth) => truth.into(),
            None => edit::value_of_words(holds, words).map_err(refuse)?,
        },
        holds => edit::value_of_words(holds, words).map_err(refuse)?,
    })
}

/// How a date without a year is completed: due dates lie ahead, all others in the past.
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
