//! A table as it stands in a file, and its cells.

use chrono::NaiveDateTime;

use crate::diagnostic::Message;

/// The tables of a file may have so many cells together.
const MAX_CELLS: usize = 4_000_000;

/// A table may have so many columns; the widest forms have some hundred.
const MAX_COLUMNS: usize = 1000;

/// A cell may hold so many bytes; spreadsheet programs stop at 32,767 characters.
pub(super) const LONGEST_CELL: usize = 1 << 20;

/// What one cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, without spaces at its ends.
    Text(String),
    /// A number of a workbook.
    Number(f64),
    /// A truth value of a workbook.
    Truth(bool),
    /// A date or time of a workbook.
    Time(NaiveDateTime),
    /// An error that a spreadsheet program shows: `#N/A`.
    Error(String),
    /// A formula whose value no program has stored.
    Uncomputed,
}

impl Cell {
    /// A cell with a text; blank text is an empty cell.
    pub fn of_text(text: &str) -> Cell {
        // Behind the mark of a disarmed text its own spaces begin.
        if text.starts_with('\'') {
            return Cell::Text(text.to_owned());
        }
        let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
        let trimmed = text.trim_matches(is_blank);
        // Spreadsheet programs keep the zeros of a number in CSV so: ="0012".
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

    /// The cell as a person sees it; numbers as a spreadsheet program shows them, to fifteen digits.
    pub fn shown(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Error(text) => text.clone(),
            Cell::Number(number) => digits(*number),
            Cell::Truth(truth) => truth.to_string(),
            Cell::Time(time) if time.time() == chrono::NaiveTime::MIN => time.date().to_string(),
            Cell::Time(time) => time.to_string(),
            Cell::Uncomputed => String::from("="),
        }
    }
}

/// A number as a spreadsheet program shows it: 0.1 + 0.2 is 0.3.
fn digits(number: f64) -> String {
    let shown = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    shown.to_string()
}

/// Cells that were made one, by the places of the first and the last of them within the table.
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

/// A table as it stands in a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its name; empty for CSV.
    pub name: String,
    /// Whether a spreadsheet program does not show it.
    pub is_hidden: bool,
    /// Whether its workbook counts days from 1904.
    pub from_1904: bool,
    /// The rows, each to its last cell that holds anything.
    pub rows: Vec<Vec<Cell>>,
    /// Cells that were made one.
    pub merges: Vec<Merge>,
}

impl Sheet {
    /// The cell at a place.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows
            .get(row)
            .and_then(|row| row.get(column))
            .unwrap_or(&Cell::Empty)
    }

    /// How many columns the widest row has.
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

/// Cells that are gathered, as long as there are not too many.
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
            && text.len() > LONGEST_CELL
        {
            return Err(Message::new("import-cell-too-long")
                .with("place", place())
                .with("kib", LONGEST_CELL >> 10));
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
