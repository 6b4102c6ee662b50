//! The reason for each dependency is documented.

use std::path::Path;

#[test]
fn the_purpose_of_each_dependency_is_documented() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let page = read("CONTRIBUTING.md");
    let (_, list) = page.split_once("## Dependencies").unwrap();
    let list = list.split("\n## ").next().unwrap();
    let unix = &manifest["target"]["cfg(unix)"]["dependencies"];
    let tables = [&manifest["dependencies"], unix];
    let names = tables
        .iter()
        .flat_map(|table| table.as_table().unwrap().keys());
    let missing: Vec<&String> = names
        .filter(|name| !list.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Returns the files included by a source file, relative to the repository.
fn included(source: &Path, text: &str) -> Vec<String> {
    let folder = source.parent().unwrap();
    let calls = [
        "include_str!(\"",
        "include_bytes!(\"",
        "include_str!(concat!(\"",
    ];
    let found = calls.iter().flat_map(|call| text.split(call).skip(1));
    let paths = found.filter_map(|rest| rest.split('"').next());
    paths
        .map(|path| {
            let mut parts: Vec<&str> = folder.iter().filter_map(|part| part.to_str()).collect();
            for part in path.split('/') {
                if part == ".." {
                    parts.pop();
                } else {
                    parts.push(part);
                }
            }
            parts.join("/")
        })
        .collect()
}

#[test]
fn the_package_contains_every_included_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let packed = manifest["package"]["include"].as_array().unwrap();
    let packed: Vec<&str> = packed.iter().filter_map(|path| path.as_str()).collect();
    let is_packed = |path: &str| {
        packed.iter().any(|pattern| {
            let pattern = pattern.trim_start_matches('/');
            pattern == path
                || pattern
                    .strip_suffix("**")
                    .is_some_and(|folder| path.starts_with(folder))
        })
    };
    let sources = walkdir::WalkDir::new(root.join("src"))
        .into_iter()
        .flatten();
    let mut seen = 0;
    for source in sources.filter(|entry| entry.path().extension().is_some_and(|end| end == "rs")) {
        // The package does not contain tests.
        if source.file_name() == "tests.rs" {
            continue;
        }
        let text = std::fs::read_to_string(source.path()).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let path = source.path().strip_prefix(root).unwrap();
        for file in included(path, text) {
            seen += 1;
            assert!(
                is_packed(&file),
                "{}: {file} is not in the package",
                path.display()
            );
        }
    }
    assert!(seen > 20, "{seen}");
    assert!(!is_packed("examples/school/cuncao.toml"));
}
