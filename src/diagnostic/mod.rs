//! What is wrong with a file, where, and what to do: values, not errors.
//!
//! A [`Finding`] is a broken [`Rule`] in a file; a [`render::Diagnostic`] is a finding with its severity and its place in
//! the text, ready to be shown. How they are shown is in `render`.

pub mod example;
mod finding;
mod input_error;
pub mod render;
pub mod rule;

pub use finding::{Finding, Fix, Message, Place, Related};
pub use input_error::{InputKind, explain_input_error};
pub use rule::{Group, Rule, Scope, Severity};
