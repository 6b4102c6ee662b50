//! Markdown output (CommonMark with tables), for reading and version control.

use std::cell::RefCell;
use std::io;

use comrak::nodes::{
    Ast, AstNode, ListDelimType, ListType, Node, NodeCode, NodeHeading, NodeList, NodeTable,
    NodeValue, Sourcepos, TableAlignment,
};
use comrak::{Arena, format_commonmark};

use super::cards::Card;
use super::escape::visible;
use super::format::Format;
use super::model::{Alignment, Block, Document, Form, Inline, List, Table};
use super::parse::options;
use crate::text::Lang;
use crate::tr;

/// Markdown: a chart becomes a table of its numbers, a figure plain text.
pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "md"
    }

    fn is_text(&self) -> bool {
        true
    }

    fn render(&self, document: &Document) -> io::Result<Vec<u8>> {
        let arena = Arena::new();
        let tree = Tree {
            arena: &arena,
            lang: document.lang,
        };
        let root = tree.node(NodeValue::Document);
        tree.blocks(root, &document.blocks);
        let mut text = String::new();
        format_commonmark(root, &options(), &mut text).map_err(io::Error::other)?;
        Ok(text.into_bytes())
    }
}

/// Whether the text may contain line breaks; headings and cells may not.
#[derive(Clone, Copy, PartialEq)]
enum Lines {
    Many,
    One,
}

/// Builds the syntax tree that comrak formats.
struct Tree<'a> {
    arena: &'a Arena<'a>,
    lang: Lang,
}

