//! Atomic changes of several files, even if the program is killed.
//!
//! The new texts are first written to a hidden folder in the records directory. When they are on disk, a list of steps
//! is renamed into place in that folder: at this moment the change is committed. Then each new text is renamed into its
//! place. A later command that finds such a folder *finishes* the change if the list is there, as all it needs is on
//! disk, and otherwise *rolls it back* by removing the folder, as no file outside of it was touched. This is a redo log
//! rather than an undo log because a committed change has passed all checks, and because finishing it only takes
//! renames.
//!
//! A change holds a lock on the records directory itself (there is no lock file), so that a folder found while holding
//! the lock has been abandoned.

mod change;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::model::{Id, KindSet};
use crate::store::file::MAX_FILE_BYTES;
use crate::store::file::read_now;
use crate::store::temporary::{is_temporary, sweep, temporary};
use crate::store::write::{WriteError, flush_folder, hold, make_folder};
use crate::store::{Store, layout, swap};

pub use change::FileChange;

/// The prefix of the folders.
const FOLDER: &str = ".cuncao-change-";

/// The name of the list of steps.
const LIST: &str = "list.json";

/// The name of a removed file in the folder.
const REMOVED: &str = "removed";

/// The progress of a change of several files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The number of new texts written so far; the change is not committed.
    Written(usize),
    /// The change is committed and will be finished in any case.
    Decided,
    /// The number of files changed so far.
    Changed(usize),
}

/// The recovery from a change that an earlier command left unfinished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recovered {
    /// It was committed and is now finished.
    Finished {
        /// The number of files in the change.
        files: usize,
        /// Files that someone has written since; they were left as they are.
        overtaken: Vec<String>,
    },
    /// It was not committed and was rolled back.
    Undone,
    /// The list cannot be read or names files that are not records; nothing was done.
    Refused {
        /// The name of the folder.
        folder: String,
    },
}

