//! A program at a terminal of its own.

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// A running program whose input and output are a terminal of 100 columns.
pub(crate) struct Terminal {
    keyboard: File,
    screen: Receiver<Vec<u8>>,
    /// All bytes shown so far: an escape sequence or a character may come in two parts.
    shown: Vec<u8>,
    /// How much of the text was waited for.
    seen: usize,
    /// How many questions for the place of the cursor were answered.
    answered: usize,
    running: Child,
}

impl Terminal {
    pub(crate) fn start(mut command: Command) -> Terminal {
        let size = nix::pty::Winsize {
            ws_row: 50,
            ws_col: 100,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        let pair = nix::pty::openpty(Some(&size), None).unwrap();
        let own = || Stdio::from(pair.slave.try_clone().unwrap());
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
            shown: Vec::new(),
            seen: 0,
            answered: 0,
            running: running.unwrap(),
        }
    }

    /// What is shown and was not waited for yet, without colours and movements of the cursor.
    fn text(&self) -> String {
        let shown = String::from_utf8_lossy(&self.shown);
        let text = anstream::adapter::strip_str(&shown).to_string();
        text.get(self.seen..).unwrap_or_default().to_owned()
    }

    /// Takes what the program shows next; an error where it shows no more.
    fn take(&mut self, until: Instant) -> Result<(), RecvTimeoutError> {
        let left = until.saturating_duration_since(Instant::now());
        let bytes = self.screen.recv_timeout(left)?;
        self.shown.extend(bytes);
        // Programs ask a terminal where its cursor is.
        let questions = self.shown.windows(4).filter(|bytes| bytes == b"\x1b[6n");
        for _ in self.answered..questions.count() {
            self.write("\x1b[1;1R");
            self.answered += 1;
        }
        Ok(())
    }

    fn write(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until something is shown that was not there before.
    pub(crate) fn wait_for(&mut self, words: &str) -> &mut Terminal {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let text = self.text();
            if let Some(at) = text.find(words) {
                self.seen += at + words.len();
                return self;
            }
            if self.take(until).is_err() {
                let _ = self.running.kill();
                panic!("{words} is not shown:\n{text}");
            }
        }
    }

    /// Types keys once the program reads them one by one, before which they would be lost: `\r` is Enter, `\u{3}` is
    /// Ctrl-C.
    pub(crate) fn types(&mut self, keys: &str) -> &mut Terminal {
        use nix::sys::termios::{LocalFlags, tcgetattr};
        let until = Instant::now() + Duration::from_secs(60);
        let is_by_line = |keyboard: &File| {
            let modes = tcgetattr(keyboard).unwrap().local_flags;
            modes.contains(LocalFlags::ICANON)
        };
        while is_by_line(&self.keyboard) {
            assert!(Instant::now() < until, "no keys are read:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(2));
        }
        self.write(keys);
        self
    }

    /// Types a line for a program that reads whole lines.
    pub(crate) fn types_line(&mut self, line: &str) {
        self.write(line);
        self.write("\r");
    }

    /// The exit code of the program, and what it showed that was not waited for.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            match self.take(until) {
                Ok(()) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let _ = self.running.kill();
                    panic!("does not end:\n{}", self.text());
                }
            }
        }
        (self.running.wait().unwrap().code(), self.text())
    }
}
