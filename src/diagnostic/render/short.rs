//! One line per finding, as compilers print it: for `grep`, and for editors that jump to the location.

use super::diagnostic::Diagnostic;
use crate::text::{Lang, sanitize};

/// Formats a finding as `path:line:column: severity[rule]: message`.
pub fn short(diagnostic: &Diagnostic<'_>, lang: Lang) -> String {
    let (start, _) = diagnostic.spot.positions();
    let line = format!(
        "{}:{}:{}: {}[{}]: {}",
        diagnostic.spot.path,
        start.line,
        start.column,
        diagnostic.severity.name(),
        diagnostic.rule.name,
        diagnostic.message.text(lang)
    );
    sanitize::terminal(&line).into_owned()
}
