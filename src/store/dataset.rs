//! Datasets for query engines: tables of several schools, partitioned as
//! `record=visits/school=…/year=2025/part-00000.ndjson`. The part of a school is replaced atomically.
//!
//! A part is written to a hidden folder beside the tables, which engines ignore. Renaming that folder marks the part as
//! complete; then the folder of each table is exchanged. The next command finishes an interrupted exchange.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The size after which the lines of a table continue in another file.
const MAX_FILE_BYTES: u64 = 64 << 20;

/// The file that is locked while folders are exchanged.
const LOCK: &str = ".cuncao-dataset.lock";

/// Prefixes of the hidden folder of a part, while it is written and after it is complete.
const PART_PREFIX: &str = ".cuncao-part-";
const COMPLETE_PREFIX: &str = ".cuncao-complete-";

/// An I/O error and its path.
pub type PathError = (PathBuf, io::Error);

fn at(path: &Path) -> impl FnOnce(io::Error) -> PathError {
    let path = path.to_owned();
    move |fault| (path, fault)
}

/// The part of a school while it is written.
#[derive(Debug)]
pub struct Part {
    root: PathBuf,
    school: String,
    folder: PathBuf,
    /// Locked while the part is written, so that no other command removes it as abandoned.
    alive: File,
}

impl Part {
    /// Creates a part of a school in an existing folder.
    pub fn begin(root: &Path, school: &str) -> Result<Part, PathError> {
        let lock = locked(root)?;
        recover(root)?;
        let folder = tempfile::Builder::new()
            .prefix(PART_PREFIX)
            .tempdir_in(root)
            .map_err(at(root))?
            .keep();
        let alive = folder.join(".lock");
        let file = File::create(&alive).map_err(at(&alive))?;
        file.lock().map_err(at(&alive))?;
        drop(lock);
        Ok(Part {
            root: root.to_owned(),
            school: school.to_owned(),
            folder,
            alive: file,
        })
    }

    /// Returns a writer for the lines of a table and year; it creates no file before the first line.
    pub fn table(&self, table: &str, year: i32, name: &str) -> Lines {
        Lines {
            folder: self.of_table(table).join(format!("year={year}")),
            name: name.to_owned(),
            files: 0,
            open: None,
            written: Written::default(),
        }
    }

    fn of_table(&self, table: &str) -> PathBuf {
        self.folder.join(format!("record={table}"))
    }

    /// Replaces the previous part of the school. Tables without lines get an empty file, so that engines find them.
    ///
    /// # Errors
    ///
    /// An I/O error, after which the previous part is back in place.
    pub fn commit(self, tables: &[&str]) -> Result<(), PathError> {
        for table in tables {
            if !self.of_table(table).is_dir() {
                self.table(table, 0, "part").open()?;
            }
        }
        let lock = locked(&self.root)?;
        recover(&self.root)?;
        let complete = self.root.join(format!("{COMPLETE_PREFIX}{}", self.school));
        // Windows cannot rename a folder that contains an open file.
        drop(self.alive);
        fs::rename(&self.folder, &complete).map_err(at(&complete))?;
        let exchanged = exchange(&self.root, &complete);
        drop(lock);
        exchanged
    }

    /// Removes the part.
    pub fn discard(self) {
        drop(self.alive);
        // The next command removes what is left.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The amount of data written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Written {
    /// The number of lines.
    pub lines: usize,
    /// The number of bytes.
    pub bytes: u64,
    /// The number of files.
    pub files: usize,
}

impl std::ops::AddAssign for Written {
    fn add_assign(&mut self, other: Written) {
        self.lines += other.lines;
        self.bytes += other.bytes;
        self.files += other.files;
    }
}

/// Writes the lines of a table and year, split into files of limited size.
#[derive(Debug)]
pub struct Lines {
    folder: PathBuf,
    name: String,
    files: usize,
    open: Option<(BufWriter<File>, u64)>,
    written: Written,
}

impl Lines {
    /// Appends a line, including its line end.
    pub fn push(&mut self, line: &[u8]) -> Result<(), PathError> {
        let length = line.len() as u64;
        let is_full = |(_, bytes): &(BufWriter<File>, u64)| bytes + length > MAX_FILE_BYTES;
        if self.open.as_ref().is_none_or(is_full) {
            self.open()?;
        }
        if let Some((file, bytes)) = &mut self.open {
            file.write_all(line).map_err(at(&self.folder))?;
            *bytes += length;
        }
        self.written.lines += 1;
        self.written.bytes += length;
        Ok(())
    }

    fn open(&mut self) -> Result<(), PathError> {
        self.close()?;
        fs::create_dir_all(&self.folder).map_err(at(&self.folder))?;
        let name = format!("{}-{:05}.ndjson", self.name, self.files);
        let path = self.folder.join(name);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        // It contains data of children.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(at(&path))?;
        self.open = Some((BufWriter::with_capacity(1 << 18, file), 0));
        self.files += 1;
        self.written.files += 1;
        Ok(())
    }

    fn close(&mut self) -> Result<(), PathError> {
        if let Some((mut file, _)) = self.open.take() {
            file.flush().map_err(at(&self.folder))?;
        }
        Ok(())
    }

    /// Flushes the last file and returns the amount of data written.
    pub fn finish(mut self) -> Result<Written, PathError> {
        self.close()?;
        Ok(self.written)
    }
}

/// Reads the lines of a table of a school.
pub fn lines(root: &Path, table: &str, school: &str) -> Vec<String> {
    let folder = root
        .join(format!("record={table}"))
        .join(format!("school={school}"));
    let files = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = files
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file());
    files
        .filter_map(|entry| File::open(entry.path()).ok())
        .flat_map(|file| BufReader::new(file).lines().map_while(Result::ok))
        .collect()
}

