//! A document as one HTML file that needs nothing else: no network, no font, no picture. A long page has a search box,
//! by a script that is part of the page; without scripts it reads the same and has no box.
//!
//! Written with maud, which escapes every value that is put in; nothing here passes text by its escaping
//! (`maud::PreEscaped` is for the style sheet and the script alone).

mod blocks;
mod scale;
mod sources;
mod svg;

use std::collections::BTreeMap;
use std::io;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::format::Format;
use super::model::{Block, Document, PageStyle};
use super::plain::inline_text;
use crate::text::Lang;
use crate::tr;

const STYLE: &str = include_str!("style.css");

/// Nothing may be fetched, run, embedded or sent; only the file's own style sheet is used.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; \
                      script-src 'sha256-DqPP8BCLKjDgi/uqRHvZ5Y/F6MhbF671AywmQHMPEfY='; \
                      base-uri 'none'; form-action 'none'";

/// The search of long pages. Browsers run it by its hash in [`POLICY`], and no other script.
const SEARCH: &str = include_str!("search.js");

/// HTML: one file, with charts as SVG and each figure a link to what it was counted from.
pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn is_text(&self) -> bool {
        true
    }

    fn shows_sources(&self) -> bool {
        true
    }

    fn render(&self, document: &Document) -> io::Result<Vec<u8>> {
        let mut page = Page {
            document,
            places: BTreeMap::new(),
            figures: 0,
            charts: 0,
            tables: 0,
            parts: 0,
        };
        Ok(page.render().into_string().into_bytes())
    }
}

/// The page while it is written.
struct Page<'d> {
    document: &'d Document,
    /// Where in the text each figure was printed, by its key.
    places: BTreeMap<&'d str, Vec<usize>>,
    /// How many figures, charts and tables were written so far: their numbers make the ids.
    figures: usize,
    charts: usize,
    tables: usize,
    /// How many titles and headings of the first level, which the contents lead to.
    parts: usize,
}

/// A page with more parts than this has contents.
const PARTS_WITHOUT_CONTENTS: usize = 5;

/// A page with more rows and cards than this can be searched, and so can one with contents.
const ROWS_WITHOUT_SEARCH: usize = 20;

impl<'d> Page<'d> {
    fn lang(&self) -> Lang {
        self.document.lang
    }

    /// The id of the next title or heading.
    fn next_part(&mut self) -> String {
        self.parts += 1;
        format!("part-{}", self.parts)
    }

    /// What the contents lead to: the places and texts of the headings, or of the titles where there are many papers.
    fn headings(&self) -> Vec<(usize, String)> {
        let titles = self.document.blocks.iter();
        let titles = titles
            .filter(|block| matches!(block, Block::Title(_)))
            .count();
        let headings = self.document.blocks.iter().filter_map(|block| match block {
            Block::Title(text) => Some((true, inline_text(text))),
            Block::Heading { level: 0 | 1, text } => Some((false, inline_text(text))),
            _ => None,
        });
        headings
            .enumerate()
            .filter(|(_, (is_title, _))| if titles > 1 { *is_title } else { !is_title })
            .map(|(at, (_, text))| (at + 1, text))
            .collect()
    }

    fn contents(&self, headings: &[(usize, String)]) -> Markup {
        html! {
            nav.contents aria-label=(tr!(self.lang(), "report-contents")) {
                details {
                    summary { (tr!(self.lang(), "report-contents")) }
                    ol {
                        @for (at, text) in headings {
                            li { a href={ "#part-" (at) } { (text) } } "\n"
                        }
                    }
                }
            }
        }
    }

    /// The search box, which its script shows.
    fn search_box(&self) -> Markup {
        html! {
            div.search role="search" hidden {
                label { (tr!(self.lang(), "report-search")) " " input type="search" autocomplete="off"; } " "
                output {}
            }
            "\n"
        }
    }

    /// How many rows and cards there are.
    fn rows(&self) -> usize {
        let rows = self.document.blocks.iter().map(|block| match block {
            Block::Table(table) => table.rows.len(),
            Block::Cards(sheet) => sheet.cards.len(),
            _ => 0,
        });
        rows.sum()
    }

    fn render(&mut self) -> Markup {
        let document = self.document;
        let lang = document.lang;
        let headings = self.headings();
        let has_contents = headings.len() > PARTS_WITHOUT_CONTENTS;
        let has_search = has_contents || self.rows() > ROWS_WITHOUT_SEARCH;
        let has_title = document
            .blocks
            .iter()
            .any(|block| matches!(block, Block::Title(_)));
        html! {
            (DOCTYPE)
            html lang=(document.language_tag()) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    title { (document.title) }
                    style { (PreEscaped(STYLE)) }
                }
                body class=(page_class(document.page)) {
                    a.skip href="#content" { (tr!(lang, "report-skip")) } "\n"
                    @if has_search { (self.search_box()) }
                    @if has_contents { (self.contents(&headings)) }
                    main id="content" tabindex="-1" { "\n"
                        @if !has_title {
                            h1.hidden { (document.title) }
                        }
                        (self.blocks(&document.blocks))
                    }
                    (self.sources())
                    @if has_search { script { (PreEscaped(SEARCH)) } }
                }
            }
        }
    }
}

fn page_class(page: PageStyle) -> &'static str {
    match page {
        PageStyle::Official => "official",
        PageStyle::Letter => "official letter",
        PageStyle::Plain => "plain",
        PageStyle::Landscape => "plain landscape",
        PageStyle::Cards => "plain sheet",
    }
}

#[cfg(test)]
mod tests {
    use base64::prelude::{BASE64_STANDARD, Engine};
    use sha2::{Digest, Sha256};

    use super::{POLICY, SEARCH};

    #[test]
    fn browsers_run_the_search_by_its_hash() {
        let hash = BASE64_STANDARD.encode(Sha256::digest(SEARCH));
        assert!(POLICY.contains(&format!("'sha256-{hash}'")), "{hash}");
    }
}
