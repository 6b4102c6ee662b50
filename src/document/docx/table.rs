//! Tables and cards.

use unicode_width::UnicodeWidthStr;

use super::super::cards::{Card, CardSheet};
use super::super::model::{Alignment, Inline, Table, inline_text};
use super::body::{Body, Paragraph};
use super::look::Look;
use super::xml::Xml;

impl<'d> Body<'d> {
    pub(super) fn table(&mut self, xml: &mut Xml, table: &'d Table) {
        if let Some(caption) = &table.caption {
            self.styled(xml, "Caption", caption);
        }
        self.break_before_table(xml);
        let widths = column_widths(table, self.look);
        xml.element("w:tbl", &[], |xml| {
            table_head(xml, &widths, "fixed");
            self.row(xml, &table.header, None, &widths);
            for row in &table.rows {
                self.row(xml, row, Some(&table.alignments), &widths);
            }
        });
        self.low_line(xml, 160);
    }

    /// A row; the header row, which has no alignments, is repeated on each page.
    fn row(
        &mut self,
        xml: &mut Xml,
        cells: &'d [Vec<Inline>],
        alignments: Option<&[Alignment]>,
        widths: &[u32],
    ) {
        xml.element("w:tr", &[], |xml| {
            xml.element("w:trPr", &[], |xml| {
                xml.empty("w:cantSplit", &[]);
                if alignments.is_none() {
                    xml.empty("w:tblHeader", &[]);
                }
            });
            for (at, cell) in cells.iter().enumerate() {
                let alignment = alignments
                    .and_then(|alignments| alignments.get(at))
                    .copied()
                    .unwrap_or_default();
                let paragraph = Paragraph {
                    style: if alignments.is_some() {
                        "TableText"
                    } else {
                        "TableHeading"
                    },
                    align: match alignment {
                        Alignment::Left => None,
                        Alignment::Centre => Some("center"),
                        Alignment::Right => Some("right"),
                    },
                    ..Paragraph::default()
                };
                xml.element("w:tc", &[], |xml| {
                    xml.element("w:tcPr", &[], |xml| {
                        cell_width(xml, widths.get(at).copied().unwrap_or_default());
                        xml.w("w:vAlign", "center");
                    });
                    self.paragraph(xml, paragraph, |body, xml| body.inlines(xml, cell));
                });
            }
        });
    }

    pub(super) fn cards(&mut self, xml: &mut Xml, sheet: &'d CardSheet) {
        self.break_before_table(xml);
        let columns = sheet.columns.clamp(1, 4);
        let widths = vec![self.look.text_width() / columns as u32; columns];
        xml.element("w:tbl", &[], |xml| {
            table_head(xml, &widths, "fixed");
            for cards in sheet.cards.chunks(columns) {
                xml.element("w:tr", &[], |xml| {
                    xml.element("w:trPr", &[], |xml| {
                        xml.empty("w:cantSplit", &[]);
                        xml.empty("w:trHeight", &[("w:val", "2400"), ("w:hRule", "atLeast")]);
                    });
                    for (at, width) in widths.iter().enumerate() {
                        xml.element("w:tc", &[], |xml| self.card(xml, cards.get(at), *width));
                    }
                });
            }
        });
        self.low_line(xml, 20);
    }

    fn card(&mut self, xml: &mut Xml, card: Option<&'d Card>, width: u32) {
        xml.element("w:tcPr", &[], |xml| {
            cell_width(xml, width);
            if card.is_none() {
                xml.element("w:tcBorders", &[], |xml| {
                    for side in ["w:bottom", "w:right"] {
                        xml.w(side, "nil");
                    }
                });
            }
            xml.element("w:tcMar", &[], |xml| {
                for side in ["w:top", "w:left", "w:bottom", "w:right"] {
                    xml.empty(side, &[("w:w", "200"), ("w:type", "dxa")]);
                }
            });
        });
        let style = |style| Paragraph {
            style,
            ..Paragraph::default()
        };
        let Some(card) = card else {
            self.paragraph(xml, style("CardText"), |_, _| {});
            return;
        };
        self.paragraph(xml, style("CardTitle"), |body, xml| {
            body.text(xml, &card.title)
        });
        for (label, value) in &card.rows {
            self.paragraph(xml, style("CardText"), |body, xml| {
                body.text(xml, label);
                xml.element("w:r", &[], |xml| xml.empty("w:tab", &[]));
                body.text(xml, value);
            });
        }
        if let Some(note) = &card.note {
            self.paragraph(xml, style("CardNote"), |body, xml| body.text(xml, note));
        }
    }
}

