//! `document.xml`: the blocks and inlines of the document.

use unicode_width::UnicodeWidthStr;

use super::super::chart::Chart;
use super::super::escape::visible;
use super::super::model::{Block, Document, Inline, List, PageStyle};
use super::super::plain::inline_text;
use super::chart;
use super::look::{KAITI, Look};
use super::parts::Numbering;
use super::widths::{middle_of_title, width};
use super::xml::{NAMESPACES, Xml};
use crate::text::Lang;

/// The content of other parts that the text refers to.
pub(super) struct Written<'d> {
    /// The lists, in order.
    pub(super) lists: Vec<Numbering>,
    /// The charts, in order.
    pub(super) charts: Vec<&'d Chart>,
}

/// The state while the text is written.
pub(super) struct Body<'d> {
    pub(super) look: &'d Look,
    pub(super) lang: Lang,
    written: Written<'d>,
    /// Whether the next paragraph begins a new page.
    breaks: bool,
    /// Whether the current page has content.
    has_text: bool,
    /// The font size of runs, if it differs from the style of the paragraph.
    pub(super) size: Option<u32>,
    /// Whether titles are left out: on a page full of cards, a title would push the last row to the next page.
    is_untitled: bool,
    /// The number of papers before this one.
    sections: usize,
    /// Whether a signature follows, so that the paragraph is kept on its page.
    pub(super) before_signature: bool,
}

/// The context of a block.
#[derive(Clone, Copy)]
enum BlockPosition {
    Page,
    Quote,
    Item {
        /// The id of the list in `numbering.xml`.
        list: usize,
        level: usize,
    },
}

/// The paragraph properties that are not part of its style.
#[derive(Clone, Copy, Default)]
pub(super) struct Paragraph<'a> {
    pub(super) style: &'a str,
    pub(super) keep_next: bool,
    /// The id and level of the list, for the first paragraph of an item.
    pub(super) list: Option<(usize, usize)>,
    pub(super) is_ruled: bool,
    /// The space before the paragraph, and the exact line height, if it is fixed.
    pub(super) spacing: Option<(u32, Option<u32>)>,
    pub(super) left: Option<u32>,
    /// The right indent, in hundredths of a character.
    pub(super) right: Option<u32>,
    pub(super) align: Option<&'a str>,
}

/// The formatting of a run.
#[derive(Clone, Copy, Default)]
struct TextLook {
    is_strong: bool,
    is_emphasised: bool,
    is_code: bool,
}

/// Returns the XML of the part, and the content that it needs in other parts.
pub(super) fn part<'d>(document: &'d Document, look: &'d Look) -> (Vec<u8>, Written<'d>) {
    let mut body = Body {
        look,
        lang: document.lang,
        written: Written {
            lists: Vec::new(),
            charts: Vec::new(),
        },
        breaks: false,
        has_text: false,
        size: None,
        is_untitled: document.page == PageStyle::Cards,
        sections: 0,
        before_signature: false,
    };
    let xml = Xml::part("w:document", NAMESPACES, |xml| {
        xml.element("w:body", &[], |xml| {
            body.blocks(xml, &document.blocks, BlockPosition::Page);
            section(xml, look, body.sections > 0);
        });
    });
    (xml, body.written)
}

/// Writes the properties of a section. Each paper of a batch is a section with page numbers from 1.
fn section(xml: &mut Xml, look: &Look, restarts: bool) {
    xml.element("w:sectPr", &[], |xml| {
        if look.page_number.is_some() {
            xml.empty(
                "w:footerReference",
                &[("w:type", "default"), ("r:id", "rId5")],
            );
            xml.empty("w:footerReference", &[("w:type", "even"), ("r:id", "rId6")]);
        }
        let (width, height) = look.page;
        let [w, h] = [width, height].map(|length| length.to_string());
        let mut size = vec![("w:w", w.as_str()), ("w:h", h.as_str())];
        if width > height {
            size.push(("w:orient", "landscape"));
        }
        xml.empty("w:pgSz", &size);
        let [top, right, bottom, left] = look.margins.map(|margin| margin.to_string());
        let footer = look
            .page_number
            .as_ref()
            .map_or(0, |number| number.from_edge)
            .to_string();
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", &top),
                ("w:right", &right),
                ("w:bottom", &bottom),
                ("w:left", &left),
                ("w:header", "851"),
                ("w:footer", &footer),
                ("w:gutter", "0"),
            ],
        );
        if restarts {
            xml.empty("w:pgNumType", &[("w:start", "1")]);
        }
        if let Some(grid) = look.grid {
            let line = grid.line.to_string();
            xml.empty("w:docGrid", &[("w:type", "lines"), ("w:linePitch", &line)]);
        }
    });
}

