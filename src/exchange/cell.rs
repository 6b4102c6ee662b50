//! Converts cells to field values, and values to cells.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use toml::Value;

use super::sheet::Cell;
use crate::diagnostic::{InputKind, Message, explain_input_error};
use crate::model::entered::class::{Part, part};
use crate::model::entered::day::{self, Towards};
use crate::model::entered::period::Period;
use crate::model::entered::{self, InputError, amount, code, narrow, number, phone};
use crate::model::money::Goal;
use crate::model::shape::{CodeWord, FieldType};
use crate::model::{Date, DateTime, Id, Kind, School, Time, folded};

/// From here on numbers are not exact in a spreadsheet program, which keeps 15 digits.
const FIRST_INEXACT: f64 = 1e15;

/// An index of people by name: those in the records, and those added by the same import.
#[derive(Debug, Default)]
pub struct Names {
    ids: HashSet<Id>,
    named: HashMap<(Kind, String), Vec<Id>>,
}

impl Names {
    /// Adds a record.
    pub fn note(&mut self, id: Id, name: Option<&str>) {
        if self.ids.insert(id)
            && let Some(name) = name
        {
            let key = (id.kind(), folded(name));
            self.named.entry(key).or_default().push(id);
        }
    }

    /// Whether a record with this id exists.
    pub fn has(&self, id: Id) -> bool {
        self.ids.contains(&id)
    }

    /// The records with a name.
    pub fn called(&self, kind: Kind, text: &str) -> &[Id] {
        self.named
            .get(&(kind, folded(text)))
            .map_or(&[], Vec::as_slice)
    }
}

/// What the interpretation of a cell depends on.
pub struct CellContext<'a> {
    /// The school's settings, for class names.
    pub school: &'a School,
    /// Today, for class names.
    pub today: NaiveDate,
    /// The people by name.
    pub names: &'a Names,
    /// The day to use for dates that give only the month.
    pub day_of_month: Option<u32>,
    /// The period that dates without a year belong to, and the source of this information.
    pub period: Option<&'a (Period, Message)>,
    /// Whether the workbook uses the 1904 date system.
    pub from_1904: bool,
    /// Whether texts are written exactly as in the records, as `export` does.
    pub is_exact: bool,
}

/// The interpretation of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum CellMeaning {
    /// Empty.
    Nothing,
    /// A value, with a note on any part of the cell that was ignored.
    Value(Value, Option<Message>),
    /// No usable value: the file has lost it, or the cell says "none".
    Dropped(Message),
}

impl From<Value> for CellMeaning {
    fn from(value: Value) -> CellMeaning {
        CellMeaning::Value(value, None)
    }
}

/// Converts a cell to the value of a field.
///
/// # Errors
///
/// Returns what is wrong with the cell.
pub fn value(
    holds: &FieldType,
    cell: &Cell,
    context: &CellContext<'_>,
) -> Result<CellMeaning, Message> {
    match cell {
        Cell::Empty => Ok(CellMeaning::Nothing),
        Cell::Error(text) => Err(expected(text, "import-cell-error")),
        Cell::Uncomputed => Err(Message::new("import-uncomputed")),
        Cell::Text(text) => {
            let text = unescaped(text).replace("\r\n", "\n");
            of_text(holds, &text, context)
        }
        Cell::Number(number) => of_number(holds, *number, context),
        Cell::Boolean(truth) => match holds {
            FieldType::Boolean => Ok(Value::Boolean(*truth).into()),
            _ => of_text(holds, if *truth { "TRUE" } else { "FALSE" }, context),
        },
        Cell::Time(time) => match holds {
            FieldType::Date => Ok(Value::Datetime(Date(time.date()).into()).into()),
            FieldType::DateTime => Ok(Value::Datetime(DateTime(*time).into()).into()),
            // Class 3-1 was converted to the first of March.
            FieldType::Class => Err(expected(&cell.shown(), "import-class-became-day")),
            _ => of_text(holds, &cell.shown(), context),
        },
    }
}

/// Parses a cell about a class: the whole class, its grade or its number.
///
/// # Errors
///
/// Returns what is wrong with the cell.
pub fn class_part(cell: &Cell, context: &CellContext<'_>) -> Result<Option<Part>, Message> {
    let read = |text: &str| {
        part(text, context.school)
            .map(Some)
            .map_err(|reason| explain_input_error(InputKind::Class, text, &reason))
    };
    match cell {
        Cell::Empty => Ok(None),
        Cell::Error(text) => Err(expected(text, "import-cell-error")),
        Cell::Uncomputed => Err(Message::new("import-uncomputed")),
        Cell::Time(_) => Err(expected(&cell.shown(), "import-class-became-day")),
        // 3.10 was converted to 3.1.
        Cell::Number(number)
            if ((number.fract() * 10.0).round() - 1.0).abs() < 1e-9 && number.fract() > 0.05 =>
        {
            Err(expected(&cell.shown(), "import-class-rounded"))
        }
        cell => match unescaped(&cell.shown()) {
            text if entered::says_nothing(text) => Ok(None),
            text => read(text),
        },
    }
}

