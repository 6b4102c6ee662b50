//! The schemas in real TOML language servers: taplo and tombi, if installed.

use std::path::Path;
use std::process::{Command, Output};

use cuncao::model::schema;
use cuncao::store::template;

/// The command lines of the installed linters: taplo (`TAPLO` may name the script of the npm package) and tombi
/// (`TOMBI`).
fn linters() -> Vec<Vec<String>> {
    let known = [
        (
            "TAPLO",
            "taplo",
            "npm install @taplo/cli; TAPLO=…/dist/cli.js",
            &["lint"][..],
        ),
        (
            "TOMBI",
            "tombi",
            "pip install tombi",
            &["lint", "--offline"][..],
        ),
    ];
    let mut linters = Vec::new();
    for (variable, name, hint, arguments) in known {
        let mut words = match std::env::var(variable) {
            Ok(path) if path.ends_with(".js") => vec!["node".to_owned(), path],
            Ok(path) => vec![path],
            Err(_) => vec![name.to_owned()],
        };
        let version = Command::new(&words[0])
            .args(&words[1..])
            .arg("--version")
            .output();
        if version.is_ok_and(|output| output.status.success()) {
            words.extend(arguments.iter().map(|word| (*word).to_owned()));
            linters.push(words);
        } else {
            eprintln!("skipped: {name} is not installed ({hint})");
        }
    }
    linters
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// The path of a kind's sample as a record.
fn place(kind: &str) -> String {
    let kind = cuncao::model::Kind::of_name(kind).unwrap();
    let name = cuncao::store::layout::name_pattern(kind);
    let id = name.trim_end_matches(".toml");
    let id = cuncao::model::Id::parse(kind, id).unwrap();
    cuncao::store::path_of(id)
}

/// A records directory from the template, with a record of each kind.
fn directory() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for (path, text) in template::files() {
        write(root, &path, text);
        let sample = path.strip_prefix("samples/");
        if let Some(kind) = sample.and_then(|name| name.strip_suffix(".toml")) {
            write(root, &place(kind), text);
        }
    }
    for name in schema::names() {
        let schema = schema::of_name(name).unwrap();
        write(root, &format!("schemas/{name}.json"), &schema.to_string());
    }
    folder
}

fn lint(linter: &[String], root: &Path) -> Output {
    let files = walkdir::WalkDir::new(root).sort_by_file_name();
    let files = files.into_iter().map(Result::unwrap);
    let files = files.map(|entry| entry.path().strip_prefix(root).unwrap().to_owned());
    let files = files.filter(|path| {
        path.extension().is_some_and(|ending| ending == "toml")
            && !path.starts_with("samples")
            && !path.starts_with(".taplo.toml")
            && !path.starts_with("tombi.toml")
    });
    Command::new(&linter[0])
        .args(&linter[1..])
        .args(files)
        .current_dir(root)
        .env("RUST_LOG", "error")
        .output()
        .unwrap()
}

/// The output of a linter: some print to standard output, some to standard error.
fn said(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
fn linters_find_nothing_in_sound_files_and_the_faults_in_broken_ones() {
    linters().iter().for_each(|linter| check_samples(linter));
}

fn check_samples(linter: &[String]) {
    let folder = directory();
    let sound = lint(linter, folder.path());
    assert!(sound.status.success(), "{sound:?}");
    for (kind, from, to) in [
        ("visit", "mode = ", "mood = "),
        ("visit", "mode = \"home\"", "mode = \"hom\""),
        ("visit", "date = ", "date = 7 # "),
        ("child", "gender = ", "gendre = "),
        ("child", "birth_date = ", "birth_date = true # "),
        ("term", "name = ", "# "),
        ("fund", "amount = \"", "amount = \"¥"),
        ("award", "child = \"c", "child = \"x"),
    ] {
        let folder = directory();
        let path = place(kind);
        let text = std::fs::read_to_string(folder.path().join(&path)).unwrap();
        let broken = text.replacen(from, to, 1);
        assert_ne!(broken, text, "{kind} {from}");
        write(folder.path(), &path, &broken);
        let output = lint(linter, folder.path());
        assert!(!output.status.success(), "{kind} {to}: {output:?}");
        let printed = said(&output);
        let name = path.rsplit('/').next().unwrap();
        assert!(printed.contains(name), "{kind} {to}: {printed}");
    }
}

/// The example school with the schemas and the editor settings.
fn example_school() -> tempfile::TempDir {
    let folder = directory();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/school");
    for kind in cuncao::model::Kind::ALL {
        let _ = std::fs::remove_dir_all(folder.path().join(kind.folder()));
    }
    for entry in walkdir::WalkDir::new(&from).into_iter().map(Result::unwrap) {
        let path = entry.path().strip_prefix(&from).unwrap();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            write(folder.path(), path.to_str().unwrap(), &text);
        }
    }
    folder
}

#[test]
fn linters_find_nothing_in_the_example_school_and_each_fault_that_is_put_into_it() {
    linters()
        .iter()
        .for_each(|linter| check_example_school(linter));
}

fn check_example_school(linter: &[String]) {
    let folder = example_school();
    let root = folder.path();
    let sound = lint(linter, root);
    assert!(sound.status.success(), "{sound:?}");
    // One error in the first file of a kind that contains the text; only these files are kept.
    let faults = [
        ("children", "gender = \"", "gender = \"x"),
        ("helpers", "role = ", "rule = "),
        ("terms", "start = ", "start = \"\" # "),
        ("pairings", "helper = \"h", "helper = \"c"),
        ("visits", "children = [", "children = \"\" # ["),
        ("activities", "theme = \"", "theme = \"no-"),
        ("aid", "source = ", "# "),
        ("assessments", "date = ", "date = 1 # "),
        ("incidents", "discovered = ", "discovered = 2025-01-01 # "),
        ("awards", "title = ", "titel = "),
        ("loans", "item = ", "item = 3 # "),
        ("funds", "amount = \"", "amount = \"-"),
        ("documents", "kind = \"", "kind = \"un"),
    ];
    let mut broken = Vec::new();
    for (kind, from, to) in faults {
        let files = walkdir::WalkDir::new(root.join(kind)).sort_by_file_name();
        let mut files = files.into_iter().map(Result::unwrap);
        let (path, text) = files
            .find_map(|entry| {
                let text = std::fs::read_to_string(entry.path()).ok()?;
                text.contains(from).then(|| (entry.path().to_owned(), text))
            })
            .unwrap_or_else(|| panic!("{kind} {from}"));
        let name = path
            .strip_prefix(root)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        std::fs::remove_dir_all(root.join(kind)).unwrap();
        write(root, &name, &text.replacen(from, to, 1));
        broken.push(name);
    }
    let output = lint(linter, root);
    let printed = said(&output);
    assert!(!output.status.success(), "{printed}");
    for name in &broken {
        let name = name.rsplit('/').next().unwrap();
        assert!(printed.contains(name), "{name}: {printed}");
    }
}
