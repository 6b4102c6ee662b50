//! The commit hook: what is staged is judged, not what lies in the working tree.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

const VISIT: &str = "visits/2025-10/2025-10-12-v7k3m9q.toml";
const SOUND: &str = "date = 2025-10-12\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nsummary = \"家访。\"\n";

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn git(root: &Path, arguments: &[&str]) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_cuncao")).parent().unwrap();
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(program.to_owned()).chain(std::env::split_paths(&paths));
    let mut command = Command::new("git");
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    command
        .current_dir(root)
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
        .args(arguments)
        .env("PATH", std::env::join_paths(paths).unwrap())
        .env("HOME", root)
        .env("CUNCAO_TODAY", "2025-11-12")
        .env("CUNCAO_LANG", "en")
        .output()
        .unwrap()
}

/// A repository with the records in a folder of it, committed, and the hook.
fn repository(within: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let at = |path: &str| format!("{within}{path}");
    assert!(git(root, &["init", "-q"]).status.success());
    write(
        root,
        &at("cuncao.toml"),
        "format = 1\n[school]\nname = \"青石小学\"\nlevel = \"primary\"\n",
    );
    write(
        root,
        &at("children/c4t8w2z.toml"),
        "name = \"安安\"\ngender = \"female\"\nbirth_date = 2015-11-20\n",
    );
    write(
        root,
        &at("helpers/h7k3m9q.toml"),
        "name = \"王老师\"\nrole = \"teacher\"\n",
    );
    assert!(git(root, &["add", "-A"]).status.success());
    assert!(git(root, &["commit", "-qm", "a"]).status.success());
    let init = Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .args(["init", "--hook", "--lang", "en"])
        .arg(root.join(within))
        .output()
        .unwrap();
    assert!(init.status.success(), "{init:?}");
    folder
}

#[test]
fn a_commit_is_judged_by_what_is_staged() {
    for within in ["", "青石 小学's/"] {
        let folder = repository(within);
        let root = folder.path();
        let visit = format!("{within}{VISIT}");
        // Broken as staged, sound in the working tree: refused.
        write(root, &visit, &SOUND.replace("c4t8w2z", "c4t8w2y"));
        assert!(git(root, &["add", &visit]).status.success());
        write(root, &visit, SOUND);
        let refused = git(root, &["commit", "-qm", "b"]);
        let said =
            String::from_utf8_lossy(&refused.stdout) + String::from_utf8_lossy(&refused.stderr);
        assert!(
            !refused.status.success() && said.contains("unknown-child"),
            "{said}"
        );
        assert!(said.contains(&format!("{VISIT}:3:13")), "{said}");
        // Sound as staged, broken in the working tree, as are files that are not staged: taken.
        assert!(git(root, &["add", &visit]).status.success());
        write(root, &visit, "no record");
        write(root, &format!("{within}helpers/h0000000.toml"), "no helper");
        let taken = git(root, &["commit", "-qm", "c"]);
        assert!(taken.status.success(), "{taken:?}");
        // What is given with the commit is staged in an index of its own.
        let refused = git(root, &["commit", "-qam", "d"]);
        assert!(!refused.status.success(), "{refused:?}");
        // A commit without records has nothing to be judged.
        write(root, "a.txt", "a");
        assert!(git(root, &["add", "a.txt"]).status.success());
        let taken = git(root, &["commit", "-qm", "e"]);
        assert!(taken.status.success(), "{taken:?}");
    }
}