fn locked(root: &Path) -> Result<File, PathError> {
    let path = root.join(LOCK);
    let file = File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(at(&path))?;
    file.lock().map_err(at(&path))?;
    Ok(file)
}

/// Finishes interrupted exchanges and removes abandoned parts.
fn recover(root: &Path) -> Result<(), PathError> {
    for entry in fs::read_dir(root).map_err(at(root))?.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(COMPLETE_PREFIX) {
            exchange(root, &entry.path())?;
        } else if name.starts_with(PART_PREFIX) {
            let lock = File::open(entry.path().join(".lock"));
            if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
    Ok(())
}

/// Moves the folders of a complete part into place, and the previous ones into the part; reverts all of them if one
/// fails.
fn exchange(root: &Path, complete: &Path) -> Result<(), PathError> {
    let name = complete.file_name().unwrap_or_default().to_string_lossy();
    let school = name
        .strip_prefix(COMPLETE_PREFIX)
        .unwrap_or_default()
        .to_owned();
    let mut done: Vec<(PathBuf, PathBuf, PathBuf)> = Vec::new();
    let mut tables: Vec<_> = fs::read_dir(complete)
        .map_err(at(complete))?
        .flatten()
        .map(|entry| entry.file_name())
        .filter(|name| name.to_string_lossy().starts_with("record="))
        .collect();
    tables.sort();
    for table in tables {
        let new = complete.join(&table);
        let old = complete.join(format!("old-{}", table.to_string_lossy()));
        let place = root.join(&table).join(format!("school={school}"));
        let moved = move_in(root.join(&table).as_path(), &new, &place, &old);
        if let Err(fault) = moved {
            for (new, place, old) in done.iter().rev() {
                let back: io::Result<()> = fs::rename(place, new);
                let _ = back.and_then(|()| put_back(old, place));
            }
            let _ = fs::remove_dir_all(complete);
            return Err(fault);
        }
        done.push((new, place, old));
    }
    fs::remove_dir_all(complete).map_err(at(complete))
}

fn put_back(old: &Path, place: &Path) -> io::Result<()> {
    if old.is_dir() {
        fs::rename(old, place)
    } else {
        Ok(())
    }
}

fn move_in(table: &Path, new: &Path, place: &Path, old: &Path) -> Result<(), PathError> {
    fs::create_dir_all(table).map_err(at(table))?;
    if place.exists() {
        // Interrupted between the two renames: the folder in place is the previous one, or newer.
        if old.exists() {
            fs::remove_dir_all(old).map_err(at(old))?;
        }
        fs::rename(place, old).map_err(at(place))?;
    }
    fs::rename(new, place).map_err(|fault| {
        let _ = put_back(old, place);
        (place.to_owned(), fault)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, school: &str, text: &str) {
        let part = Part::begin(root, school).unwrap();
        let mut lines = part.table("visits", 2025, "part");
        lines.push(text.as_bytes()).unwrap();
        assert_eq!(lines.finish().unwrap().lines, 1);
        part.commit(&["visits", "loans"]).unwrap();
    }

    #[test]
    fn a_part_replaces_only_that_of_its_school() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        write(root, "k1", "one\n");
        write(root, "k2", "two\n");
        write(root, "k1", "three\n");
        assert_eq!(lines(root, "visits", "k1"), ["three"]);
        assert_eq!(lines(root, "visits", "k2"), ["two"]);
        assert!(
            root.join("record=loans/school=k1/year=0/part-00000.ndjson")
                .is_file()
        );
        let hidden = fs::read_dir(root).unwrap().flatten();
        let hidden = hidden.filter(|e| e.file_name().to_string_lossy().starts_with(".cuncao-"));
        assert_eq!(hidden.count(), 1, "the lock alone");
    }

    #[test]
    fn interrupted_parts_are_finished_or_removed() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        write(root, "k1", "one\n");
        // Killed once complete: before any folder was moved, and between the two renames of a folder.
        for half in [false, true] {
            let part = Part::begin(root, "k1").unwrap();
            let mut table = part.table("visits", 2026, "part");
            table.push(b"new\n").unwrap();
            table.finish().unwrap();
            let folder = part.folder.clone();
            drop(part);
            let complete = root.join(format!("{COMPLETE_PREFIX}k1"));
            fs::rename(&folder, &complete).unwrap();
            if half {
                let place = root.join("record=visits/school=k1");
                fs::rename(place, complete.join("old-record=visits")).unwrap();
            }
            write(root, "k2", "two\n");
            assert_eq!(lines(root, "visits", "k1"), ["new"]);
            assert!(!complete.exists());
        }
        // Killed while writing.
        let part = Part::begin(root, "k1").unwrap();
        let folder = part.folder.clone();
        part.table("visits", 2026, "part").push(b"half\n").unwrap();
        drop(part);
        write(root, "k2", "two\n");
        assert!(!folder.exists());
        assert_eq!(lines(root, "visits", "k1"), ["new"]);
    }

    #[test]
    fn a_failed_exchange_is_reverted() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        write(root, "k1", "one\n");
        // A file blocks the place of the last table's folder.
        fs::write(root.join("record=zzz"), "").unwrap();
        let part = Part::begin(root, "k1").unwrap();
        for table in ["visits", "zzz"] {
            let mut lines = part.table(table, 2026, "part");
            lines.push(b"new\n").unwrap();
            lines.finish().unwrap();
        }
        assert!(part.commit(&["visits", "zzz"]).is_err());
        assert_eq!(lines(root, "visits", "k1"), ["one"]);
    }
}
