//! Locks between commands that use the same records directory. They leave no file among the records.

use std::fs::File;
use std::io;

use super::Store;

/// A shared lock against changes of several files, released when dropped.
#[derive(Debug)]
pub struct SharedLock {
    _file: Option<File>,
}

/// The purpose of a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LockScope {
    /// A change of several files, which readers must not see half done.
    Changes,
    /// A change of a single file, which does not exclude readers.
    #[cfg(not(unix))]
    Writers,
}

impl Store {
    /// Takes the exclusive lock for changes of several files.
    ///
    /// Do not call [`Store::commit`] or [`Store::recover`] while holding it: they wait for it.
    pub fn lock(&self) -> io::Result<File> {
        let file = self.lockable(LockScope::Changes)?;
        file.lock()?;
        Ok(file)
    }

    /// Takes the shared lock against changes of several files, for reading; waits until a running change is finished.
    /// On file systems without locks it has no effect.
    pub fn lock_shared(&self) -> SharedLock {
        let locked = || {
            let file = self.lockable(LockScope::Changes).ok()?;
            file.lock_shared().ok()?;
            Some(file)
        };
        SharedLock { _file: locked() }
    }

    /// Takes the lock between writers of single files; on Unix each file is locked instead.
    #[cfg(unix)]
    pub(in crate::store) fn lock_writers(&self) -> Option<File> {
        None
    }

    /// Takes the lock between writers of single files.
    #[cfg(not(unix))]
    pub(in crate::store) fn lock_writers(&self) -> Option<File> {
        let file = self.lockable(LockScope::Writers).ok()?;
        file.lock().ok()?;
        Some(file)
    }

    /// On Unix the directory itself is locked.
    #[cfg(unix)]
    fn lockable(&self, _: LockScope) -> io::Result<File> {
        File::open(self.root())
    }

    /// Other systems cannot lock a directory: a file in the user's temporary folder is locked instead, which works
    /// between commands of one user on one machine.
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
