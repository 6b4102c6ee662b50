//! Summaries for six kinds of author: a small directory with the facts of each, and the expected summary.
//! `CUNCAO_OVERWRITE=1` rewrites the summaries, which must then be reviewed.

use std::path::PathBuf;

use crate::support::{cuncao, err, out};

/// An author: the name of its directory, the date, the report, and words that the summary leaves out.
const AUTHORS: &[(&str, &str, &[&str], &[&str])] = &[
    ("school", "2026-01-23", &["term"], &["我班"]),
    (
        "class",
        "2026-01-23",
        &["class", "--class", "2020-1"],
        &["全校", "我校"],
    ),
    (
        "volunteers",
        "2025-10-19",
        &["trip"],
        &["我校", "林晓燕", "何家乐"],
    ),
    (
        "centre",
        "2025-08-22",
        &["term", "--term", "2024-2025-s"],
        &["本学期", "这个暑假"],
    ),
    (
        "community",
        "2026-02-28",
        &["term"],
        &["我校", "班级", "学校", "学期", "教职工"],
    ),
    (
        "yearly",
        "2025-12-31",
        &["year", "--year", "2025"],
        &["本学期", "下一步打算"],
    ),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/authors")
}

#[test]
fn the_summary_of_each_author_is_unchanged() {
    for (name, day, report, never) in AUTHORS {
        for lang in ["zh", "en"] {
            let arguments = [&["--lang", lang, "--today", day, "report"], *report].concat();
            let output = cuncao(&folder().join(name), &arguments);
            assert!(output.status.success(), "{name}: {}", err(&output));
            let written = out(&output);
            let file = if lang == "zh" {
                format!("{name}.md")
            } else {
                format!("{name}.en.md")
            };
            let path = folder().join(&file);
            if std::env::var_os("CUNCAO_OVERWRITE").is_some() {
                std::fs::write(&path, &written).unwrap();
            }
            let kept = std::fs::read_to_string(&path).unwrap();
            assert!(kept == written, "{file} is not what the tool writes");
            for word in never.iter().filter(|_| lang == "zh") {
                assert!(!written.contains(word), "{name} says {word}");
            }
        }
    }
}

#[test]
fn the_records_of_each_author_are_valid() {
    for (name, day, ..) in AUTHORS {
        let output = cuncao(&folder().join(name), &["--today", day, "validate"]);
        assert!(output.status.success(), "{name}: {}", out(&output));
    }
}
