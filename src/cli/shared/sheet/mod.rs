//! Tables in several formats, for people and for scripts: each format is one file with a [`Printer`], and one line of
//! `formats!`.

mod csv;
mod form;
mod json;
pub(crate) mod layout;
mod md;
mod ndjson;
mod table;

use std::io::{self, Write};

use clap::ValueEnum;
use clap::builder::{
    MapValueParser, PossibleValue, PossibleValuesParser, TypedValueParser, ValueParserFactory,
};
use serde_json::Value;

pub(crate) use form::{Cell, Column, Objects, Overflow, Printer, Target};

/// The list of formats: `Variant => module, names`.
macro_rules! formats {
    ($($variant:ident => $module:ident, $name:literal $(| $alias:literal)*;)+) => {
        /// A table format.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
        pub(crate) enum Format { $(#[value(name = $name, $(alias = $alias)*)] $variant),+ }

        impl Format {
            pub(crate) const fn printer(self) -> Printer {
                match self { $(Format::$variant => $module::PRINTER),+ }
            }
        }
    };
}

formats! {
    Table => table, "table";
    Csv => csv, "csv";
    Json => json, "json";
    Ndjson => ndjson, "jsonl" | "ndjson";
    Md => md, "md" | "markdown";
}

impl Format {
    /// Returns the printer of objects, for a format of objects.
    pub(crate) fn objects(self) -> Option<&'static dyn Objects> {
        match self.printer() {
            Printer::Series(objects) | Printer::Whole(objects) => Some(objects),
            Printer::Terminal(_) | Printer::Document(_) | Printer::Cells(_) => None,
        }
    }

    /// Whether the format is for people.
    pub(crate) fn is_for_people(self) -> bool {
        matches!(self.printer(), Printer::Terminal(_) | Printer::Document(_))
    }

    /// Whether the format is text in columns for a terminal.
    pub(crate) fn is_for_terminals(self) -> bool {
        matches!(self.printer(), Printer::Terminal(_))
    }
}

/// A table format, or a command's own format, which takes precedence for a common name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormatOr<E> {
    Rows(Format),
    Own(E),
}

impl<E: ValueEnum + Send + Sync + 'static> ValueParserFactory for FormatOr<E> {
    type Parser = MapValueParser<PossibleValuesParser, fn(String) -> FormatOr<E>>;

    fn value_parser() -> Self::Parser {
        let own = || E::value_variants().iter().filter_map(E::to_possible_value);
        let rows = Format::value_variants().iter();
        let rows = rows.filter_map(Format::to_possible_value);
        let rows = rows.filter(|value| own().all(|own| own.get_name() != value.get_name()));
        let words: Vec<PossibleValue> = rows.chain(own()).collect();
        PossibleValuesParser::new(words).map(|word| match E::from_str(&word, false) {
            Ok(own) => FormatOr::Own(own),
            Err(_) => FormatOr::Rows(Format::from_str(&word, false).unwrap_or(Format::Table)),
        })
    }
}

/// The formats of output that is not a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextFormat {
    /// Text for people.
    Text,
    /// JSON for scripts.
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

/// Prints rows from an iterator, one by one.
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

/// Prints a value as indented JSON.
///
/// # Errors
///
/// The output cannot be written.
pub(crate) fn print_json(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    json::Json.value(out, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
    enum Own {
        Ics,
        Md,
    }

    #[test]
    fn a_format_of_a_command_wins_over_one_of_tables() {
        let command = clap::Command::new("c")
            .arg(clap::Arg::new("format").value_parser(clap::value_parser!(FormatOr<Own>)));
        for (word, expected) in [
            ("ndjson", FormatOr::Rows(Format::Ndjson)),
            ("md", FormatOr::Own(Own::Md)),
            ("ics", FormatOr::Own(Own::Ics)),
        ] {
            let matches = command.clone().try_get_matches_from(["c", word]);
            let matches = matches.unwrap_or_else(|fault| panic!("{word}: {fault}"));
            assert_eq!(matches.get_one("format"), Some(&expected), "{word}");
        }
        assert!(command.try_get_matches_from(["c", "markdown"]).is_err());
    }
}
