//! JSON format: one object.

use serde::Serialize;
use std::io::{self, Write};

use super::diagnostic::{Diagnostic, Summary};
use crate::text::Lang;

#[derive(Serialize)]
struct FindingObject<'a> {
    rule: &'a str,
    severity: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: String,
    help: Option<String>,
    fixable: bool,
}

/// Formats a finding as a JSON object on one line.
///
/// # Errors
///
/// Does not occur: all values are numbers and strings.
pub fn row(diagnostic: &Diagnostic<'_>, lang: Lang) -> serde_json::Result<String> {
    let (start, end) = diagnostic.spot.positions();
    serde_json::to_string(&FindingObject {
        rule: diagnostic.rule.name,
        severity: diagnostic.severity.name(),
        path: diagnostic.spot.path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        message: diagnostic.message.text(lang),
        help: diagnostic.help.map(|help| help.text(lang)),
        fixable: diagnostic.fixable,
    })
}

/// Writes findings as `{"diagnostics": [...], "summary": {...}}`.
#[derive(Debug)]
pub struct Json<W> {
    out: W,
    is_first: bool,
}

impl<W: Write> Json<W> {
    /// Writes the beginning of the object.
    pub fn begin(mut out: W) -> io::Result<Json<W>> {
        out.write_all(b"{\"diagnostics\": [")?;
        Ok(Json {
            out,
            is_first: true,
        })
    }

    /// Writes a finding, formatted by [`row`].
    pub fn add(&mut self, row: &str) -> io::Result<()> {
        let gap: &[u8] = if self.is_first { b"\n  " } else { b",\n  " };
        self.is_first = false;
        self.out.write_all(gap)?;
        self.out.write_all(row.as_bytes())
    }

    /// Writes the end of the object, with the leaks found in a commit.
    pub fn end(mut self, summary: &Summary, commit: Option<impl Serialize>) -> io::Result<()> {
        let summary = serde_json::json!({
            "files": summary.files,
            "errors": summary.errors,
            "warnings": summary.warnings,
            "fixable": summary.fixable,
        });
        let gap = if self.is_first { "" } else { "\n" };
        write!(self.out, "{gap}], \"summary\": {summary}")?;
        if let Some(commit) = commit {
            write!(self.out, ", \"commit\": ")?;
            serde_json::to_writer(&mut self.out, &commit)?;
        }
        writeln!(self.out, "}}")
    }
}
