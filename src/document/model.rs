//! The document itself: blocks, and the inlines within them.

use chrono::NaiveDate;

use super::cards::CardSheet;
use super::chart::Chart;
use super::sources::Sources;
use crate::text::Lang;

/// A document, ready to be rendered.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its title as plain text: of its first [`Block::Title`].
    pub title: String,
    /// The language of its text and of the labels that renderers add.
    pub lang: Lang,
    /// How its pages look.
    pub page: PageStyle,
    /// Who writes it, for the properties of the file: the school. Empty where nobody is known.
    pub author: String,
    /// The day on which it is written, for the properties of the file.
    pub day: Option<NaiveDate>,
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
    /// Letters of one page each: as [`PageStyle::Official`], in type just small enough that the longest fits.
    Letter,
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
    /// A form: rows of labels and values.
    Form(Form),
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
    /// Where a title that is too long for one line may be broken.
    SoftBreak,
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
    /// Drops the columns of tables in which no row but a last one, of totals, says anything, and tables without rows.
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

/// Whether nothing is printed of some inlines.
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
    /// Its rows, from above.
    pub rows: Vec<FormRow>,
}

/// A row of a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormRow {
    /// Labels with their values, side by side; 1 to 4.
    pub cells: Vec<FormCell>,
    /// How many lines high the row is at least, so that a hand can write in it.
    pub lines: usize,
}

/// A label with its value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormCell {
    /// What is asked. A row of one cell without a label is its value, over the whole width.
    pub label: Vec<Inline>,
    /// What is answered; empty in a blank form.
    pub value: Vec<Inline>,
}
