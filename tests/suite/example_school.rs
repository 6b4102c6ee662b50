//! The figures of the example school, as counted independently when it was invented.

use std::process::Command;

use serde_json::Value;

fn figures(term: &str) -> Vec<Value> {
    let school = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/school");
    let output = Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .args(["-C", school, "--today", "2026-07-10", "stats"])
        .args(["--term", term, "--format", "json"])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    all["figures"].as_array().unwrap().clone()
}

fn assert_figures(term: &str, expected: &[(&str, &str)]) {
    let figures = figures(term);
    for (id, value) in expected {
        let figure = figures.iter().find(|figure| figure["id"] == *id);
        let found = figure.map(|figure| figure["value"].to_string());
        let found = found.map(|found| found.trim_matches('"').to_owned());
        assert_eq!(found.as_deref(), Some(*value), "{id} of {term}");
    }
}

#[test]
fn the_second_term_has_the_published_proportions() {
    assert_figures(
        "2025-2026-2",
        &[
            ("students", "574"),
            ("children", "113"),
            ("children.guardianship.grandparents", "36"),
            ("children.guardianship.one-parent", "68"),
            ("children.guardianship.kin-or-friends", "5"),
            ("children.guardianship.single-parent", "4"),
            ("visits", "579"),
            ("activities", "65"),
            ("aid.money", "6140.00"),
            ("assessments", "208"),
            ("incidents", "3"),
            ("incidents.on-time", "2"),
        ],
    );
}

#[test]
fn children_count_only_while_enrolled() {
    assert_figures(
        "2025-2026-1",
        &[
            ("students", "576"),
            ("children", "113"),
            ("children.guardianship.grandparents", "33"),
            ("children.guardianship.one-parent", "70"),
            ("visits", "646"),
            ("activities", "66"),
            ("aid.money", "7760.00"),
            ("assessments", "188"),
        ],
    );
}

#[test]
fn the_records_are_valid_with_only_intended_warnings() {
    let school = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/school");
    let output = Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .args(["-C", school, "--today", "2026-07-10", "--lang", "en"])
        .arg("validate")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("0 errors, 47 warnings"), "{said}");
}
