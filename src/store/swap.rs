//! Puts a file in the place of another, or takes one away, only where it holds what it should up to the last instant.
//!
//! Who edits by hand heeds no lock. So a file is first moved away in one step with the new one's coming, then looked
//! at, and where somebody had written it just before, it is put back.

use std::fs;
use std::io;
use std::path::Path;

use super::file::read_now;

/// Puts a new file in the place of one that is there; false where that one holds something else, and stays. Where the
/// system can do so the two change places, and what was there is left under the name of the new one.
///
/// # Errors
///
/// The system's; the old file is in its place.
pub(in crate::store) fn replace(
    new: &Path,
    target: &Path,
    is_right: impl Fn(&[u8]) -> bool,
) -> io::Result<bool> {
    match exchange(new, target) {
        Ok(()) => {}
        Err(fault) if fault.kind() == io::ErrorKind::Unsupported => {
            fs::rename(new, target)?;
            return Ok(true);
        }
        Err(fault) if fault.kind() == io::ErrorKind::NotFound && !target.exists() => {
            return Ok(false);
        }
        Err(fault) => return Err(fault),
    }
    let found = read_now(new).map(|old| old.is_some_and(|old| is_right(&old)));
    if !matches!(found, Ok(true)) {
        exchange(new, target)?;
    }
    found
}

/// Moves a file that is there to another name; false where it holds something else, and stays.
///
/// # Errors
///
/// The system's; the file is in its place.
pub(in crate::store) fn take_away(
    target: &Path,
    to: &Path,
    is_right: impl Fn(&[u8]) -> bool,
) -> io::Result<bool> {
    match fs::rename(target, to) {
        Ok(()) => {}
        Err(fault) if fault.kind() == io::ErrorKind::NotFound && !target.exists() => {
            return Ok(false);
        }
        Err(fault) => return Err(fault),
    }
    let found = read_now(to).map(|old| old.is_some_and(|old| is_right(&old)));
    if !matches!(found, Ok(true)) {
        let away = tempfile::TempPath::try_from_path(to)?;
        away.persist_noclobber(target).map_err(|refused| {
            let _ = refused.path.keep();
            refused.error
        })?;
    }
    found
}

/// Lets two files change their names.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|fault| match fault {
        Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP => io::ErrorKind::Unsupported.into(),
        other => other.into(),
    })
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
