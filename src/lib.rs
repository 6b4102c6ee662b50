//! The school's care for its left-behind children, kept in plain files.

pub mod document;
pub mod text;
