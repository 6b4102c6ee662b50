//! Hostile input in place of records: links, pipes, devices, odd names, huge texts. Every command terminates with a
//! message, and neither reads nor writes anything outside the records.

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::school::{cuncao, files, said, write};

/// The maximum duration of a command, on a slow machine in a debug build.
const LONGEST: Duration = Duration::from_secs(60);

/// The maximum address space of a command in KiB, including thread stacks.
const MAX_MEMORY: &str = "4000000";

/// A text outside of the records that must not be read.
const SECRET: &str = "outside-and-secret";

const READERS: &[&[&str]] = &[
    &["validate"],
    &["validate", "--format", "short"],
    &["validate", "--format", "json"],
    &["validate", "--format", "sarif"],
    &["list", "child"],
    &["list", "visit", "--format", "json"],
    &["stats"],
    &["stats", "--by", "class"],
    &["report", "term"],
    &["due"],
    &["export", "--format", "ndjson"],
    &["show", "c4t8w2z"],
    &["doctor", "--dry-run"],
    &["validate", "--fix", "--dry-run"],
    &["list", "child", "--skip-broken"],
];

struct Ended {
    status: ExitStatus,
    text: String,
}

/// Runs the program with limited memory and time.
fn bounded(root: &Path, arguments: &[&str]) -> Ended {
    let mut child = crate::school::command_of("sh".as_ref(), root)
        .args(["-c", "ulimit -v $0; exec \"$@\"", MAX_MEMORY])
        .arg(crate::school::program())
        .args(crate::school::TODAY)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let gather = |mut from: Box<dyn Read + Send>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            from.read_to_end(&mut bytes).unwrap();
            bytes
        })
    };
    let out = gather(Box::new(child.stdout.take().unwrap()));
    let err = gather(Box::new(child.stderr.take().unwrap()));
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > LONGEST {
            child.kill().unwrap();
            panic!("{arguments:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(3));
    };
    let mut bytes = out.join().unwrap();
    bytes.extend(err.join().unwrap());
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ended { status, text }
}

/// Runs all commands that read, and returns the output of `validate`.
fn all_end(root: &Path) -> String {
    let mut validated = String::new();
    for arguments in READERS {
        let ended = bounded(root, arguments);
        let start: String = ended.text.chars().take(2000).collect();
        let told = format!("{arguments:?} {:?}: {start}", ended.status);
        assert!(matches!(ended.status.code(), Some(0..=2)), "{told}");
        assert!(!ended.text.contains("panicked"), "{told}");
        assert!(!ended.text.contains(SECRET), "{told}");
        let is_dangerous = |c: char| c.is_control() && c != '\n' && c != '\t';
        assert!(!ended.text.contains(is_dangerous), "{told}");
        if *arguments == ["validate", "--format", "short"] {
            validated = ended.text;
        }
    }
    validated
}

fn small() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    crate::school::small(folder.path());
    folder
}