fn expected(found: &str, id: &'static str) -> Message {
    Message::new(id).with("found", found)
}

fn of_number(
    holds: &FieldType,
    number: f64,
    context: &CellContext<'_>,
) -> Result<CellMeaning, Message> {
    let shown = Cell::Number(number).shown();
    let whole = number.fract() == 0.0;
    match holds {
        FieldType::Goal if number > 0.0 && number <= 1.0 && !whole => {
            // A cell formatted as a percentage.
            let shown = Cell::Number(number * 100.0).shown();
            of_text(holds, &format!("{shown}%"), context)
        }
        FieldType::Boolean if number == 0.0 || number == 1.0 => {
            Ok(Value::Boolean(number == 1.0).into())
        }
        FieldType::Text | FieldType::Phone | FieldType::Confidential | FieldType::Prose
            if number.abs() >= FIRST_INEXACT =>
        {
            Ok(CellMeaning::Dropped(Message::new("import-rounded")))
        }
        FieldType::Date if whole && (10_000.0..100_000.0).contains(&number) => {
            let day = day::of_serial(number as u64, context.from_1904);
            let day = day
                .ok_or_else(|| explain_input_error(InputKind::Day, &shown, &InputError::Unknown))?;
            Ok(Value::Datetime(Date(day).into()).into())
        }
        // 3.20 was converted to 3.2.
        FieldType::Date
            if (1.0..13.0).contains(&number)
                && [0.1, 0.2, 0.3]
                    .iter()
                    .any(|end| (number.fract() - end).abs() < 1e-6) =>
        {
            Err(expected(&shown, "import-day-rounded"))
        }
        // 2019.10 was converted to 2019.1, which may also be January.
        FieldType::Date if !whole && ((number.fract() * 10.0) - 1.0).abs() < 1e-6 => {
            Err(expected(&shown, "import-month-rounded"))
        }
        FieldType::Date if !whole && number > 10_000.0 => of_number(holds, number.trunc(), context),
        _ if number.abs() >= FIRST_INEXACT => Err(expected(&shown, "import-bad-number")),
        _ => of_text(holds, &shown, context),
    }
}

