//! `import` at a terminal: asked once for each open thing, answers looked at at once, nothing written without a yes.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::support::{files, program, write};

/// A program at a terminal of its own.
struct Terminal {
    keyboard: File,
    screen: Receiver<Vec<u8>>,
    shown: String,
    running: std::process::Child,
}

impl Terminal {
    fn start(root: &Path, arguments: &[&str]) -> Terminal {
        let size = nix::pty::Winsize {
            ws_row: 50,
            ws_col: 100,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        let pair = nix::pty::openpty(Some(&size), None).unwrap();
        let own = || Stdio::from(pair.slave.try_clone().unwrap());
        let mut command = program(root, arguments);
        let running = command.stdin(own()).stdout(own()).stderr(own()).spawn();
        drop(command);
        drop(pair.slave);
        let keyboard = File::from(pair.master);
        let mut screen = keyboard.try_clone().unwrap();
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count) = screen.read(&mut bytes) {
                if count == 0 || sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Terminal {
            keyboard,
            screen: receiver,
            shown: String::new(),
            running: running.unwrap(),
        }
    }

    /// Waits until something is shown that was not there before.
    fn wait_for(&mut self, words: &str) {
        let until = Instant::now() + Duration::from_secs(60);
        while !self.shown.contains(words) {
            let left = until.saturating_duration_since(Instant::now());
            match self.screen.recv_timeout(left) {
                Ok(bytes) => {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    // Programs ask a terminal where its cursor is.
                    for _ in text.matches("\u{1b}[6n") {
                        self.keyboard.write_all(b"\x1b[1;1R").unwrap();
                    }
                    self.shown += &text;
                }
                Err(_) => panic!("{words} is not shown:\n{}", self.shown),
            }
        }
        let end = self.shown.find(words).unwrap() + words.len();
        self.shown.drain(..end);
    }

    fn types(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    fn end(mut self) -> (Option<i32>, String) {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.screen.recv_timeout(left) {
                Ok(bytes) => self.shown += &String::from_utf8_lossy(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let _ = self.running.kill();
                    panic!("does not end:\n{}", self.shown);
                }
            }
        }
        (self.running.wait().unwrap().code(), self.shown)
    }

    /// Types Ctrl-C until the program ends: what is typed before it asks for keys one by one is lost.
    fn breaks_off(mut self) -> (Option<i32>, String) {
        for _ in 0..60 {
            self.types("\u{3}");
            if self.running.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(500));
        }
        self.end()
    }
}

/// A roster that says neither since when nor who is away nor which day of the month children were born.
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
fn what_a_table_leaves_open_is_asked_once_and_answers_are_looked_at_at_once() {
    let dir = school();
    let root = dir.path();
    let mut terminal = Terminal::start(root, &["import", "child", "花名册.csv", "-i"]);
    // How the table was read comes first.
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
    terminal.types("y\r");
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
    // The command to keep for next term says all that was answered.
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
fn who_says_no_has_nothing_written() {
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
    let mut terminal = Terminal::start(root, &arguments);
    terminal.wait_for("写入吗？");
    terminal.types("n\r");
    let (code, shown) = terminal.end();
    assert_eq!(code, Some(2), "{shown}");
    assert!(shown.contains("没有写入"), "{shown}");
    assert!(files(root) == before);
    // Who breaks off at the first question has nothing written either.
    let mut terminal = Terminal::start(root, &["import", "child", "花名册.csv", "-i"]);
    terminal.wait_for("都当作几日？");
    let (code, shown) = terminal.breaks_off();
    assert_ne!(code, Some(0), "{shown}");
    assert!(files(root) == before);
}
