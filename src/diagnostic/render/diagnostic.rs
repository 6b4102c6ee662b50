//! Findings with severity and source location, ready to be formatted.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{Message, Rule, Severity};

/// A location in the text of a file.
#[derive(Clone, Debug)]
pub struct SourceSpan<'a> {
    /// The file, relative to the records directory, with `/`.
    pub path: &'a str,
    /// The text of the file; none if the location is the whole file.
    pub text: Option<Cow<'a, str>>,
    /// The byte range.
    pub span: Range<usize>,
    /// Whether the source lines may be shown; false if they contain confidential text.
    pub shown: bool,
}

/// A line and a column, both from 1; columns count characters, as in editors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl SourceSpan<'_> {
    /// Returns the positions of the start and the end; for a whole file, the beginning of the file.
    pub fn positions(&self) -> (Position, Position) {
        let text = self.text.as_deref().unwrap_or("");
        (
            position(text, self.span.start),
            position(text, self.span.end),
        )
    }
}

fn position(text: &str, at: usize) -> Position {
    let before = &text[..text.floor_char_boundary(at)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let mark = before[line_start..].starts_with('\u{feff}');
    Position {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1 - usize::from(mark),
    }
}

/// A finding with severity and source location.
#[derive(Clone, Debug)]
pub struct Diagnostic<'a> {
    /// The rule.
    pub rule: &'static Rule,
    /// Its severity.
    pub severity: Severity,
    /// The source location.
    pub spot: SourceSpan<'a>,
    /// The message.
    pub message: &'a Message,
    /// What to do about it.
    pub help: Option<&'a Message>,
    /// Related locations, each with a message.
    pub related: Vec<(SourceSpan<'a>, &'a Message)>,
    /// Whether it is safe to fix automatically.
    pub fixable: bool,
}

/// The counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The number of files checked.
    pub files: usize,
    /// The number of errors.
    pub errors: usize,
    /// The number of warnings.
    pub warnings: usize,
    /// The number of findings that are safe to fix automatically.
    pub fixable: usize,
}

impl Summary {
    /// Counts a finding.
    pub fn add(&mut self, severity: Severity, is_fixable: bool) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        self.fixable += usize::from(is_fixable);
    }
}
