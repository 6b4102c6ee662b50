//! HTML output: one self-contained file, without network access, fonts or images. A long page has a search box, driven
//! by an embedded script; without scripts the page is complete, but has no search box.
//!
//! Written with maud, which escapes all values; `maud::PreEscaped` is only used for the style sheet and the script.

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

/// The content security policy: nothing may be fetched, embedded or sent, and no script run except the search.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; \
                      script-src 'sha256-DqPP8BCLKjDgi/uqRHvZ5Y/F6MhbF671AywmQHMPEfY='; \
                      base-uri 'none'; form-action 'none'";

/// The script for searching long pages. [`POLICY`] allows it by its hash.
const SEARCH: &str = include_str!("search.js");

/// HTML: one file, with charts as SVG, and figures linked to the records behind them.
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

/// The state while a page is written.
struct Page<'d> {
    document: &'d Document,
    /// The numbers of the occurrences of each figure in the text, by key.
    places: BTreeMap<&'d str, Vec<usize>>,
    /// The number of figures, charts and tables so far, for their ids.
    figures: usize,
    charts: usize,
    tables: usize,
    /// The number of titles and top-level headings so far, for the links in the table of contents.
    parts: usize,
}

/// The maximum number of parts without a table of contents.
const PARTS_WITHOUT_CONTENTS: usize = 5;

/// The maximum number of rows and cards without a search box; a table of contents also brings one.
const ROWS_WITHOUT_SEARCH: usize = 20;

impl<'d> Page<'d> {
    fn lang(&self) -> Lang {
        self.document.lang
    }

    /// Returns the id of the next title or heading.
    fn next_part(&mut self) -> String {
        self.parts += 1;
        format!("part-{}", self.parts)
    }

    /// Returns the entries of the table of contents, with their numbers: the headings, or in a batch of papers the
    /// titles.
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

    /// Renders the search box, which is hidden unless its script runs.
    fn search_box(&self) -> Markup {
        html! {
            div.search role="search" hidden {
                label { (tr!(self.lang(), "report-search")) " " input type="search" autocomplete="off"; } " "
                output {}
            }
            "\n"
        }
    }

    /// Returns the number of rows and cards.
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
    fn the_policy_allows_the_search_script_by_hash() {
        let hash = BASE64_STANDARD.encode(Sha256::digest(SEARCH));
        assert!(POLICY.contains(&format!("'sha256-{hash}'")), "{hash}");
    }
}
