//! The rules that are checked while reading files; the others are in the module `rules` of the crate.

pub mod layout;
pub mod reference;
pub mod schema;
pub mod syntax;
