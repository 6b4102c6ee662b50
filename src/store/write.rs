//! Writes files: whole or not at all.
//!
//! A new text goes to a temporary file in the same folder, is flushed to the disk and takes its name by a
//! rename; then the folder is flushed. Killed at any instant, the directory holds the old file or the new one.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::{Store, layout};
use crate::model::Id;

/// Why a file was not written; the old state stands.
#[derive(Debug)]
pub enum Unwritten {
    /// There is such a file already.
    Exists(String),
    /// The file is no longer as it was when it was read.
    Changed(String),
    /// The system refused.
    Fault {
        /// The path, from the records directory.
        path: String,
        /// What it said.
        fault: io::Error,
    },
}

impl std::fmt::Display for Unwritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unwritten::Exists(path) => write!(f, "{path}: the file exists"),
            Unwritten::Changed(path) => write!(f, "{path}: the file has changed"),
            Unwritten::Fault { path, fault } => write!(f, "{path}: {fault}"),
        }
    }
}

impl std::error::Error for Unwritten {}

impl Store {
    /// Writes the file of a new record; an existing one is never overwritten.
    ///
    /// # Errors
    ///
    /// [`Unwritten`]; nothing is left behind.
    pub fn create(&self, id: Id, text: &str) -> Result<String, Unwritten> {
        let path = layout::path_of(id);
        self.create_file(&path, text)?;
        Ok(path)
    }

    /// Writes a new file at a path from the records directory; an existing one is never overwritten.
    ///
    /// # Errors
    ///
    /// [`Unwritten`]; nothing is left behind.
    pub fn create_file(&self, path: &str, text: &str) -> Result<(), Unwritten> {
        let fault = |fault| Unwritten::Fault {
            path: path.to_owned(),
            fault,
        };
        let absolute = self.absolute(path);
        let folder = self.folder_for(&absolute).map_err(fault)?;
        let file = temporary(&folder, text).map_err(fault)?;
        match file.persist_noclobber(&absolute) {
            Ok(_) => flush_folder(&folder).map_err(fault),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                Err(Unwritten::Exists(path.to_owned()))
            }
            Err(error) => Err(fault(error.error)),
        }
    }

    /// Replaces the text of a file that was read before: `old` is what it held then.
    ///
    /// # Errors
    ///
    /// [`Unwritten::Changed`] where someone else wrote it since; the later writer is told and undoes nothing.
    pub fn replace(&self, path: &str, old: &str, new: &str) -> Result<(), Unwritten> {
        let fault = |fault| Unwritten::Fault {
            path: path.to_owned(),
            fault,
        };
        let absolute = self.absolute(path);
        let folder = self.folder_for(&absolute).map_err(fault)?;
        let held = hold(&absolute, old)
            .map_err(fault)?
            .ok_or_else(|| Unwritten::Changed(path.to_owned()))?;
        let file = temporary(&folder, new).map_err(fault)?;
        let permissions = held.metadata().map_err(fault)?.permissions();
        file.as_file().set_permissions(permissions).map_err(fault)?;
        file.persist(&absolute)
            .map_err(|error| fault(error.error))?;
        flush_folder(&folder).map_err(fault)
    }

    /// Moves a file to another path, with a new text: for a record whose day was corrected, or that lies in
    /// the wrong folder. The new file is whole before the old one goes.
    ///
    /// # Errors
    ///
    /// [`Unwritten`]; where the old file could not be removed both are there, and nothing is lost.
    pub fn move_file(&self, from: &str, old: &str, to: &str, new: &str) -> Result<(), Unwritten> {
        let fault = |fault| Unwritten::Fault {
            path: from.to_owned(),
            fault,
        };
        let absolute = self.absolute(from);
        let held = hold(&absolute, old)
            .map_err(fault)?
            .ok_or_else(|| Unwritten::Changed(from.to_owned()))?;
        self.create_file(to, new)?;
        fs::remove_file(&absolute).map_err(fault)?;
        drop(held);
        absolute
            .parent()
            .map_or(Ok(()), flush_folder)
            .map_err(fault)
    }

    /// Removes a file that was read before.
    ///
    /// # Errors
    ///
    /// [`Unwritten`].
    pub fn remove(&self, path: &str, old: &str) -> Result<(), Unwritten> {
        let fault = |fault| Unwritten::Fault {
            path: path.to_owned(),
            fault,
        };
        let absolute = self.absolute(path);
        let held = hold(&absolute, old)
            .map_err(fault)?
            .ok_or_else(|| Unwritten::Changed(path.to_owned()))?;
        fs::remove_file(&absolute).map_err(fault)?;
        drop(held);
        absolute
            .parent()
            .map_or(Ok(()), flush_folder)
            .map_err(fault)
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

pub(in crate::store) fn make_folder(path: &Path) -> io::Result<()> {
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

/// A temporary file with a text, flushed to the disk, readable by the owner alone; gone when dropped.
pub(in crate::store) fn temporary(
    folder: &Path,
    text: &str,
) -> io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new()
        .prefix(layout::TEMPORARY)
        .suffix(".tmp")
        .tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_data()?;
    Ok(file)
}

/// What a file holds now, up to a little more than a record may hold; none where there is no such file.
pub(in crate::store) fn read_now(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut now = Vec::new();
    match File::open(path) {
        Ok(file) => file
            .take(super::file::LARGEST as u64 + 1)
            .read_to_end(&mut now)
            .map(|_| Some(now)),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Locks a file against other writers, and says whether it still holds what was read before.
pub(in crate::store) fn hold(path: &Path, old: &str) -> io::Result<Option<File>> {
    if !path.symlink_metadata()?.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "not a regular file",
        ));
    }
    let locked = File::open(path)?;
    locked.lock()?;
    // The name may stand for another file by now, which a writer before us put there: the text decides.
    let now = read_now(path)?;
    Ok((now.as_deref() == Some(old.as_bytes())).then_some(locked))
}

pub(in crate::store) fn flush_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
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
        assert!(matches!(store.create(id, "b\n"), Err(Unwritten::Exists(_))));
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
            Err(Unwritten::Changed(_))
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
