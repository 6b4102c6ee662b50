//! Conventions of command-line programs, continued: editing, files, interruptions, settings.

use std::process::Stdio;

use crate::support::{
    cuncao, err, example, fed, files, git, has, out, printed, program, refused, small, write,
};

#[test]
fn every_writing_command_has_a_dry_run() {
    let dir = small();
    let before = files(dir.path());
    write(
        dir.path(),
        "../roster.csv",
        "姓名,性别,出生日期\n李四,男,2016-05-01\n",
    );
    let roster = dir.path().join("../roster.csv");
    let roster = roster.to_str().unwrap();
    for arguments in [
        &[
            "add",
            "helper",
            "--name",
            "李强",
            "--role",
            "teacher",
            "--dry-run",
        ][..],
        &["set", "zxm", "village=柳树村", "--dry-run"],
        &["import", "child", roster, "--dry-run"],
        &["forget", "zxm", "--dry-run"],
        &["validate", "--fix", "--dry-run"],
        &["doctor", "--dry-run"],
        &["migrate", "--dry-run"],
    ] {
        let output = cuncao(dir.path(), arguments);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{arguments:?}: {}",
            err(&output)
        );
        assert_eq!(files(dir.path()), before, "{arguments:?}");
    }
    let change = printed(dir.path(), &["set", "zxm", "village=柳树村", "--dry-run"]);
    assert!(
        change.contains("--- a/children/c4t8w2z.toml") && change.contains("+village = \"柳树村\""),
        "{change}"
    );
}

#[test]
fn an_unreadable_record_stops_counting_unless_skipped_explicitly() {
    let dir = small();
    write(
        dir.path(),
        "visits/2025-10/2025-10-13-v7k3m9r.toml",
        "date = ",
    );
    for command in [
        &["list", "visit"][..],
        &["stats"],
        &["due"],
        &["explain", "visits"],
        &["export", "visit"],
        &["report", "term"],
    ] {
        let told = refused(dir.path(), command, 2);
        assert!(
            told.contains("visits/2025-10/2025-10-13-v7k3m9r.toml:1:"),
            "{command:?}: {told}"
        );
        let mut on = command.to_vec();
        on.push("--skip-broken");
        let output = cuncao(dir.path(), &on);
        assert_eq!(output.status.code(), Some(0), "{on:?}: {}", err(&output));
        assert!(
            !err(&output).is_empty(),
            "{on:?} says nothing of what is left out"
        );
    }
}

#[test]
fn commands_never_prompt_without_a_terminal() {
    let dir = small();
    assert_eq!(
        cuncao(dir.path(), &["add", "visit", "-i"]).status.code(),
        Some(2)
    );
    let told = refused(dir.path(), &["forget", "zxm"], 2);
    assert!(told.contains("--yes"), "{told}");
    assert!(dir.path().join("children/c4t8w2z.toml").is_file());
}

#[test]
fn a_dash_means_standard_input_or_output() {
    let dir = small();
    let table = "姓名,性别,出生日期\n李四,男,2016-05-01\n";
    let imported = fed(dir.path(), &["import", "child", "-"], table.as_bytes());
    assert_eq!(imported.status.code(), Some(0), "{}", err(&imported));
    assert!(printed(dir.path(), &["list", "child"]).contains("李四"));
    let report = printed(dir.path(), &["report", "term", "-o", "-"]);
    assert_eq!(report, printed(dir.path(), &["report", "term"]));
    assert_eq!(
        printed(dir.path(), &["export", "visit", "-o", "-"]),
        printed(dir.path(), &["export", "visit"])
    );
    assert!(!dir.path().join("-").exists());
    let new =
        std::fs::read_to_string(dir.path().join("children/c4t8w2z.toml")).unwrap() + "# 备注\n";
    let changed = fed(dir.path(), &["edit", "zxm", "--from", "-"], new.as_bytes());
    assert_eq!(changed.status.code(), Some(0), "{}", err(&changed));
    assert_eq!(
        std::fs::read_to_string(dir.path().join("children/c4t8w2z.toml")).unwrap(),
        new
    );
}

#[test]
fn paths_can_be_separated_by_nul() {
    let dir = small();
    let paths = printed(dir.path(), &["list", "child", "-z"]).replace('\\', "/");
    assert_eq!(paths, "children/c4t8w2z.toml\0children/c7k2m4p.toml\0");
    for path in paths.split_terminator('\0') {
        assert!(dir.path().join(path).is_file(), "{path}");
    }
    refused(dir.path(), &["list", "child", "-z", "--format", "csv"], 2);
}

