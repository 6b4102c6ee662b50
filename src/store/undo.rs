//! The undo log of commands.
//!
//! A command that writes records leaves one file in `.cuncao-undo/`, in a folder for the day, with the previous texts
//! of its files and digests of the new ones. It is written before the records are, so that a killed command can be
//! undone, too; the entry of a command that wrote nothing is recognised by the state of its files and skipped. The
//! folder is accessible to the owner only and ignored by git.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Days, Local, NaiveDate};
use serde::{Deserialize, Serialize};

use super::directory::{Recording, Store};
use super::file::read_now;
use super::transaction::{self, FileChange, digest};
use super::write::{WriteError, make_folder};

/// The folder, relative to the records directory.
pub const FOLDER: &str = ".cuncao-undo";

/// The time for which entries are kept, in days.
pub const KEPT_DAYS: u64 = 30;

/// The extension of the files.
const ENDING: &str = ".json";

/// The changes of a command.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UndoEntry {
    /// The name of the command.
    pub command: String,
    /// The time of the changes.
    pub at: DateTime<Local>,
    /// The files, in the order in which they were changed.
    pub files: Vec<FileStates>,
    /// The path of the entry.
    #[serde(skip)]
    place: PathBuf,
}

/// The states of a file before and after a command.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileStates {
    /// The path relative to the records directory, with `/`.
    pub path: String,
    /// The text before; none if the command created the file.
    pub before: Option<String>,
    /// The digest of the text after; none if the command removed the file.
    pub after: Option<String>,
}

/// The reason why the last command cannot be undone.
#[derive(Debug)]
pub enum UndoError {
    /// There is nothing to undo.
    Nothing,
    /// These files have been changed since.
    Changed(Vec<String>),
    /// The files could not be written.
    Write(WriteError),
    /// The undo log could not be read.
    System(io::Error),
}

/// An entry that is removed when dropped, unless it is kept.
pub(in crate::store) struct PendingEntry(Option<PathBuf>);

impl PendingEntry {
    /// Keeps the entry, because the change was made.
    pub(in crate::store) fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for PendingEntry {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            let _ = fs::remove_file(path);
        }
    }
}

impl Store {
    /// Sets the command whose changes are recorded for undo.
    #[must_use]
    pub fn recording(mut self, command: &str, at: SystemTime) -> Store {
        self.recording = Some(Recording {
            command: command.to_owned(),
            at,
        });
        self
    }

    /// Turns off recording, for commands that remove data which must not remain in the undo log.
    #[must_use]
    pub fn without_recording(mut self) -> Store {
        self.recording = None;
        self
    }

    /// Records the states of files before they are changed.
    pub(in crate::store) fn note_undo(
        &self,
        changes: &[FileChange],
    ) -> Result<PendingEntry, WriteError> {
        let Some(Recording { command, at }) = &self.recording else {
            return Ok(PendingEntry(None));
        };
        let at = DateTime::<Local>::from(*at);
        let files = changes.iter().map(|change| FileStates {
            path: change.path().to_owned(),
            before: change.old_text().map(str::to_owned),
            after: change.new_text().map(|text| digest(text.as_bytes())),
        });
        let entry = UndoEntry {
            command: command.clone(),
            at,
            files: files.collect(),
            place: PathBuf::new(),
        };
        self.write_entry(&entry)
            .map_err(|fault| WriteError::System {
                path: FOLDER.to_owned(),
                fault,
            })
    }

    /// Creates the folder with its `.gitignore`, if it does not exist.
    pub(in crate::store) fn make_undo_folder(&self) -> io::Result<PathBuf> {
        let root = self.root().join(FOLDER);
        if !root.is_dir() {
            make_folder(&root)?;
            private(&root.join(".gitignore"))?.write_all(b"*\n")?;
        }
        Ok(root)
    }

    fn write_entry(&self, entry: &UndoEntry) -> io::Result<PendingEntry> {
        let root = self.make_undo_folder()?;
        let today = entry.at.date_naive();
        let folder = root.join(today.to_string());
        if !folder.is_dir() {
            make_folder(&folder)?;
            forget_old(&root, today);
        }
        let text = serde_json::to_string(entry)?;
        let nanoseconds = entry.at.timestamp_nanos_opt().unwrap_or_default();
        // Commands may start at the same moment.
        for count in 0.. {
            let path = folder.join(format!(
                "{nanoseconds:020}-{:05}-{count}{ENDING}",
                std::process::id()
            ));
            match private(&path) {
                Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => {}
                Err(fault) => return Err(fault),
                Ok(mut file) => {
                    let noted = PendingEntry(Some(path));
                    file.write_all(text.as_bytes())?;
                    return Ok(noted);
                }
            }
        }
        Ok(PendingEntry(None))
    }

