//! Keys and encryption with the `age` library.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient};

use super::{AskPassphrase, SealFault};
use crate::model::FieldPath;

/// The maximum size of a key file.
const MAX_KEY_FILE_BYTES: u64 = 1 << 20;

/// The recipients of encrypted values.
pub struct Recipients(Vec<Box<dyn Recipient + Send>>);

impl Recipients {
    /// Parses public keys: `age1…`, or a line of an OpenSSH `.pub` file (ssh-ed25519, ssh-rsa).
    ///
    /// # Errors
    ///
    /// [`SealFault::NotARecipient`].
    pub fn parse(keys: &[String]) -> Result<Recipients, SealFault> {
        let recipients = keys
            .iter()
            .map(|key| recipient(key))
            .collect::<Result<_, _>>();
        recipients.map(Recipients)
    }

    /// Whether there are no recipients, so that nothing is encrypted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Encrypts a value.
    ///
    /// # Errors
    ///
    /// [`SealFault::NoRecipients`].
    pub fn seal(&self, value: &str) -> Result<String, SealFault> {
        let recipients = self
            .0
            .iter()
            .map(|recipient| recipient.as_ref() as &dyn Recipient);
        let encryptor =
            Encryptor::with_recipients(recipients).map_err(|_| SealFault::NoRecipients)?;
        let written = || -> std::io::Result<Vec<u8>> {
            let armour = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor)?;
            let mut writer = encryptor.wrap_output(armour)?;
            writer.write_all(value.as_bytes())?;
            writer.finish()?.finish()
        };
        let damaged = |fault: String| SealFault::Damaged(FieldPath::default(), fault);
        let bytes = written().map_err(|fault| damaged(fault.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|fault| damaged(fault.to_string()))?;
        // On Windows the armour has `\r\n` line ends.
        Ok(text.replace("\r\n", "\n"))
    }
}

fn recipient(key: &str) -> Result<Box<dyn Recipient + Send>, SealFault> {
    let key = key.trim();
    if let Ok(recipient) = key.parse::<age::x25519::Recipient>() {
        return Ok(Box::new(recipient));
    }
    match key.parse::<age::ssh::Recipient>() {
        Ok(recipient) => Ok(Box::new(recipient)),
        Err(_) => Err(SealFault::NotARecipient(key.to_owned())),
    }
}

/// The keys for decryption.
pub struct Identities(Vec<Box<dyn Identity>>);

impl Identities {
    /// Reads a file of age identities or an OpenSSH private key.
    ///
    /// # Errors
    ///
    /// [`SealFault::Identity`], with a message that contains nothing of the file.
    pub fn read(path: &Path, ask: AskPassphrase) -> Result<Identities, SealFault> {
        let mut bytes = Vec::new();
        let file =
            std::fs::File::open(path).map_err(|fault| SealFault::Identity(fault.to_string()))?;
        file.take(MAX_KEY_FILE_BYTES)
            .read_to_end(&mut bytes)
            .map_err(|fault| SealFault::Identity(fault.to_string()))?;
        let fault = |fault: std::io::Error| SealFault::Identity(fault.to_string());
        if bytes.starts_with(b"-----BEGIN") {
            let key = age::ssh::Identity::from_buffer(&bytes[..], None).map_err(fault)?;
            if let age::ssh::Identity::Unsupported(_) = key {
                return Err(SealFault::Identity(
                    "unsupported kind of SSH key".to_owned(),
                ));
            }
            let passphrase = Passphrase {
                ask,
                given: Arc::default(),
            };
            return Ok(Identities(vec![Box::new(key.with_callbacks(passphrase))]));
        }
        let keys = age::IdentityFile::from_buffer(&bytes[..]).map_err(fault)?;
        let keys = keys
            .into_identities()
            .map_err(|fault| SealFault::Identity(fault.to_string()))?;
        if keys.is_empty() {
            return Err(SealFault::Identity("no key in it".to_owned()));
        }
        Ok(Identities(
            keys.into_iter()
                .map(|key| key as Box<dyn Identity>)
                .collect(),
        ))
    }

    /// Decrypts a value.
    ///
    /// # Errors
    ///
    /// [`SealFault::NotForUs`] or [`SealFault::Damaged`], with the path of the field.
    pub fn open(&self, path: &FieldPath, sealed: &str) -> Result<String, SealFault> {
        let damaged = |fault: String| SealFault::Damaged(path.clone(), fault);
        let decryptor = Decryptor::new_buffered(ArmoredReader::new(sealed.trim().as_bytes()))
            .map_err(|fault| damaged(fault.to_string()))?;
        let keys = self.0.iter().map(|key| key.as_ref());
        let mut reader = decryptor.decrypt(keys).map_err(|fault| match fault {
            DecryptError::NoMatchingKeys | DecryptError::KeyDecryptionFailed => {
                SealFault::NotForUs(path.clone())
            }
            other => damaged(other.to_string()),
        })?;
        let mut value = String::new();
        reader
            .read_to_string(&mut value)
            .map_err(|fault| damaged(fault.to_string()))?;
        Ok(value)
    }
}

/// Asks for a passphrase once and remembers it.
#[derive(Clone)]
struct Passphrase {
    ask: AskPassphrase,
    given: Arc<OnceLock<Option<SecretString>>>,
}

impl age::Callbacks for Passphrase {
    fn display_message(&self, _: &str) {}

    fn confirm(&self, _: &str, _: &str, _: Option<&str>) -> Option<bool> {
        None
    }

    fn request_public_string(&self, _: &str) -> Option<String> {
        None
    }

    fn request_passphrase(&self, _: &str) -> Option<SecretString> {
        let ask = || (self.ask)().map(SecretString::from);
        self.given.get_or_init(ask).clone()
    }
}
