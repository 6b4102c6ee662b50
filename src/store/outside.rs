//! Files that a command was told to read or to write, wherever they are.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use super::{SCHOOL_FILE, Store, layout, temporary};

/// Why a file was not written.
#[derive(Debug)]
pub enum OutputError {
    /// It is a record, the settings, or lies among them or among git's own files.
    Protected(PathBuf),
    /// The folder in which it is to lie does not exist.
    NoFolder(PathBuf),
    /// The system refused.
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

/// What a file holds, if that is no more than some bytes.
///
/// # Errors
///
/// The system's; `FileTooLarge` where there is more, which also holds for devices that never end.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    read_from(File::open(path)?, limit)
}

/// What some input holds, if that is no more than some bytes.
///
/// # Errors
///
/// As [`read`].
pub fn read_from(input: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// Writes a file whole or not at all, readable by the owner alone where it is new. A file that is there keeps its
/// mode and owner; what is no regular file, such as a FIFO or a device, is written to as it is.
///
/// # Errors
///
/// [`OutputError`]: records, settings and git's files are never overwritten.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    write_by(path, &mut |file| file.write_all(bytes))
}

/// Like [`write()`], of what is written bit by bit.
///
/// # Errors
///
/// [`OutputError`].
pub fn write_by(
    path: &Path,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> Result<(), OutputError> {
    let target = target(path)?;
    replace(&target, write).map_err(|fault| OutputError::System(path.to_owned(), fault))
}

/// Makes a folder to write files to.
///
/// # Errors
///
/// [`OutputError`]: not among records or git's files.
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
    // The records directory itself is no place for a folder's worth of other files either.
    if is_protected(&target.join("x")) || target.join(SCHOOL_FILE).is_file() {
        return Err(OutputError::Protected(path.to_owned()));
    }
    fs::create_dir_all(path).map_err(fault)
}

/// Replaces the text of a file whole or not at all, wherever it lies: for git, which names the file itself.
///
/// # Errors
///
/// The system's.
pub fn replace_text(path: &Path, text: &str) -> io::Result<()> {
    replace(path, &mut |file| file.write_all(text.as_bytes()))
}

/// The file that a path means, links followed.
fn target(path: &Path) -> Result<PathBuf, OutputError> {
    let system = |fault| OutputError::System(path.to_owned(), fault);
    let mut target = std::path::absolute(path).map_err(system)?;
    // A link that leads to nothing yet is followed too: what is written appears where it leads.
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

/// Whether a file belongs to records or to git: the settings, all that lies in the folder of a kind, what the tool
/// keeps for itself, all that lies in `.git`.
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
    // What a command that was killed left here holds children's names.
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    let left = found.filter(|entry| temporary::is_temporary(&entry.file_name().to_string_lossy()));
    temporary::sweep(&left.map(|entry| entry.path()).collect::<Vec<_>>());
    let mut file = match (temporary::own(folder), &known) {
        (Ok(file), _) => file,
        // A file that may be written to in a folder that may not.
        (Err(fault), Some(_)) if fault.kind() == io::ErrorKind::PermissionDenied => {
            return in_place(target, write);
        }
        (Err(fault), _) => return Err(fault),
    };
    if let Some(known) = &known
        && !takes_after(&file, known)?
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

/// Gives a new file the mode and owner of the one whose place it takes; false where it cannot have them, or where the
/// other has further names, which would go on meaning the old text.
#[cfg(unix)]
fn takes_after(file: &tempfile::NamedTempFile, known: &fs::Metadata) -> io::Result<bool> {
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
fn takes_after(_: &tempfile::NamedTempFile, _: &fs::Metadata) -> io::Result<bool> {
    Ok(true)
}
