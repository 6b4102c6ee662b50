//! Charts: categories and series of numbers, whatever they are drawn as.

use serde::Deserialize;

/// A chart.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// What it is drawn as.
    pub kind: ChartKind,
    /// What it shows.
    pub title: String,
    /// What its numbers count (人, 次, 元, %); empty where they are bare.
    #[serde(default)]
    pub unit: String,
    /// What the numbers are for: classes, terms, dimensions.
    pub categories: Vec<String>,
    /// The numbers.
    pub series: Vec<Series>,
    /// What the chart says, in a sentence, for those who cannot see it; made from the numbers where it is empty.
    #[serde(default)]
    pub alt: String,
}

/// What a chart is drawn as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Bars lying down, for categories with long names.
    Bar,
    /// Bars standing up.
    Column,
    /// Bars standing up, the series one upon another.
    Stacked,
    /// Points joined by lines, for terms and months.
    Line,
    /// An axis for each category around a point, for the dimensions of a child.
    Radar,
}

/// The numbers of one kind in a chart.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// What they are.
    pub name: String,
    /// One for each category; none where there is no such number.
    pub values: Vec<Option<f64>>,
}

impl Chart {
    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        self.categories.is_empty() || self.series.is_empty()
    }
}

/// A number as every format prints it.
pub(super) fn number(value: f64) -> String {
    // A zero of either sign is a zero.
    format!("{}", if value == 0.0 { 0.0 } else { value })
}
