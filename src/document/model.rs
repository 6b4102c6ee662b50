//! The document itself: blocks, and the inlines within them.

use crate::text::Lang;

use super::cards::CardSheet;
use super::chart::Chart;
use super::sources::Sources;

/// A document, ready to be rendered.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its title as plain text: of its first [`Block::Title`].
    pub title: String,
    /// The language of its text and of the labels that renderers add.
    pub lang: Lang,
    /// How its pages look.
    pub page: PageStyle,
    /// Its content, in order.
    pub blocks: Vec<Block>,
    /// The records behind its figures.
    pub sources: Sources,
}

/// How the pages of a printed document look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageStyle {
    /// As Chinese official documents are set (GB/T 9704-2012): 仿宋 16 pt, first lines indented, `— 1 —`.
    #[default]
    Official,
    /// A plain A4 page with smaller type and no first-line indent: files, lists, forms.
    Plain,
    /// [`PageStyle::Plain`] on its side, for wide tables.
    Landscape,
    /// Narrow margins and no page numbers: several cards to an A4 page.
    Cards,
}

/// A part of a document that stands on its own lines.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// The title, centred. A batch of several papers has one for each.
    Title(Vec<Inline>),
    /// A line below the title, centred: the school, the term.
    Subtitle(Vec<Inline>),
    /// A heading.
    Heading {
        /// 1 to 4: 一、, （一）, 1., （1）.
        level: u8,
        /// Its text, with its number if it has one.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Words quoted, such as a child's own.
    Quote(Vec<Block>),
    /// A list, perhaps with lists within.
    List(List),
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
    /// Cards, several to a page.
    Cards(CardSheet),
    /// What follows begins a new page.
    PageBreak,
    /// Who signs and when (落款): lines at the right, one line each.
    Signature(Vec<Vec<Inline>>),
    /// A line across the page.
    Rule,
}

/// A list.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The number of the first item where the items are numbered; none where they have bullets.
    pub start: Option<usize>,
    /// The items.
    pub items: Vec<Vec<Block>>,
}

/// A table with one header row.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What stands above the table.
    pub caption: Option<Vec<Inline>>,
    /// One for each column.
    pub alignments: Vec<Alignment>,
    /// The header row's cells.
    pub header: Vec<Vec<Inline>>,
    /// The rows; each as long as the header.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// Where the text of a table's column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right, as numbers do.
    Right,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Text; a newline in it is a line break.
    Text(String),
    /// Set off strongly.
    Strong(Vec<Inline>),
    /// Set off.
    Emphasis(Vec<Inline>),
    /// Text in a fixed width: a command, an id.
    Code(String),
    /// The line ends here.
    LineBreak,
    /// A number that was counted from records.
    Figure(Figure),
}

/// A number that was counted from records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Which figure: `children.guardianship.grandparents`, `children@class=2022-1`. A key of [`Document::sources`].
    pub key: String,
    /// The number as printed.
    pub text: String,
}

impl Document {
    /// The text of the document as its readers meet it: one line for each block, cell or card row.
    ///
    /// The numbers in it are the numbers of every format, in this order.
    pub fn plain_text(&self) -> String {
        let mut lines = Vec::new();
        blocks_text(&self.blocks, self.lang, &mut lines);
        let mut text = lines.join("\n");
        text.push('\n');
        text
    }

    /// The language as formats name it (BCP 47).
    pub(super) fn language_tag(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// Every figure printed, in order, once for each time it is printed.
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

/// The text of some inlines without their marks; line breaks as newlines.
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

/// Shows every inline of the blocks to `see`, outer before inner, in the order of reading.
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
