//! Reads single files, relative to an open folder, without following links, up to a maximum size.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use super::rules::syntax;
use crate::diagnostic::{Finding, Place};
#[cfg(not(unix))]
use other as system;
pub use system::Folder;
#[cfg(unix)]
pub(in crate::store) use system::open;
use system::read_some;
#[cfg(unix)]
use unix as system;

/// The maximum size of a record's file, in bytes; notes on a child are far below it.
pub const MAX_FILE_BYTES: usize = 1 << 20;

/// The reason why a file was not read.
#[derive(Debug)]
pub enum ReadError {
    /// It is larger than [`MAX_FILE_BYTES`].
    TooLarge,
    /// An I/O error.
    Fault(io::Error),
}

impl ReadError {
    /// Returns the finding about the file.
    pub fn finding(&self, path: String) -> Finding {
        match self {
            ReadError::TooLarge => Finding::new(&syntax::TOO_LARGE, path, Place::File)
                .with("mib", MAX_FILE_BYTES >> 20),
            ReadError::Fault(fault) => {
                Finding::new(&syntax::UNREADABLE, path, Place::File).with("fault", fault)
            }
        }
    }
}

/// The type of a directory entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a device or the like.
    Special,
}

impl From<std::fs::FileType> for FileKind {
    fn from(found: std::fs::FileType) -> FileKind {
        match () {
            () if found.is_symlink() => FileKind::Link,
            () if found.is_dir() => FileKind::Folder,
            () if found.is_file() => FileKind::File,
            () => FileKind::Special,
        }
    }
}

/// Reads files into a reused buffer.
#[derive(Default)]
pub struct Reader {
    buffer: Vec<u8>,
    filled: usize,
}

impl Reader {
    /// The initial free space for a file, enough to read an ordinary record with one call.
    const INITIAL_CAPACITY: usize = 16 << 10;

    /// Reads a whole file.
    pub fn read(&mut self, folder: &Folder, name: &str) -> Result<&[u8], ReadError> {
        self.clear();
        let place = self.add(folder, name)?;
        Ok(self.bytes(place))
    }

    /// Empties the buffer.
    pub fn clear(&mut self) {
        self.filled = 0;
    }

    /// Returns the number of bytes in the buffer.
    pub fn filled(&self) -> usize {
        self.filled
    }

    /// Appends a whole file to the buffer and returns its range.
    pub fn add(&mut self, folder: &Folder, name: &str) -> Result<Range<usize>, ReadError> {
        let file = folder.file(name).map_err(ReadError::Fault)?;
        let start = self.filled;
        let mut end = start;
        loop {
            if self.buffer.len() < end + Self::INITIAL_CAPACITY {
                self.buffer.resize(end + Self::INITIAL_CAPACITY, 0);
            }
            let read = read_some(&file, &mut self.buffer[end..]).map_err(ReadError::Fault)?;
            end += read;
            if end - start > MAX_FILE_BYTES {
                return Err(ReadError::TooLarge);
            }
            // A short read means the end of a regular file; after a full read there may be more.
            if end < self.buffer.len() {
                break;
            }
        }
        self.filled = end;
        Ok(start..end)
    }

    /// Returns the bytes in a range of the buffer.
    pub fn bytes(&self, place: Range<usize>) -> &[u8] {
        &self.buffer[place]
    }
}

/// Reads the current content of a file, up to slightly more than the maximum size; none if there is no such file.
pub(in crate::store) fn read_now(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut now = Vec::new();
    match std::fs::File::open(path) {
        Ok(file) => file
            .take(MAX_FILE_BYTES as u64 + 1)
            .read_to_end(&mut now)
            .map(|_| Some(now)),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(fault) => Err(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_all_sizes_are_read_whole_up_to_the_limit() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        let mut reader = Reader::default();
        for size in [
            0,
            1,
            Reader::INITIAL_CAPACITY - 1,
            Reader::INITIAL_CAPACITY,
            Reader::INITIAL_CAPACITY + 1,
            MAX_FILE_BYTES,
        ] {
            std::fs::write(dir.path().join("a"), vec![b'#'; size]).unwrap();
            assert_eq!(reader.read(&folder, "a").unwrap().len(), size);
        }
        std::fs::write(dir.path().join("a"), vec![b'#'; MAX_FILE_BYTES + 1]).unwrap();
        assert!(matches!(
            reader.read(&folder, "a"),
            Err(ReadError::TooLarge)
        ));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn reading_does_not_change_access_times() {
        use std::time::{Duration, SystemTime};

        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, "x").unwrap();
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let times = std::fs::FileTimes::new().set_accessed(long_ago);
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_times(times).unwrap();
        std::fs::File::open(dir.path())
            .and_then(|folder| folder.set_times(times))
            .unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        assert_eq!(Reader::default().read(&folder, "a").unwrap(), b"x");
        let mut names = Vec::new();
        folder.each(|name, _| names.push(name.to_owned())).unwrap();
        assert_eq!(names, ["a"]);
        for read in [&*path, dir.path()] {
            let accessed = std::fs::metadata(read).unwrap().accessed().unwrap();
            assert_eq!(accessed, long_ago, "{}", read.display());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a"), "x").unwrap();
        std::os::unix::fs::symlink("a", dir.path().join("b")).unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        assert!(matches!(
            Reader::default().read(&folder, "b"),
            Err(ReadError::Fault(_))
        ));
    }
}
