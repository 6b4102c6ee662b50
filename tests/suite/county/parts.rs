//! The part of a single school: atomic, and of a common schema for readers without the SQL page.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::{County, KEYS, python_with};
use crate::support::{copy, err, files, out};

/// Returns the files of a school in a dataset, by path.
fn part(lake: &Path, key: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = format!("school={key}");
    let all = files(lake).into_iter();
    all.filter(|(path, _)| {
        path.components()
            .any(|name| name.as_os_str() == folder.as_str())
    })
    .map(|(path, bytes)| (path.strip_prefix(lake).unwrap().to_owned(), bytes))
    .collect()
}

#[test]
fn a_killed_export_leaves_the_old_part_or_the_new_one() {
    let county = County::new(11);
    let (root, key) = &county.roots[0];
    let exported = |root: &Path| {
        let output = county.export(root, &[]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        part(&county.lake(), key)
    };
    let less = county.dir.path().join("less");
    copy(root, &less);
    std::fs::remove_dir_all(less.join("visits")).unwrap();
    let began = std::time::Instant::now();
    let parts = [exported(root), exported(&less)];
    let took = began.elapsed() / 2;
    assert_ne!(parts[0], parts[1]);
    let lake = county.lake();
    let file = county.dir.path().join("county.key");
    for step in 1..=12_u32 {
        let from = if step.is_multiple_of(2) { root } else { &less };
        let words = [
            "export",
            "--partition",
            "-o",
            lake.to_str().unwrap(),
            "--key-file",
            file.to_str().unwrap(),
        ];
        let mut command = crate::support::program(from, &words);
        command.env("CUNCAO_TODAY", super::TODAY);
        let mut running = command.spawn().unwrap();
        std::thread::sleep(Duration::max(took, Duration::from_millis(20)) * step / 11);
        let _ = running.kill();
        running.wait().unwrap();
        // The next export, here of another school, finishes what was interrupted.
        let output = county.export(&county.roots[2].0, &[]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let now = part(&lake, key);
        assert!(
            parts.contains(&now),
            "step {step}: neither the old nor the new part"
        );
        let hidden = std::fs::read_dir(&lake).unwrap().flatten();
        let left =
            hidden.filter(|entry| entry.file_name().to_string_lossy().starts_with(".cuncao-"));
        assert_eq!(left.count(), 1, "the lock alone");
    }
}

/// Returns the output of a script about a dataset: one line for each table.
fn told(python: &str, script: &[&str], lake: &Path) -> Vec<String> {
    let output = Command::new(python)
        .args(script)
        .arg(lake)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", err(&output));
    out(&output).lines().map(str::to_owned).collect()
}

/// Returns the dataset of all schools, and that of the nearly empty school.
fn lakes(seed: u64) -> (County, PathBuf) {
    let county = County::new(seed);
    county.exported();
    let alone = county.dir.path().join("alone");
    for (path, bytes) in part(&county.lake(), KEYS[2]) {
        let path = alone.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    std::fs::copy(county.lake().join("schema.json"), alone.join("schema.json")).unwrap();
    (county, alone)
}

#[test]
fn frames_have_the_types_of_the_schema_whatever_a_school_uses() {
    let Some(python) = python_with("pyarrow") else {
        return;
    };
    let (county, alone) = lakes(12);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/county/frames.py");
    let columns = |lake: &Path| -> Vec<(String, String)> {
        let lines = told(&python, &["-B", script], lake);
        let cells = lines
            .iter()
            .map(|line| line.split('\t').collect::<Vec<_>>());
        cells
            .map(|cells| (cells[0].to_owned(), cells[2].to_owned()))
            .collect()
    };
    let all = columns(&county.lake());
    assert_eq!(columns(&alone), all);
    let visits = all.iter().find(|(table, _)| table == "visits").unwrap();
    assert!(visits.1.contains("date: date32[day]"), "{}", visits.1);
    // No line is missing.
    let lines = told(&python, &["-B", script], &county.lake());
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let expected: usize = KEYS
            .iter()
            .map(|key| county.lines(cells[0], key).len())
            .sum();
        assert_eq!(cells[1], expected.to_string(), "{}", cells[0]);
    }
}

#[test]
fn duckdb_reads_plain_lines_and_a_single_school() {
    let Some(python) = python_with("duckdb") else {
        return;
    };
    let (county, alone) = lakes(13);
    let script = "import duckdb, sys\n\
        read = f\"read_json('{sys.argv[1]}/**/*.ndjson', hive_partitioning = true)\"\n\
        for row in duckdb.sql(f'SELECT record, count(*), count(DISTINCT school), min(year) FROM {read} GROUP BY record').fetchall():\n\
        \u{20}   print(*row, sep='\\t')";
    for (lake, schools) in [(county.lake(), &KEYS[..]), (alone.clone(), &KEYS[2..])] {
        for line in told(&python, &["-c", script], &lake) {
            let cells: Vec<&str> = line.split('\t').collect();
            let expected: usize = schools
                .iter()
                .map(|key| county.lines(cells[0], key).len())
                .sum();
            assert_eq!(cells[1], expected.to_string(), "{line}");
        }
    }
    let counted = |lake: &Path| -> Vec<Vec<Option<String>>> {
        let rows = county.counted_in("duckdb", &python, lake).into_iter();
        rows.filter(|row| ["figure", "group"].contains(&row[0].as_deref().unwrap()))
            .filter(|row| row[1].as_deref() == Some(KEYS[2]))
            .collect()
    };
    let mut all = counted(&county.lake());
    let mut one = counted(&alone);
    all.sort();
    one.sort();
    assert!(one.len() > 300, "{}", one.len());
    assert_eq!(one, all);
}
