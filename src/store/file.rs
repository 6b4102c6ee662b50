//! Opens and reads one file: relative to its folder, without following a link, at most so large.

use std::ffi::OsStr;
use std::io;
use std::ops::Range;
use std::path::Path;
#[cfg(target_os = "linux")]
use std::sync::atomic::{AtomicBool, Ordering};

use super::rules::syntax;
use crate::diagnostic::{Finding, Place};

/// A record's file may be so large, in bytes; a person's notes on a child are far below.
pub const LARGEST: usize = 1 << 20;

/// Why a file was not read.
#[derive(Debug)]
pub enum Unread {
    /// It is larger than [`LARGEST`].
    TooLarge,
    /// The system refused.
    Fault(io::Error),
}

impl Unread {
    /// What to say about the file.
    pub fn finding(&self, path: String) -> Finding {
        match self {
            Unread::TooLarge => {
                Finding::new(&syntax::TOO_LARGE, path, Place::File).with("mib", LARGEST >> 20)
            }
            Unread::Fault(fault) => {
                Finding::new(&syntax::UNREADABLE, path, Place::File).with("fault", fault)
            }
        }
    }
}

/// How folders are opened.
#[cfg(unix)]
const FOLDER: rustix::fs::OFlags = rustix::fs::OFlags::RDONLY
    .union(rustix::fs::OFlags::DIRECTORY)
    .union(rustix::fs::OFlags::NOFOLLOW)
    .union(rustix::fs::OFlags::CLOEXEC);

/// How files are opened.
#[cfg(unix)]
const FILE: rustix::fs::OFlags = rustix::fs::OFlags::RDONLY
    .union(rustix::fs::OFlags::NOFOLLOW)
    .union(rustix::fs::OFlags::NONBLOCK)
    .union(rustix::fs::OFlags::NOCTTY)
    .union(rustix::fs::OFlags::CLOEXEC);

/// An open folder.
pub struct Folder {
    #[cfg(unix)]
    handle: rustix::fd::OwnedFd,
    #[cfg(not(unix))]
    path: std::path::PathBuf,
}

impl Folder {
    /// Opens a folder, which is no link.
    ///
    /// # Errors
    ///
    /// The system's.
    pub fn open(path: &Path) -> io::Result<Folder> {
        #[cfg(unix)]
        {
            Ok(Folder {
                handle: open_at(rustix::fs::CWD, path, FOLDER)?,
            })
        }
        #[cfg(not(unix))]
        {
            Ok(Folder {
                path: path.to_owned(),
            })
        }
    }

    /// Opens a file in the folder, which is no link; a pipe or device does not block.
    #[cfg(unix)]
    fn file(&self, name: &str) -> io::Result<rustix::fd::OwnedFd> {
        open_at(&self.handle, name, FILE)
    }

    #[cfg(not(unix))]
    fn file(&self, name: &str) -> io::Result<std::fs::File> {
        std::fs::File::open(self.path.join(name))
    }
}

/// Opens a file by its path; no link is followed, and a pipe or device does not block.
pub(in crate::store) fn open(path: &Path) -> io::Result<std::fs::File> {
    #[cfg(unix)]
    return Ok(open_at(rustix::fs::CWD, path, FILE)?.into());
    #[cfg(not(unix))]
    std::fs::File::open(path)
}

/// Opens what is only read: without the time of it being noted, where the system allows that.
#[cfg(unix)]
fn open_at(
    folder: impl rustix::fd::AsFd,
    path: impl rustix::path::Arg + Copy,
    flags: rustix::fs::OFlags,
) -> io::Result<rustix::fd::OwnedFd> {
    use rustix::fs::{Mode, openat};
    #[cfg(target_os = "linux")]
    if !SOMEBODY_ELSES.load(Ordering::Relaxed) {
        let quietly = flags | rustix::fs::OFlags::NOATIME;
        match openat(&folder, path, quietly, Mode::empty()) {
            Err(rustix::io::Errno::PERM) => SOMEBODY_ELSES.store(true, Ordering::Relaxed),
            opened => return Ok(opened?),
        }
    }
    Ok(openat(folder, path, flags, Mode::empty())?)
}

/// Whether a file or folder of somebody else was met: only the owner may read without the time of it being noted, which
/// the system would otherwise write to the disk for each of them, once a day.
#[cfg(target_os = "linux")]
static SOMEBODY_ELSES: AtomicBool = AtomicBool::new(false);

/// What stands in a folder under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a device and the like.
    Special,
}

impl From<std::fs::FileType> for Sort {
    fn from(found: std::fs::FileType) -> Sort {
        match () {
            () if found.is_symlink() => Sort::Link,
            () if found.is_dir() => Sort::Folder,
            () if found.is_file() => Sort::File,
            () => Sort::Special,
        }
    }
}

