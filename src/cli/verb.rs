//! What each command is to the command line.

use clap::Args;

use super::shared::session::Session;

/// How a command ended that did what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// All is well.
    Done,
    /// It worked, and found errors in the records.
    FoundErrors,
}

/// A command.
pub(super) trait Verb: Args {
    /// Does what was asked.
    ///
    /// # Errors
    ///
    /// Why it could not be done: printed as one message, exit status 2.
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome>;
}
