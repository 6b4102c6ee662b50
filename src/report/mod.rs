//! Reports.
pub mod naming;
pub mod words;
