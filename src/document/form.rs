//! Forms: rows of labels and values in a frame, as in registration forms.

use super::model::{Form, FormCell, FormRow, Inline};

/// Returns how many columns of the grid a label and its value span, in a row with this number of cells.
pub(super) fn spans(cells: usize, is_unlabelled: bool) -> (usize, usize) {
    match cells {
        0 | 1 if is_unlabelled => (0, GRID),
        0 | 1 => (9, 39),
        2 => (9, 15),
        3 => (7, 9),
        _ => (6, 6),
    }
}

/// The number of columns of the grid, divisible by the number of cells in a row: one, two, three or four.
pub(super) const GRID: usize = 48;

/// The maximum number of lines in a row.
const MAX_LINES: usize = 40;

impl Form {
    /// Parses a form: each line is a row of alternating labels and values, separated by `|`; a prefix such as `6>` asks
    /// for a row of six lines. Values are inline Markdown.
    pub(super) fn read(text: &str, inlines: impl Fn(&str) -> Vec<Inline>) -> Form {
        let rows = text.lines().filter(|line| !line.trim().is_empty());
        let rows = rows.map(|line| {
            let (lines, rest) = match line.split_once('>') {
                Some((number, rest)) => match number.trim().parse::<usize>() {
                    Ok(lines) => (lines.clamp(1, MAX_LINES), rest),
                    Err(_) => (1, line),
                },
                None => (1, line),
            };
            let parts: Vec<Vec<Inline>> = rest.split('|').map(str::trim).map(&inlines).collect();
            let cells = if let [value] = &parts[..] {
                vec![FormCell {
                    label: Vec::new(),
                    value: value.clone(),
                }]
            } else {
                let pairs = parts.chunks(2);
                let cells = pairs.map(|pair| FormCell {
                    label: pair[0].clone(),
                    value: pair.get(1).cloned().unwrap_or_default(),
                });
                cells.collect()
            };
            FormRow { cells, lines }
        });
        Form {
            rows: rows.collect(),
        }
    }
}
