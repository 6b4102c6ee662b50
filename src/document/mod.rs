//! One document, several forms: Markdown, HTML and Word, rendered from the same blocks, so that they always agree.
//!
//! What belongs here: the [`Document`] and its parts, reading one from the Markdown that report templates
//! produce ([`parse`]), making record data safe for such a template ([`escape`], [`figure`]), and one renderer for
//! each form ([`FORMATS`]). What does not: records, figures and how they are counted, the templates themselves,
//! and files: a renderer returns bytes.

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
pub use fault::{Fault, ParseError};
pub use format::Format;
pub use model::{
    Alignment, Block, Document, Figure, Form, FormCell, FormRow, Inline, List, PageStyle, Table,
};
pub use parse::{SOFT_BREAK, parse};
pub use sources::{Counted, Source, Sources};

/// Every form, the simplest first.
pub static FORMATS: &[&dyn Format] = &[&markdown::Markdown, &html::Html, &docx::Word];

/// The form called `name`.
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}
