//! The example school's figures, as counted apart from the tool when the school was invented.

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

fn assert_figures(term: &str, expected: &[(&str, f64)]) {
    let figures = figures(term);
    for (id, value) in expected {
        let figure = figures.iter().find(|figure| figure["id"] == *id);
        let found = figure.and_then(|figure| figure["value"].as_f64());
        assert_eq!(found, Some(*value), "{id} of {term}");
    }
}

#[test]
fn the_second_term_has_the_published_proportions() {
    assert_figures(
        "2025-2026-2",
        &[
            ("students", 574.0),
            ("children", 113.0),
            ("children.guardianship.grandparents", 36.0),
            ("children.guardianship.one-parent", 68.0),
            ("children.guardianship.kin-or-friends", 5.0),
            ("children.guardianship.single-parent", 4.0),
            ("visits", 581.0),
            ("activities", 65.0),
            ("aid.money", 6140.0),
            ("assessments", 208.0),
            ("incidents", 3.0),
            ("incidents.on-time", 2.0),
        ],
    );
}

#[test]
fn children_who_came_and_left_count_only_while_they_are_there() {
    assert_figures(
        "2025-2026-1",
        &[
            ("students", 576.0),
            ("children", 113.0),
            ("children.guardianship.grandparents", 33.0),
            ("children.guardianship.one-parent", 70.0),
            ("visits", 648.0),
            ("activities", 66.0),
            ("aid.money", 7760.0),
            ("assessments", 188.0),
        ],
    );
}

#[test]
fn the_records_are_without_error_and_warn_only_as_meant() {
    let school = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/school");
    let output = Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .args(["-C", school, "--today", "2026-07-10", "--lang", "en"])
        .arg("validate")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("0 errors, 14 warnings"), "{said}");
}
