//! Commands whose system calls fail one by one, or that are killed in them.
//!
//! `CUNCAO_SYSCALLS=all` tries every call with every fault, instead of a sample; `CUNCAO_BIN` sets another program.
//! Requires strace.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::Output;

use crate::school::victim::{self, Victim};
use crate::school::{Dice, cuncao, files, hidden, said};

/// The system calls, with the faults injected into each.
const CALLS: &[(&[&str], &[&str])] = &[
    (
        &["openat", "open"],
        &["EMFILE", "EACCES", "EIO", "EROFS", "ENOSPC"],
    ),
    (&["write"], &["ENOSPC", "EIO"]),
    (&["read", "getdents64"], &["EIO"]),
    (&["fsync", "fdatasync", "syncfs"], &["EIO", "ENOSPC"]),
    (
        &["rename", "renameat", "renameat2", "link", "linkat"],
        &["EIO", "EACCES", "EROFS", "ENOSPC"],
    ),
    (&["mkdir", "mkdirat"], &["ENOSPC", "EACCES", "EROFS"]),
    (
        &["unlink", "unlinkat", "rmdir"],
        &["EIO", "EACCES", "EROFS"],
    ),
    (&["flock", "fchmod", "chmod"], &["EIO", "EACCES"]),
];

/// The number of trials in a sample.
const SAMPLE_SIZE: usize = 56;

/// A fault in one call of a command.
struct Trial {
    victim: usize,
    call: &'static str,
    /// `error=ENOSPC` or `signal=KILL`.
    fault: String,
    /// The ordinal of the call among those of its kind.
    ordinal: usize,
}

fn traced(root: &Path, log: &Path, victim: &Victim, options: &[String]) -> Output {
    let mut command = crate::school::command_of("strace".as_ref(), root);
    command.args(["-f", "-qq", "-o"]).arg(log).args(options);
    command
        .arg(crate::school::program())
        .args(crate::school::TODAY);
    command.args(&victim.arguments).output().unwrap()
}

/// How often a command makes each call.
fn counts(victim: &Victim, log: &Path) -> BTreeMap<&'static str, usize> {
    let folder = tempfile::tempdir().unwrap();
    (victim.set_up)(folder.path());
    let calls: Vec<&str> = CALLS
        .iter()
        .flat_map(|(calls, _)| *calls)
        .copied()
        .collect();
    let traced = traced(
        folder.path(),
        log,
        victim,
        &[format!("--trace=?{}", calls.join(",?"))],
    );
    assert!(traced.status.success(), "{}", said(&traced));
    let log = std::fs::read_to_string(log).unwrap();
    let count = |call: &'static str| {
        let count = log.lines().filter(|line| {
            let said = line
                .split_once(' ')
                .map_or(*line, |(_, said)| said.trim_start());
            said.starts_with(&format!("{call}("))
        });
        (call, count.count())
    };
    calls.into_iter().map(count).collect()
}

fn trials(victims: &[Victim], log: &Path) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (at, victim) in victims.iter().enumerate() {
        let counts = counts(victim, log);
        for (calls, faults) in CALLS {
            for call in *calls {
                let faults = faults.iter().map(|fault| format!("error={fault}"));
                for fault in faults.chain([String::from("signal=KILL")]) {
                    trials.extend((1..=counts[call]).map(|ordinal| Trial {
                        victim: at,
                        call,
                        fault: fault.clone(),
                        ordinal,
                    }));
                }
            }
        }
    }
    trials
}

/// The outcome of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ending {
    /// The program was not yet running, or did not reach the call.
    Elsewhere,
    Killed,
    /// It succeeded without the call.
    Done,
    /// It reported the failure.
    Refused,
}

fn run(victim: &Victim, trial: &Trial, log: &Path, messages: &mut BTreeSet<String>) -> Ending {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    (victim.set_up)(root);
    let before = files(root);
    let (call, fault, ordinal) = (trial.call, &trial.fault, trial.ordinal);
    let inject = format!("--inject={call}:{fault}:when={ordinal}");
    let output = traced(root, log, victim, &[format!("--trace={call}"), inject]);
    let trace = std::fs::read_to_string(log).unwrap();
    let context = format!(
        "{} {call} {fault} {ordinal}\n{}\n{trace}",
        victim.name,
        said(&output)
    );
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    let injected = trace.lines().find(|line| line.contains("(INJECTED)"));
    let is_killed = fault == "signal=KILL" && output.status.code().is_none_or(|code| code > 128);
    if error.contains("error while loading shared libraries") || (injected.is_none() && !is_killed)
    {
        return Ending::Elsewhere;
    }
    assert!(!error.contains("panicked"), "{context}");
    // The next command that writes recovers what was left.
    let next = cuncao(root, &["set", "c000002", "village=石桥", "--dry-run"]);
    assert!(next.status.success(), "{context}\n{}", said(&next));
    assert_eq!(hidden(root), Vec::<String>::new(), "{context}");
    let after = files(root);
    let is_old = after == before;
    assert!(
        is_old || (victim.is_complete)(&before, &after),
        "{context}\n{after:#?}"
    );
    if is_killed {
        return Ending::Killed;
    }
    // Without standard output or error there is nothing to check.
    let is_output_refused =
        injected.is_some_and(|line| line.contains("write(2,") || line.contains("write(1,"));
    match output.status.code() {
        Some(0) => {
            assert!(!is_old, "{context}");
            Ending::Done
        }
        Some(2) => {
            assert!(
                is_output_refused || error.matches("error: ").count() == 1,
                "{context}"
            );
            messages.insert(error.replace(root.to_str().unwrap(), "…"));
            Ending::Refused
        }
        // A file that could not be read after fixing was reported like any unreadable file.
        Some(1) if victim.name == "fix" => Ending::Refused,
        other => panic!("exit status {other:?}: {context}"),
    }
}

#[test]
fn refused_any_call_a_command_says_so_and_leaves_the_old_records_or_the_new_ones() {
    if !crate::school::has("strace") {
        return;
    }
    let others = tempfile::tempdir().unwrap();
    let log = others.path().join("log");
    let table = others.path().join("children.csv");
    let victims = [
        victim::add(),
        victim::set(),
        victim::import(&table, 3),
        victim::fix(),
    ];
    let mut trials = trials(&victims, &log);
    let all = trials.len();
    if std::env::var_os("CUNCAO_SYSCALLS").is_none() {
        let mut dice = Dice::new(20_251_112);
        while trials.len() > SAMPLE_SIZE {
            trials.swap_remove(dice.below(trials.len()));
        }
    }
    let mut ends = BTreeMap::new();
    let mut failed = 0;
    let mut messages = BTreeSet::new();
    for trial in &trials {
        let victim = &victims[trial.victim];
        // A failure is reported with its trial; the others are run all the same.
        match catch_unwind(AssertUnwindSafe(|| run(victim, trial, &log, &mut messages))) {
            Ok(end) => *ends.entry((victim.name, end)).or_insert(0) += 1,
            Err(_) => failed += 1,
        }
    }
    for message in messages {
        print!("{message}");
    }
    println!(
        "{} of {all} trials: {ends:?}, {failed} failed",
        trials.len()
    );
    assert_eq!(failed, 0);
}
