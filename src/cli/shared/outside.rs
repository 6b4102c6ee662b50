//! `--public` for commands without public output: refused with an explanation instead of as an unknown option.

use clap::Args;

use crate::cli::shared::user_error::UserError;
use crate::diagnostic::Message;

/// The option of commands whose output is never public.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct NeverPublic {
    #[arg(long, hide = true)]
    public: bool,
}

impl NeverPublic {
    /// Refuses the option.
    ///
    /// # Errors
    ///
    /// It was given.
    pub(crate) fn refuse(self, command: &'static str) -> anyhow::Result<()> {
        if self.public {
            let message = Message::new("never-public").with("command", command);
            let help = Message::new("never-public-help");
            return Err(UserError::new(message).help(help).into());
        }
        Ok(())
    }
}
