//! Writes files: whole or not at all.
//!
//! A new text goes to a temporary file in the records directory, is flushed to the disk and takes its name by a
//! rename; then the folder is flushed. Killed at any instant, the directory holds the old file or the new one.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::file::read_now;
#[cfg(unix)]
use super::temporary::is_named;
use super::temporary::{own, temporary};
use super::transaction::FileChange;
use super::{Store, layout, swap};
use crate::model::Id;

/// Why a change was not made.
#[derive(Debug)]
pub enum WriteError {
    /// There is such a file already; the old state stands.
    Exists(String),
    /// The file is no longer as it was when it was read; the old state stands.
    Changed(String),
    /// The text is larger than the tool would read again; the old state stands.
    TooLarge(String),
    /// The system refused; the old state stands.
    System {
        /// The path, from the records directory.
        path: String,
        /// What it said.
        fault: io::Error,
    },
    /// These records, which say the same as planned ones, were added since; the old state stands.
    Added(Vec<String>),
    /// A change of many files is decided, but the system refused to finish it; the next command will.
    Unfinished(io::Error),
    /// A change of many files is made, but for these, which somebody else wrote in its last moment.
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
    /// Writes the file of a new record; an existing one is never overwritten.
    ///
    /// # Errors
    ///
    /// [`WriteError`]; nothing is left behind.
    pub fn create(&self, id: Id, text: &str) -> Result<String, WriteError> {
        let path = layout::path_of(id);
        let text = text.to_owned();
        self.write(FileChange::Create {
            path: path.clone(),
            text,
        })?;
        Ok(path)
    }

    /// Replaces the text of a file that was read before: `old` is what it held then.
    ///
    /// # Errors
    ///
    /// [`WriteError::Changed`] where someone else wrote it since; the later writer is told and undoes nothing.
    pub fn replace(&self, path: &str, old: &str, new: &str) -> Result<(), WriteError> {
        let (path, old, new) = (path.to_owned(), old.to_owned(), new.to_owned());
        self.write(FileChange::Replace { path, old, new })
    }

    /// Removes a file that was read before.
    ///
    /// # Errors
    ///
    /// [`WriteError`].
    pub fn remove(&self, path: &str, old: &str) -> Result<(), WriteError> {
        let (path, old) = (path.to_owned(), old.to_owned());
        self.write(FileChange::Remove { path, old })
    }

    /// Moves a file to another path, with a new text: for a record whose day was corrected, or that lies in
    /// the wrong folder. Killed half-way, the next command finishes the move.
    ///
    /// # Errors
    ///
    /// [`WriteError`].
    pub fn move_file(&self, from: &str, old: &str, to: &str, new: &str) -> Result<(), WriteError> {
        let changes = FileChange::moving(from, old, to, new);
        self.commit(&changes, &mut |_| {}).map(drop)
    }

    fn write(&self, change: FileChange) -> Result<(), WriteError> {
        self.commit(&[change], &mut |_| {}).map(drop)
    }

    /// Changes one file, which needs no list of what is to be done.
    pub(in crate::store) fn write_one(&self, change: &FileChange) -> Result<(), WriteError> {
        match change {
            FileChange::Create { path, text } => self.create_file(path, text),
            FileChange::Replace { path, old, new } => self.replace_one(path, old, new),
            FileChange::Remove { path, old } => self.remove_one(path, old),
        }
    }

    /// Writes a new file at a path from the records directory; an existing one is never overwritten.
    ///
    /// # Errors
    ///
    /// [`WriteError`]; nothing is left behind.
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
                // Not surely on the disk: who is told that it was not written will write it again.
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
        let is_right = |now: &[u8]| now == old.as_bytes();
        let mut is_changed = false;
        let persist = |file: NamedTempFile| {
            // Looked at last of all: flushing the new text takes long enough for somebody to write the old.
            let Some(held) = hold(&absolute, is_right)? else {
                is_changed = true;
                return Ok(());
            };
            is_changed = !take_place(file, &absolute, &held.permissions, is_right)?;
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
        let is_right = |now: &[u8]| now == old.as_bytes();
        let changed = || WriteError::Changed(path.to_owned());
        let held = hold(&absolute, is_right).map_err(&fault)?;
        let held = held.ok_or_else(changed)?;
        if !self.take_one_away(&absolute, is_right).map_err(&fault)? {
            return Err(changed());
        }
        drop(held);
        absolute
            .parent()
            .map_or(Ok(()), flush_folder)
            .map_err(fault)
    }

