//! What commands that change many files say and do alike.

use std::io::IsTerminal;

use anyhow::anyhow;
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::shared::session::Session;
use crate::diagnostic::Finding;
use crate::store::Store;
use crate::store::transaction::Recovered;
use crate::text::Lang;
use crate::text::sanitize::terminal_lines;
use crate::tr;

/// A bar on a terminal; nothing elsewhere, and nothing for little work.
pub(crate) struct Bar(Option<ProgressBar>);

impl Bar {
    /// A bar for some steps, if there are as many as make it worth looking at.
    pub(crate) fn new(session: &mut Session, steps: usize, worth: usize) -> Bar {
        if session.quiet || steps < worth || !std::io::stderr().is_terminal() {
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

/// Finishes or undoes what an earlier command left behind, and says so.
pub(crate) fn recover(store: &Store, session: &mut Session) -> anyhow::Result<()> {
    let recovered = store.recover().map_err(|fault| {
        anyhow!(tr!(
            session.lang,
            "change-not-recovered",
            fault = fault.to_string()
        ))
    })?;
    for event in &recovered {
        session.say(&recovery(event, session.lang))?;
    }
    Ok(())
}

/// What was done about a change that was left unfinished.
pub(crate) fn recovery(event: &Recovered, lang: Lang) -> String {
    match event {
        Recovered::Undone => tr!(lang, "change-undone"),
        Recovered::Refused { folder } => tr!(lang, "change-refused", folder = folder.as_str()),
        Recovered::Finished { files, overtaken } if overtaken.is_empty() => {
            tr!(lang, "change-finished", files = *files)
        }
        Recovered::Finished { files, overtaken } => tr!(
            lang,
            "change-finished-but",
            files = *files,
            overtaken = overtaken.join(", ")
        ),
    }
}

/// The first of some findings in a line.
pub(crate) fn first_of(findings: &[Finding], lang: Lang) -> String {
    let line = findings
        .first()
        .map(|finding| format!("{}: {}", finding.path, finding.message.text(lang)));
    terminal_lines(&line.unwrap_or_default()).into_owned()
}