/// Whether a block stays on the page of the signature: the last one, and what is before a last line or two, such as
/// thanks, so that no page holds these alone.
fn is_kept_with_signature(blocks: &[Block], at: usize) -> bool {
    match &blocks[at + 1..] {
        [Block::Signature(_), ..] => true,
        [Block::Paragraph(last), Block::Signature(_), ..] => {
            matches!(blocks[at], Block::Paragraph(_) | Block::List(_))
                && inline_text(last).width_cjk() < 100
        }
        _ => false,
    }
}

impl<'d> Body<'d> {
    fn blocks(&mut self, xml: &mut Xml, blocks: &'d [Block], place: BlockPosition) {
        for (at, block) in blocks.iter().enumerate() {
            self.before_signature |= is_kept_with_signature(blocks, at);
            self.block(xml, block, place, at == 0);
            self.before_signature &= matches!(place, BlockPosition::Item { .. });
        }
    }

    fn block(&mut self, xml: &mut Xml, block: &'d Block, place: BlockPosition, is_first: bool) {
        match block {
            Block::Title(_) if self.is_untitled => {}
            Block::Title(text) => {
                if self.has_text {
                    self.end_section(xml);
                }
                self.title(xml, text, "Title", self.look.title.size);
            }
            Block::Subtitle(text) => self.title(xml, text, "Subtitle", self.look.body.size),
            Block::Heading { level, text } => {
                const STYLES: [&str; 4] = ["Heading1", "Heading2", "Heading3", "Heading4"];
                self.styled(xml, STYLES[usize::from((*level).clamp(1, 4)) - 1], text);
            }
            Block::Paragraph(text) => {
                let paragraph = self.in_place(place, is_first);
                self.paragraph(xml, paragraph, |body, xml| body.inlines(xml, text));
            }
            Block::Quote(blocks) => self.blocks(xml, blocks, BlockPosition::Quote),
            Block::List(list) => self.list(xml, list, place),
            Block::Table(table) => self.table(xml, table),
            Block::Chart(chart) => self.chart(xml, chart),
            Block::Cards(sheet) => self.cards(xml, sheet),
            Block::Form(form) => self.form(xml, form),
            Block::PageBreak => self.breaks = self.has_text,
            Block::Signature(lines) => self.signature(xml, lines),
            Block::Rule => {
                let ruled = Paragraph {
                    style: "Chart",
                    is_ruled: true,
                    ..Paragraph::default()
                };
                self.paragraph(xml, ruled, |_, _| {});
            }
        }
    }

