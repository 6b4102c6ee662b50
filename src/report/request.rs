//! What is asked of a report, and what is told of it besides the document.

use chrono::NaiveDate;

use super::kinds::Report;
use crate::model::school::Names;
use crate::model::surroundings::Surroundings;
use crate::model::term::Term;
use crate::model::{Class, Entry, Id};
use crate::text::Lang;

/// What is wanted of a report.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Which.
    pub report: &'static Report,
    /// Its language.
    pub lang: Lang,
    /// How children are named.
    pub names: Names,
    /// Whether those who care for them are named as well, unless the report is for the public.
    pub names_staff: bool,
    /// Whether it is for the public: nobody is named and groups below this are hidden.
    pub min_cell: Option<u32>,
    /// The term compared with.
    pub compare: Option<&'a Entry<Term>>,
    /// The child, helper or other record that it is about.
    pub subject: Option<Id>,
    /// The campaign that it is about.
    pub campaign: Option<&'a str>,
    /// Whether it is a form to be filled in by hand.
    pub is_blank: bool,
    /// The class.
    pub class: Option<Class>,
    /// The school's own template, by its path.
    pub template: Option<(&'a str, &'a str)>,
    /// The day of today.
    pub today: NaiveDate,
    /// How many files could not be read and were left out.
    pub left_out: usize,
    /// The place where the records lie, where the report tells of it.
    pub surroundings: Option<&'a Surroundings>,
    /// Whether the document is to hold what its numbers were counted from.
    pub sources: bool,
}

impl Request<'_> {
    /// Whether those who care for the children are named.
    pub(super) fn prints_staff(&self) -> bool {
        self.min_cell.is_none() && self.names_staff
    }
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
    pub(super) fn of(template: &str, fault: &minijinja::Error) -> ReportError {
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

/// Something left out of a paper for a family, because it names another child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Withheld {
    /// The record that holds it.
    pub record: Id,
    /// Whose family the paper is for.
    pub child: Id,
}
