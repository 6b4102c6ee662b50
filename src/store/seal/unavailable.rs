//! Stands in for keys where the program is built without the feature `seal`: nothing is sealed or opened.

use std::path::Path;

use super::{AskPassphrase, SealFault};
use crate::model::FieldPath;

/// Those to whom values are sealed: nobody.
pub struct Recipients(());

impl Recipients {
    /// Takes no public keys.
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

    /// Whether nobody is named.
    pub fn is_empty(&self) -> bool {
        true
    }

    /// Seals nothing.
    ///
    /// # Errors
    ///
    /// [`SealFault::Unavailable`].
    pub fn seal(&self, _: &str) -> Result<String, SealFault> {
        Err(SealFault::Unavailable)
    }
}

/// The keys that open what is sealed: none.
pub struct Identities(());

impl Identities {
    /// Reads no keys.
    ///
    /// # Errors
    ///
    /// [`SealFault::Unavailable`].
    pub fn read(_: &Path, _: AskPassphrase) -> Result<Identities, SealFault> {
        Err(SealFault::Unavailable)
    }

    /// Opens nothing.
    ///
    /// # Errors
    ///
    /// [`SealFault::Unavailable`].
    pub fn open(&self, _: &FieldPath, _: &str) -> Result<String, SealFault> {
        Err(SealFault::Unavailable)
    }
}
