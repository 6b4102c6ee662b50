//! The privacy self-check: a compliant school, and single breaches.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{cuncao, write};

const CHILD: &str = "children/c4t8w2z.toml";
const VISIT: &str = "visits/2025-10/2025-10-12-v7k3m9q.toml";

const SETTINGS: &str = r#"format = 1

[school]
name = "柳树小学"
level = "primary"

[policy]
retention_years = 3
"#;

const BODY: &str = r#"name = "张小明"
gender = "male"
birth_date = 2015-03-02
filed = 2025-09-01

[[enrolment]]
since = 2022-09-01
class = "2022-1"

[[guardianship]]
since = 2025-09-01
away = "both"
kind = "grandparents"
"#;

const CONSENT: &str = r#"
[consent]
basis = "consent"
by = "张桂英"
date = 2025-09-01
scope = ["records", "photos", "publicity"]
"#;

const HELPER: &str = "name = \"王芳\"\nrole = \"head-teacher\"\nchecked = 2025-09-01\n";

fn git(root: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=王芳", "-c", "user.email=wang@example.org"])
        .args(arguments)
        .current_dir(root)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{arguments:?}: {said}");
}

fn commit(root: &Path) {
    git(root, &["add", "-A", "."]);
    git(root, &["commit", "-q", "--no-verify", "-m", "记录"]);
}

/// Returns a school without findings.
pub(crate) fn sound() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let document = |kind: &str, title: &str| {
        format!("date = 2025-09-10\nkind = \"{kind}\"\ntitle = \"{title}\"\n")
    };
    for (path, text) in [
        ("cuncao.toml", SETTINGS.to_owned()),
        (CHILD, format!("{BODY}{CONSENT}")),
        ("helpers/h7k3m9q.toml", HELPER.to_owned()),
        (
            "pairings/2025-09/2025-09-05-p7k3m9q.toml",
            "child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\n"
                .to_owned(),
        ),
        (
            VISIT,
            "date = 2025-10-12\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nsummary = \"好。\"\n"
                .to_owned(),
        ),
        (
            "documents/2025-09/2025-09-10-o000001.toml",
            document("rule", "儿童个人信息处理规则"),
        ),
        (
            "documents/2025-09/2025-09-10-o000002.toml",
            document("other", "个人信息保护影响评估报告"),
        ),
        (
            "documents/2025-09/2025-09-10-o000003.toml",
            document("summary", "未成年人信息自查报告"),
        ),
        (
            "documents/2025-09/2025-09-10-o000004.toml",
            document("plan", "信息安全事件应急预案"),
        ),
    ] {
        write(root, path, &text);
    }
    let ignored = include_str!("../../records-template/.gitignore");
    write(root, ".gitignore", ignored);
    git(root, &["init", "-q"]);
    let done = cuncao(root, &["init", "--hook"]);
    assert!(done.status.success(), "{done:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(root, fs::Permissions::from_mode(0o700)).unwrap();
    }
    commit(root);
    folder
}

fn audit(root: &Path, lang: &str) -> String {
    let done = cuncao(root, &["--lang", lang, "report", "audit"]);
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    String::from_utf8(done.stdout).unwrap()
}

/// Returns the result and the evidence of an item in the report.
fn item(report: &str, title: &str) -> (String, String) {
    let row = report
        .lines()
        .find(|line| line.starts_with('|') && line.contains(title));
    let row = row.unwrap_or_else(|| panic!("{title} is no item of\n{report}"));
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    (cells[3].to_owned(), cells[4].to_owned())
}

/// A breach: the item that reports it, a word of its evidence, and the change that causes it.
type Breach = (&'static str, &'static str, fn(&Path));

fn replace(root: &Path, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(root.join(path)).unwrap();
    assert!(text.contains(from), "{path}: {text}");
    write(root, path, &text.replace(from, to));
}

fn append(root: &Path, path: &str, more: &str) {
    let text = fs::read_to_string(root.join(path)).unwrap();
    write(root, path, &format!("{text}{more}"));
}

const ACTIVITY: &str = "activities/2025-10/2025-10-13-a000001.toml";

fn activity(root: &Path, more: &str) {
    let text = "date = 2025-10-13\ntitle = \"参观\"\ntheme = \"reading\"\nsummary = \"好。\"\nchildren = [\"c4t8w2z\"]\n";
    write(root, ACTIVITY, &format!("{text}{more}"));
    replace(
        root,
        CHILD,
        "\"records\", \"photos\", \"publicity\"",
        "\"records\"",
    );
}

