//! Markdown tables, with display texts.

use std::io;

use super::form::{Cell, Column, Printer, Rows, Target};
use crate::document::{self, Alignment, Block, Document, Inline, PageStyle, Sources};

pub(super) const PRINTER: Printer = Printer::Document(&Markdown);

struct Markdown;

impl Rows for Markdown {
    fn print(
        &self,
        target: &mut Target<'_>,
        columns: &[Column],
        rows: &mut dyn Iterator<Item = Vec<Cell>>,
    ) -> io::Result<()> {
        let text = |text: &str| vec![Inline::Text(document::clean(text))];
        let alignment = |column: &Column| {
            if column.is_number() {
                Alignment::Right
            } else {
                Alignment::Left
            }
        };
        let table = document::Table {
            caption: None,
            alignments: columns.iter().map(alignment).collect(),
            header: columns.iter().map(|column| text(&column.label)).collect(),
            rows: rows
                .map(|row| row.iter().map(|cell| text(&cell.text)).collect())
                .collect(),
        };
        let whole = Document {
            title: String::new(),
            lang: target.lang,
            page: PageStyle::default(),
            author: String::new(),
            day: None,
            blocks: vec![Block::Table(table)],
            sources: Sources::default(),
        };
        let format = document::format("md").ok_or(io::ErrorKind::Unsupported)?;
        let text = format.render(&whole).map_err(io::Error::other)?;
        target.out.write_all(&text)
    }
}
