//! The schemas in the hands of a real TOML language tool: taplo, where it is installed.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::path::Path;
use std::process::{Command, Output};

use cuncao::model::schema;
use cuncao::store::template;

/// The tool: `taplo`, or what `TAPLO` says, which may be the script of the npm package.
fn taplo() -> Option<Vec<String>> {
    let words = match std::env::var("TAPLO") {
        Ok(path) if path.ends_with(".js") => vec!["node".to_owned(), path],
        Ok(path) => vec![path],
        Err(_) => vec!["taplo".to_owned()],
    };
    let (program, first) = words.split_first()?;
    let version = Command::new(program).args(first).arg("--version").output();
    match version {
        Ok(output) if output.status.success() => Some(words),
        _ => {
            eprintln!(
                "skipped: taplo is not installed (npm install @taplo/cli; TAPLO=…/dist/cli.js)"
            );
            None
        }
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Where the sample of a kind would lie as a record.
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
    for (path, text) in template::FILES {
        write(root, path, text);
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

fn lint(taplo: &[String], root: &Path) -> Output {
    let files = walkdir::WalkDir::new(root).sort_by_file_name();
    let files = files.into_iter().map(Result::unwrap);
    let files = files.map(|entry| entry.path().strip_prefix(root).unwrap().to_owned());
    let files = files.filter(|path| {
        path.extension().is_some_and(|ending| ending == "toml")
            && !path.starts_with("samples")
            && !path.starts_with(".taplo.toml")
    });
    Command::new(&taplo[0])
        .args(&taplo[1..])
        .arg("lint")
        .args(files)
        .current_dir(root)
        .env("RUST_LOG", "error")
        .output()
        .unwrap()
}

#[test]
fn the_tool_finds_nothing_in_sound_files_and_the_faults_in_broken_ones() {
    let Some(taplo) = taplo() else { return };
    let folder = directory();
    let sound = lint(&taplo, folder.path());
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
        let output = lint(&taplo, folder.path());
        assert!(!output.status.success(), "{kind} {to}: {output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        let name = path.rsplit('/').next().unwrap();
        assert!(said.contains(name), "{kind} {to}: {said}");
    }
}
