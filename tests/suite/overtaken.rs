//! A file edited by hand at the moment a command changes it: the command does not report success.
//!
//! strace delays the system call before the change.

use std::io::Write;
use std::path::Path;
use std::process::Output;
use std::time::{Duration, Instant};

use crate::school::{CHILD, MISPLACED, command_of, files, has, program, said, small, write};

/// Runs a command, delayed for a second at its first call of a kind, and appends to a file meanwhile.
fn overtaken(root: &Path, call: &str, path: &str, arguments: &[&str]) -> Output {
    let others = tempfile::tempdir().unwrap();
    let log = others.path().join("log");
    let mut command = command_of("strace".as_ref(), root);
    command
        .args(["-f", "-qq", "-o"])
        .arg(&log)
        .arg(format!("--trace={call}"))
        .arg(format!("--inject={call}:delay_enter=2000000:when=1"))
        .arg(program())
        .args(crate::school::TODAY)
        .args(arguments)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let running = command.spawn().unwrap();
    let began = Instant::now();
    // The call is logged on entry.
    while !std::fs::read_to_string(&log).is_ok_and(|log| log.contains(call)) {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "{call} was not called"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    let mut file = std::fs::File::options()
        .append(true)
        .open(root.join(path))
        .unwrap();
    file.write_all("# 手写的一行\n".as_bytes()).unwrap();
    running.wait_with_output().unwrap()
}

#[test]
fn what_was_written_by_hand_meanwhile_is_neither_lost_nor_passed_over_in_silence() {
    if !has("strace") {
        return;
    }
    for (call, path, arguments) in [
        (
            "fdatasync",
            CHILD,
            ["set", "c4t8w2z", "village=东村"].as_slice(),
        ),
        ("syncfs", CHILD, &["forget", "c4t8w2z", "--yes"]),
        ("syncfs", MISPLACED, &["validate", "--fix"]),
        // In the very call that replaces the old file.
        ("renameat2", CHILD, &["set", "c4t8w2z", "village=东村"]),
        ("rename", crate::school::VISIT, &["rm", "v7k3m9q"]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        small(root);
        if path == MISPLACED {
            std::fs::remove_file(root.join(crate::school::VISIT)).unwrap();
            write(root, MISPLACED, crate::school::visit("家访。"));
        }
        let mut expected = files(root);
        let output = overtaken(root, call, path, arguments);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments:?}: {}",
            said(&output)
        );
        assert!(said(&output).contains(path), "{}", said(&output));
        assert!(!said(&output).contains("Gone"), "{}", said(&output));
        // Nothing was changed by the command, and the appended line is kept.
        let text = expected.get_mut(path).unwrap();
        text.extend("# 手写的一行\n".as_bytes());
        assert_eq!(files(root), expected, "{arguments:?}");
    }
}

#[test]
fn while_a_change_of_many_files_is_half_done_nothing_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    small(root);
    // The state left by a command that was killed after its commit point.
    let change = root.join(".cuncao-change-x");
    std::fs::create_dir(&change).unwrap();
    std::fs::write(change.join("0"), crate::school::child("小红")).unwrap();
    let list = r#"{"steps":[{"create":{"path":"children/c000003.toml","staged":0}}]}"#;
    std::fs::write(change.join("list.json"), list).unwrap();
    for arguments in [
        ["stats"].as_slice(),
        &["list", "child"],
        &["report", "term"],
        &["due"],
        &["validate"],
        &["export", "child"],
        &["rollup", "."],
    ] {
        let output = crate::school::cuncao(root, arguments);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments:?}: {}",
            said(&output)
        );
        assert!(
            said(&output).contains("half-way"),
            "{arguments:?}: {}",
            said(&output)
        );
    }
    let mended = crate::school::cuncao(root, &["doctor"]);
    assert!(said(&mended).contains("finished"), "{}", said(&mended));
    let listed = crate::school::cuncao(root, &["list", "child"]);
    assert!(said(&listed).contains("小红"), "{}", said(&listed));
}
