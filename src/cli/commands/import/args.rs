//! What `import` takes.

use std::path::PathBuf;

use crate::cli::shared::sheet::TextFormat;
use crate::model::Date;

/// What `import` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// The kind of record, or `all` for what `export` wrote.
    pub(super) kind: String,
    /// The table; `-` is the standard input.
    #[arg(required_unless_present = "template")]
    pub(super) file: Option<PathBuf>,
    /// What a header means.
    #[arg(long, value_name = "HEADER=FIELD", allow_hyphen_values = true)]
    pub(super) map: Vec<String>,
    /// What a word of a column means.
    #[arg(long, value_name = "HEADER:WORD=VALUE", allow_hyphen_values = true)]
    pub(super) map_value: Vec<String>,
    /// A value for every row that has none.
    #[arg(long, value_name = "FIELD=VALUE", allow_hyphen_values = true)]
    pub(super) set: Vec<String>,
    /// The columns by which a row finds the record that it changes.
    #[arg(long, value_name = "HEADER", value_delimiter = ',')]
    pub(super) key: Vec<String>,
    /// Since when what the rows say is so.
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, value_parser = crate::cli::shared::day::day)]
    pub(super) since: Option<Date>,
    /// The day of dates that name only a month.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=31))]
    pub(super) day_of_month: Option<u32>,
    /// The term in which days without a year lie.
    #[arg(long, value_name = "TERM")]
    pub(super) term: Option<String>,
    /// The sheet of a workbook.
    #[arg(long, value_name = "NAME")]
    pub(super) sheet: Option<String>,
    /// The row of the headers.
    #[arg(long, value_name = "NUMBER")]
    pub(super) header_row: Option<usize>,
    /// Ask for what the table does not say.
    #[arg(short, long)]
    pub(super) interactive: bool,
    /// Write an empty table with the headers.
    #[arg(long, conflicts_with_all = ["map", "map_value", "set", "key", "since", "day_of_month", "term", "sheet", "header_row", "interactive", "yes", "dry_run", "format"])]
    pub(super) template: bool,
    /// Do not ask before writing.
    #[arg(short, long)]
    pub(super) yes: bool,
    /// Only say what would be added and changed.
    #[arg(long, conflicts_with = "yes")]
    pub(super) dry_run: bool,
    /// How the plan is printed.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: TextFormat,
}