    /// Ends a paper: the next one begins on a new page, with page number 1.
    fn end_section(&mut self, xml: &mut Xml) {
        self.breaks = false;
        let low = Paragraph {
            style: "TableText",
            spacing: Some((0, Some(20))),
            ..Paragraph::default()
        };
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                low.properties(xml, false, self.look);
                section(xml, self.look, true);
            });
        });
        self.sections += 1;
    }

    /// Writes a title in a style and size; a long one is broken at soft breaks.
    fn title(&mut self, xml: &mut Xml, text: &'d [Inline], style: &str, size: u32) {
        let most = self.look.text_width() * 10 / size;
        let parts = text.split(|inline| matches!(inline, Inline::SoftBreak));
        let mut lines: Vec<Vec<&[Inline]>> = Vec::new();
        let mut line_text = String::new();
        for part in parts {
            line_text += &inline_text(part);
            match lines.last_mut() {
                Some(line) if width(&line_text) <= most => line.push(part),
                _ => {
                    lines.push(vec![part]);
                    line_text = inline_text(part);
                }
            }
        }
        let paragraph = Paragraph {
            style,
            ..Paragraph::default()
        };
        self.paragraph(xml, paragraph, |body, xml| {
            for (at, line) in lines.into_iter().enumerate() {
                if at > 0 {
                    body.text(xml, "\n");
                }
                for part in line {
                    body.broken(xml, part, most);
                }
            }
        });
    }

    /// Writes inlines; a text that is wider than `most` is broken into two lines.
    fn broken(&mut self, xml: &mut Xml, inlines: &'d [Inline], most: u32) {
        match inlines {
            [Inline::Text(text)] if width(text) > most => {
                let (first, second) = text.split_at(middle_of_title(text, most));
                self.text(xml, &format!("{first}\n{second}"));
            }
            inlines => self.inlines(xml, inlines),
        }
    }

    fn in_place(&self, place: BlockPosition, is_first: bool) -> Paragraph<'static> {
        let style = match place {
            BlockPosition::Page => "BodyText",
            BlockPosition::Quote => "Quote",
            BlockPosition::Item { .. } => "ListParagraph",
        };
        let mut paragraph = Paragraph {
            style,
            ..Paragraph::default()
        };
        match place {
            BlockPosition::Item { list, level } if is_first => paragraph.list = Some((list, level)),
            BlockPosition::Item { level, .. } => {
                let step = self.look.body.size * 15;
                let first = self.look.first_line * self.look.body.size / 10;
                paragraph.left = Some(first + step * (level as u32 + 1));
            }
            BlockPosition::Page | BlockPosition::Quote => {}
        }
        paragraph
    }

    pub(super) fn styled(&mut self, xml: &mut Xml, style: &str, text: &'d [Inline]) {
        let paragraph = Paragraph {
            style,
            ..Paragraph::default()
        };
        self.paragraph(xml, paragraph, |body, xml| body.inlines(xml, text));
    }

    pub(super) fn paragraph(
        &mut self,
        xml: &mut Xml,
        paragraph: Paragraph<'_>,
        inner: impl FnOnce(&mut Self, &mut Xml),
    ) {
        let breaks = std::mem::take(&mut self.breaks);
        self.has_text = true;
        let paragraph = Paragraph {
            keep_next: paragraph.keep_next || self.before_signature,
            ..paragraph
        };
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                paragraph.properties(xml, breaks, self.look)
            });
            inner(self, xml);
        });
    }

    fn list(&mut self, xml: &mut Xml, list: &'d List, place: BlockPosition) {
        let level = match place {
            // Word supports nine levels.
            BlockPosition::Item { level, .. } => (level + 1).min(8),
            BlockPosition::Page | BlockPosition::Quote => 0,
        };
        self.written.lists.push(Numbering {
            start: list.start,
            level,
        });
        let number = self.written.lists.len();
        // Only the last item is kept on the page of the signature.
        let is_signed = self.before_signature;
        for (at, item) in list.items.iter().enumerate() {
            self.before_signature = is_signed && at + 1 == list.items.len();
            self.blocks(
                xml,
                item,
                BlockPosition::Item {
                    list: number,
                    level,
                },
            );
        }
    }

    fn chart(&mut self, xml: &mut Xml, chart: &'d Chart) {
        self.written.charts.push(chart);
        let number = self.written.charts.len();
        let caption = Paragraph {
            style: "Caption",
            ..Paragraph::default()
        };
        self.paragraph(xml, caption, |body, xml| {
            body.text(xml, &chart.caption(body.lang))
        });
        let holder = Paragraph {
            style: "Chart",
            ..Paragraph::default()
        };
        self.paragraph(xml, holder, |body, xml| {
            xml.element("w:r", &[], |xml| {
                chart::inline(xml, chart, number, body.lang)
            });
        });
    }

    /// Writes the lines of a signature on the right, centred on one another, with four characters to the margin.
    fn signature(&mut self, xml: &mut Xml, lines: &'d [Vec<Inline>]) {
        let widths: Vec<usize> = lines
            .iter()
            .map(|line| inline_text(line).width_cjk())
            .collect();
        let longest = widths.iter().copied().max().unwrap_or_default();
        // Less than four characters if a long name would not fit on its line otherwise.
        let room = self.look.text_width() * 10 / self.look.body.size;
        let indent = room.saturating_sub(longest as u32 * 50 + 50).min(400);
        for (at, line) in lines.iter().enumerate() {
            let paragraph = Paragraph {
                style: "Signature",
                keep_next: at + 1 < lines.len(),
                spacing: (at == 0).then_some((self.look.body.size * 15, None)),
                // A unit of width is half a character (50), and half of the difference goes to this side.
                right: Some(indent + (longest - widths[at]) as u32 * 25),
                ..Paragraph::default()
            };
            self.paragraph(xml, paragraph, |body, xml| body.broken(xml, line, room));
        }
    }

    /// Writes an empty line of small height; without one, Word joins two adjacent tables.
    pub(super) fn empty_line(&mut self, xml: &mut Xml, height: u32) {
        let low = Paragraph {
            style: "TableText",
            spacing: Some((0, Some(height))),
            ..Paragraph::default()
        };
        self.paragraph(xml, low, |_, _| {});
    }

    /// Writes what is needed before a table to begin a new page.
    pub(super) fn break_before_table(&mut self, xml: &mut Xml) {
        if self.breaks {
            self.empty_line(xml, 20);
        }
        self.has_text = true;
    }

    pub(super) fn inlines(&mut self, xml: &mut Xml, inlines: &[Inline]) {
        self.inlines_in(xml, inlines, TextLook::default());
    }

    /// Writes a text verbatim.
    pub(super) fn text(&mut self, xml: &mut Xml, text: &str) {
        self.run(xml, text, TextLook::default());
    }

    fn inlines_in(&mut self, xml: &mut Xml, inlines: &[Inline], manner: TextLook) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.run(xml, text, manner),
                Inline::Figure(figure) => self.run(xml, &figure.text, manner),
                Inline::Code(text) => self.run(
                    xml,
                    text,
                    TextLook {
                        is_code: true,
                        ..manner
                    },
                ),
                Inline::LineBreak => self.run(xml, "\n", manner),
                Inline::SoftBreak => {}
                Inline::Strong(inner) => self.inlines_in(
                    xml,
                    inner,
                    TextLook {
                        is_strong: true,
                        ..manner
                    },
                ),
                Inline::Emphasis(inner) => self.inlines_in(
                    xml,
                    inner,
                    TextLook {
                        is_emphasised: true,
                        ..manner
                    },
                ),
            }
        }
    }

    fn run(&self, xml: &mut Xml, text: &str, manner: TextLook) {
        if text.is_empty() {
            return;
        }
        xml.element("w:r", &[], |xml| {
            xml.element("w:rPr", &[], |xml| {
                manner.properties(xml, self.lang, self.size)
            });
            for (at, line) in visible(text).split('\n').enumerate() {
                if at > 0 {
                    xml.empty("w:br", &[]);
                }
                if !line.is_empty() {
                    xml.text("w:t", &[("xml:space", "preserve")], line);
                }
            }
        });
    }
}

