//! Values as people write them, and events of everyday work as one command each.

use std::path::Path;

use crate::support::{cuncao, err, printed, program, refused, small, write};

/// Returns a small school with a second helper, and a pairing of the first one with 张小明.
fn school() -> tempfile::TempDir {
    let dir = small();
    write(
        dir.path(),
        "helpers/h7k3m9r.toml",
        "name = \"罗敏\"\nrole = \"teacher\"\n",
    );
    write(
        dir.path(),
        "pairings/2025-09/2025-09-05-p7k3m9q.toml",
        "child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\n",
    );
    dir
}

fn text(dir: &Path, path: &str) -> String {
    std::fs::read_to_string(dir.join(path)).unwrap()
}

/// Runs `add` or `set` and returns the text of the file that it names last.
fn added(dir: &Path, arguments: &[&str]) -> String {
    let line = printed(dir, arguments);
    text(dir, line.split_whitespace().last().unwrap())
}

#[test]
fn values_have_many_notations() {
    let dir = school();
    let visit = added(
        dir.path(),
        &[
            "add",
            "visit",
            "--date",
            "-3d",
            "--mode",
            "家访",
            "--children",
            "zxm、赵雪",
            "--by",
            "wangfang",
            "--minutes",
            "半小时",
            "--summary",
            "- 都好",
        ],
    );
    for line in [
        "date = 2026-01-07",
        "recorded = 2026-01-10",
        "mode = \"home\"",
        "children = [\"c4t8w2z\", \"c7k2m4p\"]",
        "by = [\"h7k3m9q\"]",
        "minutes = 30",
        "summary = \"- 都好\"",
    ] {
        assert!(visit.lines().any(|found| found == line), "{line}: {visit}");
    }
    let aid = added(
        dir.path(),
        &[
            "add",
            "aid",
            "--kind",
            "money",
            "--children",
            "zxm",
            "--amount",
            "300元",
            "--source",
            "镇妇联",
        ],
    );
    assert!(aid.contains("amount = \"300.00\""), "{aid}");
    let child = added(
        dir.path(),
        &[
            "add",
            "child",
            "--name",
            "钱多",
            "--gender",
            "男",
            "--birth-date",
            "2016年3月2日",
            "--set",
            "就读班级.class=四（1）班",
            "--set",
            "enrolment.since=9-1",
        ],
    );
    assert!(child.contains("name = \"钱多\""), "{child}");
    assert!(child.contains("birth_date = 2016-03-02"), "{child}");
    assert!(
        child.contains("since = 2025-09-01\nclass = \"2022-1\""),
        "{child}"
    );
}

#[test]
fn a_class_can_be_given_by_its_name_on_the_day() {
    let dir = school();
    for class in ["四（1）班", "四(1)", "四年级一班", "4.1", "2022-1"] {
        let list = printed(
            dir.path(),
            &["list", "child", "--class", class, "--format", "csv"],
        );
        assert_eq!(list.lines().count(), 3, "{class}: {list}");
    }
    let before = printed(
        dir.path(),
        &[
            "--today",
            "2025-05-01",
            "list",
            "child",
            "--class",
            "三（1）班",
            "--format",
            "csv",
        ],
    );
    assert_eq!(before.lines().count(), 3, "{before}");
    let told = refused(dir.path(), &["list", "child", "--class", "九（1）班"], 2);
    assert!(told.contains("本校没有 9 年级（1 至 6 年级）"), "{told}");
}

#[test]
fn a_nonexistent_date_is_reported_as_such() {
    let dir = school();
    let visit = |day: &str, lang: &str| {
        refused(
            dir.path(),
            &[
                "--lang",
                lang,
                "add",
                "visit",
                "--date",
                day,
                "--mode",
                "home",
                "--children",
                "zxm",
                "--by",
                "wf",
                "--summary",
                "好",
            ],
            2,
        )
    };
    assert!(visit("2025-02-30", "zh").contains("2025年2月没有30日"));
    assert!(visit("2025-02-30", "en").contains("February 2025 has no 30th"));
    let told = refused(dir.path(), &["list", "visit", "--since", "2025-02-30"], 2);
    assert!(told.contains("2025年2月没有30日"), "{told}");
}

#[test]
fn names_are_compared_loosely_and_the_nearest_is_suggested() {
    let dir = school();
    for typed in [
        "张 小明",
        "zhangxiaoming",
        "children/c4t8w2z.toml",
        "张小明（四（1）班）",
    ] {
        assert!(
            printed(dir.path(), &["show", typed]).contains("张小明"),
            "{typed}"
        );
    }
    let told = refused(dir.path(), &["show", "张晓明"], 2);
    assert!(told.contains("是不是 张小明"), "{told}");
    let told = refused(
        dir.path(),
        &[
            "add",
            "visit",
            "--mode",
            "home",
            "--children",
            "zxm",
            "--by",
            "王方",
            "--summary",
            "好",
        ],
        2,
    );
    assert!(
        told.contains("没有叫“王方”的帮扶人") && told.contains("是不是 王芳"),
        "{told}"
    );
}

