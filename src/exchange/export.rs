//! Exports records as tables: columns and cells, as CSV, workbook or NDJSON.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};
use toml::{Table, Value};
use unicode_width::UnicodeWidthStr;

use super::cell::{escaped, joined};
use super::columns::{labelled, names_header};
use super::disclosure::{Disclosure, Naming, People};
use crate::model::shape::{FieldType, Shape};
use crate::model::{
    FieldPath, HasTable, Id, Kind, KindSet, Money, Record, Records, table_of, with_kind,
};
use crate::text::Lang;

/// The options of an export.
#[derive(Clone, Debug)]
pub struct ExportOptions {
    /// The kinds to export.
    pub kinds: KindSet,
    /// The first and last day, for dated kinds.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// What is disclosed of each record.
    pub disclosure: Disclosure,
    /// The language of headers and code labels; `None` for the field names and codes of the files.
    pub labels: Option<Lang>,
    /// Whether the tables are for people: empty columns are omitted, and the column with the person comes first.
    pub for_people: bool,
}

/// A column after the id.
#[derive(Clone, Debug)]
pub struct ExportColumn {
    /// The field.
    pub path: FieldPath,
    /// The type of its values.
    pub holds: &'static FieldType,
    /// Whether the column shows the names for the ids in the field.
    pub says_names: bool,
}

/// A record as disclosed.
#[derive(Clone, Debug)]
pub struct ExportRow {
    /// Its id or pseudonym.
    pub id: String,
    /// The day, for a dated kind.
    pub day: Option<NaiveDate>,
    /// Its fields.
    pub fields: Table,
}

/// The exported records of a kind.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The kind.
    pub kind: Kind,
    /// The columns after the id.
    pub columns: Vec<ExportColumn>,
    /// The number of empty columns omitted.
    pub empty_columns: usize,
    /// The records.
    pub rows: Vec<ExportRow>,
    /// The names of children and helpers by id, for an export with full names.
    pub names: Arc<HashMap<String, String>>,
}

/// Collects the records to export, by kind and id.
pub fn gather(records: &Records, options: &ExportOptions) -> Vec<Exported> {
    let people = options.disclosure.people(records);
    let names = Arc::new(match options.disclosure.naming {
        Naming::Full => names(records),
        Naming::Nobody | Naming::Pseudonyms(_) => HashMap::new(),
    });
    let kinds = Kind::ALL
        .iter()
        .filter(|kind| options.kinds.contains(**kind));
    kinds
        .map(|kind| {
            let rows: Vec<ExportRow> = with_kind!(*kind, K => rows::<K>(records, options, &people));
            let mut columns = Vec::new();
            let tables: Vec<&Table> = rows.iter().map(|row| &row.fields).collect();
            expand_columns(kind.shape(), &tables, &FieldPath::default(), &mut columns);
            columns.retain(|(path, _)| {
                let field = kind.shape().at(path);
                field.is_none_or(|field| options.disclosure.shows(field))
            });
            let named = |holds: &FieldType| !names.is_empty() && holds_people(holds);
            let columns = columns.into_iter().flat_map(|(path, holds)| {
                let column = |says_names| ExportColumn {
                    path: path.clone(),
                    holds,
                    says_names,
                };
                let beside = named(holds).then(|| column(true));
                std::iter::once(column(false)).chain(beside)
            });
            let mut exported = Exported {
                kind: *kind,
                columns: columns.collect(),
                empty_columns: 0,
                rows,
                names: Arc::clone(&names),
            };
            if options.for_people {
                exported.arrange();
            }
            exported
        })
        .collect()
}

fn rows<K: Record>(records: &Records, options: &ExportOptions, people: &People) -> Vec<ExportRow>
where
    Records: HasTable<K>,
{
    let wanted = |id: Id| match (id.day(), options.days) {
        (Some(day), Some((from, until))) => (from..=until).contains(&day),
        _ => true,
    };
    let entries = HasTable::<K>::table(records).iter();
    let mut rows: Vec<ExportRow> = entries
        .filter(|entry| wanted(entry.id))
        .map(|entry| {
            let mut fields = table_of(&entry.record);
            options.disclosure.apply(K::KIND, &mut fields, people);
            ExportRow {
                id: options.disclosure.id(entry.id),
                day: entry.id.day(),
                fields,
            }
        })
        .collect();
    if matches!(options.disclosure.naming, Naming::Pseudonyms(_)) {
        // Sorted by pseudonym: the order of the records would reveal which is which.
        rows.sort_by(|one, other| one.id.cmp(&other.id));
    }
    rows
}

