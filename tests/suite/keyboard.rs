//! Interactive use at a terminal: questions with a picker, drafts, the current user.

use std::path::Path;

use crate::support::terminal::Terminal;
use crate::support::{files, git, has, program, small, write};

/// The program at a terminal, without a configured user.
fn start(root: &Path, arguments: &[&str]) -> Terminal {
    let mut command = program(root, arguments);
    command.env_remove("CUNCAO_ME").env("HOME", root);
    command.env("GIT_CONFIG_NOSYSTEM", "1");
    Terminal::start(command)
}

fn new_visit(root: &Path) -> String {
    let all = files(root);
    let mut found = all.iter().filter(|(path, _)| {
        let path = path.to_string_lossy();
        path.contains("visits/2026-01/2026-01-10-")
    });
    let (_, text) = found.next().expect("no new visit");
    String::from_utf8(text.clone()).unwrap()
}

#[test]
fn a_visit_is_five_questions_and_what_was_typed_is_kept_when_it_is_broken_off() {
    let dir = small();
    let root = dir.path();
    let mut terminal = start(root, &["add", "visit", "-i"]);
    terminal.wait_for("日期 *").types("2月30日\r");
    // Validated immediately.
    terminal.wait_for("没有30日").types("昨天\r");
    terminal.wait_for("方式 *").types("\r");
    terminal.wait_for("儿童 *").types("zxm");
    terminal.wait_for("> 张小明（四（1）班）").types("\r");
    terminal.wait_for("还有儿童吗").types("\u{3}");
    let (code, shown) = terminal.end();
    assert_eq!(code, Some(130), "{shown}");
    assert!(
        shown.contains("接着写：") && shown.contains("cuncao add visit -i"),
        "{shown}"
    );
    let place = root.join(".cuncao-undo/drafts/visit.toml");
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&place).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let draft = std::fs::read_to_string(&place).unwrap();
    assert!(draft.contains("children = [\"c4t8w2z\"]"), "{draft}");

    let mut terminal = start(root, &["add", "visit", "-i"]);
    terminal.wait_for("有没写完的走访，接着写吗").types("\r");
    // Only missing fields are asked for.
    terminal.wait_for("走访人 *").types("wangf");
    terminal.wait_for("> 王芳").types("\r");
    terminal.wait_for("还有走访人吗").types("\r");
    terminal.wait_for("情况记录 *").types("奶奶腰疼好些了\r");
    terminal.wait_for("还要填或改什么").types("分钟");
    terminal.wait_for(">   分钟").types("\r");
    terminal.wait_for("? 分钟").types("半小时\r");
    terminal.wait_for("改 分钟：30").types("\r");
    let (code, shown) = terminal.end();
    assert_eq!(code, Some(0), "{shown}");
    let folder = root.join("visits/2026-01");
    let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap();
    let text = std::fs::read_to_string(file.path()).unwrap();
    for line in [
        "date = 2026-01-09",
        "children = [\"c4t8w2z\"]",
        "by = [\"h7k3m9q\"]",
        "minutes = 30",
        "summary = \"奶奶腰疼好些了\"",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}: {text}");
    }
    assert!(!place.exists());
}

#[test]
fn a_class_that_is_none_is_asked_again_at_once() {
    let dir = small();
    let mut terminal = start(dir.path(), &["add", "child", "-i"]);
    terminal.wait_for("姓名 *").types("钱多\r");
    terminal.wait_for("性别 *").types("\r");
    terminal.wait_for("出生日期 *").types("2016-03-02\r");
    terminal.wait_for("开始日期 *").types("\r");
    terminal.wait_for("班级 *").types("九（1）班\r");
    terminal.wait_for("本校没有 9 年级").types("\u{3}");
    let (code, shown) = terminal.end();
    assert_eq!(code, Some(130), "{shown}");
    let draft = dir.path().join(".cuncao-undo/drafts/child.toml");
    let draft = std::fs::read_to_string(draft).unwrap();
    assert!(draft.contains("name = \"钱多\""), "{draft}");
}

#[test]
fn who_is_at_the_keyboard_is_asked_once() {
    if !has("git") {
        return;
    }
    let dir = small();
    let root = dir.path();
    let helper = r#"name = "罗敏"
role = "teacher"
"#;
    write(root, "helpers/h7k3m9r.toml", helper);
    assert!(git(root, &["init", "-q"]).status().unwrap().success());
    let mut terminal = start(root, &["doctor"]);
    terminal.wait_for("您是哪位").types("lm");
    terminal.wait_for("> 罗敏").types("\r");
    terminal
        .wait_for("记住了：您是 罗敏")
        .wait_for("您是 罗敏。");
    terminal.end();
    let (_, shown) = start(root, &["doctor"]).end();
    assert!(!shown.contains("您是哪位"), "{shown}");
    let (code, shown) = start(root, &["note", "家访", "zxm", "都好"]).end();
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("罗敏"), "{shown}");
    assert!(new_visit(root).contains("by = [\"h7k3m9r\"]"));
}
