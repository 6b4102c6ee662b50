//! Rows and columns as a table for people, or as CSV and JSON for scripts.

use std::io::Write;

use anyhow::Context;
use clap::ValueEnum;
use comfy_table::{
    Attribute, Cell as TableCell, CellAlignment, ColumnConstraint, ContentArrangement, Table,
    Width, presets,
};
use serde::Serializer;
use serde_json::Value;

use crate::cli::shared::session::Session;
use crate::document::{self, Alignment, Block, Document, Inline, PageStyle, Sources};
use crate::exchange::cell::escaped;
use crate::text::{Lang, sanitize, width};

/// How rows are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    #[default]
    Table,
    Csv,
    Json,
    // One object a line.
    #[value(name = "jsonl", alias = "ndjson")]
    Ndjson,
    // A table in Markdown.
    #[value(alias = "markdown")]
    Md,
}

/// How what is no table is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Plain {
    /// Lines for people.
    Text,
    /// For scripts.
    Json,
}

/// A column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Its name for scripts.
    pub(crate) key: String,
    /// Its name for people.
    pub(crate) label: String,
    /// Whether it holds numbers, which stand to the right.
    pub(crate) number: bool,
    /// Whether its texts are cut, not wrapped, where a terminal is too narrow.
    pub(crate) cut: bool,
}

impl Column {
    pub(crate) fn new(key: impl Into<String>, label: impl Into<String>) -> Column {
        Column {
            key: key.into(),
            label: label.into(),
            number: false,
            cut: false,
        }
    }

    pub(crate) fn cut(mut self) -> Column {
        self.cut = true;
        self
    }

    pub(crate) fn number(mut self) -> Column {
        self.number = true;
        self
    }
}

/// A value with its words for people.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// For people.
    pub(crate) text: String,
    /// For scripts.
    pub(crate) value: Value,
}

impl Cell {
    pub(crate) fn new(text: impl Into<String>, value: impl Into<Value>) -> Cell {
        Cell {
            text: text.into(),
            value: value.into(),
        }
    }

    /// A value that people and scripts read the same.
    pub(crate) fn plain(value: impl Into<Value>) -> Cell {
        let value = value.into();
        Cell {
            text: plain(&value),
            value,
        }
    }
}

/// A value as the text of a cell; the entries of a list with spaces between.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(entries) if entries.iter().all(|entry| !entry.is_object()) => {
            entries.iter().map(plain).collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}

/// Rows with their columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// Prints the rows.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    pub(crate) fn print(self, session: &mut Session, format: Format) -> anyhow::Result<()> {
        print(session, format, &self.columns, self.rows.into_iter())
    }

    /// The rows as a table in Markdown, with the words for people.
    ///
    /// # Errors
    ///
    /// There is no such form.
    pub(crate) fn markdown(&self, lang: Lang) -> anyhow::Result<Vec<u8>> {
        let text = |text: &str| vec![Inline::Text(document::clean(text))];
        let table = document::Table {
            caption: None,
            alignments: self
                .columns
                .iter()
                .map(|column| {
                    if column.number {
                        Alignment::Right
                    } else {
                        Alignment::Left
                    }
                })
                .collect(),
            header: self
                .columns
                .iter()
                .map(|column| text(&column.label))
                .collect(),
            rows: self
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| text(&cell.text)).collect())
                .collect(),
        };
        let whole = Document {
            title: String::new(),
            lang,
            page: PageStyle::default(),
            author: String::new(),
            day: None,
            blocks: vec![Block::Table(table)],
            sources: Sources::default(),
        };
        let format = document::format("md").context("md")?;
        Ok(format.render(&whole)?)
    }
}

