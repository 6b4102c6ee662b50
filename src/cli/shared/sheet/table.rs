//! Text in columns for a terminal, with display texts.

use std::io;

use super::form::{Cell, Column, Printer, Rows, Target};
use super::layout::{Layout, Style};

pub(super) const PRINTER: Printer = Printer::Terminal(&Table);

struct Table;

impl Rows for Table {
    fn print(
        &self,
        target: &mut Target<'_>,
        columns: &[Column],
        rows: &mut dyn Iterator<Item = Vec<Cell>>,
    ) -> io::Result<()> {
        let mut layout = Layout::new(columns.iter().map(|column| column.fit).collect());
        layout.push(Style::Header, columns.iter().map(|column| &*column.label));
        for row in rows {
            layout.push(Style::Plain, row.iter().map(|cell| &*cell.text));
        }
        layout.print(target, 0)
    }
}
