//! Handles Ctrl-C and termination signals where something has to be saved or cleaned up first.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[cfg(unix)]
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

/// Whether a signal was received.
pub(crate) struct Interrupted(Arc<AtomicBool>);

impl Interrupted {
    /// Watches while an editor runs. As in git, Ctrl-C is left to the editor, which may handle it or exit.
    ///
    /// # Errors
    ///
    /// The signal handler cannot be installed.
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
    /// The signal handler cannot be installed.
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
