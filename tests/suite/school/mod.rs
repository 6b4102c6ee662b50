//! A small school on disk, and functions to run the program in it.

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

/// A visit in the wrong folder and with CRLF line ends, both of which `--fix` corrects.
pub const MISPLACED: &str = "visits/2025-11/2025-10-12-v7k3m9q.toml";

/// The program under test: the one just built, or the one named by `CUNCAO_BIN`.
pub fn program() -> PathBuf {
    std::env::var_os("CUNCAO_BIN")
        .map_or_else(|| env!("CARGO_BIN_EXE_cuncao").into(), PathBuf::from)
}

/// `PATH` with a folder in front.
pub fn path_with(folder: &Path) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).unwrap()
}

/// `PATH` with the program, so that hooks and merge drivers do not run an installed one.
pub fn path_with_program() -> OsString {
    let program = program();
    assert_eq!(
        program.file_stem(),
        Some(OsStr::new("cuncao")),
        "CUNCAO_BIN"
    );
    path_with(program.parent().unwrap())
}

/// A command of the program in a records directory, in English, on [`TODAY`].
pub fn command(root: &Path) -> Command {
    command_of(&program(), root)
}

/// The same for another program that runs ours.
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

/// Runs the program.
pub fn cuncao<A: AsRef<OsStr>>(root: &Path, arguments: &[A]) -> Output {
    command(root).args(TODAY).args(arguments).output().unwrap()
}

/// The day on which commands run.
pub const TODAY: [&str; 2] = ["--today", "2025-11-12"];

pub fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// Creates a valid school with a term, two helpers, two children and a visit.
pub fn small(root: &Path) {
    write(
        root,
        "cuncao.toml",
        r#"format = 1

[school]
name = "青石小学"
level = "primary"
"#,
    );
    write(
        root,
        "terms/2025-2026-1.toml",
        r#"name = "2025年秋季学期"
start = 2025-09-01
end = 2026-01-20
"#,
    );
    for (id, name) in [("h7k3m9q", "王老师"), ("h000002", "李老师")] {
        let text = format!(
            r#"name = "{name}"
role = "teacher"
checked = 2025-09-01
"#
        );
        write(root, &format!("helpers/{id}.toml"), text);
    }
    for (id, name) in [("c4t8w2z", "安安"), ("c000002", "平平")] {
        write(root, &format!("children/{id}.toml"), child(name));
    }
    write(root, VISIT, visit("家访。"));
}

pub fn child(name: &str) -> String {
    format!(
        r#"# 手写的注释
name = "{name}"
gender = "female"
birth_date = 2015-11-20
filed = 2025-09-10

[[enrolment]]
since = 2022-09-01
class = "2022-1"

[[guardianship]]
since = 2022-09-01
away = "both"
kind = "grandparents"

[consent]
basis = "consent"
date = 2025-09-10
"#
    )
}

pub fn visit(summary: &str) -> String {
    format!(
        r#"date = 2025-10-12
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "{summary}"
"#
    )
}

/// The same visit as written by `add`: recorded on the day of these tests.
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

/// Whether a file belongs to the undo journal, which every writing command extends.
fn is_for_undo(entry: &walkdir::DirEntry) -> bool {
    entry.file_name() == ".cuncao-undo"
}

/// All files below a folder, including hidden ones but without the undo journal.
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

/// The hidden files and folders below a folder, without the undo journal.
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

/// A number from an environment variable, with a default.
pub fn number(variable: &str, otherwise: usize) -> usize {
    let given = std::env::var(variable).ok();
    given.and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

/// A random seed.
pub fn fresh_seed() -> u64 {
    fastrand::u64(..1_000_000_000)
}

/// Pseudo-random numbers, reproducible from a seed.
pub struct Dice(pub u64);

impl Dice {
    /// Uses `CUNCAO_SEED`, or else the given seed; prints it, so that a failure can be reproduced.
    pub fn new(seed: u64) -> Dice {
        let seed = number("CUNCAO_SEED", seed as usize) as u64;
        println!("seed: CUNCAO_SEED={seed}");
        Dice(seed)
    }

    /// Uses `CUNCAO_SEED`, or else a random seed; prints it.
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

/// Whether a program is installed; prints a note if not.
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
