//! Benchmarks the commands on large directories, relative to a program that only reads the same files.
//!
//! `cargo bench --bench records -- [RECORDS…] [cold] [keep]`: 10000 and 100000 records by default; 1000000 takes 4 GB
//! of disk. The directories are generated in the temporary folder (`TMPDIR`) and removed afterwards, unless `keep` is
//! given.
//!
//! Every run of a command follows a run of the limit, so that other load affects both: the ratio is the median of the
//! ratios of such pairs, with minimum and maximum; next to it the ratio of the fastest runs. `add` and `show` read few
//! files; their limit is a program that does nothing, plus one small file synced to disk. With `cold` the page cache
//! is dropped before each run, which requires root.

mod limit;
mod process;
mod rows;
mod school;

use std::path::Path;

use process::{Run, drop_caches, measured, writing};
use rows::{Measured, Size};
use school::School;

/// Today in the runs: after the last term, so that all of its duties are due.
const TODAY: &str = "2026-07-10";

/// The limit that a command is compared with.
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

/// The number of rounds.
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
    // The benchmark is also the helper programs.
    match words.first().map(String::as_str) {
        Some(process::MEASURE) => return process::measure(&words[1..]),
        Some(limit::READ) => return limit::read(&words[1..]),
        _ => {}
    }
    let has = |word: &str| words.iter().any(|found| found == word);
    let mut sizes: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    if sizes.is_empty() {
        // `cargo test` runs benchmarks too: then a small directory checks that everything works.
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

/// Measures every command on one directory.
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
    // Exit code 1 would mean findings in a valid school, and 2 a failed command.
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

/// Drops the page cache, then reloads the programs: only the records are to be cold.
fn forget() {
    drop_caches().expect("it was permitted before");
    measured("true", []);
    std::fs::read(env!("CARGO_BIN_EXE_cuncao")).expect("the program is there");
}
