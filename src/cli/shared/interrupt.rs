//! Ctrl-C, and other signals that ask the program to end, where something has to be kept or taken away before.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[cfg(unix)]
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

/// Whether somebody asked the program to end.
pub(crate) struct Interrupted(Arc<AtomicBool>);

impl Interrupted {
    /// Watches while an editor runs. As git does: Ctrl-C means something to many an editor, and ends the others, which is
    /// seen.
    ///
    /// # Errors
    ///
    /// The system's.
    pub(crate) fn watch_editor() -> std::io::Result<Interrupted> {
        let asked = Arc::new(AtomicBool::new(false));
        #[cfg(unix)]
        {
            signal_hook::flag::register(SIGINT, Arc::default())?;
            for signal in [SIGTERM, SIGHUP] {
                signal_hook::flag::register(signal, Arc::clone(&asked))?;
            }
        }
        Ok(Interrupted(asked))
    }

    /// Watches while questions are asked.
    ///
    /// # Errors
    ///
    /// The system's.
    pub(crate) fn watch_questions() -> std::io::Result<Interrupted> {
        let asked = Arc::new(AtomicBool::new(false));
        #[cfg(unix)]
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            signal_hook::flag::register(signal, Arc::clone(&asked))?;
        }
        Ok(Interrupted(asked))
    }

    pub(crate) fn is_requested(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
