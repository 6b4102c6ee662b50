//! Reports: a template filled with figures and records, read as one document.
//!
//! What belongs here: which reports there are, what their templates see, the templates. What does not: how figures
//! are counted, how documents are rendered, files. A report is one entry of [`REPORTS`] and a template for each
//! language in `templates/`.

mod board;
mod context;
mod engine;
pub mod naming;
mod rows;
mod told;
pub mod township;
pub mod words;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::analysis::Basis;
use crate::analysis::figures::Figures;
use crate::document::{self, Document, PageStyle, Sources};
use crate::model::school::Names;
use crate::model::{Class, Entry, Id, term::Term};
use crate::text::{Lang, Text};
use board::Board;
use naming::Naming;
use told::Told;

/// Whom a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The school.
    School,
    /// One child; all of a class or of the school where none is named.
    Child,
    /// One helper.
    Helper,
    /// One class.
    Class,
}

/// A kind of report.
#[derive(Debug)]
pub struct Report {
    /// Its name on the command line, and of its templates: `term`.
    pub name: &'static str,
    /// What it is called.
    pub label: Text,
    /// Whom it is about.
    pub about: About,
    /// How it is set.
    pub page: PageStyle,
    templates: [&'static str; 2],
}

macro_rules! reports {
    ($($name:literal, $zh:literal, $en:literal, $about:ident, $page:ident;)+) => {
        /// Every report.
        pub static REPORTS: &[Report] = &[$(Report {
            name: $name,
            label: Text { zh: $zh, en: $en },
            about: About::$about,
            page: PageStyle::$page,
            templates: [
                include_str!(concat!("templates/", $name, ".zh.md")),
                include_str!(concat!("templates/", $name, ".en.md")),
            ],
        }),+];
    };
}

reports! {
    "term", "工作总结", "work summary of a term", School, Official;
    "child", "成长档案", "a child's file", Child, Plain;
    "card", "联系卡", "contact cards", Child, Cards;
    "letter", "致家长的一封信", "letter to the parents", Child, Official;
    "helper", "帮扶考核", "a helper's work", Helper, Landscape;
    "class", "班级小结", "summary of a class", Class, Official;
    "roster", "花名册", "roster", Class, Landscape;
    "handover", "交接单", "handover", Child, Official;
}

impl Report {
    /// The report with a name.
    pub fn of_name(name: &str) -> Option<&'static Report> {
        REPORTS.iter().find(|report| report.name == name)
    }

    /// The built-in template.
    pub fn template(&self, lang: Lang) -> &'static str {
        self.templates[lang as usize]
    }

    /// The file in `templates/` that wins over the built-in one: `templates/term.zh.md`.
    pub fn override_path(&self, lang: Lang) -> String {
        format!("templates/{}.{}.md", self.name, lang.code())
    }
}

/// What is wanted of a report.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Which.
    pub report: &'static Report,
    /// Its language.
    pub lang: Lang,
    /// How people are named.
    pub names: Names,
    /// Whether it is for the public: nobody is named and groups below this are hidden.
    pub least: Option<u32>,
    /// The term compared with.
    pub compare: Option<&'a Entry<Term>>,
    /// The child or helper.
    pub person: Option<Id>,
    /// The class.
    pub class: Option<Class>,
    /// The school's own template, by its path.
    pub template: Option<(&'a str, &'a str)>,
    /// The day of today.
    pub today: NaiveDate,
    /// How many files could not be read and were left out.
    pub left_out: usize,
    /// Whether the document is to hold what its numbers were counted from.
    pub sources: bool,
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportError {
    /// The template's name or path.
    pub template: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub reason: String,
}

impl ReportError {
    fn of(template: &str, fault: &minijinja::Error) -> ReportError {
        let reason = match fault.detail() {
            Some(detail) => format!("{}: {detail}", fault.kind()),
            None => fault.kind().to_string(),
        };
        ReportError {
            template: template.to_owned(),
            line: fault.line(),
            reason,
        }
    }
}

impl std::fmt::Display for ReportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.template, self.reason),
            None => write!(f, "{}: {}", self.template, self.reason),
        }
    }
}

impl std::error::Error for ReportError {}

/// Writes a report about some records and days.
///
/// # Errors
///
/// What is wrong with the template.
pub fn write(basis: &Basis<'_>, request: &Request<'_>) -> Result<Document, ReportError> {
    Writer::new(basis, request).write(request)
}

/// What several reports about the same days have in common: counted once, for one file a child.
pub struct Writer<'a> {
    naming: Naming,
    figures: Figures<'a>,
    told: Told<'a>,
    board: Arc<Board>,
}

impl<'a> Writer<'a> {
    /// Counts what reports like this one tell of.
    pub fn new(basis: &Basis<'a>, request: &Request<'_>) -> Writer<'a> {
        let names = match request.least {
            Some(_) => Names::None,
            None => request.names,
        };
        let figures = Figures::of(basis);
        let before = request.compare.map(|term| {
            let definition = basis.scope.definition;
            let scope = crate::analysis::Scope::of_term(term, request.today, definition);
            figures.on(scope)
        });
        let board = Board::of(&figures, before.as_ref(), request.least, request.lang);
        Writer {
            naming: Naming::of(basis.records, names, request.lang),
            figures,
            told: Told::new(basis.records),
            board: Arc::new(board),
        }
    }

    /// Writes one of the reports: about whom may differ from report to report, the days and names may not.
    ///
    /// # Errors
    ///
    /// What is wrong with the template.
    pub fn write(&self, request: &Request<'_>) -> Result<Document, ReportError> {
        let Request { report, lang, .. } = *request;
        let name = format!("{}.{}.md", report.name, lang.code());
        let (name, template) = request.template.unwrap_or((&name, report.template(lang)));
        let asked = engine::names_asked(name, template);
        let context = context::of(&self.figures, request, &self.naming, &self.told, &asked);
        let markdown = loop {
            let context = context.clone();
            let filled = engine::fill(name, template, context, Arc::clone(&self.board), lang);
            // What the template asked for first it finds the next time.
            if filled.is_ok() || !self.board.count_asked(&self.figures, request.least, lang) {
                break filled?;
            }
        };
        let mut document = document::parse(&markdown, lang, report.page, Sources::default())
            .map_err(|fault| ReportError {
                template: name.to_owned(),
                line: None,
                reason: fault.message(lang),
            })?;
        let keys: Vec<String> = document
            .figures()
            .into_iter()
            .map(|figure| figure.key.clone())
            .collect();
        if request.sources && request.least.is_none() {
            document.sources = board::sources(&self.figures, keys, &self.naming, lang);
        }
        Ok(document)
    }
}
