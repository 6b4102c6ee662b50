//! Rules on the source tree: layering, size of files, forbidden words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cuncao::model::identity::identity;
use cuncao::model::is_placeholder;

/// The layers, each with those that it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("model", &["text"]),
    ("diagnostic", &["text", "model"]),
    ("store", &["text", "model", "diagnostic"]),
    ("analysis", &["text", "model"]),
    ("document", &["text"]),
    ("report", &["text", "model", "analysis", "document"]),
    (
        "rules",
        &["text", "model", "diagnostic", "store", "analysis"],
    ),
    (
        "exchange",
        &["text", "model", "diagnostic", "store", "analysis"],
    ),
    (
        "cli",
        &[
            "text",
            "model",
            "diagnostic",
            "store",
            "analysis",
            "document",
            "report",
            "rules",
            "exchange",
        ],
    ),
];

/// The maximum number of lines in a source file.
const MAX_LINES: usize = 600;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text files below some folders, or some files, with their paths relative to the repository.
fn texts(places: &[&str]) -> Vec<(String, String)> {
    let walk = |place: &&str| walkdir::WalkDir::new(root().join(place)).sort_by_file_name();
    let files = places.iter().flat_map(walk).map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let paths: Vec<PathBuf> = files.map(walkdir::DirEntry::into_path).collect();
    let named = paths.iter().filter_map(|path| {
        // Skips binary files.
        let text = std::fs::read_to_string(path).ok()?;
        let path = path.strip_prefix(root()).unwrap().to_str().unwrap();
        Some((path.replace('\\', "/"), text))
    });
    named.collect()
}

fn sources() -> Vec<(String, String)> {
    let mut files = texts(&["src"]);
    files.retain(|(path, _)| path.ends_with(".rs"));
    assert!(files.len() > 100);
    files
}

/// The layer of a file of `src`; `None` for one outside of the layers.
fn part(path: &str) -> Option<&str> {
    let (part, _) = path.strip_prefix("src/")?.split_once('/')?;
    Some(part)
}

/// The occurrences of words: `path:line: word`.
fn found(files: &[(String, String)], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files {
        for (at, line) in text.lines().enumerate() {
            let here = words.iter().filter(|word| line.contains(*word));
            found.extend(here.map(|word| format!("{path}:{}: {word}", at + 1)));
        }
    }
    found
}

