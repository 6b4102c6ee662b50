//! Fonts, sizes and dimensions of each page style. Lengths are in twentieths of a point, font sizes in half points.

use super::super::model::PageStyle;
use crate::text::Lang;

/// 仿宋, for body text (GB/T 9704-2012, 5.2.2).
pub(super) const FANGSONG: &str = "仿宋_GB2312";
/// 楷体, for headings of the second level.
pub(super) const KAITI: &str = "楷体_GB2312";
/// 黑体, for headings of the first level.
pub(super) const HEITI: &str = "黑体";
/// 宋体, for page numbers and plain pages.
pub(super) const SONGTI: &str = "宋体";
/// 小标宋, for titles.
pub(super) const BIAOSONG: &str = "方正小标宋简体";
/// The font for digits and Latin letters.
pub(super) const LATIN: &str = "Times New Roman";

/// The look of a page style.
pub(super) struct Look {
    /// The width and height of the page.
    pub(super) page: (u32, u32),
    /// The margins: top, right, bottom, left.
    pub(super) margins: [u32; 4],
    /// The page number; none if pages are not numbered.
    pub(super) page_number: Option<PageNumber>,
    /// The font of body text.
    pub(super) body: Type,
    /// The line height, and the rule by which Word applies it.
    pub(super) line: (u32, &'static str),
    /// The first-line indent, in hundredths of a character.
    pub(super) first_line: u32,
    /// The font of titles.
    pub(super) title: Type,
    /// The fonts of headings of level 1 to 4.
    pub(super) headings: [Type; 4],
    /// The font of table cells.
    pub(super) table: Type,
    /// The document grid, which fixes the number of lines on a page, and in Chinese also that of characters on a line.
    pub(super) grid: Option<Grid>,
}

/// A document grid (文档网格). Only lines are on it: programs differ in how they place characters on a grid, so the
/// character spacing is reduced instead.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    /// The distance between lines.
    pub(super) line: u32,
    /// The adjustment of character spacing, so that the required number of characters fits on a line.
    pub(super) character: i32,
}

/// The size and place of the page number.
pub(super) struct PageNumber {
    pub(super) size: u32,
    pub(super) from_edge: u32,
    /// Whether it is on the outer side of the page, as in official documents, rather than in the middle.
    pub(super) is_outside: bool,
}

/// A font for Chinese, with its size.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub(super) font: &'static str,
    pub(super) size: u32,
    pub(super) is_bold: bool,
}

const fn font_of(font: &'static str, size: u32) -> Type {
    Type {
        font,
        size,
        is_bold: false,
    }
}

impl Look {
    /// Returns the look of a page style in a language.
    pub(super) fn of(page: PageStyle, lang: Lang) -> Look {
        let mut look = match page {
            PageStyle::Official | PageStyle::Letter => official(),
            PageStyle::Plain => plain(),
            PageStyle::Landscape => Look {
                page: (16838, 11906),
                margins: [964, 1134, 907, 1134],
                ..plain()
            },
            PageStyle::Cards => Look {
                margins: [680, 680, 680, 680],
                page_number: None,
                ..plain()
            },
        };
        if lang == Lang::En {
            // In Latin type 黑体 and 楷体 do not distinguish headings, and the character spacing stays as it is.
            for heading in &mut look.headings {
                heading.is_bold = true;
            }
            look.grid = look.grid.map(|grid| Grid {
                character: 0,
                ..grid
            });
        }
        look
    }

    /// Scales the body text to a size, with line height and title in proportion, without a grid.
    pub(super) fn in_size(self, size: u32) -> Look {
        let scaled = |length: u32| length * size / self.body.size;
        Look {
            line: (scaled(self.line.0), self.line.1),
            title: Type {
                size: scaled(self.title.size),
                ..self.title
            },
            body: Type { size, ..self.body },
            page_number: None,
            grid: None,
            ..self
        }
    }

    /// Returns the width of the text area.
    pub(super) fn text_width(&self) -> u32 {
        self.page.0 - self.margins[1] - self.margins[3]
    }
}

/// The line height of official documents: 22 lines in 225 mm (GB/T 9704-2012, 5.2.2).
const OFFICIAL_LINE: u32 = 579;

/// GB/T 9704-2012: A4, a text area of 156 mm by 225 mm at 37 mm from the top and 28 mm from the left; 16 pt 仿宋; titles
/// in 22 pt 小标宋.
fn official() -> Look {
    Look {
        page: (11906, 16838),
        margins: [2098, 1474, 1984, 1588],
        page_number: Some(PageNumber {
            size: 28,
            from_edge: 1304,
            is_outside: true,
        }),
        body: font_of(FANGSONG, 32),
        line: (OFFICIAL_LINE, "exact"),
        first_line: 200,
        title: font_of(BIAOSONG, 44),
        headings: [
            font_of(HEITI, 32),
            font_of(KAITI, 32),
            font_of(FANGSONG, 32),
            font_of(FANGSONG, 32),
        ],
        table: font_of(FANGSONG, 24),
        grid: Some(Grid {
            line: OFFICIAL_LINE,
            // 28 characters of 16 pt take 448 pt; the text area is 442.2 pt wide.
            character: -5,
        }),
    }
}

fn plain() -> Look {
    let bold = |size| Type {
        is_bold: true,
        ..font_of(HEITI, size)
    };
    Look {
        page: (11906, 16838),
        margins: [1134, 1134, 1134, 1134],
        page_number: Some(PageNumber {
            size: 18,
            from_edge: 794,
            is_outside: false,
        }),
        body: font_of(SONGTI, 21),
        line: (290, "auto"),
        first_line: 0,
        title: font_of(HEITI, 36),
        headings: [bold(28), bold(24), bold(21), bold(21)],
        table: font_of(SONGTI, 21),
        grid: None,
    }
}
