//! Tables and card sheets.

use super::super::cards::{Card, CardSheet};
use super::super::model::{Alignment, Inline, Table};
use super::body::{Body, Paragraph};
use super::widths::{self, header_lines, is_broken};
use super::xml::Xml;

/// The number of cards in a column of a page: ten cards on a page of two columns.
const CARDS_BELOW_ONE_ANOTHER: u32 = 5;

/// The number of rows at the end of a table that are kept on one page.
const LAST_ROWS: usize = 3;

/// The layout of the columns.
#[derive(Clone, Copy)]
struct Columns<'a> {
    widths: &'a [u32],
    /// The font size, if it is smaller than usual.
    size: Option<u32>,
}

impl<'d> Body<'d> {
    pub(super) fn table(&mut self, xml: &mut Xml, table: &'d Table) {
        if let Some(caption) = &table.caption {
            self.styled(xml, "Caption", caption);
        }
        self.break_before_table(xml);
        let (widths, size) = widths::columns(table, self.look);
        let layout = Columns {
            widths: &widths,
            size,
        };
        let is_signed = std::mem::take(&mut self.before_signature);
        xml.element("w:tbl", &[], |xml| {
            table_head(xml, &widths, "fixed");
            // An empty header row is left out.
            if table.header.iter().any(|cell| !cell.is_empty()) {
                self.row(xml, &table.header, None, layout, true);
            }
            for (at, row) in table.rows.iter().enumerate() {
                // Keeps the last rows together, so that no page begins with the total alone.
                let left = table.rows.len() - at;
                let keeps = (2..=LAST_ROWS).contains(&left) || is_signed && left == 1;
                self.row(xml, row, Some(&table.alignments), layout, keeps);
            }
        });
        self.before_signature = is_signed;
        self.empty_line(xml, 160);
    }

    /// Writes a row; the header row, without alignments, is repeated on each page.
    fn row(
        &mut self,
        xml: &mut Xml,
        cells: &'d [Vec<Inline>],
        alignments: Option<&[Alignment]>,
        columns: Columns<'_>,
        keep_next: bool,
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
                    keep_next,
                    spacing: columns.size.map(|size| (20, Some(size * 12))),
                    ..Paragraph::default()
                };
                xml.element("w:tc", &[], |xml| {
                    xml.element("w:tcPr", &[], |xml| {
                        cell_width(xml, columns.widths.get(at).copied().unwrap_or_default());
                        xml.w("w:vAlign", "center");
                    });
                    self.size = columns.size;
                    let size = columns.size.unwrap_or(self.look.table.size);
                    let width = columns.widths.get(at).copied().unwrap_or_default();
                    self.paragraph(xml, paragraph, |body, xml| match cell.as_slice() {
                        [Inline::Text(header)]
                            if alignments.is_none()
                                && !header.contains(' ')
                                && is_broken(header, width, size) =>
                        {
                            body.text(xml, &header_lines(header).join("\n"));
                        }
                        _ => body.inlines(xml, cell),
                    });
                    self.size = None;
                });
            }
        });
    }

    pub(super) fn cards(&mut self, xml: &mut Xml, sheet: &'d CardSheet) {
        self.break_before_table(xml);
        let columns = sheet.columns.clamp(1, 4);
        let widths = vec![self.look.text_width() / columns as u32; columns];
        let room = self.look.page.1 - self.look.margins[0] - self.look.margins[2];
        // The paragraph that Word requires after the table takes a little height.
        let height = ((room - 40) / CARDS_BELOW_ONE_ANOTHER).to_string();
        xml.element("w:tbl", &[], |xml| {
            table_head(xml, &widths, "fixed");
            for cards in sheet.cards.chunks(columns) {
                xml.element("w:tr", &[], |xml| {
                    xml.element("w:trPr", &[], |xml| {
                        xml.empty("w:cantSplit", &[]);
                        xml.empty("w:trHeight", &[("w:val", &height), ("w:hRule", "atLeast")]);
                    });
                    for (at, width) in widths.iter().enumerate() {
                        xml.element("w:tc", &[], |xml| self.card(xml, cards.get(at), *width));
                    }
                });
            }
        });
        self.empty_line(xml, 20);
    }

    fn card(&mut self, xml: &mut Xml, card: Option<&'d Card>, width: u32) {
        xml.element("w:tcPr", &[], |xml| {
            cell_width(xml, width);
            // Dashed lines for cutting.
            xml.element("w:tcBorders", &[], |xml| {
                for side in ["w:top", "w:left", "w:bottom", "w:right"] {
                    if card.is_some() {
                        xml.empty(
                            side,
                            &[
                                ("w:val", "dashed"),
                                ("w:sz", "4"),
                                ("w:space", "0"),
                                ("w:color", "808080"),
                            ],
                        );
                    } else if side == "w:bottom" || side == "w:right" {
                        xml.w(side, "nil");
                    }
                }
            });
            xml.element("w:tcMar", &[], |xml| {
                for (side, width) in [
                    ("w:top", "100"),
                    ("w:left", "200"),
                    ("w:bottom", "60"),
                    ("w:right", "200"),
                ] {
                    xml.empty(side, &[("w:w", width), ("w:type", "dxa")]);
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

pub(super) fn table_head(xml: &mut Xml, widths: &[u32], layout: &str) {
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

pub(super) fn cell_width(xml: &mut Xml, width: u32) {
    xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
}
