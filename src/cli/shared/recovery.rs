//! Messages about recovered changes and invalid settings.

use crate::diagnostic::Finding;
use crate::store::transaction::Recovered;
use crate::text::Lang;
use crate::text::sanitize::terminal_lines;
use crate::tr;

/// Describes how an interrupted change was recovered.
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

/// The first of some findings, on one line.
pub(crate) fn first_of(findings: &[Finding], lang: Lang) -> String {
    let line = findings
        .first()
        .map(|finding| format!("{}: {}", finding.path, finding.message.text(lang)));
    terminal_lines(&line.unwrap_or_default()).into_owned()
}
