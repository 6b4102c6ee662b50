//! Tables for forms.

use super::super::form::{GRID, spans};
use super::super::model::Form;
use super::super::model::Inline;
use super::body::{Body, Paragraph};
use super::table::{cell_width, table_head};
use super::xml::Xml;

/// The minimum height of a row, for each line, in twentieths of a point.
const LINE_HEIGHT: usize = 380;

impl<'d> Body<'d> {
    pub(super) fn form(&mut self, xml: &mut Xml, form: &'d Form) {
        self.break_before_table(xml);
        let unit = self.look.text_width() / GRID as u32;
        xml.element("w:tbl", &[], |xml| {
            table_head(xml, &[unit; GRID], "fixed");
            for (row_at, row) in form.rows.iter().enumerate() {
                // The last rows, which are signed, stay together.
                let keep_next = (2..=3).contains(&(form.rows.len() - row_at));
                xml.element("w:tr", &[], |xml| {
                    xml.element("w:trPr", &[], |xml| {
                        xml.empty("w:cantSplit", &[]);
                        let height = (row.lines * LINE_HEIGHT).to_string();
                        xml.empty("w:trHeight", &[("w:val", &height), ("w:hRule", "atLeast")]);
                    });
                    for (at, cell) in row.cells.iter().enumerate() {
                        let (label, mut value) = spans(row.cells.len(), cell.label.is_empty());
                        if at + 1 == row.cells.len() {
                            // The last cell takes the rest of the grid.
                            value = GRID - (label + value) * at - label;
                        }
                        if label > 0 {
                            let head = Paragraph {
                                style: "TableHeading",
                                keep_next,
                                ..Paragraph::default()
                            };
                            self.form_cell(xml, &cell.label, label, head, true);
                        }
                        let text = Paragraph {
                            style: "TableText",
                            keep_next,
                            ..Paragraph::default()
                        };
                        self.form_cell(xml, &cell.value, value, text, row.lines == 1);
                    }
                });
            }
        });
        self.empty_line(xml, 160);
    }

    fn form_cell(
        &mut self,
        xml: &mut Xml,
        text: &'d [Inline],
        span: usize,
        paragraph: Paragraph<'_>,
        is_centred: bool,
    ) {
        let unit = self.look.text_width() / GRID as u32;
        xml.element("w:tc", &[], |xml| {
            xml.element("w:tcPr", &[], |xml| {
                cell_width(xml, unit * span as u32);
                xml.w("w:gridSpan", &span.to_string());
                if is_centred {
                    xml.w("w:vAlign", "center");
                }
            });
            self.paragraph(xml, paragraph, |body, xml| body.inlines(xml, text));
        });
    }
}
