//! Plain text of a document, and traversal of its inlines.

use super::model::{Block, Document, Figure, Inline, Table};
use crate::text::Lang;

impl Document {
    /// Returns the text in reading order: one line for each block, cell or card row.
    ///
    /// Its numbers are those of every output format, in the same order.
    pub fn plain_text(&self) -> String {
        let mut lines = Vec::new();
        blocks_text(&self.blocks, self.lang, &mut lines);
        let mut text = lines.join("\n");
        text.push('\n');
        text
    }

    /// Returns the titles of the papers.
    pub fn titles(&self) -> impl Iterator<Item = String> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Title(text) => Some(inline_text(text)),
            _ => None,
        })
    }

    /// Returns the language tag (BCP 47).
    pub(super) fn language_tag(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// Returns all figures in order, with repetitions.
    pub fn figures(&self) -> Vec<&Figure> {
        let mut found = Vec::new();
        visit_blocks(&self.blocks, &mut |inline| {
            if let Inline::Figure(figure) = inline {
                found.push(figure);
            }
        });
        found
    }
}

/// Returns the text of inlines without formatting; line breaks as newlines.
pub(super) fn inline_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_text(inlines, &mut text);
    text
}

fn push_text(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            Inline::Strong(inner) | Inline::Emphasis(inner) => push_text(inner, text),
            Inline::LineBreak => text.push('\n'),
            Inline::SoftBreak => {}
            Inline::Figure(figure) => text.push_str(&figure.text),
        }
    }
}

fn blocks_text(blocks: &[Block], lang: Lang, lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Title(text)
            | Block::Subtitle(text)
            | Block::Heading { text, .. }
            | Block::Paragraph(text) => lines.push(inline_text(text)),
            Block::Quote(inner) => blocks_text(inner, lang, lines),
            Block::List(list) => {
                for item in &list.items {
                    blocks_text(item, lang, lines);
                }
            }
            Block::Table(table) => table_text(table, lines),
            Block::Chart(chart) => table_text(&chart.table(lang), lines),
            Block::Cards(sheet) => {
                for card in &sheet.cards {
                    lines.push(card.title.clone());
                    lines.extend(
                        card.rows
                            .iter()
                            .map(|(label, value)| format!("{label} {value}")),
                    );
                    lines.extend(card.note.clone());
                }
            }
            Block::Signature(signed) => lines.extend(signed.iter().map(|line| inline_text(line))),
            Block::Form(form) => {
                for row in &form.rows {
                    let cells = row.cells.iter();
                    let cells = cells.map(|cell| {
                        format!("{}\t{}", inline_text(&cell.label), inline_text(&cell.value))
                    });
                    lines.push(cells.collect::<Vec<_>>().join("\t"));
                }
            }
            Block::PageBreak | Block::Rule => {}
        }
    }
}

fn table_text(table: &Table, lines: &mut Vec<String>) {
    lines.extend(table.caption.as_deref().map(inline_text));
    for row in std::iter::once(&table.header).chain(&table.rows) {
        let cells: Vec<String> = row.iter().map(|cell| inline_text(cell)).collect();
        lines.push(cells.join("\t"));
    }
}

/// Calls `see` with every inline, parents before children, in reading order.
pub(super) fn visit_blocks<'d>(blocks: &'d [Block], see: &mut impl FnMut(&'d Inline)) {
    for block in blocks {
        match block {
            Block::Title(text)
            | Block::Subtitle(text)
            | Block::Heading { text, .. }
            | Block::Paragraph(text) => visit(text, see),
            Block::Quote(inner) => visit_blocks(inner, see),
            Block::List(list) => {
                for item in &list.items {
                    visit_blocks(item, see);
                }
            }
            Block::Table(table) => {
                visit(table.caption.as_deref().unwrap_or_default(), see);
                for cell in table.header.iter().chain(table.rows.iter().flatten()) {
                    visit(cell, see);
                }
            }
            Block::Signature(lines) => {
                for line in lines {
                    visit(line, see);
                }
            }
            Block::Form(form) => {
                for cell in form.rows.iter().flat_map(|row| &row.cells) {
                    visit(&cell.label, see);
                    visit(&cell.value, see);
                }
            }
            Block::Chart(_) | Block::Cards(_) | Block::PageBreak | Block::Rule => {}
        }
    }
}

fn visit<'d>(inlines: &'d [Inline], see: &mut impl FnMut(&'d Inline)) {
    for inline in inlines {
        see(inline);
        if let Inline::Strong(inner) | Inline::Emphasis(inner) = inline {
            visit(inner, see);
        }
    }
}
