//! Documents and their output formats: Markdown, HTML and Word are rendered from the same blocks, so that they always
//! agree.
//!
//! Contains the [`Document`] model, the parser for the Markdown that report templates produce ([`parse`]), sanitizing
//! of record data for templates ([`escape`], [`figure`]), and a renderer for each format ([`FORMATS`]). Does not
//! contain: records, the counting of figures, templates, file access (a renderer returns bytes).

mod cards;
mod cells;
mod chart;
mod chart_words;
mod docx;
mod escape;
mod fault;
mod fenced;
pub mod fill;
mod form;
mod format;
mod html;
mod markdown;
mod model;
mod parse;
mod plain;
mod sources;
mod tokens;
mod xml_text;

pub use cards::{Card, CardSheet};
pub use chart::{Chart, ChartKind, Series};
pub use escape::{clean, escape, figure};
pub use fault::{MarkdownFault, ParseError};
pub use format::Format;
pub use model::{
    Alignment, Block, Document, Figure, Form, FormCell, FormRow, Inline, List, PageStyle, Table,
};
pub use parse::{SOFT_BREAK, parse};
pub use sources::{Counted, Source, Sources};

/// All formats, the simplest first.
pub static FORMATS: &[&dyn Format] = &[&markdown::Markdown, &html::Html, &docx::Word];

/// Returns the format called `name`.
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}
