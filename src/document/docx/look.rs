//! Fonts, sizes and measures of each page style. Lengths are in twentieths of a point, sizes of type in half points.

use super::super::model::PageStyle;
use crate::text::Lang;

/// 仿宋, of body text (GB/T 9704-2012, 5.2.2).
pub(super) const FANGSONG: &str = "仿宋_GB2312";
/// 楷体, of headings of the second level.
pub(super) const KAITI: &str = "楷体_GB2312";
/// 黑体, of headings of the first level.
pub(super) const HEITI: &str = "黑体";
/// 宋体, of page numbers and plain pages.
pub(super) const SONGTI: &str = "宋体";
/// 小标宋, of titles.
pub(super) const BIAOSONG: &str = "方正小标宋简体";
/// Digits and Latin letters.
pub(super) const LATIN: &str = "Times New Roman";

/// How a page style looks.
pub(super) struct Look {
    /// The page's width and height.
    pub(super) page: (u32, u32),
    /// Top, right, bottom, left.
    pub(super) margins: [u32; 4],
    /// From the lower edge of the page to the page number; none where pages have no number.
    pub(super) page_number: Option<PageNumber>,
    /// Body text: font, size.
    pub(super) body: Type,
    /// From one line of body text to the next, and whether exactly so.
    pub(super) line: (u32, &'static str),
    /// How many hundredths of a character the first line of a paragraph is indented.
    pub(super) first_line: u32,
    /// Titles.
    pub(super) title: Type,
    /// Headings of level 1 to 4.
    pub(super) headings: [Type; 4],
    /// Cells of tables.
    pub(super) table: Type,
    /// The grid on which the page holds a fixed number of lines, and of characters where they are Chinese.
    pub(super) grid: Option<Grid>,
}

/// A grid of lines (文档网格). Characters are set closer instead of on a grid, which programs understand differently.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    /// From line to line.
    pub(super) line: u32,
    /// What is added to the width of each character, so that a line holds as many as it must.
    pub(super) character: i32,
}

/// The page number's size and where it stands.
pub(super) struct PageNumber {
    pub(super) size: u32,
    pub(super) from_edge: u32,
    /// At the outer side of the page, as in official documents; else in the middle.
    pub(super) is_outside: bool,
}

/// A font for Chinese with its size.
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
    /// The look of a page style in a language.
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
            // Latin type has no 黑体 and 楷体 to tell headings by, and keeps its own widths.
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

    /// The look with body text of another size, the lines and the title in proportion; off the grid.
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

    /// The width of the text.
    pub(super) fn text_width(&self) -> u32 {
        self.page.0 - self.margins[1] - self.margins[3]
    }
}

/// From line to line of official documents: 225 mm hold 22 lines (GB/T 9704-2012, 5.2.2).
const OFFICIAL_LINE: u32 = 579;

/// GB/T 9704-2012: A4, text block 156 mm by 225 mm from 37 mm and 28 mm; 16 pt 仿宋; titles 22 pt 小标宋.
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
            // 28 characters of 16 pt are 448 pt; the text block is 442.2 pt wide.
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
