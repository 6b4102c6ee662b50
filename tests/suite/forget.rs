//! `forget` removes a child completely and leaves valid records.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn cuncao(directory: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .args(["--today", "2026-07-10", "-C"])
        .arg(directory)
        .args(arguments)
        .output()
        .unwrap()
}

/// Returns the texts of all files in a folder, by path.
fn texts(root: &Path) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let path = crate::support::below(root, entry.path());
            Some((path, fs::read_to_string(entry.path()).ok()?))
        })
        .collect()
}

fn copy_of_the_example() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in texts(Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/school"
    ))) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn first_child(school: &Path) -> (String, String) {
    let listed = cuncao(
        school,
        &["list", "child", "--columns", "id,name", "--format", "csv"],
    );
    let listed = String::from_utf8(listed.stdout).unwrap();
    let (id, name) = listed.lines().nth(1).unwrap().split_once(',').unwrap();
    (id.to_owned(), name.to_owned())
}

#[test]
fn the_child_is_removed_completely_and_the_records_stay_valid() {
    let folder = copy_of_the_example();
    let school = folder.path();
    let (id, name) = first_child(school);
    let done = cuncao(school, &["forget", &id, "--yes"]);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    for (path, text) in texts(school) {
        assert!(
            !path.contains(&id) && !text.contains(&id) && !text.contains(&name),
            "{path}: {text}"
        );
    }
    let checked = cuncao(school, &["validate", "--format", "json"]);
    assert!(
        checked.status.success(),
        "{}",
        String::from_utf8_lossy(&checked.stdout)
    );
}

#[test]
fn forgetting_requires_confirmation() {
    let folder = copy_of_the_example();
    let school = folder.path();
    let before = texts(school);
    let (id, _) = first_child(school);
    assert_eq!(cuncao(school, &["forget", &id]).status.code(), Some(2));
    assert!(
        cuncao(school, &["forget", &id, "--dry-run"])
            .status
            .success()
    );
    assert_eq!(texts(school), before);
}

#[test]
fn a_name_that_is_also_a_word_is_listed_and_not_replaced() {
    if !crate::support::has("git") {
        return;
    }
    let folder = copy_of_the_example();
    let school = folder.path();
    let (id, name) = first_child(school);
    let path = school.join(format!("children/{id}.toml"));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace(&name, "高兴")).unwrap();
    let note = school.join("helpers/h000001.toml");
    fs::write(
        &note,
        "name = \"高兴民\"\nrole = \"teacher\"\nnote = \"孩子们都很高兴\"\n",
    )
    .unwrap();
    fs::write(school.join("children/old.toml~"), "name = \"高兴\"\n").unwrap();
    let before = texts(school);
    assert!(shell(school, "git init -q").status.success());
    let done = cuncao(school, &["forget", &id, "--yes", "--lang", "zh"]);
    let printed = String::from_utf8(done.stdout).unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let kept = texts(school).into_iter();
    for (path, text) in kept.filter(|(path, _)| !path.starts_with(".git/")) {
        let old = before.iter().find(|(old, _)| *old == path);
        let is_of_child = old.is_some_and(|(_, old)| old.contains(&id));
        assert!(
            is_of_child || old.is_some_and(|(_, old)| *old == text),
            "{path}"
        );
    }
    for listed in [
        "? helpers/h000001.toml:3: note = \"孩子们都很高兴\"",
        "? children/old.toml~:1: name = \"高兴\"",
    ] {
        assert!(printed.contains(listed), "{listed}: {printed}");
    }
    // The helper has another name.
    assert!(!printed.contains("h000001.toml:1:"), "{printed}");
    let told = String::from_utf8(done.stderr).unwrap();
    assert!(told.contains(&format!("--path-glob '*{id}*'")), "{told}");
}

/// Runs a shell command in a folder, with `git filter-repo` if it is installed.
fn shell(folder: &Path, line: &str) -> Output {
    Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_NAME", "李老师")
        .env("GIT_AUTHOR_EMAIL", "li@example.org")
        .env("GIT_COMMITTER_NAME", "李老师")
        .env("GIT_COMMITTER_EMAIL", "li@example.org")
        .output()
        .unwrap()
}

