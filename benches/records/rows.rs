//! Tables of measurements.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;

use crate::process::Run;
use crate::school::School;

/// Memory independent of the number of records, which is subtracted to get the memory per record.
const FIXED: u64 = 16 << 20;

/// The runs of a command, each with the run of its limit.
pub(crate) struct Measured {
    name: &'static str,
    /// Whether the limit is reading every file.
    reads: bool,
    runs: Vec<Run>,
    limits: Vec<Run>,
}

impl Measured {
    pub(crate) fn of(name: &'static str) -> Measured {
        Measured {
            name,
            reads: false,
            runs: Vec::new(),
            limits: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, reads: bool, limit: Run, run: Run) {
        self.reads = reads;
        self.limits.push(limit);
        self.runs.push(run);
    }

    fn seconds(&self) -> f64 {
        median(self.runs.iter().map(|run| run.time.as_secs_f64()))
    }

    /// The ratios to the limit, sorted.
    fn ratios(&self) -> Vec<f64> {
        let pairs = self.runs.iter().zip(&self.limits);
        sorted(pairs.map(|(run, limit)| ratio(run.time, limit.time)))
    }

    /// The ratio of the fastest runs: other load can only slow them down.
    fn best(&self) -> f64 {
        ratio(fastest(&self.runs), fastest(&self.limits))
    }

    /// Formats the ratios.
    fn compared(&self) -> String {
        let ratios = self.ratios();
        let range = format!("{:.2}–{:.2}", ratios[0], ratios[ratios.len() - 1]);
        let middle = ratios[ratios.len() / 2];
        format!("{middle:>7.2} {range:>13} {:>9.2}", self.best())
    }

    fn memory(&self) -> u64 {
        self.runs.iter().map(|run| run.memory).max().unwrap_or(0)
    }
}

/// The measurements on one directory.
pub(crate) struct Size {
    pub(crate) records: usize,
    pub(crate) all: Vec<Measured>,
}

fn fastest(runs: &[Run]) -> Duration {
    runs.iter().map(|run| run.time).min().unwrap_or_default()
}

fn ratio(run: Duration, limit: Duration) -> f64 {
    run.as_secs_f64() / limit.as_secs_f64()
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let values = sorted(values);
    values[values.len() / 2]
}

#[expect(clippy::cast_precision_loss, reason = "far below what a float holds")]
fn float(number: u64) -> f64 {
    number as f64
}

/// Prints a message to the terminal.
pub(crate) fn say(text: &str) {
    writeln!(io::stdout(), "{text}").expect("somebody listens");
}

/// Describes the generated directory.
pub(crate) fn heading(root: &Path, school: &School) -> String {
    let mut text = format!(
        "{} records, {} bytes each, {}",
        school.records,
        school.bytes / school.records as u64,
        root.display()
    );
    let kinds = school.kinds.iter();
    let kinds: Vec<String> = kinds
        .map(|(folder, files)| format!("{files} {folder}"))
        .collect();
    let _ = write!(text, "\n({})\n", kinds.join(", "));
    text
}

/// The table for one directory.
pub(crate) fn table(size: &Size, how: &str) -> String {
    let records = float(size.records as u64);
    let mut text = String::new();
    let reading = size.all.iter().filter(|measured| measured.reads);
    let limit = median(
        reading
            .clone()
            .flat_map(|measured| &measured.limits)
            .map(|run| run.time.as_secs_f64()),
    );
    let _ = writeln!(
        text,
        "{:<20} {:>8} {:>7} {:>13} {:>9} {:>10} {:>9} {:>16}",
        how, "s", "÷ limit", "least–most", "best÷best", "µs/record", "peak MiB", "B/record >16 MiB"
    );
    let _ = writeln!(
        text,
        "{:<20} {limit:>8.3} {:>7} {:>13} {:>9} {:>10.2}",
        "limit: read all",
        1,
        "",
        "",
        limit * 1e6 / records
    );
    for measured in reading {
        let seconds = measured.seconds();
        let memory = measured.memory();
        let _ = writeln!(
            text,
            "{:<20} {seconds:>8.3} {} {:>10.2} {:>9.1} {:>16.0}",
            measured.name,
            measured.compared(),
            seconds * 1e6 / records,
            float(memory) / f64::from(1 << 20),
            float(memory.saturating_sub(FIXED)) / records,
        );
    }
    let few = size.all.iter().filter(|measured| !measured.reads);
    let limit = median(
        few.clone()
            .flat_map(|measured| &measured.limits)
            .map(|run| run.time.as_secs_f64()),
    );
    let _ = writeln!(
        text,
        "\n{:<20} {:>8} {:>7} {:>13} {:>9} {:>20}",
        how, "ms", "÷ limit", "least–most", "best÷best", "peak MiB"
    );
    let _ = writeln!(
        text,
        "{:<20} {:>8.2} {:>7}",
        "limit: true, fsync",
        limit * 1e3,
        1
    );
    for measured in few {
        let _ = writeln!(
            text,
            "{:<20} {:>8.2} {} {:>20.1}",
            measured.name,
            measured.seconds() * 1e3,
            measured.compared(),
            float(measured.memory()) / f64::from(1 << 20),
        );
    }
    text
}

/// How the fastest runs scale with the directory: 1.00 is proportional to the number of records; for the commands that
/// read few files, constant.
pub(crate) fn growth(sizes: &[Size], how: &str) -> String {
    let mut text = format!("{:<20}", format!("growth, {how}"));
    for size in sizes {
        let _ = write!(text, " {:>9}", size.records);
    }
    for (at, first) in sizes[0].all.iter().enumerate() {
        let _ = write!(text, "\n{:<20}", first.name);
        let of = |size: &Size| {
            let records = if first.reads { size.records } else { 1 };
            fastest(&size.all[at].runs).as_secs_f64() / float(records as u64)
        };
        for size in sizes {
            let _ = write!(text, " {:>9.2}", of(size) / of(&sizes[0]));
        }
        if !first.reads {
            text.push_str("  (not by record)");
        }
    }
    text.push('\n');
    text
}
