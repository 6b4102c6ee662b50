//! Faster reading of many files with system calls of Linux.

use std::ffi::CStr;
use std::io;
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{FileType, Mode, OFlags, RawDir, openat};
use rustix::io::Errno;

/// Whether a file of another user was found. `O_NOATIME` is allowed only to the owner; it saves writing the access time
/// of each file to the disk once a day.
static IS_NOT_OWNER: AtomicBool = AtomicBool::new(false);

/// Opens a file or folder for reading, without updating its access time where allowed.
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

/// Calls `take` with each entry of a folder, without allocating its name.
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