#[test]
#[cfg(unix)]
fn edited_text_is_checked_and_never_lost() {
    let dir = small();
    let before = files(dir.path());
    let edit = |editor: &str| {
        let mut command = program(dir.path(), &["edit", "zxm"]);
        command
            .env("EDITOR", editor)
            .stdin(Stdio::null())
            .output()
            .unwrap()
    };
    // The variable is a shell command line with quotes.
    let spoilt = edit("sed -i -e 's/^gender = .*/gender = \"a boy\"/'");
    assert_eq!(spoilt.status.code(), Some(2));
    let told = err(&spoilt);
    assert!(told.contains("children/c4t8w2z.toml:2:10"), "{told}");
    assert_eq!(files(dir.path()), before);
    let at = told.find("--from ").unwrap() + "--from ".len();
    let kept = told[at..].split('`').next().unwrap();
    assert!(std::fs::read_to_string(kept).unwrap().contains("a boy"));
    use std::os::unix::fs::PermissionsExt;
    let folder = std::path::Path::new(kept).parent().unwrap();
    assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o077, 0);
    std::fs::remove_dir_all(folder).unwrap();
    let told = err(&edit("false"));
    assert!(!told.contains("--from"), "{told}");
    let good = edit("sed -i 's/张小明/张晓明/'");
    assert_eq!(
        (good.status.code(), out(&good).trim()),
        (Some(0), "children/c4t8w2z.toml")
    );
    assert!(printed(dir.path(), &["list", "child"]).contains("张晓明"));
}

#[test]
fn a_template_becomes_a_file_becomes_a_record() {
    let dir = small();
    for kind in [
        "term", "helper", "child", "visit", "activity", "aid", "fund",
    ] {
        let template = printed(dir.path(), &["add", kind, "--template"]);
        assert!(
            template.starts_with('#') && template.contains(" = "),
            "{kind}"
        );
    }
    let template =
        printed(dir.path(), &["add", "visit", "--template"]).replace("2025-10-13", "2025-10-12");
    let added = fed(
        dir.path(),
        &["add", "visit", "--from", "-"],
        template.as_bytes(),
    );
    assert_eq!(added.status.code(), Some(0), "{}", err(&added));
    assert_eq!(
        printed(dir.path(), &["list", "visit", "-z"])
            .split_terminator('\0')
            .count(),
        2
    );
}

#[test]
fn a_second_init_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    printed(dir.path(), &["init", "--name", "柳树小学"]);
    for file in ["cuncao.toml", ".gitattributes", ".gitignore"] {
        assert!(dir.path().join(file).is_file(), "{file}");
    }
    write(dir.path(), ".gitignore", "mine\n");
    let before = files(dir.path());
    assert_eq!(printed(dir.path(), &["init", "--name", "柳树小学"]), "");
    let told = refused(dir.path(), &["init", "--name", "大坪小学"], 2);
    assert!(told.contains("校名是“柳树小学”"), "{told}");
    assert_eq!(files(dir.path()), before);
}

#[test]
fn doctor_checks_and_prints_json() {
    let dir = small();
    let before = files(dir.path());
    let output = cuncao(dir.path(), &["doctor", "--dry-run", "--format", "json"]);
    let checks: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    let named = |name: &str| {
        checks
            .as_array()
            .unwrap()
            .iter()
            .find(|check| check["check"] == name)
            .cloned()
    };
    assert_eq!(named("format").unwrap()["state"], "ok");
    for name in ["git", "clock", "locale"] {
        assert!(named(name).is_some(), "{checks}");
    }
    assert_eq!(files(dir.path()), before);
}

#[test]
fn a_newer_format_is_refused_by_every_command() {
    let dir = small();
    write(
        dir.path(),
        "cuncao.toml",
        "format = 999\n\n[school]\nname = \"柳树小学\"\nlevel = \"primary\"\n",
    );
    write(
        dir.path(),
        "../new.csv",
        "姓名,性别,出生日期\n李四,男,2016-05-01\n",
    );
    let roster = dir.path().join("../new.csv");
    let before = files(dir.path());
    for arguments in [
        &["list", "child"][..],
        &["show", "zxm"],
        &["add", "helper", "--name", "李强", "--role", "teacher"],
        &["set", "zxm", "village=柳树村"],
        &["edit", "zxm"],
        &["stats"],
        &["explain", "children"],
        &["due"],
        &["report", "term"],
        &["export", "child"],
        &["import", "child", roster.to_str().unwrap()],
        &["forget", "zxm", "--yes"],
        &["migrate"],
    ] {
        let mut command = program(dir.path(), arguments);
        let output = command
            .env("EDITOR", "true")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            err(&output).contains("999") && out(&output).is_empty(),
            "{arguments:?}: {}",
            err(&output)
        );
    }
    let told = cuncao(dir.path(), &["validate"]);
    assert_ne!(told.status.code(), Some(0), "{}", out(&told));
    let told = cuncao(dir.path(), &["doctor"]);
    assert_eq!(told.status.code(), Some(1));
    let told = cuncao(dir.path(), &["rollup", "."]);
    assert_ne!(told.status.code(), Some(0), "{}", out(&told));
    assert_eq!(files(dir.path()), before);
}