fn done(folder: &Path, line: &str) -> String {
    let output = shell(folder, line);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Creates a school in a subfolder of a repository with other files, with a child in a shared visit.
fn in_a_subfolder() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let top = folder.path().to_owned();
    let old = top.join("旧/records");
    for (path, text) in [
        (
            "cuncao.toml",
            "format = 1\n\n[school]\nname = \"柳树小学\"\nlevel = \"primary\"\n",
        ),
        (
            "children/c4t8w2z.toml",
            "name = \"张小明\"\ngender = \"male\"\nbirth_date = 2015-03-02\nstudent_no = \"20220105\"\n",
        ),
        (
            "children/c7k2m4p.toml",
            "name = \"赵雪\"\ngender = \"female\"\nbirth_date = 2016-01-05\n",
        ),
        (
            "helpers/h7k3m9q.toml",
            "name = \"王芳\"\nrole = \"head-teacher\"\n",
        ),
        (
            "visits/2025-10/2025-10-12-v7k3m9q.toml",
            "date = 2025-10-12\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nsummary = \"好。\"\n",
        ),
        (
            "visits/2025-10/2025-10-13-v000001.toml",
            "date = 2025-10-13\nmode = \"talk\"\nchildren = [\"c4t8w2z\", \"c7k2m4p\"]\nby = [\"h7k3m9q\"]\nsummary = \"张　小明和赵雪都好。\"\n",
        ),
        (
            "visits/2025-10/2025-10-14-v000002.toml",
            "date = 2025-10-14\nmode = \"talk\"\nchildren = [\"c7k2m4p\"]\nby = [\"h7k3m9q\"]\nsummary = \"小明也来了，学号 2022-0105，20220105。\"\n",
        ),
    ] {
        let path = old.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::write(top.join("其他.md"), "不是档案\n").unwrap();
    // An editor's backup that was committed for some time.
    fs::write(old.join("children/.c4t8w2z.toml.swp"), "张小明\n").unwrap();
    done(
        &top,
        "git init -q && git add -A && git commit -q -m '给张小明建档 c4t8w2z'",
    );
    // The records were in another place before, and an earlier version of another record contained the name.
    done(
        &top,
        "git rm -q 旧/records/children/.c4t8w2z.toml.swp && mkdir -p 学校 && git mv 旧/records 学校/records && git commit -q -m 换地方",
    );
    (folder, top.join("学校/records"))
}

#[test]
fn a_name_is_found_in_any_notation_and_the_undo_log_is_cleared() {
    if !crate::support::has("git") {
        return;
    }
    let (_folder, school) = in_a_subfolder();
    let set = cuncao(&school, &["set", "c4t8w2z", "village=柳树村"]);
    assert!(
        set.status.success(),
        "{}",
        String::from_utf8_lossy(&set.stderr)
    );
    assert!(school.join(".cuncao-undo").exists());
    let shown = cuncao(&school, &["forget", "c4t8w2z", "--dry-run"]);
    assert!(shown.status.success() && school.join(".cuncao-undo").exists());
    let output = cuncao(&school, &["forget", "c4t8w2z", "--yes"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(!school.join(".cuncao-undo").exists());
    let shared = school.join("visits/2025-10/2025-10-13-v000001.toml");
    let shared = fs::read_to_string(shared).unwrap();
    assert!(
        shared.contains("○○和赵雪都好") && !shared.contains("c4t8w2z"),
        "{shared}"
    );
    // The given name alone and the number are not replaced, but listed once for the user to decide.
    let listed = "? visits/2025-10/2025-10-14-v000002.toml:5: summary";
    assert!(printed.contains(listed), "{printed}");
    assert!(
        !school
            .join("visits/2025-10/2025-10-12-v7k3m9q.toml")
            .exists()
    );
}

#[test]
fn the_commands_for_history_remove_the_child() {
    if !crate::support::has("git") {
        return;
    }
    let (_folder, school) = in_a_subfolder();
    let top = school.parent().unwrap().parent().unwrap().to_owned();
    if !shell(&school, "git filter-repo --version").status.success() {
        eprintln!("git filter-repo is not installed: the commands that forget prints were not run");
        return;
    }
    let output = cuncao(&school, &["--lang", "en", "forget", "c4t8w2z", "--yes"]);
    let told = String::from_utf8(output.stderr).unwrap();
    // The child's number in another record is reported, but not replaced.
    assert!(
        told.contains("20220105") && told.contains("visits/2025-10/2025-10-14-v000002.toml"),
        "{told}"
    );
    let commands: Vec<&str> = told
        .lines()
        .map(str::trim)
        .filter(|line| {
            ["git ", "f=", "printf ", "rm "]
                .iter()
                .any(|word| line.starts_with(word))
        })
        .collect();
    assert_eq!(commands.len(), 5, "{told}");
    done(&school, &commands.join("\n"));
    // All objects that git still has, and all file names in any commit.
    let all = "git cat-file --batch-all-objects --batch-check | while read name rest; do git cat-file -p $name; done; \
               git log --all --name-only --format='%B %an'; git reflog --all";
    let left = done(&top, all);
    for word in ["c4t8w2z", "张小明", "张　小明", "2025-10-12-v7k3m9q"] {
        assert!(!left.contains(word), "{word} is left: {left}");
    }
    assert!(left.contains("赵雪") && left.contains("不是档案"), "{left}");
    assert!(!top.join(".git/cuncao-purge").exists());
    let checked = cuncao(&school, &["validate"]);
    assert!(
        checked.status.success(),
        "{}",
        String::from_utf8_lossy(&checked.stdout)
    );
    assert_eq!(done(&top, "git status --porcelain"), "");
}

#[test]
fn what_a_child_is_called_and_who_else_is_called_so_is_listed() {
    if !crate::support::has("git") {
        return;
    }
    let (_folder, school) = in_a_subfolder();
    let write = |path: &str, text: &str| crate::support::write(&school, path, text);
    // Another child of the same last character, whose mother has the first one's name.
    write(
        "children/c111111.toml",
        "name = \"李大明\"\ngender = \"male\"\nbirth_date = 2015-03-02\n[[parents]]\nrelation = \"mother\"\nname = \"张小明\"\n",
    );
    write(
        "visits/2025-10/2025-10-15-v000003.toml",
        "date = 2025-10-15\nmode = \"talk\"\nchildren = [\"c7k2m4p\", \"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nsummary = \"张小明和赵雪都好。\"\nneeds = \"明儿要补课\"\n",
    );
    write(
        "visits/2025-10/2025-10-16-v000004.toml",
        "date = 2025-10-16\nmode = \"talk\"\nchildren = [\"c7k2m4p\"]\nby = [\"h7k3m9q\"]\nsummary = \"阿明没有来\"\nneeds = \"五班张同学，ZXM\"\n",
    );
    let output = cuncao(&school, &["--lang", "zh", "forget", "c4t8w2z", "--yes"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{told}");
    // The name may mean the mother of the other child: nothing of it is replaced, nor taken out of the history.
    let shared = fs::read_to_string(school.join("visits/2025-10/2025-10-15-v000003.toml")).unwrap();
    assert!(
        shared.contains("张小明和赵雪都好") && !shared.contains("c4t8w2z"),
        "{shared}"
    );
    assert!(!told.contains("literal:张小明"), "{told}");
    for listed in [
        "? children/c111111.toml:6: name = \"张小明\"",
        "? visits/2025-10/2025-10-15-v000003.toml:5: summary = \"张小明和赵雪都好。\"",
        "? visits/2025-10/2025-10-16-v000004.toml:5: summary = \"阿明没有来\"",
        "? visits/2025-10/2025-10-16-v000004.toml:6: needs = \"五班张同学，ZXM\"",
    ] {
        assert!(printed.contains(listed), "{listed}: {printed}");
    }
    assert!(!printed.contains("c111111.toml:1:"), "{printed}");
}

#[test]
fn a_history_that_cannot_be_read_is_told_of() {
    if !crate::support::has("git") {
        return;
    }
    let (_folder, school) = in_a_subfolder();
    let top = school.parent().unwrap().parent().unwrap().to_owned();
    // Outside the records, with blanks and a large letter.
    crate::support::write(&top, "旧报告.md", "学号 2022 0105\n");
    done(&top, "git add -A && git commit -q -m 报告");
    let output = cuncao(&school, &["--lang", "zh", "forget", "c4t8w2z", "--dry-run"]);
    assert!(output.status.success());
    // A lost object: what history held cannot be told.
    let lost = done(
        &top,
        "git rev-parse HEAD~1:学校/records/visits/2025-10/2025-10-14-v000002.toml",
    );
    let (folder, rest) = lost.trim().split_at(2);
    let object = top.join(".git/objects").join(folder).join(rest);
    let kept = fs::read(&object).unwrap();
    fs::remove_file(&object).unwrap();
    let copy = tempfile::tempdir().unwrap();
    crate::support::copy(&top, copy.path());
    let broken = copy.path().join("学校/records");
    let output = cuncao(&broken, &["--lang", "zh", "forget", "c4t8w2z", "--yes"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{told}");
    assert!(
        told.contains("没能查出来") && told.contains("20220105"),
        "{told}"
    );
    fs::write(&object, kept).unwrap();
    let output = cuncao(&school, &["--lang", "zh", "forget", "c4t8w2z", "--yes"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("旧报告.md") && !told.contains("没能查出来"),
        "{told}"
    );
}
