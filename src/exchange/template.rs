//! Blank tables for import.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::columns::{Columns, Target, labels_of};
use crate::model::Kind;
use crate::text::Lang;

/// The usual columns of lists; for other kinds the required and the most common fields.
fn paths(kind: Kind) -> Vec<String> {
    let child = [
        "name",
        "gender",
        "birth_date",
        "id_number",
        "student_no",
        "ethnicity",
        "enrolment.class",
        "enrolment.boarding",
        "address",
        "guardianship.since",
        "guardianship.away",
        "guardianship.kind",
        "guardianship.guardian.name",
        "guardianship.guardian.relation",
        "guardianship.guardian.phone",
        "parents[father].name",
        "parents[father].phone",
        "parents[father].workplace",
        "parents[mother].name",
        "parents[mother].phone",
        "parents[mother].workplace",
        "hardship",
    ];
    if kind == Kind::Child {
        return child.map(str::to_owned).to_vec();
    }
    let fields = kind
        .shape()
        .fields
        .iter()
        .filter(|field| !field.holds.is_table());
    fields.map(|field| field.name.clone()).collect()
}

/// The headers of a blank table.
pub fn headers(kind: Kind, lang: Lang) -> Vec<String> {
    let columns = Columns::of(kind);
    let labels = paths(kind)
        .into_iter()
        .filter_map(|path| match columns.find(&path) {
            Ok(Target::Field { steps, .. }) => Some(labels_of(kind, &steps, lang)),
            _ => None,
        });
    labels.collect()
}

/// A header row as CSV, with the byte order mark by which spreadsheet programs recognise UTF-8.
pub fn csv(headers: &[String]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let written = writer
        .write_record(headers)
        .and_then(|()| Ok(writer.flush()?));
    debug_assert!(written.is_ok(), "memory takes all that is written");
    writer.into_inner().unwrap_or_default()
}

/// A header row as a workbook with cells formatted as text, so that no program converts what is typed.
///
/// # Errors
///
/// The workbook cannot be created.
pub fn workbook(headers: &[String]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&rust_xlsxwriter::DocProperties::new());
    let text = Format::new().set_num_format("@");
    let bold = Format::new().set_num_format("@").set_bold();
    let sheet = book.add_worksheet();
    for (column, header) in (0u16..).zip(headers) {
        sheet.set_column_format(column, &text)?;
        sheet.set_column_width(column, 14)?;
        sheet.write_string_with_format(0, column, header, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_of_an_empty_table_is_read_as_its_field() {
        for kind in Kind::ALL {
            let columns = Columns::of(*kind);
            for lang in Lang::ALL {
                for (path, header) in paths(*kind).iter().zip(headers(*kind, lang)) {
                    let found = columns.find(&header);
                    let Ok(Target::Field { steps, .. }) = &found else {
                        panic!("{kind} {header}: {found:?}")
                    };
                    assert_eq!(super::super::path::shown(steps), *path, "{kind} {header}");
                }
            }
        }
    }
}
