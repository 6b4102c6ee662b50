//! What is asked at a terminal: questions with a picker, drafts, who is at the keyboard.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::support::{TODAY, files, has, small, write};

/// A terminal in which a command runs.
struct Terminal {
    socket: String,
}

impl Terminal {
    fn run(root: &Path, arguments: &str) -> Terminal {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let socket = format!("cuncao-{}-{count}", std::process::id());
        let terminal = Terminal { socket };
        let program = env!("CARGO_BIN_EXE_cuncao");
        let command = format!(
            "trap : INT; env -u CUNCAO_ME CUNCAO_LANG=zh CUNCAO_TODAY={TODAY} HOME={} GIT_CONFIG_NOSYSTEM=1 {program} {arguments}; s=$?; \
             echo; echo END $s; sleep 60",
            root.display()
        );
        let mut tmux = terminal.tmux(&[
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-x",
            "80",
            "-y",
            "40",
            "-c",
        ]);
        let status = tmux.arg(root).arg(command).status().unwrap();
        assert!(status.success());
        terminal
    }

    fn tmux(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("tmux");
        command.env("LC_ALL", "C.UTF-8").env_remove("TMUX");
        command.args(["-u", "-L", &self.socket]).args(arguments);
        command
    }

    fn shown(&self) -> String {
        let output = self.tmux(&["capture-pane", "-p"]).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Waits for some words on the last lines that are shown.
    fn expect(&self, words: &str) -> &Terminal {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(60) {
            if self.shown().contains(words) {
                return self;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("no {words} in:\n{}", self.shown());
    }

    fn types(&self, text: &str) -> &Terminal {
        self.tmux(&["send-keys", "-l", text]).status().unwrap();
        self
    }

    fn key(&self, key: &str) -> &Terminal {
        // Between two questions a key is the terminal's own.
        std::thread::sleep(Duration::from_millis(300));
        self.tmux(&["send-keys", key]).status().unwrap();
        self
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.tmux(&["kill-server"]).status();
    }
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
    if !has("tmux") {
        return;
    }
    let dir = small();
    let root = dir.path();
    let terminal = Terminal::run(root, "add visit -i");
    terminal.expect("日期 *").types("2月30日").key("Enter");
    // Checked at once.
    terminal.expect("没有30日").types("昨天").key("Enter");
    terminal.expect("方式 *").key("Enter");
    terminal.expect("儿童 *").types("zxm");
    terminal.expect("> 张小明（四（1）班）").key("Enter");
    terminal.expect("还有儿童吗").key("C-c");
    terminal
        .expect("END 130")
        .expect("接着写：")
        .expect("cuncao add visit -i");
    let place = root.join(".cuncao-undo/drafts/visit.toml");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&place).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert!(
        std::fs::read_to_string(&place)
            .unwrap()
            .contains("children = [\"c4t8w2z\"]")
    );
    drop(terminal);

    let terminal = Terminal::run(root, "add visit -i");
    terminal.expect("有没写完的走访，接着写吗").key("Enter");
    // Only what was not answered is asked.
    terminal.expect("走访人 *").types("wangf").key("Enter");
    terminal.expect("还有走访人吗").key("Enter");
    terminal
        .expect("情况记录 *")
        .types("奶奶腰疼好些了")
        .key("Enter");
    terminal.expect("还要填或改什么").types("分钟");
    terminal.expect(">   分钟").key("Enter");
    terminal.expect("? 分钟").types("半小时").key("Enter");
    terminal.expect("改 分钟：30").key("Enter");
    terminal.expect("END 0");
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
    if !has("tmux") {
        return;
    }
    let dir = small();
    let terminal = Terminal::run(dir.path(), "add child -i");
    terminal.expect("姓名 *").types("钱多").key("Enter");
    terminal.expect("性别 *").key("Enter");
    terminal
        .expect("出生日期 *")
        .types("2016-03-02")
        .key("Enter");
    terminal.expect("开始日期 *").key("Enter");
    terminal.expect("班级 *").types("九（1）班").key("Enter");
    terminal.expect("本校没有 9 年级").key("C-c");
    terminal.expect("END 130");
    let draft = dir.path().join(".cuncao-undo/drafts/child.toml");
    assert!(
        std::fs::read_to_string(draft)
            .unwrap()
            .contains("name = \"钱多\"")
    );
}

#[test]
fn who_is_at_the_keyboard_is_asked_once() {
    if !has("tmux") || !has("git") {
        return;
    }
    let dir = small();
    let root = dir.path();
    write(
        root,
        "helpers/h7k3m9r.toml",
        "name = \"罗敏\"\nrole = \"teacher\"\n",
    );
    assert!(
        Command::new("git")
            .arg("init")
            .arg("-q")
            .current_dir(root)
            .status()
            .unwrap()
            .success()
    );
    let terminal = Terminal::run(root, "doctor");
    terminal.expect("您是哪位").types("lm").key("Enter");
    terminal
        .expect("记住了：您是 罗敏")
        .expect("您是 罗敏。")
        .expect("END");
    drop(terminal);
    let terminal = Terminal::run(root, "doctor");
    terminal.expect("END");
    assert!(
        !terminal.shown().contains("您是哪位"),
        "{}",
        terminal.shown()
    );
    drop(terminal);
    let terminal = Terminal::run(root, "note 家访 zxm 都好");
    terminal.expect("罗敏").expect("END 0");
    assert!(new_visit(root).contains("by = [\"h7k3m9r\"]"));
}
