//! Confidential fields are sealed to the recipients in `cuncao.toml`, and nobody else can read them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use age::secrecy::ExposeSecret;

const SECRET: &str = "父亲去年冬天在工地受伤，孩子不愿别人知道。\n第二行 \"引号\" = 1\n";
const ID_NUMBER: &str = "420000201503020012";

/// A records directory with one child and one visit, and the keys of two people next to it.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder };
        fs::create_dir_all(place.records().join("children")).unwrap();
        fs::create_dir_all(place.records().join("helpers")).unwrap();
        fs::create_dir_all(place.records().join("visits/2026-03")).unwrap();
        place.write(
            "cuncao.toml",
            r#"format = 1

[school]
name = "柳树小学"
level = "primary"

[validate]
allow = ["care", "no-consent", "helper-unchecked"]
"#,
        );
        place.write(
            "children/c4t8w2z.toml",
            r#"name = "张小明"
gender = "male"
birth_date = 2015-03-02

[[enrolment]]
since = 2022-09-01
class = "2022-1"
"#,
        );
        fs::create_dir_all(place.records().join("terms")).unwrap();
        place.write(
            "terms/2025-2026-2.toml",
            r#"name = "2025—2026学年第二学期"
start = 2026-02-24
end = 2026-07-10
"#,
        );
        place.write(
            "helpers/h7k3m9q.toml",
            r#"name = "王芳"
role = "head-teacher"
since = 2022-09-01
"#,
        );
        let visit = format!(
            r#"date = 2026-03-05
mode = "talk"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "谈心。"  # 记在办公室
confidential = """
{SECRET}"""
"#
        );
        place.write("visits/2026-03/2026-03-05-v7k3m9q.toml", &visit);
        place
    }

    fn records(&self) -> PathBuf {
        self.folder.path().join("records")
    }

    fn visit(&self) -> String {
        fs::read_to_string(
            self.records()
                .join("visits/2026-03/2026-03-05-v7k3m9q.toml"),
        )
        .unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.records().join(path), text).unwrap();
    }

    /// Generates an age key; returns its file and its public half.
    fn key(&self, name: &str) -> (PathBuf, String) {
        let key = age::x25519::Identity::generate();
        let path = self.folder.path().join(name);
        fs::write(
            &path,
            format!("# {name}\n{}\n", key.to_string().expose_secret()),
        )
        .unwrap();
        (path, key.to_public().to_string())
    }

    fn seal_to(&self, recipients: &[&str]) {
        let path = self.records().join("cuncao.toml");
        let text = fs::read_to_string(&path).unwrap();
        let before = text.split("\n[seal]").next().unwrap();
        let text = format!("{before}\n[seal]\nrecipients = {recipients:?}\n");
        fs::write(path, text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, &[])
    }

    fn run_with(&self, arguments: &[&str], environment: &[(&str, &Path)]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_cuncao"))
            .args(["--lang", "en", "--today", "2026-03-06", "-C"])
            .arg(self.records())
            .args(arguments)
            .env_remove("CUNCAO_IDENTITY")
            .envs(environment.iter().copied())
            .output()
            .unwrap()
    }

    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn what_is_sealed_is_opened_by_those_named_alone() {
    let place = Place::new();
    let before = place.visit();
    let ((wang, wang_public), (li, li_public)) = (place.key("wang"), place.key("li"));
    let (other, _) = place.key("other");
    place.seal_to(&[&wang_public, &li_public]);

    assert_eq!(
        place.done(&["seal"]),
        "visits/2026-03/2026-03-05-v7k3m9q.toml\n"
    );
    let sealed = place.visit();
    assert!(!sealed.contains("工地"), "{sealed}");
    assert!(
        sealed.contains("summary = \"谈心。\"  # 记在办公室\n"),
        "{sealed}"
    );
    assert_eq!(place.done(&["seal"]), "");
    assert_eq!(place.visit(), sealed);
    assert!(place.run(&["validate"]).status.success());

    for key in [&wang, &li] {
        let shown = place.done(&[
            "show",
            "v7k3m9q",
            "--confidential",
            "--format",
            "json",
            "--identity",
            key.to_str().unwrap(),
        ]);
        let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(shown["confidential"], SECRET);
    }
    let shown = place.done(&["show", "v7k3m9q", "--confidential"]);
    assert!(shown.contains("(sealed; --identity opens it)"), "{shown}");
    let refused = place.run(&[
        "show",
        "v7k3m9q",
        "--confidential",
        "--identity",
        other.to_str().unwrap(),
    ]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        said(&refused).starts_with(
            "error: visits/2026-03/2026-03-05-v7k3m9q.toml: confidential is sealed to other people"
        ),
        "{}",
        said(&refused)
    );

    place.done(&["unseal", "--identity", li.to_str().unwrap()]);
    let opened: toml::Table = place.visit().parse().unwrap();
    assert_eq!(opened, before.parse().unwrap());
    assert!(place.visit().contains("# 记在办公室"));
}