#[derive(Serialize, Deserialize)]
struct ChangeList {
    steps: Vec<ListedChange>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ListedChange {
    Create {
        path: String,
        staged: usize,
    },
    Replace {
        path: String,
        old: String,
        staged: usize,
    },
    Remove {
        path: String,
        old: String,
    },
}

impl ListedChange {
    fn path(&self) -> &str {
        match self {
            ListedChange::Create { path, .. }
            | ListedChange::Replace { path, .. }
            | ListedChange::Remove { path, .. } => path,
        }
    }
}

/// Files and folders of changes in the records directory.
#[derive(Default)]
struct Leftovers {
    /// The folders of changes.
    unfinished: Vec<PathBuf>,
    /// Temporary files.
    temporaries: Vec<PathBuf>,
}

pub(in crate::store) fn digest(text: &[u8]) -> String {
    Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Whether the change in a folder is committed: its list is in place.
fn is_decided(folder: &Path) -> bool {
    let list = folder.join(LIST).symlink_metadata();
    list.is_ok_and(|list| list.is_file())
}

impl Store {
    /// Commits changes of files atomically; every command that writes records uses this.
    ///
    /// If the store knows the command ([`Store::recording`]), the change can be undone. Unfinished changes of earlier
    /// commands are recovered first.
    ///
    /// # Errors
    ///
    /// A [`WriteError`]. Before the commit nothing has changed; after it, an I/O error leaves the rest to the
    /// [`Store::recover`] of the next command.
    pub fn commit(
        &self,
        changes: &[FileChange],
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Recovered>, WriteError> {
        self.commit_checked(changes, progress, &|| Ok(()))
    }

    /// Commits changes if a final check under the lock succeeds.
    fn commit_checked(
        &self,
        changes: &[FileChange],
        progress: &mut dyn FnMut(Progress),
        look: &dyn Fn() -> Result<(), WriteError>,
    ) -> Result<Vec<Recovered>, WriteError> {
        for change in changes {
            let text = change.new_text().unwrap_or_default();
            if text.len() > MAX_FILE_BYTES {
                return Err(WriteError::TooLarge(change.path().to_owned()));
            }
        }
        if let [change] = changes {
            // Single files can be changed at the same time, but not during a change of several files.
            let lock = self.lock_shared();
            look()?;
            let undo = self.note_undo(changes)?;
            let turn = self.lock_writers();
            let written = self.write_one(change);
            drop(turn);
            // Undo is also possible if only flushing the folder to disk failed.
            if written.is_ok() || self.is_made(change) {
                undo.keep();
            }
            written?;
            drop(lock);
            return Ok(Vec::new());
        }
        let whole = |fault| WriteError::System {
            path: self.root().display().to_string(),
            fault,
        };
        let lock = self.lock().map_err(whole)?;
        let recovered = self.recover_locked().map_err(whole)?;
        if changes.is_empty() {
            return Ok(recovered);
        }
        look()?;
        self.still_hold(changes)?;
        let undo = self.note_undo(changes)?;
        let mut made = Vec::new();
        let folder = tempfile::Builder::new()
            .prefix(FOLDER)
            .tempdir_in(self.root())
            .map_err(whole)?
            .keep();
        if let Err(error) = self.decide(&folder, changes, &mut made, progress) {
            // The change was not committed: clean up.
            let _ = fs::remove_dir_all(&folder);
            for empty in made.iter().rev() {
                let _ = fs::remove_dir(empty);
            }
            return Err(error);
        }
        undo.keep();
        progress(Progress::Decided);
        let (_, overtaken) = self
            .finish(&folder, progress)
            .map_err(WriteError::Unfinished)?;
        drop(lock);
        if overtaken.is_empty() {
            Ok(recovered)
        } else {
            Err(WriteError::Overtaken(overtaken))
        }
    }

    /// Like [`Store::commit`], but fails if a record with the same text as a planned one was added since the ids of its
    /// kind were listed, because another command may have done the same.
    ///
    /// # Errors
    ///
    /// [`WriteError::Added`], or as [`Store::commit`].
    pub fn commit_unless_added(
        &self,
        kinds: KindSet,
        known: &BTreeSet<Id>,
        changes: &[FileChange],
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Recovered>, WriteError> {
        self.commit_checked(changes, progress, &|| {
            let now = self.ids_of(kinds);
            let planned: BTreeSet<&str> = changes.iter().filter_map(FileChange::new_text).collect();
            let added = now.difference(known).copied().map(layout::path_of);
            let is_planned = |path: &String| {
                let text = self.text(path);
                text.is_ok_and(|text| planned.contains(text.as_str()))
            };
            let added: Vec<String> = added.filter(is_planned).collect();
            if added.is_empty() {
                Ok(())
            } else {
                Err(WriteError::Added(added))
            }
        })
    }

    /// Returns the ids of all records of some kinds.
    pub fn ids_of(&self, kinds: KindSet) -> BTreeSet<Id> {
        self.ids(kinds).collect()
    }

    /// Whether a file is in the state after a change.
    fn is_made(&self, change: &FileChange) -> bool {
        let now = read_now(&self.absolute(change.path()));
        now.is_ok_and(|now| now.as_deref() == change.new_text().map(str::as_bytes))
    }

    fn still_hold(&self, changes: &[FileChange]) -> Result<(), WriteError> {
        changes
            .iter()
            .try_for_each(|change| self.still_holds(change))
    }

    /// Whether a change of several files is committed but not finished, so that the files are in a mixed state. While
    /// holding [`Store::lock_shared`] this means that its command died.
    pub fn is_half_changed(&self) -> bool {
        let left = self.leftovers().unwrap_or_default();
        left.unfinished.iter().any(|folder| is_decided(folder))
    }

    /// Whether an earlier command left a change unfinished.
    pub fn has_unfinished(&self) -> bool {
        self.leftovers()
            .is_ok_and(|left| !left.unfinished.is_empty())
    }

    /// Finishes or rolls back changes of earlier commands, and removes their temporary files.
    pub fn recover(&self) -> io::Result<Vec<Recovered>> {
        let left = self.leftovers()?;
        sweep(&left.temporaries);
        if left.unfinished.is_empty() {
            return Ok(Vec::new());
        }
        let lock = self.lock()?;
        let recovered = self.recover_locked();
        drop(lock);
        recovered
    }

    fn recover_locked(&self) -> io::Result<Vec<Recovered>> {
        let left = self.leftovers()?;
        let mut recovered = Vec::new();
        for folder in left.unfinished {
            if !is_decided(&folder) {
                fs::remove_dir_all(&folder)?;
                recovered.push(Recovered::Undone);
                continue;
            }
            recovered.push(match self.finish(&folder, &mut |_| {}) {
                Ok((files, overtaken)) => Recovered::Finished { files, overtaken },
                Err(fault) if fault.kind() == io::ErrorKind::InvalidData => Recovered::Refused {
                    folder: folder
                        .file_name()
                        .map(|name| name.to_string_lossy().into_owned())
                        .unwrap_or_default(),
                },
                Err(fault) => return Err(fault),
            });
        }
        Ok(recovered)
    }

    /// Lists the files and folders of changes, including those of running commands.
    fn leftovers(&self) -> io::Result<Leftovers> {
        let mut left = Leftovers::default();
        for entry in fs::read_dir(self.root())? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if !name.starts_with(layout::TEMPORARY) {
                continue;
            }
            let file_type = match entry.file_type() {
                // Removed since the folder was listed.
                Err(fault) if fault.kind() == io::ErrorKind::NotFound => continue,
                other => other?,
            };
            if file_type.is_dir() && name.starts_with(FOLDER) {
                left.unfinished.push(entry.path());
            } else if file_type.is_file() && is_temporary(&name) {
                left.temporaries.push(entry.path());
            }
        }
        left.unfinished.sort();
        Ok(left)
    }

    /// Checks that a file is still in the state before a change.
    fn still_holds(&self, change: &FileChange) -> Result<(), WriteError> {
        let fault = |fault| WriteError::System {
            path: change.path().to_owned(),
            fault,
        };
        let absolute = checked(self.root(), change.path()).map_err(fault)?;
        match change {
            FileChange::Create { path, .. } => match absolute.symlink_metadata() {
                Ok(_) => Err(WriteError::Exists(path.clone())),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                Err(error) => Err(fault(error)),
            },
            FileChange::Replace { path, old, .. } | FileChange::Remove { path, old } => {
                match hold(&absolute, |now| now == old.as_bytes()).map_err(fault)? {
                    Some(_) => Ok(()),
                    None => Err(WriteError::Changed(path.clone())),
                }
            }
        }
    }

    /// Writes the new texts and the list of steps, which commits the change.
    fn decide(
        &self,
        folder: &Path,
        changes: &[FileChange],
        made: &mut Vec<PathBuf>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), WriteError> {
        let mut steps = Vec::with_capacity(changes.len());
        for (staged, change) in changes.iter().enumerate() {
            let fault = |fault| WriteError::System {
                path: change.path().to_owned(),
                fault,
            };
            let path = change.path().to_owned();
            if let FileChange::Create { text, .. } | FileChange::Replace { new: text, .. } = change
            {
                // Created now, so that a lack of space or permission is found before the commit.
                self.folder_for_noting(&self.absolute(&path), made)
                    .map_err(fault)?;
                stage(&folder.join(staged.to_string()), text).map_err(fault)?;
            }
            steps.push(match change {
                FileChange::Create { .. } => ListedChange::Create { path, staged },
                FileChange::Replace { old, .. } => ListedChange::Replace {
                    path,
                    old: digest(old.as_bytes()),
                    staged,
                },
                FileChange::Remove { old, .. } => ListedChange::Remove {
                    path,
                    old: digest(old.as_bytes()),
                },
            });
            progress(Progress::Written(staged + 1));
        }
        let fault = |fault| WriteError::System {
            path: self.root().display().to_string(),
            fault,
        };
        flush_all(folder).map_err(fault)?;
        // Check again, because writing took time and somebody may have edited one of the files.
        self.still_hold(changes)?;
        let write_list = || -> io::Result<()> {
            let list = serde_json::to_string(&ChangeList { steps })?;
            let file = temporary(folder, &list)?;
            file.persist(folder.join(LIST))
                .map_err(|error| error.error)?;
            flush_folder(folder)?;
            flush_folder(self.root())
        };
        write_list().map_err(fault)
    }

    /// Performs the remaining steps of a list and removes the folder.
    fn finish(
        &self,
        folder: &Path,
        progress: &mut dyn FnMut(Progress),
    ) -> io::Result<(usize, Vec<String>)> {
        let list: ChangeList = serde_json::from_slice(&fs::read(folder.join(LIST))?)
            .map_err(|fault| io::Error::new(io::ErrorKind::InvalidData, fault))?;
        for step in &list.steps {
            checked(self.root(), step.path())?;
        }
        let mut overtaken = Vec::new();
        let mut folders = BTreeSet::new();
        let mut is_all_there = true;
        for (at, step) in list.steps.iter().enumerate() {
            // In a move, keep the old file if the new one could not be created.
            let may_go = is_all_there || !matches!(step, ListedChange::Remove { .. });
            if !may_go || !self.take(folder, step)? {
                is_all_there &= !matches!(step, ListedChange::Create { .. });
                overtaken.push(step.path().to_owned());
            }
            folders.extend(self.absolute(step.path()).parent().map(Path::to_owned));
            progress(Progress::Changed(at + 1));
        }
        for changed in folders {
            if changed.is_dir() {
                flush_folder(&changed)?;
            }
        }
        // Without its list the folder has no effect, even if we are killed now.
        fs::remove_file(folder.join(LIST))?;
        fs::remove_dir_all(folder)?;
        Ok((list.steps.len(), overtaken))
    }

    /// Performs a step unless it has been performed; false if someone else has written the file since.
    fn take(&self, folder: &Path, step: &ListedChange) -> io::Result<bool> {
        let target = self.absolute(step.path());
        match step {
            ListedChange::Create { staged, .. } => {
                let staged = folder.join(staged.to_string());
                let Some(text) = read_now(&staged)? else {
                    return Ok(true);
                };
                self.folder_for(&target)?;
                match tempfile::TempPath::try_from_path(&staged)?.persist_noclobber(&target) {
                    Ok(()) => Ok(true),
                    Err(error) => {
                        let kind = error.error.kind();
                        error.path.keep().map_err(|kept| kept.error)?;
                        if kind == io::ErrorKind::AlreadyExists {
                            Ok(read_now(&target)? == Some(text))
                        } else {
                            Err(error.error)
                        }
                    }
                }
            }
            ListedChange::Replace { old, staged, .. } => {
                let staged = folder.join(staged.to_string());
                let is_expected = |now: &[u8]| digest(now) == *old;
                // After an exchange the previous content is in the staged file.
                if read_now(&staged)?.is_none_or(|text| is_expected(&text)) {
                    return Ok(true);
                }
                let Some(held) = hold(&target, is_expected)? else {
                    return Ok(false);
                };
                fs::set_permissions(&staged, held.permissions.clone())?;
                swap::replace(&staged, &target, is_expected)
            }
            ListedChange::Remove { old, .. } => {
                if read_now(&target)?.is_none() {
                    return Ok(true);
                }
                let is_expected = |now: &[u8]| digest(now) == *old;
                let Some(_held) = hold(&target, is_expected)? else {
                    return Ok(false);
                };
                match swap::move_away(&target, &folder.join(REMOVED), is_expected) {
                    // The file is on another file system.
                    Err(fault) if fault.kind() == io::ErrorKind::CrossesDevices => {
                        fs::remove_file(&target).map(|()| true)
                    }
                    other => other,
                }
            }
        }
    }
}

/// Returns the absolute path for a path in a list. The list may come from elsewhere, so only visible files of records
/// inside the directory are allowed.
pub(super) fn checked(root: &Path, path: &str) -> io::Result<PathBuf> {
    let relative = Path::new(path);
    let plain = relative.components().all(|part| match part {
        Component::Normal(name) => !name.to_string_lossy().starts_with('.'),
        _ => false,
    });
    // File names are not checked, because a file that the user named otherwise may be renamed.
    let folder = path.split_once('/').map(|(folder, _)| folder);
    let is_record = folder.and_then(layout::kind_of_folder).is_some()
        && path.ends_with(layout::ENDING)
        || path == layout::SCHOOL_FILE;
    if !plain || !is_record || path.contains('\\') {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("{path:?} is not the path of a record file"),
        ));
    }
    Ok(path
        .split('/')
        .fold(root.to_owned(), |whole, part| whole.join(part)))
}

/// Writes a new text to the folder, readable by the owner only; [`flush_all`] flushes it to disk.
fn stage(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    #[cfg(not(target_os = "linux"))]
    file.sync_data()?;
    Ok(())
}

/// Flushes all staged texts to disk, with one call for the whole file system where possible: flushing thousands of
/// files one by one is slow.
fn flush_all(folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(fs::File::open(folder)?)?;
    #[cfg(not(target_os = "linux"))]
    let _ = folder;
    Ok(())
}

impl Store {
    /// Creates the folder of a file and records which folders were created.
    fn folder_for_noting(&self, absolute: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
        self.each_folder_of(absolute, &mut |at| {
            make_folder(at)?;
            made.push(at.to_owned());
            Ok(())
        })
        .map(drop)
    }
}
