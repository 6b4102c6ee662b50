//! Reports: a template filled with figures and records, parsed as one document.
//!
//! This module holds the list of reports, the template context and the templates; not how figures are counted, how
//! documents are rendered, or files. A report is one line of [`kinds`] and one template per language in `templates/`.

mod audit;
mod bounds;
mod by_child;
mod child;
mod context;
mod engine;
mod family;
pub mod kinds;
mod line_breaks;
pub mod naming;
mod organisation;
mod papers;
mod request;
mod rows;
mod template_figures;
pub mod township;
mod undefined;
pub mod words;
mod written;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::analysis::Basis;
use crate::analysis::breakdown::Dim;
use crate::analysis::figures::Figures;
use crate::analysis::mention::{MentionKind, Mentions};
use crate::analysis::release::Release;
use crate::document::{self, Document, Sources};
use crate::model::school::Names;
use crate::text::Lang;
use by_child::ByChild;
use context::Facts;
use family::ChildNames;
pub use kinds::{About, REPORTS, Readers, Report};
use naming::Naming;
pub use request::{ReportError, Request, Withheld};
use template_figures::TemplateFigures;
use words::Words;
pub use written::FieldOfRecord;

/// Writes one report.
///
/// # Errors
///
/// Returns what is wrong with the template.
pub fn write(basis: &Basis<'_>, request: &Request<'_>) -> Result<Written, ReportError> {
    Writer::new(basis, request).write(request)
}

/// The manual page on writing templates.
pub fn guide(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => include_str!("../../examples/TEMPLATES.zh.md"),
        Lang::En => include_str!("../../examples/TEMPLATES.md"),
    }
}

/// Whether a template refers to the compared term.
pub fn is_comparing(template: &str) -> bool {
    let asked = engine::names_asked("template", template);
    ["compared", "before", "before_share", "before_v"]
        .iter()
        .any(|name| asked.contains(*name))
}

/// A report, with what was withheld from its readers.
#[derive(Debug)]
pub struct Written {
    /// The report.
    pub document: Document,
    /// What was left out of a paper for a family because it names another family's child.
    pub withheld: Vec<Withheld>,
    /// In a report for the public: what may identify a person.
    pub mentions: Vec<Mention>,
    /// Whether it is a public report on a class of a school whose class figures are all suppressed.
    pub hides_classes: bool,
}

/// Words in a report for the public that may identify a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The words.
    pub words: String,
    /// The paragraph or table cell that contains them.
    pub place: String,
    /// The fields that they come from; empty if they are in the template only.
    pub written: Vec<FieldOfRecord>,
}

/// What several reports on the same period share: counted once, for example for one file per child.
pub struct Writer<'a> {
    naming: Naming,
    figures: Figures<'a>,
    by_child: ByChild<'a>,
    known: Arc<TemplateFigures>,
    /// What may be published, for a report for the public.
    release: Option<Release>,
    child_names: ChildNames,
}

