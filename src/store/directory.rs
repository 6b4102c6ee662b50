//! The records directory: finding it, its files and its settings.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::decode::{self, Prose};
use super::layout::{SCHOOL_FILE, path_of};
use super::transaction::FileChange;
use super::{check, file, layout, rules};
use crate::diagnostic::{Finding, Place};
use crate::model::{Id, School};

/// A records directory.
#[derive(Clone, Debug)]
pub struct Store {
    pub(super) root: PathBuf,
    pub(super) recording: Option<Recording>,
    /// Texts that replace those on disk when reading; none for a record that counts as removed.
    pub(super) proposed: Arc<BTreeMap<Id, Option<String>>>,
}

/// The command that writes, and the time, for undo.
#[derive(Clone, Debug)]
pub(super) struct Recording {
    pub(super) command: String,
    pub(super) at: SystemTime,
}

impl Store {
    /// Finds the records directory: the nearest folder, upward from a folder, that contains `cuncao.toml`.
    pub fn find(start: &Path) -> Option<Store> {
        let mut at = Some(start);
        while let Some(folder) = at {
            if folder.join(SCHOOL_FILE).is_file() {
                // The records directory itself may be a symbolic link; links in it are not followed.
                let real = folder.is_symlink().then(|| folder.canonicalize().ok());
                return Some(Store::at(
                    real.flatten().unwrap_or_else(|| folder.to_owned()),
                ));
            }
            at = folder.parent();
        }
        None
    }

    /// Opens the records directory at a path.
    pub fn at(root: impl Into<PathBuf>) -> Store {
        Store {
            root: root.into(),
            recording: None,
            proposed: Arc::default(),
        }
    }

    /// Returns a view of the records with some changes applied, without writing them.
    pub fn with_changes(&self, changes: &[FileChange]) -> Store {
        let proposed = changes.iter().filter_map(|change| {
            let id = layout::id_of(change.path())?;
            Some((id, change.new_text().map(str::to_owned)))
        });
        Store {
            proposed: Arc::new(proposed.collect()),
            ..self.clone()
        }
    }

    /// Returns the text of a file in the changes of [`Store::with_changes`], if it is among them; none inside for a
    /// removed file.
    pub(super) fn proposed(&self, path: &str) -> Option<Option<&str>> {
        let id = layout::id_of(path).filter(|id| path_of(*id) == path)?;
        self.proposed.get(&id).map(Option::as_deref)
    }

    /// Returns the path of the directory.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Converts a path relative to the directory, with `/`, to an absolute one.
    pub fn absolute(&self, path: &str) -> PathBuf {
        path.split('/')
            .fold(self.root.clone(), |whole, part| whole.join(part))
    }

    /// Returns the paths of all files in the directory, records or not: settings, templates, backups of editors. Leaves
    /// out `.git` and the undo log.
    pub fn paths_of_texts(&self) -> Vec<String> {
        let is_kept_apart = |name: &std::ffi::OsStr| name == ".git" || name == ".cuncao-undo";
        let entries = walkdir::WalkDir::new(&self.root).sort_by_file_name();
        let entries = entries
            .into_iter()
            .filter_entry(|entry| !is_kept_apart(entry.file_name()));
        let files = entries
            .flatten()
            .filter(|entry| entry.file_type().is_file());
        let paths = files.filter_map(|entry| {
            let path = entry.path().strip_prefix(&self.root).ok()?;
            Some(path.to_str()?.replace('\\', "/"))
        });
        paths.collect()
    }

    /// Whether there is a record with an id, checked by its path alone.
    pub fn has(&self, id: Id) -> bool {
        self.has_file(&path_of(id))
    }

    /// Whether there is a regular file at a path relative to the directory, with `/`.
    pub fn has_file(&self, path: &str) -> bool {
        if let Some(text) = self.proposed(path) {
            return text.is_some();
        }
        self.absolute(path)
            .symlink_metadata()
            .is_ok_and(|metadata| metadata.is_file())
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// An I/O error; `InvalidData` if the file is not UTF-8 or too large.
    pub fn text(&self, path: &str) -> io::Result<String> {
        String::from_utf8(self.bytes(path)?)
            .map_err(|fault| io::Error::new(io::ErrorKind::InvalidData, fault))
    }

    /// Reads the text of a file for display, with invalid UTF-8 replaced.
    ///
    /// # Errors
    ///
    /// An I/O error; `InvalidData` if the file is too large.
    pub fn shown_text(&self, path: &str) -> io::Result<String> {
        Ok(String::from_utf8_lossy(&self.bytes(path)?).into_owned())
    }

    fn bytes(&self, path: &str) -> io::Result<Vec<u8>> {
        if let Some(text) = self.proposed(path) {
            let text = text.ok_or(io::ErrorKind::NotFound)?;
            return Ok(text.as_bytes().to_vec());
        }
        let absolute = self.absolute(path);
        let (folder, name) = match (
            absolute.parent(),
            absolute.file_name().and_then(|name| name.to_str()),
        ) {
            (Some(folder), Some(name)) => (file::Folder::open(folder)?, name),
            _ => return Err(io::ErrorKind::NotFound.into()),
        };
        let mut reader = file::Reader::default();
        match reader.read(&folder, name) {
            Ok(bytes) => Ok(bytes.to_vec()),
            Err(file::ReadError::Fault(fault)) => Err(fault),
            Err(file::ReadError::TooLarge) => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the file is too large",
            )),
        }
    }

    /// Reads the school's settings.
    ///
    /// # Errors
    ///
    /// Returns the findings about `cuncao.toml`.
    pub fn school(&self) -> Result<School, Vec<Finding>> {
        let bytes = self.bytes(SCHOOL_FILE).map_err(|fault| {
            vec![
                Finding::new(&rules::syntax::UNREADABLE, SCHOOL_FILE, Place::File)
                    .with("fault", fault),
            ]
        })?;
        let text = std::str::from_utf8(&bytes).ok();
        match text.and_then(|text| decode::fast(text, Prose::Keep)) {
            Some(school) => Ok(school),
            None => check::read_shaped::<School>(School::shape, SCHOOL_FILE, &bytes)
                .map(|(school, _)| school),
        }
    }
}
