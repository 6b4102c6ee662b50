//! Twenty tasks of a school year, each with one short command.

use std::path::Path;

use crate::support::{cuncao, err, out, program, small, write};

/// The maximum length of a command in characters, without texts and names.
const MOST: usize = 60;

/// A task and its command; texts and names are marked by `«` and `»`.
const JOBS: [(&str, &str); 23] = [
    (
        "a visit just made",
        "note 家访 «张小明» «奶奶腰疼好些了» 40分钟",
    ),
    (
        "a talk with two",
        "note 谈心 «张小明»、«赵雪» «打架的事说开了»",
    ),
    (
        "a follow-up added",
        "note 电话 «张小明» «奶奶咳嗽» !«送药»@1-15",
    ),
    ("a follow-up done", "done v7k3m9s"),
    ("an incident closed", "done i7k3m9q"),
    (
        "a new guardian",
        "change «张小明» guardianship kind=亲朋监护 guardian.name=«刘红»",
    ),
    (
        "a phone that changed",
        "set «赵雪» guardianship.guardian.phone=«13900000007»",
    ),
    ("a typo", "set v7k3m9s summary=«奶奶身体好转»"),
    ("a record removed", "rm v7k3m9q"),
    ("undo", "undo"),
    ("find a word", "find «奶奶»"),
    (
        "my class this month",
        "list visit --class 四（1）班 --since 本月",
    ),
    ("my week", "list visit --helper me --since 本周"),
    ("what I have to do", "due --helper me"),
    (
        "unvisited for three weeks",
        "explain 受访 --missing --since -21d",
    ),
    ("who is this child", "show «zxm»"),
    ("a club's attendance", "import activity «美术社.csv»"),
    ("rename", "set «赵雪» name=«赵小雪»"),
    ("a roster", "import child «花名册.csv» --since 2025-9-1"),
    ("a child leaves", "leave «张小明» --reason 转学"),
    ("a helper takes over", "take-over «王芳» «罗敏»"),
    (
        "a new term",
        "add term 2025-2026-2 --start 2026-3-1 --end 2026-7-3",
    ),
    ("the last grade leaves", "leave --last-grade"),
];

fn school() -> tempfile::TempDir {
    let dir = small();
    let root = dir.path();
    write(
        root,
        "helpers/h7k3m9r.toml",
        "name = \"罗敏\"\nrole = \"teacher\"\n",
    );
    write(
        root,
        "pairings/2025-09/2025-09-05-p7k3m9q.toml",
        "child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\n",
    );
    write(
        root,
        "pairings/2025-09/2025-09-05-p7k3m9r.toml",
        "child = \"c7k2m4p\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\n",
    );
    write(
        root,
        "visits/2026-01/2026-01-02-v7k3m9s.toml",
        "date = 2026-01-02\nmode = \"home\"\nchildren = [\"c7k2m4p\"]\nby = [\"h7k3m9q\"]\nsummary = \"奶奶身休好转\"\n\n\
         [[follow_up]]\nwhat = \"送药\"\ndue = 2026-01-05\n",
    );
    write(
        root,
        "incidents/2026-01/2026-01-03-i7k3m9q.toml",
        "discovered = 2026-01-03T10:00:00\nkind = \"injury\"\nchildren = [\"c7k2m4p\"]\nby = \"h7k3m9q\"\nsummary = \"擦伤\"\n",
    );
    write(
        root,
        "children/c9q2m4p.toml",
        "name = \"孙立\"\ngender = \"male\"\nbirth_date = 2013-03-02\n\n[[enrolment]]\nsince = 2020-09-01\nclass = \"2020-1\"\n",
    );
    std::fs::write(
        root.join("美术社.csv"),
        "日期,主题,名称,儿童,情况\n2026-01-08,艺术,美术社,张小明、赵雪,画窗花\n",
    )
    .unwrap();
    std::fs::write(
        root.join("花名册.csv"),
        "姓名,性别,出生日期,班级,监护人,与儿童关系,监护人电话,父母外出情况\n\
         周一鸣,男,2016-02-03,四（1）班,周大山,爷爷,13900000003,双方外出\n",
    )
    .unwrap();
    dir
}

/// Returns the arguments of a command, and its length without texts and names.
fn split(command: &str) -> (Vec<String>, usize) {
    let mut arguments = vec![String::new()];
    let mut length = "cuncao ".chars().count();
    let mut is_text = false;
    for c in command.chars() {
        match c {
            '«' | '»' => is_text = c == '«',
            ' ' if !is_text => {
                length += 1;
                arguments.push(String::new());
            }
            c => {
                length += usize::from(!is_text);
                if let Some(last) = arguments.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    (arguments, length)
}

#[test]
fn each_common_task_is_one_short_command() {
    let dir = school();
    for (job, command) in JOBS {
        let (arguments, length) = split(command);
        assert!(length <= MOST, "{job}: {length} characters");
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut program = program(dir.path(), &arguments);
        let done = program.env("CUNCAO_ME", "王芳").output().unwrap();
        assert!(
            done.status.success(),
            "{job}: cuncao {command}\n{}{}",
            out(&done),
            err(&done)
        );
    }
    let text = |path: &str| std::fs::read_to_string(dir.path().join(path)).unwrap();
    assert!(text("visits/2026-01/2026-01-02-v7k3m9s.toml").contains("done = 2026-01-10"));
    assert!(text("visits/2026-01/2026-01-02-v7k3m9s.toml").contains("奶奶身体好转"));
    assert!(text("incidents/2026-01/2026-01-03-i7k3m9q.toml").contains("closed = 2026-01-10"));
    // The removed record was restored.
    assert!(text("visits/2025-10/2025-10-12-v7k3m9q.toml").contains("2025-10-12"));
    assert!(text("children/c7k2m4p.toml").contains("name = \"赵小雪\""));
    assert!(text("children/c4t8w2z.toml").contains("reason = \"transferred\""));
    assert!(text("children/c9q2m4p.toml").contains("reason = \"graduated\""));
    assert!(text("terms/2025-2026-2.toml").contains("2025—2026学年第二学期"));
    let checked = cuncao(dir.path(), &["validate"]);
    assert!(checked.status.success(), "{}", out(&checked));
    assert!(Path::new(&dir.path().join("pairings/2026-01")).is_dir());
}
