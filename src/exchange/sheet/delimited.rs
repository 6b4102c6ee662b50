//! Reads delimiter-separated text.

use super::cells::{Cell, Gathered, MAX_CELL_BYTES, Sheet};
use crate::diagnostic::Message;

/// The delimiters: comma; tab, in what spreadsheet programs call Unicode text; semicolon, in some European locales;
/// vertical bar.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// The number of rows examined to detect the delimiter.
const SAMPLE_ROWS: usize = 50;

/// Reads a table.
///
/// # Errors
///
/// It is not text, a quote is unclosed, or it is too large.
pub(super) fn read(text: &str) -> Result<Sheet, Message> {
    if text.contains('\0') {
        return Err(Message::new("import-not-text"));
    }
    let (delimiter, width) = delimiter(text);
    check_quotes(text, delimiter, width)?;
    let mut gathered = Gathered::default();
    let mut record = csv::StringRecord::new();
    let mut reader = reader(text, delimiter);
    while reader
        .read_record(&mut record)
        .map_err(|fault| Message::new("import-bad-csv").with("fault", fault))?
    {
        // Rows are numbered by line, as in an editor; spreadsheet programs count a row with a line break once.
        let row = gathered.rows.len();
        gathered.rows.push(Vec::new());
        for (column, cell) in record.iter().enumerate() {
            if cell.len() > MAX_CELL_BYTES {
                gathered.put(row, column, Cell::Text(cell.to_owned()), "")?;
            }
            match Cell::of_text(cell) {
                Cell::Empty => {}
                cell => gathered.put(row, column, cell, "")?,
            }
        }
    }
    Ok(Sheet {
        rows: gathered.rows,
        ..Sheet::default()
    })
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// Detects the delimiter, and the most common number of cells in a row: the one that gives most rows the same width.
fn delimiter(text: &str) -> (u8, usize) {
    let judged = DELIMITERS.map(|delimiter| {
        let records = reader(text, delimiter).into_records().take(SAMPLE_ROWS);
        let widths: Vec<usize> = records
            .filter_map(Result::ok)
            .map(|record| record.len())
            .filter(|width| *width > 1)
            .collect();
        let often = |width: usize| widths.iter().filter(|other| **other == width).count();
        let best = widths
            .iter()
            .copied()
            .max_by_key(|width| (often(*width), *width))
            .unwrap_or(1);
        (often(best), best, delimiter)
    });
    // On a tie the earlier one, which is more common.
    let best = judged
        .into_iter()
        .rev()
        .max_by_key(|(often, width, _)| (*often, *width));
    best.filter(|(often, ..)| *often > 0)
        .map_or((b',', 1), |(_, width, delimiter)| (delimiter, width))
}

/// Refuses a quote that is not closed at the end of its cell: it would swallow what follows.
fn check_quotes(text: &str, delimiter: u8, width: usize) -> Result<(), Message> {
    let bytes = text.as_bytes();
    let unclosed = |line: usize| Err(Message::new("import-unclosed-quote").with("line", line));
    let (mut line, mut at, mut starts) = (1, 0, true);
    while at < bytes.len() {
        if !(starts && bytes[at] == b'"') {
            starts = bytes[at] == delimiter || bytes[at] == b'\n' || bytes[at] == b'\r';
            line += usize::from(bytes[at] == b'\n');
            at += 1;
            continue;
        }
        let (opened, begin) = (line, at + 1);
        let end = loop {
            at += 1;
            match bytes.get(at) {
                None => return unclosed(opened),
                Some(b'"') if bytes.get(at + 1) == Some(&b'"') => at += 1,
                Some(b'"') => break at,
                Some(b'\n') => line += 1,
                Some(_) => {}
            }
        };
        at += 1;
        let ends = bytes
            .get(at)
            .is_none_or(|next| *next == delimiter || *next == b'\n' || *next == b'\r');
        // A cell that contains a whole row has an unescaped quote, closed by that of another cell.
        let rows = text[begin..end].lines().skip(1);
        let delimiters = |line: &str| line.bytes().filter(|b| *b == delimiter).count();
        let swallowed = width > 1
            && rows
                .into_iter()
                .any(|line| delimiters(line) + 1 >= width.max(3) - 1);
        if !ends || swallowed {
            return unclosed(opened);
        }
        starts = false;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let sheet = read(text).unwrap();
        sheet
            .rows
            .iter()
            .map(|row| row.iter().map(Cell::shown).collect())
            .collect()
    }

    #[test]
    fn the_delimiter_is_judged_by_many_lines() {
        let table = "柳树小学，花名册\n姓名\t备注\n张三\t一,二,三\n李四\t四,五\n";
        assert_eq!(rows(table)[2], ["张三", "一,二,三"]);
        assert_eq!(rows("a;b;c\n1;2;3\n")[1], ["1", "2", "3"]);
        assert_eq!(
            rows("标题，甲；乙;丙\n姓名,性别\n张三,男\n")[2],
            ["张三", "男"]
        );
        assert_eq!(rows("姓名\n张三\n")[1], ["张三"]);
    }

    #[test]
    fn a_quote_that_is_not_closed_is_told_with_its_line() {
        for (text, line) in [
            ("姓名,备注,村\n张三,\"爱画画,柳树村\n李四,乖,柳树村\n", 2),
            (
                "姓名,备注,村\n张三,\"爱画画,柳树村\n李四,乖\",柳树村\n王五,好,柳树村\n",
                2,
            ),
            ("姓名,备注,村\n张三,\"爱\"画,柳树村\n", 2),
        ] {
            let fault = read(text).unwrap_err();
            assert_eq!(
                (fault.id, fault.argument("line").unwrap().to_owned()),
                ("import-unclosed-quote", line.to_string()),
                "{text}"
            );
        }
        assert_eq!(
            rows("\"序\n号\",姓名,\"监护人\n姓名\"\n1,张三,\"他说\"\"好\"\"\"\n")[1],
            ["1", "张三", "他说\"好\""]
        );
        assert_eq!(rows("姓名,备注\n张三,身高5\"2\n")[1], ["张三", "身高5\"2"]);
    }

    #[test]
    fn what_spreadsheet_programs_add_is_taken_off() {
        assert_eq!(
            rows("姓名,号\n张三,\"\t0012\"\n李四,\"=\"\"0012\"\"\"\n")[1..],
            [["张三", "0012"], ["李四", "0012"]]
        );
    }
}
