//! Rows and columns as a table for people, or as CSV and JSON for scripts.

mod csv;
mod form;
mod format;
mod json;
pub(crate) mod layout;
mod md;
mod ndjson;
mod table;

use std::io::{self, Write};

use clap::ValueEnum;
use serde_json::Value;

pub(crate) use form::{Cell, Column, Fit, Objects, Printer, Target};
pub(crate) use format::{Format, FormatOr};

/// How what is no table is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextFormat {
    /// Lines for people.
    Text,
    /// For scripts.
    Json,
}

/// Rows with their columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// Prints the rows.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    pub(crate) fn print(self, target: &mut Target<'_>, format: Format) -> io::Result<()> {
        print(target, format, &self.columns, self.rows.into_iter())
    }
}

/// Prints rows one by one, as they are made.
///
/// # Errors
///
/// The output cannot be written.
pub(crate) fn print(
    target: &mut Target<'_>,
    format: Format,
    columns: &[Column],
    mut rows: impl Iterator<Item = Vec<Cell>>,
) -> io::Result<()> {
    match format.printer() {
        Printer::Terminal(form) | Printer::Document(form) | Printer::Cells(form) => {
            form.print(target, columns, &mut rows)
        }
        Printer::Series(form) | Printer::Whole(form) => {
            form.list(target.out, &mut rows.map(|row| object(columns, row)))
        }
    }
}

fn object(columns: &[Column], row: Vec<Cell>) -> Value {
    let keys = columns.iter().map(|column| column.key.clone());
    Value::Object(keys.zip(row.into_iter().map(|cell| cell.value)).collect())
}

/// Prints a value as JSON, indented.
///
/// # Errors
///
/// The output cannot be written.
pub(crate) fn print_json(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    json::Json.value(out, value)
}
