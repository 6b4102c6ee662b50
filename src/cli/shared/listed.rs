//! Lists of files and places below a message.

use crate::text::sanitize::terminal_lines;

/// The maximum number of lines listed.
const MAX_LINES: usize = 10;

/// Formats lines with indentation; of many only the first ones, and the number of the rest.
pub(crate) fn listed<'t>(lines: impl ExactSizeIterator<Item = &'t String>) -> String {
    let more = lines.len().saturating_sub(MAX_LINES);
    let shown = lines.take(MAX_LINES);
    let mut shown: Vec<String> = shown
        .map(|line| format!("  {}", terminal_lines(line)))
        .collect();
    if more > 0 {
        shown.push(format!("  … +{more}"));
    }
    shown.join("\n")
}
