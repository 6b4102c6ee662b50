//! A stub for builds without the feature `seal`: encrypts and decrypts nothing.

use std::path::Path;

use super::{AskPassphrase, SealFault};
use crate::model::FieldPath;

/// The recipients of encrypted values; always empty.
pub struct Recipients(());

impl Recipients {
    /// Accepts no public keys.
    ///
    /// # Errors
    ///
    /// [`SealFault::Unavailable`] if there are any.
    pub fn parse(keys: &[String]) -> Result<Recipients, SealFault> {
        if keys.is_empty() {
            Ok(Recipients(()))
        } else {
            Err(SealFault::Unavailable)
        }
    }

    /// Always true.
    pub fn is_empty(&self) -> bool {
        true
    }

    /// Encrypts nothing.
    ///
    /// # Errors
    ///
    /// Always [`SealFault::Unavailable`].
    pub fn seal(&self, _: &str) -> Result<String, SealFault> {
        Err(SealFault::Unavailable)
    }
}

/// The keys for decryption; there are none.
pub struct Identities(());

impl Identities {
    /// Reads no keys.
    ///
    /// # Errors
    ///
    /// Always [`SealFault::Unavailable`].
    pub fn read(_: &Path, _: AskPassphrase) -> Result<Identities, SealFault> {
        Err(SealFault::Unavailable)
    }

    /// Decrypts nothing.
    ///
    /// # Errors
    ///
    /// Always [`SealFault::Unavailable`].
    pub fn open(&self, _: &FieldPath, _: &str) -> Result<String, SealFault> {
        Err(SealFault::Unavailable)
    }
}
