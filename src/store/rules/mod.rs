//! The rules that are checked while files are read; the others are in the part of the program that has their name.

pub mod layout;
pub mod reference;
pub mod schema;
pub mod syntax;
