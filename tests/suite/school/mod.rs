//! A small school on the disk, and the real program run in it.

#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may fail and tell"
)]

pub mod victim;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub const CHILD: &str = "children/c4t8w2z.toml";
pub const VISIT: &str = "visits/2025-10/2025-10-12-v7k3m9q.toml";

/// A visit that lies in the wrong folder and has the line ends of another system: what `--fix` mends.
pub const MISPLACED: &str = "visits/2025-11/2025-10-12-v7k3m9q.toml";

/// The program: the one just built, or another, such as one built for speed.
pub fn program() -> PathBuf {
    std::env::var_os("CUNCAO_BIN")
        .map_or_else(|| env!("CARGO_BIN_EXE_cuncao").into(), PathBuf::from)
}

/// The value of `PATH` with a folder before the others.
pub fn path_with(folder: &Path) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).unwrap()
}

/// `PATH` with the program: hooks and merge drivers call it by its name, and must not meet one that is installed.
pub fn path_with_program() -> OsString {
    let program = program();
    assert_eq!(
        program.file_stem(),
        Some(OsStr::new("cuncao")),
        "CUNCAO_BIN"
    );
    path_with(program.parent().unwrap())
}

/// The program in a records directory, in English, on a day of which all records are told.
pub fn command(root: &Path) -> Command {
    command_of(&program(), root)
}

/// The same for a program that runs the program.
pub fn command_of(program: &Path, root: &Path) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null());
    in_school(&mut command, root);
    command
}

fn in_school(command: &mut Command, root: &Path) {
    command
        .env_remove("CUNCAO_TODAY")
        .env("CUNCAO_LANG", "en")
        .env("LC_ALL", "C.UTF-8")
        .current_dir(root);
}

/// Runs the program with some arguments.
pub fn cuncao<A: AsRef<OsStr>>(root: &Path, arguments: &[A]) -> Output {
    command(root).args(TODAY).args(arguments).output().unwrap()
}

/// The day on which everything is run.
pub const TODAY: [&str; 2] = ["--today", "2025-11-12"];

pub fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// A school with a term, two helpers, two children and a visit; nothing is wrong with it.
pub fn small(root: &Path) {
    write(
        root,
        "cuncao.toml",
        "format = 1\n\n[school]\nname = \"青石小学\"\nlevel = \"primary\"\n",
    );
    write(
        root,
        "terms/2025-2026-1.toml",
        "name = \"2025年秋季学期\"\nstart = 2025-09-01\nend = 2026-01-20\n",
    );
    for (id, name) in [("h7k3m9q", "王老师"), ("h000002", "李老师")] {
        let text = format!("name = \"{name}\"\nrole = \"teacher\"\nchecked = 2025-09-01\n");
        write(root, &format!("helpers/{id}.toml"), text);
    }
    for (id, name) in [("c4t8w2z", "安安"), ("c000002", "平平")] {
        write(root, &format!("children/{id}.toml"), child(name));
    }
    write(root, VISIT, visit("家访。"));
}

pub fn child(name: &str) -> String {
    format!(
        "# 手写的注释\nname = \"{name}\"\ngender = \"female\"\nbirth_date = 2015-11-20\nfiled = 2025-09-10\n\n\
         [[enrolment]]\nsince = 2022-09-01\nclass = \"2022-1\"\n\n\
         [[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\n\n\
         [consent]\nbasis = \"consent\"\ndate = 2025-09-10\n"
    )
}

pub fn visit(summary: &str) -> String {
    format!(
        "date = 2025-10-12\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nsummary = \"{summary}\"\n"
    )
}

/// The same as `add` writes it: recorded on the day that is today in these tests.
pub fn added_visit(summary: &str) -> String {
    visit(summary).replace(
        "date = 2025-10-12\n",
        "date = 2025-10-12\nrecorded = 2025-11-12\n",
    )
}

/// A table of children to import.
pub fn table_of_children(count: usize) -> String {
    let mut table = String::from("name,gender,birth_date,filed\n");
    for at in 0..count {
        table += &format!("学生{at},male,2016-01-{:02},2025-09-10\n", at % 28 + 1);
    }
    table
}

/// Whether something is kept for `undo`, which every command that writes adds to.
fn is_for_undo(entry: &walkdir::DirEntry) -> bool {
    entry.file_name() == ".cuncao-undo"
}

/// All files below a folder, hidden ones among them, but not what is kept for `undo`, by their paths.
pub fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(root).into_iter();
    let entries = entries.filter_entry(|entry| !is_for_undo(entry));
    let entries = entries.map(Result::unwrap);
    entries
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let bytes = std::fs::read(entry.path()).unwrap_or_default();
            (crate::support::below(root, entry.path()), bytes)
        })
        .collect()
}

/// The hidden things below a folder, but for what is kept for `undo`.
pub fn hidden(root: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(root).into_iter();
    let entries = entries.filter_entry(|entry| !is_for_undo(entry));
    let entries = entries.map(Result::unwrap);
    entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(".cuncao"))
        .map(|entry| entry.path().display().to_string())
        .collect()
}

pub fn said(output: &Output) -> String {
    format!(
        "{:?}\n{}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// A number of an environment variable, or another.
pub fn number(variable: &str, otherwise: usize) -> usize {
    let given = std::env::var(variable).ok();
    given.and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

/// A seed that no run before had.
pub fn fresh_seed() -> u64 {
    fastrand::u64(..1_000_000_000)
}

/// Numbers that look random and come the same again from the same seed.
pub struct Dice(pub u64);

impl Dice {
    /// From `CUNCAO_SEED`, or the given one; printed, so that a failure can be had again.
    pub fn new(seed: u64) -> Dice {
        let seed = number("CUNCAO_SEED", seed as usize) as u64;
        println!("seed: CUNCAO_SEED={seed}");
        Dice(seed)
    }

    /// From `CUNCAO_SEED`, or another seed each time; printed.
    pub fn fresh() -> Dice {
        Dice::new(fresh_seed())
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}

/// Whether a program is there; says so where it is not.
pub fn has(program: &str) -> bool {
    let found = Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let found = found.is_ok_and(|status| status.success());
    if !found {
        println!("skipped: {program} is not installed");
    }
    found
}
