//! Temporary folders for decrypted text, and the cleanup of those that killed commands left behind.
//!
//! A command holds the lock on a file in its folder, and so does the editor that it starts: a folder whose lock is free
//! has been abandoned and is removed by the next command. A folder that is kept for the user has no lock file.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The prefix of the folder names.
const PREFIX: &str = "cuncao-";

/// The lock file.
const LOCK: &str = ".lock";

/// A temporary folder accessible to the owner only, removed when dropped.
#[derive(Debug)]
pub struct PrivateFolder {
    folder: tempfile::TempDir,
    lock: Option<File>,
}

impl PrivateFolder {
    /// Creates a folder in another.
    pub fn new_in(place: &Path) -> io::Result<PrivateFolder> {
        let mut folder = tempfile::Builder::new();
        #[cfg(unix)]
        folder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = folder.prefix(PREFIX).tempdir_in(place)?;
        let lock = File::create_new(folder.path().join(LOCK))?;
        lock.lock()?;
        // The editor inherits the lock, because it may outlive the command.
        #[cfg(unix)]
        rustix::io::fcntl_setfd(&lock, rustix::io::FdFlags::empty())?;
        Ok(PrivateFolder {
            folder,
            lock: Some(lock),
        })
    }

    /// Returns the path.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Keeps the folder for the user.
    pub fn keep(mut self) -> PathBuf {
        self.lock = None;
        let path = self.folder.keep();
        let _ = fs::remove_file(path.join(LOCK));
        path
    }
}

/// The result of a cleanup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SweepResult {
    /// The number of abandoned folders.
    pub dead: usize,
    /// The number of these that could not be removed.
    pub left: usize,
    /// The number of folders kept for the user.
    pub kept: usize,
}

/// Finds folders that killed commands of this user left behind, and removes them unless `only_look` is set.
pub fn sweep(places: &[PathBuf], only_look: bool) -> SweepResult {
    let mut swept = SweepResult::default();
    for place in places {
        for entry in fs::read_dir(place).into_iter().flatten().flatten() {
            let path = entry.path();
            let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX)
                && path.symlink_metadata().is_ok_and(|folder| folder.is_dir())
                && belongs_to_us(place, &path);
            if !is_ours {
                continue;
            }
            match File::open(path.join(LOCK)) {
                // A folder that is just being created may have no lock yet, but nothing else either.
                Ok(lock) if lock.try_lock().is_ok() && !is_empty(&path) => {
                    swept.dead += 1;
                    // Windows cannot remove a folder that contains an open file.
                    drop(lock);
                    if !only_look && fs::remove_dir_all(&path).is_err() {
                        swept.left += 1;
                    }
                }
                Err(fault) if fault.kind() == io::ErrorKind::NotFound && holds_record(&path) => {
                    swept.kept += 1;
                }
                _ => {}
            }
        }
    }
    swept
}

/// Whether a folder contains nothing but its lock file.
fn is_empty(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.count() <= 1
}

/// Whether a folder contains a record, as those kept for the user do.
fn holds_record(folder: &Path) -> bool {
    let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.any(|entry| {
        entry
            .path()
            .extension()
            .is_some_and(|ending| ending == "toml")
    })
}

/// Whether a folder belongs to this user: the temporary folder is shared.
#[cfg(unix)]
fn belongs_to_us(_: &Path, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let own = rustix::process::geteuid().as_raw();
    folder
        .symlink_metadata()
        .is_ok_and(|found| found.uid() == own)
}

#[cfg(not(unix))]
fn belongs_to_us(_: &Path, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_abandoned_folders_are_removed() {
        let place = tempfile::tempdir().unwrap();
        let places = [place.path().to_owned()];
        let living = PrivateFolder::new_in(place.path()).unwrap();
        fs::write(living.path().join("a.toml"), "x").unwrap();
        let kept = PrivateFolder::new_in(place.path()).unwrap();
        fs::write(kept.path().join("b.toml"), "x").unwrap();
        let kept = kept.keep();
        // As after a kill: the lock is released, the folder remains.
        let dead = place.path().join("cuncao-dead");
        fs::create_dir(&dead).unwrap();
        fs::write(dead.join(LOCK), "").unwrap();
        fs::write(dead.join("c.toml"), "secret").unwrap();
        let other = place.path().join("other-dead");
        fs::create_dir(&other).unwrap();
        let expected = SweepResult {
            dead: 1,
            left: 0,
            kept: 1,
        };
        assert_eq!(sweep(&places, true), expected);
        assert!(dead.exists());
        assert_eq!(sweep(&places, false), expected);
        assert!(!dead.exists() && living.path().exists() && kept.exists() && other.exists());
    }
}