#[test]
fn special_files_are_skipped_and_reported() {
    let folder = small();
    let root = folder.path();
    let outside = tempfile::tempdir().unwrap();
    write(outside.path(), "c000010.toml", crate::school::child(SECRET));
    write(
        outside.path(),
        "2025-12-01-v000010.toml",
        crate::school::visit(SECRET),
    );
    let at = |path: &str| root.join(path);
    symlink(
        outside.path().join("c000010.toml"),
        at("children/c000010.toml"),
    )
    .unwrap();
    symlink("c000011.toml", at("children/c000011.toml")).unwrap();
    symlink("c4t8w2z.toml", at("children/c000012.toml")).unwrap();
    symlink(outside.path(), at("visits/2025-12")).unwrap();
    symlink("..", at("visits/loop")).unwrap();
    symlink(outside.path(), at("awards")).unwrap();
    let made = Command::new("mkfifo")
        .arg(at("children/c000013.toml"))
        .status();
    let has_pipe = made.is_ok_and(|status| status.success());
    let _socket = UnixListener::bind(at("children/c000014.toml")).unwrap();
    let made = Command::new("mknod")
        .arg(at("children/c000015.toml"))
        .args(["c", "1", "5"])
        .stderr(Stdio::null())
        .status();
    let has_device = made.is_ok_and(|status| status.success());
    fs::create_dir(at("children/c000016.toml")).unwrap();
    let validated = all_end(root);
    for path in [
        "children/c000010.toml",
        "children/c000011.toml",
        "children/c000012.toml",
        "visits/2025-12",
        "visits/loop",
        "awards",
        "children/c000014.toml",
    ] {
        assert!(validated.contains(path), "{path}: {validated}");
    }
    assert_eq!(validated.contains("children/c000013.toml"), has_pipe);
    assert_eq!(validated.contains("children/c000015.toml"), has_device);
    // Nothing is written through links either.
    let before = files(outside.path());
    for arguments in [
        &["set", "c000010", "name=甲"][..],
        &["set", "c000013", "name=甲"],
        &["set", "c000015", "name=甲"],
        &[
            "add",
            "award",
            "--date",
            "2025-12-01",
            "--child",
            "c4t8w2z",
            "--title",
            "奖",
        ],
        &[
            "add",
            "visit",
            "--date",
            "2025-12-01",
            "--mode",
            "home",
            "--children",
            "c4t8w2z",
            "--by",
            "h7k3m9q",
            "--summary",
            "家访。",
        ],
        &["validate", "--fix"],
    ] {
        let ended = bounded(root, arguments);
        assert!(
            matches!(ended.status.code(), Some(1 | 2)),
            "{arguments:?}: {}",
            ended.text
        );
        assert!(!ended.text.contains("panicked"), "{}", ended.text);
    }
    assert_eq!(files(outside.path()), before);
}

#[test]
fn odd_file_names_are_escaped() {
    let folder = small();
    let root = folder.path();
    let names: &[&[u8]] = &[
        b"a\nb.toml",
        b"\x1b[31mred.toml",
        b"\x1b]0;title\x07.toml",
        b"\xff\xfe.toml",
        b"..toml",
        b"...toml",
        b"-rf.toml",
        b"c4t8w2z.toml\r.toml",
        b"$(touch x).toml",
        "\u{202e}lmot.toml".as_bytes(),
        "张小明.toml".as_bytes(),
    ];
    for name in names {
        let name = OsStr::from_bytes(name);
        fs::write(root.join("children").join(name), crate::school::child("甲")).unwrap();
    }
    fs::create_dir(root.join("visits").join(OsStr::from_bytes(b"20\n25"))).unwrap();
    let validated = all_end(root);
    assert!(validated.contains("bad-file-name"), "{validated}");
    for shown in ["张小明.toml", "-rf.toml", "\\u{1b}[31mred.toml"] {
        assert!(validated.contains(shown), "{shown}: {validated}");
    }
}

/// Huge or deeply nested texts, each under a mebibyte; lists are shortened by a factor.
fn monsters(shorter: usize) -> Vec<(&'static str, String)> {
    let deep = 100_000;
    vec![
        (
            "deep array",
            format!("wishes = {}{}", "[".repeat(deep), "]".repeat(deep)),
        ),
        ("open array", format!("wishes = {}", "[".repeat(deep))),
        (
            "deep table",
            format!("profile = {}1{}", "{a=".repeat(deep), "}".repeat(deep)),
        ),
        ("open table", format!("profile = {}", "{a=".repeat(deep))),
        ("deep key", format!("a{} = 1", ".a".repeat(deep))),
        ("deep header", format!("[a{}]\nb = 1", ".a".repeat(deep))),
        (
            "deep list header",
            format!("[[a{}]]\nb = 1", ".a".repeat(deep)),
        ),
        ("keys of a table", {
            let inner: String = (0..60_000 / shorter)
                .map(|at| format!("k{at}=1,"))
                .collect();
            format!("profile = {{{}}}", inner.trim_end_matches(','))
        }),
        (
            "many keys",
            (0..100_000 / shorter)
                .map(|at| format!("k{at}=1\n"))
                .collect(),
        ),
        ("many tables", "[[parents]]\n".repeat(80_000 / shorter)),
        ("many faults", "a\n".repeat(300_000 / shorter)),
        ("many quotes", "\"".repeat(1_000_000)),
        ("many brackets", "[".repeat(1_000_000)),
        ("many markers", "<<<<<<< a\n".repeat(90_000 / shorter)),
        ("long line", format!("name = \"{}\"", "长".repeat(330_000))),
        ("long key", format!("{} = 1", "k".repeat(1_000_000))),
        ("long number", format!("name = {}", "1".repeat(1_000_000))),
        (
            "long list",
            format!("wishes = [{}]", "1,".repeat(500_000 / shorter)),
        ),
        ("long comment", format!("# {}", "长".repeat(340_000))),
    ]
}

