//! For programs: one JSON object.

use serde::Serialize;
use std::io::{self, Write};

use super::{Diagnostic, Summary};
use crate::text::Lang;

#[derive(Serialize)]
struct Row<'a> {
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

/// Writes findings as `{"diagnostics": [...], "summary": {...}}`.
#[derive(Debug)]
pub struct Json<W> {
    out: W,
    lang: Lang,
    is_first: bool,
}

impl<W: Write> Json<W> {
    /// Begins the object.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn begin(mut out: W, lang: Lang) -> io::Result<Json<W>> {
        out.write_all(b"{\"diagnostics\": [")?;
        Ok(Json {
            out,
            lang,
            is_first: true,
        })
    }

    /// Writes a finding.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn add(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        let (start, end) = diagnostic.spot.positions();
        let row = Row {
            rule: diagnostic.rule,
            severity: diagnostic.level.name(),
            path: &diagnostic.spot.path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            message: diagnostic.message.text(self.lang),
            help: diagnostic.help.as_ref().map(|help| help.text(self.lang)),
            fixable: diagnostic.fixable,
        };
        let gap: &[u8] = if self.is_first { b"\n  " } else { b",\n  " };
        self.is_first = false;
        self.out.write_all(gap)?;
        serde_json::to_writer(&mut self.out, &row)?;
        Ok(())
    }

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn end(mut self, summary: &Summary) -> io::Result<()> {
        let summary = serde_json::json!({
            "files": summary.files,
            "errors": summary.errors,
            "warnings": summary.warnings,
            "fixable": summary.fixable,
        });
        let gap = if self.is_first { "" } else { "\n" };
        writeln!(self.out, "{gap}], \"summary\": {summary}}}")
    }
}