impl<'a> Writer<'a> {
    /// Prepares the figures for reports like this one.
    pub fn new(basis: &Basis<'a>, request: &Request<'_>) -> Writer<'a> {
        let names = match request.min_cell {
            Some(_) => Names::None,
            None => request.names,
        };
        let figures = Figures::of(basis);
        let before = request.compare.map(|term| {
            let definition = basis.scope.definition;
            let scope = crate::analysis::Scope::of_term(term, request.today, definition);
            figures.on(scope)
        });
        let release = request
            .min_cell
            .map(|min_cell| Release::of(&figures, before.as_ref(), min_cell));
        let known = TemplateFigures::of(&figures, before.as_ref(), release.as_ref(), request.lang);
        Writer {
            naming: match request.min_cell {
                // Names are detected and reported instead: nothing is half replaced.
                Some(_) => Naming::public(request.lang),
                None => Naming::of(basis.records, names, request.names_staff, request.lang),
            },
            figures,
            by_child: ByChild::new(basis.records),
            known: Arc::new(known),
            release,
            child_names: if request.report.readers == Readers::Family {
                ChildNames::of(basis.records)
            } else {
                ChildNames::default()
            },
        }
    }

    /// The template context.
    fn facts<'w>(
        &'w self,
        request: &Request<'_>,
        withheld: &'w RefCell<BTreeSet<Withheld>>,
    ) -> Facts<'w> {
        let basis = *self.figures.basis();
        Facts {
            basis,
            words: Words {
                confidential: false,
                lang: request.lang,
                day: basis.scope.as_of,
                school: basis.school,
                records: basis.records,
                naming: &self.naming,
            },
            by_child: &self.by_child,
            names: &self.child_names,
            family_of: None,
            withheld,
            release: self.release.as_ref(),
            subject: request.subject,
            shows_identity: request.report.name == "register" && self.naming.is_full(),
        }
    }

    /// Evaluates template expressions; an expression without output gives an empty string.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with each invalid expression.
    pub fn evaluate(
        &self,
        request: &Request<'_>,
        expressions: &[String],
    ) -> Result<Vec<document::fill::Value>, Vec<ReportError>> {
        let withheld = RefCell::default();
        let facts = self.facts(request, &withheld);
        let written = |expression: &String| format!("{{{{ {expression} }}}}");
        let all: String = expressions.iter().map(written).collect();
        // If one expression is invalid, the names in each are determined separately.
        let asked = expressions
            .iter()
            .flat_map(|expression| engine::names_asked("form", &written(expression)));
        let asked = asked.chain(engine::names_asked("form", &all)).collect();
        let context = facts.context(&self.figures, request, &asked);
        let mut values = Vec::new();
        let mut errors = Vec::new();
        for expression in expressions {
            let template = written(expression);
            match self.filled(expression, &template, &context, request) {
                Ok(text) => {
                    let mut value = document::fill::Value::of_markdown(&text);
                    let asks = format!("{{{{ ({expression}) is number }}}}");
                    let is_number = self.filled(expression, &asks, &context, request);
                    value.is_number |= is_number.is_ok_and(|text| text == "True");
                    values.push(value);
                }
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() {
            Ok(values)
        } else {
            Err(errors)
        }
    }

    /// Renders a template.
    ///
    /// Figures are taken from what is already counted. If the template asks for groups that are not, rendering fails,
    /// they are counted, and it is rendered again, once for each set of dimensions.
    fn filled(
        &self,
        name: &str,
        template: &str,
        context: &minijinja::Value,
        request: &Request<'_>,
    ) -> Result<String, ReportError> {
        loop {
            let known = Arc::clone(&self.known);
            let filled = engine::fill(name, template, context.clone(), known, request.lang);
            if filled.is_ok()
                || !self.known.count_asked(
                    &self.figures,
                    self.release.as_ref(),
                    request.today,
                    request.lang,
                )
            {
                return filled;
            }
        }
    }

    /// What may identify a person in a report for the public. The fixed text of a built-in template identifies nobody,
    /// even if a person happens to have such a name; there only what the school wrote counts.
    fn mentions(&self, document: &Document, is_built_in: bool) -> Vec<Mention> {
        let people = Mentions::of(self.figures.basis().records);
        let text = document.plain_text();
        let basis = self.figures.basis();
        let mut mentions: Vec<Mention> = Vec::new();
        // Cells of a table are unrelated.
        for cell in text.split(['\n', '\t']) {
            for hit in people.hits(cell) {
                let mention = Mention {
                    words: cell[hit.range.clone()].to_owned(),
                    place: cell.trim().to_owned(),
                    written: written::places_of(&cell[hit.range], cell, basis),
                };
                let is_of_school = hit.kind == MentionKind::Number || !mention.written.is_empty();
                if (is_of_school || !is_built_in) && !mentions.contains(&mention) {
                    mentions.push(mention);
                }
            }
        }
        mentions
    }

    /// Writes one of the reports. Subjects may differ between reports, but not the period and the naming.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the template.
    pub fn write(&self, request: &Request<'_>) -> Result<Written, ReportError> {
        let Request { report, lang, .. } = *request;
        let name = format!("{}.{}.md", report.name, lang.code());
        let (name, template) = request.template.unwrap_or((&name, report.template(lang)));
        let asked = engine::names_asked(name, template);
        let withheld = RefCell::default();
        let facts = self.facts(request, &withheld);
        let context = facts.context(&self.figures, request, &asked);
        let markdown = self.filled(name, template, &context, request)?;
        let mut document = document::parse(&markdown, lang, report.page, Sources::default())
            .map_err(|fault| ReportError {
                template: name.to_owned(),
                line: None,
                reason: fault.message(lang),
            })?;
        if self.release.is_some() {
            document.drop_blank_columns();
        }
        let keys: Vec<String> = document
            .figures()
            .into_iter()
            .map(|figure| figure.key.clone())
            .collect();
        if request.sources && request.min_cell.is_none() {
            document.sources = template_figures::sources(&self.figures, keys, &self.naming, lang);
        }
        document.author = self.figures.basis().school.school.name.to_string();
        document.day = Some(request.today);
        let titles: HashSet<String> = document.titles().collect();
        if titles.len() > 1 {
            // A batch is not titled after the first child in it.
            document.title = report.label.get(lang).to_owned();
        }
        let mentions = match self.release {
            Some(_) => self.mentions(&document, request.template.is_none()),
            None => Vec::new(),
        };
        let tells_classes = |release: &Release| {
            let by_class = release.dims(&[Dim::Class]);
            by_class.is_some_and(|dims| dims == [Dim::Class])
        };
        Ok(Written {
            mentions,
            hides_classes: report.about == About::Class
                && self.release.as_ref().is_some_and(|to| !tells_classes(to)),
            document,
            withheld: withheld.into_inner().into_iter().collect(),
        })
    }
}
