//! Input and output files named by the user, anywhere in the file system.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use super::{SCHOOL_FILE, Store, layout, temporary};

/// The reason why a file was not written.
#[derive(Debug)]
pub enum OutputError {
    /// It is a record, the settings, or in a protected folder: that of a kind or of git.
    Protected(PathBuf),
    /// Its folder does not exist.
    NoFolder(PathBuf),
    /// An I/O error.
    System(PathBuf, io::Error),
}

impl std::fmt::Display for OutputError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            OutputError::Protected(path) => write!(f, "{}: not overwritten", path.display()),
            OutputError::NoFolder(folder) => write!(f, "{}: no such folder", folder.display()),
            OutputError::System(path, fault) => write!(f, "{}: {fault}", path.display()),
        }
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            OutputError::System(_, fault) => Some(fault),
            _ => None,
        }
    }
}

/// Reads a file of limited size.
///
/// # Errors
///
/// An I/O error; `FileTooLarge` beyond the limit, which also stops endless devices.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    read_from(File::open(path)?, limit)
}

/// Reads an input of limited size.
///
/// # Errors
///
/// Like [`read`].
pub fn read_from(input: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// Writes a file atomically. A new file is readable by the owner only; an existing one keeps its mode and owner. Pipes
/// and devices are written to directly.
///
/// # Errors
///
/// An [`OutputError`]; records, settings and git's files are never overwritten.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    write_by(path, &mut |file| file.write_all(bytes))
}

/// Like [`write()`], with a callback that writes the content.
pub fn write_by(
    path: &Path,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> Result<(), OutputError> {
    let target = target(path)?;
    replace(&target, write).map_err(|fault| OutputError::System(path.to_owned(), fault))
}

/// Creates a folder for output files.
///
/// # Errors
///
/// An [`OutputError`], also for a folder among records or git's files.
pub fn make_folder(path: &Path) -> Result<(), OutputError> {
    let fault = |fault| OutputError::System(path.to_owned(), fault);
    let absolute = std::path::absolute(path).map_err(fault)?;
    let known = absolute
        .ancestors()
        .find_map(|folder| folder.canonicalize().ok());
    let known = known.unwrap_or_default();
    let rest = absolute.ancestors().find(|folder| folder.exists());
    let rest = rest.and_then(|folder| absolute.strip_prefix(folder).ok());
    let target = known.join(rest.unwrap_or(Path::new("")));
    // Nor may the records directory itself serve as an output folder.
    if is_protected(&target.join("x")) || target.join(SCHOOL_FILE).is_file() {
        return Err(OutputError::Protected(path.to_owned()));
    }
    fs::create_dir_all(path).map_err(fault)
}

/// Replaces the text of a file atomically, wherever it is: for the merge driver, as git names the file.
pub fn replace_text(path: &Path, text: &str) -> io::Result<()> {
    replace(path, &mut |file| file.write_all(text.as_bytes()))
}

/// Resolves symbolic links in a path.
fn target(path: &Path) -> Result<PathBuf, OutputError> {
    let system = |fault| OutputError::System(path.to_owned(), fault);
    let mut target = std::path::absolute(path).map_err(system)?;
    // A dangling link is followed, too: the file is created where it points.
    for _ in 0..40 {
        match fs::read_link(&target) {
            Ok(next) => target = target.parent().unwrap_or(Path::new("/")).join(next),
            Err(_) => break,
        }
    }
    let (Some(folder), Some(name)) = (target.parent(), target.file_name()) else {
        return Err(system(io::ErrorKind::IsADirectory.into()));
    };
    let folder = match folder.canonicalize() {
        Ok(folder) => folder,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => {
            return Err(OutputError::NoFolder(folder.to_owned()));
        }
        Err(fault) => return Err(system(fault)),
    };
    let target = folder.join(name);
    if is_protected(&target) {
        return Err(OutputError::Protected(path.to_owned()));
    }
    Ok(target)
}

/// Whether a file belongs to the records or to git: the settings, the folders of kinds, this tool's own files, `.git`.
fn is_protected(target: &Path) -> bool {
    if target.components().any(|part| part.as_os_str() == ".git") {
        return true;
    }
    let Some(store) = target.parent().and_then(Store::find) else {
        return false;
    };
    let root = store.root().canonicalize();
    let root = root.as_deref().unwrap_or(store.root());
    let Ok(within) = target.strip_prefix(root) else {
        return false;
    };
    let mut parts = within
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    let Some(first) = parts.next() else {
        return true;
    };
    first == SCHOOL_FILE
        || first.starts_with(layout::TEMPORARY)
        || layout::kind_of_folder(&first).is_some()
}

fn replace(
    target: &Path,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let known = match target.metadata() {
        Ok(metadata) => Some(metadata),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => None,
        Err(fault) => return Err(fault),
    };
    if known.as_ref().is_some_and(|known| !known.is_file()) {
        return through(&mut File::options().write(true).open(target)?, write);
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    // Temporary files of killed commands contain names of children.
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    let left = found.filter(|entry| temporary::is_temporary(&entry.file_name().to_string_lossy()));
    temporary::sweep(&left.map(|entry| entry.path()).collect::<Vec<_>>());
    let mut file = match (temporary::create_locked(folder), &known) {
        (Ok(file), _) => file,
        // The file is writable, but its folder is not.
        (Err(fault), Some(_)) if fault.kind() == io::ErrorKind::PermissionDenied => {
            return in_place(target, write);
        }
        (Err(fault), _) => return Err(fault),
    };
    if let Some(known) = &known
        && !copy_mode_and_owner(&file, known)?
    {
        return in_place(target, write);
    }
    through(file.as_file_mut(), write)?;
    file.as_file().sync_data()?;
    file.persist(target).map_err(|fault| fault.error)?;
    Ok(())
}

fn in_place(
    target: &Path,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut file = File::options().write(true).truncate(true).open(target)?;
    through(&mut file, write)?;
    file.sync_data()
}

fn through(
    file: &mut File,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut buffered = BufWriter::new(file);
    write(&mut buffered)?;
    buffered.flush()
}

/// Gives a new file the mode and owner of the one it replaces; false if that is not possible, or if the other has hard
/// links, which would keep the old content.
#[cfg(unix)]
fn copy_mode_and_owner(file: &tempfile::NamedTempFile, known: &fs::Metadata) -> io::Result<bool> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.as_file().metadata()?;
    let (uid, gid) = (known.uid(), known.gid());
    if known.nlink() > 1
        || ((own.uid(), own.gid()) != (uid, gid)
            && fchown(file.as_file(), Some(uid), Some(gid)).is_err())
    {
        return Ok(false);
    }
    file.as_file().set_permissions(known.permissions())?;
    Ok(true)
}

#[cfg(not(unix))]
fn copy_mode_and_owner(_: &tempfile::NamedTempFile, _: &fs::Metadata) -> io::Result<bool> {
    Ok(true)
}
