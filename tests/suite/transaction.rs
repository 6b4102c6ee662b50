//! A multi-file change, killed at random times.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cuncao::store::Store;
use cuncao::store::transaction::FileChange;

/// Set in the process to be killed: the directory it changes.
const VICTIM: &str = "CUNCAO_TEST_VICTIM";

/// How often the process is killed; `CUNCAO_TEST_KILLS` sets another number.
const KILLS: usize = 40;

const FILES: usize = 60;

fn path(at: usize) -> String {
    format!("children/c{at:06}.toml")
}

/// A third of the files is created, a third replaced, a third removed.
fn changes() -> Vec<FileChange> {
    let text = |word: &str| word.repeat(200);
    (0..FILES)
        .map(|at| match at % 3 {
            0 => FileChange::Create {
                path: path(at),
                text: text("new "),
            },
            1 => FileChange::Replace {
                path: path(at),
                old: text("old "),
                new: text("new "),
            },
            _ => FileChange::Remove {
                path: path(at),
                old: text("old "),
            },
        })
        .collect()
}

fn before() -> BTreeMap<String, String> {
    let there = (0..FILES).filter(|at| at % 3 != 0);
    there.map(|at| (path(at), "old ".repeat(200))).collect()
}

fn after() -> BTreeMap<String, String> {
    let there = (0..FILES).filter(|at| at % 3 != 2);
    there.map(|at| (path(at), "new ".repeat(200))).collect()
}

fn files(root: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = crate::support::below(root, entry.path());
            (path, std::fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

/// Not a test itself, but the process to be killed.
#[test]
fn victim() {
    let Some(root) = std::env::var_os(VICTIM) else {
        return;
    };
    let _ = Store::at(root).commit(&changes(), &mut |_| {});
}

#[test]
fn killed_at_random_instants_a_change_is_whole_or_not_there() {
    let kills = std::env::var("CUNCAO_TEST_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(KILLS);
    let (mut finished, mut undone, mut whole) = (0, 0, 0);
    let mut span = Duration::from_millis(30);
    for kill in 0..kills {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::at(dir.path());
        for (path, text) in before() {
            let absolute = dir.path().join(path);
            std::fs::create_dir_all(absolute.parent().unwrap()).unwrap();
            std::fs::write(absolute, text).unwrap();
        }
        let start = Instant::now();
        let mut victim = Command::new(std::env::current_exe().unwrap())
            .args(["victim", "--exact"])
            .env(VICTIM, dir.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // The times are spread evenly over the run, by the golden ratio.
        let wait = span.mul_f64((kill as f64 * 0.618_033_988).fract());
        std::thread::sleep(wait);
        let _ = victim.kill();
        if victim.wait().unwrap().success() {
            span = span.min(start.elapsed());
        }
        let left_behind = store.has_unfinished();
        let recovered = store.recover().unwrap();
        let now = files(dir.path());
        assert!(
            now == before() || now == after(),
            "kill {kill} after {wait:?}: {recovered:?}"
        );
        match (left_behind, now == after()) {
            (true, true) => finished += 1,
            (true, false) => undone += 1,
            _ => whole += 1,
        }
    }
    println!("{kills} kills: {finished} finished, {undone} undone, {whole} had nothing to recover");
}
