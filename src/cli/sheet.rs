//! Rows and columns as a table for people, or as CSV and JSON for scripts.

use std::io::Write;

use anyhow::Context;
use clap::ValueEnum;
use comfy_table::{
    Attribute, Cell as TableCell, CellAlignment, ColumnConstraint, ContentArrangement, Table,
    Width, presets,
};
use serde::Serializer;
use serde_json::Value;

use super::session::Session;
use crate::document::{self, Alignment, Block, Document, Inline, PageStyle, Sources};
use crate::exchange::cell::escaped;
use crate::text::{Lang, sanitize, width};

/// How rows are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    #[default]
    Table,
    Csv,
    Json,
    // One object a line.
    #[value(name = "jsonl", alias = "ndjson")]
    Ndjson,
    // A table in Markdown.
    #[value(alias = "markdown")]
    Md,
}

/// How what is no table is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Plain {
    /// Lines for people.
    Text,
    /// For scripts.
    Json,
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Its name for scripts.
    pub(super) key: String,
    /// Its name for people.
    pub(super) label: String,
    /// Whether it holds numbers, which stand to the right.
    pub(super) number: bool,
}

impl Column {
    pub(super) fn new(key: impl Into<String>, label: impl Into<String>) -> Column {
        Column {
            key: key.into(),
            label: label.into(),
            number: false,
        }
    }

    pub(super) fn number(mut self) -> Column {
        self.number = true;
        self
    }
}

/// A value with its words for people.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// For people.
    pub(super) text: String,
    /// For scripts.
    pub(super) value: Value,
}

impl Cell {
    pub(super) fn new(text: impl Into<String>, value: impl Into<Value>) -> Cell {
        Cell {
            text: text.into(),
            value: value.into(),
        }
    }

    /// A value that people and scripts read the same.
    pub(super) fn plain(value: impl Into<Value>) -> Cell {
        let value = value.into();
        Cell {
            text: plain(&value),
            value,
        }
    }
}

/// A value as the text of a cell; the entries of a list with spaces between.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(entries) if entries.iter().all(|entry| !entry.is_object()) => {
            entries.iter().map(plain).collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}

/// Rows with their columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// Prints the rows.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    pub(super) fn print(self, session: &mut Session, format: Format) -> anyhow::Result<()> {
        print(session, format, &self.columns, self.rows.into_iter())
    }

    /// The rows as a table in Markdown, with the words for people.
    ///
    /// # Errors
    ///
    /// There is no such form.
    pub(super) fn markdown(&self, lang: Lang) -> anyhow::Result<Vec<u8>> {
        let text = |text: &str| vec![Inline::Text(document::clean(text))];
        let table = document::Table {
            caption: None,
            alignments: self
                .columns
                .iter()
                .map(|column| match column.number {
                    true => Alignment::Right,
                    false => Alignment::Left,
                })
                .collect(),
            header: self
                .columns
                .iter()
                .map(|column| text(&column.label))
                .collect(),
            rows: self
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| text(&cell.text)).collect())
                .collect(),
        };
        let whole = Document {
            title: String::new(),
            lang,
            page: PageStyle::default(),
            blocks: vec![Block::Table(table)],
            sources: Sources::default(),
        };
        let format = document::format("md").context("md")?;
        Ok(format.render(&whole)?)
    }
}

/// Prints rows one by one, as they are made.
///
/// # Errors
///
/// The output cannot be written.
pub(super) fn print(
    session: &mut Session,
    format: Format,
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> anyhow::Result<()> {
    match format {
        Format::Table => print_table(session, columns, rows),
        Format::Md => {
            let sheet = Sheet {
                columns: columns.to_vec(),
                rows: rows.collect(),
            };
            let text = sheet.markdown(session.lang)?;
            Ok(session.out().write_all(&text)?)
        }
        Format::Csv => print_csv(session, columns, rows),
        Format::Json | Format::Ndjson => {
            print_objects(session, format, rows.map(|row| object(columns, row)))
        }
    }
}

/// Prints objects one by one: a line each, or as one list, indented.
///
/// # Errors
///
/// The output cannot be written.
pub(super) fn print_objects(
    session: &mut Session,
    format: Format,
    objects: impl Iterator<Item = Value>,
) -> anyhow::Result<()> {
    let out = session.out();
    if format == Format::Ndjson {
        for object in objects {
            writeln!(out, "{object}")?;
        }
    } else {
        serde_json::Serializer::pretty(&mut *out).collect_seq(objects)?;
        writeln!(out)?;
    }
    Ok(())
}

fn object(columns: &[Column], row: Vec<Cell>) -> Value {
    let keys = columns.iter().map(|column| column.key.clone());
    Value::Object(keys.zip(row.into_iter().map(|cell| cell.value)).collect())
}

fn print_csv(
    session: &mut Session,
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(session.out());
    writer.write_record(columns.iter().map(|column| &column.key))?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| match &cell.value {
            Value::String(text) if !text.is_empty() => escaped(text),
            value => plain(value),
        }))?;
    }
    writer.flush()?;
    Ok(())
}

/// Rows that are laid out together: a layout takes ten times the memory of the texts.
const LAID_OUT: usize = 1024;

fn print_table(
    session: &mut Session,
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> anyhow::Result<()> {
    let safe = |cell: Cell| sanitize::terminal(&cell.text).into_owned();
    let texts: Vec<Vec<String>> = rows
        .map(|row| row.into_iter().map(safe).collect())
        .collect();
    // On a terminal the columns are fitted to each other by all that is in them.
    if session.width().is_some() || texts.len() <= LAID_OUT {
        return print_part(session, columns, &texts, true, None);
    }
    let width = |at: usize| {
        let cells = texts.iter().filter_map(|row| row.get(at));
        let cells = cells.map(String::as_str).chain([&*columns[at].label]);
        cells.map(width::width).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    for (at, part) in texts.chunks(LAID_OUT).enumerate() {
        print_part(session, columns, part, at == 0, Some(&widths))?;
    }
    Ok(())
}

/// Prints some of the rows of a table, the columns so wide as said or as they need.
fn print_part(
    session: &mut Session,
    columns: &[Column],
    rows: &[Vec<String>],
    has_header: bool,
    widths: Option<&[usize]>,
) -> anyhow::Result<()> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    match session.width() {
        Some(width) => table
            .set_width(width)
            .set_content_arrangement(ContentArrangement::Dynamic),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    table.enforce_styling();
    if has_header {
        let header = columns
            .iter()
            .map(|column| TableCell::new(&column.label).add_attribute(Attribute::Bold));
        table.set_header(header);
    }
    table.add_rows(rows);
    for (at, (column, told)) in table.column_iter_mut().zip(columns).enumerate() {
        if told.number {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if told.key == "id" {
            // Ids of figures are words with dots between them.
            column.set_delimiter('.');
        }
        column.set_padding((0, GAP));
        if let Some(widths) = widths {
            let width = u16::try_from(widths[at]).unwrap_or(u16::MAX);
            let width = Width::Fixed(width.saturating_add(GAP));
            column.set_constraint(ColumnConstraint::Absolute(width));
        }
    }
    for line in table.lines() {
        writeln!(session.out(), "{}", line.trim_end())?;
    }
    Ok(())
}

/// Cells between two columns.
const GAP: u16 = 2;

/// Prints a value as JSON, indented.
///
/// # Errors
///
/// The output cannot be written.
pub(super) fn print_json(session: &mut Session, value: &Value) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *session.out(), value)?;
    writeln!(session.out())?;
    Ok(())
}
