//! The program's commands: what they take from the command line and what they print.

mod change;
pub mod complete;
pub mod completions;
mod days;
pub mod doctor;
pub mod due;
pub mod export;
pub mod ground;
pub mod import;
pub mod log;
pub mod migrate;
pub mod rollup;