/// Breaches that are each reported by one item.
const BREACHES: &[Breach] = &[
    ("文字记录里没有身份证号", "1份", |root| {
        append(
            root,
            VISIT,
            "needs = \"证件 110105 19491231 002X 要补办\"\n",
        );
    }),
    // Also in a comment, a term or the settings, in full-width digits.
    ("文字记录里没有身份证号", "1份", |root| {
        append(root, VISIT, "# 补办 １１０１０５１９４９１２３１００２Ｘ\n");
    }),
    ("文字记录里没有身份证号", "1份", |root| {
        let term = "name = \"第一学期\"\nstart = 2025-09-01\nend = 2026-01-23\ngoals = [\"帮110105-19491231-002X补办\"]\n";
        write(root, "terms/2025-2026-1.toml", term);
    }),
    ("文字记录里没有身份证号", "1份", |root| {
        append(
            root,
            "cuncao.toml",
            "\n[home]\nname = \"之家 11010519491231002X\"\n",
        );
    }),
    ("身份证号都已加密", "1份是明文", |root| {
        replace(
            root,
            CHILD,
            "gender",
            "student_no = \"G11010519491231002X\"\ngender",
        );
    }),
    (
        "文件名和提交说明里没有孩子的姓名",
        "git show",
        |root| {
            git(
                root,
                &[
                    "commit",
                    "-q",
                    "--no-verify",
                    "--allow-empty",
                    "-m",
                    "改张 小明的档案",
                ],
            );
        },
    ),
    (
        "文件名和提交说明里没有孩子的姓名",
        "photos/*.jpg",
        |root| {
            write(root, "photos/ZhangXiaoming.jpg", "x");
        },
    ),
    (
        "目录里没有编辑器和人留下的旧副本",
        "*.odt#",
        |root| {
            write(root, ".~lock.总结.odt#", "x");
        },
    ),
    (
        "接触孩子的人一年内都核查过违法犯罪记录",
        "1人没有核查",
        |root| {
            replace(root, "helpers/h7k3m9q.toml", "2025-09-01", "2026-09-01");
        },
    ),
    #[cfg(unix)]
    ("每次提交之前都检查", "没有装检查", |root| {
        use std::os::unix::fs::PermissionsExt;
        let hook = root.join(".git/hooks/pre-commit");
        fs::set_permissions(hook, fs::Permissions::from_mode(0o600)).unwrap();
    }),
    ("每次提交之前都检查", "没有装检查", |root| {
        let hook = ".git/hooks/pre-commit";
        let text = fs::read_to_string(root.join(hook)).unwrap();
        write(root, hook, &text.replace('\n', "\n# "));
    }),
    // Templates and earlier versions count too.
    ("文字记录里没有身份证号", "1份", |root| {
        write(root, "templates/card.zh.md", "证件 11010519491231002X\n");
    }),
    (
        "历史版本里没有明文的身份证号和保密内容",
        "1份",
        |root| {
            let term = "name = \"第一学期\"\nstart = 2025-09-01\nend = 2026-01-23\n";
            let goals = "goals = [\"帮11010519491231002X补办\"]\n";
            write(root, "terms/2025-2026-1.toml", &format!("{term}{goals}"));
            commit(root);
            write(root, "terms/2025-2026-1.toml", term);
            commit(root);
        },
    ),
    (
        "文件名和提交说明里没有孩子的姓名",
        "1个文件名",
        |root| {
            let message = "补办11010519491231002X";
            git(
                root,
                &[
                    "commit",
                    "-q",
                    "--no-verify",
                    "--allow-empty",
                    "-m",
                    message,
                ],
            );
        },
    ),
    (
        "文件名和提交说明里没有孩子的姓名",
        "1个文件名",
        |root| {
            git(root, &["tag", "-a", "v1", "-m", "张小明转学"]);
        },
    ),
    (
        "文件名和提交说明里没有孩子的姓名",
        "1个文件名",
        |root| {
            git(root, &["notes", "add", "-m", "张小明转学"]);
        },
    ),
    (
        "版本库没有收进报告、导出和密钥",
        "photos/*.jpg",
        |root| {
            write(root, "photos/a.jpg", "x");
            commit(root);
            git(root, &["rm", "-q", "photos/a.jpg"]);
            commit(root);
        },
    ),
    (
        "目录里没有编辑器和人留下的旧副本",
        "children/",
        |root| {
            write(
                root,
                "children/c4t8w2z.toml.2025-01-01",
                "name = \"张小明\"\n",
            );
        },
    ),
    ("凭同意建档的写明了谁同意", "1份", |root| {
        replace(root, CHILD, "张桂英", "张小明");
    }),
    ("每次提交之前都检查", "没有装检查", |root| {
        let hook = ".git/hooks/pre-commit";
        let text = fs::read_to_string(root.join(hook)).unwrap();
        write(root, hook, &text.replacen('\n', "\nexit 0\n", 1));
    }),
    // Amended commits stay in the repository for some months.
    (
        "删去的档案在历史里也清除了",
        "1份已删去",
        |root| {
            let other = BODY.replace("张小明", "赵雪");
            write(root, "children/c7k2m4p.toml", &format!("{other}{CONSENT}"));
            commit(root);
            git(root, &["reset", "-q", "--hard", "HEAD~1"]);
        },
    ),
    (
        "每份档案都写明了建档依据",
        "1份没有写明",
        |root| {
            write(root, CHILD, BODY);
        },
    ),
    ("凭同意建档的写明了谁同意", "1份", |root| {
        replace(root, CHILD, "by = \"张桂英\"\n", "");
    }),
    ("同意的范围包括建立档案", "1份", |root| {
        replace(root, CHILD, "\"records\", ", "");
    }),
    ("依据的日期合乎情理", "1份", |root| {
        replace(
            root,
            CHILD,
            "date = 2025-09-01\nscope",
            "date = 2027-09-01\nscope",
        );
    }),
    ("凭紧急情况建档的", "1份", |root| {
        replace(root, CHILD, "basis = \"consent\"", "basis = \"emergency\"");
    }),
    (
        "拍照录像征得了监护人同意",
        "1次有照片的活动中有1次",
        |root| {
            activity(root, "photos = [\"documents/p.jpg\"]\n");
        },
    ),
    (
        "对外宣传征得了监护人同意",
        "1次对外宣传的活动中有1次",
        |root| {
            activity(root, "channel = \"公众号\"\n");
        },
    ),
    (
        "留有谁改过什么的记录",
        "不在 git 版本库里",
        |root| {
            fs::remove_dir_all(root.join(".git")).unwrap();
        },
    ),
    ("离任的帮扶人没有留着结对", "1对", |root| {
        append(root, "helpers/h7k3m9q.toml", "until = 2025-12-31\n");
    }),
    ("身份证号都已加密", "1份是明文", |root| {
        replace(
            root,
            CHILD,
            "filed",
            "id_number = \"000000201503020012\"\nfiled",
        );
    }),
    ("身份证号都已加密", "1份是明文", |root| {
        replace(
            root,
            CHILD,
            "kind = \"grandparents\"\n",
            "kind = \"grandparents\"\nguardian = { name = \"张桂英\", id_number = \"11010519491231002X\" }\n",
        );
    }),
    ("保密内容都已加密", "1份是明文", |root| {
        append(root, VISIT, "confidential = \"不便公开。\"\n");
    }),
    (
        "历史版本里没有明文的身份证号和保密内容",
        "1份",
        |root| {
            append(root, VISIT, "confidential = \"不便公开。\"\n");
            commit(root);
            replace(root, VISIT, "confidential = \"不便公开。\"\n", "");
            commit(root);
        },
    ),
    ("每次提交之前都检查", "没有装检查", |root| {
        fs::remove_file(root.join(".git/hooks/pre-commit")).unwrap();
    }),
    ("设置没有放松保护", "min", |root| {
        append(root, "cuncao.toml", "\n[report]\nmin_cell = 1\n");
    }),
    ("设置没有放松保护", "names = full", |root| {
        append(root, "cuncao.toml", "\n[report]\nnames = \"full\"\n");
    }),
    (
        "没有关掉保护个人信息的检查",
        "no-consent",
        |root| {
            append(
                root,
                "cuncao.toml",
                "\n[validate]\nallow = [\"no-consent\"]\n",
            );
        },
    ),
    (
        "版本库没有送到公开的或来历不明的地方",
        "github.com",
        |root| {
            git(
                root,
                &[
                    "remote",
                    "add",
                    "origin",
                    "git@github.com:someone/records.git",
                ],
            );
        },
    ),
    (
        "版本库没有送到公开的或来历不明的地方",
        "git.example.org",
        |root| {
            git(
                root,
                &["remote", "add", "copy", "https://git.example.org/r.git"],
            );
        },
    ),
    ("目录里没有密钥", "1个密钥", |root| {
        write(root, "密钥备忘", "# created\nAGE-SECRET-KEY-1QQQQQQQQ\n");
    }),
    ("目录里没有密钥", "pseudonym", |root| {
        write(root, "exports/pseudonym/a.key", "00ff\n");
    }),
    (
        "目录里没有散放的报告、导出和照片",
        "exports/",
        |root| {
            write(root, "exports/children.csv", "name\n张小明\n");
        },
    ),
    (
        "目录里没有散放的报告、导出和照片",
        ".docx",
        |root| {
            write(root, "总结.docx", "x");
        },
    ),
    (
        "目录里没有编辑器和人留下的旧副本",
        "children/",
        |root| {
            write(root, "children/.c4t8w2z.toml.swp", "name = \"张小明\"\n");
        },
    ),
    (
        "版本库没有收进报告、导出和密钥",
        "old/",
        |root| {
            write(root, "old/children.csv", "name\n张小明\n");
            commit(root);
            fs::remove_file(root.join("old/children.csv")).unwrap();
        },
    ),
    (
        "报告和导出不会被误收进版本库",
        "term.docx",
        |root| {
            write(root, ".gitignore", "*.key\n");
        },
    ),
    (
        "文件名和提交说明里没有孩子的姓名",
        "1个文件名",
        |root| {
            write(root, "documents/张小明.toml.txt", "x");
        },
    ),
    (
        "删去的档案在历史里也清除了",
        "1份已删去",
        |root| {
            let other = BODY.replace("张小明", "赵雪");
            write(root, "children/c7k2m4p.toml", &format!("{other}{CONSENT}"));
            commit(root);
            fs::remove_file(root.join("children/c7k2m4p.toml")).unwrap();
            commit(root);
        },
    ),
    (
        "订有专门的儿童个人信息处理规则",
        "没有登记",
        |root| {
            fs::remove_file(root.join("documents/2025-09/2025-09-10-o000001.toml")).unwrap();
        },
    ),
    (
        "三年内做过个人信息保护影响评估",
        "没有登记",
        |root| {
            fs::remove_file(root.join("documents/2025-09/2025-09-10-o000002.toml")).unwrap();
        },
    ),
    (
        "一年内做过个人信息保护合规审计或自查",
        "没有登记",
        |root| {
            let path = "documents/2025-09/2025-09-10-o000003.toml";
            fs::remove_file(root.join(path)).unwrap();
            let old = "date = 2024-09-10\nkind = \"summary\"\ntitle = \"未成年人信息自查报告\"\n";
            write(root, "documents/2024-09/2024-09-10-o000003.toml", old);
        },
    ),
    (
        "订有个人信息安全事件应急预案",
        "没有登记",
        |root| {
            fs::remove_file(root.join("documents/2025-09/2025-09-10-o000004.toml")).unwrap();
        },
    ),
    ("定了保存期限", "没有定", |root| {
        replace(root, "cuncao.toml", "retention_years = 3\n", "");
    }),
    (
        "过了保存期限的档案已经删去",
        "1份过了期限",
        |root| {
            append(
                root,
                CHILD,
                "\n[left]\ndate = 2022-10-01\nreason = \"transferred\"\n",
            );
        },
    ),
    (
        "接触孩子的人一年内都核查过违法犯罪记录",
        "1人没有核查",
        |root| {
            replace(root, "helpers/h7k3m9q.toml", "2025-09-01", "2024-09-01");
        },
    ),
];

