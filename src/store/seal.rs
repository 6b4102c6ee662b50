//! Encryption of confidential fields for the recipients in the school's settings.
//!
//! The value of an encrypted field is an armoured age file (age-encryption.org/v1), so that the `age` program can
//! decrypt it, too. Each value is encrypted separately: editing one leaves the others as they are.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

#[cfg(feature = "seal")]
#[path = "seal/age.rs"]
mod keys;
#[cfg(not(feature = "seal"))]
#[path = "seal/unavailable.rs"]
mod keys;

pub use keys::{Identities, Recipients};

use super::edit::{Change, EditError, change};
use crate::model::FieldPath;
use crate::model::is_filled;
use crate::model::prose::is_sealed;
use crate::model::shape::{FieldType, Shape};

/// The reason why something could not be encrypted or decrypted.
#[derive(Debug)]
pub enum SealFault {
    /// The program was built without the feature `seal`.
    Unavailable,
    /// This text is not a public key.
    NotARecipient(String),
    /// There are no recipients.
    NoRecipients,
    /// A key file could not be read, or contains no usable key.
    Identity(String),
    /// None of the keys decrypts the field.
    NotForUs(FieldPath),
    /// The encrypted value is damaged.
    Damaged(FieldPath, String),
    /// The text of the record could not be edited.
    Text(EditError),
}

/// Asks for the passphrase of a key; none if nobody can be asked.
pub type AskPassphrase = Arc<dyn Fn() -> Option<String> + Send + Sync>;

impl Recipients {
    /// Encrypts the confidential fields of a record that are in clear.
    pub fn seal_record(&self, shape: &Shape, text: &str) -> Result<String, SealFault> {
        let sealed = |_: FieldPath, value: &str| {
            if is_sealed(value) {
                Ok(None)
            } else {
                self.seal(value).map(Some)
            }
        };
        rewrite(shape, text, sealed)
    }
}

impl Identities {
    /// Decrypts the fields of a record.
    pub fn open_record(&self, shape: &Shape, text: &str) -> Result<String, SealFault> {
        let opened = |path: FieldPath, value: &str| {
            if is_sealed(value) {
                self.open(&path, value).map(Some)
            } else {
                Ok(None)
            }
        };
        rewrite(shape, text, opened)
    }

    /// Decrypts the fields of a parsed record in place.
    pub fn open_table(&self, shape: &Shape, table: &mut toml::Table) -> Result<(), SealFault> {
        each_confidential(shape, table, &FieldPath::default(), &mut |path, value| {
            if is_sealed(value) {
                *value = self.open(&path, value)?;
            }
            Ok(())
        })
    }
}

/// Returns the confidential fields in a text, including those in tables; empty if it is not TOML.
pub fn confidential_values(shape: &Shape, text: &str) -> BTreeMap<FieldPath, String> {
    let mut values = BTreeMap::new();
    let text = text.trim_start_matches(super::encoding::BYTE_ORDER_MARK);
    if let Ok(mut table) = text.parse::<toml::Table>() {
        let gathered = each_confidential(
            shape,
            &mut table,
            &FieldPath::default(),
            &mut |path, value| {
                values.insert(path, std::mem::take(value));
                Ok::<_, Infallible>(())
            },
        );
        let Ok(()) = gathered;
    }
    values
}

/// Whether a record has confidential values that are not sealed.
pub fn has_clear_values(shape: &Shape, text: &str) -> bool {
    let values = confidential_values(shape, text);
    let is_clear = |value: &String| !is_sealed(value) && is_filled(value);
    values.values().any(is_clear)
}

/// Calls `visit` with each confidential field of a record, including those in tables.
fn each_confidential<E>(
    shape: &Shape,
    table: &mut toml::Table,
    at: &FieldPath,
    visit: &mut impl FnMut(FieldPath, &mut String) -> Result<(), E>,
) -> Result<(), E> {
    for (name, value) in table.iter_mut() {
        let Some(field) = shape.field(name) else {
            continue;
        };
        let path = at.then(name);
        match (&field.holds, value) {
            (FieldType::Confidential, toml::Value::String(value)) => visit(path, value)?,
            (FieldType::Table(inner), toml::Value::Table(table)) => {
                each_confidential(inner, table, &path, visit)?;
            }
            (FieldType::Tables(inner), toml::Value::Array(entries)) => {
                for (index, entry) in entries.iter_mut().enumerate() {
                    if let toml::Value::Table(table) = entry {
                        each_confidential(inner, table, &path.at(index), visit)?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn rewrite(
    shape: &Shape,
    text: &str,
    mut other: impl FnMut(FieldPath, &str) -> Result<Option<String>, SealFault>,
) -> Result<String, SealFault> {
    let mut changes = Vec::new();
    for (path, value) in confidential_values(shape, text) {
        if let Some(value) = other(path.clone(), &value)? {
            let value = Some(value.into());
            changes.push(Change { path, value });
        }
    }
    if changes.is_empty() {
        Ok(text.to_owned())
    } else {
        change(text, shape, &changes).map_err(SealFault::Text)
    }
}
