//! Texts that are not TOML or not records: each is reported, and none hides another.

use std::path::Path;

use cuncao::diagnostic::Severity;
use cuncao::diagnostic::render::{Position, TextRenderer};
use cuncao::rules::{CheckOptions, Reported, check, diagnose};
use cuncao::store::Store;
use cuncao::text::Lang;

const SCHOOL: &str = "format = 1\n[school]\nname = \"青石小学\"\nlevel = \"primary\"\n";

fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

fn checked(root: &Path) -> Vec<Reported> {
    let options = CheckOptions {
        today: "2025-11-12".parse().unwrap(),
        severities: None,
        advanced: &|_| {},
    };
    check(&Store::at(root), &options)
}

/// Returns the errors as `rule path:line:column`.
fn errors(root: &Path) -> Vec<String> {
    let store = Store::at(root);
    let found = checked(root);
    let errors = found
        .iter()
        .filter(|reported| reported.severity == Severity::Error);
    errors
        .map(|reported| {
            let text = store.shown_text(&reported.finding.path).ok();
            let diagnostic = diagnose(&store, reported, text.as_deref());
            // The renderer must not panic on any text, in either language.
            for lang in Lang::ALL {
                let shown = TextRenderer::new(lang, true).text(&diagnostic);
                assert!(shown.contains(diagnostic.rule.name));
            }
            let (Position { line, column }, _) = diagnostic.spot.positions();
            format!(
                "{} {}:{line}:{column}",
                diagnostic.rule.name, diagnostic.spot.path
            )
        })
        .collect()
}

/// Texts that are not TOML, each with the rule that reports it.
const NO_TOML: &[(&str, &[u8])] = &[
    ("toml-syntax", b"name"),
    ("toml-syntax", b"name ="),
    ("toml-syntax", b"name = \"a"),
    ("toml-syntax", b"name = 'a\n'"),
    ("toml-syntax", b"name = \"\"\"a"),
    ("toml-syntax", b"= 1"),
    ("toml-syntax", b"name = \"a\" gender = \"male\""),
    ("toml-syntax", b"name = \"a\"\nname = \"b\""),
    ("toml-syntax", b"[left]\n[left]"),
    ("toml-syntax", b"[[parents]]\n[parents]"),
    ("toml-syntax", b"[left\n"),
    ("toml-syntax", b"[[left]\n"),
    ("toml-syntax", b"a = [1, 2"),
    ("toml-syntax", b"a = {b = 1"),
    ("toml-syntax", b"a.b = 1\na = 2"),
    ("toml-syntax", b"a = 2025-13-01"),
    ("toml-syntax", b"a = 2025-02-30"),
    ("toml-syntax", b"a = 25:00:00"),
    ("toml-syntax", b"a = 01"),
    ("toml-syntax", b"a = 0x"),
    ("toml-syntax", b"a = 1_"),
    ("toml-syntax", b"a = 1__0"),
    ("toml-syntax", b"a = 1."),
    ("toml-syntax", b"a = 9223372036854775808"),
    ("toml-syntax", b"a = TRUE"),
    ("toml-syntax", b"a = \"\\q\""),
    ("toml-syntax", b"a = \"\\ud800\""),
    ("toml-syntax", b"a = \"\x00\""),
    ("toml-syntax", b"# \x01\n"),
    ("toml-syntax", b"a = 1\rb = 2"),
    ("toml-syntax", "name = “张小明”".as_bytes()),
    ("toml-syntax", "姓名 = \"张小明\"".as_bytes()),
    ("toml-syntax", "name ＝ \"张小明\"".as_bytes()),
    ("toml-syntax", "\u{feff}\u{feff}a = 1".as_bytes()),
    ("toml-syntax", "a = 1_0\u{660}".as_bytes()),
    (
        "conflict-marker",
        b"<<<<<<< HEAD\nname = \"a\"\n=======\nname = \"b\"\n>>>>>>> b\n",
    ),
    ("not-utf8", b"name = \"\xd5\xc5\xd0\xa1\xc3\xf7\""),
    ("not-utf8", b"\xff\xfen\x00a\x00"),
    ("not-utf8", b"name = \"\xc0\x80\""),
    ("not-utf8", b"name = \"\xed\xa0\x80\""),
];

#[test]
fn invalid_toml_is_reported_and_hides_no_other_file() {
    for (rule, bytes) in NO_TOML {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "cuncao.toml", SCHOOL);
        write(folder.path(), "children/c4t8w2z.toml", bytes);
        write(folder.path(), "helpers/h7k3m9q.toml", "name = \"王老师\"\n");
        let found = errors(folder.path());
        let shown = String::from_utf8_lossy(bytes);
        let of_child: Vec<_> = found
            .iter()
            .filter(|line| line.contains("c4t8w2z"))
            .collect();
        assert!(
            !of_child.is_empty() && of_child.iter().all(|line| line.starts_with(rule)),
            "{shown:?}: {found:?}"
        );
        assert!(
            found.contains(&"missing-field helpers/h7k3m9q.toml:1:1".to_owned()),
            "{shown:?}: {found:?}"
        );
    }
}

