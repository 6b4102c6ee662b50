//! The program's commands: what they take from the command line and what they print.

pub mod due;
