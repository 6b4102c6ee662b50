//! What can be wrong with the Markdown of a template.

use crate::text::Lang;
use crate::tr;

/// Where the Markdown of a template cannot be a document, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The line of the Markdown, from 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: Fault,
}

/// How deep quotes, lists and emphasis may be nested.
pub(super) const DEEPEST: usize = 100;

/// What can be wrong with a template's Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A fenced block of a name that has no meaning.
    UnknownBlock(String),
    /// The JSON of a block (its name) does not say what it must, and why.
    Json(&'static str, String),
    /// Quotes, lists or emphasis are nested too deep.
    TooDeep,
    /// A series of a chart has not one value for each category.
    ChartLength {
        /// The series.
        series: String,
        /// How many values it has.
        values: usize,
        /// How many categories the chart has.
        categories: usize,
    },
}

impl ParseError {
    /// The fault in a sentence, with its line.
    pub fn message(&self, lang: Lang) -> String {
        let line = self.line;
        match &self.fault {
            Fault::UnknownBlock(name) => tr!(
                lang,
                "report-fault-block",
                line = line,
                name = name.as_str()
            ),
            Fault::Json(name, why) => tr!(
                lang,
                "report-fault-json",
                line = line,
                name = *name,
                why = why.as_str()
            ),
            Fault::TooDeep => tr!(lang, "report-fault-too-deep", line = line, most = DEEPEST),
            Fault::ChartLength {
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
