//! Tables and cells as read from a file.

use chrono::NaiveDateTime;

use crate::diagnostic::Message;

/// The maximum number of cells in a file.
const MAX_CELLS: usize = 4_000_000;

/// The maximum number of columns; the widest forms have a few hundred.
const MAX_COLUMNS: usize = 1000;

/// The maximum size of a cell in bytes; spreadsheet programs stop at 32,767 characters.
pub(super) const MAX_CELL_BYTES: usize = 1 << 20;

/// The content of a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, trimmed.
    Text(String),
    /// A number from a workbook.
    Number(f64),
    /// A boolean from a workbook.
    Boolean(bool),
    /// A date or time from a workbook.
    Time(NaiveDateTime),
    /// An error value, such as `#N/A`.
    Error(String),
    /// A formula without a stored value.
    Uncomputed,
}

impl Cell {
    /// Creates a cell from text; blank text gives an empty cell.
    pub fn of_text(text: &str) -> Cell {
        // The spaces after the apostrophe of an escaped text belong to it.
        if text.starts_with('\'') {
            return Cell::Text(text.to_owned());
        }
        let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
        let trimmed = text.trim_matches(is_blank);
        // In CSV, ="0012" preserves leading zeros.
        let quoted = trimmed
            .strip_prefix("=\"")
            .and_then(|rest| rest.strip_suffix('"'));
        let trimmed = quoted
            .filter(|inner| !inner.contains('"'))
            .unwrap_or(trimmed);
        if trimmed.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(trimmed.to_owned())
        }
    }

    /// Whether there is nothing in the cell.
    pub fn is_empty(&self) -> bool {
        *self == Cell::Empty
    }

    /// The cell as displayed; numbers to fifteen digits, as in a spreadsheet program.
    pub fn shown(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Error(text) => text.clone(),
            Cell::Number(number) => digits(*number),
            Cell::Boolean(truth) => truth.to_string(),
            Cell::Time(time) if time.time() == chrono::NaiveTime::MIN => time.date().to_string(),
            Cell::Time(time) => time.to_string(),
            Cell::Uncomputed => String::from("="),
        }
    }
}

/// Formats a number as a spreadsheet program does: 0.1 + 0.2 is 0.3.
fn digits(number: f64) -> String {
    let shown = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    shown.to_string()
}

/// A merged range, by its first and last cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The first row, from 0.
    pub top: usize,
    /// The first column, from 0.
    pub left: usize,
    /// The last row.
    pub bottom: usize,
    /// The last column.
    pub right: usize,
}

/// A table as read from a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its name; empty for CSV.
    pub name: String,
    /// Whether it is hidden.
    pub is_hidden: bool,
    /// Whether its workbook uses the 1904 date system.
    pub from_1904: bool,
    /// The rows, each up to its last non-empty cell.
    pub rows: Vec<Vec<Cell>>,
    /// The merged ranges.
    pub merges: Vec<Merge>,
}

impl Sheet {
    /// The cell at a row and column.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows
            .get(row)
            .and_then(|row| row.get(column))
            .unwrap_or(&Cell::Empty)
    }

    /// The width of the widest row.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// The letters of a column, counted from 0: `A`, `AB`.
pub fn column_letters(column: usize) -> String {
    let mut number = column + 1;
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(b'A' + (number % 26) as u8));
        number /= 26;
    }
    letters.iter().rev().collect()
}

/// Collects cells up to a limit.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) rows: Vec<Vec<Cell>>,
    count: usize,
}

impl Gathered {
    pub(super) fn put(
        &mut self,
        row: usize,
        column: usize,
        cell: Cell,
        name: &str,
    ) -> Result<(), Message> {
        let place = || format!("{}{}", column_letters(column), row + 1);
        if let Cell::Text(text) = &cell
            && text.len() > MAX_CELL_BYTES
        {
            return Err(Message::new("import-cell-too-long")
                .with("place", place())
                .with("kib", MAX_CELL_BYTES >> 10));
        }
        if column >= MAX_COLUMNS {
            let message = Message::new("import-too-wide")
                .with("place", place())
                .with("most", MAX_COLUMNS);
            return Err(message.with("sheet", name));
        }
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            self.count += column + 1 - cells.len();
            if self.count > MAX_CELLS {
                return Err(Message::new("import-too-many-cells")
                    .with("most", MAX_CELLS / 10_000)
                    .with("cells", MAX_CELLS));
            }
            cells.resize_with(column + 1, Cell::default);
        }
        cells[column] = cell;
        Ok(())
    }
}