fn of_text(
    holds: &FieldType,
    text: &str,
    context: &CellContext<'_>,
) -> Result<CellMeaning, Message> {
    let placeholder = || CellMeaning::Dropped(expected(text, "import-placeholder"));
    match holds {
        FieldType::Text | FieldType::Prose | FieldType::Confidential | FieldType::Phone
            if context.is_exact && !is_rounded(text) =>
        {
            return Ok(Value::String(text.to_owned()).into());
        }
        FieldType::Text | FieldType::Prose | FieldType::Confidential | FieldType::Phone
            if is_rounded(text) =>
        {
            return Ok(CellMeaning::Dropped(Message::new("import-rounded")));
        }
        // Words such as 无 are valid answers for these fields.
        FieldType::Boolean => {}
        FieldType::Code(words) if code::known(words, text).is_some() => {}
        FieldType::List(entry)
            if !matches!(**entry, FieldType::Prose) && entered::says_nothing(text) =>
        {
            return Ok(placeholder());
        }
        _ if entered::says_nothing(text) => return Ok(placeholder()),
        _ => {}
    }
    let fail =
        |wanted: InputKind| move |reason: InputError| explain_input_error(wanted, text, &reason);
    Ok(match holds {
        FieldType::Text | FieldType::Confidential | FieldType::Prose => {
            Value::String(text.to_owned()).into()
        }
        FieldType::Phone => {
            let read = phone::phone(text).map_err(fail(InputKind::Phone))?;
            let note = match read.remark {
                Some(remark) => Some(Message::new("import-phone-remark").with("remark", remark)),
                None if phone::is_phone(&read.number) => None,
                None => Some(expected(&read.number, "import-doubt-phone")),
            };
            return Ok(CellMeaning::Value(Value::String(read.number), note));
        }
        FieldType::Number => Value::Integer(i64::from(
            number::count(text).map_err(fail(InputKind::Count))?,
        ))
        .into(),
        FieldType::Boolean => match code::boolean(text) {
            Some(truth) => Value::Boolean(truth).into(),
            None if entered::says_nothing(text) => placeholder(),
            None => return Err(expected(text, "import-bad-truth")),
        },
        FieldType::Date => {
            let (day, note) = with_year(context, |towards| date(text, context, towards))
                .map_err(fail(InputKind::Day))?;
            return Ok(CellMeaning::Value(Value::Datetime(Date(day).into()), note));
        }
        FieldType::DateTime => {
            let (time, note) =
                with_year(context, |towards| day::time(text, context.today, towards))
                    .map_err(fail(InputKind::Time))?;
            return Ok(CellMeaning::Value(
                Value::Datetime(DateTime(time).into()),
                note,
            ));
        }
        FieldType::Money => Value::String(
            amount::amount(text)
                .map_err(fail(InputKind::Amount))?
                .to_string(),
        )
        .into(),
        FieldType::Class => {
            let class = entered::class::class(text, context.school, context.today)
                .map_err(fail(InputKind::Class))?;
            Value::String(class.to_string()).into()
        }
        FieldType::Goal => {
            let bare = narrow(text);
            match bare.parse::<i64>() {
                Ok(number) => Value::Integer(number).into(),
                Err(_) if bare.parse::<Goal>().is_ok() => Value::String(bare).into(),
                Err(_) => return Err(expected(text, "import-bad-number")),
            }
        }
        FieldType::Code(words) => Value::String(known(words, text)?.to_owned()).into(),
        FieldType::Reference(kind) => {
            Value::String(reference(*kind, text.trim(), context)?.to_string()).into()
        }
        FieldType::List(entry) => return list(entry, text, context),
        FieldType::Time => narrow(text)
            .parse::<Time>()
            .map(|time| Value::Datetime(time.into()))
            .map_err(|_| expected(text, "import-bad-time"))?
            .into(),
        FieldType::Table(_)
        | FieldType::Tables(_)
        | FieldType::Counts { .. }
        | FieldType::Match
        | FieldType::Bounds => {
            return Err(expected(text, "import-no-cell"));
        }
    })
}

/// Parses a date with its year, or else places it in the table's period, with a note on this.
fn with_year<T>(
    context: &CellContext<'_>,
    read: impl Fn(Towards) -> Result<T, InputError>,
) -> Result<(T, Option<Message>), InputError> {
    match (read(Towards::Neither), context.period) {
        (Err(InputError::NoYear), Some((period, note))) => {
            Ok((read(Towards::Within(*period))?, Some(note.clone())))
        }
        (read, _) => Ok((read?, None)),
    }
}

/// Parses a date; if the text gives only a month, the configured day of the month is used.
fn date(text: &str, context: &CellContext<'_>, towards: Towards) -> Result<NaiveDate, InputError> {
    day::day(text, context.today, towards).or_else(|reason| match (&reason, context.day_of_month) {
        (InputError::MonthOnly(year, month), Some(day)) => {
            NaiveDate::from_ymd_opt(*year, *month, day).ok_or(InputError::NoSuchDay)
        }
        _ => Err(reason),
    })
}

fn list(entry: &FieldType, text: &str, context: &CellContext<'_>) -> Result<CellMeaning, Message> {
    // A name may contain spaces.
    if let FieldType::Reference(kind) = entry
        && let Ok(id) = reference(*kind, text.trim(), context)
    {
        return Ok(Value::Array(vec![Value::String(id.to_string())]).into());
    }
    if let FieldType::Code(words) = entry
        && let Some(code) = code::known(words, text)
    {
        return Ok(Value::Array(vec![Value::String(code.code.clone())]).into());
    }
    let mut values = Vec::new();
    for part in split(entry, text) {
        match of_text(entry, &part, context)? {
            CellMeaning::Value(value, _) if !values.contains(&value) => values.push(value),
            CellMeaning::Value(..) | CellMeaning::Nothing | CellMeaning::Dropped(_) => {}
        }
    }
    Ok(Value::Array(values).into())
}

/// Whether a spreadsheet program has written a long number as `1.39E+10`, losing its last digits.
fn is_rounded(text: &str) -> bool {
    let upper = text.to_uppercase();
    upper.split_once("E+").is_some_and(|(number, power)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        digits(power) && digits(&number.replacen('.', "", 1))
    })
}