impl<'a> Tree<'a> {
    fn node(&self, value: NodeValue) -> Node<'a> {
        let ast = Ast::new_with_sourcepos(value, Sourcepos::from((0, 0, 0, 0)));
        self.arena.alloc(AstNode::new(RefCell::new(ast)))
    }

    fn add(&self, parent: Node<'a>, value: NodeValue) -> Node<'a> {
        let node = self.node(value);
        parent.append(node);
        node
    }

    fn blocks(&self, parent: Node<'a>, blocks: &[Block]) {
        for block in blocks {
            self.block(parent, block);
        }
    }

    fn block(&self, parent: Node<'a>, block: &Block) {
        match block {
            Block::Title(text) => self.heading(parent, 1, text),
            Block::Heading { level, text } => self.heading(parent, level + 1, text),
            Block::Subtitle(text) | Block::Paragraph(text) => self.paragraph(parent, text),
            Block::Quote(blocks) => self.blocks(self.add(parent, NodeValue::BlockQuote), blocks),
            Block::List(list) => self.list(parent, list),
            Block::Table(table) => self.table(parent, table),
            Block::Chart(chart) => self.table(parent, &chart.table(self.lang)),
            Block::Cards(sheet) => {
                for card in &sheet.cards {
                    self.card(parent, card);
                }
            }
            Block::Signature(lines) => {
                let paragraph = self.add(parent, NodeValue::Paragraph);
                for (at, line) in lines.iter().enumerate() {
                    if at > 0 {
                        self.add(paragraph, NodeValue::LineBreak);
                    }
                    self.inlines(paragraph, line, Lines::One);
                }
            }
            Block::Form(form) => self.table(parent, &form_table(form)),
            Block::PageBreak | Block::Rule => {
                self.add(parent, NodeValue::ThematicBreak);
            }
        }
    }

    fn heading(&self, parent: Node<'a>, level: u8, text: &[Inline]) {
        let heading = NodeHeading {
            level: level.clamp(1, 6),
            setext: false,
            closed: false,
        };
        self.inlines(
            self.add(parent, NodeValue::Heading(heading)),
            text,
            Lines::One,
        );
    }

    fn paragraph(&self, parent: Node<'a>, text: &[Inline]) {
        self.inlines(self.add(parent, NodeValue::Paragraph), text, Lines::Many);
    }

    fn list(&self, parent: Node<'a>, list: &List) {
        let kind = NodeList {
            list_type: match list.start {
                Some(_) => ListType::Ordered,
                None => ListType::Bullet,
            },
            start: list.start.unwrap_or(1),
            delimiter: ListDelimType::Period,
            bullet_char: b'-',
            tight: list.items.iter().all(|item| is_tight(item)),
            ..NodeList::default()
        };
        let node = self.add(parent, NodeValue::List(kind));
        for item in &list.items {
            self.blocks(self.add(node, NodeValue::Item(kind)), item);
        }
    }

    fn table(&self, parent: Node<'a>, table: &Table) {
        if let Some(caption) = &table.caption {
            self.paragraph(parent, &[Inline::Strong(caption.clone())]);
        }
        let node = self.add(
            parent,
            NodeValue::Table(Box::new(NodeTable {
                alignments: table.alignments.iter().copied().map(alignment).collect(),
                num_columns: table.header.len(),
                num_rows: table.rows.len(),
                num_nonempty_cells: 0,
            })),
        );
        for (at, row) in std::iter::once(&table.header)
            .chain(&table.rows)
            .enumerate()
        {
            let row_node = self.add(node, NodeValue::TableRow(at == 0));
            for cell in row {
                self.inlines(self.add(row_node, NodeValue::TableCell), cell, Lines::One);
            }
        }
    }

    fn card(&self, parent: Node<'a>, card: &Card) {
        let text = |text: &str| Inline::Text(text.to_owned());
        self.paragraph(parent, &[Inline::Strong(vec![text(&card.title)])]);
        let item = |(label, value): &(String, String)| {
            let row = tr!(
                self.lang,
                "report-card-row",
                label = label.as_str(),
                value = value.as_str()
            );
            vec![Block::Paragraph(vec![Inline::Text(row)])]
        };
        self.list(
            parent,
            &List {
                start: None,
                items: card.rows.iter().map(item).collect(),
            },
        );
        if let Some(note) = &card.note {
            self.paragraph(parent, &[text(note)]);
        }
    }

    fn inlines(&self, parent: Node<'a>, inlines: &[Inline], lines: Lines) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(parent, text, lines),
                Inline::Figure(figure) => self.text(parent, &figure.text, lines),
                Inline::Strong(inner) => {
                    self.inlines(self.add(parent, NodeValue::Strong), inner, lines)
                }
                Inline::Emphasis(inner) => {
                    self.inlines(self.add(parent, NodeValue::Emph), inner, lines)
                }
                Inline::Code(code) => {
                    let literal = visible(code).replace('\n', " ");
                    self.add(
                        parent,
                        NodeValue::Code(NodeCode {
                            num_backticks: 1,
                            literal,
                        }),
                    );
                }
                Inline::LineBreak => self.line_break(parent, lines),
                Inline::SoftBreak => {}
            }
        }
    }

    fn text(&self, parent: Node<'a>, text: &str, lines: Lines) {
        for (at, line) in visible(text).split('\n').enumerate() {
            if at > 0 {
                self.line_break(parent, lines);
            }
            if !line.is_empty() {
                self.add(parent, NodeValue::Text(line.to_owned().into()));
            }
        }
    }

    fn line_break(&self, parent: Node<'a>, lines: Lines) {
        match lines {
            Lines::Many => self.add(parent, NodeValue::LineBreak),
            Lines::One => self.add(parent, NodeValue::Text(" ".into())),
        };
    }
}

/// Converts a form to a table with an empty header and as many columns as its widest row.
fn form_table(form: &Form) -> Table {
    let rows: Vec<Vec<Vec<Inline>>> = form
        .rows
        .iter()
        .map(|row| {
            let cells = row.cells.iter();
            cells
                .flat_map(|cell| [cell.label.clone(), cell.value.clone()])
                .collect()
        })
        .collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let filled = |mut row: Vec<Vec<Inline>>| {
        row.resize(columns, Vec::new());
        row
    };
    Table {
        caption: None,
        alignments: vec![Alignment::Left; columns],
        header: filled(Vec::new()),
        rows: rows.into_iter().map(filled).collect(),
    }
}

/// Whether a list item is one paragraph, followed by lists only.
fn is_tight(item: &[Block]) -> bool {
    item.iter()
        .skip(1)
        .all(|block| matches!(block, Block::List(_)))
}

fn alignment(side: Alignment) -> TableAlignment {
    match side {
        Alignment::Left => TableAlignment::Left,
        Alignment::Centre => TableAlignment::Center,
        Alignment::Right => TableAlignment::Right,
    }
}
