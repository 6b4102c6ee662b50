//! Problems in files, as values: which rule is violated, where, and what to do.
//!
//! A [`Finding`] is a violation of a [`Rule`] in a file; a [`render::Diagnostic`] is a finding with its severity and
//! its place in the text. The module `render` formats them.

pub mod example;
mod finding;
mod input_error;
pub mod render;
pub mod rule;

pub use finding::{Finding, Fix, Message, Place, Related};
pub use input_error::{InputKind, explain_input_error};
pub use rule::{Group, Rule, Scope, Severity};
