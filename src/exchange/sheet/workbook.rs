//! Reads workbooks.

use std::io::{Cursor, Read};

use calamine::{DataType, ExcelDateTime, Reader, SheetVisible, Xls, XlsError, Xlsx};

use super::cells::{Cell, Gathered, Merge, Sheet};
use crate::diagnostic::Message;

/// The maximum unpacked size of a workbook in bytes.
const MAX_UNPACKED_BYTES: u64 = 512 << 20;

fn bad(fault: impl ToString) -> Message {
    Message::new("import-bad-workbook").with("fault", fault.to_string())
}

/// A sheet before its cells are read.
fn empty(metadata: &calamine::Sheet, from_1904: bool) -> Sheet {
    Sheet {
        name: metadata.name.clone(),
        is_hidden: metadata.visible != SheetVisible::Visible,
        from_1904,
        ..Sheet::default()
    }
}

/// Whether a sheet is read: the requested one, or all visible ones.
fn is_wanted(sheet: &Sheet, wanted: Option<&str>) -> bool {
    wanted.map_or(!sheet.is_hidden, |wanted| wanted == sheet.name)
}

/// Reads the sheets of a workbook in a ZIP archive.
///
/// # Errors
///
/// Returns what the file is, if it is not such a workbook.
pub(super) fn zipped(bytes: &[u8], wanted: Option<&str>) -> Result<Vec<Sheet>, Message> {
    check_archive(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(bad)?;
    let from_1904 = book.has_1904_epoch();
    let mut sheets = Vec::new();
    for metadata in book.sheets_metadata().to_vec() {
        let mut sheet = empty(&metadata, from_1904);
        if is_wanted(&sheet, wanted) {
            let mut gathered = Gathered::default();
            // A chart sheet has no cells.
            let Ok(mut cells) = book.worksheet_cells_reader(&metadata.name) else {
                continue;
            };
            while let Some(read) = cells.next_cell_with_formula_metadata().map_err(bad)? {
                let cell = match of_data(&read.value) {
                    Cell::Empty if read.formula.is_some() => Cell::Uncomputed,
                    cell => cell,
                };
                if !cell.is_empty() {
                    let (row, column) = read.pos;
                    gathered.put(row as usize, column as usize, cell, &metadata.name)?;
                }
            }
            drop(cells);
            sheet.rows = gathered.rows;
            let merges = book
                .merge_cells_by_sheet_name(&metadata.name)
                .unwrap_or_default();
            sheet.merges = merges.iter().map(merge).collect();
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Reads the sheets of an older workbook (.xls).
///
/// # Errors
///
/// Returns what the file is, if it is not such a workbook.
pub(super) fn compound(bytes: &[u8], wanted: Option<&str>) -> Result<Vec<Sheet>, Message> {
    let mark: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if memchr::memmem::find(bytes, &mark).is_some() {
        return Err(Message::new("import-encrypted"));
    }
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|fault| match fault {
        XlsError::Password => Message::new("import-encrypted"),
        fault => bad(fault),
    })?;
    let from_1904 = book.has_1904_epoch();
    let mut sheets = Vec::new();
    for metadata in book.sheets_metadata().to_vec() {
        let mut sheet = empty(&metadata, from_1904);
        if is_wanted(&sheet, wanted) {
            let Ok(range) = book.worksheet_range(&metadata.name) else {
                continue;
            };
            let (top, left) = range.start().unwrap_or_default();
            let mut gathered = Gathered::default();
            for (row, column, data) in range.used_cells() {
                let cell = of_data(data);
                if !cell.is_empty() {
                    gathered.put(
                        row + top as usize,
                        column + left as usize,
                        cell,
                        &metadata.name,
                    )?;
                }
            }
            sheet.rows = gathered.rows;
            let merges = book
                .merge_cells_by_sheet_name(&metadata.name)
                .unwrap_or_default();
            sheet.merges = merges.iter().map(merge).collect();
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn merge(of: &calamine::Dimensions) -> Merge {
    Merge {
        top: of.start.0 as usize,
        left: of.start.1 as usize,
        bottom: of.end.0 as usize,
        right: of.end.1 as usize,
    }
}

/// Refuses an archive that is not a workbook, or that would unpack to more than the limit, whatever its headers claim.
fn check_archive(bytes: &[u8]) -> Result<(), Message> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(bad)?;
    if archive.index_for_name("xl/workbook.xml").is_none() {
        let others = [
            ("content.xml", "ODS"),
            ("xl/workbook.bin", "XLSB"),
            ("word/document.xml", "DOCX"),
        ];
        let other = others
            .iter()
            .find(|(name, _)| archive.index_for_name(name).is_some());
        return Err(other.map_or_else(
            || bad("xl/workbook.xml"),
            |(_, format)| Message::new("import-other-format").with("format", format),
        ));
    }
    let mut left = MAX_UNPACKED_BYTES;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(bad)?;
        let unpacked =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(bad)?;
        left = left.checked_sub(unpacked).ok_or_else(|| {
            Message::new("import-too-large").with("mib", MAX_UNPACKED_BYTES >> 20)
        })?;
    }
    Ok(())
}

fn of_data(data: &impl DataType) -> Cell {
    let text = data.get_string().or(data.get_datetime_iso());
    if let Some(text) = text.or(data.get_duration_iso()) {
        Cell::of_text(text)
    } else if let Some(number) = data.get_int() {
        Cell::Number(number as f64)
    } else if let Some(number) = data.get_float() {
        Cell::Number(number)
    } else if let Some(truth) = data.get_bool() {
        Cell::Boolean(truth)
    } else if let Some(time) = data.get_datetime() {
        of_time(&time)
    } else if let Some(fault) = data.get_error() {
        Cell::Error(fault.to_string())
    } else {
        Cell::Empty
    }
}

fn of_time(time: &ExcelDateTime) -> Cell {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let date = chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    date.and_then(|date| date.and_hms_opt(u32::from(hour), u32::from(minute), u32::from(second)))
        .filter(|_| time.is_datetime())
        .map_or(Cell::Number(time.as_f64()), Cell::Time)
}