#[test]
fn missing_fields_are_reported_by_flag() {
    let dir = school();
    let told = refused(dir.path(), &["add", "visit", "--children", "zxm"], 2);
    assert!(
        told.contains("缺少 --mode（方式）、--by（走访人）、--summary（情况记录）"),
        "{told}"
    );
    let told = refused(
        dir.path(),
        &["--lang", "en", "add", "visit", "--children", "zxm"],
        2,
    );
    assert!(told.contains("missing: --mode, --by, --summary"), "{told}");
}

#[test]
fn the_user_is_the_default_author_and_me() {
    let dir = school();
    let arguments = [
        "add",
        "visit",
        "--mode",
        "home",
        "--children",
        "zxm",
        "--summary",
        "好",
    ];
    let mut command = program(dir.path(), &arguments);
    let done = command.env("CUNCAO_ME", "luomin").output().unwrap();
    assert!(done.status.success(), "{}", err(&done));
    let line = String::from_utf8(done.stdout).unwrap();
    let visit = text(dir.path(), line.split_whitespace().last().unwrap());
    assert!(visit.contains("by = [\"h7k3m9r\"]"), "{visit}");
    let list = printed(
        dir.path(),
        &[
            "--me", "罗敏", "list", "visit", "--helper", "me", "--format", "csv",
        ],
    );
    assert_eq!(list.lines().count(), 2, "{list}");
    let told = refused(dir.path(), &["list", "visit", "--helper", "me"], 2);
    assert!(
        told.contains("还不知道您是谁") && told.contains("cuncao.me"),
        "{told}"
    );
}

#[test]
fn a_duplicate_record_is_refused_unless_forced() {
    let dir = school();
    let twin = [
        "add",
        "child",
        "--name",
        "张小明",
        "--gender",
        "male",
        "--birth-date",
        "2015-03-02",
    ];
    let told = refused(dir.path(), &twin, 2);
    assert!(
        told.contains("已有同名同生日的 张小明（四（1）班）c4t8w2z") && told.contains("--force"),
        "{told}"
    );
    printed(dir.path(), &[&twin[..], &["--force", "--dry-run"]].concat());
    let other = cuncao(
        dir.path(),
        &[
            "add",
            "child",
            "--name",
            "张小明",
            "--gender",
            "male",
            "--birth-date",
            "2016-01-01",
            "--dry-run",
        ],
    );
    assert!(
        other.status.success() && err(&other).contains("已有同名的 张小明"),
        "{}",
        err(&other)
    );
    let helper = ["add", "helper", "--name", "王芳", "--role", "teacher"];
    assert!(refused(dir.path(), &helper, 2).contains("已有同名的 王芳（班主任）"));
    let pairing = [
        "add", "pairing", "--child", "zxm", "--helper", "wf", "--role", "teacher", "--since",
        "11-20",
    ];
    assert!(refused(dir.path(), &pairing, 2).contains("2025-09-05-p7k3m9q"));
    let term = [
        "add",
        "term",
        "2025-2026-2",
        "--name",
        "春",
        "--start",
        "2026-01-20",
        "--end",
        "2026-07-01",
    ];
    assert!(refused(dir.path(), &term, 2).contains("重叠"));
}

#[test]
fn entries_are_appended_without_an_index() {
    let dir = school();
    printed(
        dir.path(),
        &[
            "set",
            "zxm",
            "guardianship[+].away=father",
            "guardianship[+].kind=one-parent",
            "guardianship[+].since=2026-01-01",
        ],
    );
    let child = text(dir.path(), "children/c4t8w2z.toml");
    assert_eq!(child.matches("[[guardianship]]").count(), 2, "{child}");
    let told = refused(dir.path(), &["set", "zxm", "guardianship.away=mother"], 2);
    assert!(
        told.contains("现有 2 段") && told.contains("guardianship[+]"),
        "{told}"
    );
    let told = refused(
        dir.path(),
        &["set", "zxm", "guardianship[5].away=mother"],
        2,
    );
    assert!(told.contains("现有 2 段"), "{told}");
    printed(
        dir.path(),
        &["set", "zxm", "hardship[+]=poverty", "hardship[+]=disabled"],
    );
    assert!(
        text(dir.path(), "children/c4t8w2z.toml")
            .contains("hardship = [\"poverty\", \"disabled\"]")
    );
}

