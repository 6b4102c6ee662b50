//! Measures the commands on directories of many records against a program that only reads the same files.
//!
//! `cargo bench --bench records -- [RECORDS…]` (10000 and 100000 unless said; 1000000 takes 4 GB of disk). The
//! directories are made anew by a fixed rule: 1 child to 18 visits and the other kinds in proportion. Each case is
//! run in turn with the baseline and the median of the rounds is shown, with the ratio to the baseline.

use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use walkdir::WalkDir;

const ROUNDS: usize = 5;
const TODAY: &str = "2026-07-10";

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    // Cargo runs benches as tests too: then a small directory shows that all still works.
    let sizes = match (
        sizes.is_empty(),
        std::env::args().any(|word| word == "--bench"),
    ) {
        (false, _) => sizes,
        (true, true) => vec![10_000, 100_000],
        (true, false) => vec![500],
    };
    for size in sizes {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let count = generate(folder.path(), size);
        measure(folder.path(), count);
    }
}

/// Writes files; every folder of the path is made first.
fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
    fs::write(path, text).expect("a file is written");
}

/// A tail of an id from a number: the same for the same number.
fn tail(number: usize) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    // An odd factor below 2³⁰ spreads the numbers without making two the same.
    let mut spread = (number as u64 * 0x2545_f491) & ((1 << 30) - 1);
    let mut tail = String::new();
    for _ in 0..6 {
        tail.insert(0, char::from(DIGITS[(spread & 31) as usize]));
        spread >>= 5;
    }
    tail
}

/// Makes a directory of about so many records of eight terms, and says how many.
fn generate(root: &Path, size: usize) -> usize {
    put(
        root,
        "cuncao.toml",
        "format = 1\n[school]\nname = \"柳树小学\"\nlevel = \"primary\"\n\n[[duty]]\nid = \"monthly\"\ntitle = \"每月走访\"\nowed_to = \"pairing\"\ncount = 1\nperiod = \"month\"\nrecord = \"visit\"\n",
    );
    let mut count = 0;
    for year in 2022..2026 {
        for (number, start, end) in [
            (1, format!("{year}-09-01"), format!("{}-01-20", year + 1)),
            (
                2,
                format!("{}-02-20", year + 1),
                format!("{}-07-05", year + 1),
            ),
        ] {
            let text = format!(
                "name = \"{year} {number}\"\nstart = {start}\nend = {end}\n\n[enrolment]\n1 = 90\n2 = 92\n"
            );
            put(
                root,
                &format!("terms/{year}-{}-{number}.toml", year + 1),
                &text,
            );
            count += 1;
        }
    }
    let children = (size / 22).max(1);
    let helpers = (children / 3).max(1);
    for at in 0..helpers {
        let text = format!(
            "name = \"王{at}\"\nrole = \"teacher\"\nphone = \"1390000{:04}\"\nsince = 2022-08-20\n",
            at % 10_000
        );
        put(root, &format!("helpers/h{}.toml", tail(at)), &text);
    }
    let months: Vec<(u32, u32)> = (0..48)
        .map(|at| (2022 + (8 + at) / 12, (8 + at) % 12 + 1))
        .filter(|(_, month)| !matches!(month, 7 | 8))
        .collect();
    let modes = ["home", "phone", "talk", "letter", "video"];
    for at in 0..children {
        let (child, helper) = (tail(at), tail(at % helpers));
        let text = format!(
            "name = \"张{at}\"\ngender = \"{}\"\nbirth_date = 2015-{:02}-{:02}\nvillage = \"柳树村\"\nfiled = 2022-09-10\n\n[[enrolment]]\nsince = 2022-09-01\nclass = \"2022-{}\"\n\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\nguardian = {{ name = \"李{at}\", phone = \"1390000{:04}\" }}\n",
            ["male", "female"][at % 2],
            at % 12 + 1,
            at % 28 + 1,
            at % 6 + 1,
            at % 10_000,
        );
        put(root, &format!("children/c{child}.toml"), &text);
        put(
            root,
            &format!("pairings/2022-09/2022-09-05-p{child}.toml"),
            &format!(
                "child = \"c{child}\"\nhelper = \"h{helper}\"\nrole = \"teacher\"\nsince = 2022-09-05\n"
            ),
        );
        for visit in 0..18 {
            let (year, month) = months[(at + visit * 7) % months.len()];
            let day = (at + visit) % 28 + 1;
            let text = format!(
                "date = {year}-{month:02}-{day:02}\nrecorded = {year}-{month:02}-{day:02}\nmode = \"{}\"\nchildren = [\"c{child}\"]\nby = [\"h{helper}\"]\nmet = [\"child\", \"guardian\"]\ntopics = [\"study\", \"life\"]\nminutes = 30\nsummary = \"奶奶身体好转，孩子放学后帮着做饭，作业能按时完成，应用题有困难，约好每周日晚和妈妈视频。\"\n",
                modes[visit % modes.len()],
            );
            let name = tail(at * 18 + visit);
            put(
                root,
                &format!("visits/{year}-{month:02}/{year}-{month:02}-{day:02}-v{name}.toml"),
                &text,
            );
        }
        let (year, month) = months[at % months.len()];
        let date = format!("{year}-{month:02}-15");
        put(
            root,
            &format!("assessments/{year}-{month:02}/{date}-s{child}.toml"),
            &format!(
                "date = {date}\nchild = \"c{child}\"\nby = \"h{helper}\"\nstudy = \"fair\"\nlife = \"good\"\nrisk = \"low\"\n"
            ),
        );
        put(
            root,
            &format!("activities/{year}-{month:02}/{date}-a{child}.toml"),
            &format!(
                "date = {date}\ntitle = \"留守儿童之家开放\"\ntheme = \"home-open\"\norganisers = [\"h{helper}\"]\nattendance = {{ children = 18 }}\nsummary = \"读书、下棋。\"\n"
            ),
        );
        count += 22;
    }
    count + helpers
}

