//! The township report: the schools of a township or county side by side.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::Serde;
use serde::Serialize;

use super::template_figures::TemplateFigures;
use super::{ReportError, engine};
use crate::document::{self, Document, PageStyle, Sources};
use crate::text::Lang;

/// A formatted number.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Number {
    /// The number.
    pub text: String,
    /// Its share of the denominator; empty without one.
    pub share: String,
}

/// A school with its figures, by id.
#[derive(Clone, Debug, Serialize)]
pub struct SchoolRow {
    /// The school's name.
    pub name: String,
    /// Its figures, by id.
    pub cells: BTreeMap<String, Number>,
}

/// A school that could not be counted.
#[derive(Clone, Debug, Serialize)]
pub struct Missing {
    /// Its directory.
    pub path: String,
    /// The reason.
    pub reason: String,
}

/// The data of the report.
#[derive(Clone, Debug, Serialize)]
pub struct Township {
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Today.
    pub today: String,
    /// The schools.
    pub schools: Vec<SchoolRow>,
    /// The totals of all schools.
    pub total: BTreeMap<String, Number>,
    /// The guardianship figures that at least one school has.
    pub kinds: Vec<String>,
    /// Their display names.
    pub labels: BTreeMap<String, String>,
    /// The figures that some schools do not report, with the number of schools in their totals.
    pub partial: BTreeMap<String, usize>,
    /// Whether the schools use different definitions of left-behind.
    pub mixed: bool,
    /// The schools that could not be counted.
    pub failures: Vec<Missing>,
}

/// The built-in template.
#[must_use]
pub fn template(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => include_str!("templates/township.zh.md"),
        Lang::En => include_str!("templates/township.en.md"),
    }
}

/// Writes the report by a template.
///
/// # Errors
///
/// Returns what is wrong with the template; never for the built-in one.
pub fn write(township: &Township, template: &str, lang: Lang) -> Result<Document, ReportError> {
    let name = "township";
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
