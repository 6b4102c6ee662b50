//! Columns and cells, and the ways to print them.

use std::io::{self, Write};

use serde_json::Value;

use crate::text::Lang;

/// What is done with a text that is wider than its column may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overflow {
    /// It goes on below, between words.
    Wrap,
    /// It is a list of names, and goes on below, between names.
    Names,
    /// It is cut; of several names no name is cut.
    Cut,
    /// It stays whole: an id, a day.
    Whole,
    /// It stays whole and stands to the right.
    Number,
}

/// A column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Its name for scripts.
    pub(crate) key: String,
    /// Its name for people.
    pub(crate) label: String,
    /// What is done with texts that a terminal is too narrow for.
    pub(crate) fit: Overflow,
}

impl Column {
    /// A column of texts, or of ids where that is its name.
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

    /// With texts that are cut where a terminal is too narrow; ids are not.
    pub(crate) fn cut(self) -> Column {
        let fit = if self.fit == Overflow::Wrap {
            Overflow::Cut
        } else {
            self.fit
        };
        Column { fit, ..self }
    }

    /// With names of people, none of which is broken.
    pub(crate) fn names(self) -> Column {
        Column {
            fit: Overflow::Names,
            ..self
        }
    }

    /// With numbers, which stand to the right.
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

/// A value with its words for people.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// For people.
    pub(crate) text: String,
    /// For scripts.
    pub(crate) value: Value,
}

impl Cell {
    pub(crate) fn new(text: impl Into<String>, value: impl Into<Value>) -> Cell {
        Cell {
            text: text.into(),
            value: value.into(),
        }
    }

    /// A value that people and scripts read the same.
    pub(crate) fn plain(value: impl Into<Value>) -> Cell {
        let value = value.into();
        Cell {
            text: plain(&value),
            value,
        }
    }
}

/// A value as the text of a cell; the entries of a list with spaces between.
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

/// Where a table is printed.
pub(crate) struct Target<'t> {
    pub(crate) out: &'t mut dyn Write,
    pub(crate) lang: Lang,
    /// The width of the terminal, in cells; none where there is no terminal.
    pub(crate) width: Option<u16>,
    pub(crate) is_coloured: bool,
}

/// A way to print rows.
pub(crate) trait Rows: Sync {
    /// Prints rows, one by one where it can.
    ///
    /// # Errors
    ///
    /// The target cannot be written.
    fn print(
        &self,
        target: &mut Target<'_>,
        columns: &[Column],
        rows: &mut dyn Iterator<Item = Vec<Cell>>,
    ) -> io::Result<()>;
}

/// A way to print objects.
pub(crate) trait Objects: Sync {
    /// Prints objects one by one, as they are made.
    ///
    /// # Errors
    ///
    /// They cannot be written.
    fn list(&self, out: &mut dyn Write, objects: &mut dyn Iterator<Item = Value>)
    -> io::Result<()>;

    /// Prints one value.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    fn value(&self, out: &mut dyn Write, value: &Value) -> io::Result<()>;
}

/// What prints the tables of a format, by for whom they are.
#[derive(Clone, Copy)]
pub(crate) enum Printer {
    /// Text in columns for a terminal.
    Terminal(&'static dyn Rows),
    /// Markup for a document.
    Document(&'static dyn Rows),
    /// Cells for a spreadsheet program.
    Cells(&'static dyn Rows),
    /// A series of objects for a program.
    Series(&'static dyn Objects),
    /// One value for a program.
    Whole(&'static dyn Objects),
}
