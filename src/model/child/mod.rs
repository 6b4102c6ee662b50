//! A child's file, its tables and codes.

mod codes;
mod id_numbers;
mod record;
mod tables;

pub use codes::*;
pub use id_numbers::IdNumber;
pub use record::Child;
pub use tables::*;
