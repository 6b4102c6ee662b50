//! The keys by which commands seal and open confidential fields.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::cli::shared::environment;
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::{UserError, seal_unavailable};
use crate::diagnostic::Message;
use crate::model::{Kind, School};
use crate::store::SCHOOL_FILE;
use crate::store::seal::{AskPassphrase, Identities, Recipients, SealFault};
use crate::text::Lang;

/// The key files.
#[derive(Args, Debug, Default)]
pub(crate) struct IdentityArgs {
    #[arg(long, value_name = "FILE", env = "CUNCAO_IDENTITY", hide_env = true)]
    identity: Option<PathBuf>,
}

impl IdentityArgs {
    /// Reads the keys, if any were given.
    ///
    /// # Errors
    ///
    /// The key file cannot be read.
    pub(crate) fn read(&self, session: &Session) -> anyhow::Result<Option<Identities>> {
        let Some(path) = &self.identity else {
            return Ok(None);
        };
        let identities = Identities::read(path, passphrase(path, session.lang)).map_err(
            |fault| match fault {
                SealFault::Identity(fault) => {
                    let path = path.display().to_string();
                    let message = Message::new("seal-bad-identity").with("path", path);
                    UserError::new(message.with("fault", fault))
                        .help(Message::new("seal-bad-identity-help"))
                        .into()
                }
                other => refusal(other, ""),
            },
        )?;
        Ok(Some(identities))
    }

    /// Reads the keys, which are required.
    ///
    /// # Errors
    ///
    /// None were given, or the key file cannot be read.
    pub(crate) fn needed(&self, session: &Session) -> anyhow::Result<Identities> {
        let missing = || UserError::new(Message::new("seal-no-identity"));
        Ok(self.read(session)?.ok_or_else(missing)?)
    }
}

/// Asks for the passphrase of a key, if there is a terminal.
fn passphrase(path: &Path, lang: Lang) -> AskPassphrase {
    let path = path.display().to_string();
    let question = crate::tr!(lang, "seal-passphrase", path = path);
    let question = crate::text::sanitize::terminal(&question).into_owned();
    Arc::new(move || {
        if !environment::is_input_terminal() {
            return None;
        }
        let prompt = inquire::Password::new(&question).without_confirmation();
        prompt.prompt().ok()
    })
}

/// The school's seal recipients; none by default.
///
/// # Errors
///
/// A public key in the settings is invalid.
pub(crate) fn recipients(school: &School) -> anyhow::Result<Recipients> {
    Recipients::parse(&school.seal.recipients).map_err(|fault| refusal(fault, SCHOOL_FILE))
}

/// Seals the confidential fields of a text, if the school seals.
///
/// # Errors
///
/// They cannot be sealed.
pub(crate) fn sealed(
    recipients: &Recipients,
    kind: Kind,
    path: &str,
    text: String,
) -> anyhow::Result<String> {
    if recipients.is_empty() {
        return Ok(text);
    }
    let sealed = recipients.seal_record(kind.shape(), &text);
    sealed.map_err(|fault| refusal(fault, path))
}

/// The error for a failure to seal or open.
pub(crate) fn refusal(fault: SealFault, path: &str) -> anyhow::Error {
    let message = |id| Message::new(id).with("path", path.to_owned());
    let refusal = match fault {
        SealFault::Unavailable => seal_unavailable(),
        SealFault::NotARecipient(found) => {
            UserError::new(message("seal-bad-recipient").with("found", found))
                .help(Message::new("seal-bad-recipient-help"))
        }
        SealFault::NoRecipients => UserError::new(Message::new("seal-no-recipients"))
            .help(Message::new("seal-no-recipients-help")),
        SealFault::Identity(fault) => {
            UserError::new(message("seal-bad-identity").with("fault", fault))
        }
        SealFault::NotForUs(field) => {
            UserError::new(message("seal-not-for-us").with("field", field))
                .help(Message::new("seal-not-for-us-help"))
        }
        SealFault::Damaged(field, fault) => UserError::new(
            message("seal-damaged")
                .with("field", field)
                .with("fault", fault),
        )
        .help(Message::new("seal-damaged-help")),
        SealFault::Text(_) => UserError::new(message("not-toml")),
    };
    refusal.into()
}
