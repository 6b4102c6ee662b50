//! One document, several forms: Markdown, HTML and Word, rendered from the same blocks, so that they always agree.
//!
//! What belongs here: the [`Document`] and its parts, reading one from the Markdown that report templates
//! produce ([`parse`]), making record data safe for such a template ([`escape`], [`figure`]), and one renderer for
//! each form ([`FORMATS`]). What does not: records, figures and how they are counted, the templates themselves,
//! and files: a renderer returns bytes.

mod cards;
mod chart;
mod docx;
mod escape;
mod fenced;
mod format;
mod html;
mod markdown;
mod model;
mod parse;
mod sources;

pub use cards::{Card, CardSheet};
pub use chart::{Chart, ChartKind, Series};
pub use escape::{clean, escape, figure};
pub use format::{FORMATS, Format, format};
pub use model::{Alignment, Block, Document, Figure, Inline, List, PageStyle, Table};
pub use parse::{Fault, ParseError, parse};
pub use sources::{Counted, Source, Sources};
