//! Tests that every command line in help texts, README and guides is valid.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::path::Path;

use clap::Command;

use crate::cli::shared::help;
use crate::text::Lang;

/// The command lines of the program in a shell line; a pipe, comment or two spaces ends each.
fn command_lines(line: &str) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find("cuncao ") {
        let begins = at == 0 || rest[..at].ends_with([' ', '(', '`', '|', ';']);
        let (words, length) = words(&rest[at..]);
        // At least two words: `cd cuncao` is not an invocation.
        if begins && words.len() > 1 {
            lines.push(words);
        }
        rest = &rest[at + length.max("cuncao ".len())..];
    }
    lines
}

/// The words of a command line up to its end, and its length.
fn words(line: &str) -> (Vec<String>, usize) {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut spaces = 0;
    let mut end = line.len();
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '\'' | '"') => {
                word.get_or_insert_default();
                quote = Some(c);
            }
            (None, ' ') => {
                words.extend(word.take());
                spaces += 1;
                if spaces < 2 {
                    continue;
                }
                end = at;
                break;
            }
            (None, '|' | '>' | '<' | ';' | '&' | ')' | '`' | '#' | '，' | '。') => {
                end = at;
                break;
            }
            (None, c) => word.get_or_insert_default().push(c),
        }
        spaces = 0;
    }
    words.extend(word);
    (words, end)
}

/// The invalid command lines in a text.
fn faults(command: &Command, text: &str, place: &str) -> Vec<String> {
    let mut faults = Vec::new();
    // A trailing backslash continues the line.
    for line in text.replace("\\\n", " ").lines() {
        for words in command_lines(line.trim()) {
            if let Err(fault) = command.clone().try_get_matches_from(&words)
                && fault.use_stderr()
            {
                faults.push(format!("{place}: {}: {:?}", words.join(" "), fault.kind()));
            }
        }
    }
    faults
}

#[test]
fn the_examples_of_every_help_are_taken() {
    fn walk(whole: &Command, command: &Command, seen: &mut usize, faults_found: &mut Vec<String>) {
        if let Some(examples) = command.get_after_help() {
            *seen += 1;
            faults_found.extend(faults(whole, &examples.to_string(), command.get_name()));
        }
        for inner in command.get_subcommands() {
            walk(whole, inner, seen, faults_found);
        }
    }
    for lang in Lang::ALL {
        let whole = help::localised(crate::cli::command(), lang);
        let (mut seen, mut found) = (0, Vec::new());
        walk(&whole, &whole, &mut seen, &mut found);
        assert_eq!(found, Vec::<String>::new(), "{lang}");
        assert!(seen > 30, "{seen}");
    }
}

#[test]
fn the_command_lines_of_the_pages_are_taken() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let command = crate::cli::command();
    let mut found = Vec::new();
    for page in [
        "README.md",
        "examples/README.md",
        "examples/guide.md",
        "examples/guide.zh.md",
    ] {
        let text = std::fs::read_to_string(root.join(page)).unwrap();
        let mut fence = false;
        let mut lines = 0;
        let mut blocks = String::new();
        for line in text.lines() {
            if line.trim_start().starts_with("```") {
                fence = !fence;
            } else if fence {
                let shown = line.trim_start_matches("$ ");
                lines += usize::from(shown.starts_with("cuncao "));
                blocks += shown;
                blocks.push('\n');
            } else {
                // In prose, command lines are in backquotes.
                for code in line
                    .split('`')
                    .skip(1)
                    .step_by(2)
                    .filter(|code| code.starts_with("cuncao "))
                {
                    blocks += &format!("{code}\n");
                }
            }
        }
        found.extend(faults(&command, &blocks, page));
        assert!(
            lines > 0 || page == "examples/README.md",
            "{page} shows no command"
        );
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_line_of_a_shell_is_cut_into_words_and_ends_at_a_comment() {
    let lines = |line: &str| -> Vec<String> {
        command_lines(line)
            .iter()
            .map(|words| words.join("·"))
            .collect()
    };
    assert_eq!(
        lines("cuncao add visit --summary \"a b\"  说明"),
        ["cuncao·add·visit·--summary·a b"]
    );
    assert_eq!(
        lines("cd x && git init && cuncao init --hook"),
        ["cuncao·init·--hook"]
    );
    assert_eq!(
        lines("source <(cuncao completions bash)"),
        ["cuncao·completions·bash"]
    );
    assert_eq!(
        lines("cuncao list visit -z | xargs -0 cat"),
        ["cuncao·list·visit·-z"]
    );
}
