//! Temporary files for atomic writes, and the cleanup of those that killed commands left behind.
//!
//! They are hidden files in the records directory itself, so that finding those left behind takes one listing of a
//! short folder. A writer holds the lock on its file: a temporary file whose lock is free has been abandoned.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::layout;

/// The suffix of temporary files.
const ENDING: &str = ".tmp";

/// The number of attempts if a cleanup removes a new file before it is locked.
const MAX_ATTEMPTS: usize = 16;

/// Creates a temporary file with a text, flushed to disk, readable by the owner only, removed when dropped.
pub(in crate::store) fn temporary(
    folder: &Path,
    text: &str,
) -> io::Result<tempfile::NamedTempFile> {
    let mut file = create_locked(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_data()?;
    Ok(file)
}

/// Creates a locked temporary file, which no cleanup removes.
pub(in crate::store) fn create_locked(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    // `tempfile` wraps the I/O error; hints for the user need the original one.
    let os_error = Cell::new(None);
    let open = |path: &Path| {
        let mut options = fs::OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options
            .open(path)
            .inspect_err(|fault| os_error.set(fault.raw_os_error()))
    };
    for _ in 0..MAX_ATTEMPTS {
        let file = tempfile::Builder::new()
            .prefix(layout::TEMPORARY)
            .suffix(ENDING)
            .make_in(folder, open)
            .map_err(|fault| os_error.get().map_or(fault, io::Error::from_raw_os_error))?;
        if cfg!(not(unix)) {
            return Ok(file);
        }
        file.as_file().lock()?;
        if is_named(file.as_file(), file.path())? {
            return Ok(file);
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

/// Whether a path still refers to an open file.
pub(in crate::store) fn is_named(file: &File, path: &Path) -> io::Result<bool> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let open = file.metadata()?;
        match path.symlink_metadata() {
            Ok(named) => Ok(named.dev() == open.dev() && named.ino() == open.ino()),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(fault) => Err(fault),
        }
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        path.try_exists()
    }
}

/// Whether a file name is that of a temporary file.
pub(in crate::store) fn is_temporary(name: &str) -> bool {
    name.starts_with(layout::TEMPORARY) && name.ends_with(ENDING)
}

/// Removes abandoned temporary files. Errors are ignored; the next cleanup tries again.
pub(in crate::store) fn sweep(paths: &[PathBuf]) {
    for path in paths {
        let _ = sweep_one(path);
    }
}

/// Counts the abandoned temporary files among some files, and removes them if `remove` is set. Returns how many there
/// were and how many were removed.
pub fn dead_temporaries(files: &[PathBuf], remove: bool) -> (usize, usize) {
    let is_dead = |path: &&PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        is_temporary(&name) && dead(path).is_ok_and(|dead| dead.is_some())
    };
    let dead: Vec<&PathBuf> = files.iter().filter(is_dead).collect();
    let gone = |path: &&&PathBuf| remove && sweep_one(path).is_ok() && !path.exists();
    (dead.len(), dead.iter().filter(gone).count())
}

fn sweep_one(path: &Path) -> io::Result<()> {
    if let Some(_lock) = dead(path)? {
        fs::remove_file(path)?;
    }
    Ok(())
}

/// Locks a temporary file if it has been abandoned. The lock must be held until the file is removed: otherwise a writer
/// that has just created it could lock it in between.
#[cfg(unix)]
fn dead(path: &Path) -> io::Result<Option<File>> {
    let file = super::file::open(path)?;
    let is_dead = file.try_lock().is_ok() && is_named(&file, path)?;
    Ok(is_dead.then_some(file))
}

#[cfg(not(unix))]
fn dead(path: &Path) -> io::Result<Option<()>> {
    // An open file cannot be locked by others here: an old one counts as abandoned.
    let age = path.symlink_metadata()?.modified()?.elapsed();
    Ok(age.is_ok_and(|age| age.as_secs() > 3600).then_some(()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_abandoned_temporary_files_are_removed() {
        let dir = tempfile::tempdir().unwrap();
        let alive = temporary(dir.path(), "a").unwrap();
        let dead = temporary(dir.path(), "b").unwrap();
        let (file, path) = dead.keep().unwrap();
        drop(file);
        assert!(is_temporary(path.file_name().unwrap().to_str().unwrap()));
        // Processes started by other tests inherit our locks until they have begun to run: the cleanup is repeated.
        for _ in 0..200 {
            sweep(&[alive.path().to_owned(), path.clone()]);
            assert!(alive.path().exists());
            if !path.exists() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("the dead command's file is still there");
    }

    #[test]
    fn no_file_is_removed_between_creation_and_rename() {
        let dir = tempfile::tempdir().unwrap();
        let is_done = std::sync::atomic::AtomicBool::new(false);
        let sweeping = || {
            while !is_done.load(std::sync::atomic::Ordering::Relaxed) {
                let files = fs::read_dir(dir.path()).unwrap();
                let files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
                sweep(&files);
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(sweeping);
            }
            // Some files are kept for a while: one may be removed just after its writer looked.
            let mut is_each_named = true;
            for _ in 0..50 {
                let files: Vec<_> = (0..100)
                    .map(|_| create_locked(dir.path()).unwrap())
                    .collect();
                let is_named = |file: &tempfile::NamedTempFile| {
                    is_named(file.as_file(), file.path()).unwrap_or_default()
                };
                is_each_named &= files.iter().all(is_named);
            }
            is_done.store(true, std::sync::atomic::Ordering::Relaxed);
            assert!(is_each_named);
        });
    }
}