/// Prints rows one by one, as they are made.
///
/// # Errors
///
/// The output cannot be written.
pub(crate) fn print(
    session: &mut Session,
    format: Format,
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> anyhow::Result<()> {
    match format {
        Format::Table => print_table(session, columns, rows),
        Format::Md => {
            let sheet = Sheet {
                columns: columns.to_vec(),
                rows: rows.collect(),
            };
            let text = sheet.markdown(session.lang)?;
            Ok(session.out().write_all(&text)?)
        }
        Format::Csv => print_csv(session, columns, rows),
        Format::Json | Format::Ndjson => {
            print_objects(session, format, rows.map(|row| object(columns, row)))
        }
    }
}

/// Prints objects one by one: a line each, or as one list, indented.
///
/// # Errors
///
/// The output cannot be written.
pub(crate) fn print_objects(
    session: &mut Session,
    format: Format,
    objects: impl Iterator<Item = Value>,
) -> anyhow::Result<()> {
    let out = session.out();
    if format == Format::Ndjson {
        for object in objects {
            writeln!(out, "{object}")?;
        }
    } else {
        serde_json::Serializer::pretty(&mut *out).collect_seq(objects)?;
        writeln!(out)?;
    }
    Ok(())
}

fn object(columns: &[Column], row: Vec<Cell>) -> Value {
    let keys = columns.iter().map(|column| column.key.clone());
    Value::Object(keys.zip(row.into_iter().map(|cell| cell.value)).collect())
}

fn print_csv(
    session: &mut Session,
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(session.out());
    writer.write_record(columns.iter().map(|column| &column.key))?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| match &cell.value {
            Value::String(text) if !text.is_empty() => escaped(text),
            value => plain(value),
        }))?;
    }
    writer.flush()?;
    Ok(())
}

/// Spaces between two columns.
const GAP: u16 = 2;

fn print_table(
    session: &mut Session,
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> anyhow::Result<()> {
    let rows = rows.map(|row| {
        let texts = row.into_iter().map(|cell| cell.text);
        texts.map(|text| sanitize::terminal(&text).into_owned())
    });
    match session.width() {
        Some(width) => print_fitted(session, columns, rows, width),
        None => print_padded(session, columns, rows),
    }
}

/// No column is made narrower for the width of a terminal than so many cells: six Chinese characters.
const NARROWEST: usize = 12;

/// Prints a table that fits into a terminal: ids and numbers stay whole, what is cut ends in `…`, all else is wrapped.
fn print_fitted(
    session: &mut Session,
    columns: &[Column],
    rows: impl Iterator<Item = impl Iterator<Item = String>>,
    width: u16,
) -> anyhow::Result<()> {
    let mut rows: Vec<Vec<String>> = rows.map(Iterator::collect).collect();
    let widths = fitted(columns, &rows, usize::from(width));
    for row in &mut rows {
        for ((cell, column), room) in row.iter_mut().zip(columns).zip(&widths) {
            if column.cut {
                *cell = shortened(cell, *room);
            }
        }
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    set_header(&mut table, columns);
    for row in rows {
        table.add_row(row);
    }
    set_columns(&mut table, columns);
    for (column, room) in table.column_iter_mut().zip(&widths) {
        let room = u16::try_from(*room).unwrap_or(u16::MAX).saturating_add(GAP);
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(room)));
    }
    for line in table.lines() {
        writeln!(session.out(), "{}", without_end(&line))?;
    }
    Ok(())
}

/// The widths of columns that fit together into a width: the widest of those that may give way give way first.
fn fitted(columns: &[Column], rows: &[Vec<String>], width: usize) -> Vec<usize> {
    let widest = |at: usize, column: &Column| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        let lines = cells.flat_map(|cell| cell.lines());
        let cells = lines.map(width::width).max().unwrap_or(0);
        cells.max(width::width(&column.label))
    };
    let mut widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| widest(at, column))
        .collect();
    let gaps = usize::from(GAP) * columns.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > width {
        let gives_way = |(at, room): &(usize, &mut usize)| {
            let column = &columns[*at];
            let least = NARROWEST.max(width::width(&column.label));
            !column.number && column.key != "id" && **room > least
        };
        let narrowed = widths.iter_mut().enumerate().filter(gives_way);
        match narrowed.max_by_key(|(_, room)| **room) {
            Some((_, room)) => *room -= 1,
            None => break,
        }
    }
    widths
}

/// A text in one line of some width; of several names no name is cut.
fn shortened(text: &str, room: usize) -> String {
    let line = text.replace('\n', " ");
    if width::width(&line) <= room {
        return line;
    }
    let between = ["、", ", "]
        .into_iter()
        .find(|between| line.contains(between));
    let names = between.map(|between| {
        let mut kept = String::new();
        for name in line.split(between) {
            let longer = if kept.is_empty() {
                name.to_owned()
            } else {
                format!("{kept}{between}{name}")
            };
            if width::width(&longer) + 1 > room {
                break;
            }
            kept = longer;
        }
        kept
    });
    match names {
        Some(kept) if !kept.is_empty() => format!("{kept}…"),
        _ => width::cut(&line, room).into_owned(),
    }
}

