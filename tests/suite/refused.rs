//! Read-only locations and file names that are not UTF-8: nothing is lost, and errors are clear.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, Output};

use crate::school::program;
use crate::support::{copy, err, git, has, out, program as command, small, write};

const TABLE: &str = "姓名,性别,出生日期\n钱多,女,2016-03-02\n孙小,男,2016-04-02\n";

/// Commands that write, one per line.
const WRITERS: &str = "set c4t8w2z village=西村
add visit --date 2025-11-12 --mode home --children c4t8w2z --by h7k3m9q --summary 家访
note 家访 张小明 昨天没去成
change c4t8w2z contact parent=both frequency=weekly --since 2025-10-01
leave c7k2m4p --date 2025-11-12 --reason moved
import child ../../table.csv --since 2025-09-01 -y
validate --fix
rm 2024-2025-2
forget c7k2m4p --yes
undo";

/// Mounts a small file system with a school, and runs each command on a fresh copy. Prints its exit code, whether the
/// records are unchanged, the number of temporary files left, and its messages.
const SCRIPT: &str = r#"
mount -t tmpfs -o size=600k none full
cd full
content() {
    find s -type f -not -path 's/.cuncao-*' -exec cksum {} + | sort
}
prepare() {
    mount -o remount,rw .
    rm -rf fill s
    cp -r ../school s
    "$BIN" -C s set c4t8w2z address=三组 >/dev/null
    mv s/visits/2025-10/2025-10-12-v7k3m9q.toml s/visits/
    content >../before
}
attempt() {
    cd s
    code=0
    "$BIN" $command >/dev/null 2>../../said || code=$?
    cd ..
    state=old
    [ "$(content)" = "$(cat ../before)" ] || state=new
    left=$(find s -name '.cuncao-*' -not -name .cuncao-undo | wc -l)
    echo "$1|$command|$code|$state|$left|$(tr '\n' ' ' <../said)"
}
while read -r command; do
    for free in 0 4 8 12 16 24; do
        prepare
        dd if=/dev/zero of=fill bs=4k 2>/dev/null || true
        truncate -s "-${free}K" fill
        attempt full
    done
    prepare
    mount -o remount,ro .
    attempt read-only
done
for command in validate stats 'list child' doctor; do
    attempt reads
done
"#;

#[test]
fn where_nothing_can_be_written_the_old_records_stay_and_the_reason_is_said() {
    if !has("unshare") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    copy(small().path(), &root.join("school"));
    write(root, "table.csv", TABLE);
    std::fs::create_dir(root.join("full")).unwrap();
    write(root, "writers", WRITERS);
    let mut shell = Command::new("unshare");
    shell
        .args(["--user", "--map-root-user", "--mount", "sh", "-euc", SCRIPT])
        .current_dir(root)
        .stdin(std::fs::File::open(root.join("writers")).unwrap())
        .env("BIN", program())
        .env("CUNCAO_LANG", "zh")
        .env("CUNCAO_ME", "h7k3m9q")
        .env("CUNCAO_TODAY", "2025-11-12");
    let output = shell.output().unwrap();
    if !output.status.success() && out(&output).is_empty() {
        println!(
            "passed over: file systems cannot be laid here: {}",
            err(&output)
        );
        return;
    }
    assert!(output.status.success(), "{}", err(&output));
    let told = out(&output);
    let (mut refused, mut done) = (0, 0);
    for line in told.lines() {
        let [place, _, code, state, left, said] = line.splitn(6, '|').collect::<Vec<_>>()[..]
        else {
            panic!("{line}");
        };
        assert_eq!(left, "0", "{line}");
        match place {
            "reads" => assert!((code, state) == ("0", "old") || code == "1", "{line}"),
            "full" if state == "new" => {
                assert_eq!(code, "0", "{line}");
                done += 1;
            }
            place => {
                let reason = if place == "full" {
                    "磁盘已满"
                } else {
                    "磁盘不能写入"
                };
                assert!(
                    (code, state) == ("2", "old") && said.contains(reason),
                    "{line}"
                );
                refused += 1;
            }
        }
    }
    assert!(refused > 20 && done > 10, "{told}");
}

/// The output of a command, without its location.
fn steady(output: &Output, root: &Path) -> String {
    let root = root.display().to_string();
    (out_lossy(&output.stdout) + &out_lossy(&output.stderr)).replace(&root, "ROOT")
}

