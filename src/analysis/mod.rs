//! Analysis: pure functions from the records, the school's settings and a [`Scope`] to values.
//!
//! Nothing here reads a file, asks for the current date or prints. Every number comes with the evidence it was counted
//! from.

pub mod audit;
pub mod breakdown;
pub mod caseload;
pub mod compare;
pub mod contact;
pub mod dimension;
pub mod due;
pub mod duty;
pub mod figures;
pub mod load;
pub mod mention;
pub mod people;
pub mod release;
pub mod scope;
pub mod statement;

pub use people::People;
pub use scope::{Basis, Scope};