fn known<'a>(words: &'a [CodeWord], text: &str) -> Result<&'a str, Message> {
    code::code(words, text)
        .map(|word| word.code.as_str())
        .map_err(|reason| match reason {
            InputError::Nearly(nearest) => {
                expected(text, "import-unknown-code-nearest").with("nearest", nearest)
            }
            _ => {
                let known: Vec<_> = words.iter().map(|word| word.zh.as_str()).collect();
                expected(text, "import-unknown-code").with("known", known.join("、"))
            }
        })
}

/// Titles that may follow a name.
const TITLES: &[&str] = &[
    "老师",
    "主任",
    "校长",
    "书记",
    "同学",
    "小朋友",
    "教师",
    "班主任",
];

/// Separators between names or short texts in a cell.
const NAME_SEPARATORS: &[char] = &['、', '，', ',', '；', ';', '\n'];

/// The records named by a cell, each with its name, if it names several and all are known.
pub fn several(kind: Kind, text: &str, context: &CellContext<'_>) -> Vec<(String, Id)> {
    let parts = text.split(|c: char| NAME_SEPARATORS.contains(&c) || c.is_whitespace());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let mut found: Vec<(String, Id)> = Vec::new();
    for part in parts.iter().filter(|_| parts.len() > 1) {
        let Ok(id) = reference(kind, part, context) else {
            return Vec::new();
        };
        if !found.iter().any(|(_, known)| *known == id) {
            found.push(((*part).to_owned(), id));
        }
    }
    found
}

fn reference(kind: Kind, text: &str, context: &CellContext<'_>) -> Result<Id, Message> {
    if let Some(id) = Id::parse(kind, text) {
        return if context.names.has(id) {
            Ok(id)
        } else {
            Err(expected(text, "import-unknown-reference").with("kind", kind.name()))
        };
    }
    let narrow = narrow(text);
    let bare = narrow
        .split_once(['(', '['])
        .map_or(narrow.as_str(), |(bare, _)| bare);
    let untitled = TITLES
        .iter()
        .find_map(|title| bare.strip_suffix(title))
        .unwrap_or(bare);
    let called = [text, bare, untitled]
        .into_iter()
        .map(|name| context.names.called(kind, name))
        .find(|ids| !ids.is_empty());
    match called {
        Some([id]) => Ok(*id),
        Some(several) => {
            let mut ids: Vec<_> = several.iter().map(Id::to_string).collect();
            ids.sort();
            Err(expected(text, "import-several-named").with("ids", ids.join(", ")))
        }
        None if several(kind, text, context).len() > 1 => {
            Err(expected(text, "import-several-in-cell"))
        }
        None if text.contains(NAME_SEPARATORS) => {
            let parts = text
                .split(NAME_SEPARATORS)
                .map(str::trim)
                .filter(|part| !part.is_empty());
            for part in parts {
                reference(kind, part, context)?;
            }
            Err(expected(text, "import-several-in-cell"))
        }
        None => Err(expected(text, "import-unknown-reference").with("kind", kind.name())),
    }
}

/// The separators of a list in a cell; prose is not split at commas.
fn separators(entry: &FieldType) -> &'static [char] {
    match entry {
        FieldType::Prose => &['；', ';', '\n'],
        FieldType::Text => NAME_SEPARATORS,
        _ => &['、', '，', ',', '；', ';', '\n', ' ', '\u{3000}'],
    }
}

fn split(entry: &FieldType, text: &str) -> Vec<String> {
    if text.starts_with('[')
        && let Ok(parts) = serde_json::from_str::<Vec<String>>(text)
    {
        return parts;
    }
    text.split(separators(entry))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Joins a list for one cell: its entries separated by `、`, or JSON if that could not be split again.
pub fn joined(entry: &FieldType, parts: &[String]) -> String {
    let plain = parts
        .iter()
        .all(|part| !part.is_empty() && part.trim() == part && !part.contains(separators(entry)));
    let separator = if matches!(entry, FieldType::Prose) {
        "；"
    } else {
        "、"
    };
    let text = parts.join(separator);
    if plain && !text.starts_with('[') {
        text
    } else {
        serde_json::to_string(parts).expect("texts are JSON")
    }
}

/// The characters that start a formula in spreadsheet programs, and the apostrophe that escapes them.
const FORMULA_STARTS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// Escapes a text so that no spreadsheet program takes it for a formula, by a leading `'` if needed.
pub fn escaped(text: &str) -> String {
    let marked = text.is_empty() || text.starts_with(FORMULA_STARTS) || text.trim() != text;
    if marked {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Reverses [`escaped`]; other texts are unchanged.
pub fn unescaped(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest)
            if rest.is_empty() || rest.starts_with(FORMULA_STARTS) || rest.trim() != rest =>
        {
            rest
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests;
