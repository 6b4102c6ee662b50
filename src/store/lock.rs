//! Locks that keep commands apart which work in one records directory at once. None of them lies among the records.

use std::fs::File;
use std::io;

use super::Store;

/// Holds off changes of many files until it is dropped.
#[derive(Debug)]
pub struct SharedLock {
    _file: Option<File>,
}

/// What a lock is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LockScope {
    /// Changes of many files, of which a reader must not see half.
    Changes,
    /// Changes of one file, of which there may be any number beside readers.
    #[cfg(not(unix))]
    Writers,
}

impl Store {
    /// Locks the records directory against other changes of many files, until the lock is dropped.
    /// Who holds it must not [`Store::commit`] or [`Store::recover`], which wait for it.
    ///
    /// # Errors
    ///
    /// The system's.
    pub fn lock(&self) -> io::Result<File> {
        let file = self.lockable(LockScope::Changes)?;
        file.lock()?;
        Ok(file)
    }

    /// Keeps changes of many files from beginning while records are read, until the lock is dropped; waits until one
    /// that has begun is finished. Where the file system has no locks, reading goes on without.
    pub fn lock_shared(&self) -> SharedLock {
        let locked = || {
            let file = self.lockable(LockScope::Changes).ok()?;
            file.lock_shared().ok()?;
            Some(file)
        };
        SharedLock { _file: locked() }
    }

    /// Takes turns with others who write one file: on Unix each file is locked by itself.
    #[cfg(unix)]
    pub(in crate::store) fn lock_writers(&self) -> Option<File> {
        None
    }

    /// Takes turns with others who write one file.
    #[cfg(not(unix))]
    pub(in crate::store) fn lock_writers(&self) -> Option<File> {
        let file = self.lockable(LockScope::Writers).ok()?;
        file.lock().ok()?;
        Some(file)
    }

    /// On Unix the folder itself.
    #[cfg(unix)]
    fn lockable(&self, _: LockScope) -> io::Result<File> {
        File::open(self.root())
    }

    /// A folder cannot be locked on other systems: a file in the folder of the user's temporary files stands for it.
    /// So the locks hold among the commands of one user on one machine.
    #[cfg(not(unix))]
    fn lockable(&self, about: LockScope) -> io::Result<File> {
        use sha2::{Digest, Sha256};
        let root = self.root().canonicalize()?;
        let digest = Sha256::digest(root.as_os_str().as_encoded_bytes());
        let name: String = digest[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let about = match about {
            LockScope::Changes => "changes",
            LockScope::Writers => "writers",
        };
        let path = std::env::temp_dir().join(format!("cuncao-{name}-{about}.lock"));
        File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)
    }
}
