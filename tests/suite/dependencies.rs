//! Each dependency is argued for where readers look for it.

use std::path::Path;

#[test]
fn contributors_are_told_what_each_dependency_is_for() {
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