fn table_head(xml: &mut Xml, widths: &[u32], layout: &str) {
    let total = widths.iter().sum::<u32>().to_string();
    xml.element("w:tblPr", &[], |xml| {
        xml.w("w:tblStyle", "TableGrid");
        xml.empty("w:tblW", &[("w:w", &total), ("w:type", "dxa")]);
        xml.w("w:jc", "center");
        xml.empty("w:tblLayout", &[("w:type", layout)]);
        xml.empty(
            "w:tblLook",
            &[
                ("w:val", "0620"),
                ("w:firstRow", "1"),
                ("w:lastRow", "0"),
                ("w:firstColumn", "0"),
                ("w:lastColumn", "0"),
                ("w:noHBand", "1"),
                ("w:noVBand", "1"),
            ],
        );
    });
    xml.element("w:tblGrid", &[], |xml| {
        for width in widths {
            xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
        }
    });
}

fn cell_width(xml: &mut Xml, width: u32) {
    xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
}

/// The widths of the columns, together the width of the text: each has what its longest word needs, and of the
/// rest more where more is written.
fn column_widths(table: &Table, look: &Look) -> Vec<u32> {
    /// Text longer than this many columns is broken into lines.
    const LONG: usize = 36;
    let total = look.text_width();
    // A column of width is half a character, of digits in some fonts a little more; the cell's margins are 216.
    let length = |columns: usize| columns as u32 * look.table.size * 13 / 2 + 240;
    let texts = |at: usize| {
        let cells = std::iter::once(&table.header)
            .chain(&table.rows)
            .filter_map(move |row| row.get(at));
        cells.map(|cell| inline_text(cell))
    };
    let least: Vec<u32> = (0..table.header.len())
        .map(|at| {
            length(
                texts(at)
                    .map(|text| longest_word(&text))
                    .max()
                    .unwrap_or_default()
                    .min(LONG),
            )
        })
        .collect();
    let wanted: Vec<u32> = (0..table.header.len())
        .map(|at| {
            length(
                texts(at)
                    .map(|text| text.width_cjk())
                    .max()
                    .unwrap_or_default()
                    .clamp(2, LONG),
            )
        })
        .collect();
    let base = if wanted.iter().sum::<u32>() <= total {
        &wanted
    } else {
        &least
    };
    let base_sum = base.iter().sum::<u32>();
    if base_sum > total {
        // Not even the longest words fit: all give way alike.
        return base.iter().map(|width| width * total / base_sum).collect();
    }
    let spare = total - base_sum;
    let wishes: Vec<u32> = wanted
        .iter()
        .zip(base)
        .map(|(wanted, base)| wanted.saturating_sub(*base))
        .collect();
    let wishes_sum = wishes.iter().sum::<u32>();
    base.iter()
        .zip(&wishes)
        .map(|(base, wish)| match wishes_sum {
            // Everything fits: the spare width goes to all in proportion.
            0 => base + spare * base / base_sum,
            _ => base + spare * wish / wishes_sum,
        })
        .collect()
}

/// The width of what a line cannot be broken within: a Chinese character, a number, a word.
fn longest_word(text: &str) -> usize {
    let is_breakable = |c: char| c.is_whitespace() || !c.is_ascii();
    text.split(is_breakable)
        .map(UnicodeWidthStr::width_cjk)
        .max()
        .unwrap_or_default()
        .max(4)
}
