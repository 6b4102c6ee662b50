//! Assigns severities and locations to findings, and renders them while the text of their file is in memory.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use super::severities::Severities;
use crate::diagnostic::{Finding, Place, Rule, Severity};
use crate::model::{FieldPath, Id, Kind};
use crate::store::decode::Parsed;
use crate::store::locate::locate_in;
use crate::store::{Store, layout};

/// A finding with its severity and location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The severity.
    pub severity: Severity,
    /// The finding.
    pub finding: Finding,
    /// The byte range in the text; empty for a finding about the whole file.
    pub span: Range<usize>,
}

/// A callback that renders a finding, on any thread. It gets the text of the file, unless the finding is about the
/// whole file.
pub type Render<'a, T> = dyn Fn(Reported, Option<&str>) -> T + Sync + 'a;

/// A file of the records directory, ordered by path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// A record at its proper path.
    Record(Id),
    /// Any other file, by its path relative to the directory, with `/`.
    Other(Box<str>),
}

impl File {
    /// Returns the file at a path.
    pub(super) fn at(path: &str) -> File {
        match layout::id_of(path).filter(|id| layout::path_of(*id) == path) {
            Some(id) => File::Record(id),
            None => File::Other(path.into()),
        }
    }

    /// Returns the path relative to the records directory, with `/`.
    pub fn path(&self) -> Cow<'_, str> {
        match self {
            File::Record(id) => Cow::Owned(layout::path_of(*id)),
            File::Other(path) => Cow::Borrowed(path),
        }
    }

    fn compare(&self, other: &File) -> Ordering {
        let is_term = |file: &File| matches!(file, File::Record(id) if id.kind() == Kind::Term);
        match (self, other) {
            // Ids of a kind sort like their paths, except for terms, which sort chronologically.
            (File::Record(a), File::Record(b)) if !(is_term(self) && is_term(other)) => {
                let folder = |id: &Id| id.kind().folder();
                folder(a).cmp(folder(b)).then_with(|| a.cmp(b))
            }
            _ => self.path().cmp(&other.path()),
        }
    }
}

/// A rendered finding, with little else, because there may be millions of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered<T> {
    /// The file.
    pub file: File,
    /// The rule.
    pub rule: &'static Rule,
    /// The severity.
    pub severity: Severity,
    /// Whether it is safe to fix automatically.
    pub is_fixable: bool,
    /// The byte range; files have at most [`crate::store::file::MAX_FILE_BYTES`] bytes.
    span: (u32, u32),
    /// The output of the renderer.
    pub output: T,
}

/// The rendered findings about some files.
#[derive(Clone, Debug)]
pub(super) struct Findings<T>(Vec<Rendered<T>>);

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

    /// Sorts the findings by path and location, and removes duplicates.
    pub(super) fn in_order(mut self) -> Vec<Rendered<T>>
    where
        T: PartialEq,
    {
        self.0
            .sort_by(|a, b| a.file.compare(&b.file).then_with(|| a.span.cmp(&b.span)));
        self.0.dedup();
        self.0
    }
}

/// Assigns severities to findings and renders them.
pub(super) struct Reporter<'a, T> {
    pub(super) store: &'a Store,
    pub(super) severities: &'a Severities,
    pub(super) render: &'a Render<'a, T>,
}

impl<T> Reporter<'_, T> {
    /// Reports findings about a file whose text is in memory, possibly parsed; skips those that are not wanted.
    pub(super) fn of_file(
        &self,
        file: &File,
        findings: Vec<Finding>,
        text: &str,
        parsed: Option<Parsed<'_>>,
        into: &mut Findings<T>,
    ) {
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let reported = reported_in(findings, self.severities, text, parsed);
        into.0.extend(reported.into_iter().map(|reported| Rendered {
            file: file.clone(),
            rule: reported.finding.rule,
            severity: reported.severity,
            is_fixable: reported.finding.fix.is_some(),
            span: (short(reported.span.start), short(reported.span.end)),
            output: {
                let text = (reported.finding.place != Place::File).then_some(text);
                (self.render)(reported, text)
            },
        }));
    }

    /// Reports findings about any files, reading their texts.
    pub(super) fn of_files(&self, mut findings: Vec<Finding>, into: &mut Findings<T>) {
        findings.retain(|finding| self.severities.of(finding.rule).is_some());
        findings.sort_by(|a, b| a.path.cmp(&b.path));
        while let Some(first) = findings.first() {
            let path = first.path.clone();
            let others = findings.partition_point(|finding| finding.path == path);
            let rest = findings.split_off(others);
            let text = if findings.iter().all(|finding| finding.place == Place::File) {
                String::new()
            } else {
                self.store.shown_text(&path).unwrap_or_default()
            };
            let of_file = std::mem::replace(&mut findings, rest);
            self.of_file(&File::at(&path), of_file, &text, None, into);
        }
    }
}

/// Assigns severities and locations to findings about a file and sorts them by location; skips those that are not
/// wanted.
pub(super) fn reported_in(
    findings: Vec<Finding>,
    severities: &Severities,
    text: &str,
    parsed: Option<Parsed<'_>>,
) -> Vec<Reported> {
    let wanted = findings.into_iter().filter_map(|finding| {
        let severity = severities.of(finding.rule)?;
        let span = match finding.place {
            Place::File => 0..0,
            _ => locate_in(parsed, text, &finding.place),
        };
        Some(Reported {
            severity,
            finding,
            span,
        })
    });
    let mut reported: Vec<Reported> = wanted.collect();
    reported.sort_by(|a, b| key(a).cmp(&key(b)));
    reported.dedup_by(|a, b| a.finding == b.finding);
    reported
}

/// The sort key: the location, then the field and the rule.
fn key(reported: &Reported) -> impl Ord + '_ {
    let Reported { finding, span, .. } = reported;
    let field: Option<&FieldPath> = match &finding.place {
        Place::Field(field) | Place::Key(field) => Some(field),
        Place::File | Place::Span(_) => None,
    };
    (
        span.start,
        span.end,
        field.is_none(),
        field,
        finding.rule.name,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_sort_by_their_paths() {
        let mut paths = [
            "visits/2025-10/2025-10-12-v7k3m9q.toml",
            "visits/2025-10/2025-10-12-v7k3m9q.toml~",
            "visits/2025-09/2025-10-12-v7k3m9q.toml",
            "visits/2025-09/2025-09-30-v999999.toml",
            "cuncao.toml",
            "children/c4t8w2z.toml",
            "children/张三.toml",
            "aid/2025-12/2025-12-20-d4t8w2z.toml",
            "activities",
            "activities/2025-10/2025-10-13-a4t8w2z.toml",
            "terms/2025-2026-1.toml",
            "terms/2025-2026-w.toml",
            "terms/2025-2026-3.toml",
            "terms/2025-2026-2.toml",
        ];
        let mut files = paths.map(File::at);
        assert!(matches!(files[0], File::Record(_)) && matches!(files[2], File::Other(_)));
        files.sort_by(File::compare);
        paths.sort_unstable();
        assert_eq!(files.each_ref().map(File::path), paths);
    }
}
