//! What a cell says, as the value that a field holds; and the other way round.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use toml::Value;

use super::sheet::Cell;
use crate::diagnostic::{Message, Wanted, explain_input_error};
use crate::model::entered::class::{Part, part};
use crate::model::entered::day::{self, Towards};
use crate::model::entered::period::Period;
use crate::model::entered::{self, InputError, amount, code, narrow, number, phone};
use crate::model::money::Goal;
use crate::model::shape::{CodeWord, Holds};
use crate::model::{Date, DateTime, Id, Kind, School, Time, folded};

/// Numbers from here on are not exact in a spreadsheet program, which keeps 15 digits.
const INEXACT: f64 = 1e15;

/// Who is called what: the records that are there, and those that come with the same import.
#[derive(Debug, Default)]
pub struct Names {
    ids: HashSet<Id>,
    named: HashMap<(Kind, String), Vec<Id>>,
}

impl Names {
    /// Notes a record.
    pub fn note(&mut self, id: Id, name: Option<&str>) {
        if self.ids.insert(id)
            && let Some(name) = name
        {
            let key = (id.kind(), folded(name));
            self.named.entry(key).or_default().push(id);
        }
    }

    /// Whether there is a record with an id.
    pub fn has(&self, id: Id) -> bool {
        self.ids.contains(&id)
    }

    /// Those who are called so.
    pub fn called(&self, kind: Kind, text: &str) -> &[Id] {
        self.named
            .get(&(kind, folded(text)))
            .map_or(&[], Vec::as_slice)
    }
}

/// What the meaning of a cell depends on beside the cell.
pub struct CellContext<'a> {
    /// The school's settings, for the names of classes.
    pub school: &'a School,
    /// The day, for the names of classes.
    pub today: NaiveDate,
    /// Who is called what.
    pub names: &'a Names,
    /// The day of the month of days that name only a month.
    pub day_of_month: Option<u32>,
    /// The period in which days without a year lie, and who says so.
    pub period: Option<&'a (Period, Message)>,
    /// Whether the workbook counts days from 1904.
    pub from_1904: bool,
    /// Whether texts stand in the table as records hold them, as in what `export` writes.
    pub is_exact: bool,
}

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub enum CellMeaning {
    /// Nothing.
    Nothing,
    /// A value, with a word on what of the cell is not taken.
    Value(Value, Option<Message>),
    /// Nothing that can be kept: what the file has lost, or a word for nothing.
    Dropped(Message),
}

impl From<Value> for CellMeaning {
    fn from(value: Value) -> CellMeaning {
        CellMeaning::Value(value, None)
    }
}

/// The value of a cell for a field.
///
/// # Errors
///
/// What is wrong with the cell.
pub fn value(
    holds: &Holds,
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
        Cell::Truth(truth) => match holds {
            Holds::Truth => Ok(Value::Boolean(*truth).into()),
            _ => of_text(holds, if *truth { "TRUE" } else { "FALSE" }, context),
        },
        Cell::Time(time) => match holds {
            Holds::Date => Ok(Value::Datetime(Date(time.date()).into()).into()),
            Holds::DateTime => Ok(Value::Datetime(DateTime(*time).into()).into()),
            // 3-1 became the first of March.
            Holds::Class => Err(expected(&cell.shown(), "import-class-became-day")),
            _ => of_text(holds, &cell.shown(), context),
        },
    }
}

