//! Opens and reads one file: relative to its folder, without following a link, at most so large.

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

/// A record's file may be so large, in bytes; a person's notes on a child are far below.
pub const MAX_FILE_BYTES: usize = 1 << 20;

/// Why a file was not read.
#[derive(Debug)]
pub enum ReadError {
    /// It is larger than [`MAX_FILE_BYTES`].
    TooLarge,
    /// The system refused.
    Fault(io::Error),
}

impl ReadError {
    /// What to say about the file.
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

/// What stands in a folder under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a device and the like.
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

/// Reads files one after another into the same memory.
#[derive(Default)]
pub struct Reader {
    buffer: Vec<u8>,
    filled: usize,
}

impl Reader {
    /// Room for an ordinary record and more, so that one call reads it.
    const ROOM: usize = 16 << 10;

    /// Reads a file of a folder whole.
    ///
    /// # Errors
    ///
    /// [`ReadError::TooLarge`], or what the system says.
    pub fn read(&mut self, folder: &Folder, name: &str) -> Result<&[u8], ReadError> {
        self.clear();
        let place = self.add(folder, name)?;
        Ok(self.bytes(place))
    }

    /// Forgets what was read.
    pub fn clear(&mut self) {
        self.filled = 0;
    }

    /// How many bytes it holds.
    pub fn filled(&self) -> usize {
        self.filled
    }

    /// Reads a file of a folder whole, after those that it holds; where its bytes are.
    ///
    /// # Errors
    ///
    /// [`ReadError::TooLarge`], or what the system says.
    pub fn add(&mut self, folder: &Folder, name: &str) -> Result<Range<usize>, ReadError> {
        let file = folder.file(name).map_err(ReadError::Fault)?;
        let start = self.filled;
        let mut end = start;
        loop {
            if self.buffer.len() < end + Self::ROOM {
                self.buffer.resize(end + Self::ROOM, 0);
            }
            let read = read_some(&file, &mut self.buffer[end..]).map_err(ReadError::Fault)?;
            end += read;
            if end - start > MAX_FILE_BYTES {
                return Err(ReadError::TooLarge);
            }
            // A short read is the end of a regular file, but a full one may be followed by more.
            if end < self.buffer.len() {
                break;
            }
        }
        self.filled = end;
        Ok(start..end)
    }

    /// The bytes of a file that was read since the last time that it forgot.
    pub fn bytes(&self, place: Range<usize>) -> &[u8] {
        &self.buffer[place]
    }
}

/// What a file holds now, up to a little more than a record may hold; none where there is no such file.
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
            Reader::ROOM - 1,
            Reader::ROOM,
            Reader::ROOM + 1,
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
    fn to_read_a_file_writes_nothing() {
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
