//! Confidential fields sealed in the files: encrypted to the people whom the school's settings name.
//!
//! The format is age's (age-encryption.org/v1), in its armoured form, as the value of the field; so the `age`
//! program opens a value too. Every value is sealed on its own: who edits one leaves the others as they are.

use std::collections::BTreeMap;
use std::sync::Arc;

#[cfg(feature = "seal")]
#[path = "seal/age.rs"]
mod keys;
#[cfg(not(feature = "seal"))]
#[path = "seal/unavailable.rs"]
mod keys;

pub use keys::{Identities, Recipients};

use super::edit::{Change, Unchanged, change};
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
    Text(Unchanged),
}

/// Asks a person for the passphrase of a key; none where nobody can be asked.
pub type Ask = Arc<dyn Fn() -> Option<String> + Send + Sync>;

impl Recipients {
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

impl Identities {
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
