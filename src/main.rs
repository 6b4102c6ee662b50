//! The `cuncao` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    cuncao::cli::run(std::env::args_os())
}
