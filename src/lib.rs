//! The school's care for its left-behind children, kept in plain files.
//!
//! The parts, each of which uses only those named before it (`tests/suite/tidy.rs` holds them to that):
//!
//! - [`text`]: words, languages, widths. [`model`]: the plain types of the records; no files.
//! - [`diagnostic`]: what is wrong, where, and what to do. [`store`]: files, git, writing whole or not at all.
//! - [`analysis`]: figures, duties, what is due; pure, over the types of [`model`].
//! - [`document`]: one document and its forms Markdown, HTML and Word; knows [`text`] alone.
//! - [`report`]: [`analysis`] put into a [`document`] by templates.
//! - [`rules`]: what `validate` checks. [`exchange`]: tables in and out, many schools, history.
//! - [`cli`]: the commands; the only part that prints.
//!
//! Beside them stands `threads`, which shares work among threads, whatever the work is.
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
