//! Columns, cells and printers of tables.

use std::io::{self, Write};

use serde_json::Value;

use crate::text::Lang;

/// How a text wider than its column is fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overflow {
    /// Wrapped between words.
    Wrap,
    /// Wrapped between names.
    Names,
    /// Truncated; of several names no name is cut.
    Cut,
    /// Never broken: an id, a date.
    Whole,
    /// Never broken, and aligned right.
    Number,
}

#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// The machine-readable name.
    pub(crate) key: String,
    /// The display name.
    pub(crate) label: String,
    /// How its texts are fitted to a narrow terminal.
    pub(crate) fit: Overflow,
}

impl Column {
    /// A column of wrapped text; of ids if `key` is `id`.
    pub(crate) fn new(key: impl Into<String>, label: impl Into<String>) -> Column {
        let key = key.into();
        Column {
            fit: if key == "id" {
                Overflow::Whole
            } else {
                Overflow::Wrap
            },
            key,
            label: label.into(),
        }
    }

    /// Truncates the texts; not for ids.
    pub(crate) fn cut(self) -> Column {
        let fit = if self.fit == Overflow::Wrap {
            Overflow::Cut
        } else {
            self.fit
        };
        Column { fit, ..self }
    }

    pub(crate) fn names(self) -> Column {
        Column {
            fit: Overflow::Names,
            ..self
        }
    }

    pub(crate) fn number(self) -> Column {
        Column {
            fit: Overflow::Number,
            ..self
        }
    }

    pub(crate) fn is_number(&self) -> bool {
        self.fit == Overflow::Number
    }
}

/// A value with its display text.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// The display text.
    pub(crate) text: String,
    /// The machine-readable value.
    pub(crate) value: Value,
}

impl Cell {
    pub(crate) fn new(text: impl Into<String>, value: impl Into<Value>) -> Cell {
        Cell {
            text: text.into(),
            value: value.into(),
        }
    }

    /// A cell whose display text is its value.
    pub(crate) fn plain(value: impl Into<Value>) -> Cell {
        let value = value.into();
        Cell {
            text: plain(&value),
            value,
        }
    }
}

/// Formats a value as text; the entries of a list are separated by spaces.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(entries) if entries.iter().all(|entry| !entry.is_object()) => {
            entries.iter().map(plain).collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}

/// The output for a table.
pub(crate) struct Target<'t> {
    pub(crate) out: &'t mut dyn Write,
    pub(crate) lang: Lang,
    /// The width of the terminal, in cells; `None` without a terminal.
    pub(crate) width: Option<u16>,
    pub(crate) is_coloured: bool,
}

/// A printer of rows.
pub(crate) trait Rows: Sync {
    /// Prints rows, one by one if possible.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    fn print(
        &self,
        target: &mut Target<'_>,
        columns: &[Column],
        rows: &mut dyn Iterator<Item = Vec<Cell>>,
    ) -> io::Result<()>;
}

/// A printer of objects.
pub(crate) trait Objects: Sync {
    /// Prints objects one by one.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    fn list(&self, out: &mut dyn Write, objects: &mut dyn Iterator<Item = Value>)
    -> io::Result<()>;

    /// Prints one value.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    fn value(&self, out: &mut dyn Write, value: &Value) -> io::Result<()>;
}

/// The printer of a format, by audience.
#[derive(Clone, Copy)]
pub(crate) enum Printer {
    /// Text in columns for a terminal.
    Terminal(&'static dyn Rows),
    /// Markup for documents.
    Document(&'static dyn Rows),
    /// Cells for spreadsheet programs.
    Cells(&'static dyn Rows),
    /// A sequence of objects for programs.
    Series(&'static dyn Objects),
    /// A single value for programs.
    Whole(&'static dyn Objects),
}
