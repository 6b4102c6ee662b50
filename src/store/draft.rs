//! Drafts of new records that were not finished, one for each kind.
//!
//! They are kept in the undo folder: readable by the owner only, ignored by git, and removed with it.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::Store;
use super::undo::{self, KEPT_DAYS};
use super::write::make_folder;
use crate::model::Kind;

const FOLDER: &str = "drafts";

/// An unfinished record.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The text so far, in general not a valid record.
    pub text: String,
    /// The time when it was kept.
    pub at: SystemTime,
}

impl Store {
    fn draft_place(&self, kind: Kind) -> PathBuf {
        let folder = self.root().join(undo::FOLDER).join(FOLDER);
        folder.join(format!("{}.toml", kind.name()))
    }

    /// Returns the path of the draft of a kind, relative to the records directory.
    pub fn draft_path(kind: Kind) -> String {
        format!("{}/{FOLDER}/{}.toml", undo::FOLDER, kind.name())
    }

    /// Saves a draft in place of an earlier one.
    pub fn keep_draft(&self, kind: Kind, text: &str) -> io::Result<()> {
        self.drop_draft(kind)?;
        self.make_undo_folder()?;
        make_folder(&self.root().join(undo::FOLDER).join(FOLDER))?;
        undo::private(&self.draft_place(kind))?.write_all(text.as_bytes())
    }

    /// Returns the draft of a kind, unless it is too old.
    pub fn draft(&self, kind: Kind, now: SystemTime) -> Option<Draft> {
        let place = self.draft_place(kind);
        let at = fs::metadata(&place).ok()?.modified().ok()?;
        let age = now.duration_since(at).unwrap_or_default();
        if age > Duration::from_secs(KEPT_DAYS * 24 * 60 * 60) {
            let _ = fs::remove_file(&place);
            return None;
        }
        let text = fs::read_to_string(&place).ok()?;
        Some(Draft { text, at })
    }

    /// Removes the draft of a kind.
    pub fn drop_draft(&self, kind: Kind) -> io::Result<()> {
        match fs::remove_file(self.draft_place(kind)) {
            Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(fault),
            _ => Ok(()),
        }
    }
}
