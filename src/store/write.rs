//! Atomic writes of single files.
//!
//! A new text is written to a temporary file in the records directory, flushed to disk and renamed into place; then the
//! folder is flushed. After a kill at any moment there is either the old file or the new one.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::file::read_now;
#[cfg(unix)]
use super::temporary::is_named;
use super::temporary::{create_locked, temporary};
use super::transaction::FileChange;
use super::{Store, layout, swap};
use crate::model::Id;

/// The reason why a change was not made.
#[derive(Debug)]
pub enum WriteError {
    /// The file already exists; nothing was changed.
    Exists(String),
    /// The file has been changed since it was read; nothing was changed.
    Changed(String),
    /// The text exceeds the maximum size of a file; nothing was changed.
    TooLarge(String),
    /// An I/O error; nothing was changed.
    System {
        /// The path relative to the records directory.
        path: String,
        /// The error.
        fault: io::Error,
    },
    /// These records, with the same text as planned ones, have been added since; nothing was changed.
    Added(Vec<String>),
    /// A change of several files is committed, but an I/O error prevented finishing it; the next command will.
    Unfinished(io::Error),
    /// A change of several files was made, except for these files, which somebody else wrote at the last moment.
    Overtaken(Vec<String>),
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            WriteError::Exists(path) => write!(f, "{path}: the file exists"),
            WriteError::Changed(path) => write!(f, "{path}: the file has changed"),
            WriteError::TooLarge(path) => write!(f, "{path}: the text is too large"),
            WriteError::System { path, fault } => write!(f, "{path}: {fault}"),
            WriteError::Unfinished(fault) => write!(f, "{fault}"),
            WriteError::Added(paths) => write!(f, "added meanwhile: {}", paths.join(", ")),
            WriteError::Overtaken(paths) => write!(f, "changed meanwhile: {}", paths.join(", ")),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WriteError::System { fault, .. } | WriteError::Unfinished(fault) => Some(fault),
            _ => None,
        }
    }
}

impl Store {
    /// Creates the file of a new record; never overwrites one.
    ///
    /// # Errors
    ///
    /// A [`WriteError`]; nothing is left behind.
    pub fn create(&self, id: Id, text: &str) -> Result<String, WriteError> {
        let path = layout::path_of(id);
        let text = text.to_owned();
        self.write(FileChange::Create {
            path: path.clone(),
            text,
        })?;
        Ok(path)
    }

    /// Replaces the text of a file; `old` is the text when it was read.
    ///
    /// # Errors
    ///
    /// [`WriteError::Changed`] if someone else has written it since.
    pub fn replace(&self, path: &str, old: &str, new: &str) -> Result<(), WriteError> {
        let (path, old, new) = (path.to_owned(), old.to_owned(), new.to_owned());
        self.write(FileChange::Replace { path, old, new })
    }

    /// Removes a file; `old` is the text when it was read.
    pub fn remove(&self, path: &str, old: &str) -> Result<(), WriteError> {
        let (path, old) = (path.to_owned(), old.to_owned());
        self.write(FileChange::Remove { path, old })
    }

    /// Moves a file to another path, with a new text: for a record whose date was corrected, or that is in the wrong
    /// folder. If it is killed, the next command finishes the move.
    pub fn move_file(&self, from: &str, old: &str, to: &str, new: &str) -> Result<(), WriteError> {
        let changes = FileChange::moving(from, old, to, new);
        self.commit(&changes, &mut |_| {}).map(drop)
    }

    fn write(&self, change: FileChange) -> Result<(), WriteError> {
        self.commit(&[change], &mut |_| {}).map(drop)
    }

    /// Changes a single file, which needs no list of steps.
    pub(in crate::store) fn write_one(&self, change: &FileChange) -> Result<(), WriteError> {
        match change {
            FileChange::Create { path, text } => self.create_file(path, text),
            FileChange::Replace { path, old, new } => self.replace_one(path, old, new),
            FileChange::Remove { path, old } => self.remove_one(path, old),
        }
    }

    /// Creates a file at a path relative to the records directory; never overwrites one.
    ///
    /// # Errors
    ///
    /// A [`WriteError`]; nothing is left behind.
    pub fn create_file(&self, path: &str, text: &str) -> Result<(), WriteError> {
        let fault = system(path);
        let absolute = self.absolute(path);
        let folder = self.folder_for(&absolute).map_err(&fault)?;
        let persist = |file: NamedTempFile| {
            file.persist_noclobber(&absolute)
                .map(drop)
                .map_err(|refused| refused.error)
        };
        match self.by_temporary(text, &folder, persist) {
            Ok(()) => flush_folder(&folder).map_err(|refused| {
                // It may not be on disk: remove it, because the user will try again.
                let _ = fs::remove_file(&absolute);
                fault(refused)
            }),
            Err(refused) if refused.kind() == io::ErrorKind::AlreadyExists => {
                Err(WriteError::Exists(path.to_owned()))
            }
            Err(refused) => Err(fault(refused)),
        }
    }