#[test]
fn what_is_added_or_set_is_sealed_at_once() {
    let place = Place::new();
    let (wang, public) = place.key("wang");
    place.seal_to(&[&public]);
    let added = place.done(&[
        "add",
        "visit",
        "--date",
        "2026-03-04",
        "--mode",
        "talk",
        "--children",
        "张小明",
        "--by",
        "王芳",
        "--summary",
        "谈心。",
        "--confidential",
        "只有我们知道",
    ]);
    let (id, path) = added.trim().split_once("  ").unwrap();
    let text = fs::read_to_string(place.records().join(path)).unwrap();
    assert!(
        text.contains("-----BEGIN AGE ENCRYPTED FILE-----") && !text.contains("只有"),
        "{text}"
    );
    let key = wang.to_str().unwrap();
    let shown = place.done(&["show", id, "--confidential", "--identity", key]);
    assert!(shown.contains("只有我们知道"), "{shown}");

    // An invalid identity number is refused before it is sealed.
    let refused = place.run(&["set", "zxm", "id_number=420000201503020010"]);
    assert_eq!(refused.status.code(), Some(2));
    let told = "children/c4t8w2z.toml:4:13: the check character of the identity number is wrong";
    assert!(said(&refused).starts_with(told), "{}", said(&refused));

    // Imported tables may contain confidential text too.
    let table = place.folder.path().join("visits.csv");
    fs::write(&table, "date,mode,children,by,summary,confidential\n2026-03-03,talk,张小明,王芳,谈心,表格里的秘密\n").unwrap();
    place.done(&["import", "visit", table.to_str().unwrap()]);
    let exported = place.done(&[
        "export",
        "visit",
        "--names",
        "full",
        "--confidential",
        "--format",
        "ndjson",
    ]);
    assert!(!exported.contains("表格里的秘密"), "{exported}");
    let exported = place.done(&[
        "export",
        "visit",
        "--names",
        "full",
        "--confidential",
        "--format",
        "ndjson",
        "--identity",
        key,
    ]);
    assert!(
        exported.contains("表格里的秘密") && exported.contains("只有我们知道"),
        "{exported}"
    );
    let refused = place.run(&[
        "export",
        "visit",
        "--pseudonymise",
        "--confidential",
        "--identity",
        key,
        "--key-file",
        place.folder.path().join("pseudonyms").to_str().unwrap(),
    ]);
    assert_eq!(refused.status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn the_editor_gets_what_is_sealed_in_a_private_folder_that_is_gone_afterwards() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let (wang, public) = place.key("wang");
    place.seal_to(&[&public]);
    place.done(&["seal"]);
    let sealed = place.visit();
    let script = place.folder.path().join("editor.sh");
    let note = place.folder.path().join("note");
    let editor = |command: &str| {
        let text = format!(
            "#!/bin/sh\nstat -c %a \"$(dirname \"$1\")\" > '{0}'\ngrep -c 工地 \"$1\" >> '{0}'\necho \"$1\" >> '{0}'\n{command}\n",
            note.display()
        );
        fs::write(&script, text).unwrap();
        fs::set_permissions(&script, PermissionsExt::from_mode(0o755)).unwrap();
        let key = wang.to_str().unwrap();
        let output = place.run_with(
            &["edit", "v7k3m9q", "--identity", key],
            &[("VISUAL", &script)],
        );
        assert!(output.status.success(), "{}", said(&output));
        let note = fs::read_to_string(&note).unwrap();
        let lines: Vec<&str> = note.lines().collect();
        assert_eq!(lines[..2], ["700", "1"]);
        assert!(!Path::new(lines[2]).exists(), "{}", lines[2]);
        assert!(!Path::new(lines[2]).parent().unwrap().exists());
    };
    // Without changes nothing is sealed again.
    editor("true");
    assert_eq!(place.visit(), sealed);
    // If another field changes, the sealed one keeps its bytes.
    editor("sed -i 's/谈心。/长谈。/' \"$1\"");
    assert_eq!(place.visit(), sealed.replace("谈心。", "长谈。"));
    // The sealed field itself changes.
    editor("sed -i 's/工地/工地上/' \"$1\"");
    assert!(!place.visit().contains("工地"));
    let key = wang.to_str().unwrap();
    let shown = place.done(&["show", "v7k3m9q", "--confidential", "--identity", key]);
    assert!(shown.contains("工地上"), "{shown}");
}

#[test]
fn who_joins_can_read_after_sealing_again() {
    let place = Place::new();
    let ((wang, wang_public), (li, li_public)) = (place.key("wang"), place.key("li"));
    place.seal_to(&[&wang_public]);
    place.done(&["seal"]);
    place.seal_to(&[&wang_public, &li_public]);
    let open = [
        "show",
        "v7k3m9q",
        "--confidential",
        "--identity",
        li.to_str().unwrap(),
    ];
    assert_eq!(place.run(&open).status.code(), Some(2));
    let refused = place.run(&["seal", "--again"]);
    assert!(
        said(&refused).contains("--identity FILE"),
        "{}",
        said(&refused)
    );
    place.done(&["seal", "--again", "--identity", wang.to_str().unwrap()]);
    assert!(place.done(&open).contains("工地"));
}

#[test]
fn an_openssh_key_seals_and_opens() {
    let place = Place::new();
    let key = place.folder.path().join("id_ed25519");
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "wang@柳树", "-f"])
        .arg(&key)
        .status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("ssh-keygen is missing: not tried");
        return;
    }
    let public = fs::read_to_string(key.with_extension("pub")).unwrap();
    place.seal_to(&[public.trim()]);
    place.done(&["seal"]);
    assert!(!place.visit().contains("工地"));
    place.done(&["unseal", "v7k3m9q", "--identity", key.to_str().unwrap()]);
    assert!(place.visit().contains("工地"));
}