#[cfg(unix)]
impl From<rustix::fs::FileType> for Sort {
    fn from(found: rustix::fs::FileType) -> Sort {
        match found {
            rustix::fs::FileType::RegularFile => Sort::File,
            rustix::fs::FileType::Directory => Sort::Folder,
            rustix::fs::FileType::Symlink => Sort::Link,
            _ => Sort::Special,
        }
    }
}

impl Folder {
    /// Names what stands in the folder, in the order of the system.
    ///
    /// # Errors
    ///
    /// The system's; what was named before stays named.
    #[cfg(target_os = "linux")]
    pub fn each(&self, mut take: impl FnMut(&OsStr, Sort)) -> io::Result<()> {
        use std::mem::MaybeUninit;

        // A place of its own in the folder, and no memory for each name.
        let listed = open_at(&self.handle, c".", FOLDER)?;
        let mut memory = [MaybeUninit::uninit(); 32 << 10];
        let mut entries = rustix::fs::RawDir::new(listed, &mut memory);
        while let Some(entry) = entries.next() {
            let entry = entry?;
            self.name(entry.file_name(), entry.file_type(), &mut take)?;
        }
        Ok(())
    }

    /// Names what stands in the folder, in the order of the system.
    ///
    /// # Errors
    ///
    /// The system's; what was named before stays named.
    #[cfg(all(unix, not(target_os = "linux")))]
    pub fn each(&self, mut take: impl FnMut(&OsStr, Sort)) -> io::Result<()> {
        for entry in rustix::fs::Dir::read_from(&self.handle)? {
            let entry = entry?;
            self.name(entry.file_name(), entry.file_type(), &mut take)?;
        }
        Ok(())
    }

    /// Names an entry of the folder, unless it is the folder itself or the one above, or was just removed.
    #[cfg(unix)]
    fn name(
        &self,
        name: &std::ffi::CStr,
        sort: rustix::fs::FileType,
        take: &mut impl FnMut(&OsStr, Sort),
    ) -> io::Result<()> {
        use std::os::unix::ffi::OsStrExt;

        use rustix::fs::{AtFlags, FileType, statat};
        if matches!(name.to_bytes(), b"." | b"..") {
            return Ok(());
        }
        let sort = match sort {
            // Some file systems do not say.
            FileType::Unknown => match statat(&self.handle, name, AtFlags::SYMLINK_NOFOLLOW) {
                Ok(found) => FileType::from_raw_mode(found.st_mode).into(),
                Err(rustix::io::Errno::NOENT) => return Ok(()),
                Err(fault) => return Err(fault.into()),
            },
            known => known.into(),
        };
        take(OsStr::from_bytes(name.to_bytes()), sort);
        Ok(())
    }

    /// Names what stands in the folder, in the order of the system.
    ///
    /// # Errors
    ///
    /// The system's; what was named before stays named.
    #[cfg(not(unix))]
    pub fn each(&self, mut take: impl FnMut(&OsStr, Sort)) -> io::Result<()> {
        for entry in std::fs::read_dir(&self.path)? {
            let entry = entry?;
            take(&entry.file_name(), entry.file_type()?.into());
        }
        Ok(())
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
    /// [`Unread::TooLarge`], or what the system says.
    pub fn read(&mut self, folder: &Folder, name: &str) -> Result<&[u8], Unread> {
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
    /// [`Unread::TooLarge`], or what the system says.
    pub fn add(&mut self, folder: &Folder, name: &str) -> Result<Range<usize>, Unread> {
        let file = folder.file(name).map_err(Unread::Fault)?;
        let start = self.filled;
        let mut end = start;
        loop {
            if self.buffer.len() < end + Self::ROOM {
                self.buffer.resize(end + Self::ROOM, 0);
            }
            let read = read_some(&file, &mut self.buffer[end..]).map_err(Unread::Fault)?;
            end += read;
            if end - start > LARGEST {
                return Err(Unread::TooLarge);
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

#[cfg(unix)]
fn read_some(file: &rustix::fd::OwnedFd, into: &mut [u8]) -> io::Result<usize> {
    Ok(rustix::io::retry_on_intr(|| {
        rustix::io::read(file, &mut *into)
    })?)
}

#[cfg(not(unix))]
fn read_some(mut file: &std::fs::File, into: &mut [u8]) -> io::Result<usize> {
    io::Read::read(&mut file, into)
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
            LARGEST,
        ] {
            std::fs::write(dir.path().join("a"), vec![b'#'; size]).unwrap();
            assert_eq!(reader.read(&folder, "a").unwrap().len(), size);
        }
        std::fs::write(dir.path().join("a"), vec![b'#'; LARGEST + 1]).unwrap();
        assert!(matches!(reader.read(&folder, "a"), Err(Unread::TooLarge)));
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
            Err(Unread::Fault(_))
        ));
    }
}