/// The names of children and helpers by id.
fn names(records: &Records) -> HashMap<String, String> {
    let children = records.children.iter();
    let children = children.map(|entry| (entry.id, &entry.record.name));
    let helpers = records.helpers.iter();
    let helpers = helpers.map(|entry| (entry.id, &entry.record.name));
    children
        .chain(helpers)
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect()
}

/// Whether a field holds ids of persons.
fn holds_people(holds: &FieldType) -> bool {
    match holds {
        FieldType::Reference(kind) => matches!(kind, Kind::Child | Kind::Helper),
        FieldType::List(entry) => holds_people(entry),
        _ => false,
    }
}

/// The columns of a table: one for each field; a list of tables gets as many as its longest instance, at least one.
fn expand_columns(
    shape: &'static Shape,
    tables: &[&Table],
    at: &FieldPath,
    columns: &mut Vec<(FieldPath, &'static FieldType)>,
) {
    for field in &shape.fields {
        let path = at.then(&field.name);
        let values = || tables.iter().filter_map(|table| table.get(&field.name));
        match &field.holds {
            FieldType::Table(inner) => {
                let inner_tables: Vec<_> = values().filter_map(Value::as_table).collect();
                expand_columns(inner, &inner_tables, &path, columns);
            }
            FieldType::Tables(inner) => {
                let lists: Vec<_> = values().filter_map(Value::as_array).collect();
                let longest = lists
                    .iter()
                    .map(|list| list.len())
                    .max()
                    .unwrap_or(0)
                    .max(1);
                for index in 0..longest {
                    let entries: Vec<_> = lists
                        .iter()
                        .filter_map(|list| list.get(index)?.as_table())
                        .collect();
                    expand_columns(inner, &entries, &path.at(index), columns);
                }
            }
            FieldType::Counts { keys, entry } => {
                columns.extend(keys.iter().map(|key| (path.then(key), &**entry)));
            }
            FieldType::Match => {}
            holds => columns.push((path, holds)),
        }
    }
}

/// Formats a value as text: a list as one cell, codes by their labels if a language is given.
pub fn text_of(holds: &FieldType, value: &Value, labels: Option<Lang>) -> String {
    match (holds, value) {
        (FieldType::List(entry), Value::Array(parts)) => {
            let parts: Vec<_> = parts
                .iter()
                .map(|part| text_of(entry, part, labels))
                .collect();
            joined(entry, &parts)
        }
        (FieldType::Code(words), Value::String(code)) => {
            let word = words.iter().find(|word| word.code == *code);
            match (labels, word) {
                (Some(lang), Some(word)) => word.label(lang).to_owned(),
                _ => code.clone(),
            }
        }
        (FieldType::Boolean, Value::Boolean(truth)) if labels == Some(Lang::Zh) => {
            if *truth { "是" } else { "否" }.to_owned()
        }
        (FieldType::Money, Value::String(text)) => text
            .parse()
            .map_or_else(|_| text.clone(), |amount: Money| amount.to_string()),
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}

impl Exported {
    /// Omits empty columns, and moves those that identify the person to the front.
    fn arrange(&mut self) {
        let all = self.columns.len();
        if !self.rows.is_empty() {
            let rows = &self.rows;
            let has_value = |column: &ExportColumn| {
                let mut values = rows
                    .iter()
                    .filter_map(|row| column.path.value_in(&row.fields));
                values.any(|value| value.as_array().is_none_or(|entries| !entries.is_empty()))
            };
            self.columns.retain(has_value);
        }
        self.empty_columns = all - self.columns.len();
        let named = self.columns.iter().position(|column| column.says_names);
        if self.name_column().is_none()
            && let Some(at) = named
        {
            self.columns[..=at].rotate_right(2);
        }
    }

    /// The column that names the person or thing a record is about, if it is one of the first.
    fn name_column(&self) -> Option<usize> {
        let is_name =
            |column: &ExportColumn| column.says_names || column.path == FieldPath::key("name");
        self.columns.iter().take(2).position(is_name)
    }

    /// The text of a cell.
    fn text(&self, column: &ExportColumn, value: &Value, labels: Option<Lang>) -> String {
        if !column.says_names {
            return text_of(column.holds, value, labels);
        }
        let ids = match value {
            Value::Array(ids) => ids.as_slice(),
            id => std::slice::from_ref(id),
        };
        let ids = ids.iter().filter_map(Value::as_str);
        let names = ids.map(|id| self.names.get(id).map_or(id, String::as_str));
        names.collect::<Vec<_>>().join("、")
    }

    /// Returns the headers, starting with that of the id.
    pub fn headers(&self, labels: Option<Lang>) -> Vec<String> {
        let id = if labels == Some(Lang::Zh) {
            "编号"
        } else {
            "id"
        };
        let columns = self.columns.iter().map(|column| {
            let header = match labels {
                Some(lang) => labelled(self.kind, &column.path, lang),
                None => column.path.to_string(),
            };
            if column.says_names {
                format!("{header}.{}", names_header(labels))
            } else {
                header
            }
        });
        std::iter::once(id.to_owned()).chain(columns).collect()
    }

    /// Writes the records as CSV (RFC 4180, UTF-8). With Chinese headers it starts with a byte order mark, by which
    /// spreadsheet programs recognise UTF-8.
    ///
    /// # Errors
    ///
    /// I/O errors of the writer.
    pub fn write_csv(&self, labels: Option<Lang>, mut to: impl Write) -> io::Result<()> {
        if labels.is_some() {
            to.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = csv::Writer::from_writer(to);
        writer
            .write_record(self.headers(labels))
            .map_err(system_fault)?;
        for row in &self.rows {
            let cells = self.columns.iter().map(|column| {
                let value = column.path.value_in(&row.fields);
                value.map_or_else(String::new, |value| {
                    escaped(&self.text(column, value, labels))
                })
            });
            writer
                .write_record(std::iter::once(row.id.clone()).chain(cells))
                .map_err(system_fault)?;
        }
        writer.flush()
    }

    /// Writes the records as NDJSON: objects with `kind`, `id`, the `extra` members, and the fields as in the files;
    /// dates and amounts as strings.
    ///
    /// # Errors
    ///
    /// I/O errors of the writer.
    pub fn write_ndjson(&self, extra: &[(&str, &str)], mut to: impl Write) -> io::Result<()> {
        for row in &self.rows {
            let mut object = serde_json::Map::new();
            object.insert("kind".to_owned(), self.kind.name().into());
            object.insert("id".to_owned(), row.id.as_str().into());
            for (name, value) in extra {
                object.insert((*name).to_owned(), (*value).into());
            }
            object.extend(
                row.fields
                    .iter()
                    .map(|(name, value)| (name.clone(), json(value))),
            );
            serde_json::to_writer(&mut to, &object)?;
            to.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// Unwraps the I/O error of the CSV writer, so that a broken pipe is recognised.
fn system_fault(fault: csv::Error) -> io::Error {
    match fault.into_kind() {
        csv::ErrorKind::Io(fault) => fault,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Converts a TOML value to JSON.
pub fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::String(text) => text.as_str().into(),
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Boolean(truth) => (*truth).into(),
        Value::Datetime(literal) => literal.to_string().into(),
        Value::Array(entries) => entries.iter().map(json).collect(),
        Value::Table(table) => serde_json::Value::Object(
            table
                .iter()
                .map(|(name, value)| (name.clone(), json(value)))
                .collect(),
        ),
    }
}

/// The paper size A4 in the OOXML numbering.
const A4: u8 = 9;

/// Builds a workbook with a sheet for each kind: typed columns, a filter, frozen header and identifying columns,
/// printed on A4 landscape fitted to the page width.
///
/// # Errors
///
/// The limits of the format: a cell holds at most 32,767 characters.
pub fn workbook(exported: &[Exported], labels: Option<Lang>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed creation date, so that the output is reproducible.
    let properties = rust_xlsxwriter::DocProperties::new()
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    for part in exported {
        let sheet = book.add_worksheet();
        let name = match labels {
            Some(lang) => part.kind.label().get(lang),
            None => part.kind.folder(),
        };
        let frozen = part.name_column().map_or(1, |at| at as u16 + 2);
        sheet.set_name(name)?.set_freeze_panes(1, frozen)?;
        sheet.set_landscape().set_paper_size(A4);
        sheet.set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        sheet.set_footer("&C&P / &N");
        let bold = Format::new().set_bold();
        let headers = part.headers(labels);
        for (column, header) in (0..).zip(&headers) {
            sheet.write_string_with_format(0, column, header, &bold)?;
        }
        let mut widths: Vec<usize> = headers.iter().map(|header| header.width()).collect();
        let formats: Vec<Format> = std::iter::once(&FieldType::Text)
            .chain(part.columns.iter().map(|column| column.holds))
            .map(|holds| Format::new().set_num_format(number_format(holds)))
            .collect();
        for (number, row) in (1..).zip(&part.rows) {
            sheet.write_string_with_format(number, 0, &row.id, &formats[0])?;
            widths[0] = widths[0].max(row.id.width());
            for (column, exported) in (1..).zip(&part.columns) {
                let Some(value) = exported.path.value_in(&row.fields) else {
                    continue;
                };
                let format = &formats[usize::from(column)];
                let (holds, text) = (exported.holds, part.text(exported, value, labels));
                widths[usize::from(column)] = widths[usize::from(column)].max(text.width());
                match (holds, value) {
                    (FieldType::Number | FieldType::Goal, Value::Integer(whole)) => {
                        sheet.write_number_with_format(number, column, *whole as f64, format)?;
                    }
                    (FieldType::Money, _) if text.parse::<Money>().is_ok() => {
                        let fen = text.parse().map_or(0, Money::fen);
                        sheet.write_number_with_format(
                            number,
                            column,
                            fen as f64 / 100.0,
                            format,
                        )?;
                    }
                    (FieldType::Boolean, Value::Boolean(truth)) if labels.is_none() => {
                        sheet.write_boolean_with_format(number, column, *truth, format)?;
                    }
                    (FieldType::Date | FieldType::DateTime, Value::Datetime(at)) => {
                        match excel_time(at) {
                            Some(at) => {
                                sheet.write_datetime_with_format(number, column, &at, format)?
                            }
                            None => sheet.write_string(number, column, text)?,
                        };
                    }
                    _ => {
                        sheet.write_string_with_format(number, column, escaped(&text), format)?;
                    }
                }
            }
        }
        let last = (part.rows.len() as u32, part.columns.len() as u16);
        sheet.autofilter(0, 0, last.0, last.1)?;
        for (column, width) in (0..).zip(widths) {
            sheet.set_column_width(column, width.clamp(6, 40) as f64 + 2.0)?;
        }
    }
    book.save_to_buffer()
}

fn number_format(holds: &FieldType) -> &'static str {
    match holds {
        FieldType::Number | FieldType::Goal => "0",
        FieldType::Money => "0.00",
        FieldType::Date => "yyyy-mm-dd",
        FieldType::DateTime => "yyyy-mm-dd hh:mm:ss",
        FieldType::Boolean => "General",
        // Text format: otherwise spreadsheet programs convert phone numbers.
        _ => "@",
    }
}

/// Converts a date and time for a workbook; `None` before 1900, where its calendar begins.
fn excel_time(at: &toml::value::Datetime) -> Option<ExcelDateTime> {
    let date = at.date.filter(|date| date.year > 1900)?;
    let day = ExcelDateTime::from_ymd(date.year, date.month, date.day).ok()?;
    match at.time {
        Some(time) => day
            .and_hms(u16::from(time.hour), time.minute, time.second.unwrap_or(0))
            .ok(),
        None => Some(day),
    }
}
