//! Runs a program and measures it.
//!
//! The system tells the most memory that a program had only to the one who waited for it, of all of those together:
//! each program is therefore started by a process of its own, the benchmark under another word. Before that process
//! has become the program it counts for it, so that no figure is below some 3 MiB.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The word by which the benchmark is the process that starts and waits.
pub(crate) const MEASURE: &str = "--measure";

/// Where Linux is told to forget what it has read.
pub(crate) const DROP_CACHES: &str = "/proc/sys/vm/drop_caches";

/// What one run took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub(crate) time: Duration,
    /// The most memory that was resident, in bytes; 0 where the system does not tell.
    pub(crate) memory: u64,
    /// How it ended; -1 where it was killed.
    pub(crate) code: i32,
}

/// Runs a program with some words, and throws away what it says.
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

/// The process between: runs the program and tells nanoseconds, bytes and how it ended.
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

/// In bytes; what the system counts in is a number of the machine's own size.
#[cfg(unix)]
fn memory() -> impl std::fmt::Display {
    use nix::sys::resource::{UsageWho, getrusage};

    // Apple's systems count bytes, the others KiB.
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

/// How long a small new file takes to be written through to the disk.
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

/// Makes the system forget what it has read.
pub(crate) fn drop_caches() -> io::Result<()> {
    #[cfg(unix)]
    rustix::fs::sync();
    fs::write(DROP_CACHES, "3")
}
