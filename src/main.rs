//! The `cuncao` program.

fn main() {}
