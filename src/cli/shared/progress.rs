//! How far long work is: on a terminal's standard error, and only when it takes longer than half a second.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::shared::environment;
use crate::cli::shared::session::Session;
use crate::text::lang;

impl Session {
    /// A count of work done, on a terminal's standard error, when it takes longer than half a second.
    pub(crate) fn progress(&self, message: &'static str) -> ProgressBar {
        if self.quiet || !environment::is_error_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg} {human_pos}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style);
        bar.set_message(lang::message(self.lang, message, &[]));
        show_later(&bar);
        bar
    }

    /// Shows how many files were read while some work goes on, which tells how many since the last time.
    pub(crate) fn reading<T>(&self, work: impl FnOnce(&(dyn Fn(usize) + Sync)) -> T) -> T {
        let progress = self.progress("reading");
        let done = work(&|files| progress.inc(files as u64));
        progress.finish_and_clear();
        done
    }
}

/// Keeps a bar from showing for work that is soon done.
fn show_later(bar: &ProgressBar) {
    let late = bar.downgrade();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(500));
        if let Some(bar) = late.upgrade().filter(|bar| !bar.is_finished()) {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
    });
}

/// A bar on a terminal; nothing elsewhere, and nothing for little work.
pub(crate) struct Bar(Option<ProgressBar>);

impl Bar {
    /// A bar for some steps, if there are as many as make it worth looking at.
    pub(crate) fn new(session: &mut Session, steps: usize, worth: usize) -> Bar {
        if session.quiet || steps < worth || !environment::is_error_terminal() {
            return Bar(None);
        }
        let bar = ProgressBar::new(steps as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}") {
            bar.set_style(style);
        }
        Bar(Some(bar))
    }

    /// So many steps are done.
    pub(crate) fn at(&self, done: usize) {
        if let Some(bar) = &self.0 {
            bar.set_position(done as u64);
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