/// What one run took.
#[derive(Clone, Copy)]
struct Run {
    time: Duration,
    /// The most memory that was resident, in KiB; 0 where the system does not tell.
    memory: u64,
}

fn measure(root: &Path, count: usize) {
    let binary = env!("CARGO_BIN_EXE_cuncao");
    let dir = root.to_str().expect("a path in UTF-8");
    let child = format!("c{}", tail(0));
    let helper = format!("h{}", tail(0));
    let cases: Vec<(&str, Vec<&str>)> = vec![
        (
            "validate",
            vec!["validate", "--only", "syntax,schema,reference,consistency"],
        ),
        ("validate, all rules", vec!["validate"]),
        (
            "stats, all time",
            vec!["stats", "--since", "2022-09-01", "--until", "2026-07-05"],
        ),
        ("stats --term", vec!["stats", "--term", "2025-2026-1"]),
        (
            "list visit --term",
            vec!["list", "visit", "--term", "2025-2026-1"],
        ),
        ("list child", vec!["list", "child"]),
        (
            "report term",
            vec!["report", "term", "--term", "2025-2026-1"],
        ),
        ("due", vec!["due"]),
        ("show", vec!["show", &child, "--format", "json"]),
        (
            "add visit",
            vec![
                "add",
                "visit",
                "--mode",
                "home",
                "--children",
                &child,
                "--by",
                &helper,
                "--summary",
                "好",
            ],
        ),
    ];
    let mut baseline = Vec::new();
    let mut runs: Vec<Vec<Run>> = vec![Vec::new(); cases.len()];
    let rounds = if count < 1000 { 1 } else { ROUNDS };
    let bytes = read_all(root, 2);
    for _ in 0..rounds {
        for (case, runs) in cases.iter().zip(&mut runs) {
            let start = Instant::now();
            read_all(root, 2);
            baseline.push(start.elapsed());
            runs.push(run(binary, dir, &case.1));
        }
    }
    baseline.sort();
    let base = baseline[baseline.len() / 2];
    let mut table = String::new();
    let _ = writeln!(
        table,
        "\n{count} records, {bytes} bytes; reading alone on two threads: {:.3} s",
        base.as_secs_f64()
    );
    let _ = writeln!(
        table,
        "{:<22} {:>8} {:>7} {:>10} {:>12}",
        "command", "s", "ratio", "µs/record", "bytes/record"
    );
    for ((name, _), mut runs) in cases.into_iter().zip(runs) {
        runs.sort_by_key(|run| run.time);
        let run = runs[runs.len() / 2];
        let seconds = run.time.as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "counts of files")]
        let each = (
            seconds * 1e6 / count as f64,
            run.memory as f64 * 1024.0 / count as f64,
        );
        let _ = writeln!(
            table,
            "{name:<22} {seconds:>8.3} {:>7.2} {:>10.2} {:>12.0}",
            seconds / base.as_secs_f64(),
            each.0,
            each.1
        );
    }
    #[expect(clippy::print_stdout, reason = "what a benchmark is for")]
    {
        println!("{table}");
    }
}

