//! Lays out columns of text within a width.

use std::io;

use anstyle::{AnsiColor, Style as Ansi};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};

use super::form::{Overflow, Target};
use crate::text::width::{cut, width, words, wrap};
use crate::text::{Lang, sanitize};

/// The gap between columns.
const GAP: u16 = 2;

/// The number of rows laid out at a time: laying out takes ten times the memory of the texts.
const ROWS_PER_TABLE: usize = 1024;

/// The minimum width of a column, in cells: six Chinese characters.
const MIN_WIDTH: usize = 12;

/// The minimum width of the label of a number column, in cells.
const MIN_LABEL_WIDTH: usize = 4;

/// The maximum width of a word that is never broken: the longest id or file name.
const MAX_WORD_WIDTH: usize = 24;

/// The style of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Header,
    Overdue,
}

impl Style {
    pub(crate) fn ansi(self) -> Ansi {
        match self {
            Style::Plain => Ansi::new(),
            Style::Header => Ansi::new().bold(),
            Style::Overdue => AnsiColor::Red.on_default(),
        }
    }
}

/// Rows of texts in columns. Each row is stored as one string, with a line feed after each cell.
pub(crate) struct Layout {
    columns: Vec<ColumnWidth>,
    rows: Vec<(Style, String)>,
}

/// The width statistics of a column.
struct ColumnWidth {
    fit: Overflow,
    /// The widest text.
    widest: usize,
    /// The widest text below the header.
    widest_below: usize,
    /// The widest unbreakable word.
    widest_word: usize,
}

