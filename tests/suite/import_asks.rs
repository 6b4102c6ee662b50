//! `import` at a terminal: each open question is asked once, answers are validated immediately, and nothing is written
//! without confirmation.

use std::path::Path;

use crate::support::terminal::Terminal;
use crate::support::{files, program, write};

/// A roster without start date, parents' absence and days of birth.
const ROSTER: &str = "姓名,性别,出生年月,班级,监护人,联系电话\n\
                      张三,男,2016.3,四（1）班,张桂英,13900000001\n\
                      李四,女,2016.5,四（2）班,李桂英,13900000002\n";

fn school() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let settings = "format = 1\n\n[school]\nname = \"柳树小学\"\nlevel = \"primary\"\n";
    write(dir.path(), "cuncao.toml", settings);
    write(dir.path(), "花名册.csv", ROSTER);
    dir
}

fn children(root: &Path) -> Vec<String> {
    let files = files(root);
    let children = files
        .iter()
        .filter(|(path, _)| path.starts_with(root.join("children")));
    let mut texts: Vec<String> = children
        .map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap())
        .collect();
    texts.sort();
    texts
}

#[test]
fn open_questions_are_asked_once_and_answers_are_validated() {
    let dir = school();
    let root = dir.path();
    let mut terminal = Terminal::start(program(root, &["import", "child", "花名册.csv", "-i"]));
    // How the table was read is shown first.
    terminal.wait_for("监护人姓名");
    terminal.wait_for("都当作几日？");
    terminal.types("四十\r");
    terminal.wait_for("1 到 31");
    terminal.types("\u{8}\u{8}15\r");
    terminal.wait_for("从哪一天起");
    terminal.types("秋天\r");
    terminal.wait_for("“秋天”");
    terminal.types("2025-09-01\r");
    terminal.wait_for("外出情况");
    terminal.wait_for("父母双方外出");
    terminal.types("\r");
    terminal.wait_for("监护类型");
    terminal.wait_for("祖辈监护");
    terminal.types("\r");
    terminal.wait_for("写入吗？");
    assert_eq!(children(root), Vec::<String>::new());
    terminal.types_line("y");
    let (code, shown) = terminal.end();
    assert_eq!(code, Some(0), "{shown}");
    let texts = children(root);
    assert_eq!(texts.len(), 2);
    assert_eq!(
        texts[0],
        "name = \"张三\"\ngender = \"male\"\nbirth_date = 2016-03-15\n\n\
         [[enrolment]]\nsince = 2025-09-01\nclass = \"2022-1\"\n\n\
         [[guardianship]]\nsince = 2025-09-01\naway = \"both\"\nkind = \"grandparents\"\n\
         guardian = { name = \"张桂英\", phone = \"13900000001\" }\n"
    );
    // The command for next term contains all answers.
    for answer in [
        "--day-of-month 15",
        "--since 2025-09-01",
        "guardianship.away=both",
        "guardianship.kind=grandparents",
    ] {
        assert!(shown.contains(answer), "{answer}: {shown}");
    }
}

#[test]
fn nothing_is_written_without_confirmation() {
    let dir = school();
    let root = dir.path();
    let arguments = [
        "import",
        "child",
        "花名册.csv",
        "--since",
        "2025-09-01",
        "--day-of-month",
        "1",
        "--set",
        "guardianship.away=both",
        "--set",
        "guardianship.kind=grandparents",
    ];
    let before = files(root);
    let mut terminal = Terminal::start(program(root, &arguments));
    terminal.wait_for("写入吗？");
    terminal.types_line("n");
    let (code, shown) = terminal.end();
    assert_eq!(code, Some(2), "{shown}");
    assert!(shown.contains("没有写入"), "{shown}");
    assert!(files(root) == before);
    // Nothing is written if the first question is cancelled.
    let mut terminal = Terminal::start(program(root, &["import", "child", "花名册.csv", "-i"]));
    terminal.wait_for("都当作几日？").types("\u{3}");
    let (code, shown) = terminal.end();
    assert_ne!(code, Some(0), "{shown}");
    assert!(files(root) == before);
}
