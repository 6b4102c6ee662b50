//! Every command of the pages for newcomers and of the guides runs as it is printed.

use std::path::Path;
use std::process::Command;

use crate::support::copy;

/// The commands in the blocks of a page that are marked as a console, in order.
fn commands(page: &str) -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let mut commands = Vec::new();
    let mut is_console = false;
    for line in text.lines() {
        if line.starts_with("```") {
            is_console = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| is_console) {
            commands.push(command.to_owned());
        }
    }
    assert!(!commands.is_empty(), "{page}");
    commands
}

/// Runs the commands of a page in one shell, in a folder that looks like the repository; each must succeed. What was
/// printed.
fn run(page: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    copy(&examples, &folder.path().join("examples"));
    // The tests themselves run `cargo test`; what cargo would run stands here already.
    let commands = commands(page);
    let commands = commands.iter().filter(|command| *command != "cargo test");
    let lines: Vec<String> = commands
        .map(|command| command.replace("cargo run -- ", "cuncao "))
        .map(|command| format!("echo '$' {command:?}\n{command} || exit 1\n"))
        .collect();
    let script = format!("set -e\ncd {:?}\n{}", folder.path(), lines.concat());
    let program = Path::new(env!("CARGO_BIN_EXE_cuncao")).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let output = Command::new("bash")
        .args(["-c", &script])
        .env("PATH", format!("{}:{path}", program.display()))
        .env("CUNCAO_LANG", "zh")
        .env_remove("CUNCAO_TODAY")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{page}:\n{printed}");
    printed
}

#[test]
#[cfg(unix)]
fn the_commands_of_the_readme_run_as_printed() {
    for page in ["README.md", "README.zh.md"] {
        let printed = run(page);
        for expected in ["全校在校学生574人", "113人，占19.7%", "赵晓雯"] {
            assert!(
                printed.contains(expected),
                "{page}: no {expected}:\n{printed}"
            );
        }
    }
}

#[test]
#[cfg(unix)]
fn the_commands_of_the_county_run_as_printed() {
    for page in ["examples/county.md", "examples/county.zh.md"] {
        let printed = run(page);
        for expected in ["青石桥小学", "574"] {
            assert!(
                printed.contains(expected),
                "{page}: no {expected}:\n{printed}"
            );
        }
    }
}
