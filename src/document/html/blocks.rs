//! HTML for blocks and inlines.

use maud::{Markup, html};

use super::super::cards::CardSheet;
use super::super::chart::Chart;
use super::super::escape::visible;
use super::super::form::spans;
use super::super::model::{Alignment, Block, Figure, Form, Inline, List, Table};
use super::super::tokens::{Token, tokens};
use super::{Page, svg};
use crate::tr;

impl<'d> Page<'d> {
    pub(super) fn blocks(&mut self, blocks: &'d [Block]) -> Markup {
        html! {
            @for block in blocks {
                (self.block(block)) "\n"
            }
        }
    }

    fn block(&mut self, block: &'d Block) -> Markup {
        match block {
            Block::Title(text) => {
                let id = self.next_part();
                let parts = text.split(|inline| matches!(inline, Inline::SoftBreak));
                html! {
                    h1 id=(id) {
                        @for part in parts { span.part { (self.inlines(part)) } wbr; }
                    }
                }
            }
            Block::Subtitle(text) => html! { p.subtitle { (self.inlines(text)) } },
            Block::Heading { level, text } => match level {
                0 | 1 => html! { h2 id=(self.next_part()) { (self.inlines(text)) } },
                2 => html! { h3 { (self.inlines(text)) } },
                3 => html! { h4 { (self.inlines(text)) } },
                _ => html! { h5 { (self.inlines(text)) } },
            },
            Block::Paragraph(text) => html! { p { (self.inlines(text)) } },
            Block::Quote(blocks) => html! { blockquote { (self.blocks(blocks)) } },
            Block::List(list) => self.list(list),
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
            Block::Cards(sheet) => cards(sheet),
            Block::Form(form) => self.form(form),
            Block::PageBreak => html! { div.page-break {} },
            Block::Signature(lines) => html! {
                div.signature {
                    div {
                        @for line in lines {
                            p { (self.inlines(line)) } "\n"
                        }
                    }
                }
            },
            Block::Rule => html! { hr; },
        }
    }

    fn list(&mut self, list: &'d List) -> Markup {
        let items = html! {
            @for item in &list.items {
                li { (self.blocks(item)) } "\n"
            }
        };
        match list.start {
            Some(start) => html! { ol start=[(start != 1).then_some(start)] { (items) } },
            None => html! { ul { (items) } },
        }
    }

    fn table(&mut self, table: &'d Table) -> Markup {
        self.tables += 1;
        let id = format!("table-{}", self.tables);
        let caption = table
            .caption
            .as_deref()
            .map(|caption| self.inlines(caption));
        let cells: Vec<Vec<(Alignment, bool, Markup)>> = std::iter::once(&table.header)
            .chain(&table.rows)
            .map(|row| self.row(row, &table.alignments))
            .collect();
        let label = tr!(self.lang(), "report-table", at = self.tables);
        html! {
            div.scroll role="group" tabindex="0" aria-labelledby=[caption.is_some().then_some(&id)]
                aria-label=[caption.is_none().then_some(&label)] {
                table {
                    @if let Some(caption) = caption {
                        caption id=(id) { (caption) } "\n"
                    }
                    (rows(&cells))
                }
            }
        }
    }

    fn row(
        &mut self,
        row: &'d [Vec<Inline>],
        alignments: &[Alignment],
    ) -> Vec<(Alignment, bool, Markup)> {
        row.iter()
            .enumerate()
            .map(|(at, cell)| {
                let alignment = alignments.get(at).copied().unwrap_or_default();
                (alignment, cell.is_empty(), self.inlines(cell))
            })
            .collect()
    }

    fn chart(&mut self, chart: &'d Chart) -> Markup {
        self.charts += 1;
        let lang = self.lang();
        let id = format!("chart-{}", self.charts);
        let caption = format!("{id}-caption");
        let data = chart.table(lang);
        let plain = |row: &Vec<Vec<Inline>>| {
            let cell = |(at, cell): (usize, &Vec<Inline>)| {
                let alignment = data.alignments.get(at).copied().unwrap_or_default();
                (
                    alignment,
                    cell.is_empty(),
                    html! { (super::super::plain::inline_text(cell)) },
                )
            };
            row.iter().enumerate().map(cell).collect()
        };
        let cells: Vec<Vec<(Alignment, bool, Markup)>> = std::iter::once(&data.header)
            .chain(&data.rows)
            .map(plain)
            .collect();
        html! {
            figure.chart {
                figcaption id=(caption) { (chart.caption(lang)) } "\n"
                (svg::draw(chart, &id, lang)) "\n"
                details {
                    summary { (tr!(lang, "report-chart-data")) } "\n"
                    table aria-labelledby=(caption) { (rows(&cells)) }
                }
            }
        }
    }

