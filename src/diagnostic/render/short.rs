//! A finding as one line, as compilers print it: for editors, which jump to the place, and for `grep`.

use super::diagnostic::Diagnostic;
use crate::text::{Lang, sanitize};

/// A finding as `path:line:column: level[rule]: message`.
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
