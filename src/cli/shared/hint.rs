//! Hints for I/O errors: the disk is full, the folder is not writable.

use std::io;

use crate::diagnostic::Message;

/// Returns a hint for an I/O error anywhere in the chain of causes.
pub(crate) fn of(fault: &anyhow::Error) -> Option<Message> {
    fault
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .find_map(of_system)
}

fn of_system(fault: &io::Error) -> Option<Message> {
    let id = match fault.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "hint-full",
        io::ErrorKind::ReadOnlyFilesystem => "hint-read-only",
        io::ErrorKind::PermissionDenied => "hint-denied",
        io::ErrorKind::NotADirectory => "hint-no-folder",
        _ if is_too_many_files(fault) => "hint-too-many-files",
        _ if is_device_fault(fault) => "hint-device",
        _ => return None,
    };
    Some(Message::new(id))
}

#[cfg(unix)]
fn is_too_many_files(fault: &io::Error) -> bool {
    let number = fault.raw_os_error();
    use rustix::io::Errno;
    [Errno::MFILE, Errno::NFILE]
        .iter()
        .any(|errno| Some(errno.raw_os_error()) == number)
}

#[cfg(unix)]
fn is_device_fault(fault: &io::Error) -> bool {
    fault.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error())
}

#[cfg(not(unix))]
fn is_too_many_files(_: &io::Error) -> bool {
    false
}

#[cfg(not(unix))]
fn is_device_fault(_: &io::Error) -> bool {
    false
}
