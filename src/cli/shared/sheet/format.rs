//! The formats of tables: each is one file with a [`Printer`], and one line in `formats!`.

use clap::ValueEnum;
use clap::builder::{
    MapValueParser, PossibleValue, PossibleValuesParser, TypedValueParser, ValueParserFactory,
};

use super::form::{Objects, Printer};

/// The list of formats: `Variant => module, words`.
macro_rules! formats {
    ($($variant:ident => $module:ident, $name:literal $(| $alias:literal)*;)+) => {
        /// How rows are printed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
        pub(crate) enum Format { $(#[value(name = $name, $(alias = $alias)*)] $variant),+ }

        impl Format {
            /// What prints its tables.
            pub(crate) const fn printer(self) -> Printer {
                match self { $(Format::$variant => super::$module::PRINTER),+ }
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
    /// How objects are printed, where the format is one of objects.
    pub(crate) fn objects(self) -> Option<&'static dyn Objects> {
        match self.printer() {
            Printer::Series(objects) | Printer::Whole(objects) => Some(objects),
            Printer::Terminal(_) | Printer::Document(_) | Printer::Cells(_) => None,
        }
    }

    /// Whether people read it.
    pub(crate) fn is_for_people(self) -> bool {
        matches!(self.printer(), Printer::Terminal(_) | Printer::Document(_))
    }

    /// Whether it is text in columns for a terminal.
    pub(crate) fn is_for_terminals(self) -> bool {
        matches!(self.printer(), Printer::Terminal(_))
    }
}

/// A format of tables, or one that a command has of its own, which wins where both have a name.
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
