//! The school's care for its left-behind children, kept in plain files.

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