fn out_lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn in_folders_and_files_whose_names_are_no_utf8_all_works_alike() {
    if !has("git") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    // Chinese in GBK, as in old archives.
    let odd = OsStr::from_bytes(b"\xc1\xf4\xca\xd8");
    let places = [folder.path().join("plain"), folder.path().join(odd)];
    for root in &places {
        copy(small().path(), root);
        std::fs::write(root.join(odd).with_extension("csv"), TABLE).unwrap();
    }
    let both = |arguments: &[&str]| {
        let [plain, other] = places.each_ref().map(|root| {
            let (last, rest) = arguments.split_last().unwrap();
            let mut command = command(root, rest);
            match last.strip_prefix('.') {
                Some(ending) => command.arg(Path::new(odd).with_extension(ending)),
                None => command.arg(last),
            };
            command.env("CUNCAO_ME", "h7k3m9q").env("HOME", root);
            command.output().unwrap()
        });
        let [one, two] = [steady(&plain, &places[0]), steady(&other, &places[1])];
        assert!(!two.contains("panicked"), "{arguments:?}: {two}");
        assert_eq!(
            plain.status.code(),
            other.status.code(),
            "{arguments:?}: {one}\n{two}"
        );
        if !["note", "import", "log"].contains(&arguments[0]) {
            assert_eq!(one, two, "{arguments:?}");
        }
        (plain.status.code(), two)
    };
    let works = |arguments: &[&str]| {
        let (code, said) = both(arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {said}");
        said
    };
    works(&["validate"]);
    works(&["set", "c4t8w2z", "village=柳树村"]);
    works(&["undo"]);
    works(&["list", "child"]);
    works(&["stats"]);
    works(&["show", "zxm"]);
    works(&["due"]);
    for format in [".html", ".docx", ".md"] {
        works(&["report", "term", "-o", format]);
    }
    assert_eq!(both(&["report", "term", "-o", ".odd"]).0, Some(2));
    works(&["doctor"]);
    for root in &places {
        assert!(git(root, &["init", "-q"]).status().unwrap().success());
    }
    works(&["init", "--hook"]);
    let commit = |root: &Path| {
        let added = git(
            root,
            &[
                "add",
                "cuncao.toml",
                "terms",
                "helpers",
                "children",
                "visits",
            ],
        )
        .output()
        .unwrap();
        assert!(added.status.success(), "{}", err(&added));
        git(root, &["commit", "-q", "-m", "a"]).output().unwrap()
    };
    for root in &places {
        let done = commit(root);
        assert!(done.status.success(), "{}", err(&done));
    }
    assert!(works(&["log", "zxm"]).contains("c4t8w2z"));
    // The hook refuses an invalid date there too.
    let visit = "visits/2025-10/2025-10-12-v7k3m9q.toml";
    for root in &places {
        let text = std::fs::read_to_string(root.join(visit)).unwrap();
        write(root, visit, &text.replace("2025-10-12", "2025-02-30"));
        let refused = commit(root);
        let told = out(&refused) + &err(&refused);
        assert!(
            !refused.status.success() && told.contains("02-30"),
            "{told}"
        );
        write(root, visit, &text);
    }
    // Other files with such names among the records are reported, and do no harm.
    for root in &places {
        for (within, ending) in [
            ("children", "toml"),
            ("files", "jpg"),
            ("visits/2025-10", "toml"),
        ] {
            std::fs::create_dir_all(root.join(within)).unwrap();
            let path = root.join(within).join(odd).with_extension(ending);
            std::fs::write(path, "").unwrap();
        }
        std::fs::create_dir_all(root.join("visits").join(odd)).unwrap();
    }
    let (code, told) = both(&["validate", "--format", "short"]);
    assert_eq!(code, Some(1), "{told}");
    assert_eq!(told.matches("bad-file-name").count(), 2, "{told}");
    for arguments in [
        &["doctor"][..],
        &["set", "c4t8w2z", "village=柳树村"],
        &["undo"],
        &["validate", "--fix"],
        &["validate", "--staged"],
        &["forget", "c7k2m4p", "--yes"],
        &["stats"],
        &["export", "child", "--format", "csv"],
    ] {
        both(arguments);
    }
    for root in &places {
        for (within, ending) in [("children", "toml"), ("visits/2025-10", "toml")] {
            std::fs::remove_file(root.join(within).join(odd).with_extension(ending)).unwrap();
        }
    }
    works(&["note", "家访 张小明 奶奶好些了"]);
    works(&["import", "child", "--since", "2025-09-01", "-y", ".csv"]);
}
