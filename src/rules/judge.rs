//! Findings with how bad they are and where they are, put into words while the text of their file is at hand.

use std::ops::Range;

use super::levels::Levels;
use crate::diagnostic::{Finding, Level, Place};
use crate::model::FieldPath;
use crate::store::Store;
use crate::store::locate::locate;

/// A finding with how bad it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// How bad it is.
    pub level: Level,
    /// What was found.
    pub finding: Finding,
    /// The bytes of the file's text that are meant; none of a file as a whole.
    pub span: Range<usize>,
}

/// Makes something of a finding, on any thread; with the text of its file, unless the file is meant as a whole.
pub type Tell<'a, T> = dyn Fn(Judged, Option<&str>) -> T + Sync + 'a;

/// What was made of a finding. Of a million records there may be many: this is what is kept of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted<T> {
    /// The file, from the records directory, with `/`.
    pub path: Box<str>,
    /// The rule.
    pub rule: &'static str,
    /// How bad it is.
    pub level: Level,
    /// Whether it can be mended without a person's judgement.
    pub is_fixable: bool,
    /// Files are of [`crate::store::file::LARGEST`] bytes at the most.
    span: (u32, u32),
    /// What was made of it.
    pub told: T,
}

/// What was found in some files.
#[derive(Clone, Debug)]
pub(super) struct Findings<T>(Vec<Noted<T>>);

impl<T> Default for Findings<T> {
    fn default() -> Self {
        Findings(Vec::new())
    }
}

impl<T> Findings<T> {
    pub(super) fn append(&mut self, other: Findings<T>) {
        if self.0.is_empty() {
            self.0 = other.0;
        } else {
            self.0.extend(other.0);
        }
    }

    /// In the order of the paths and places, each once.
    pub(super) fn in_order(mut self) -> Vec<Noted<T>>
    where
        T: PartialEq,
    {
        let key = |noted: &Noted<T>| noted.span;
        self.0
            .sort_by(|a, b| a.path.cmp(&b.path).then_with(|| key(a).cmp(&key(b))));
        self.0.dedup();
        self.0
    }
}

/// Judges findings and has them told.
pub(super) struct Judge<'a, T> {
    pub(super) store: &'a Store,
    pub(super) levels: &'a Levels,
    pub(super) tell: &'a Tell<'a, T>,
}

impl<T> Judge<'_, T> {
    /// Takes the findings about one file whose text is at hand; those that nobody asked for are left out.
    pub(super) fn of_file(&self, findings: Vec<Finding>, text: &str, into: &mut Findings<T>) {
        let judged = judged_in(findings, self.levels, text);
        into.0.reserve(judged.len());
        for judged in judged {
            self.report(judged, text, into);
        }
    }

    /// Takes findings about any files, whose texts are read.
    pub(super) fn of_files(&self, mut findings: Vec<Finding>, into: &mut Findings<T>) {
        findings.retain(|finding| self.levels.level(finding.rule).is_some());
        findings.sort_by(|a, b| a.path.cmp(&b.path));
        while let Some(first) = findings.first() {
            let path = first.path.clone();
            let others = findings.partition_point(|finding| finding.path == path);
            let rest = findings.split_off(others);
            let text = match findings.iter().all(|finding| finding.place == Place::File) {
                true => String::new(),
                false => self.store.shown_text(&path).unwrap_or_default(),
            };
            self.of_file(std::mem::replace(&mut findings, rest), &text, into);
        }
    }

    fn report(&self, judged: Judged, text: &str, into: &mut Findings<T>) {
        let Judged {
            level,
            finding,
            span,
        } = &judged;
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (path, rule, level) = (finding.path.as_str().into(), finding.rule, *level);
        let (span, is_fixable) = ((short(span.start), short(span.end)), finding.fix.is_some());
        let text = (finding.place != Place::File).then_some(text);
        into.0.push(Noted {
            path,
            rule,
            level,
            is_fixable,
            span,
            told: (self.tell)(judged, text),
        });
    }
}

/// The findings about one file in the order of their places, with their levels; without those that nobody asked for.
pub(super) fn judged_in(findings: Vec<Finding>, levels: &Levels, text: &str) -> Vec<Judged> {
    let wanted = findings.into_iter().filter_map(|finding| {
        let level = levels.level(finding.rule)?;
        let span = match finding.place {
            Place::File => 0..0,
            _ => locate(text, &finding.place),
        };
        Some(Judged {
            level,
            finding,
            span,
        })
    });
    let mut judged: Vec<Judged> = wanted.collect();
    judged.sort_by(|a, b| key(a).cmp(&key(b)));
    judged.dedup_by(|a, b| a.finding == b.finding);
    judged
}

/// Where it is; of what is at one place, what is said of whole fields comes by the names of these.
fn key(judged: &Judged) -> impl Ord + '_ {
    let Judged { finding, span, .. } = judged;
    let field: Option<&FieldPath> = match &finding.place {
        Place::Field(field) | Place::Key(field) => Some(field),
        Place::File | Place::Span(_) => None,
    };
    (span.start, span.end, field.is_none(), field, finding.rule)
}