    fn replace_one(&self, path: &str, old: &str, new: &str) -> Result<(), WriteError> {
        let fault = system(path);
        let absolute = self.absolute(path);
        let folder = self.folder_for(&absolute).map_err(&fault)?;
        let is_expected = |now: &[u8]| now == old.as_bytes();
        let mut is_changed = false;
        let persist = |file: NamedTempFile| {
            // Checked last, because flushing the new text takes long enough for somebody to edit the old one.
            let Some(held) = hold(&absolute, is_expected)? else {
                is_changed = true;
                return Ok(());
            };
            is_changed = !rename_over(file, &absolute, &held.permissions, is_expected)?;
            Ok(())
        };
        self.by_temporary(new, &folder, persist).map_err(&fault)?;
        if is_changed {
            return Err(WriteError::Changed(path.to_owned()));
        }
        flush_folder(&folder).map_err(fault)
    }

    fn remove_one(&self, path: &str, old: &str) -> Result<(), WriteError> {
        let fault = system(path);
        let absolute = self.absolute(path);
        let is_expected = |now: &[u8]| now == old.as_bytes();
        let changed = || WriteError::Changed(path.to_owned());
        let held = hold(&absolute, is_expected).map_err(&fault)?;
        let held = held.ok_or_else(changed)?;
        if !self
            .remove_expected(&absolute, is_expected)
            .map_err(&fault)?
        {
            return Err(changed());
        }
        drop(held);
        absolute
            .parent()
            .map_or(Ok(()), flush_folder)
            .map_err(fault)
    }

    /// Removes a file; returns false and leaves it in place if its content is not as expected.
    fn remove_expected(
        &self,
        path: &Path,
        is_expected: impl Fn(&[u8]) -> bool,
    ) -> io::Result<bool> {
        // On other systems the lock of the directory excludes all writers.
        if cfg!(not(unix)) {
            return fs::remove_file(path).map(|()| true);
        }
        let place = create_locked(&self.root)?;
        match swap::move_away(path, place.path(), is_expected) {
            // The folder is on another file system than the records directory.
            Err(fault) if fault.kind() == io::ErrorKind::CrossesDevices => {
                fs::remove_file(path).map(|()| true)
            }
            other => other,
        }
    }

    /// Writes a text to a temporary file and passes it to `persist`.
    fn by_temporary(
        &self,
        text: &str,
        folder: &Path,
        mut persist: impl FnMut(NamedTempFile) -> io::Result<()>,
    ) -> io::Result<()> {
        match persist(temporary(&self.root, text)?) {
            // The folder is on another file system than the records directory.
            Err(refused) if refused.kind() == io::ErrorKind::CrossesDevices => {
                persist(temporary(folder, text)?)
            }
            other => other,
        }
    }

    /// Creates the folder of a file with its parents; fails if one of them is a link.
    pub(in crate::store) fn folder_for(&self, absolute: &Path) -> io::Result<PathBuf> {
        self.each_folder_of(absolute, &mut make_folder)
    }

    /// Visits each folder on the path of a file, which must not be a link, and calls `make` for missing ones.
    pub(in crate::store) fn each_folder_of(
        &self,
        absolute: &Path,
        make: &mut dyn FnMut(&Path) -> io::Result<()>,
    ) -> io::Result<PathBuf> {
        let folder = absolute.parent().unwrap_or(&self.root).to_owned();
        let below = folder
            .strip_prefix(&self.root)
            .map_err(|_| io::Error::from(io::ErrorKind::PermissionDenied))?;
        let mut at = self.root.clone();
        for part in below.components() {
            at.push(part);
            match at.symlink_metadata() {
                Ok(metadata) if metadata.is_dir() => {}
                Ok(_) => {
                    return Err(io::Error::new(
                        io::ErrorKind::NotADirectory,
                        format!("{} is not a folder", at.display()),
                    ));
                }
                Err(fault) if fault.kind() == io::ErrorKind::NotFound => make(&at)?,
                Err(fault) => return Err(fault),
            }
        }
        Ok(folder)
    }
}

fn system(path: &str) -> impl Fn(io::Error) -> WriteError + use<> {
    let path = path.to_owned();
    move |fault| WriteError::System {
        path: path.clone(),
        fault,
    }
}

pub(in crate::store) fn make_folder(path: &Path) -> io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only on Unix it has a mode"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        // Another command created it at the same time.
        Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => {}
        other => other?,
    }
    path.parent().map_or(Ok(()), flush_folder)
}

