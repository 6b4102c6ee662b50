//! From records to values: pure functions of the records, the school's settings and a [`Scope`].
//!
//! Nothing here reads a file, asks for the day or prints. What a number was counted from goes with it.

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
