//! Charts: categories and series of numbers, whatever they are drawn as.

use serde::Deserialize;

use super::model::{Alignment, Inline, Table};
use crate::text::Lang;
use crate::tr;

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
    /// The title with the unit.
    pub fn caption(&self, lang: Lang) -> String {
        if self.unit.is_empty() {
            self.title.clone()
        } else {
            tr!(
                lang,
                "report-chart-caption",
                title = self.title.as_str(),
                unit = self.unit.as_str()
            )
        }
    }

    /// The numbers as a table: a row for each category, a column for each series.
    pub fn table(&self, lang: Lang) -> Table {
        let text = |text: &str| vec![Inline::Text(text.to_owned())];
        let cell = |value: Option<f64>| match value {
            Some(value) => text(&number(value)),
            None => text(&tr!(lang, "report-chart-no-value")),
        };
        let row = |(at, category): (usize, &String)| {
            let values = self
                .series
                .iter()
                .map(|series| cell(series.values.get(at).copied().flatten()));
            std::iter::once(text(category)).chain(values).collect()
        };
        let names = self.series.iter().map(|series| text(&series.name));
        Table {
            caption: Some(text(&self.caption(lang))),
            alignments: std::iter::once(Alignment::Left)
                .chain(self.series.iter().map(|_| Alignment::Right))
                .collect(),
            header: std::iter::once(text(&tr!(lang, "report-chart-category")))
                .chain(names)
                .collect(),
            rows: self.categories.iter().enumerate().map(row).collect(),
        }
    }

    /// What the chart says, for those who cannot see it.
    pub fn description(&self, lang: Lang) -> String {
        if !self.alt.is_empty() {
            return self.alt.clone();
        }
        let said: Vec<String> = self
            .series
            .iter()
            .map(|series| {
                let values: Vec<String> = self
                    .categories
                    .iter()
                    .zip(&series.values)
                    .filter_map(|(category, value)| {
                        Some(format!("{category} {}", number((*value)?)))
                    })
                    .collect();
                tr!(
                    lang,
                    "report-chart-series",
                    name = series.name.as_str(),
                    values = values.join(&tr!(lang, "report-comma"))
                )
            })
            .collect();
        said.join(&tr!(lang, "report-semicolon"))
    }

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
