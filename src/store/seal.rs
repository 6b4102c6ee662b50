//! Confidential fields sealed in the files: encrypted to the people whom the school's settings name.
//!
//! The format is age's (age-encryption.org/v1), in its armoured form, as the value of the field; so the `age`
//! program opens a value too. Every value is sealed on its own: who edits one leaves the others as they are.

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
use crate::model::prose::is_sealed;
use crate::model::shape::{Holds, Shape};

/// Why something could not be sealed or opened.
#[derive(Debug)]
pub enum SealFault {
    /// The program was built without the feature `seal`.
    Unavailable,
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
    Text(EditError),
}

/// Asks a person for the passphrase of a key; none where nobody can be asked.
pub type AskPassphrase = Arc<dyn Fn() -> Option<String> + Send + Sync>;

impl Recipients {
    /// The text of a record with the confidential fields sealed that stand there in clear.
    ///
    /// # Errors
    ///
    /// [`SealFault`].
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
    /// The text of a record with its sealed fields in clear.
    ///
    /// # Errors
    ///
    /// [`SealFault`].
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

    /// Puts the values in clear into a record that was read.
    ///
    /// # Errors
    ///
    /// [`SealFault`].
    pub fn open_table(&self, shape: &Shape, table: &mut toml::Table) -> Result<(), SealFault> {
        each_confidential(shape, table, &FieldPath::default(), &mut |path, value| {
            if is_sealed(value) {
                *value = self.open(&path, value)?;
            }
            Ok(())
        })
    }
}

/// The record's confidential fields as they stand in a text, also those of tables in it; none where it is no TOML.
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

/// Calls `visit` with each confidential text of a record, also those of tables in it.
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
            (Holds::Confidential, toml::Value::String(value)) => visit(path, value)?,
            (Holds::Table(inner), toml::Value::Table(table)) => {
                each_confidential(inner, table, &path, visit)?;
            }
            (Holds::Tables(inner), toml::Value::Array(entries)) => {
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
