//! Texts and how they are shown: languages, message catalogues, display width, names.
//!
//! A leaf: imports no other module of the crate.

pub mod lang;
pub mod name;
pub mod number;
pub mod pinyin;
pub mod sanitize;
pub mod suggest;
pub mod width;

pub use lang::{Lang, Text};
