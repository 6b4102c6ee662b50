//! CSV, with machine-readable names and values.

use std::io;

use serde_json::Value;

use super::form::{Cell, Column, Printer, Rows, Target, plain};
use crate::exchange::cell::escaped;

pub(super) const PRINTER: Printer = Printer::Cells(&Csv);

struct Csv;

impl Rows for Csv {
    fn print(
        &self,
        target: &mut Target<'_>,
        columns: &[Column],
        rows: &mut dyn Iterator<Item = Vec<Cell>>,
    ) -> io::Result<()> {
        let mut writer = ::csv::Writer::from_writer(&mut *target.out);
        writer.write_record(columns.iter().map(|column| &column.key))?;
        for row in rows {
            writer.write_record(row.iter().map(|cell| match &cell.value {
                Value::String(text) if !text.is_empty() => escaped(text),
                value => plain(value),
            }))?;
        }
        writer.flush()
    }
}
