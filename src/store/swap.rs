//! Replaces or removes a file only if its content is as expected up to the last moment.
//!
//! Editors do not respect locks. So the file is moved away first, in one step with placing the new one, and then
//! checked; if somebody has written it in the meantime, it is put back.

use std::fs;
use std::io;
use std::path::Path;

use super::file::read_now;

/// Replaces a file with a new one; returns false and leaves it in place if its content is not as expected. Where the
/// system supports it the two files are exchanged, so that the old content remains under the name of the new file.
///
/// # Errors
///
/// An I/O error; the old file is in place.
pub(in crate::store) fn replace(
    new: &Path,
    target: &Path,
    is_expected: impl Fn(&[u8]) -> bool,
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
    let found = read_now(new).map(|old| old.is_some_and(|old| is_expected(&old)));
    if !matches!(found, Ok(true)) {
        exchange(new, target)?;
    }
    found
}

/// Moves a file to another name; returns false and leaves it in place if its content is not as expected.
///
/// # Errors
///
/// An I/O error; the file is in place.
pub(in crate::store) fn move_away(
    target: &Path,
    to: &Path,
    is_expected: impl Fn(&[u8]) -> bool,
) -> io::Result<bool> {
    match fs::rename(target, to) {
        Ok(()) => {}
        Err(fault) if fault.kind() == io::ErrorKind::NotFound && !target.exists() => {
            return Ok(false);
        }
        Err(fault) => return Err(fault),
    }
    let found = read_now(to).map(|old| old.is_some_and(|old| is_expected(&old)));
    if !matches!(found, Ok(true)) {
        let away = tempfile::TempPath::try_from_path(to)?;
        away.persist_noclobber(target).map_err(|refused| {
            let _ = refused.path.keep();
            refused.error
        })?;
    }
    found
}

/// Exchanges two files atomically.
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
