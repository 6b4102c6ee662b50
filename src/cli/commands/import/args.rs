//! The arguments of `import`.

use std::path::PathBuf;

use crate::cli::shared::sheet::TextFormat;
use crate::model::Date;

/// The arguments of `import`.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// The kind of record, or `all` for a file written by `export`.
    pub(super) kind: String,
    /// The table; `-` for standard input.
    #[arg(required_unless_present = "template")]
    pub(super) file: Option<PathBuf>,
    /// A column mapping.
    #[arg(long, value_name = "HEADER=FIELD", allow_hyphen_values = true)]
    pub(super) map: Vec<String>,
    /// A value mapping.
    #[arg(long, value_name = "HEADER:WORD=VALUE", allow_hyphen_values = true)]
    pub(super) map_value: Vec<String>,
    /// A value for every row without one.
    #[arg(long, value_name = "FIELD=VALUE", allow_hyphen_values = true)]
    pub(super) set: Vec<String>,
    /// The key columns that identify the record to update.
    #[arg(long, value_name = "HEADER", value_delimiter = ',')]
    pub(super) key: Vec<String>,
    /// The start of new dated entries.
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, value_parser = crate::cli::shared::day::day)]
    pub(super) since: Option<Date>,
    /// The day to use for dates that give only the month.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=31))]
    pub(super) day_of_month: Option<u32>,
    /// The term that dates without a year belong to.
    #[arg(long, value_name = "TERM")]
    pub(super) term: Option<String>,
    /// The sheet of a workbook.
    #[arg(long, value_name = "NAME")]
    pub(super) sheet: Option<String>,
    /// The header row.
    #[arg(long, value_name = "NUMBER")]
    pub(super) header_row: Option<usize>,
    /// Ask for missing information.
    #[arg(short, long)]
    pub(super) interactive: bool,
    /// Write a blank table with the headers.
    #[arg(long, conflicts_with_all = ["map", "map_value", "set", "key", "since", "day_of_month", "term", "sheet", "header_row", "interactive", "yes", "dry_run", "format"])]
    pub(super) template: bool,
    /// Write without confirmation.
    #[arg(short, long)]
    pub(super) yes: bool,
    /// Dry run: only show what would be added and changed.
    #[arg(long, conflicts_with = "yes")]
    pub(super) dry_run: bool,
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: TextFormat,
}
