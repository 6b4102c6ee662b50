//! Confidential fields sealed in the files: encrypted to the people whom the school's settings name.
//!
//! The format is age's (age-encryption.org/v1), in its armoured form, as the value of the field; so the `age`
//! program opens a value too. Every value is sealed on its own: who edits one leaves the others as they are.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient};

use super::edit::{Change, Unchanged, change};
use crate::model::FieldPath;
use crate::model::prose::is_sealed;
use crate::model::shape::{Holds, Shape};

/// More than this no list of keys holds.
const LARGEST_KEYS: u64 = 1 << 20;

/// Why something could not be sealed or opened.
#[derive(Debug)]
pub enum SealFault {
    /// No public key: the text that was found.
    NotARecipient(String),
    /// Nobody is named to whom it could be sealed.
    NoRecipients,
    /// A file of keys could not be read, or holds none that can open anything.
    Identity(String),
    /// None of the keys opens the field.
    NotForUs(FieldPath),
    /// What stands in the field is damaged.
    Damaged(FieldPath, String),
    /// The text of the record cannot be changed.
    Text(Unchanged),
}

/// Those to whom values are sealed.
pub struct Recipients(Vec<Box<dyn Recipient + Send>>);

impl Recipients {
    /// Reads public keys: `age1…`, or a line of an OpenSSH `.pub` file (ssh-ed25519, ssh-rsa).
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

    /// Whether nobody is named: then nothing is sealed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A value sealed.
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
        String::from_utf8(bytes).map_err(|fault| damaged(fault.to_string()))
    }

    /// The text of a record with the confidential fields sealed that stand there in clear.
    ///
    /// # Errors
    ///
    /// [`SealFault`].
    pub fn seal_record(&self, shape: &Shape, text: &str) -> Result<String, SealFault> {
        let sealed = |_: FieldPath, value: &str| match is_sealed(value) {
            true => Ok(None),
            false => self.seal(value).map(Some),
        };
        rewrite(shape, text, sealed)
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

/// Asks a person for the passphrase of a key; none where nobody can be asked.
pub type Ask = Arc<dyn Fn() -> Option<String> + Send + Sync>;

/// The keys that open what is sealed.
pub struct Identities(Vec<Box<dyn Identity>>);

impl Identities {
    /// Reads a file of age identities or an OpenSSH private key.
    ///
    /// # Errors
    ///
    /// [`SealFault::Identity`], with words that hold nothing of the file.
    pub fn read(path: &Path, ask: Ask) -> Result<Identities, SealFault> {
        let mut bytes = Vec::new();
        let file =
            std::fs::File::open(path).map_err(|fault| SealFault::Identity(fault.to_string()))?;
        file.take(LARGEST_KEYS)
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

    /// A sealed value in clear.
    ///
    /// # Errors
    ///
    /// [`SealFault::NotForUs`], [`SealFault::Damaged`], both with the path of the field.
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

    /// The text of a record with its sealed fields in clear.
    ///
    /// # Errors
    ///
    /// [`SealFault`].
    pub fn open_record(&self, shape: &Shape, text: &str) -> Result<String, SealFault> {
        let opened = |path: FieldPath, value: &str| match is_sealed(value) {
            true => self.open(&path, value).map(Some),
            false => Ok(None),
        };
        rewrite(shape, text, opened)
    }

    /// Puts the values in clear into a record that was read.
    ///
    /// # Errors
    ///
    /// [`SealFault`].
    pub fn open_table(&self, shape: &Shape, table: &mut toml::Table) -> Result<(), SealFault> {
        for name in sealable(shape) {
            if let Some(toml::Value::String(value)) = table.get_mut(name)
                && is_sealed(value)
            {
                *value = self.open(&FieldPath::key(name), value)?;
            }
        }
        Ok(())
    }
}

/// What was typed once is asked for once.
#[derive(Clone)]
struct Passphrase {
    ask: Ask,
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

/// The names of the fields that are sealed: those that are confidential.
pub fn sealable(shape: &Shape) -> impl Iterator<Item = &str> {
    let fields = shape.fields.iter();
    fields
        .filter(|field| matches!(field.holds, Holds::Confidential))
        .map(|field| field.name.as_str())
}

/// The record's confidential fields as they stand in a text; none where it is no TOML.
pub fn confidential_values(shape: &Shape, text: &str) -> BTreeMap<String, String> {
    let Ok(mut table) = text
        .trim_start_matches(super::surface::BYTE_ORDER_MARK)
        .parse::<toml::Table>()
    else {
        return BTreeMap::new();
    };
    let values = sealable(shape).filter_map(|name| match table.remove(name)? {
        toml::Value::String(value) => Some((name.to_owned(), value)),
        _ => None,
    });
    values.collect()
}

fn rewrite(
    shape: &Shape,
    text: &str,
    mut other: impl FnMut(FieldPath, &str) -> Result<Option<String>, SealFault>,
) -> Result<String, SealFault> {
    let mut changes = Vec::new();
    for (name, value) in confidential_values(shape, text) {
        let path = FieldPath::key(&name);
        if let Some(value) = other(path.clone(), &value)? {
            let value = Some(value.into());
            changes.push(Change { path, value });
        }
    }
    match changes.is_empty() {
        true => Ok(text.to_owned()),
        false => change(text, shape, &changes).map_err(SealFault::Text),
    }
}
