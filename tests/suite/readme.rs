//! Every command in the README and the guides runs as printed.

use std::path::Path;
use std::process::Command;

use crate::school::path_with_program;
use crate::support::{copy, has};

/// The commands in the console blocks of a page, in order, and those of the query engines that are installed.
fn commands(page: &str) -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let engine = "duckdb ";
    let has_engine = text.contains(&format!("\n{engine}")) && has(engine.trim_end());
    let mut commands = Vec::new();
    let mut block = "";
    for line in text.lines() {
        if let Some(language) = line.strip_prefix("```") {
            block = language;
            continue;
        }
        let command = match block {
            "console" => line.strip_prefix("$ "),
            "sh" => Some(line).filter(|line| has_engine && line.starts_with(engine)),
            _ => None,
        };
        commands.extend(command.map(str::to_owned));
    }
    assert!(!commands.is_empty(), "{page}");
    commands
}

/// Runs the commands of a page in one shell, in a copy of the repository; each must succeed. Returns the output.
fn run(page: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    copy(&examples, &folder.path().join("examples"));
    // Skip `cargo test`, which is what runs this; what cargo would build exists already.
    let commands = commands(page);
    let commands = commands.iter().filter(|command| *command != "cargo test");
    let lines: Vec<String> = commands
        .map(|command| command.replace("cargo run -- ", "cuncao "))
        .map(|command| format!("echo '$' {command:?}\n{command} || exit 1\n"))
        .collect();
    let script = format!("set -e\ncd {:?}\n{}", folder.path(), lines.concat());
    let output = Command::new("bash")
        .args(["-c", &script])
        .env("PATH", path_with_program())
        .env("CUNCAO_LANG", "zh")
        .env_remove("CUNCAO_TODAY")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{page}:\n{printed}");
    printed
}

#[test]
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
fn the_commands_of_the_county_run_as_printed() {
    for page in ["examples/county.md", "examples/county.zh.md"] {
        let printed = run(page);
        let mut all = vec!["青石桥小学", "574"];
        // DuckDB's output: the county's left-behind children, and the evidence.
        if has("duckdb") {
            all.extend(["children.visited", "count(DISTINCT person)", "qsq7m2xe"]);
        }
        for expected in all {
            assert!(
                printed.contains(expected),
                "{page}: no {expected}:\n{printed}"
            );
        }
    }
}

/// The commands of the steps in a guide's workflow example.
fn steps(page: &str) -> String {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let (_, recipe) = text.split_once("```yaml\n").unwrap();
    let (_, steps) = recipe.split_once("run: |\n").unwrap();
    let lines = steps
        .lines()
        .take_while(|line| line.starts_with("          "));
    lines
        .map(|line| format!("{}\n", line.trim_start()))
        .collect()
}

#[test]
fn the_recipe_for_a_forge_checks_the_records() {
    if !["curl", "tar", "gzip"]
        .iter()
        .all(|name| crate::support::has(name))
    {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive/cuncao-0");
    std::fs::create_dir_all(&archive).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_cuncao"), archive.join("cuncao")).unwrap();
    let packed = Command::new("tar")
        .args(["-czhf", "../cuncao.tar.gz", "cuncao-0"])
        .current_dir(folder.path().join("archive"))
        .status();
    assert!(packed.unwrap().success());
    for page in ["examples/guide.md", "examples/guide.zh.md"] {
        let steps = steps(page);
        assert_eq!(steps.lines().count(), 2, "{steps}");
        let school = crate::support::small();
        let temp = tempfile::tempdir().unwrap();
        let check = || {
            let output = Command::new("bash")
                .args(["-e", "-c", &steps])
                .current_dir(school.path())
                .env("RUNNER_TEMP", temp.path())
                .env(
                    "CUNCAO_ARCHIVE",
                    format!("file://{}/cuncao.tar.gz", folder.path().display()),
                )
                .env("CUNCAO_TODAY", crate::support::TODAY)
                .output()
                .unwrap();
            (output.status.code(), crate::support::out(&output))
        };
        let (code, printed) = check();
        assert_eq!(code, Some(0), "{page}: {printed}");
        crate::support::write(
            school.path(),
            "children/c000001.toml",
            r#"name = "无"
gendr = "male"
"#,
        );
        let (code, printed) = check();
        assert_eq!(code, Some(1), "{page}: {printed}");
        assert!(
            printed.contains("::error file=children/c000001.toml,line="),
            "{printed}"
        );
    }
}
