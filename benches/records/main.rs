//! Measures the commands on directories of many records against a program that only reads the same files.
//!
//! `cargo bench --bench records -- [RECORDS…] [cold] [keep]`: 10000 and 100000 records unless said; 1000000 takes 4 GB
//! of disk. The directories are made anew below the folder for temporary files (`TMPDIR`) and removed, unless they are
//! to be kept.
//!
//! Every run of a command follows a run of the limit, so that what else the machine does meets both: the ratio is the
//! median of the ratios of such pairs, with the least and the most of them; beside it the ratio of the fastest runs. `add` and `show` read few files; their limit
//! is a program that does nothing and one small file that is written through to the disk. With `cold`, nothing that
//! was read before is in memory when a run begins, which only the system's administrator may bring about.

mod limit;
mod process;
mod rows;
mod school;

use std::path::Path;

use process::{Run, drop_caches, measured, writing};
use rows::{Measured, Size};
use school::School;

/// The day of the runs: the last term is over, so that all of its duties are due.
const TODAY: &str = "2026-07-10";

/// What the commands are to be compared with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Limit {
    /// Reading every file.
    Reading,
    /// Starting a program and writing a file.
    Nothing,
}

/// A command.
struct Case {
    name: &'static str,
    limit: Limit,
    words: Vec<String>,
}

fn cases(school: &School) -> Vec<Case> {
    let case = |name, limit, words: &str| Case {
        name,
        limit,
        words: words.split_whitespace().map(str::to_owned).collect(),
    };
    let (child, helper) = (&school.child, &school.helper);
    let show = format!("show {child} --format json");
    let list = format!("list visit --child {child}");
    let add = format!("add visit --mode home --children {child} --by {helper} --summary 好");
    let all_time = format!("stats --since {} --until {}", school.first, school.last);
    vec![
        case("validate", Limit::Reading, "validate"),
        case(
            "validate, not care",
            Limit::Reading,
            "validate --only syntax,layout,schema,reference,consistency,privacy",
        ),
        case(
            "stats --term",
            Limit::Reading,
            "stats --term 2025-2026-1 --format json",
        ),
        case("stats, all time", Limit::Reading, &all_time),
        case(
            "list visit --term",
            Limit::Reading,
            "list visit --term 2025-2026-1",
        ),
        case("list child", Limit::Reading, "list child"),
        case(
            "report term",
            Limit::Reading,
            "report term --term 2025-2026-1",
        ),
        case("due", Limit::Reading, "due"),
        case("find", Limit::Reading, "find 奶奶膝盖 --limit 5"),
        case("list visit --child", Limit::Reading, &list),
        case("show", Limit::Nothing, &show),
        case("add visit", Limit::Nothing, &add),
    ]
}

/// How often everything is run.
fn rounds(records: usize, limit: Limit, cold: bool) -> usize {
    match (records, limit) {
        (..1_000, _) => 1,
        (..500_000, _) if cold => 3,
        (_, _) if cold => 1,
        (_, Limit::Nothing) => 31,
        (..50_000, _) => 15,
        (..500_000, _) => 7,
        _ => 3,
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    // The benchmark is also the programs that it needs beside the commands.
    match words.first().map(String::as_str) {
        Some(process::MEASURE) => return process::measure(&words[1..]),
        Some(limit::READ) => return limit::read(&words[1..]),
        _ => {}
    }
    let has = |word: &str| words.iter().any(|found| found == word);
    let mut sizes: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    if sizes.is_empty() {
        // Cargo runs benches as tests too: then a small directory shows that all still works.
        sizes = if has("--bench") {
            vec![10_000, 100_000]
        } else {
            vec![500]
        };
    }
    sizes.sort_unstable();
    let mut warm = Vec::new();
    let mut cold = Vec::new();
    for records in sizes {
        let mut folder = tempfile::tempdir().expect("a temporary folder");
        folder.disable_cleanup(has("keep"));
        let root = folder.path();
        let school = School::make(root, records);
        rows::say(&rows::heading(root, &school));
        let size = of_size(root, &school, false);
        rows::say(&rows::table(&size, "warm, two threads"));
        warm.push(size);
        if !has("cold") {
            continue;
        }
        match drop_caches() {
            Ok(()) => {
                let size = of_size(root, &school, true);
                rows::say(&rows::table(&size, "cold, sixteen threads"));
                cold.push(size);
            }
            Err(fault) => rows::say(&format!(
                "not measured cold: {} cannot be written ({fault})\n",
                process::DROP_CACHES
            )),
        }
    }
    for (sizes, how) in [(&warm, "warm"), (&cold, "cold")] {
        if sizes.len() > 1 {
            rows::say(&rows::growth(sizes, how));
        }
    }
}

/// Runs every command on one directory.
fn of_size(root: &Path, school: &School, cold: bool) -> Size {
    let commands = cases(school);
    let mut all: Vec<Measured> = commands
        .iter()
        .map(|case| Measured::of(case.name))
        .collect();
    let most = commands
        .iter()
        .map(|case| rounds(school.records, case.limit, cold));
    for round in 0..most.max().unwrap_or(0) {
        for (case, measured) in commands.iter().zip(&mut all) {
            if round < rounds(school.records, case.limit, cold) {
                let limit = limit_of(root, case.limit, cold);
                measured.add(
                    case.limit == Limit::Reading,
                    limit,
                    command(root, case, cold),
                );
            }
        }
    }
    Size {
        records: school.records,
        all,
    }
}

/// Runs a command in the records directory.
fn command(root: &Path, case: &Case, cold: bool) -> Run {
    let program = env!("CARGO_BIN_EXE_cuncao");
    if cold {
        forget();
    }
    let directory = root.to_str().expect("a path in UTF-8");
    let fixed = ["-C", directory, "--today", TODAY, "--lang", "en"];
    let words = fixed
        .into_iter()
        .chain(case.words.iter().map(String::as_str));
    let run = measured(program, words);
    // Errors are findings of a school that has none, or a command that does not work.
    assert!(run.code == 0, "{} ended with {}", case.name, run.code);
    run
}

fn limit_of(root: &Path, limit: Limit, cold: bool) -> Run {
    if cold {
        forget();
    }
    match limit {
        Limit::Reading => limit::measured(root, if cold { 16 } else { 2 }),
        Limit::Nothing => {
            let nothing = measured("true", []);
            Run {
                time: nothing.time + writing(root),
                ..nothing
            }
        }
    }
}

/// Makes the system forget what it has read, but for the programs: it is the records that are to be cold.
fn forget() {
    drop_caches().expect("it was permitted before");
    measured("true", []);
    std::fs::read(env!("CARGO_BIN_EXE_cuncao")).expect("the program is there");
}