    pub(super) fn inlines(&mut self, inlines: &'d [Inline]) -> Markup {
        html! {
            @for inline in inlines {
                (self.inline(inline))
            }
        }
    }

    fn inline(&mut self, inline: &'d Inline) -> Markup {
        match inline {
            Inline::Text(text) => lines(text),
            Inline::Strong(inner) => html! { strong { (self.inlines(inner)) } },
            Inline::Emphasis(inner) => html! { em { (self.inlines(inner)) } },
            Inline::Code(code) => html! { code { (visible(code)) } },
            Inline::LineBreak => html! { br; },
            Inline::SoftBreak => html! { wbr; },
            Inline::Figure(figure) => self.figure(figure),
        }
    }

    fn figure(&mut self, figure: &'d Figure) -> Markup {
        let Some(counted) = self.document.sources.get(&figure.key) else {
            return lines(&figure.text);
        };
        self.figures += 1;
        self.places
            .entry(&figure.key)
            .or_default()
            .push(self.figures);
        let title = tr!(
            self.lang(),
            "report-source-of",
            label = counted.label.as_str()
        );
        html! {
            a.figure id={ "figure-" (self.figures) } href={ "#" (source_id(&figure.key)) } title=(title) {
                (visible(&figure.text))
            }
        }
    }

    fn form(&mut self, form: &'d Form) -> Markup {
        self.tables += 1;
        let label = tr!(self.lang(), "report-table", at = self.tables);
        html! {
            div.scroll role="group" tabindex="0" aria-label=(label) { (self.form_table(form)) }
        }
    }

    fn form_table(&mut self, form: &'d Form) -> Markup {
        html! {
            table.form {
                tbody {
                    @for row in &form.rows {
                        tr style=[(row.lines > 1).then(|| format!("height: {}em", row.lines * 2))] {
                            @for cell in &row.cells {
                                @let (label, value) = spans(row.cells.len(), cell.label.is_empty());
                                @if label > 0 {
                                    th scope="row" colspan=(label) { (self.inlines(&cell.label)) } "\n"
                                }
                                td colspan=(value) { (self.inlines(&cell.value)) } "\n"
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Renders the rows of a table, the header first; of each cell the alignment, whether it is empty, and the content.
fn rows(cells: &[Vec<(Alignment, bool, Markup)>]) -> Markup {
    let (header, body) = cells
        .split_first()
        .map_or((&[][..], &[][..]), |(header, body)| (header, body));
    html! {
           thead {
               tr {
                   // An empty header row is left out.
                   @for (alignment, is_empty, content) in header {
                       @if *is_empty {
                           td {}
                       } @else {
                           th scope="col" class=[alignment_class(*alignment)] { (content) }
                       }
    "\n"
                   }
               }
           }
           tbody {
               @for row in body {
                   tr {
                       @for (at, (alignment, is_empty, content)) in row.iter().enumerate() {
                           @if at == 0 && !is_empty {
                               th scope="row" class=[alignment_class(*alignment)] { (content) }
                           } @else {
                               td class=[alignment_class(*alignment)] { (content) }
                           }
    "\n"
                       }
                   }
               }
           }
       }
}

fn alignment_class(alignment: Alignment) -> Option<&'static str> {
    match alignment {
        Alignment::Left => None,
        Alignment::Centre => Some("centre"),
        Alignment::Right => Some("right"),
    }
}

fn cards(sheet: &CardSheet) -> Markup {
    html! {
        div class={ "cards columns-" (sheet.columns.clamp(1, 4)) } {
            @for card in &sheet.cards {
                article.card {
                    h2 { (lines(&card.title)) } "\n"
                    dl {
                        @for (label, value) in &card.rows {
                            div {
                                dt { (lines(label)) } "\n"
                                dd { (lines(value)) } "\n"
                            }
                        }
                    }
                    @if let Some(note) = &card.note {
                        p { (lines(note)) }
                    }
                }
            }
        }
    }
}

/// Returns the id of a figure's entry in the appendix: ASCII, and unique for each key.
pub(super) fn source_id(key: &str) -> String {
    let mut id = "source-".to_owned();
    for c in key.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' => id.push(c),
            _ => id.push_str(&format!("_{:x}_", u32::from(c))),
        }
    }
    id
}

/// Renders text with its line breaks; dates, classes and phone numbers are not broken, and phone numbers are links.
pub(super) fn lines(text: &str) -> Markup {
    html! {
        @for (at, line) in visible(text).split('\n').enumerate() {
            @if at > 0 {
                br;
            }
            @for token in tokens(line) {
                @match token {
                    Token::Plain(text) => (text),
                    Token::Whole(text) => span.whole { (text) },
                    Token::Phone(phone) => a.phone href={ "tel:" (phone) } { (phone) },
                }
            }
        }
    }
}