#[test]
fn a_compliant_school_passes_and_each_breach_is_reported() {
    if !crate::support::has("git") {
        return;
    }
    let folder = sound();
    let report = audit(folder.path(), "zh");
    assert!(report.contains("没有查到没有做到的"), "{report}");
    let english = audit(folder.path(), "en");
    assert!(
        english.contains("Nothing was found that is not met"),
        "{english}"
    );
    for (title, evidence, breach) in BREACHES {
        let (before, _) = item(&report, title);
        assert_eq!(before, "做到", "{title}");
        let folder = sound();
        let root = folder.path();
        breach(root);
        let found = audit(root, "zh");
        let (after, fact) = item(&found, title);
        assert_eq!(after, "没有做到", "{title}: {fact}");
        assert!(fact.replace('\\', "").contains(evidence), "{title}: {fact}");
        for name in ["张小明", "赵雪", "张桂英", "王芳", "11010519491231002X"] {
            assert!(!found.contains(name), "{title}: {name} in {found}");
        }
    }
}

#[cfg(unix)]
#[test]
fn readable_files_and_synchronised_folders_are_reported() {
    use std::os::unix::fs::PermissionsExt;
    let folder = sound();
    let open = |path: &str, mode| {
        let path = folder.path().join(path);
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    open("", 0o755);
    open(CHILD, 0o644);
    let (state, fact) = item(&audit(folder.path(), "zh"), "文件只有管理员自己能读");
    assert_eq!(state, "没有做到", "{fact}");
    let cloud = tempfile::tempdir().unwrap();
    let root = cloud.path().join("OneDrive - 学校/records");
    crate::support::copy(folder.path(), &root);
    let (state, fact) = item(&audit(&root, "zh"), "目录不在网盘的同步文件夹里");
    assert_eq!(state, "没有做到", "{fact}");
}

#[test]
fn the_audit_is_of_today_contains_no_names_and_is_never_public() {
    if !crate::support::has("git") {
        return;
    }
    let folder = sound();
    for (arguments, said) in [
        (&["report", "audit", "--public"][..], "不能公开"),
        (&["report", "audit", "--since", "2025-09-01"], "今天的情况"),
        (&["report", "audit", "--names", "full"], "不写任何人的姓名"),
    ] {
        let done = cuncao(folder.path(), arguments);
        let told = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{arguments:?}");
        assert!(told.contains(said), "{arguments:?}: {told}");
    }
    // A broken record is reported.
    write(folder.path(), "children/c000001.toml", "name = \n");
    assert_eq!(
        cuncao(folder.path(), &["report", "audit"]).status.code(),
        Some(2)
    );
    let done = cuncao(folder.path(), &["report", "audit", "--skip-broken"]);
    let report = String::from_utf8(done.stdout).unwrap();
    assert_eq!(item(&report, "所有记录都读得出来").0, "没有做到");
}

#[test]
fn a_confirmed_remote_is_not_a_breach() {
    if !crate::support::has("git") {
        return;
    }
    let folder = sound();
    let url = "git@git.example.org:records.git";
    git(folder.path(), &["remote", "add", "origin", url]);
    git(folder.path(), &["config", "--add", "cuncao.remote", url]);
    git(
        folder.path(),
        &["remote", "add", "nas", "git@192.168.1.7:records.git"],
    );
    let title = "版本库没有送到公开的或来历不明的地方";
    assert_eq!(item(&audit(folder.path(), "zh"), title).0, "做到");
}

#[test]
fn unverifiable_items_are_left_to_the_user() {
    if !crate::support::has("git") {
        return;
    }
    let titles = [
        "历史版本里没有明文的身份证号和保密内容",
        "删去的档案在历史里也清除了",
        "版本库没有送到公开的或来历不明的地方",
        "版本库没有收进报告、导出和密钥",
        "报告和导出不会被误收进版本库",
    ];
    let folder = sound();
    let clones = tempfile::tempdir().unwrap();
    let (from, shallow) = (folder.path().display(), clones.path().join("浅"));
    write(folder.path(), "visits/.keep", "");
    commit(folder.path());
    let arguments = [
        "clone",
        "-q",
        "--depth",
        "1",
        &format!("file://{from}"),
        "浅",
    ];
    git(clones.path(), &arguments);
    fs::remove_dir_all(folder.path().join(".git")).unwrap();
    let report = audit(folder.path(), "zh");
    for title in titles {
        let (state, fact) = item(&report, title);
        assert!(
            state == "待判断" && fact.contains("没有检查"),
            "{title}: {state} {fact}"
        );
    }
    let english = audit(folder.path(), "en");
    assert_eq!(
        english.matches("| Not checked:").count(),
        titles.len(),
        "{english}"
    );
    // A shallow clone lacks the older commits.
    let report = audit(&shallow, "zh");
    for title in &titles[..2] {
        let (state, fact) = item(&report, title);
        assert!(
            state == "待判断" && fact.contains("没有检查"),
            "{title}: {state} {fact}"
        );
    }
}

#[test]
fn a_pending_referral_counts_as_a_referral() {
    if !crate::support::has("git") {
        return;
    }
    let folder = sound();
    let follow_up = "[[follow_up]]\nwhat = \"看病\"\ndue = 2025-11-01\nto = \"县医院\"\n";
    append(folder.path(), VISIT, follow_up);
    let (state, fact) = item(&audit(folder.path(), "zh"), "转介时只给了对方必需的内容");
    assert!(
        state == "待判断" && fact.contains("1份记录有转介"),
        "{state} {fact}"
    );
}
