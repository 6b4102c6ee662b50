//! Commands killed at random moments: afterwards the records are either unchanged or completely changed.
//!
//! `CUNCAO_KILLS` sets the number of kills, `CUNCAO_SEED` the moments, `CUNCAO_BIN` another program.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::school::victim::{self, Victim};
use crate::school::{Dice, cuncao, files, hidden, said};

/// The total number of kills.
const KILLS: usize = 40;

/// The number of imported rows.
const ROWS: usize = 30;

fn start(root: &Path, victim: &Victim) -> std::process::Child {
    crate::school::command(root)
        .args(crate::school::TODAY)
        .args(&victim.arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_killed_command_leaves_the_old_records_or_the_new_ones() {
    let mut dice = Dice::new(20_251_112);
    let others = tempfile::tempdir().unwrap();
    let table = others.path().join("children.csv");
    let victims = [
        victim::add(),
        victim::set(),
        victim::import(&table, ROWS),
        victim::fix(),
    ];
    let kills = crate::school::number("CUNCAO_KILLS", KILLS).div_ceil(victims.len());
    for victim in &victims {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        (victim.set_up)(root);
        let before = files(root);
        // The duration without a kill.
        let begun = Instant::now();
        assert!(start(root, victim).wait().unwrap().success());
        let takes = begun.elapsed();
        assert!(
            (victim.is_complete)(&before, &files(root)),
            "{}",
            victim.name
        );
        let (mut old, mut new, mut killed, mut left) = (0, 0, 0, 0);
        for kill in 0..kills {
            for path in files(root)
                .keys()
                .filter(|path| !before.contains_key(*path))
            {
                std::fs::remove_file(root.join(path)).unwrap();
            }
            (victim.set_up)(root);
            let wait = takes.mul_f64(dice.below(11_000) as f64 / 10_000.0);
            let mut process = start(root, victim);
            std::thread::sleep(wait);
            let _ = process.kill();
            killed += usize::from(!process.wait().unwrap().success());
            left += usize::from(!hidden(root).is_empty());
            // The next command that writes cleans up, and every other command ignores what was left.
            let next = cuncao(root, &["set", "c000002", "village=石桥", "--dry-run"]);
            assert!(next.status.success(), "{}", said(&next));
            assert_eq!(hidden(root), Vec::<String>::new(), "{} {kill}", victim.name);
            let after = files(root);
            let is_new = after != before;
            assert!(
                !is_new || (victim.is_complete)(&before, &after),
                "{} {kill}, killed after {wait:?}: {after:#?}",
                victim.name
            );
            old += usize::from(!is_new);
            new += usize::from(is_new);
            if kill % 7 == 0 {
                let checked = cuncao(root, &["validate"]);
                assert!(checked.status.success(), "{}", said(&checked));
            }
        }
        println!(
            "{}: {kills} runs of {takes:?}, {killed} killed, {left} left something behind, {old} old, {new} new, 0 torn",
            victim.name
        );
        assert!(takes < Duration::from_secs(60));
    }
}
