//! Runs a program and measures it.
//!
//! The system reports peak memory only to the waiting parent process, and only as a maximum over all its children:
//! each program is therefore started by a helper process, which is the benchmark itself with another argument. The
//! helper counts until it has become the program, so no figure is below some 3 MiB.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The argument that makes the benchmark the helper process.
pub(crate) const MEASURE: &str = "--measure";

/// The file by which Linux drops its page cache.
pub(crate) const DROP_CACHES: &str = "/proc/sys/vm/drop_caches";

/// The measurements of one run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub(crate) time: Duration,
    /// The peak resident memory in bytes; 0 if unknown.
    pub(crate) memory: u64,
    /// The exit code; -1 if killed.
    pub(crate) code: i32,
}

/// Runs a program with arguments, and discards its output.
pub(crate) fn measured<'a>(program: &'a str, words: impl IntoIterator<Item = &'a str>) -> Run {
    let benchmark = std::env::current_exe().expect("the benchmark is a file");
    let output = Command::new(benchmark)
        .args([MEASURE, program])
        .args(words)
        .stderr(Stdio::inherit())
        .output()
        .expect("the benchmark runs");
    let told = String::from_utf8(output.stdout).expect("numbers");
    let numbers: Vec<i64> = told
        .split_whitespace()
        .filter_map(|number| number.parse().ok())
        .collect();
    let [time, memory, code] = numbers[..] else {
        panic!("{program} was not measured: {told}")
    };
    Run {
        time: Duration::from_nanos(time.unsigned_abs()),
        memory: memory.unsigned_abs(),
        code: i32::try_from(code).unwrap_or(-1),
    }
}

/// The helper process: runs the program and prints nanoseconds, bytes and exit code.
pub(crate) fn measure(words: &[String]) {
    let (program, words) = words.split_first().expect("a program");
    let start = Instant::now();
    let status = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("the program runs");
    let time = start.elapsed().as_nanos();
    let code = status.code().unwrap_or(-1);
    writeln!(io::stdout(), "{time} {} {code}", memory()).expect("somebody listens");
}

/// In bytes; the type of the counter depends on the platform.
#[cfg(unix)]
fn memory() -> impl std::fmt::Display {
    use nix::sys::resource::{UsageWho, getrusage};

    // macOS reports bytes, other systems KiB.
    let unit = if cfg!(target_vendor = "apple") {
        1
    } else {
        1024
    };
    getrusage(UsageWho::RUSAGE_CHILDREN).map_or(0, |usage| usage.max_rss().saturating_mul(unit))
}

#[cfg(not(unix))]
fn memory() -> impl std::fmt::Display {
    0
}

/// The time to write and sync a small new file.
pub(crate) fn writing(folder: &Path) -> Duration {
    let path = folder.join("visits").join(".written");
    let start = Instant::now();
    let mut file = File::create_new(&path).expect("a file is made");
    file.write_all(&[b'.'; 200]).expect("a file is written");
    file.sync_all().expect("a file is written through");
    drop(file);
    let time = start.elapsed();
    fs::remove_file(path).expect("a file is removed");
    time
}

/// Drops the page cache.
pub(crate) fn drop_caches() -> io::Result<()> {
    #[cfg(unix)]
    rustix::fs::sync();
    fs::write(DROP_CACHES, "3")
}