/// Runs a command and watches its memory.
fn run(binary: &str, dir: &str, arguments: &[&str]) -> Run {
    let start = Instant::now();
    let mut child = Command::new(binary)
        .args(["-C", dir, "--today", TODAY, "--lang", "en"])
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs");
    let status = format!("/proc/{}/status", child.id());
    let mut memory = 0;
    loop {
        let told = fs::read_to_string(&status).unwrap_or_default();
        let peak = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|words| words.split_whitespace().next()?.parse().ok());
        memory = memory.max(peak.unwrap_or(0));
        match child.try_wait().expect("the command can be waited for") {
            Some(status) => {
                assert!(
                    status.code().is_some_and(|code| code < 2),
                    "{arguments:?} failed"
                );
                break;
            }
            None => std::thread::sleep(Duration::from_micros(500)),
        }
    }
    Run {
        time: start.elapsed(),
        memory,
    }
}

/// Reads every file and throws it away: what no command can be faster than. Says how many bytes there were.
fn read_all(root: &Path, threads: usize) -> u64 {
    let folders: Vec<PathBuf> = WalkDir::new(root)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_dir())
        .map(walkdir::DirEntry::into_path)
        .collect();
    let next = Mutex::new(folders.into_iter());
    let total = Mutex::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut buffer = vec![0; 1 << 20];
                let mut bytes = 0;
                while let Some(folder) = { next.lock().expect("no panic").next() } {
                    bytes += read_folder(&folder, &mut buffer);
                }
                *total.lock().expect("no panic") += bytes;
            });
        }
    });
    total.into_inner().expect("no panic")
}

#[cfg(unix)]
fn read_folder(folder: &Path, buffer: &mut [u8]) -> u64 {
    use rustix::fs::{Mode, OFlags, openat};
    let Ok(handle) = fs::File::open(folder) else {
        return 0;
    };
    let mut bytes = 0;
    for entry in fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
    {
        if entry.file_type().is_ok_and(|kind| kind.is_file())
            && let Ok(file) = openat(
                &handle,
                entry.file_name(),
                OFlags::RDONLY | OFlags::CLOEXEC,
                Mode::empty(),
            )
        {
            bytes += fs::File::from(file).read(buffer).unwrap_or(0) as u64;
        }
    }
    bytes
}

#[cfg(not(unix))]
fn read_folder(folder: &Path, buffer: &mut [u8]) -> u64 {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
    {
        if entry.file_type().is_ok_and(|kind| kind.is_file())
            && let Ok(mut file) = fs::File::open(entry.path())
        {
            bytes += file.read(buffer).unwrap_or(0) as u64;
        }
    }
    bytes
}
