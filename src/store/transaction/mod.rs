//! Changes of many files, all or none, also when the program is killed half-way.
//!
//! The new texts are first written to a folder of their own inside the records directory, whose name begins
//! with a dot and which everything else passes over. When they are on the disk, a list of what is to be done
//! takes its name there by a rename: that is the instant at which the change is decided. Then each new text
//! is renamed into its place. Whoever finds such a folder left behind *finishes* the change where the list is
//! there, since everything it needs is on the disk, and *undoes* it where the list is not, by removing the
//! folder: no file outside it was touched. A redo list was chosen over an undo list because a change that was
//! checked and decided needs nobody's judgement any more, and because finishing only ever renames.
//!
//! While a change runs, the records directory itself is locked (no lock file is kept), so that a folder which
//! is found under the lock belongs to nobody who still lives.

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

/// What the names of the folders begin with.
const FOLDER: &str = ".cuncao-change-";

/// The name of the list of what is to be done.
const LIST: &str = "list.json";

/// The name that a file has which was taken away.
const REMOVED: &str = "removed";

/// How far a change of many files has come, for those who show progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many new texts are written beside the records; nothing is decided.
    Written(usize),
    /// The change is decided: from here on it will be finished.
    Decided,
    /// So many files are changed.
    Changed(usize),
}

/// What was done about a change that an earlier command left unfinished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recovered {
    /// It was decided, and is finished now.
    Finished {
        /// How many files it was to change.
        files: usize,
        /// Those that someone has written since, which were left as they are.
        overtaken: Vec<String>,
    },
    /// It was not decided, and has left no trace.
    Undone,
    /// The list cannot be read or names files that are no records; nothing was done.
    Refused {
        /// The folder it lies in, by name.
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

/// What lies in the records directory and is no record.
#[derive(Default)]
struct Leftovers {
    /// The folders of changes.
    unfinished: Vec<PathBuf>,
    /// Files on their way to their names.
    temporaries: Vec<PathBuf>,
}

pub(in crate::store) fn digest(text: &[u8]) -> String {
    Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Whether the change that a folder holds is decided: its list has its name.
fn is_decided(folder: &Path) -> bool {
    let list = folder.join(LIST).symlink_metadata();
    list.is_ok_and(|list| list.is_file())
}

impl Store {
    /// Makes changes to files, all or none: every command that writes records comes here. What is written can be
    /// taken back where the store was told which command writes ([`Store::recording`]). Changes of many files that
    /// earlier commands left behind are dealt with first.
    ///
    /// # Errors
    ///
    /// [`WriteError`]. Before the change is decided nothing has changed; after it, a fault of the system leaves
    /// the rest to the next command, which [`Store::recover`]s.
    pub fn commit(
        &self,
        changes: &[FileChange],
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Recovered>, WriteError> {
        self.commit_checked(changes, progress, &|| Ok(()))
    }

    /// Makes changes where a last look, at which nobody else changes many files, finds nothing against it.
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
            // Any number of commands write one file at once, but none while many files change.
            let lock = self.lock_shared();
            look()?;
            let undo = self.note_undo(changes)?;
            let turn = self.lock_writers();
            let written = self.write_one(change);
            drop(turn);
            // Also where the system refused only to bring the name to the disk, it can be taken back.
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
            // Nothing was decided: nothing may be left behind.
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

    /// Like [`Store::commit`], unless records that say the same as planned ones were added since the ids of their kinds
    /// were listed: somebody else does the same at the same time.
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

    /// The ids of all records of some kinds.
    pub fn ids_of(&self, kinds: KindSet) -> BTreeSet<Id> {
        self.ids(kinds).collect()
    }

    /// Whether a file is as a change leaves it.
    fn is_made(&self, change: &FileChange) -> bool {
        let now = read_now(&self.absolute(change.path()));
        now.is_ok_and(|now| now.as_deref() == change.new_text().map(str::as_bytes))
    }

    fn still_hold(&self, changes: &[FileChange]) -> Result<(), WriteError> {
        changes
            .iter()
            .try_for_each(|change| self.still_holds(change))
    }

    /// Whether a change of many files is decided and not finished: what lies there is neither the old nor the new.
    /// Asked by who holds [`Store::lock_shared`], it was left behind by a command that died.
    pub fn is_half_changed(&self) -> bool {
        let left = self.leftovers().unwrap_or_default();
        left.unfinished.iter().any(|folder| is_decided(folder))
    }

    /// Whether an earlier command left a change unfinished.
    pub fn has_unfinished(&self) -> bool {
        self.leftovers()
            .is_ok_and(|left| !left.unfinished.is_empty())
    }

    /// Finishes or undoes what earlier commands left behind; called by every command that writes.
    ///
    /// # Errors
    ///
    /// The system's.
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

    /// What commands have left behind in the records directory, or need while they run.
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
                // Gone since the folder was listed.
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

    /// Whether a file is still as it was when the change was planned.
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

    /// Writes the new texts and the list beside the records.
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
                // The folder is made now: what may fail for want of space or permission fails before the decision.
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
        // Writing all that took its time: who wrote one of the files meanwhile has the last word.
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

    /// Does what a list says and has not been done yet, and removes the folder.
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
            // What moves is not removed where it could not come to its new place.
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
        // Without its list the folder is of no more consequence, whenever we are killed.
        fs::remove_file(folder.join(LIST))?;
        fs::remove_dir_all(folder)?;
        Ok((list.steps.len(), overtaken))
    }

    /// Does one step, unless it is done; false where someone else has written the file since.
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
                let is_right = |now: &[u8]| digest(now) == *old;
                // Once they have changed places, what was there lies among what is staged.
                if read_now(&staged)?.is_none_or(|text| is_right(&text)) {
                    return Ok(true);
                }
                let Some(held) = hold(&target, is_right)? else {
                    return Ok(false);
                };
                fs::set_permissions(&staged, held.permissions.clone())?;
                swap::replace(&staged, &target, is_right)
            }
            ListedChange::Remove { old, .. } => {
                if read_now(&target)?.is_none() {
                    return Ok(true);
                }
                let is_right = |now: &[u8]| digest(now) == *old;
                let Some(_held) = hold(&target, is_right)? else {
                    return Ok(false);
                };
                match swap::take_away(&target, &folder.join(REMOVED), is_right) {
                    // The file's folder lies on another file system.
                    Err(fault) if fault.kind() == io::ErrorKind::CrossesDevices => {
                        fs::remove_file(&target).map(|()| true)
                    }
                    other => other,
                }
            }
        }
    }
}

