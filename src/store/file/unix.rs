//! Folders and files on Unix, opened relative to an open folder.

use std::ffi::{CStr, OsStr};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{AtFlags, CWD, FileType, OFlags, statat};

use super::FileKind;
#[cfg(target_os = "linux")]
use super::linux::{each_entry, open_at};

/// Flags for opening folders.
const FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);

/// Flags for opening files; `NONBLOCK` for pipes and devices.
const FILE: OFlags = OFlags::RDONLY
    .union(OFlags::NOFOLLOW)
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY)
    .union(OFlags::CLOEXEC);

/// An open folder.
pub struct Folder(OwnedFd);

impl Folder {
    /// Opens a folder; fails for a symbolic link.
    pub fn open(path: &Path) -> io::Result<Folder> {
        Ok(Folder(open_at(CWD, path, FOLDER)?))
    }

    /// Opens a file in the folder; fails for a symbolic link.
    pub(super) fn file(&self, name: &str) -> io::Result<OwnedFd> {
        open_at(&self.0, name, FILE)
    }

    /// Calls `take` with each entry of the folder, in the order of the system.
    pub fn each(&self, mut take: impl FnMut(&OsStr, FileKind)) -> io::Result<()> {
        // A new open file description, because reading moves its position.
        let listed = open_at(&self.0, c".", FOLDER)?;
        each_entry(listed, |name, kind| self.name(name, kind, &mut take))
    }

    /// Calls `take` with an entry, unless it is `.` or `..` or has just been removed.
    fn name(
        &self,
        name: &CStr,
        kind: FileType,
        take: &mut impl FnMut(&OsStr, FileKind),
    ) -> io::Result<()> {
        if matches!(name.to_bytes(), b"." | b"..") {
            return Ok(());
        }
        let kind = match kind {
            // Some file systems do not report the type.
            FileType::Unknown => match statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW) {
                Ok(found) => FileType::from_raw_mode(found.st_mode),
                Err(rustix::io::Errno::NOENT) => return Ok(()),
                Err(fault) => return Err(fault.into()),
            },
            known => known,
        };
        take(OsStr::from_bytes(name.to_bytes()), kind.into());
        Ok(())
    }
}

impl From<FileType> for FileKind {
    fn from(found: FileType) -> FileKind {
        match found {
            FileType::RegularFile => FileKind::File,
            FileType::Directory => FileKind::Folder,
            FileType::Symlink => FileKind::Link,
            _ => FileKind::Special,
        }
    }
}

/// Opens a file by its path; fails for a symbolic link, does not block on a pipe or device.
pub(in crate::store) fn open(path: &Path) -> io::Result<std::fs::File> {
    Ok(open_at(CWD, path, FILE)?.into())
}

/// Reads once.
pub(super) fn read_some(file: impl AsFd, into: &mut [u8]) -> io::Result<usize> {
    Ok(rustix::io::retry_on_intr(|| {
        rustix::io::read(&file, &mut *into)
    })?)
}

#[cfg(not(target_os = "linux"))]
fn open_at(
    folder: impl AsFd,
    path: impl rustix::path::Arg + Copy,
    flags: OFlags,
) -> io::Result<OwnedFd> {
    let mode = rustix::fs::Mode::empty();
    Ok(rustix::fs::openat(folder, path, flags, mode)?)
}

#[cfg(not(target_os = "linux"))]
fn each_entry(
    folder: OwnedFd,
    mut take: impl FnMut(&CStr, FileType) -> io::Result<()>,
) -> io::Result<()> {
    for entry in rustix::fs::Dir::new(folder)? {
        let entry = entry?;
        take(entry.file_name(), entry.file_type())?;
    }
    Ok(())
}