#[test]
#[cfg(unix)]
fn ctrl_c_leaves_no_partial_file_and_exits_with_130() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    // Shells ignore SIGINT in background jobs, possibly including these tests; setting a handler resets that for child
    // processes.
    let always = Arc::new(AtomicBool::new(true));
    signal_hook::flag::register_conditional_default(signal_hook::consts::SIGINT, always).unwrap();
    let dir = small();
    let before = files(dir.path());
    let mut command = program(dir.path(), &["import", "child", "-"]);
    let mut running = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    // It is waiting for the rest of the table, or has not begun.
    std::thread::sleep(std::time::Duration::from_millis(300));
    let killed = std::process::Command::new("kill")
        .args(["-INT", &running.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    let status = running.wait().unwrap();
    use std::os::unix::process::ExitStatusExt;
    assert!(
        status.signal() == Some(2) || status.code() == Some(130),
        "{status}"
    );
    assert_eq!(files(dir.path()), before);
}

#[test]
fn output_is_deterministic() {
    let dir = example();
    for arguments in [
        &["list", "visit", "--format", "json"][..],
        &["due"],
        &["stats", "--by", "class", "--format", "csv"],
    ] {
        assert_eq!(
            printed(dir.path(), arguments),
            printed(dir.path(), arguments),
            "{arguments:?}"
        );
    }
}

#[test]
fn shared_output_contains_no_names() {
    let dir = small();
    for arguments in [
        &["export", "child", "visit", "--format", "ndjson"][..],
        &["report", "term", "--public"],
    ] {
        let text = printed(dir.path(), arguments);
        for secret in ["张小明", "赵雪", "张桂英", "13900000001"] {
            assert!(!text.contains(secret), "{arguments:?} tells {secret}");
        }
    }
}

#[test]
fn chinese_paths_are_not_escaped() {
    let dir = small();
    write(dir.path(), "附件/说明.toml", "a = 1\n");
    write(dir.path(), "visits/2025-10/走访.toml", "a = 1\n");
    let told = cuncao(dir.path(), &["validate", "--format", "short"]);
    assert!(
        out(&told).contains("visits/2025-10/走访.toml:1:1: "),
        "{}",
        out(&told)
    );
    let root = dir.path().join("档案");
    printed(dir.path(), &["init", "档案"]);
    let told = refused(&root, &["stats", "children"], 2);
    assert!(!told.contains("\\3") && !told.contains("\\u"), "{told}");
    if has("git") {
        let git = |arguments: &[&str]| {
            let output = git(dir.path(), arguments).output().unwrap();
            assert!(output.status.success(), "{arguments:?}");
        };
        git(&["init", "-q"]);
        git(&["add", "."]);
        let told = cuncao(dir.path(), &["validate", "--staged", "--format", "short"]);
        assert!(
            out(&told).contains("走访.toml"),
            "{}{}",
            out(&told),
            err(&told)
        );
    }
}

#[test]
fn the_program_never_commits() {
    if !has("git") {
        return;
    }
    let dir = small();
    let git = |arguments: &[&str]| {
        let output = git(dir.path(), arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", err(&output));
        out(&output)
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "start"]);
    write(dir.path(), "mine.txt", "of the user\n");
    git(&["add", "mine.txt"]);
    let head = git(&["rev-parse", "HEAD"]);
    printed(dir.path(), &["set", "zxm", "village=柳树村"]);
    printed(
        dir.path(),
        &["add", "award", "--child", "zxm", "--title", "进步之星"],
    );
    assert_eq!(git(&["rev-parse", "HEAD"]), head);
    assert_eq!(git(&["diff", "--cached", "--name-only"]), "mine.txt\n");
    // Commits have the time of the machine.
    let since = |day: &str| printed(dir.path(), &["log", "--since", day]);
    assert!(since("2020-01-01").contains("start"));
    assert_eq!(since("2999-01-01"), "");
    assert!(refused(dir.path(), &["rollup", ".", "--since", "上学期"], 2).contains("--term"));
}