/// Sequentially, so that each has its own time limit.
#[test]
fn huge_texts_are_refused_in_bounded_time() {
    let folder = small();
    let root = folder.path();
    let all = std::env::var_os("CUNCAO_MONSTERS").is_some();
    let monsters = monsters(if all { 1 } else { 20 });
    for (what, text) in &monsters {
        write(root, "children/c000010.toml", text);
        let readers = if all { READERS } else { &READERS[..1] };
        for arguments in readers {
            let begun = Instant::now();
            let ended = bounded(root, arguments);
            let start: String = ended.text.chars().take(600).collect();
            let told = format!("{what} {arguments:?} {:?}: {start}", ended.status);
            assert!(matches!(ended.status.code(), Some(0..=2)), "{told}");
            assert!(
                ended.text.contains("children/c000010.toml") || all,
                "{told}"
            );
            if all || arguments.len() == 1 {
                println!(
                    "{what}: {arguments:?} took {:?}, said {} bytes",
                    begun.elapsed(),
                    ended.text.len()
                );
            }
        }
        let set = bounded(root, &["set", "c000010", "village=石桥", "--dry-run"]);
        assert!(
            matches!(set.status.code(), Some(0..=2)),
            "{what}: {:?}",
            set.status
        );
    }
    fs::remove_file(root.join("children/c000010.toml")).unwrap();
    // All commands read the settings.
    let settings = fs::read_to_string(root.join("cuncao.toml")).unwrap();
    for (what, text) in &monsters {
        fs::write(root.join("cuncao.toml"), format!("{settings}\n{text}")).unwrap();
        let ended = bounded(root, &["list", "child"]);
        let told: String = ended.text.chars().take(600).collect();
        assert!(
            matches!(ended.status.code(), Some(0 | 2)),
            "{what}: {:?} {told}",
            ended.status
        );
    }
}

#[test]
fn a_file_of_gigabytes_is_refused_without_reading() {
    let folder = small();
    let root = folder.path();
    for path in [
        "children/c000010.toml",
        "visits/2025-10/2025-10-12-v000010.toml",
    ] {
        let file = fs::File::create(root.join(path)).unwrap();
        file.set_len(8 << 30).unwrap();
    }
    let validated = all_end(root);
    assert!(
        validated.contains("too-large") && validated.contains("c000010"),
        "{validated}"
    );
    // Nor are such tables and such input accepted.
    let file = fs::File::create(root.join("table.csv")).unwrap();
    file.set_len(8 << 30).unwrap();
    for arguments in [
        &["import", "child", "table.csv"][..],
        &["add", "child", "--from", "table.csv"],
        &["import", "child", "/dev/zero"],
        &["add", "child", "--from", "/dev/zero"],
        &["show", "c000010"],
        &["set", "c000010", "name=甲"],
    ] {
        let ended = bounded(root, arguments);
        assert_eq!(
            ended.status.code(),
            Some(2),
            "{arguments:?}: {}",
            ended.text
        );
    }
}

