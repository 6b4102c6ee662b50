//! The trait of commands.

use clap::Args;

use super::shared::session::Session;

/// The outcome of a command that succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Success.
    Done,
    /// Success, but the records contain errors.
    FoundErrors,
}

/// A command.
pub(super) trait Verb: Args {
    /// Runs the command.
    ///
    /// # Errors
    ///
    /// Printed as one message, with exit status 2.
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome>;
}
