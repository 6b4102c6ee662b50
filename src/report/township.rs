//! The report of a township or county: its schools side by side.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::Serde;
use serde::Serialize;

use super::template_figures::TemplateFigures;
use super::{ReportError, engine};
use crate::document::{self, Document, PageStyle, Sources};
use crate::text::Lang;

/// A number in words.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Number {
    /// The number.
    pub text: String,
    /// Its share of the whole; empty without one.
    pub share: String,
}

/// A school with its figures, by id.
#[derive(Clone, Debug, Serialize)]
pub struct SchoolRow {
    /// The school's name.
    pub name: String,
    /// Its figures.
    pub cells: BTreeMap<String, Number>,
}

/// A school that could not be counted.
#[derive(Clone, Debug, Serialize)]
pub struct Missing {
    /// Its directory.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// What the report tells.
#[derive(Clone, Debug, Serialize)]
pub struct Township {
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The day of today.
    pub today: String,
    /// The schools.
    pub schools: Vec<SchoolRow>,
    /// All schools together.
    pub total: BTreeMap<String, Number>,
    /// The figures of guardianship that some school has.
    pub kinds: Vec<String>,
    /// What these are called.
    pub labels: BTreeMap<String, String>,
    /// The figures of which some schools do not tell, with of how many schools their totals are.
    pub partial: BTreeMap<String, usize>,
    /// Whether the schools count by different definitions.
    pub mixed: bool,
    /// The schools that could not be counted.
    pub failures: Vec<Missing>,
}

/// Writes the report.
///
/// # Errors
///
/// None for the built-in template; its own fault otherwise.
pub fn write(township: &Township, lang: Lang) -> Result<Document, ReportError> {
    let (name, template) = match lang {
        Lang::Zh => ("township.zh.md", include_str!("templates/township.zh.md")),
        Lang::En => ("township.en.md", include_str!("templates/township.en.md")),
    };
    let context = minijinja::Value::from(Serde(township));
    let markdown = engine::fill(
        name,
        template,
        context,
        Arc::new(TemplateFigures::default()),
        lang,
    )?;
    document::parse(&markdown, lang, PageStyle::Official, Sources::default()).map_err(|fault| {
        ReportError {
            template: name.to_owned(),
            line: None,
            reason: fault.message(lang),
        }
    })
}
