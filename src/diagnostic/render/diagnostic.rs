//! A finding with its severity and its place, ready to be shown.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{Message, Rule, Severity};

/// A place in the text of a file.
#[derive(Clone, Debug)]
pub struct SourceSpan<'a> {
    /// The file, from the records directory, with `/`.
    pub path: &'a str,
    /// The file's text; none where the place is the file as a whole.
    pub text: Option<Cow<'a, str>>,
    /// The bytes that are meant.
    pub span: Range<usize>,
    /// Whether the lines may be shown: they may not where they hold what is confidential.
    pub shown: bool,
}

/// A line and a column, both counted from 1; columns are characters, as editors count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl SourceSpan<'_> {
    /// Where the place begins and where it ends; the first character of the file where it is the whole of it.
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

/// A finding with its level and its place in the text, ready to be shown.
#[derive(Clone, Debug)]
pub struct Diagnostic<'a> {
    /// The rule.
    pub rule: &'static Rule,
    /// Its severity.
    pub severity: Severity,
    /// Where it is.
    pub spot: SourceSpan<'a>,
    /// What is wrong.
    pub message: &'a Message,
    /// What to do about it.
    pub help: Option<&'a Message>,
    /// Other places that have to do with it.
    pub related: Vec<(SourceSpan<'a>, &'a Message)>,
    /// Whether it is safe to fix automatically.
    pub fixable: bool,
}

/// How many findings there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were looked at.
    pub files: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Findings that are safe to fix automatically.
    pub fixable: usize,
}

impl Summary {
    /// Counts one finding more.
    pub fn add(&mut self, severity: Severity, is_fixable: bool) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        self.fixable += usize::from(is_fixable);
    }
}