/// What a cell says about a class: all of it, its grade or its number.
///
/// # Errors
///
/// What is wrong with the cell.
pub fn class_part(cell: &Cell, context: &CellContext<'_>) -> Result<Option<Part>, Message> {
    let read = |text: &str| {
        part(text, context.school)
            .map(Some)
            .map_err(|reason| explain_input_error(Wanted::Class, text, &reason))
    };
    match cell {
        Cell::Empty => Ok(None),
        Cell::Error(text) => Err(expected(text, "import-cell-error")),
        Cell::Uncomputed => Err(Message::new("import-uncomputed")),
        Cell::Time(_) => Err(expected(&cell.shown(), "import-class-became-day")),
        // 3.10 became 3.1.
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
    holds: &Holds,
    number: f64,
    context: &CellContext<'_>,
) -> Result<CellMeaning, Message> {
    let shown = Cell::Number(number).shown();
    let whole = number.fract() == 0.0;
    match holds {
        Holds::Goal if number > 0.0 && number <= 1.0 && !whole => {
            // A cell formatted as a share.
            let shown = Cell::Number(number * 100.0).shown();
            of_text(holds, &format!("{shown}%"), context)
        }
        Holds::Truth if number == 0.0 || number == 1.0 => Ok(Value::Boolean(number == 1.0).into()),
        Holds::Text | Holds::Phone | Holds::Confidential | Holds::Prose
            if number.abs() >= INEXACT =>
        {
            Ok(CellMeaning::Dropped(Message::new("import-rounded")))
        }
        Holds::Date if whole && (10_000.0..100_000.0).contains(&number) => {
            let day = day::of_serial(number as u64, context.from_1904);
            let day =
                day.ok_or_else(|| explain_input_error(Wanted::Day, &shown, &InputError::Unknown))?;
            Ok(Value::Datetime(Date(day).into()).into())
        }
        // 3.20 became 3.2.
        Holds::Date
            if (1.0..13.0).contains(&number)
                && [0.1, 0.2, 0.3]
                    .iter()
                    .any(|end| (number.fract() - end).abs() < 1e-6) =>
        {
            Err(expected(&shown, "import-day-rounded"))
        }
        // 2019.10 became 2019.1, which may be January too.
        Holds::Date if !whole && ((number.fract() * 10.0) - 1.0).abs() < 1e-6 => {
            Err(expected(&shown, "import-month-rounded"))
        }
        Holds::Date if !whole && number > 10_000.0 => of_number(holds, number.trunc(), context),
        _ if number.abs() >= INEXACT => Err(expected(&shown, "import-bad-number")),
        _ => of_text(holds, &shown, context),
    }
}

fn of_text(holds: &Holds, text: &str, context: &CellContext<'_>) -> Result<CellMeaning, Message> {
    let placeholder = || CellMeaning::Dropped(expected(text, "import-placeholder"));
    match holds {
        Holds::Text | Holds::Prose | Holds::Confidential | Holds::Phone
            if context.is_exact && !is_rounded(text) =>
        {
            return Ok(Value::String(text.to_owned()).into());
        }
        Holds::Text | Holds::Prose | Holds::Confidential | Holds::Phone if is_rounded(text) => {
            return Ok(CellMeaning::Dropped(Message::new("import-rounded")));
        }
        // Of these the words for nothing are answers, where they are answers.
        Holds::Truth => {}
        Holds::Code(words) if code::known(words, text).is_some() => {}
        Holds::List(entry) if !matches!(**entry, Holds::Prose) && entered::says_nothing(text) => {
            return Ok(placeholder());
        }
        _ if entered::says_nothing(text) => return Ok(placeholder()),
        _ => {}
    }
    let fail =
        |wanted: Wanted| move |reason: InputError| explain_input_error(wanted, text, &reason);
    Ok(match holds {
        Holds::Text | Holds::Confidential | Holds::Prose => Value::String(text.to_owned()).into(),
        Holds::Phone => {
            let read = phone::phone(text).map_err(fail(Wanted::Phone))?;
            let note = match read.remark {
                Some(remark) => Some(Message::new("import-phone-remark").with("remark", remark)),
                None if phone::is_phone(&read.number) => None,
                None => Some(expected(&read.number, "import-doubt-phone")),
            };
            return Ok(CellMeaning::Value(Value::String(read.number), note));
        }
        Holds::Number => {
            Value::Integer(i64::from(number::count(text).map_err(fail(Wanted::Count))?)).into()
        }
        Holds::Truth => match code::truth(text) {
            Some(truth) => Value::Boolean(truth).into(),
            None if entered::says_nothing(text) => placeholder(),
            None => return Err(expected(text, "import-bad-truth")),
        },
        Holds::Date => {
            let (day, note) = with_year(context, |towards| date(text, context, towards))
                .map_err(fail(Wanted::Day))?;
            return Ok(CellMeaning::Value(Value::Datetime(Date(day).into()), note));
        }
        Holds::DateTime => {
            let (time, note) =
                with_year(context, |towards| day::time(text, context.today, towards))
                    .map_err(fail(Wanted::Time))?;
            return Ok(CellMeaning::Value(
                Value::Datetime(DateTime(time).into()),
                note,
            ));
        }
        Holds::Money => Value::String(
            amount::amount(text)
                .map_err(fail(Wanted::Amount))?
                .to_string(),
        )
        .into(),
        Holds::Class => {
            let class = entered::class::class(text, context.school, context.today)
                .map_err(fail(Wanted::Class))?;
            Value::String(class.to_string()).into()
        }
        Holds::Goal => {
            let bare = narrow(text);
            match bare.parse::<i64>() {
                Ok(number) => Value::Integer(number).into(),
                Err(_) if bare.parse::<Goal>().is_ok() => Value::String(bare).into(),
                Err(_) => return Err(expected(text, "import-bad-number")),
            }
        }
        Holds::Code(words) => Value::String(known(words, text)?.to_owned()).into(),
        Holds::Reference(kind) => {
            Value::String(reference(*kind, text.trim(), context)?.to_string()).into()
        }
        Holds::List(entry) => return list(entry, text, context),
        Holds::Time => narrow(text)
            .parse::<Time>()
            .map(|time| Value::Datetime(time.into()))
            .map_err(|_| expected(text, "import-bad-time"))?
            .into(),
        Holds::Table(_)
        | Holds::Tables(_)
        | Holds::Counts { .. }
        | Holds::Match
        | Holds::Bounds => {
            return Err(expected(text, "import-no-cell"));
        }
    })
}

/// What is read with its year, or else in the period that the table is about, with a word on that.
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

/// A day, or that of the month which was asked for where a text names only the month.
fn date(text: &str, context: &CellContext<'_>, towards: Towards) -> Result<NaiveDate, InputError> {
    day::day(text, context.today, towards).or_else(|reason| match (&reason, context.day_of_month) {
        (InputError::MonthOnly(year, month), Some(day)) => {
            NaiveDate::from_ymd_opt(*year, *month, day).ok_or(InputError::NoSuchDay)
        }
        _ => Err(reason),
    })
}

fn list(entry: &Holds, text: &str, context: &CellContext<'_>) -> Result<CellMeaning, Message> {
    // A name with a blank inside is one.
    if let Holds::Reference(kind) = entry
        && let Ok(id) = reference(*kind, text.trim(), context)
    {
        return Ok(Value::Array(vec![Value::String(id.to_string())]).into());
    }
    if let Holds::Code(words) = entry
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

/// Whether a spreadsheet program has written a long number as `1.39E+10`: its last digits are lost.
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

/// What stands behind a name and says who someone is.
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

/// What stands between several names in a cell.
const BETWEEN: &[char] = &['、', '，', ',', '；', ';', '\n'];

/// The records that a cell names, each with its name, where it names several and all are known.
pub fn several(kind: Kind, text: &str, context: &CellContext<'_>) -> Vec<(String, Id)> {
    let parts = text.split(|c: char| BETWEEN.contains(&c) || c.is_whitespace());
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
        None if text.contains(BETWEEN) => {
            let parts = text
                .split(BETWEEN)
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

/// Where a list in a cell is cut: sentences only where no sentence has commas.
fn separators(entry: &Holds) -> &'static [char] {
    match entry {
        Holds::Prose => &['；', ';', '\n'],
        Holds::Text => &['、', '，', ',', '；', ';', '\n'],
        _ => &['、', '，', ',', '；', ';', '\n', ' ', '\u{3000}'],
    }
}

fn split(entry: &Holds, text: &str) -> Vec<String> {
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

/// A list as one cell: its entries with `、` between them, or as JSON where that could not be cut again.
pub fn joined(entry: &Holds, parts: &[String]) -> String {
    let plain = parts
        .iter()
        .all(|part| !part.is_empty() && part.trim() == part && !part.contains(separators(entry)));
    let separator = if matches!(entry, Holds::Prose) {
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

/// What spreadsheet programs take for the beginning of a formula, and what a mark before it looks like.
const ACTIVE: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// A text that no spreadsheet program takes for a formula: with `'` before it where it might.
pub fn escaped(text: &str) -> String {
    let marked = text.is_empty() || text.starts_with(ACTIVE) || text.trim() != text;
    if marked {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text that [`escaped`] was made from; others as they are.
pub fn unescaped(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.is_empty() || rest.starts_with(ACTIVE) || rest.trim() != rest => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests;
