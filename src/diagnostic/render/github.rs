//! For GitHub: workflow commands that annotate the lines of a change.

use super::diagnostic::Diagnostic;
use crate::text::Lang;

/// A finding as a workflow command.
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

/// Text after the second `::`, in which per cent signs and line ends have a meaning.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, in which colons and commas have one, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
