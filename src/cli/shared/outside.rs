//! `--public` where nothing is public: it is refused in a sentence, and not as an option that nobody knows.

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
    /// Refuses to print for the public.
    ///
    /// # Errors
    ///
    /// It was asked for.
    pub(crate) fn refuse(self, command: &'static str) -> anyhow::Result<()> {
        if self.public {
            let message = Message::new("never-public").with("command", command);
            let help = Message::new("never-public-help");
            return Err(UserError::new(message).help(help).into());
        }
        Ok(())
    }
}