/// Renames a temporary file to an existing one with its mode; returns false if the content of that one is not as
/// expected.
#[cfg(unix)]
fn rename_over(
    file: NamedTempFile,
    path: &Path,
    permissions: &fs::Permissions,
    is_expected: impl Fn(&[u8]) -> bool,
) -> io::Result<bool> {
    file.as_file().set_permissions(permissions.clone())?;
    swap::replace(file.path(), path, is_expected)
}

/// Renames a temporary file to an existing one, unless that one is read-only. The rename of the standard library also
/// works on long paths and on files that are open for reading.
#[cfg(not(unix))]
fn rename_over(
    file: NamedTempFile,
    path: &Path,
    permissions: &fs::Permissions,
    is_expected: impl Fn(&[u8]) -> bool,
) -> io::Result<bool> {
    if permissions.readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    swap::replace(&file.into_temp_path(), path, is_expected)
}

/// A file that is locked against other writers until dropped.
pub(in crate::store) struct LockedFile {
    /// The mode of the file.
    pub(in crate::store) permissions: fs::Permissions,
    #[cfg(unix)]
    _file: File,
}

/// Checks a file before writing it; none if it is gone or its content is not as expected. On systems other than Unix a
/// locked file can be neither read nor replaced: there one lock excludes all writers.
#[cfg(not(unix))]
pub(in crate::store) fn hold(
    path: &Path,
    is_expected: impl Fn(&[u8]) -> bool,
) -> io::Result<Option<LockedFile>> {
    let permissions = match path.symlink_metadata() {
        Ok(metadata) if metadata.is_file() => metadata.permissions(),
        Ok(_) => return Err(not_regular()),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let now = read_now(path)?;
    Ok(now
        .is_some_and(|now| is_expected(&now))
        .then_some(LockedFile { permissions }))
}

fn not_regular() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")
}

/// Locks a file against other writers; none if it is gone or its content is not as expected.
#[cfg(unix)]
pub(in crate::store) fn hold(
    path: &Path,
    is_expected: impl Fn(&[u8]) -> bool,
) -> io::Result<Option<LockedFile>> {
    loop {
        let locked = match path.symlink_metadata() {
            Ok(metadata) if metadata.is_file() => super::file::open(path),
            Ok(_) => return Err(not_regular()),
            Err(fault) => Err(fault),
        };
        let locked = match locked {
            Ok(locked) => locked,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(fault) => return Err(fault),
        };
        locked.lock()?;
        // A previous writer may have replaced the file while we waited: then lock the new one.
        if is_named(&locked, path)? {
            let now = read_now(path)?;
            if !now.is_some_and(|now| is_expected(&now)) {
                return Ok(None);
            }
            return Ok(Some(LockedFile {
                permissions: locked.metadata()?.permissions(),
                _file: locked,
            }));
        }
    }
}

/// Flushes the entries of a folder to disk.
pub(in crate::store) fn flush_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    match File::open(folder)?.sync_all() {
        // Some network file systems do not support this, and do not need it.
        Err(fault)
            if matches!(
                fault.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) => {}
        other => other?,
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::at(dir.path());
        (dir, store)
    }

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(dir)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_record_is_private_and_never_overwrites() {
        let (dir, store) = store();
        let id = "2025-10-12-v7k3m9q".parse().unwrap();
        assert_eq!(
            store.create(id, "a\n").unwrap(),
            "visits/2025-10/2025-10-12-v7k3m9q.toml"
        );
        assert!(matches!(
            store.create(id, "b\n"),
            Err(WriteError::Exists(_))
        ));
        let folder = dir.path().join("visits/2025-10");
        assert_eq!(names(&folder), ["2025-10-12-v7k3m9q.toml"]);
        assert_eq!(
            fs::read_to_string(folder.join("2025-10-12-v7k3m9q.toml")).unwrap(),
            "a\n"
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(
                fs::metadata(folder.join("2025-10-12-v7k3m9q.toml"))
                    .unwrap()
                    .permissions()
                    .mode()
                    & 0o777,
                0o600
            );
        }
    }

    #[test]
    fn a_conflicting_write_fails_and_overwrites_nothing() {
        let (dir, store) = store();
        store
            .create_file("children/c4t8w2z.toml", "a = 1\n")
            .unwrap();
        store
            .replace("children/c4t8w2z.toml", "a = 1\n", "a = 2\n")
            .unwrap();
        assert!(matches!(
            store.replace("children/c4t8w2z.toml", "a = 1\n", "a = 3\n"),
            Err(WriteError::Changed(_))
        ));
        assert_eq!(
            fs::read_to_string(dir.path().join("children/c4t8w2z.toml")).unwrap(),
            "a = 2\n"
        );
        assert_eq!(names(&dir.path().join("children")), ["c4t8w2z.toml"]);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        let (dir, store) = store();
        let outside = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(outside.path(), dir.path().join("children")).unwrap();
        assert!(store.create_file("children/c4t8w2z.toml", "a").is_err());
        assert_eq!(names(outside.path()), Vec::<String>::new());
    }
}
