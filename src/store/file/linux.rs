//! What Linux has for reading very many files.

use std::ffi::CStr;
use std::io;
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{FileType, Mode, OFlags, RawDir, openat};
use rustix::io::Errno;

/// Whether a file or folder of somebody else was met: only the owner may read without the time of it being noted, which
/// the system would otherwise write to the disk for each of them, once a day.
static IS_NOT_OWNER: AtomicBool = AtomicBool::new(false);

/// Opens what is only read: without the time of it being noted, where the system allows that.
pub(super) fn open_at(
    folder: impl AsFd,
    path: impl rustix::path::Arg + Copy,
    flags: OFlags,
) -> io::Result<OwnedFd> {
    if !IS_NOT_OWNER.load(Ordering::Relaxed) {
        match openat(&folder, path, flags | OFlags::NOATIME, Mode::empty()) {
            Err(Errno::PERM) => IS_NOT_OWNER.store(true, Ordering::Relaxed),
            opened => return Ok(opened?),
        }
    }
    Ok(openat(folder, path, flags, Mode::empty())?)
}

/// Names each entry of a folder, without memory for each name.
pub(super) fn each_entry(
    folder: OwnedFd,
    mut take: impl FnMut(&CStr, FileType) -> io::Result<()>,
) -> io::Result<()> {
    let mut memory = [MaybeUninit::uninit(); 32 << 10];
    let mut entries = RawDir::new(folder, &mut memory);
    while let Some(entry) = entries.next() {
        let entry = entry?;
        take(entry.file_name(), entry.file_type())?;
    }
    Ok(())
}
