//! Reads tables that people made: CSV as UTF-8 or GB18030, and workbooks of spreadsheet programs.

use std::io::{Cursor, Read};

use calamine::{Data, Reader};
use chrono::NaiveDateTime;
use encoding_rs::{Encoding, GB18030};

use crate::diagnostic::Message;

/// A file may be so large, in bytes: a county's roster is far below.
pub const LARGEST_FILE: u64 = 64 << 20;

/// What a workbook may unpack to, in bytes.
const LARGEST_UNPACKED: u64 = 512 << 20;

/// A table may have so many cells.
const MOST_CELLS: usize = 20_000_000;

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
}

impl Cell {
    /// A cell with a text; blank text is an empty cell.
    pub fn of_text(text: &str) -> Cell {
        // Behind the mark of a disarmed text its own spaces begin.
        if text.starts_with('\'') {
            return Cell::Text(text.to_owned());
        }
        let trimmed = text.trim_matches(|c: char| c == ' ' || c == '\u{3000}' || c == '\u{a0}');
        match trimmed.trim().is_empty() {
            true => Cell::Empty,
            false => Cell::Text(trimmed.to_owned()),
        }
    }

    /// Whether there is nothing in the cell.
    pub fn is_empty(&self) -> bool {
        *self == Cell::Empty
    }

    /// The cell as a person sees it; whole numbers without a point.
    pub fn shown(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Truth(truth) => truth.to_string(),
            Cell::Time(time) if time.time() == chrono::NaiveTime::MIN => time.date().to_string(),
            Cell::Time(time) => time.to_string(),
        }
    }
}

/// A table as it stands in a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its name; empty for CSV.
    pub name: String,
    /// The number of the first row, as spreadsheet programs count: from 1.
    pub first_row: usize,
    /// The number of the first column, from 0.
    pub first_column: usize,
    /// The rows, all cells of each.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// The letters of a column, counted from 0 within the table: `A`, `AB`.
    pub fn column_letters(&self, column: usize) -> String {
        let mut number = column + self.first_column + 1;
        let mut letters = Vec::new();
        while number > 0 {
            number -= 1;
            letters.push(char::from(b'A' + (number % 26) as u8));
            number /= 26;
        }
        letters.iter().rev().collect()
    }
}

/// The tables of a file: one of CSV, or those of a workbook that have any cells.
///
/// # Errors
///
/// What is wrong with the file.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Message> {
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(Message::new("import-too-large").with("mib", LARGEST_FILE >> 20));
    }
    let is_zip = bytes.starts_with(b"PK\x03\x04");
    if is_zip || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        if is_zip {
            check_unpacked(bytes)?;
        }
        return workbook(bytes);
    }
    Ok(vec![csv(&decode(bytes)?)?])
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

fn csv(text: &str) -> Result<Sheet, Message> {
    if text.contains('\0') {
        return Err(Message::new("import-not-text"));
    }
    let first_line = text.lines().next().unwrap_or_default();
    let often = |wanted: char| first_line.matches(wanted).count();
    // A spreadsheet program's "Unicode text" has tabs, some European settings semicolons.
    let delimiter = [',', '\t', ';']
        .into_iter()
        .max_by_key(|delimiter| (often(*delimiter), *delimiter == ','))
        .unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter as u8)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut cells = 0;
    for record in reader.records() {
        let record = record.map_err(|fault| Message::new("import-bad-csv").with("fault", fault))?;
        cells += record.len();
        if cells > MOST_CELLS {
            return Err(Message::new("import-too-large").with("mib", LARGEST_FILE >> 20));
        }
        rows.push(record.iter().map(Cell::of_text).collect());
    }
    Ok(Sheet {
        name: String::new(),
        first_row: 1,
        first_column: 0,
        rows,
    })
}

/// Refuses a workbook that would unpack to more than memory should hold, whatever it claims about itself.
fn check_unpacked(bytes: &[u8]) -> Result<(), Message> {
    let bad =
        |fault: &dyn ToString| Message::new("import-bad-workbook").with("fault", fault.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|fault| bad(&fault))?;
    let mut left = LARGEST_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|fault| bad(&fault))?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|fault| bad(&fault))?;
        left = left
            .checked_sub(unpacked)
            .ok_or_else(|| Message::new("import-too-large").with("mib", LARGEST_UNPACKED >> 20))?;
    }
    Ok(())
}

fn workbook(bytes: &[u8]) -> Result<Vec<Sheet>, Message> {
    let bad = |fault: calamine::Error| Message::new("import-bad-workbook").with("fault", fault);
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(bad)?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&name) else {
            // A sheet of charts has no cells.
            continue;
        };
        let Some((first_row, first_column)) = range.start() else {
            continue;
        };
        let (height, width) = range.get_size();
        if height.saturating_mul(width) > MOST_CELLS {
            return Err(Message::new("import-too-large").with("mib", LARGEST_UNPACKED >> 20));
        }
        sheets.push(Sheet {
            name,
            first_row: first_row as usize + 1,
            first_column: first_column as usize,
            rows: range
                .rows()
                .map(|row| row.iter().map(cell).collect())
                .collect(),
        });
    }
    Ok(sheets)
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            Cell::of_text(text)
        }
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::Bool(truth) => Cell::Truth(*truth),
        Data::DateTime(time) => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
                .and_then(|date| {
                    date.and_hms_opt(u32::from(hour), u32::from(minute), u32::from(second))
                })
                .filter(|_| time.is_datetime())
                .map_or(Cell::Number(time.as_f64()), Cell::Time)
        }
        Data::Error(fault) => Cell::Text(fault.to_string()),
    }
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
            let sheets = read(&bytes).unwrap();
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
            read(&utf16).unwrap()[0].rows[1][1],
            Cell::Text("柳树村".to_owned())
        );
        assert!(read(&[0x81, 0x20, 0xff, 0xff]).is_err());
    }

    #[test]
    fn columns_have_the_letters_of_spreadsheet_programs() {
        let sheet = Sheet::default();
        assert_eq!(sheet.column_letters(0), "A");
        assert_eq!(sheet.column_letters(25), "Z");
        assert_eq!(sheet.column_letters(26), "AA");
        assert_eq!(sheet.column_letters(701), "ZZ");
        assert_eq!(sheet.column_letters(702), "AAA");
    }

    #[test]
    fn what_only_looks_like_a_workbook_is_refused() {
        assert_eq!(
            read(b"PK\x03\x04 no workbook").unwrap_err().id,
            "import-bad-workbook"
        );
    }
}
