//! Writes files: whole or not at all.
//!
//! A new text goes to a temporary file in the records directory, is flushed to the disk and takes its name by a
//! rename; then the folder is flushed. Killed at any instant, the directory holds the old file or the new one.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, PersistError};

use super::temporary::{is_named, temporary};
use super::transaction::FileChange;
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
    /// A change of many files is decided, but the system refused to finish it; the next command will.
    Unfinished(io::Error),
}

impl std::fmt::Display for Unwritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unwritten::Exists(path) => write!(f, "{path}: the file exists"),
            Unwritten::Changed(path) => write!(f, "{path}: the file has changed"),
            Unwritten::Fault { path, fault } => write!(f, "{path}: {fault}"),
            Unwritten::Unfinished(fault) => write!(f, "{fault}"),
        }
    }
}

impl std::error::Error for Unwritten {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Unwritten::Fault { fault, .. } | Unwritten::Unfinished(fault) => Some(fault),
            Unwritten::Exists(_) | Unwritten::Changed(_) => None,
        }
    }
}

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
        let put = self.put(text, None, &absolute, &folder, |file, to| {
            file.persist_noclobber(to)
        });
        match put {
            Ok(()) => flush_folder(&folder).map_err(|refused| {
                // Not surely on the disk: who is told that it was not written will write it again.
                let _ = fs::remove_file(&absolute);
                fault(refused)
            }),
            Err(refused) if refused.kind() == io::ErrorKind::AlreadyExists => {
                Err(Unwritten::Exists(path.to_owned()))
            }
            Err(refused) => Err(fault(refused)),
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
        let held = hold(&absolute, |now| now == old.as_bytes())
            .map_err(fault)?
            .ok_or_else(|| Unwritten::Changed(path.to_owned()))?;
        let permissions = held.metadata().map_err(fault)?.permissions();
        self.put(new, Some(permissions), &absolute, &folder, |file, to| {
            file.persist(to)
        })
        .map_err(fault)?;
        flush_folder(&folder).map_err(fault)
    }

    /// Writes a text to a temporary file and gives it its name.
    fn put(
        &self,
        text: &str,
        permissions: Option<fs::Permissions>,
        absolute: &Path,
        folder: &Path,
        persist: impl Fn(NamedTempFile, &Path) -> Result<File, PersistError>,
    ) -> io::Result<()> {
        let mut last = io::ErrorKind::CrossesDevices.into();
        // The folder itself where it lies on another file system than the records directory.
        for place in [self.root.as_path(), folder] {
            let file = temporary(place, text)?;
            if let Some(permissions) = &permissions {
                file.as_file().set_permissions(permissions.clone())?;
            }
            match persist(file, absolute) {
                Ok(_) => return Ok(()),
                Err(refused) if refused.error.kind() == io::ErrorKind::CrossesDevices => {
                    last = refused.error;
                }
                Err(refused) => return Err(refused.error),
            }
        }
        Err(last)
    }

    /// Moves a file to another path, with a new text: for a record whose day was corrected, or that lies in
    /// the wrong folder. Killed half-way, the next command finishes the move.
    ///
    /// # Errors
    ///
    /// [`Unwritten`].
    pub fn move_file(&self, from: &str, old: &str, to: &str, new: &str) -> Result<(), Unwritten> {
        let changes = FileChange::moving(from, old, to, new);
        self.commit(&changes, &mut |_| {}).map(drop)
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
        let held = hold(&absolute, |now| now == old.as_bytes())
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

/// Locks a file against other writers; none where it is gone or no longer holds what it should.
pub(in crate::store) fn hold(
    path: &Path,
    is_right: impl Fn(&[u8]) -> bool,
) -> io::Result<Option<File>> {
    loop {
        let locked = match path.symlink_metadata() {
            Ok(metadata) if metadata.is_file() => super::file::open(path),
            Ok(_) => {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidInput,
                    "not a regular file",
                ));
            }
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
            return Ok(now.is_some_and(|now| is_right(&now)).then_some(locked));
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
