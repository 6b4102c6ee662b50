//! Lists of files and places below a message.

use crate::text::sanitize::terminal_lines;

/// So many lines are told one by one.
const MOST_LINES: usize = 10;

/// Some lines, each indented; of many the first, and how many more there are.
pub(crate) fn listed<'t>(lines: impl ExactSizeIterator<Item = &'t String>) -> String {
    let more = lines.len().saturating_sub(MOST_LINES);
    let told = lines.take(MOST_LINES);
    let mut told: Vec<String> = told
        .map(|line| format!("  {}", terminal_lines(line)))
        .collect();
    if more > 0 {
        told.push(format!("  … +{more}"));
    }
    told.join("\n")
}
