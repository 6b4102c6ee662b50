//! `cuncao merge`: run by git, and by hand.

use std::path::Path;
use std::process::Output;

use crate::school::path_with;
use crate::support::{err, has, program, refused, small, write};

const CHILD: &str = "children/c4t8w2z.toml";

/// Runs the merge of three versions of a file.
fn merge(versions: [&str; 3], arguments: &[&str]) -> (Output, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in ["base", "ours", "theirs"].iter().zip(versions) {
        write(folder.path(), name, text);
    }
    let mut all = vec!["merge", "base", "ours", "theirs"];
    all.extend(arguments);
    let output = program(folder.path(), &all).output().unwrap();
    let text = std::fs::read(folder.path().join("ours")).unwrap();
    (output, String::from_utf8_lossy(&text).into_owned())
}

const BASE: &str = r#"name = "张小明"
gender = "male"
birth_date = 2015-03-02
village = "东村"

[[parents]]
relation = "father"
phone = "13900000001"
"#;

#[test]
fn two_values_for_one_fact_are_told_in_one_sentence_with_both() {
    let ours = BASE.replace("东村", "西村").replace("male", "female");
    let theirs = BASE
        .replace("东村", "北村")
        .replace("13900000001", "13900000002");
    let (output, text) = merge([BASE, &ours, &theirs], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        err(&output),
        "ours：“村（社区）”（village）两边写得不同：本方为 \"西村\"，对方为 \"北村\"。两个值都标在文件里，请留下一个。\n"
    );
    let marked = r#"<<<<<<< ours
village = "西村"
=======
village = "北村"
>>>>>>> theirs
"#;
    let expected = BASE
        .replace("village = \"东村\"\n", marked)
        .replace("male", "female")
        .replace("13900000001", "13900000002");
    assert_eq!(text, expected);
    let (output, _) = merge(
        [BASE, &ours, &theirs],
        &["--lang", "en", "children/c4t8w2z.toml"],
    );
    assert_eq!(
        err(&output),
        "children/c4t8w2z.toml: village has two values: ours is \"西村\", theirs is \"北村\". Both are marked in the file; keep one.\n"
    );
}

#[test]
fn what_is_wrong_only_when_put_together_is_told() {
    let school = small();
    let path = "pairings/2025-09/2025-09-05-p7k3m9q.toml";
    let pairing = r#"child = "c4t8w2z"
helper = "h7k3m9q"
role = "teacher"
since = 2025-09-05
"#;
    let ours = pairing.to_owned() + "until = 2025-09-20\n";
    let theirs = pairing.replace("09-05", "10-05");
    for (name, text) in [("base", pairing), ("ours", &ours), ("theirs", &theirs)] {
        write(school.path(), name, text);
    }
    let arguments = ["merge", "base", "ours", "theirs", path];
    let told = refused(school.path(), &arguments, 1);
    assert_eq!(told.matches("两边合在一起后有错").count(), 1, "{told}");
    let merged = std::fs::read_to_string(school.path().join("ours")).unwrap();
    assert_eq!(merged, theirs.clone() + "until = 2025-09-20\n");
}

#[test]
fn what_is_no_toml_is_merged_by_lines() {
    if !has("git") {
        return;
    }
    let lines = |first: &str, last: &str| format!("{first}\n\n\n\n\n\n{last}\n");
    let (output, text) = merge(
        [
            &lines("a =", "b ="),
            &lines("a = x", "b ="),
            &lines("a =", "b = y"),
        ],
        &[],
    );
    assert_eq!(
        (output.status.code(), text),
        (Some(0), lines("a = x", "b = y"))
    );
    let (output, text) = merge(["a =\n", "a = x\n", "a = y\n"], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text,
        "<<<<<<< ours\na = x\n=======\na = y\n>>>>>>> theirs\n"
    );
    let folder = tempfile::tempdir().unwrap();
    assert!(refused(folder.path(), &["merge", "base", "ours", "theirs"], 2).contains("base"));
}

fn git(root: &Path, arguments: &[&str]) -> Output {
    let mut command = crate::support::git(root, arguments);
    command.env("CUNCAO_LANG", "zh").output().unwrap()
}

