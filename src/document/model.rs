//! The document model: blocks and inlines.

use chrono::NaiveDate;

use super::cards::CardSheet;
use super::chart::Chart;
use super::sources::Sources;
use crate::text::Lang;

/// A document, ready to be rendered.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The title as plain text, from the first [`Block::Title`].
    pub title: String,
    /// The language of the text and of the labels that renderers add.
    pub lang: Lang,
    /// The page style.
    pub page: PageStyle,
    /// The author in the file properties: the school; may be empty.
    pub author: String,
    /// The date in the file properties.
    pub day: Option<NaiveDate>,
    /// The content.
    pub blocks: Vec<Block>,
    /// The records behind its figures.
    pub sources: Sources,
}

/// The page style of a printed document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageStyle {
    /// A Chinese official document (GB/T 9704-2012): 仿宋 16 pt, first-line indent, page numbers `— 1 —`.
    #[default]
    Official,
    /// A plain A4 page with a smaller font and without first-line indent: files, lists, forms.
    Plain,
    /// [`PageStyle::Plain`] in landscape format, for wide tables.
    Landscape,
    /// Narrow margins and no page numbers, for card sheets.
    Cards,
    /// One-page letters: like [`PageStyle::Official`], in the largest font size at which the longest one fits.
    Letter,
}

/// A block of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A centred title. A batch of papers has one for each.
    Title(Vec<Inline>),
    /// A centred line below the title: the school, the term.
    Subtitle(Vec<Inline>),
    /// A heading.
    Heading {
        /// The level, 1 to 4: 一、, （一）, 1., （1）.
        level: u8,
        /// The text, including its number, if it has one.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A quotation, such as the child's own words.
    Quote(Vec<Block>),
    /// A list, possibly nested.
    List(List),
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
    /// A card sheet.
    Cards(CardSheet),
    /// A form: rows of labels and values.
    Form(Form),
    /// A page break.
    PageBreak,
    /// A signature block (落款), right-aligned, by lines.
    Signature(Vec<Vec<Inline>>),
    /// A horizontal rule.
    Rule,
}

/// A list.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The number of the first item; none for bullets.
    pub start: Option<usize>,
    /// The items.
    pub items: Vec<Vec<Block>>,
}

/// A table with one header row.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The caption above the table.
    pub caption: Option<Vec<Inline>>,
    /// The alignment of each column.
    pub alignments: Vec<Alignment>,
    /// The cells of the header row.
    pub header: Vec<Vec<Inline>>,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// The alignment of a table column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// Left-aligned.
    #[default]
    Left,
    /// Centred.
    Centre,
    /// Right-aligned, as for numbers.
    Right,
}

/// An inline element.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Text; a newline in it is a line break.
    Text(String),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Text in a monospaced font: a command, an id.
    Code(String),
    /// A line break.
    LineBreak,
    /// A place where a title that is too long for a line may be broken.
    SoftBreak,
    /// A number that was counted from records.
    Figure(Figure),
}

/// A number that was counted from records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The id of the figure: `children.guardianship.grandparents`, `children@class=2022-1`. A key of
    /// [`Document::sources`].
    pub key: String,
    /// The formatted number.
    pub text: String,
}

impl Document {
    /// Removes columns of tables that are empty except for a final row of totals, and tables without rows.
    pub fn drop_blank_columns(&mut self) {
        self.blocks
            .retain(|block| !matches!(block, Block::Table(table) if table.rows.is_empty()));
        for block in &mut self.blocks {
            if let Block::Table(table) = block {
                table.drop_blank_columns();
            }
        }
    }
}

impl Table {
    fn drop_blank_columns(&mut self) {
        let body = self.rows.len() - usize::from(self.rows.len() > 1);
        let says = |column: usize| {
            let mut rows = self.rows[..body].iter();
            rows.any(|row| row.get(column).is_some_and(|cell| !is_blank(cell)))
        };
        let kept: Vec<bool> = (0..self.header.len())
            .map(|column| self.rows.is_empty() || says(column))
            .collect();
        let keep = |cells: &mut Vec<Vec<Inline>>| {
            let mut kept = kept.iter();
            cells.retain(|_| kept.next().is_none_or(|kept| *kept));
        };
        keep(&mut self.header);
        self.rows.iter_mut().for_each(keep);
        let mut kept = kept.iter();
        self.alignments
            .retain(|_| kept.next().is_none_or(|kept| *kept));
    }
}

/// Whether inlines render as nothing.
fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.trim().is_empty(),
        Inline::Strong(inner) | Inline::Emphasis(inner) => is_blank(inner),
        Inline::LineBreak | Inline::SoftBreak => true,
        Inline::Figure(figure) => figure.text.trim().is_empty(),
    })
}

/// A form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// The rows.
    pub rows: Vec<FormRow>,
}

/// A row of a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormRow {
    /// Pairs of label and value, 1 to 4.
    pub cells: Vec<FormCell>,
    /// The minimum height in lines, to leave room for handwriting.
    pub lines: usize,
}

/// A label and its value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormCell {
    /// The label. Without one, the value of a single cell takes the full width.
    pub label: Vec<Inline>,
    /// The value; empty in a blank form.
    pub value: Vec<Inline>,
}
