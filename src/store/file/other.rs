//! Folders and files on systems without relative paths.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::FileKind;

/// A folder.
pub struct Folder(PathBuf);

impl Folder {
    /// Opens a folder; errors appear when it is read.
    pub fn open(path: &Path) -> io::Result<Folder> {
        Ok(Folder(path.to_owned()))
    }

    /// Opens a file in the folder.
    pub(super) fn file(&self, name: &str) -> io::Result<File> {
        File::open(self.0.join(name))
    }

    /// Calls `take` with each entry of the folder, in the order of the system.
    pub fn each(&self, mut take: impl FnMut(&OsStr, FileKind)) -> io::Result<()> {
        for entry in std::fs::read_dir(&self.0)? {
            let entry = entry?;
            take(&entry.file_name(), entry.file_type()?.into());
        }
        Ok(())
    }
}

/// Reads once.
pub(super) fn read_some(mut file: &File, into: &mut [u8]) -> io::Result<usize> {
    file.read(into)
}
