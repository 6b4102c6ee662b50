//! Shell completion: the scripts are valid, and candidates come from the records.

use std::path::Path;
use std::process::Command;

use crate::school::path_with_program;
use crate::support::{err, has, out, printed, program, small};

/// Returns the candidates that a shell offers for the last of some words.
fn offered(root: &Path, shell: &str, lang: &str, words: &[&str]) -> Vec<String> {
    let mut arguments = vec!["--", "cuncao"];
    arguments.extend(words);
    let mut command = program(root, &arguments);
    command.env("COMPLETE", shell).env("CUNCAO_LANG", lang);
    command.env("_CLAP_COMPLETE_INDEX", words.len().to_string());
    let output = command.env("_CLAP_IFS", "\n").output().unwrap();
    assert_eq!(err(&output), "");
    out(&output).lines().map(str::to_owned).collect()
}

#[test]
fn completion_scripts_are_valid() {
    let dir = small();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(dir.path(), &["completions", shell]);
        assert!(script.contains("cuncao"), "{shell}");
        if !["bash", "zsh", "fish"].contains(&shell) || !has(shell) {
            continue;
        }
        let file = dir.path().join("script");
        std::fs::write(&file, script).unwrap();
        let read = Command::new(shell).arg("-n").arg(&file).output().unwrap();
        assert!(read.status.success(), "{shell}: {}", err(&read));
    }
}

#[test]
fn children_are_completed_by_initials() {
    let dir = small();
    assert_eq!(
        offered(dir.path(), "bash", "zh", &["show", "zx"]),
        ["张小明", "赵雪"]
    );
    assert_eq!(
        offered(dir.path(), "bash", "zh", &["show", "zhangx"]),
        ["张小明"]
    );
    assert_eq!(
        offered(dir.path(), "fish", "zh", &["show", "zxm"])[0]
            .split('\t')
            .next(),
        Some("zhangxiaoming")
    );
    let root = dir.path().to_str().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    for directory in [
        &["-C", root][..],
        &[&format!("--directory={root}")],
        &[&format!("-C{root}")],
    ] {
        let words: Vec<&str> = directory.iter().copied().chain(["show", "zxm"]).collect();
        assert_eq!(
            offered(elsewhere.path(), "bash", "zh", &words),
            ["张小明"],
            "{words:?}"
        );
    }
}

#[test]
fn descriptions_of_candidates_follow_the_language_option() {
    let dir = small();
    let beside = |lang: &str, words: &[&str]| offered(dir.path(), "fish", lang, words).join("\n");
    assert_eq!(beside("zh", &["list", "vis"]), "visit\t走访");
    assert_eq!(beside("en", &["list", "vis"]), "visit\tvisit");
    assert_eq!(
        beside("en", &["--lang", "zh", "list", "vis"]),
        "visit\t走访"
    );
    assert!(beside("zh", &["validat"]).contains("检查"));
    assert!(beside("en", &["validat"]).to_lowercase().contains("check"));
    assert_eq!(
        beside("zh", &["help", "exit"]).split('\t').next(),
        Some("exit-codes")
    );
}

#[test]
fn fish_and_bash_complete_with_the_printed_script() {
    let dir = small();
    let path = path_with_program();
    let run = |shell: &str, script: &str| {
        let mut command = Command::new(shell);
        command
            .current_dir(dir.path())
            .args(["-c", script])
            .env("PATH", &path);
        out(&command
            .env("CUNCAO_LANG", "zh")
            .env("HOME", dir.path())
            .output()
            .unwrap())
    };
    if has("fish") {
        let shown = run(
            "fish",
            "cuncao completions fish | source; complete -C 'cuncao show zxm'",
        );
        assert!(shown.starts_with("zhangxiaoming\t张小明 "), "{shown}");
    }
    if has("bash") {
        let script = "source <(cuncao completions bash)
            f=$(complete -p cuncao | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
            COMP_WORDS=(cuncao show zxm) COMP_CWORD=2 COMP_LINE='cuncao show zxm' COMP_POINT=15 COMP_TYPE=9
            $f cuncao zxm show; printf '%s\\n' \"${COMPREPLY[@]}\"";
        assert_eq!(run("bash", script).trim(), "张小明");
        // bash splits words at `=`.
        let of = |words: &str, at: usize, word: &str, line: &str| {
            let script = format!(
                "source <(cuncao completions bash)
                COMP_WORDS=({words}) COMP_CWORD={at} COMP_LINE='{line}' COMP_POINT={} COMP_TYPE=9
                _clap_complete_cuncao cuncao '{word}' x; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
                line.len()
            );
            run("bash", &script)
        };
        let line = "cuncao set zxm guardianship.kind=one";
        let offered = of("cuncao set zxm guardianship.kind = one", 5, "one", line);
        assert_eq!(offered.trim(), "one-parent");
        let line = "cuncao set zxm guardianship.kind=";
        let offered = of("cuncao set zxm guardianship.kind =", 4, "", line);
        assert!(
            offered.starts_with("grandparents\none-parent\n"),
            "{offered}"
        );
        let line = "cuncao list child --where class=";
        let offered = of("cuncao list child --where class =", 5, "", line);
        assert_eq!(offered.trim(), "2022-1");
    }
}

#[test]
fn fields_codes_and_classes_are_completed_after_operators_and_commas() {
    let dir = small();
    let offered = |words: &[&str]| offered(dir.path(), "bash", "zh", words);
    assert_eq!(offered(&["list", "visit", "--where", "mod"]), ["mode="]);
    assert_eq!(
        offered(&["list", "visit", "--where", "mode=ho"]),
        ["mode=home"]
    );
    assert_eq!(
        offered(&["list", "child", "--where", "class=2"]),
        ["class=2022-1"]
    );
    assert_eq!(
        offered(&["list", "child", "--columns", "name,vil"]),
        ["name,village"]
    );
    assert_eq!(offered(&["set", "张小明", "gender=fem"]), ["gender=female"]);
}

#[test]
fn the_manual_has_a_page_for_each_command_in_both_languages() {
    let dir = small();
    printed(dir.path(), &["man", "pages"]);
    for page in ["man1/cuncao-note.1", "zh_CN/man1/cuncao-note.1"] {
        let text = std::fs::read_to_string(dir.path().join("pages").join(page)).unwrap();
        assert!(text.contains("cuncao"), "{page}");
    }
}
