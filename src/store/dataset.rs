//! A folder of tables of several schools for query engines: `record=visits/school=…/year=2025/part-00000.ndjson`. The
//! part of one school is replaced whole or not at all.
//!
//! A part is written beside the tables, in a hidden folder that engines pass over. One rename says that it is complete;
//! from then on each table's folder is exchanged, and whoever comes next goes on with what was broken off.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Bytes after which the lines of a table go on in a further file.
const MOST_BYTES: u64 = 64 << 20;

/// The file whose lock whoever exchanges folders holds.
const LOCK: &str = ".cuncao-dataset.lock";

/// How the hidden folder of a part begins, while it is written and once it is complete.
const WRITTEN: &str = ".cuncao-part-";
const COMPLETE: &str = ".cuncao-complete-";

/// What the system refused, and where.
pub type Fault = (PathBuf, io::Error);

fn at(path: &Path) -> impl FnOnce(io::Error) -> Fault {
    let path = path.to_owned();
    move |fault| (path, fault)
}

/// The part of one school, on its way.
#[derive(Debug)]
pub struct Part {
    root: PathBuf,
    school: String,
    folder: PathBuf,
    /// Held as long as the part is written, so that nobody takes it for what a dead command left.
    alive: File,
}

impl Part {
    /// A new part of a school in a folder that is there.
    ///
    /// # Errors
    ///
    /// The system's.
    pub fn begin(root: &Path, school: &str) -> Result<Part, Fault> {
        let lock = locked(root)?;
        recover(root)?;
        let folder = tempfile::Builder::new()
            .prefix(WRITTEN)
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

    /// Where lines of a table of one year go; none is written before the first.
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

    /// Puts the part in the place of the one before; of the tables named, those without lines have an empty file, so
    /// that engines find each.
    ///
    /// # Errors
    ///
    /// The system's: then the part before is where it was.
    pub fn commit(self, tables: &[&str]) -> Result<(), Fault> {
        for table in tables {
            if !self.of_table(table).is_dir() {
                self.table(table, 0, "part").open()?;
            }
        }
        let lock = locked(&self.root)?;
        recover(&self.root)?;
        let complete = self.root.join(format!("{COMPLETE}{}", self.school));
        // Windows renames no folder in which a file is open.
        drop(self.alive);
        fs::rename(&self.folder, &complete).map_err(at(&complete))?;
        let exchanged = exchange(&self.root, &complete);
        drop(lock);
        exchanged
    }

    /// Gives the part up.
    pub fn discard(self) {
        drop(self.alive);
        // What stays is swept by the next command.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// How much was written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Written {
    /// Lines.
    pub lines: usize,
    /// Bytes.
    pub bytes: u64,
    /// Files.
    pub files: usize,
}

impl std::ops::AddAssign for Written {
    fn add_assign(&mut self, other: Written) {
        self.lines += other.lines;
        self.bytes += other.bytes;
        self.files += other.files;
    }
}

/// Lines of a table of one year, in files of a useful size.
#[derive(Debug)]
pub struct Lines {
    folder: PathBuf,
    name: String,
    files: usize,
    open: Option<(BufWriter<File>, u64)>,
    written: Written,
}

impl Lines {
    /// Adds a line, with its end.
    ///
    /// # Errors
    ///
    /// The system's.
    pub fn push(&mut self, line: &[u8]) -> Result<(), Fault> {
        let length = line.len() as u64;
        let is_full = |(_, bytes): &(BufWriter<File>, u64)| bytes + length > MOST_BYTES;
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

    fn open(&mut self) -> Result<(), Fault> {
        self.close()?;
        fs::create_dir_all(&self.folder).map_err(at(&self.folder))?;
        let name = format!("{}-{:05}.ndjson", self.name, self.files);
        let path = self.folder.join(name);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        // It holds what the records hold.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(at(&path))?;
        self.open = Some((BufWriter::with_capacity(1 << 18, file), 0));
        self.files += 1;
        self.written.files += 1;
        Ok(())
    }

    fn close(&mut self) -> Result<(), Fault> {
        if let Some((mut file, _)) = self.open.take() {
            file.flush().map_err(at(&self.folder))?;
        }
        Ok(())
    }

    /// How much was written.
    ///
    /// # Errors
    ///
    /// The system's.
    pub fn finish(mut self) -> Result<Written, Fault> {
        self.close()?;
        Ok(self.written)
    }
}

/// The lines that a dataset has of a school in a table.
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

fn locked(root: &Path) -> Result<File, Fault> {
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

/// Goes on with what was broken off: complete parts take their place, what a dead command left half-written goes.
fn recover(root: &Path) -> Result<(), Fault> {
    for entry in fs::read_dir(root).map_err(at(root))?.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(COMPLETE) {
            exchange(root, &entry.path())?;
        } else if name.starts_with(WRITTEN) {
            let lock = File::open(entry.path().join(".lock"));
            if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
    Ok(())
}

/// Moves each table's folder of a complete part to its place, and the one that was there into the part; back where that
/// fails.
fn exchange(root: &Path, complete: &Path) -> Result<(), Fault> {
    let name = complete.file_name().unwrap_or_default().to_string_lossy();
    let school = name.strip_prefix(COMPLETE).unwrap_or_default().to_owned();
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

fn move_in(table: &Path, new: &Path, place: &Path, old: &Path) -> Result<(), Fault> {
    fs::create_dir_all(table).map_err(at(table))?;
    if place.exists() {
        // Broken off between the two renames: what is there now is the old one still, or a newer one.
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
    fn a_school_replaces_its_own_part_and_no_other() {
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
    fn what_was_broken_off_is_finished_or_forgotten_by_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        write(root, "k1", "one\n");
        // Complete, and then killed: before any folder was moved, and between the two renames of one.
        for half in [false, true] {
            let part = Part::begin(root, "k1").unwrap();
            let mut table = part.table("visits", 2026, "part");
            table.push(b"new\n").unwrap();
            table.finish().unwrap();
            let folder = part.folder.clone();
            drop(part);
            let complete = root.join(format!("{COMPLETE}k1"));
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
    fn a_table_that_cannot_be_moved_leaves_all_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        write(root, "k1", "one\n");
        // A file stands where the last table's folder is to be.
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