/// A line without blanks at its end, also where they are bold.
fn without_end(line: &str) -> String {
    const RESET: &str = "\u{1b}[0m";
    let line = line.trim_end();
    match line.strip_suffix(RESET) {
        Some(bold) => format!("{}{RESET}", bold.trim_end()),
        None => line.to_owned(),
    }
}

/// Prints a table whose columns are as wide as they need.
fn print_padded(
    session: &mut Session,
    columns: &[Column],
    rows: impl Iterator<Item = impl Iterator<Item = String>>,
) -> anyhow::Result<()> {
    let labels = columns.iter().map(|column| width::width(&column.label));
    let mut texts = Texts {
        widths: labels.collect(),
        rows: Vec::new(),
    };
    rows.for_each(|row| texts.push(row));
    let dress = |table: &mut Table, is_first: bool| {
        if is_first {
            set_header(table, columns);
        }
        set_columns(table, columns);
    };
    texts.lay_out(GAP, dress, |line| Ok(writeln!(session.out(), "{line}")?))
}

fn set_header(table: &mut Table, columns: &[Column]) {
    let header = columns
        .iter()
        .map(|column| TableCell::new(&column.label).add_attribute(Attribute::Bold));
    table.enforce_styling().set_header(header);
}

fn set_columns(table: &mut Table, columns: &[Column]) {
    for (column, told) in table.column_iter_mut().zip(columns) {
        if told.number {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if told.key == "id" {
            // Ids of figures are words with dots between them.
            column.set_delimiter('.');
        }
        column.set_padding((0, GAP));
    }
}

/// Rows that are laid out together: a layout takes ten times the memory of the texts.
const LAID_OUT: usize = 1024;

/// The texts of the cells of a table, and how wide they make its columns. Of a row one text is kept, of a cell one line.
#[derive(Default)]
pub(crate) struct Texts {
    widths: Vec<usize>,
    rows: Vec<String>,
}

impl Texts {
    /// Adds a row of cells without line ends.
    pub(crate) fn push(&mut self, cells: impl Iterator<Item = String>) {
        let mut lines = String::new();
        for (at, cell) in cells.enumerate() {
            if self.widths.len() <= at {
                self.widths.push(0);
            }
            self.widths[at] = self.widths[at].max(width::width(&cell));
            lines += &cell;
            lines.push('\n');
        }
        lines.shrink_to_fit();
        self.rows.push(lines);
    }

    /// Lays out the rows, some at a time, and gives away the lines. Each part is dressed, the first may get a header;
    /// around a cell there are so many spaces.
    pub(crate) fn lay_out(
        &self,
        spaces: u16,
        dress: impl Fn(&mut Table, bool),
        mut take: impl FnMut(&str) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let (first, rest) = self.rows.split_at(self.rows.len().min(LAID_OUT));
        for (at, rows) in std::iter::once(first)
            .chain(rest.chunks(LAID_OUT))
            .enumerate()
        {
            let mut table = Table::new();
            table.load_style(presets::NOTHING);
            table.set_content_arrangement(ContentArrangement::Disabled);
            table.add_rows(rows.iter().map(|lines| lines.split_terminator('\n')));
            dress(&mut table, at == 0);
            if !rest.is_empty() {
                // A part does not know how wide the others are.
                for (column, width) in table.column_iter_mut().zip(&self.widths) {
                    let width = u16::try_from(*width).unwrap_or(u16::MAX);
                    let width = Width::Fixed(width.saturating_add(spaces));
                    column.set_constraint(ColumnConstraint::Absolute(width));
                }
            }
            for line in table.lines() {
                take(&without_end(&line))?;
            }
        }
        Ok(())
    }
}

/// Prints a value as JSON, indented.
///
/// # Errors
///
/// The output cannot be written.
pub(crate) fn print_json(session: &mut Session, value: &Value) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *session.out(), value)?;
    writeln!(session.out())?;
    Ok(())
}