impl Layout {
    /// An empty layout.
    pub(crate) fn new(fits: Vec<Overflow>) -> Layout {
        let column = |fit| ColumnWidth {
            fit,
            widest: 0,
            widest_below: 0,
            widest_word: 0,
        };
        Layout {
            columns: fits.into_iter().map(column).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row with one text for each column; control characters are escaped.
    pub(crate) fn push(&mut self, style: Style, cells: impl Iterator<Item = impl AsRef<str>>) {
        let mut row = String::new();
        for (cell, column) in cells.zip(&mut self.columns) {
            let start = row.len();
            row += &sanitize::terminal(cell.as_ref());
            let wide = width(&row[start..]);
            column.widest = column.widest.max(wide);
            if style != Style::Header {
                column.widest_below = column.widest_below.max(wide);
            }
            row.push('\n');
        }
        row.shrink_to_fit();
        self.rows.push((style, row));
    }

    /// Prints the rows, indented, within the width of the target if it has one.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    pub(crate) fn print(mut self, target: &mut Target<'_>, indent: usize) -> io::Result<()> {
        let room = target
            .width
            .map(|room| usize::from(room).saturating_sub(indent));
        let widths = self.widths(room.unwrap_or(usize::MAX));
        for rows in self.rows.chunks(ROWS_PER_TABLE) {
            let mut table = Table::new();
            table.load_style(presets::NOTHING);
            table.set_content_arrangement(ContentArrangement::Disabled);
            let mut styles = Vec::with_capacity(rows.len());
            for (style, row) in rows {
                let cells = row.split_terminator('\n').zip(&self.columns).zip(&widths);
                let cells: Vec<Vec<String>> = cells
                    .map(|((cell, column), room)| fitted(cell, column.fit, *room, *style))
                    .collect();
                let lines = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
                styles.extend(std::iter::repeat_n(*style, lines));
                table.add_row(cells.iter().map(|lines| lines.join("\n")));
            }
            for ((drawn, column), room) in table.column_iter_mut().zip(&self.columns).zip(&widths) {
                if column.fit == Overflow::Number {
                    drawn.set_cell_alignment(CellAlignment::Right);
                }
                let room = u16::try_from(*room).unwrap_or(u16::MAX);
                drawn.set_padding((0, GAP));
                drawn.set_constraint(ColumnConstraint::Absolute(Width::Fixed(
                    room.saturating_add(GAP),
                )));
            }
            for (style, line) in styles.into_iter().zip(table.lines()) {
                let ansi = if target.is_coloured {
                    style.ansi()
                } else {
                    Ansi::new()
                };
                let text = line.trim_end();
                writeln!(target.out, "{:indent$}{ansi}{text}{ansi:#}", "")?;
            }
        }
        Ok(())
    }

    /// Returns the rows as text, indented, with unlimited width.
    pub(crate) fn text(self, indent: usize) -> String {
        let mut out = Vec::new();
        let mut target = Target {
            out: &mut out,
            lang: Lang::Zh,
            width: None,
            is_coloured: false,
        };
        // Writing to memory cannot fail.
        let _ = self.print(&mut target, indent);
        String::from_utf8(out).unwrap_or_default()
    }

    /// Fits the columns into a width: the widest shrinkable columns shrink first, and below their labels only if needed.
    fn widths(&mut self, room: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = self.columns.iter().map(|column| column.widest).collect();
        let gaps = usize::from(GAP) * widths.len().saturating_sub(1);
        let is_wide = |widths: &[usize]| widths.iter().sum::<usize>() + gaps > room;
        if !is_wide(&widths) {
            return widths;
        }
        for (_, row) in &self.rows {
            for (cell, column) in row.split_terminator('\n').zip(&mut self.columns) {
                let words = words(cell).map(|word| width(word.trim_end()));
                let widest = words.filter(|word| *word <= MAX_WORD_WIDTH).max();
                column.widest_word = column.widest_word.max(widest.unwrap_or(0));
            }
        }
        let labels: Vec<usize> = match self.rows.first() {
            Some((Style::Header, row)) => row.split_terminator('\n').map(width).collect(),
            _ => vec![0; widths.len()],
        };
        for keeps_labels in [true, false] {
            let least = |at: usize| {
                let column = &self.columns[at];
                let least = match column.fit {
                    Overflow::Whole => column.widest,
                    Overflow::Number => column.widest_below.max(labels[at].min(MIN_LABEL_WIDTH)),
                    Overflow::Wrap | Overflow::Names | Overflow::Cut => {
                        MIN_WIDTH.max(column.widest_word)
                    }
                };
                let is_label_whole = keeps_labels && column.fit != Overflow::Number;
                if is_label_whole {
                    least.max(labels[at])
                } else {
                    least
                }
            };
            while is_wide(&widths) {
                let narrowed = widths.iter_mut().enumerate();
                let narrowed = narrowed.filter(|(at, wide)| **wide > least(*at));
                match narrowed.max_by_key(|(_, wide)| **wide) {
                    Some((_, wide)) => *wide -= 1,
                    None => break,
                }
            }
        }
        widths
    }
}

/// Fits a text into lines of a width.
fn fitted(text: &str, fit: Overflow, room: usize, style: Style) -> Vec<String> {
    if width(text) <= room {
        return vec![text.to_owned()];
    }
    match fit {
        _ if style == Style::Header => wrap(text, room),
        Overflow::Wrap => wrap(text, room),
        Overflow::Names => names(text, room),
        Overflow::Cut => vec![shortened(text, room)],
        Overflow::Whole | Overflow::Number => vec![text.to_owned()],
    }
}

/// Wraps names into lines of a width; only a name wider than that is broken.
fn names(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for name in text.split_inclusive(['、', ',']) {
        match lines.last_mut() {
            Some(line) if width(line) + width(name.trim_end()) <= room => *line += name,
            _ => lines.push(name.trim_start().to_owned()),
        }
    }
    let lines = lines.iter();
    lines.flat_map(|line| wrap(line.trim_end(), room)).collect()
}

/// Truncates a text to one line of a width; of several names no name is cut.
fn shortened(text: &str, room: usize) -> String {
    let between = ["、", ", "];
    let between = between.into_iter().find(|between| text.contains(between));
    let Some(between) = between else {
        return cut(text, room).into_owned();
    };
    let kept = text.match_indices(between).map(|(at, _)| &text[..at]);
    let kept = kept.take_while(|kept| width(kept) < room).last();
    kept.map_or_else(|| cut(text, room).into_owned(), |kept| format!("{kept}…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(fits: &[Overflow], rows: &[&[&str]], wide: u16) -> String {
        let mut layout = Layout::new(fits.to_vec());
        for (at, row) in rows.iter().enumerate() {
            let style = if at == 0 { Style::Header } else { Style::Plain };
            layout.push(style, row.iter());
        }
        let mut out = Vec::new();
        let mut target = Target {
            out: &mut out,
            lang: Lang::Zh,
            width: Some(wide),
            is_coloured: false,
        };
        layout.print(&mut target, 0).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn ids_and_numbers_stay_whole_and_names_are_not_broken() {
        let rows: &[&[&str]] = &[
            &["编号", "孩子", "说明", "最近一次的金额"],
            &[
                "2025-10-12-v000001",
                "欧阳贝贝、王小芳、李安",
                "奶奶腰疼好些了，电费已经交了",
                "12345.00",
            ],
        ];
        let expected = "\
编号                孩子          说明          最近一次
                                                  的金额
2025-10-12-v000001  欧阳贝贝、    奶奶腰疼好些  12345.00
                    王小芳、李安  了，电费已经
                                  交了
";
        let fits = [
            Overflow::Whole,
            Overflow::Names,
            Overflow::Wrap,
            Overflow::Number,
        ];
        assert_eq!(printed(&fits, rows, 56), expected);
    }

    #[test]
    fn what_is_cut_keeps_whole_names() {
        let rows: &[&[&str]] = &[&["孩子"], &["欧阳贝贝、王小芳、李安"]];
        assert_eq!(
            printed(&[Overflow::Cut], rows, 18),
            "孩子\n欧阳贝贝、王小芳…\n"
        );
        let rows: &[&[&str]] = &[&["说明"], &["奶奶腰疼好些了没有"]];
        assert_eq!(printed(&[Overflow::Cut], rows, 13), "说明\n奶奶腰疼好些…\n");
    }
}
