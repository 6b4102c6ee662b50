//! Output formats for findings, one file each.
//!
//! A format renders single [`Diagnostic`]s on any thread, while the text of the file is in memory; the output around
//! them is written once they are in order.

mod diagnostic;
mod github;
mod json;
mod sarif;
mod short;
mod text;

pub use diagnostic::{Diagnostic, Position, SourceSpan, Summary};
pub use github::github;
pub use json::{Json, row};
pub use sarif::Sarif;
pub use short::short;
pub use text::TextRenderer;

#[cfg(test)]
mod tests;