#[test]
fn several_faults_of_one_text_are_found_together() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "cuncao.toml", SCHOOL);
    write(
        folder.path(),
        "helpers/h7k3m9q.toml",
        "name = \"王老师\"\nrole = \"teacher\"\n",
    );
    write(
        folder.path(),
        "visits/2025-10/2025-10-12-v7k3m9q.toml",
        "date = \"2025-10-12\"\nmode = \"hom\"\nchildren = [\"张小明\"]\nby = [\"h7k3m9q\"]\nteam = { people = true }\nminuets = 20\n",
    );
    let path = "visits/2025-10/2025-10-12-v7k3m9q.toml";
    assert_eq!(
        errors(folder.path()),
        [
            format!("missing-field {path}:1:1"),
            format!("wrong-type {path}:1:8"),
            format!("unknown-value {path}:2:8"),
            format!("unknown-child {path}:3:13"),
            format!("wrong-type {path}:5:19"),
            format!("unknown-field {path}:6:1"),
        ]
    );
}

#[test]
fn findings_have_a_stable_order() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "cuncao.toml", SCHOOL);
    write(
        root,
        "aid/2025-10/2025-10-20-d7k3m9q.toml",
        "date = 2025-10-20\nkind = \"money\"\nchildren = []\namount = \"三百\"\nsource = \"镇妇联\"\n",
    );
    write(
        root,
        "awards/2025-11/2025-11-10-w7k3m9q.toml",
        "date = 2025-11-10\nchild = \"c0000000\"\ntitle = \"三好学生\"\n",
    );
    write(root, "children/c4t8w2z.toml", b"name = \"\xd5\xc5\"\n");
    write(
        root,
        "documents/2025-09/2025-09-10-o7k3m9q.toml",
        "date = 2025-09-10\nkind = \"plan\"\ntitle = \"计划\"\nfile = \"../计划.docx\"\n",
    );
    write(
        root,
        "funds/2025-10/2025-10-20-f7k3m9q.toml",
        "date = 2025-10-20\ndirection = \"out\"\namount = \"1\"\nsource = \"慰问\"\n",
    );
    write(
        root,
        "helpers/h7k3m9q.toml",
        "name = \"王老师\"\nrole = \"techer\"\n",
    );
    write(
        root,
        "incidents/2025-11/2025-11-02-i7k3m9q.toml",
        "discovered = 2025-11-02T10:25:00\nreported = 2025-11-02T10:26:00\nkind = \"abuse\"\nchildren = []\nby = \"h7k3m9q\"\nsummary = \"发现。\"\n",
    );
    write(
        root,
        "loans/2025-10/2025-10-13-l7k3m9q.toml",
        "date = 2025-10-13\nitem = \"跳绳\"\n",
    );
    write(
        root,
        "terms/2025-2026-1.toml",
        "name = \"秋\"\nstart = 2025-09-01\nend = 2025-08-31\n",
    );
    write(root, "visits/2025-10/家访.toml", "");
    let expected = [
        "bad-amount aid/2025-10/2025-10-20-d7k3m9q.toml:4:10",
        "unknown-child awards/2025-11/2025-11-10-w7k3m9q.toml:2:9",
        "not-utf8 children/c4t8w2z.toml:1:9",
        "unknown-file documents/2025-09/2025-09-10-o7k3m9q.toml:4:8",
        "fund-overdrawn funds/2025-10/2025-10-20-f7k3m9q.toml:3:10",
        "unknown-value helpers/h7k3m9q.toml:2:8",
        "unreported-harm incidents/2025-11/2025-11-02-i7k3m9q.toml:3:8",
        "missing-field loans/2025-10/2025-10-13-l7k3m9q.toml:1:1",
        "end-before-start terms/2025-2026-1.toml:3:7",
        "bad-file-name visits/2025-10/家访.toml:1:1",
    ];
    for _ in 0..5 {
        assert_eq!(errors(root), expected);
    }
}

#[test]
fn the_first_fault_is_reported_first() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "cuncao.toml", SCHOOL);
    let child = "children/c4t8w2z.toml";
    write(folder.path(), child, "name = \"a\u{1b}[31m\n");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .arg("-C")
        .arg(folder.path())
        .args(["--lang", "en", "list", "child"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let (first, second) = (format!("{child}:1:10:"), format!("{child}:1:15:"));
    assert!(
        said.find(&first).unwrap() < said.find(&second).unwrap(),
        "{said}"
    );
}