    /// Returns the entries, newest first, including those of commands that wrote nothing.
    pub fn undo_entries(&self, today: NaiveDate) -> io::Result<Vec<UndoEntry>> {
        let root = self.root().join(FOLDER);
        forget_old(&root, today);
        let mut entries = Vec::new();
        for folder in listed(&root)? {
            for place in listed(&folder)? {
                let is_entry = place
                    .extension()
                    .is_some_and(|ending| ending == &ENDING[1..]);
                let text = if is_entry {
                    fs::read(&place)?
                } else {
                    continue;
                };
                // An incomplete entry belongs to a command that wrote nothing.
                if let Ok(entry) = serde_json::from_slice::<UndoEntry>(&text) {
                    entries.push(UndoEntry { place, ..entry });
                }
            }
        }
        entries.sort_by(|a, b| b.place.cmp(&a.place));
        Ok(entries)
    }

    /// Returns the entry of the last command, and the changes that undo it.
    ///
    /// # Errors
    ///
    /// [`UndoError::Nothing`], or [`UndoError::Changed`] with the files that have been changed since.
    pub fn plan_undo(&self, today: NaiveDate) -> Result<(UndoEntry, Vec<FileChange>), UndoError> {
        for entry in self.undo_entries(today).map_err(UndoError::System)? {
            let mut now = Vec::new();
            for file in &entry.files {
                // The undo log may come from elsewhere.
                let path = transaction::checked(self.root(), &file.path);
                now.push(
                    path.and_then(|path| read_now(&path))
                        .map_err(UndoError::System)?,
                );
            }
            let states = || entry.files.iter().zip(&now);
            let is_after =
                |file: &FileStates, now: &Option<Vec<u8>>| now.as_deref().map(digest) == file.after;
            if states().all(|(file, now)| is_after(file, now)) {
                let changes = states().filter_map(|(file, now)| reverted(file, now.as_deref()));
                let changes = changes.collect();
                return Ok((entry, changes));
            }
            let is_before = |file: &FileStates, now: &Option<Vec<u8>>| {
                now.as_deref() == file.before.as_deref().map(str::as_bytes)
            };
            if states().all(|(file, now)| is_before(file, now)) {
                // The command wrote nothing, or has been undone already.
                fs::remove_file(&entry.place).map_err(UndoError::System)?;
                continue;
            }
            let changed = states().filter(|(file, now)| !is_after(file, now));
            let changed = changed.map(|(file, _)| file.path.clone()).collect();
            return Err(UndoError::Changed(changed));
        }
        Err(UndoError::Nothing)
    }

    /// Undoes a command.
    pub fn undo(&self, entry: &UndoEntry, changes: &[FileChange]) -> Result<(), UndoError> {
        let store = self.clone().without_recording();
        store
            .commit(changes, &mut |_| {})
            .map_err(UndoError::Write)?;
        fs::remove_file(&entry.place).map_err(UndoError::System)
    }

    /// Removes entries that can no longer be undone because a file was written without recording: the last entry with
    /// that file, and all older ones, which could only be undone after it.
    pub fn drop_undo_of(&self, path: &str, today: NaiveDate) -> io::Result<()> {
        let entries = self.undo_entries(today)?;
        let wrote = |entry: &UndoEntry| entry.files.iter().any(|file| file.path == path);
        let Some(last) = entries.iter().position(wrote) else {
            return Ok(());
        };
        for entry in &entries[last..] {
            fs::remove_file(&entry.place)?;
        }
        let root = self.root().join(FOLDER);
        let mut is_empty = true;
        for folder in listed(&root)?.iter().filter(|path| path.is_dir()) {
            is_empty &= fs::remove_dir(folder).is_ok();
        }
        if is_empty { self.clear_undo() } else { Ok(()) }
    }

    /// Removes the whole undo log.
    pub fn clear_undo(&self) -> io::Result<()> {
        match fs::remove_dir_all(self.root().join(FOLDER)) {
            Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(fault),
            _ => Ok(()),
        }
    }
}

/// Returns the change that restores a file.
fn reverted(file: &FileStates, now: Option<&[u8]>) -> Option<FileChange> {
    let path = file.path.clone();
    let now = now.map(|now| String::from_utf8_lossy(now).into_owned());
    match (now, file.before.clone()) {
        (Some(old), Some(new)) => Some(FileChange::Replace { path, old, new }),
        (Some(old), None) => Some(FileChange::Remove { path, old }),
        (None, Some(text)) => Some(FileChange::Create { path, text }),
        (None, None) => None,
    }
}

/// Returns the entries of a folder, sorted by name; none if there is no such folder.
fn listed(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    // The error for listing a file differs between systems.
    if !folder.is_dir() {
        return Ok(paths);
    }
    match fs::read_dir(folder) {
        Ok(entries) => {
            for entry in entries {
                paths.push(entry?.path());
            }
        }
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => {}
        Err(fault) => return Err(fault),
    }
    paths.sort();
    Ok(paths)
}

/// Removes entries that are too old. Errors are ignored; the next command tries again.
fn forget_old(root: &Path, today: NaiveDate) {
    let oldest = today - Days::new(KEPT_DAYS);
    for folder in listed(root).unwrap_or_default() {
        let name = folder.file_name().and_then(|name| name.to_str());
        let day = name.and_then(|name| name.parse::<NaiveDate>().ok());
        if day.is_some_and(|day| day < oldest) {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

pub(in crate::store) fn private(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
