//! Reads tables that people made: CSV as UTF-8 or GB18030, and workbooks of spreadsheet programs.

mod delimited;
mod workbook;

use chrono::NaiveDateTime;
use encoding_rs::{Encoding, GB18030};

use crate::diagnostic::Message;

/// A file may be so large, in bytes: a county's roster is far below.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// The tables of a file may have so many cells together.
const MAX_CELLS: usize = 4_000_000;

/// A table may have so many columns; the widest forms have some hundred.
const MAX_COLUMNS: usize = 1000;

/// A cell may hold so many bytes; spreadsheet programs stop at 32,767 characters.
const LONGEST_CELL: usize = 1 << 20;

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

/// The tables of a file: one of CSV, or those of a workbook; of hidden ones only the name, unless one is asked for.
///
/// # Errors
///
/// What is wrong with the file, and the way out of it.
pub fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Vec<Sheet>, Message> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Message::new("import-too-large").with("mib", MAX_FILE_BYTES >> 20));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook::zipped(bytes, wanted);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return workbook::compound(bytes, wanted);
    }
    let text = decode(bytes)?;
    let start = text
        .trim_start()
        .get(..200)
        .unwrap_or(text.trim_start())
        .to_lowercase();
    if start.starts_with('<')
        && [
            "<html",
            "<!doctype",
            "<table",
            "<?xml",
            "<meta",
            "<head",
            "<style",
        ]
        .iter()
        .any(|mark| start.contains(mark))
    {
        return Err(Message::new("import-markup"));
    }
    Ok(vec![delimited::read(&text)?])
}

/// Cells that are gathered, as long as there are not too many.
#[derive(Default)]
struct Gathered {
    rows: Vec<Vec<Cell>>,
    count: usize,
}

impl Gathered {
    fn put(&mut self, row: usize, column: usize, cell: Cell, name: &str) -> Result<(), Message> {
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

/// The text of a file: by its byte order mark, else strictly as UTF-8, else as GB18030, which spreadsheet
/// programs write on Chinese systems.
///
/// # Errors
///
/// That it is none of them.
pub fn decode(bytes: &[u8]) -> Result<String, Message> {
    let not_text = || Message::new("import-not-text");
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[length..]);
        return text.map(String::from).ok_or_else(not_text);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    GB18030
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(String::from)
        .ok_or_else(not_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_in_the_encodings_that_spreadsheet_programs_write() {
        let text = "姓名,村\n张小明,柳树村\n";
        let (gb, ..) = GB18030.encode(text);
        let (_, _, lossy) = encoding_rs::UTF_8.decode(&gb);
        assert!(lossy, "the sample must not be UTF-8 as well");
        for bytes in [
            text.as_bytes().to_vec(),
            format!("\u{feff}{text}").into_bytes(),
            gb.into_owned(),
        ] {
            let sheets = read(&bytes, None).unwrap();
            assert_eq!(sheets[0].rows[1][0], Cell::Text("张小明".to_owned()));
        }
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(
                text.replace(',', "\t")
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes),
            )
            .collect();
        assert_eq!(
            read(&utf16, None).unwrap()[0].rows[1][1],
            Cell::Text("柳树村".to_owned())
        );
        assert!(read(&[0x81, 0x20, 0xff, 0xff], None).is_err());
    }

    #[test]
    fn columns_have_the_letters_of_spreadsheet_programs() {
        for (column, letters) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (701, "ZZ"),
            (702, "AAA"),
            (16383, "XFD"),
        ] {
            assert_eq!(column_letters(column), letters);
        }
    }

    #[test]
    fn what_only_looks_like_a_workbook_is_told_for_what_it_is() {
        for (bytes, id) in [
            (&b"PK\x03\x04 no workbook"[..], "import-bad-workbook"),
            (
                b"<html><body><table><tr><td>x</td></tr></table></body></html>",
                "import-markup",
            ),
            (
                b"<?xml version=\"1.0\"?><Workbook></Workbook>",
                "import-markup",
            ),
        ] {
            assert_eq!(read(bytes, None).unwrap_err().id, id);
        }
        let mut encrypted = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(read(&encrypted, None).unwrap_err().id, "import-encrypted");
    }

    #[test]
    fn numbers_are_shown_as_spreadsheet_programs_show_them() {
        assert_eq!(Cell::Number(0.1 + 0.2).shown(), "0.3");
        assert_eq!(Cell::Number(13_900_001_234.0).shown(), "13900001234");
        assert_eq!(Cell::Number(2019.1).shown(), "2019.1");
    }
}
