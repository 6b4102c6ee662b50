//! A progress counter on a terminal's standard error, for work that takes longer than half a second.

use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::cli::shared::environment;
use crate::cli::shared::session::Session;
use crate::text::lang;

/// The delay before progress is shown.
const DELAY: Duration = Duration::from_millis(500);

/// The interval between updates.
const INTERVAL: Duration = Duration::from_millis(100);

/// Returns to the beginning of the line and erases it (ECMA-48: CR, EL 2).
const ERASE_LINE: &str = "\r\x1b[2K";

/// A counter of work done, shared between threads.
pub(crate) struct Progress {
    /// The label; `None` if nothing is shown.
    label: Option<String>,
    done: AtomicUsize,
    /// When to update the line, and whether it was ever printed.
    next: Mutex<(Instant, bool)>,
}

impl Progress {
    /// Adds to the count.
    pub(crate) fn add(&self, more: usize) {
        self.show(self.done.fetch_add(more, Ordering::Relaxed) + more);
    }

    /// Sets the count.
    pub(crate) fn set(&self, done: usize) {
        self.done.store(done, Ordering::Relaxed);
        self.show(done);
    }

    fn show(&self, done: usize) {
        let Some(label) = &self.label else { return };
        let Ok(mut next) = self.next.try_lock() else {
            return;
        };
        let now = Instant::now();
        if now >= next.0 {
            *next = (now + INTERVAL, true);
            // Best effort: progress must not interrupt the work.
            let _ = write!(io::stderr(), "{ERASE_LINE}{label} {done}");
        }
    }

    /// Erases the line.
    pub(crate) fn finish(&self) {
        let next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        if next.1 {
            let _ = write!(io::stderr(), "{ERASE_LINE}");
        }
    }
}

impl Session {
    /// A counter labelled by a message of the catalogue.
    pub(crate) fn progress(&self, message: &'static str) -> Progress {
        let is_shown = !self.quiet && environment::is_error_terminal();
        Progress {
            label: is_shown.then(|| lang::message(self.lang, message, &[])),
            done: AtomicUsize::new(0),
            next: Mutex::new((Instant::now() + DELAY, false)),
        }
    }

    /// Shows the number of files read; `work` gets a callback for the number of further files.
    pub(crate) fn reading<T>(&self, work: impl FnOnce(&(dyn Fn(usize) + Sync)) -> T) -> T {
        let progress = self.progress("reading");
        let done = work(&|files| progress.add(files));
        progress.finish();
        done
    }
}