    /// Removes a file; false where it holds something else, and stays.
    fn take_one_away(&self, path: &Path, is_right: impl Fn(&[u8]) -> bool) -> io::Result<bool> {
        // Elsewhere than on Unix the lock of the directory keeps all writers apart.
        if cfg!(not(unix)) {
            return fs::remove_file(path).map(|()| true);
        }
        let place = own(&self.root)?;
        match swap::take_away(path, place.path(), is_right) {
            // The folder lies on another file system than the records directory.
            Err(fault) if fault.kind() == io::ErrorKind::CrossesDevices => {
                fs::remove_file(path).map(|()| true)
            }
            other => other,
        }
    }

    /// Writes a text to a temporary file and lets it take its name.
    fn by_temporary(
        &self,
        text: &str,
        folder: &Path,
        mut persist: impl FnMut(NamedTempFile) -> io::Result<()>,
    ) -> io::Result<()> {
        match persist(temporary(&self.root, text)?) {
            // The folder lies on another file system than the records directory.
            Err(refused) if refused.kind() == io::ErrorKind::CrossesDevices => {
                persist(temporary(folder, text)?)
            }
            other => other,
        }
    }

    /// Makes the folder of a file, one level after the other, none of them a link.
    pub(in crate::store) fn folder_for(&self, absolute: &Path) -> io::Result<PathBuf> {
        self.each_folder_of(absolute, &mut make_folder)
    }

    /// Looks at each folder on the way to a file, none of them a link, and makes those that are not there.
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
        // Another command made it at the same time.
        Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => {}
        other => other?,
    }
    path.parent().map_or(Ok(()), flush_folder)
}

/// Gives a temporary file the name and the mode of a file that is there; false where that one holds something else.
#[cfg(unix)]
fn take_place(
    file: NamedTempFile,
    path: &Path,
    permissions: &fs::Permissions,
    is_right: impl Fn(&[u8]) -> bool,
) -> io::Result<bool> {
    file.as_file().set_permissions(permissions.clone())?;
    swap::replace(file.path(), path, is_right)
}

/// Gives a temporary file the name of a file that is there and may be changed. The rename of the standard library
/// replaces a file also while others read it, and takes long paths.
#[cfg(not(unix))]
fn take_place(
    file: NamedTempFile,
    path: &Path,
    permissions: &fs::Permissions,
    is_right: impl Fn(&[u8]) -> bool,
) -> io::Result<bool> {
    if permissions.readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    swap::replace(&file.into_temp_path(), path, is_right)
}

/// A file that no other command writes while this lives.
pub(in crate::store) struct LockedFile {
    /// Its mode.
    pub(in crate::store) permissions: fs::Permissions,
    #[cfg(unix)]
    _file: File,
}

/// Keeps a file from other writers; none where it is gone or no longer holds what it should. Elsewhere than on Unix a
/// locked file could be neither read nor replaced: there one lock keeps all writers apart.
#[cfg(not(unix))]
pub(in crate::store) fn hold(
    path: &Path,
    is_right: impl Fn(&[u8]) -> bool,
) -> io::Result<Option<LockedFile>> {
    let permissions = match path.symlink_metadata() {
        Ok(metadata) if metadata.is_file() => metadata.permissions(),
        Ok(_) => return Err(not_regular()),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let now = read_now(path)?;
    Ok(now
        .is_some_and(|now| is_right(&now))
        .then_some(LockedFile { permissions }))
}

fn not_regular() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")
}

/// Locks a file against other writers; none where it is gone or no longer holds what it should.
#[cfg(unix)]
pub(in crate::store) fn hold(
    path: &Path,
    is_right: impl Fn(&[u8]) -> bool,
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
        // Where a writer before us put another file in its place, that one is to be locked.
        if is_named(&locked, path)? {
            let now = read_now(path)?;
            if !now.is_some_and(|now| is_right(&now)) {
                return Ok(None);
            }
            return Ok(Some(LockedFile {
                permissions: locked.metadata()?.permissions(),
                _file: locked,
            }));
        }
    }
}

/// Brings the names in a folder to the disk.
pub(in crate::store) fn flush_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    match File::open(folder)?.sync_all() {
        // Some network file systems know no such call, and need none.
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
    fn a_new_record_is_the_owners_alone_and_never_overwrites() {
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
    fn the_later_writer_is_told_and_undoes_nothing() {
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
