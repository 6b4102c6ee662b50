//! The release archives contain all files that their pages refer to.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{below, files, has, write};

/// Packs an archive with the generated pages, and unpacks it.
fn packed(work: &Path, program: &str, archive: &str, unpack: &[&str]) -> PathBuf {
    write(work, program, "the program");
    write(work, "LICENSES.txt", "the licences");
    let output = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/pack"))
        .arg(env!("CARGO_BIN_EXE_cuncao"))
        .args([program, "LICENSES.txt", archive])
        .current_dir(work)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", crate::support::err(&output));
    let unpacked = Command::new(unpack[0])
        .args(&unpack[1..])
        .arg(archive)
        .current_dir(work)
        .output()
        .unwrap();
    assert!(unpacked.status.success());
    work.join("cuncao-0")
}

/// Returns the paths of all files in a folder.
fn paths(folder: &Path) -> BTreeSet<String> {
    let paths = files(folder).into_keys();
    paths.map(|path| below(folder, &path)).collect()
}

/// Returns the files that the pages of a folder link to but that do not exist.
fn broken_links(folder: &Path) -> Vec<String> {
    let mut broken = Vec::new();
    for (page, bytes) in files(folder) {
        if page.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        for link in text.split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap_or_default();
            let beside = page.parent().unwrap().join(target);
            if !target.contains("://") && !beside.exists() {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    broken
}

#[test]
fn an_archive_contains_the_program_and_all_files_that_its_pages_refer_to() {
    if !["git", "tar", "zip", "unzip"].iter().all(|name| has(name)) {
        return;
    }
    let work = tempfile::tempdir().unwrap();
    let linux = packed(work.path(), "cuncao", "cuncao-0.tar.gz", &["tar", "-xzf"]);
    let held = paths(&linux);
    let top: BTreeSet<&str> = held
        .iter()
        .filter_map(|path| path.split('/').next())
        .collect();
    let expected = [
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "LICENSES.txt",
        "README.md",
        "README.zh.md",
        "completions",
        "cuncao",
        "examples",
        "man",
    ];
    assert_eq!(top.into_iter().collect::<Vec<_>>(), expected);
    let completions: Vec<&str> = held
        .iter()
        .filter_map(|path| path.strip_prefix("completions/cuncao."))
        .collect();
    assert_eq!(completions, ["bash", "elvish", "fish", "powershell", "zsh"]);
    let manual: Vec<&str> = held
        .iter()
        .filter_map(|path| path.strip_prefix("man/"))
        .collect();
    for page in [
        "cuncao",
        "cuncao-report",
        "cuncao-merge",
        "cuncao-add-visit",
    ] {
        for folder in ["man1", "zh_CN/man1"] {
            assert!(manual.contains(&&*format!("{folder}/{page}.1")), "{page}");
        }
    }
    let others = manual.iter().filter(|path| !path.contains("man1/cuncao"));
    assert_eq!(others.collect::<Vec<_>>(), Vec::<&&str>::new());
    let school = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/school");
    assert_eq!(paths(&linux.join("examples/school")), paths(&school));
    assert_eq!(broken_links(&linux), Vec::<String>::new());
    assert_eq!(
        std::fs::read_to_string(linux.join("LICENSES.txt")).unwrap(),
        "the licences"
    );

    std::fs::remove_dir_all(&linux).unwrap();
    let windows = packed(work.path(), "cuncao.exe", "cuncao-0.zip", &["unzip", "-q"]);
    let same: BTreeSet<String> = paths(&windows)
        .into_iter()
        .map(|path| path.replace("cuncao.exe", "cuncao"))
        .collect();
    assert_eq!(same, held);
}
