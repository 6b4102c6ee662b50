//! Record keeping for left-behind children at schools, in plain text files.
//!
//! The modules, each of which uses only those before it (enforced by `tests/suite/tidy.rs`):
//!
//! - [`text`]: languages, messages, display width. [`model`]: types of the records; no files.
//! - [`diagnostic`]: findings and rules. [`store`]: files, git, atomic writes.
//! - [`analysis`]: figures, duties, due dates; pure functions over [`model`].
//! - [`document`]: documents and their formats Markdown, HTML and Word; uses only [`text`].
//! - [`report`]: documents from [`analysis`], by templates.
//! - [`rules`]: the checks of `validate`. [`exchange`]: import and export of tables, rollup of schools, history.
//! - [`cli`]: the commands; the only module that prints.
//!
//! The module `threads` runs work in parallel and may be used by all of them.
//!
//! A kind of record, a rule, a figure, a report or a command is one file and one line in a list.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod analysis;
pub mod cli;
pub mod diagnostic;
pub mod document;
pub mod exchange;
pub mod model;
pub mod report;
pub mod rules;
pub mod store;
pub mod text;
mod threads;