#[test]
fn an_id_number_is_sealed_and_still_no_fault() {
    let place = Place::new();
    let (wang, public) = place.key("wang");
    let child = place.records().join("children/c4t8w2z.toml");
    let text = fs::read_to_string(&child).unwrap();
    fs::write(&child, format!("id_number = \"{ID_NUMBER}\"\n{text}")).unwrap();
    place.seal_to(&[&public]);
    place.done(&["seal", "zxm"]);
    assert!(!fs::read_to_string(&child).unwrap().contains(ID_NUMBER));
    let checked = place.run(&["validate"]);
    let found = String::from_utf8(checked.stdout).unwrap();
    assert!(
        checked.status.success() && !found.contains("id-number"),
        "{found}"
    );
    let report = place.done(&["report", "child", "zxm", "--names", "full"]);
    assert!(
        !report.contains(ID_NUMBER) && !report.contains("BEGIN AGE"),
        "{report}"
    );
    let key = wang.to_str().unwrap();
    let shown = place.done(&["show", "zxm", "--confidential", "--identity", key]);
    assert!(shown.contains(ID_NUMBER));
}

#[test]
fn wrong_keys_are_named() {
    let place = Place::new();
    let output = place.run(&["seal"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("[seal] recipients = ["),
        "{}",
        said(&output)
    );
    place.seal_to(&["age1nonsense"]);
    let output = place.run(&["seal"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("cuncao.toml: `age1nonsense`"),
        "{}",
        said(&output)
    );
    let nowhere = place.folder.path().join("nowhere");
    let output = place.run(&["unseal", "--identity", nowhere.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("nowhere cannot be used as a key"),
        "{}",
        said(&output)
    );
}

#[test]
fn a_damaged_value_is_named_and_nothing_changes() {
    let place = Place::new();
    let (wang, public) = place.key("wang");
    place.seal_to(&[&public]);
    place.done(&["seal"]);
    let sealed = place.visit();
    let at = sealed.find("-----END").unwrap() - 6;
    let mut damaged = sealed.clone();
    let other = if sealed.as_bytes()[at] == b'A' {
        "B"
    } else {
        "A"
    };
    damaged.replace_range(at..=at, other);
    place.write("visits/2026-03/2026-03-05-v7k3m9q.toml", &damaged);
    let output = place.run(&["unseal", "--identity", wang.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("confidential is sealed, but damaged"),
        "{}",
        said(&output)
    );
    assert_eq!(place.visit(), damaged);
}

#[test]
fn the_id_numbers_of_guardians_and_parents_are_sealed_too() {
    let place = Place::new();
    let (wang, public) = place.key("wang");
    let text = r#"# 档案
name = "张小明"
gender = "male"
birth_date = 2015-03-02

[[guardianship]]
since = 2022-09-01
away = "both"
kind = "grandparents"
guardian = { name = "张大山", id_number = "11010519491231002X", relation = "奶奶" }  # 同住

[[parents]]
relation = "mother"
id_number = "11010519491231002X"
"#;
    let path = "children/c4t8w2z.toml";
    place.write(path, text);
    place.seal_to(&[&public]);
    place.done(&["seal"]);
    let sealed = fs::read_to_string(place.records().join(path)).unwrap();
    assert!(!sealed.contains("1101051949") && sealed.matches("-----BEGIN AGE").count() == 2);
    place.done(&["validate"]);
    let key = wang.to_str().unwrap();
    let shown = place.done(&["show", "zxm", "--confidential", "--identity", key]);
    assert_eq!(shown.matches("11010519491231002X").count(), 2, "{shown}");
    let closed = place.done(&["show", "zxm"]);
    assert!(
        !closed.contains("BEGIN AGE") && closed.contains("张大山"),
        "{closed}"
    );
    place.done(&["unseal", "--identity", key]);
    assert_eq!(
        fs::read_to_string(place.records().join(path)).unwrap(),
        text
    );
}

/// One clone only seals, the other edits, each merges the other, and edits again: git then computes a virtual merge
/// base with the driver.
#[test]
fn who_has_the_key_merges_a_seal_with_an_edit_also_where_histories_cross() {
    if !crate::support::has("git") {
        return;
    }
    let place = Place::new();
    let (key, public) = place.key("wang");
    let keyed = [("CUNCAO_IDENTITY", key.as_path())];
    let visit = "visits/2026-03/2026-03-05-v7k3m9q.toml";
    let root = place.records();
    let git = |environment: &[(&str, &Path)], arguments: &[&str]| {
        let mut command = crate::support::git(&root, arguments);
        command.envs(environment.iter().copied()).output().unwrap()
    };
    let done = |environment: &[(&str, &Path)], arguments: &[&str]| {
        let output = git(environment, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    };
    let commit = || done(&keyed, &["commit", "-q", "--no-verify", "-am", "a"]);
    let edit = |from: &str, to: &str| {
        place.done(&["unseal", "v7k3m9q", "--identity", key.to_str().unwrap()]);
        let text = place.visit();
        assert!(text.contains(from), "{text}");
        place.write(visit, &text.replace(from, to));
        place.done(&["seal"]);
    };
    place.seal_to(&[&public]);
    done(&keyed, &["init", "-q", "-b", "one"]);
    place.done(&["init", "--hook"]);
    done(&keyed, &["add", "-A"]);
    done(&keyed, &["commit", "-q", "--no-verify", "-m", "a"]);
    done(&keyed, &["branch", "other"]);
    place.done(&["seal"]);
    commit();
    done(&keyed, &["checkout", "-q", "other"]);
    edit("去年冬天", "今年春天");
    commit();

    // Without the key it is not visible that only one side has changed.
    let refused = git(&[], &["merge", "-q", "one"]);
    assert!(!refused.status.success());
    let told = said(&refused);
    assert!(
        told.contains("Set CUNCAO_IDENTITY to the file of your key"),
        "{told}"
    );
    assert!(!place.visit().contains("春天"), "{}", place.visit());
    done(&keyed, &["merge", "--abort"]);

    done(&keyed, &["branch", "before"]);
    done(&keyed, &["merge", "-q", "-m", "b", "one"]);
    done(&keyed, &["checkout", "-q", "one"]);
    done(&keyed, &["merge", "-q", "-m", "b", "before"]);
    place.write(visit, &place.visit().replace("谈心", "长谈"));
    commit();
    done(&keyed, &["checkout", "-q", "other"]);
    edit("工地", "矿上");
    commit();
    done(&keyed, &["merge", "-q", "-m", "c", "one"]);
    let text = place.done(&[
        "show",
        "v7k3m9q",
        "--confidential",
        "--identity",
        key.to_str().unwrap(),
    ]);
    for word in ["今年春天", "矿上", "长谈"] {
        assert!(text.contains(word), "{text}");
    }
}