/// The absolute path of a file that a list names: a list may come from a stranger's clone, so its paths
/// lead nowhere but to visible files inside the directory.
fn checked(root: &Path, path: &str) -> io::Result<PathBuf> {
    let relative = Path::new(path);
    let plain = relative.components().all(|part| match part {
        Component::Normal(name) => !name.to_string_lossy().starts_with('.'),
        _ => false,
    });
    // Also a record that a person made by hand, which is to get the name of one.
    let folder = path.split_once('/').map(|(folder, _)| folder);
    let is_record = folder.and_then(layout::kind_of_folder).is_some()
        && path.ends_with(layout::ENDING)
        || path == layout::SCHOOL_FILE;
    if !plain || !is_record || path.contains('\\') {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("{path:?} is no file of a record"),
        ));
    }
    Ok(path
        .split('/')
        .fold(root.to_owned(), |whole, part| whole.join(part)))
}

/// Writes a new text beside the records, readable by the owner alone; [`flush_all`] brings it to the disk.
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

/// Brings all that was staged to the disk: one call for the file system where there is such a call, since a
/// flush of each of thousands of files takes as many turns of a disk.
fn flush_all(folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(fs::File::open(folder)?)?;
    #[cfg(not(target_os = "linux"))]
    let _ = folder;
    Ok(())
}

impl Store {
    /// Makes the folder of a file and notes what had to be made.
    fn folder_for_noting(&self, absolute: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
        self.each_folder_of(absolute, &mut |at| {
            make_folder(at)?;
            made.push(at.to_owned());
            Ok(())
        })
        .map(drop)
    }
}