impl TextLook {
    fn properties(self, xml: &mut Xml, lang: Lang, size: Option<u32>) {
        if self.is_code {
            xml.w("w:rStyle", "Code");
        } else if self.is_emphasised {
            xml.w("w:rStyle", "Emphasis");
        } else if self.is_strong {
            xml.w("w:rStyle", "Strong");
        }
        let mut fonts = Vec::new();
        if lang == Lang::Zh {
            // Both scripts have quotation marks and dashes: in Chinese text they use the Chinese font.
            fonts.push(("w:hint", "eastAsia"));
        }
        if self.is_emphasised {
            fonts.push(("w:eastAsia", KAITI));
        }
        if !fonts.is_empty() {
            xml.empty("w:rFonts", &fonts);
        }
        if self.is_strong {
            xml.empty("w:b", &[]);
        }
        if let Some(size) = size {
            xml.w("w:sz", &size.to_string());
            xml.w("w:szCs", &size.to_string());
        }
    }
}

impl Paragraph<'_> {
    fn properties(&self, xml: &mut Xml, breaks: bool, look: &Look) {
        xml.w("w:pStyle", self.style);
        if self.keep_next {
            xml.empty("w:keepNext", &[]);
        }
        if breaks {
            xml.empty("w:pageBreakBefore", &[]);
        }
        if let Some((list, level)) = self.list {
            xml.element("w:numPr", &[], |xml| {
                xml.w("w:ilvl", &level.to_string());
                xml.w("w:numId", &list.to_string());
            });
        }
        if self.is_ruled {
            xml.element("w:pBdr", &[], |xml| {
                xml.empty(
                    "w:bottom",
                    &[
                        ("w:val", "single"),
                        ("w:sz", "4"),
                        ("w:space", "1"),
                        ("w:color", "auto"),
                    ],
                );
            });
        }
        if let Some((before, line)) = self.spacing {
            let (before, exact) = (before.to_string(), line.map(|line| line.to_string()));
            let mut spacing = vec![("w:before", before.as_str())];
            if let Some(exact) = &exact {
                spacing.extend([
                    ("w:after", "0"),
                    ("w:line", exact.as_str()),
                    ("w:lineRule", "exact"),
                ]);
            }
            xml.empty("w:spacing", &spacing);
        }
        if let Some(left) = self.left {
            xml.empty("w:ind", &[("w:left", &left.to_string())]);
        }
        if let Some(chars) = self.right {
            let length = chars * look.body.size / 10;
            xml.empty(
                "w:ind",
                &[
                    ("w:rightChars", &chars.to_string()),
                    ("w:right", &length.to_string()),
                ],
            );
        }
        if let Some(align) = self.align {
            xml.w("w:jc", align);
        }
    }
}