#[test]
fn a_change_adds_an_entry_and_keeps_the_old_one() {
    let dir = school();
    let path = "children/c4t8w2z.toml";
    let told = printed(
        dir.path(),
        &[
            "change",
            "zxm",
            "guardianship",
            "kind=kin-or-friends",
            "guardian.name=刘红",
            "--since",
            "2026-01-05",
        ],
    );
    assert_eq!(
        told,
        "张小明（四（1）班）：监护情况自 2026-01-05 起 父母双方外出，亲朋监护，监护人 刘红\n"
    );
    let child = text(dir.path(), path);
    // Phone and relation of the previous guardian are not copied.
    assert!(
        child.ends_with(
            "[[guardianship]]\nsince = 2026-01-05\naway = \"both\"\nkind = \"kin-or-friends\"\nguardian = { name = \"刘红\" }\n"
        ) || child.contains(
            "[[guardianship]]\nsince = 2026-01-05\naway = \"both\"\nkind = \"kin-or-friends\"\nguardian = { name = \"刘红\" }\n"
        ),
        "{child}"
    );
    let again = [
        "change",
        "zxm",
        "guardianship",
        "away=father",
        "--since",
        "2026-01-05",
    ];
    assert!(refused(dir.path(), &again, 2).contains("已有从 2026-01-05 起的一段"));
    printed(
        dir.path(),
        &[
            "change",
            "zxm",
            "guardianship",
            "guardian.phone=13900000009",
        ],
    );
    let child = text(dir.path(), path);
    assert!(
        child.contains("guardian = { name = \"刘红\", phone = \"13900000009\" }"),
        "{child}"
    );
    printed(
        dir.path(),
        &["change", "zxm", "就读班级", "class=四（2）班"],
    );
    assert!(text(dir.path(), path).contains("since = 2026-01-10\nclass = \"2022-2\""));
    printed(
        dir.path(),
        &[
            "change",
            "zxm",
            "parents",
            "relation=父亲",
            "phone=13900000008",
        ],
    );
    assert!(text(dir.path(), path).contains("[[parents]]\nrelation = \"father\""));
    let before = text(dir.path(), path);
    printed(
        dir.path(),
        &["change", "zxm", "priority", "reason=父病", "--dry-run"],
    );
    assert_eq!(text(dir.path(), path), before);
    assert!(
        refused(dir.path(), &["change", "zxm", "guardian", "away=none"], 2)
            .contains("guardianship")
    );
}

#[test]
fn leaving_ends_pairings() {
    let dir = school();
    let told = printed(
        dir.path(),
        &["leave", "张小明", "--reason", "转学", "--date", "1-8"],
    );
    assert_eq!(
        told,
        "张小明（四（1）班） 2026-01-08 离校（转学）；1 个结对到 2026-01-07 结束\n"
    );
    assert!(
        text(dir.path(), "children/c4t8w2z.toml")
            .contains("[left]\ndate = 2026-01-08\nreason = \"transferred\"")
    );
    assert!(
        text(dir.path(), "pairings/2025-09/2025-09-05-p7k3m9q.toml").contains("until = 2026-01-07")
    );
    assert!(
        refused(dir.path(), &["leave", "张小明", "--reason", "转学"], 2)
            .contains("已于 2026-01-08 离校")
    );
    // The class of 2022 is in the sixth grade in spring 2028.
    let told = printed(
        dir.path(),
        &["--today", "2028-06-20", "leave", "--last-grade"],
    );
    assert_eq!(told, "赵雪（六（1）班） 2028-09-01 离校（毕业）\n");
}

#[test]
fn taking_over_moves_pairings_from_a_day_on() {
    let dir = school();
    let told = printed(
        dir.path(),
        &["take-over", "王芳", "罗敏", "--since", "2026-01-05"],
    );
    assert!(
        told.contains("1 个结对到 2026-01-04 结束，自 2026-01-05 起由 罗敏 接手"),
        "{told}"
    );
    let list = printed(
        dir.path(),
        &[
            "list",
            "pairing",
            "--all",
            "--columns",
            "helper,since,until",
            "--format",
            "csv",
        ],
    );
    assert_eq!(
        list,
        "helper,since,until\nh7k3m9q,2025-09-05,2026-01-04\nh7k3m9r,2026-01-05,\n"
    );
    assert!(refused(dir.path(), &["take-over", "王芳", "罗敏"], 2).contains("没有结对"));
    let early = ["take-over", "罗敏", "王芳", "--since", "2026-01-02"];
    assert!(refused(dir.path(), &early, 2).contains("不早于"));
}

