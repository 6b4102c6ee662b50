//! Errors in the Markdown of a template.

use crate::text::Lang;
use crate::tr;

/// An error in the Markdown of a template, with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The line, from 1.
    pub line: usize,
    /// The fault.
    pub fault: MarkdownFault,
}

/// The maximum nesting depth of quotes, lists and emphasis.
pub(super) const MAX_DEPTH: usize = 100;

/// A fault in the Markdown of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkdownFault {
    /// A fenced block with an unknown name.
    UnknownBlock(String),
    /// Invalid JSON in a block: its name, and the error.
    Json(&'static str, String),
    /// Quotes, lists or emphasis are nested too deeply.
    TooDeep,
    /// The number of values of a chart series differs from that of the categories.
    ChartLength {
        /// The series.
        series: String,
        /// The number of values.
        values: usize,
        /// The number of categories.
        categories: usize,
    },
}

impl ParseError {
    /// Formats the fault with its line.
    pub fn message(&self, lang: Lang) -> String {
        let line = self.line;
        match &self.fault {
            MarkdownFault::UnknownBlock(name) => tr!(
                lang,
                "report-fault-block",
                line = line,
                name = name.as_str()
            ),
            MarkdownFault::Json(name, why) => tr!(
                lang,
                "report-fault-json",
                line = line,
                name = *name,
                why = why.as_str()
            ),
            MarkdownFault::TooDeep => {
                tr!(lang, "report-fault-too-deep", line = line, most = MAX_DEPTH)
            }
            MarkdownFault::ChartLength {
                series,
                values,
                categories,
            } => tr!(
                lang,
                "report-fault-chart-length",
                line = line,
                series = series.as_str(),
                values = *values,
                categories = *categories
            ),
        }
    }
}
