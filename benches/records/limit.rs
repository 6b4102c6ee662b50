//! The lower limit for a program that reads every record: find, open, read and close each file.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex};

use crate::process::{self, Run};

/// The argument that makes the benchmark this program.
pub(crate) const READ: &str = "--read";

/// Reads the files of a directory in a separate process.
pub(crate) fn measured(root: &Path, threads: usize) -> Run {
    let benchmark = std::env::current_exe().expect("the benchmark is a file");
    let words = [
        READ,
        root.to_str().expect("a path in UTF-8"),
        &threads.to_string(),
    ];
    let run = process::measured(benchmark.to_str().expect("a path in UTF-8"), words);
    assert!(run.code == 0, "the files were not read");
    run
}

/// Reads a directory with some threads; fails if there is nothing to read.
pub(crate) fn read(words: &[String]) {
    let [root, threads] = words else {
        panic!("a directory and a number of threads")
    };
    let threads = threads.parse().expect("a number of threads");
    assert!(bytes(Path::new(root), threads) > 0, "nothing was read");
}

/// The queue of folders, and the number being read, which may add others.
#[derive(Default)]
struct Folders {
    waiting: Vec<PathBuf>,
    open: usize,
}

/// Reads every file below a folder; returns the number of bytes.
pub(crate) fn bytes(root: &Path, threads: usize) -> u64 {
    let folders = Mutex::new(Folders {
        waiting: vec![root.to_owned()],
        open: 0,
    });
    let changed = Condvar::new();
    let work = || {
        let mut total = 0;
        let mut buffer = vec![0; 64 << 10];
        let mut held = folders.lock().expect("no thread panics");
        loop {
            if let Some(folder) = held.waiting.pop() {
                held.open += 1;
                drop(held);
                let mut inner = Vec::new();
                total += read_folder(&folder, &mut buffer, &mut inner);
                held = folders.lock().expect("no thread panics");
                held.open -= 1;
                held.waiting.append(&mut inner);
                changed.notify_all();
            } else if held.open == 0 {
                return total;
            } else {
                held = changed.wait(held).expect("no thread panics");
            }
        }
    };
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        all.into_iter()
            .map(|thread| thread.join().expect("no thread panics"))
            .sum()
    })
}

/// Three system calls for each file, without keeping the content.
#[cfg(target_os = "linux")]
fn read_folder(folder: &Path, buffer: &mut [u8], inner: &mut Vec<PathBuf>) -> u64 {
    use std::ffi::OsStr;
    use std::mem::MaybeUninit;
    use std::os::unix::ffi::OsStrExt;

    use rustix::fs::{FileType, Mode, OFlags, RawDir, open, openat};

    let flags = OFlags::RDONLY | OFlags::CLOEXEC;
    let handle = open(folder, flags | OFlags::DIRECTORY, Mode::empty()).expect("a folder opens");
    let mut names = [MaybeUninit::uninit(); 32 << 10];
    let mut entries = RawDir::new(&handle, &mut names);
    let mut bytes = 0;
    while let Some(entry) = entries.next() {
        let entry = entry.expect("a folder is listed");
        let name = entry.file_name();
        match entry.file_type() {
            FileType::RegularFile => {
                let file = openat(&handle, name, flags, Mode::empty()).expect("a file opens");
                bytes += rustix::io::read(&file, &mut *buffer).expect("a file is read") as u64;
            }
            FileType::Directory if name != c"." && name != c".." => {
                inner.push(folder.join(OsStr::from_bytes(name.to_bytes())));
            }
            _ => {}
        }
    }
    bytes
}

#[cfg(not(target_os = "linux"))]
fn read_folder(folder: &Path, buffer: &mut [u8], inner: &mut Vec<PathBuf>) -> u64 {
    use std::io::Read as _;

    let mut bytes = 0;
    for entry in std::fs::read_dir(folder).expect("a folder is listed") {
        let entry = entry.expect("a folder is listed");
        let sort = entry.file_type().expect("a file has a type");
        if sort.is_dir() {
            inner.push(entry.path());
        } else if sort.is_file() {
            let mut file = std::fs::File::open(entry.path()).expect("a file opens");
            bytes += file.read(buffer).expect("a file is read") as u64;
        }
    }
    bytes
}
