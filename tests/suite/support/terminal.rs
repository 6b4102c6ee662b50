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
    shown: Vec<u8>,
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
            running: running.unwrap(),
        }
    }

    /// What is shown and was not waited for yet, without colours and movements of the cursor.
    fn text(&self) -> String {
        let shown = String::from_utf8_lossy(&self.shown);
        anstream::adapter::strip_str(&shown).to_string()
    }

    /// Takes what the program shows next; an error where it shows no more.
    fn take(&mut self, until: Instant) -> Result<(), RecvTimeoutError> {
        let left = until.saturating_duration_since(Instant::now());
        let bytes = self.screen.recv_timeout(left)?;
        // Programs ask a terminal where its cursor is.
        for _ in bytes.windows(4).filter(|bytes| bytes == b"\x1b[6n") {
            self.types("\x1b[1;1R");
        }
        self.shown.extend(bytes);
        Ok(())
    }

    /// Waits until something is shown that was not there before.
    pub(crate) fn wait_for(&mut self, words: &str) -> &mut Terminal {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let text = self.text();
            if let Some((_, rest)) = text.split_once(words) {
                self.shown = rest.as_bytes().to_vec();
                return self;
            }
            if self.take(until).is_err() {
                let _ = self.running.kill();
                panic!("{words} is not shown:\n{text}");
            }
        }
    }

    /// Types keys: `\r` is Enter, `\u{3}` is Ctrl-C.
    pub(crate) fn types(&mut self, keys: &str) -> &mut Terminal {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self
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

    /// Types Ctrl-C until the program ends: what is typed before it asks for keys one by one is lost.
    pub(crate) fn breaks_off(mut self) -> (Option<i32>, String) {
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
