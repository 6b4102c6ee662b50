//! Reads tables made by people: CSV in UTF-8 or GB18030, and workbooks.

mod cells;
mod delimited;
mod workbook;

use encoding_rs::{Encoding, GB18030};

use crate::diagnostic::Message;
pub use cells::{Cell, Merge, Sheet, column_letters};

/// The maximum size of a file in bytes: far above that of a county's roster.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// Reads the tables of a file: one for CSV, one per sheet for a workbook; of a hidden sheet only the name, unless it
/// is requested.
///
/// # Errors
///
/// Returns what is wrong with the file, and how to fix it.
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

/// Decodes a file: by its byte order mark, or else as strict UTF-8, or else as GB18030, the default of spreadsheet
/// programs on Chinese systems.
///
/// # Errors
///
/// It is none of these.
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
