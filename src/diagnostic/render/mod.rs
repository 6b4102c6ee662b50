//! Findings as people and programs read them: each format is one file.
//!
//! A format puts one [`Diagnostic`] into words while its file's text is at hand, on any thread; what is around all of
//! them it writes when they are in order.

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
pub use text::Shown;

#[cfg(test)]
mod tests;
