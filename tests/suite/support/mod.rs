//! Shared by tests of the command line: a copy of the example school, and functions to run the program.

#![allow(
    dead_code,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "not every test uses all, and a test may fail"
)]

#[cfg(target_os = "linux")]
pub(crate) mod terminal;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::school::path_with_program;

/// Today, in the tests.
pub(crate) const TODAY: &str = "2026-01-10";

/// A copy of the example school.
pub(crate) fn example() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/school");
    copy(&from, dir.path());
    dir
}

/// Copies a folder recursively.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A minimal school with two children, one helper, a term and a visit.
pub(crate) fn small() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in [
        (
            "cuncao.toml",
            r#"format = 1

[school]
name = "柳树小学"
level = "primary"
"#,
        ),
        (
            "terms/2025-2026-1.toml",
            r#"name = "2025—2026学年第一学期"
start = 2025-09-01
end = 2026-01-23
"#,
        ),
        (
            "terms/2024-2025-2.toml",
            r#"name = "2024—2025学年第二学期"
start = 2025-02-17
end = 2025-07-04
"#,
        ),
        (
            "helpers/h7k3m9q.toml",
            r#"name = "王芳"
role = "head-teacher"
"#,
        ),
        (
            "children/c4t8w2z.toml",
            &child("张小明", "male", "2015-03-02"),
        ),
        (
            "children/c7k2m4p.toml",
            &child("赵雪", "female", "2016-01-05"),
        ),
        (
            "visits/2025-10/2025-10-12-v7k3m9q.toml",
            r#"date = 2025-10-12
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "奶奶身体好转。"
"#,
        ),
    ] {
        write(dir.path(), path, text);
    }
    dir
}

fn child(name: &str, gender: &str, born: &str) -> String {
    format!(
        r#"name = "{name}"
gender = "{gender}"
birth_date = {born}
filed = 2025-09-01

[[enrolment]]
since = 2022-09-01
class = "2022-1"

[[guardianship]]
since = 2025-09-01
away = "both"
kind = "grandparents"
guardian = {{ name = "张桂英", relation = "grandmother", phone = "13900000001" }}

[consent]
basis = "statutory"
date = 2025-09-01
scope = ["records"]
"#
    )
}

/// Writes a file below a folder, creating its parents.
pub(crate) fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A command of the program in a folder, without environment variables that affect its output.
pub(crate) fn program(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cuncao"));
    command.current_dir(directory).args(arguments);
    for name in [
        "CUNCAO_DIR",
        "CUNCAO_KEY_FILE",
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "VISUAL",
        "EDITOR",
        "COLUMNS",
    ] {
        command.env_remove(name);
    }
    command
        .env("CUNCAO_LANG", "zh")
        .env("CUNCAO_TODAY", TODAY)
        .env("TERM", "xterm-256color")
        .env("XDG_CONFIG_HOME", directory.join(".settings"));
    command
}

/// Runs the program with empty standard input.
pub(crate) fn cuncao(directory: &Path, arguments: &[&str]) -> Output {
    let mut command = program(directory, arguments);
    command.stdin(Stdio::null()).output().unwrap()
}

/// Runs the program with a text as standard input.
pub(crate) fn fed(directory: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = program(directory, arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    running.stdin.take().unwrap().write_all(input).unwrap();
    running.wait_with_output().unwrap()
}

/// The standard output of a command that must succeed.
pub(crate) fn printed(directory: &Path, arguments: &[&str]) -> String {
    let output = cuncao(directory, arguments);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{arguments:?}: {}",
        err(&output)
    );
    out(&output)
}

/// The messages of a command that must fail with a given status.
pub(crate) fn refused(directory: &Path, arguments: &[&str], status: i32) -> String {
    let output = cuncao(directory, arguments);
    assert_eq!(
        output.status.code(),
        Some(status),
        "{arguments:?}: {}",
        err(&output)
    );
    err(&output)
}

/// Standard output as text.
pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Standard error as text.
pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// All files below a folder with their content, without the settings of the test.
pub(crate) fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn walk(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if !path.is_dir() {
                let bytes = std::fs::read(&path).unwrap();
                found.insert(path, bytes);
            } else if !path.ends_with(".settings") && !path.ends_with(".cuncao-undo") {
                walk(&path, found);
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(root, &mut found);
    found
}

/// git in a folder, with a user name, the program in `PATH`, and no configuration from outside.
pub(crate) fn git(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    for name in [
        "GIT_DIR",
        "GIT_INDEX_FILE",
        "GIT_WORK_TREE",
        "CUNCAO_IDENTITY",
    ] {
        command.env_remove(name);
    }
    command
        .current_dir(root)
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
        .args([
            "-c",
            "commit.gpgsign=false",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .env("PATH", path_with_program())
        .env("HOME", root)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("CUNCAO_LANG", "en");
    command
}

/// A path relative to a folder, with `/` on every system.
pub(crate) fn below(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap().to_string_lossy();
    path.replace(std::path::MAIN_SEPARATOR, "/")
}

/// Whether a program is installed; prints that the test is skipped if not.
pub(crate) fn has(program: &str) -> bool {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let found = std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join(&file).is_file())
    });
    if !found {
        println!("passed over: {program} is not installed");
    }
    found
}
