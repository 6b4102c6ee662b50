//! Charts: categories and series of numbers, independent of the output format.

use serde::Deserialize;

/// A chart.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// The kind of chart.
    pub kind: ChartKind,
    /// The title.
    pub title: String,
    /// The unit of the numbers (人, 次, 元, %); empty if there is none.
    #[serde(default)]
    pub unit: String,
    /// The categories: classes, terms, dimensions.
    pub categories: Vec<String>,
    /// The series.
    pub series: Vec<Series>,
    /// The alternative text; if empty, it is generated from the numbers.
    #[serde(default)]
    pub alt: String,
}

/// A kind of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Horizontal bars, for categories with long names.
    Bar,
    /// Vertical bars.
    Column,
    /// Stacked vertical bars.
    Stacked,
    /// A line chart, for terms and months.
    Line,
    /// A radar chart, for the dimensions of a child.
    Radar,
}

/// A series of numbers in a chart.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// The name.
    pub name: String,
    /// One value for each category; none where it is missing.
    pub values: Vec<Option<f64>>,
}

impl Chart {
    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        self.categories.is_empty() || self.series.is_empty()
    }
}

/// Formats a number in the same way for every output format.
pub(super) fn number(value: f64) -> String {
    // Avoids a negative zero.
    format!("{}", if value == 0.0 { 0.0 } else { value })
}
