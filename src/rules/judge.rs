//! Findings with how bad they are and where they are, put into words while the text of their file is at hand.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use super::levels::Levels;
use crate::diagnostic::{Finding, Level, Place};
use crate::model::{FieldPath, Id};
use crate::store::decode::Parsed;
use crate::store::locate::locate_in;
use crate::store::{Store, layout};

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

/// A file of a records directory; sorts by its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// That of a record, in its place.
    Record(Id),
    /// Any other, by its path from there with `/`.
    Other(Box<str>),
}

impl File {
    /// The file at a path.
    pub(super) fn at(path: &str) -> File {
        match layout::id_of(path).filter(|id| layout::path_of(*id) == path) {
            Some(id) => File::Record(id),
            None => File::Other(path.into()),
        }
    }

    /// The path, from the records directory, with `/`.
    pub fn path(&self) -> Cow<'_, str> {
        match self {
            File::Record(id) => Cow::Owned(layout::path_of(*id)),
            File::Other(path) => Cow::Borrowed(path),
        }
    }

    fn compare(&self, other: &File) -> Ordering {
        match (self, other) {
            // Ids of a kind sort as the paths of their files do.
            (File::Record(a), File::Record(b)) => {
                let folder = |id: &Id| id.kind().info().folder;
                folder(a).cmp(folder(b)).then_with(|| a.cmp(b))
            }
            _ => self.path().cmp(&other.path()),
        }
    }
}

/// What was made of a finding. Of a million records there may be many: this is what is kept of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted<T> {
    /// The file.
    pub file: File,
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
        self.0
            .sort_by(|a, b| a.file.compare(&b.file).then_with(|| a.span.cmp(&b.span)));
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
    /// Takes the findings about one file whose text is at hand, perhaps parsed; those that nobody asked for are left out.
    pub(super) fn of_file(
        &self,
        file: &File,
        findings: Vec<Finding>,
        text: &str,
        parsed: Option<Parsed<'_>>,
        into: &mut Findings<T>,
    ) {
        let judged = judged_in(findings, self.levels, text, parsed);
        into.0.reserve(judged.len());
        for judged in judged {
            self.report(file, judged, text, into);
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
            let of_file = std::mem::replace(&mut findings, rest);
            self.of_file(&File::at(&path), of_file, &text, None, into);
        }
    }

    fn report(&self, file: &File, judged: Judged, text: &str, into: &mut Findings<T>) {
        let Judged {
            level,
            finding,
            span,
        } = &judged;
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (file, rule, level) = (file.clone(), finding.rule, *level);
        let (span, is_fixable) = ((short(span.start), short(span.end)), finding.fix.is_some());
        let text = (finding.place != Place::File).then_some(text);
        into.0.push(Noted {
            file,
            rule,
            level,
            is_fixable,
            span,
            told: (self.tell)(judged, text),
        });
    }
}

/// The findings about one file in the order of their places, with their levels; without those that nobody asked for.
pub(super) fn judged_in(
    findings: Vec<Finding>,
    levels: &Levels,
    text: &str,
    parsed: Option<Parsed<'_>>,
) -> Vec<Judged> {
    let wanted = findings.into_iter().filter_map(|finding| {
        let level = levels.level(finding.rule)?;
        let span = match finding.place {
            Place::File => 0..0,
            _ => locate_in(parsed, text, &finding.place),
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
        ];
        let mut files = paths.map(File::at);
        assert!(matches!(files[0], File::Record(_)) && matches!(files[2], File::Other(_)));
        files.sort_by(File::compare);
        paths.sort_unstable();
        assert_eq!(files.each_ref().map(File::path), paths);
    }
}