fn done(output: Output) -> String {
    assert!(output.status.success(), "{}", err(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_hook_sets_git_up_once_and_writes_nothing_else() {
    if !has("git") {
        return;
    }
    let school = small();
    let root = school.path();
    done(git(root, &["init", "-q", "-b", "main"]));
    let checked = |what: &str| {
        let output = program(root, &["doctor"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().contains(what)
    };
    assert!(checked("! git 还不会按字段合并档案"));
    let written = done(program(root, &["init", "--hook"]).output().unwrap());
    assert_eq!(written, ".gitattributes\n");
    assert!(checked("✓ git 按字段合并档案"));
    // Installed in a subfolder, and a second time.
    assert_eq!(
        done(
            program(&root.join("children"), &["init", "--hook"])
                .output()
                .unwrap()
        ),
        ""
    );
    assert!(!root.join("samples").exists() && !root.join("children/cuncao.toml").exists());

    done(git(root, &["add", "-A"]));
    done(git(root, &["commit", "-q", "--no-verify", "-m", "a"]));
    done(git(root, &["checkout", "-q", "-b", "other"]));
    done(
        program(root, &["set", "c4t8w2z", "address=东村三组"])
            .output()
            .unwrap(),
    );
    done(git(root, &["commit", "-qa", "-m", "b"]));
    done(git(root, &["checkout", "-q", "main"]));
    done(
        program(root, &["set", "c4t8w2z", "village=东村"])
            .output()
            .unwrap(),
    );
    done(git(root, &["commit", "-qa", "-m", "c"]));
    done(git(root, &["merge", "-q", "-m", "d", "other"]));
    let text = std::fs::read_to_string(root.join(CHILD)).unwrap();
    assert!(
        text.contains(
            r#"address = "东村三组"
village = "东村"
"#
        ),
        "{text}"
    );
}

#[test]
fn a_difference_is_headed_by_whose_it_is_with_the_program_and_without() {
    if !has("git") {
        return;
    }
    let school = small();
    let root = school.path();
    done(git(root, &["init", "-q", "-b", "main"]));
    let text = std::fs::read_to_string(root.join(CHILD)).unwrap();
    let filler = r#"address = "柳树村三组十二号"
ethnicity = "汉族"
village = "柳树村"
household = "rural"
"#;
    let text = text.replacen("gender", &format!("{filler}gender"), 1);
    write(root, CHILD, &text);
    done(git(root, &["add", "-A"]));
    done(git(root, &["commit", "-q", "-m", "a"]));
    write(
        root,
        CHILD,
        &text.replace("household = \"rural\"", "household = \"urban\""),
    );
    // In a clone with the attribute but without the driver, nothing is lost.
    write(root, ".gitattributes", "*.toml merge=cuncao diff=cuncao\n");
    let plain = done(git(root, &["diff", CHILD]));
    assert!(plain.contains("+household = \"urban\""), "{plain}");
    std::fs::remove_file(root.join(".gitattributes")).unwrap();

    write(root, ".gitattributes", "*.toml merge=cuncao\n");
    assert_eq!(
        done(program(root, &["init", "--hook"]).output().unwrap()),
        ".gitattributes\n"
    );
    let attributes = std::fs::read_to_string(root.join(".gitattributes")).unwrap();
    assert_eq!(attributes, "*.toml merge=cuncao\n*.toml diff=cuncao\n");
    let headed = done(git(root, &["diff", CHILD]));
    assert!(headed.contains("@@ name = \"张小明\"\n"), "{headed}");
    assert!(
        headed.contains("-household = \"rural\"\n+household = \"urban\""),
        "{headed}"
    );
    write(
        root,
        CHILD,
        &text.replace("柳树村三组十二号", "柳树村四组十二号"),
    );
    let words = done(git(root, &["diff", "--word-diff", CHILD]));
    assert!(
        words.contains("address = \"[-柳树村三组十二号-]{+柳树村四组十二号+}\""),
        "{words}"
    );
}

/// Git reports a failed merge, leaves everything unchanged, and succeeds the next time.
#[test]
#[cfg(target_os = "linux")]
fn killed_anywhere_the_driver_leaves_what_was_there() {
    use std::os::unix::fs::PermissionsExt;
    if !has("git") || !has("strace") {
        return;
    }
    let school = small();
    let root = school.path();
    done(git(root, &["init", "-q", "-b", "main"]));
    done(program(root, &["init", "--hook"]).output().unwrap());
    let commit = |what: &str| {
        done(git(root, &["add", "-A"]));
        done(git(root, &["commit", "-q", "--no-verify", "-m", what]));
    };
    let set = |assignment: &str| {
        let set = program(root, &["set", "c4t8w2z", assignment]);
        done({ set }.output().unwrap());
    };
    write(root, ".gitignore", ".cuncao-*\n.settings\n");
    commit("a");
    done(git(root, &["checkout", "-q", "-b", "other"]));
    set("address=东村三组");
    commit("b");
    done(git(root, &["checkout", "-q", "main"]));
    set("village=东村");
    commit("c");
    let read = || std::fs::read_to_string(root.join(CHILD)).unwrap();
    let ours = read();
    let (real, bin) = (env!("CARGO_BIN_EXE_cuncao"), tempfile::tempdir().unwrap());
    let mut killed = 0;
    for call in [
        "execve",
        "read",
        "openat",
        "write",
        "fdatasync",
        "fsync",
        "renameat2",
        "rename",
        "unlink",
        "linkat",
    ] {
        for when in [1, 2, 3, 5, 8, 13, 21, 34] {
            let wrapper = bin.path().join("cuncao");
            let script = format!(
                "#!/bin/sh\nexec strace -f -qq -o /dev/null '--inject=?{call}:signal=KILL:when={when}' {real} \"$@\"\n"
            );
            std::fs::write(&wrapper, script).unwrap();
            std::fs::set_permissions(&wrapper, std::fs::Permissions::from_mode(0o755)).unwrap();
            let merged = crate::support::git(root, &["merge", "-q", "-m", "d", "other"])
                .env("PATH", path_with(bin.path()))
                .output()
                .unwrap();
            if merged.status.success() {
                done(git(root, &["reset", "-q", "--hard", "HEAD^"]));
                break;
            }
            killed += 1;
            assert_eq!(read(), ours, "{call} {when}");
            let status = done(git(root, &["status", "--porcelain"]));
            assert_eq!(status, "", "{call} {when}: {}", err(&merged));
        }
    }
    assert!(killed > 10, "{killed}");
    done(git(root, &["merge", "-q", "-m", "d", "other"]));
    assert!(read().contains(
        r#"address = "东村三组"
village = "东村"
"#
    ));
    assert_eq!(crate::school::hidden(root), Vec::<String>::new());
}