#[test]
fn each_part_uses_only_those_below_it() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let Some(part) = part(&path) else { continue };
        let layer = LAYERS.iter().find(|(name, _)| *name == part);
        let (_, below) = layer.unwrap_or_else(|| panic!("{path}: {part} is in no layer"));
        for (at, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap();
            for used in code.split("crate::").skip(1) {
                let name: String = used
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                let is_layer = LAYERS.iter().any(|(layer, _)| *layer == name);
                if used.starts_with('{')
                    || is_layer && name != part && !below.contains(&name.as_str())
                {
                    faults.push(format!("{path}:{}: crate::{name}", at + 1));
                }
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// The code of a file, without comments and tests.
fn code_of(text: &str) -> String {
    let (code, _) = text
        .split_once("#[cfg(test)]\nmod tests {")
        .unwrap_or((text, ""));
    let lines = code.lines().map(|line| line.split("//").next().unwrap());
    lines.map(|line| format!("{line}\n")).collect()
}

/// Expands the `use` declarations, `crate::analysis::{Basis, Scope}` to two paths; also returns the remaining code.
fn imports(code: &str) -> (Vec<String>, String) {
    let mut found = Vec::new();
    let mut rest = String::new();
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        let words = line.trim_start();
        let public = words.strip_prefix("pub").map(|words| {
            let (_, after) = words.split_once(' ').unwrap_or_default();
            // `pub(in crate::store) use` contains a space.
            after.split_once(") ").map_or(after, |(_, after)| after)
        });
        let Some(start) = public.unwrap_or(words).strip_prefix("use ") else {
            rest.push_str(line);
            rest.push('\n');
            continue;
        };
        let mut tree = start.to_owned();
        while !tree.contains(';') {
            tree.push_str(lines.next().unwrap());
        }
        let tree: String = tree.split_whitespace().collect();
        let tree = tree.split(';').next().unwrap();
        let mut heads: Vec<usize> = Vec::new();
        let mut path = String::new();
        for c in tree.chars() {
            match c {
                '{' => heads.push(path.len()),
                ',' | '}' => {
                    // A trailing comma names nothing.
                    if !path.ends_with("::") {
                        found.push(path.clone());
                    }
                    path.truncate(heads.last().copied().unwrap_or(0));
                    if c == '}' {
                        heads.pop();
                    }
                }
                c => path.push(c),
            }
        }
        if !tree.ends_with('}') {
            found.push(path);
        }
    }
    (found, rest)
}

/// The paths in code outside of `use` declarations. In a `mod.rs` a path may also begin with the name of a child
/// module.
fn inline_paths(file: &str, code: &str, files: &Imports) -> Vec<String> {
    let folder = file.strip_suffix("/mod");
    let is_module = |name: &str| {
        folder.is_some_and(|folder| {
            let path = format!("{folder}/{name}");
            files.contains_key(&path) || files.contains_key(&format!("{path}/mod"))
        })
    };
    // Visibility, as in `pub(in crate::store)`, is not a use.
    let mut parts = code.split("pub(in ");
    let first = parts.next().unwrap().to_owned();
    let code = parts.fold(first, |code, part| code + part.split_once(')').unwrap().1);
    let words = code.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
    // A path continued by a macro is incomplete.
    let paths = words.filter(|word| !word.starts_with(':') && !word.ends_with("::"));
    let paths = paths.filter_map(|word| {
        let word = word.trim_end_matches(':');
        let (first, _) = word.split_once("::")?;
        (matches!(first, "crate" | "super" | "self") || is_module(first)).then(|| word.to_owned())
    });
    paths.collect()
}

/// The imports of each file, both without `src/` and extension.
type Imports = BTreeMap<String, Vec<String>>;

/// The file that a path refers to from another file: that of its last module, resolving re-exports.
fn leads_to(from: &str, path: &str, files: &Imports) -> Option<String> {
    let module = from.strip_suffix("/mod").unwrap_or(from);
    let mut place: Vec<&str> = module.split('/').collect();
    let mut steps: Vec<&str> = path.split("::").collect();
    match steps[0] {
        "crate" => place.clear(),
        "self" => {}
        "super" => {
            place.pop();
        }
        _ => steps.insert(0, "self"),
    }
    steps.remove(0);
    while steps.first() == Some(&"super") {
        place.pop();
        steps.remove(0);
    }
    let file = |place: &[&str]| {
        let path = place.join("/");
        let module = format!("{path}/mod");
        [path, module]
            .into_iter()
            .find(|path| files.contains_key(path))
    };
    let mut last = file(&place);
    for step in steps {
        place.push(step);
        match file(&place) {
            Some(found) => last = Some(found),
            None => {
                // An item of that file, or one re-exported by a `mod.rs`.
                let Some(module) = last.clone().filter(|last| last.ends_with("/mod")) else {
                    break;
                };
                let named = |import: &&String| import.rsplit("::").next() == Some(step);
                let inner = files[&module].iter().filter(named);
                let inner = inner.filter(|import| **import != path);
                let found = inner
                    .filter_map(|import| leads_to(&module, import, files))
                    .next();
                last = found.or(last);
                break;
            }
        }
    }
    last.filter(|file| file != from)
}

/// No file of `src` imports itself, directly or indirectly: a type and the list of its users are in different files.
/// Tests may import everything.
#[test]
fn imports_run_in_no_circle() {
    let is_test = |path: &str| path.ends_with("tests.rs") || path.contains("/tests/");
    let name = |path: &str| path["src/".len()..path.len() - ".rs".len()].to_owned();
    let sources = sources().into_iter().filter(|(path, _)| !is_test(path));
    let read = sources.map(|(path, text)| (name(&path), imports(&code_of(&text))));
    let (mut declared, mut code) = (Imports::new(), BTreeMap::new());
    for (file, (imports, rest)) in read {
        declared.insert(file.clone(), imports);
        code.insert(file, rest);
    }
    let mut uses: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (file, imports) in &declared {
        let inline = inline_paths(file, &code[file], &declared);
        let paths = imports.iter().chain(&inline);
        let led = paths.filter_map(|path| leads_to(file, path, &declared));
        uses.insert(file, led.collect());
    }
    let count = uses.values().map(BTreeSet::len).sum::<usize>();
    assert!(count > 1000, "only {count} uses were found");
    // Removes files without imports or importers until only cycles remain.
    loop {
        let before = uses.len();
        let left: BTreeSet<String> = uses.keys().map(|file| (*file).to_owned()).collect();
        let used: BTreeSet<String> = uses.values().flatten().cloned().collect();
        uses.retain(|file, uses| !uses.is_disjoint(&left) && used.contains(*file));
        if uses.len() == before {
            uses.values_mut()
                .for_each(|uses| uses.retain(|file| left.contains(file)));
            break;
        }
    }
    assert_eq!(uses, BTreeMap::new());
}

#[test]
fn only_the_command_line_prints() {
    let mut files = sources();
    files.retain(|(path, _)| part(path).is_some_and(|part| part != "cli"));
    let words = [
        "print!(",
        "println!(",
        "dbg!(",
        "io::stdout",
        "io::stderr",
        "io::stdin",
    ];
    assert_eq!(found(&files, &words), Vec::<String>::new());
}

/// The name of the command to which a file belongs.
fn command_of(path: &str) -> Option<&str> {
    let path = path.strip_prefix("src/cli/commands/")?;
    path.split(['/', '.']).next().filter(|name| *name != "mod")
}

#[test]
fn commands_use_no_commands_and_what_they_share_uses_none() {
    let mut faults = Vec::new();
    let files = sources();
    let names: BTreeSet<&str> = files
        .iter()
        .filter_map(|(path, _)| command_of(path))
        .collect();
    for (path, text) in &files {
        let own = command_of(path);
        // In these files `super` is the folder of the commands.
        let is_above = path.ends_with("/mod.rs") || path.matches('/').count() == 3;
        if own.is_none() && !path.starts_with("src/cli/shared/") {
            continue;
        }
        for (at, line) in text.lines().enumerate() {
            let above = line.split("super::").skip(1).filter(|used| {
                let name = used
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next();
                names.contains(name.unwrap()) && is_above
            });
            for used in line.split("commands::").skip(1).chain(above) {
                let is_own = own.is_some_and(|own| used.starts_with(&format!("{own}::")));
                if !is_own {
                    faults.push(format!("{path}:{}: commands::{used}", at + 1));
                }
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn clock_environment_and_terminal_are_asked_in_one_place() {
    let mut files = sources();
    files.retain(|(path, _)| {
        path.starts_with("src/cli/") && path != "src/cli/shared/environment.rs"
    });
    let words = [
        "std::env::",
        "Local::now",
        "Utc::now",
        "SystemTime::now",
        "IsTerminal",
        "is_terminal()",
    ];
    assert_eq!(found(&files, &words), Vec::<String>::new());
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        if text.lines().count() > MAX_LINES {
            faults.push(format!("{path}: {} lines", text.lines().count()));
        }
        if !text.starts_with("//! ") {
            faults.push(format!("{path}: no words on what it is"));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn no_file_holds_what_belongs_elsewhere() {
    // Concatenated, so that this file does not contain them.
    let words = [
        concat!("/wo", "rk/"),
        concat!("/tm", "p/wt"),
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("un", "safe {"),
        concat!("un", "safe fn"),
        concat!("allow(un", "safe"),
    ];
    let files = texts(&[
        "src",
        "tests",
        "benches",
        "examples",
        "records-template",
        "README.md",
        "README.zh.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "build.rs",
        "Cargo.toml",
    ]);
    assert_eq!(found(&files, &words), Vec::<String>::new());
}

/// The stand-alone runs of digits, with a final X.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
    let words = text.split(move |c| !is_part(c));
    words.filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

/// Phone and identity numbers in examples belong to nobody: they have a wrong check digit or an unassigned region, or
/// are the example of the standard.
#[test]
fn numbers_in_examples_belong_to_nobody() {
    let mut faults = Vec::new();
    for (path, text) in texts(&[
        "src",
        "tests",
        "benches",
        "examples",
        "records-template",
        "README.md",
    ]) {
        for number in numbers(&text) {
            let is_phone = number.len() == 11
                && number.bytes().all(|b| b.is_ascii_digit())
                && number.starts_with('1')
                && !number[1..].starts_with(['0', '1', '2']);
            let is_invented = number.starts_with("000000") || number.starts_with("11010519491231");
            if is_phone && !number.starts_with("1390000") && !is_placeholder(number)
                || !is_invented && identity(number).is_ok()
            {
                faults.push(format!("{path}: {number}"));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn the_page_for_newcomers_names_the_compiler_of_the_manifest() {
    let text = |path| std::fs::read_to_string(root().join(path)).unwrap();
    let manifest: toml::Table = text("Cargo.toml").parse().unwrap();
    let version = manifest["package"]["rust-version"].as_str().unwrap();
    for page in ["README.md", "README.zh.md"] {
        assert!(text(page).contains(&format!("Rust {version}")), "{page}");
    }
}

/// `CONTRIBUTING.md` names files in backticks.
#[test]
fn the_page_for_contributors_names_files_that_exist_and_few_tenets() {
    let page = std::fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let named: Vec<&str> = page
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| {
            ["src/", "tests/", "examples/"]
                .iter()
                .any(|folder| word.starts_with(folder))
        })
        .collect();
    assert!(named.len() > 20, "{named:?}");
    let missing: Vec<&&str> = named
        .iter()
        .filter(|path| !root().join(path).exists())
        .collect();
    assert_eq!(missing, Vec::<&&str>::new());
    let (_, tenets) = page.split_once("## Tenets").unwrap();
    let tenets = tenets.split("\n## ").next().unwrap();
    assert!(tenets.lines().filter(|line| !line.is_empty()).count() <= 12);
}

/// What no list names is not in the program, and the compiler does not see it.
#[test]
fn no_file_is_left_out_of_the_program() {
    let text = |path: &str| std::fs::read_to_string(root().join(path)).unwrap_or_default();
    let is_declared = |folder: &str, name: &str| {
        let declaration = format!("mod {name};");
        let path = format!("/{name}.rs\"");
        ["/mod.rs", "/lib.rs", ".rs"].iter().any(|end| {
            let text = text(&format!("{folder}{end}"));
            let mut lines = text.lines();
            lines.any(|line| line.ends_with(&declaration) || line.contains(&path))
        })
    };
    let mut left_out = Vec::new();
    for (path, _) in sources() {
        let (folder, name) = path.strip_suffix(".rs").unwrap().rsplit_once('/').unwrap();
        let (folder, name) = match name {
            "lib" | "main" => continue,
            "mod" => folder.rsplit_once('/').unwrap(),
            name => (folder, name),
        };
        if !is_declared(folder, name) {
            left_out.push(path);
        }
    }
    let commands = text("src/cli/commands/mod.rs");
    for line in commands.lines() {
        let module = line
            .strip_prefix("mod ")
            .and_then(|line| line.strip_suffix(';'));
        left_out.extend(
            module
                .filter(|module| !commands.contains(&format!(" {module}::")))
                .map(str::to_owned),
        );
    }
    let reports: String = texts(&["src/report"])
        .into_iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(_, text)| text)
        .collect();
    for (path, _) in texts(&["src/report/templates"]) {
        let name = path.rsplit('/').next().unwrap();
        let report = name.split('.').next().unwrap();
        if !reports.contains(&format!("\"{report}\";")) && !reports.contains(name) {
            left_out.push(path);
        }
    }
    assert_eq!(left_out, Vec::<String>::new());
}

/// Each command is run by a test or a transcript.
#[test]
fn every_command_is_run_by_a_test() {
    let list = std::fs::read_to_string(root().join("src/cli/commands/mod.rs")).unwrap();
    let (_, list) = list.split_once("\ncommands! {").unwrap();
    let (list, _) = list.split_once("\n}").unwrap();
    let names: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    assert!(names.len() > 20, "{names:?}");
    let mut tests = texts(&["tests/suite", "tests/cmd"]);
    tests.retain(|(path, _)| !path.ends_with("tidy.rs"));
    let is_run = |name: &str| {
        let (argument, line) = (format!("\"{name}\""), format!("cuncao {name}"));
        tests
            .iter()
            .any(|(_, text)| text.contains(&argument) || text.contains(&line))
    };
    let idle: Vec<&str> = names.into_iter().filter(|name| !is_run(name)).collect();
    assert_eq!(idle, Vec::<&str>::new());
}