#[test]
fn items_are_closed_by_their_handles() {
    let dir = school();
    write(
        dir.path(),
        "visits/2026-01/2026-01-02-v7k3m9s.toml",
        "date = 2026-01-02\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nsummary = \"好\"\n\n\
         [[follow_up]]\nwhat = \"送药\"\ndue = 2026-01-05\n\n[[follow_up]]\nwhat = \"复查\"\ndue = 2026-01-20\n",
    );
    let told = refused(dir.path(), &["done", "v7k3m9s"], 2);
    assert!(
        told.contains("v7k3m9s.1  送药") && told.contains("v7k3m9s.2  复查"),
        "{told}"
    );
    let told = printed(
        dir.path(),
        &["done", "v7k3m9s.2", "--date", "昨天", "--outcome", "好了"],
    );
    assert_eq!(
        told,
        "v7k3m9s.2 2026-01-09 办结：复查；这条记录里还有 1 项\n"
    );
    printed(dir.path(), &["done", "v7k3m9s"]);
    let visit = text(dir.path(), "visits/2026-01/2026-01-02-v7k3m9s.toml");
    assert!(
        visit.contains("due = 2026-01-05\ndone = 2026-01-10")
            && visit.contains("outcome = \"好了\""),
        "{visit}"
    );
    assert!(refused(dir.path(), &["done", "v7k3m9s"], 2).contains("已于 2026-01-10 办结"));
    assert!(refused(dir.path(), &["done", "v7k3m9s.3"], 2).contains("没有这一项"));
}

#[test]
fn search_shows_person_and_date_and_confidential_text_only_on_request() {
    let dir = school();
    write(
        dir.path(),
        "visits/2026-01/2026-01-02-v7k3m9s.toml",
        "date = 2026-01-02\nmode = \"phone\"\nchildren = [\"c7k2m4p\"]\nby = [\"h7k3m9r\"]\nsummary = \"都好\"\nconfidential = \"父亲酗酒\"\n",
    );
    let found = |arguments: &[&str]| {
        printed(
            dir.path(),
            &[&["find"], arguments, &["--format", "csv"]].concat(),
        )
    };
    assert_eq!(
        found(&["身体"]),
        "id,day,kind,who,words\n2025-10-12-v7k3m9q,2025-10-12,visit,张小明,奶奶身体好转。\n"
    );
    assert!(found(&["zx", "电话"]).contains("2026-01-02-v7k3m9s"));
    assert!(found(&["酗酒"]).lines().count() == 1);
    assert!(found(&["酗酒", "--confidential"]).contains("v7k3m9s"));
    let none = cuncao(dir.path(), &["find", "没有的话"]);
    assert!(none.status.success() && err(&none).contains("没有找到“没有的话”"));
}

#[test]
fn only_unreferenced_records_are_removed() {
    let dir = school();
    let told = refused(dir.path(), &["rm", "张小明"], 2);
    assert!(
        told.contains("2025-09-05-p7k3m9q") && told.contains("2025-10-12-v7k3m9q"),
        "{told}"
    );
    assert!(told.contains("cuncao leave"), "{told}");
    printed(dir.path(), &["rm", "v7k3m9q", "--dry-run"]);
    assert!(
        dir.path()
            .join("visits/2025-10/2025-10-12-v7k3m9q.toml")
            .exists()
    );
    assert!(
        printed(
            dir.path(),
            &["rm", "visits/2025-10/2025-10-12-v7k3m9q.toml"]
        )
        .contains("删去走访")
    );
    assert!(
        !dir.path()
            .join("visits/2025-10/2025-10-12-v7k3m9q.toml")
            .exists()
    );
}

#[test]
fn lists_are_filtered_and_sorted_by_labels() {
    let dir = school();
    let list = |arguments: &[&str]| printed(dir.path(), &[&["list", "child"], arguments].concat());
    let shown = list(&[
        "--columns",
        "姓名,年龄,班级",
        "--sort",
        "年龄",
        "--where",
        "班级=四（1）班",
    ]);
    assert_eq!(
        shown,
        "姓名    年龄  班级\n张小明  10    四（1）班\n赵雪    10    四（1）班\n"
    );
    assert!(
        list(&["--format", "csv"])
            .lines()
            .nth(1)
            .unwrap()
            .contains("张小明")
    );
    let none = cuncao(dir.path(), &["list", "child", "--where", "village=无此村"]);
    assert!(
        none.status.success() && err(&none).contains("没有符合的记录"),
        "{}",
        err(&none)
    );
    let told = refused(
        dir.path(),
        &["list", "visit", "--child", "张小明", "王浩宇"],
        2,
    );
    assert!(
        told.contains("多余的参数“王浩宇”") && told.contains("几个儿童用逗号隔开"),
        "{told}"
    );
}

#[test]
fn without_a_command_due_items_and_commands_are_shown() {
    let dir = school();
    let told = printed(dir.path(), &[]);
    assert!(told.starts_with("2026-01-10：两周内有 "), "{told}");
    for group in [
        "\n记录  note add",
        "\n查看  due find",
        "\n上报  report",
        "\n管理  init",
    ] {
        assert!(told.contains(group), "{group}: {told}");
    }
    let empty = tempfile::tempdir().unwrap();
    assert!(printed(empty.path(), &[]).contains("cuncao init"));
}
