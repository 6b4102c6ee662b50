//! Format for GitHub: workflow commands that annotate the lines of a change.

use super::diagnostic::Diagnostic;
use crate::text::Lang;

/// Formats a finding as a workflow command.
pub fn github(diagnostic: &Diagnostic<'_>, lang: Lang) -> String {
    let (start, end) = diagnostic.spot.positions();
    let mut message = diagnostic.message.text(lang);
    if let Some(help) = &diagnostic.help {
        message = format!("{message}\n{}", help.text(lang));
    }
    format!(
        "::{} file={},line={},endLine={},col={},title={}::{}",
        diagnostic.severity.name(),
        property(diagnostic.spot.path),
        start.line,
        end.line,
        start.column,
        diagnostic.rule.name,
        data(&message),
    )
}

/// Escapes text after the second `::`: percent signs and line ends.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes the value of a property: also colons and commas.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
