//! Rows and columns as a table for people, or as CSV and JSON for scripts.

use std::io::Write;

use anyhow::Context;
use clap::ValueEnum;
use comfy_table::{
    Attribute, Cell as TableCell, CellAlignment, ContentArrangement, Table, presets,
};
use serde_json::Value;

use super::session::Session;
use crate::document::{self, Alignment, Block, Document, Inline, PageStyle, Sources};
use crate::exchange::cell::escaped;
use crate::text::{Lang, sanitize};

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
    pub(super) fn print(&self, session: &mut Session, format: Format) -> anyhow::Result<()> {
        match format {
            Format::Table => self.print_table(session),
            Format::Md => {
                let text = self.markdown(session.lang)?;
                Ok(session.out().write_all(&text)?)
            }
            Format::Csv => self.print_csv(session),
            Format::Json => {
                let rows: Vec<_> = self.objects().collect();
                print_json(session, &Value::Array(rows))
            }
            Format::Ndjson => {
                for object in self.objects() {
                    writeln!(session.out(), "{object}")?;
                }
                Ok(())
            }
        }
    }

    /// The rows as objects by the columns' names for scripts.
    pub(super) fn objects(&self) -> impl Iterator<Item = Value> {
        self.rows.iter().map(|row| {
            let fields = self.columns.iter().zip(row);
            Value::Object(
                fields
                    .map(|(column, cell)| (column.key.clone(), cell.value.clone()))
                    .collect(),
            )
        })
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

    fn print_csv(&self, session: &mut Session) -> anyhow::Result<()> {
        let mut writer = csv::Writer::from_writer(session.out());
        writer.write_record(self.columns.iter().map(|column| &column.key))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| match &cell.value {
                Value::String(text) if !text.is_empty() => escaped(text),
                value => plain(value),
            }))?;
        }
        writer.flush()?;
        Ok(())
    }

    fn print_table(&self, session: &mut Session) -> anyhow::Result<()> {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        match session.width() {
            Some(width) => table
                .set_width(width)
                .set_content_arrangement(ContentArrangement::Dynamic),
            None => table.set_content_arrangement(ContentArrangement::Disabled),
        };
        let header = self
            .columns
            .iter()
            .map(|column| TableCell::new(&column.label).add_attribute(Attribute::Bold));
        table.enforce_styling().set_header(header);
        for row in &self.rows {
            table.add_row(
                row.iter()
                    .map(|cell| sanitize::terminal(&cell.text).into_owned()),
            );
        }
        for (column, told) in table.column_iter_mut().zip(&self.columns) {
            if told.number {
                column.set_cell_alignment(CellAlignment::Right);
            }
            if told.key == "id" {
                // Ids of figures are words with dots between them.
                column.set_delimiter('.');
            }
            column.set_padding((0, 2));
        }
        for line in table.lines() {
            writeln!(session.out(), "{}", line.trim_end())?;
        }
        Ok(())
    }
}

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
