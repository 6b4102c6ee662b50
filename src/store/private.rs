//! Folders in which what is sealed lies open for a moment, and what is left of them where a command was killed.
//!
//! Whoever uses such a folder holds the lock of a file in it, and so does the editor that it starts: a folder whose
//! lock can be had belongs to nobody who still lives, and is removed by the next command that looks. One that is kept
//! for a person has no such file.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// What the names of such folders begin with.
const PREFIX: &str = "cuncao-";

/// The file whose lock is held.
const LOCK: &str = ".lock";

/// A folder for the owner alone, gone when dropped.
#[derive(Debug)]
pub struct PrivateFolder {
    folder: tempfile::TempDir,
    lock: Option<File>,
}

impl PrivateFolder {
    /// A new folder within another.
    ///
    /// # Errors
    ///
    /// The system's.
    pub fn new_in(place: &Path) -> io::Result<PrivateFolder> {
        let mut folder = tempfile::Builder::new();
        #[cfg(unix)]
        folder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = folder.prefix(PREFIX).tempdir_in(place)?;
        let lock = File::create_new(folder.path().join(LOCK))?;
        lock.lock()?;
        // The editor keeps the lock as well: it may outlive the command.
        #[cfg(unix)]
        rustix::io::fcntl_setfd(&lock, rustix::io::FdFlags::empty())?;
        Ok(PrivateFolder {
            folder,
            lock: Some(lock),
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Keeps it for a person.
    pub fn keep(mut self) -> PathBuf {
        self.lock = None;
        let path = self.folder.keep();
        let _ = fs::remove_file(path.join(LOCK));
        path
    }
}

/// What was found of such folders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SweepResult {
    /// How many belonged to nobody.
    pub dead: usize,
    /// How many of these could not be removed.
    pub left: usize,
    /// How many were kept for a person.
    pub kept: usize,
}

/// Looks for folders that killed commands of this user left, and removes them unless it is only to look.
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
                // While it is made the lock is not there yet, or not held yet: then there is nothing else in it.
                Ok(lock) if lock.try_lock().is_ok() && !is_empty(&path) => {
                    swept.dead += 1;
                    // Windows removes no folder in which a file is open.
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

/// Whether a folder holds nothing but its lock.
fn is_empty(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.count() <= 1
}

/// Whether a folder holds a record that a person was told of.
fn holds_record(folder: &Path) -> bool {
    let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.any(|entry| {
        entry
            .path()
            .extension()
            .is_some_and(|ending| ending == "toml")
    })
}

/// Whether a folder was made by this user: others' folders lie beside ours.
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
    fn what_a_killed_command_left_is_swept_and_what_others_use_or_keep_is_not() {
        let place = tempfile::tempdir().unwrap();
        let places = [place.path().to_owned()];
        let living = PrivateFolder::new_in(place.path()).unwrap();
        fs::write(living.path().join("a.toml"), "x").unwrap();
        let kept = PrivateFolder::new_in(place.path()).unwrap();
        fs::write(kept.path().join("b.toml"), "x").unwrap();
        let kept = kept.keep();
        // As if killed: the lock is gone with the process, the folder is not.
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