#[test]
fn nothing_outside_is_read_or_written_through_a_record() {
    let outer = tempfile::tempdir().unwrap();
    let root = outer.path().join("records");
    fs::create_dir(&root).unwrap();
    let root = root.as_path();
    crate::school::small(root);
    write(outer.path(), "x", SECRET);
    write(outer.path(), "x.toml", format!("name = \"{SECRET}\"\n"));
    let before = files(outer.path());
    let refused: &[&[&str]] = &[
        &["show", "../x"],
        &["show", "/etc/passwd"],
        &["set", "../x", "name=甲"],
        &[
            "add",
            "term",
            "../../x",
            "--name",
            "秋",
            "--start",
            "2026-03-01",
            "--end",
            "2026-07-01",
        ],
        &[
            "add",
            "document",
            "--date",
            "2025-10-12",
            "--kind",
            "plan",
            "--title",
            "计划",
            "--file",
            "../x",
        ],
        &[
            "add",
            "document",
            "--date",
            "2025-10-12",
            "--kind",
            "plan",
            "--title",
            "计划",
            "--file",
            "/etc/passwd",
        ],
        &[
            "add",
            "activity",
            "--date",
            "2025-10-12",
            "--title",
            "活动",
            "--theme",
            "other",
            "--summary",
            "有",
            "--set",
            "photos=../x",
        ],
        &["add", "visit", "--set", "../x=1"],
        &["add", "visit", "--set", "../../x/y=1"],
        &["set", "c4t8w2z", "../x=1"],
        &["set", "c4t8w2z", "siblings=../x"],
        &["report", "../x"],
        &["validate", ".."],
        &["validate", "../x"],
    ];
    for arguments in refused {
        let ended = cuncao(root, arguments);
        assert_eq!(
            ended.status.code(),
            Some(2),
            "{arguments:?}: {}",
            said(&ended)
        );
        assert!(!said(&ended).contains(SECRET), "{}", said(&ended));
    }
    write(
        root,
        "table.csv",
        "name,../../x,gender,birth_date\n甲,1,male,2016-01-01\n",
    );
    let imported = cuncao(root, &["import", "child", "table.csv"]);
    assert_eq!(imported.status.code(), Some(2), "{}", said(&imported));
    fs::remove_file(root.join("table.csv")).unwrap();
    assert_eq!(files(outer.path()), before);
    // In a file edited by hand they are reported.
    write(
        root,
        "activities/2025-10/2025-10-13-a7k3m9q.toml",
        "date = 2025-10-13\ntitle = \"活动\"\ntheme = \"other\"\nsummary = \"有\"\nphotos = [\"../x\", \"/etc/passwd\", \"a/../../x\"]\n",
    );
    let validated = all_end(root);
    assert_eq!(
        validated.matches("error[unknown-file]").count(),
        3,
        "{validated}"
    );
}

#[test]
fn an_unreadable_folder_is_reported() {
    use std::os::unix::fs::PermissionsExt;
    let folder = small();
    let root = folder.path();
    let open =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    for entry in walkdir::WalkDir::new(root) {
        open(entry.unwrap().path(), 0o755);
    }
    open(&root.join("visits/2025-10"), 0);
    open(&root.join("children/c000002.toml"), 0);
    // root can read everything: run as another user.
    let as_nobody = |arguments: &[&str]| {
        crate::school::command_of("setpriv".as_ref(), root)
            .args([
                "--reuid",
                "65534",
                "--regid",
                "65534",
                "--clear-groups",
                "--",
            ])
            .arg(crate::school::program())
            .args(crate::school::TODAY)
            .args(arguments)
            .output()
    };
    let validated = match as_nobody(&["validate"]) {
        Ok(output) if matches!(output.status.code(), Some(0..=2)) => output,
        _ => {
            println!("skipped: no program can be run as another user");
            return;
        }
    };
    assert_eq!(validated.status.code(), Some(1), "{}", said(&validated));
    for path in ["visits/2025-10", "children/c000002.toml"] {
        assert!(said(&validated).contains(path), "{}", said(&validated));
    }
    let before = files(root);
    for arguments in [
        &["stats"][..],
        &["list", "child"],
        &["set", "c4t8w2z", "village=石桥"],
        &[
            "add",
            "award",
            "--date",
            "2025-11-01",
            "--child",
            "c4t8w2z",
            "--title",
            "奖",
        ],
    ] {
        let ended = as_nobody(arguments).unwrap();
        assert_eq!(
            ended.status.code(),
            Some(2),
            "{arguments:?}: {}",
            said(&ended)
        );
        let told = said(&ended);
        assert!(told.to_lowercase().contains("permission denied"), "{told}");
        assert!(told.contains("hint: "), "{told}");
    }
    assert_eq!(files(root), before);
}
