//! Files on their way to their names, and what is left of them where a command was killed.
//!
//! They lie in the records directory itself, hidden, so that the next command finds those left behind by one look
//! at a short folder, however many records there are. Whoever writes one holds its lock: a temporary file that can
//! be locked belongs to nobody who still lives.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::layout;

/// How the names of temporary files end.
const ENDING: &str = ".tmp";

/// How often another file is made where a sweeper has taken one that was not yet locked.
const TRIES: usize = 16;

/// A temporary file with a text, flushed to the disk, readable by the owner alone; gone when dropped.
pub(in crate::store) fn temporary(
    folder: &Path,
    text: &str,
) -> io::Result<tempfile::NamedTempFile> {
    let mut file = own(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_data()?;
    Ok(file)
}

/// A new temporary file that no sweeper takes for a dead one.
pub(in crate::store) fn own(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    // What the system said is kept as it said it: what to do about it is told by that.
    let said = Cell::new(None);
    let open = |path: &Path| {
        let mut options = fs::OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options
            .open(path)
            .inspect_err(|fault| said.set(fault.raw_os_error()))
    };
    for _ in 0..TRIES {
        let file = tempfile::Builder::new()
            .prefix(layout::TEMPORARY)
            .suffix(ENDING)
            .make_in(folder, open)
            .map_err(|fault| said.get().map_or(fault, io::Error::from_raw_os_error))?;
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

/// Whether a path is still a name of an open file.
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

/// Whether a name is one of a temporary file.
pub(in crate::store) fn is_temporary(name: &str) -> bool {
    name.starts_with(layout::TEMPORARY) && name.ends_with(ENDING)
}

/// Removes temporary files that no living command writes. What cannot be removed stays for the next time: it does
/// no harm where it is.
pub(in crate::store) fn sweep(paths: &[PathBuf]) {
    for path in paths {
        let _ = sweep_one(path);
    }
}

/// Of some files those that are temporary and that no living command writes; with `remove` they are removed where they
/// can be. Gives how many there were, and how many are gone.
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

/// The lock of a temporary file that nobody who still lives writes; none where somebody does. Whoever removes the file
/// holds the lock until it is gone: a writer who has just made it would take it for its own as soon as it is let go.
#[cfg(unix)]
fn dead(path: &Path) -> io::Result<Option<File>> {
    let file = super::file::open(path)?;
    let is_dead = file.try_lock().is_ok() && is_named(&file, path)?;
    Ok(is_dead.then_some(file))
}

#[cfg(not(unix))]
fn dead(path: &Path) -> io::Result<Option<()>> {
    // A file that someone writes cannot be opened by others for ever: an old one is nobody's.
    let age = path.symlink_metadata()?.modified()?.elapsed();
    Ok(age.is_ok_and(|age| age.as_secs() > 3600).then_some(()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_a_dead_command_left_is_swept_and_what_a_living_one_writes_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let alive = temporary(dir.path(), "a").unwrap();
        let dead = temporary(dir.path(), "b").unwrap();
        let (file, path) = dead.keep().unwrap();
        drop(file);
        assert!(is_temporary(path.file_name().unwrap().to_str().unwrap()));
        // A program that another test starts holds all locks of this one until it has begun: the sweep comes again.
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
    fn no_file_is_swept_between_its_making_and_its_naming() {
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
            // Some are kept for a while: one is taken away just after its writer looked.
            let mut is_each_named = true;
            for _ in 0..50 {
                let files: Vec<_> = (0..100).map(|_| own(dir.path()).unwrap()).collect();
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
