//! The input of a report, and its error types.

use chrono::NaiveDate;

use super::kinds::Report;
use crate::model::school::Names;
use crate::model::surroundings::Surroundings;
use crate::model::term::Term;
use crate::model::{Class, Entry, Id};
use crate::text::Lang;

/// The input of a report.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The report.
    pub report: &'static Report,
    /// Its language.
    pub lang: Lang,
    /// How children are named.
    pub names: Names,
    /// Whether staff are named as well; ignored in a report for the public.
    pub names_staff: bool,
    /// The minimum cell size of a report for the public, in which nobody is named; `None` for any other report.
    pub min_cell: Option<u32>,
    /// The compared term.
    pub compare: Option<&'a Entry<Term>>,
    /// The record it is about: a child, a helper or another.
    pub subject: Option<Id>,
    /// The campaign it is about.
    pub campaign: Option<&'a str>,
    /// Whether it is a blank form to be filled in by hand.
    pub is_blank: bool,
    /// The class it is restricted to.
    pub class: Option<Class>,
    /// The school's own template: its path and text.
    pub template: Option<(&'a str, &'a str)>,
    /// Today.
    pub today: NaiveDate,
    /// The number of files that could not be read and were left out.
    pub left_out: usize,
    /// What surrounds the records, for reports that describe it.
    pub surroundings: Option<&'a Surroundings>,
    /// Whether the document includes the records behind its numbers.
    pub sources: bool,
}

impl Request<'_> {
    /// Whether staff are named.
    pub(super) fn prints_staff(&self) -> bool {
        self.min_cell.is_none() && self.names_staff
    }
}

/// An error in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportError {
    /// The template's name or path.
    pub template: String,
    /// The line, counted from 1, if known.
    pub line: Option<usize>,
    /// The cause.
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

/// Something left out of a paper for a family because it names another child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Withheld {
    /// The record that holds it.
    pub record: Id,
    /// The child whose family the paper is for.
    pub child: Id,
}
