//! The house in order: which part may use which, how long a file may be, what no file may hold.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cuncao::model::identity::identity;
use cuncao::model::is_placeholder;

/// The parts of the program, each with those that it may use.
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

/// The most lines of a file of source.
const MOST_LINES: usize = 600;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below some folders or files of the repository, by their paths in it with `/`, and their texts.
fn texts(places: &[&str]) -> Vec<(String, String)> {
    let walk = |place: &&str| walkdir::WalkDir::new(root().join(place)).sort_by_file_name();
    let files = places.iter().flat_map(walk).map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let paths: Vec<PathBuf> = files.map(walkdir::DirEntry::into_path).collect();
    let named = paths.iter().filter_map(|path| {
        // What is no text is no writing of ours.
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

/// The part of the program to which a file of `src` belongs; none for what stands beside the parts.
fn part(path: &str) -> Option<&str> {
    let (part, _) = path.strip_prefix("src/")?.split_once('/')?;
    Some(part)
}

/// Where each of some words stands: `path:line: word`.
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

/// What `use` declarations of a file name, each as a path: `crate::analysis::{Basis, Scope}` as two.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for declaration in text.split("use ").skip(1) {
        let Some((tree, _)) = declaration.split_once(';') else {
            continue;
        };
        let tree: String = tree.split_whitespace().collect();
        let mut heads: Vec<usize> = Vec::new();
        let mut path = String::new();
        for c in tree.chars() {
            match c {
                '{' => heads.push(path.len()),
                ',' | '}' => {
                    found.push(path.clone());
                    path.truncate(heads.last().copied().unwrap_or(0));
                    if c == '}' {
                        heads.pop();
                    }
                }
                c => path.push(c),
            }
        }
        found.push(path);
    }
    found
}

/// The file of a module to which a path leads from a file of `src`, both without `src/` and ending: the last of its
/// modules.
fn leads_to(from: &str, path: &str, files: &[String]) -> Option<String> {
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
        files.iter().find(|file| **file == path || **file == module)
    };
    let mut last = file(&place);
    for step in steps {
        place.push(step);
        match file(&place) {
            Some(found) => last = Some(found),
            None => break,
        }
    }
    last.filter(|file| *file != from).cloned()
}

/// Rooms that still hold circles of their own.
const CIRCLES: &[&str] = &["src/analysis/due/", "src/analysis/duty/"];

/// A type and the list of those who use it do not stand in one file.
#[test]
fn imports_inside_a_room_point_one_way() {
    let mut files: Vec<(String, String)> = sources();
    files.retain(|(path, _)| {
        path.starts_with("src/analysis/")
            && !CIRCLES.iter().any(|room| path.starts_with(room))
            && !path.ends_with("tests.rs")
            && !path.contains("/tests/")
    });
    let name = |path: &str| path["src/".len()..path.len() - ".rs".len()].to_owned();
    let names: Vec<String> = files.iter().map(|(path, _)| name(path)).collect();
    let mut uses: Vec<(String, Vec<String>)> = Vec::new();
    for (path, text) in &files {
        let own = name(path);
        let led = imports(text);
        let led = led
            .iter()
            .filter_map(|import| leads_to(&own, import, &names));
        let led: BTreeSet<String> = led.collect();
        uses.push((own.clone(), led.into_iter().collect()));
    }
    // Files that use none of those left are taken away until nothing is left, or a circle.
    loop {
        let left: Vec<String> = uses.iter().map(|(file, _)| file.clone()).collect();
        uses.retain(|(_, used)| used.iter().any(|file| left.contains(file)));
        if uses.len() == left.len() {
            break;
        }
    }
    let circle: Vec<String> = uses
        .iter()
        .map(|(file, used)| {
            let used = used
                .iter()
                .filter(|used| uses.iter().any(|(file, _)| file == *used));
            format!("{file} → {}", used.cloned().collect::<Vec<_>>().join(", "))
        })
        .collect();
    assert_eq!(circle, Vec::<String>::new());
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

/// The name of the command in whose file or folder a path lies.
fn command_of(path: &str) -> Option<&str> {
    let path = path.strip_prefix("src/cli/commands/")?;
    path.split(['/', '.']).next().filter(|name| *name != "mod")
}

#[test]
fn commands_use_no_commands_and_what_they_share_uses_none() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let own = command_of(&path);
        if own.is_none() && !path.starts_with("src/cli/shared/") {
            continue;
        }
        for (at, line) in text.lines().enumerate() {
            for used in line.split("commands::").skip(1) {
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
        if text.lines().count() > MOST_LINES {
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
    // Put together here, so that this file does not hold them.
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

/// The runs of digits, and of an X at their end, that stand alone.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
    let words = text.split(move |c| !is_part(c));
    words.filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

/// Nobody answers at a number of these examples, and nobody has these identity numbers: their check digit is wrong,
/// there is no such place, or they are the standard's own example.
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
