//! Charts as text: captions, tables and alternative texts.

use super::chart::{Chart, number};
use super::model::{Alignment, Inline, Table};
use crate::text::Lang;
use crate::tr;

impl Chart {
    /// Returns the title with the unit.
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

    /// Converts the chart to a table: a row for each category, a column for each series.
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

    /// Returns the alternative text.
    pub fn description(&self, lang: Lang) -> String {
        if !self.alt.is_empty() {
            return self.alt.clone();
        }
        let parts: Vec<String> = self
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
        parts.join(&tr!(lang, "report-semicolon"))
    }
}
