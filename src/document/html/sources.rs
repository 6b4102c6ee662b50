//! The appendix: the records behind each figure, with links back to the text.

use maud::{Markup, html};

use super::super::sources::{Counted, Source};
use super::Page;
use super::blocks::{lines, source_id};
use crate::tr;

/// Longer lists of records are collapsed.
const MAX_EXPANDED_RECORDS: usize = 12;

impl Page<'_> {
    /// Renders the appendix; empty if no figure in the text has sources.
    pub(super) fn sources(&self) -> Markup {
        let lang = self.lang();
        let mut by_place: Vec<(&str, &[usize])> = self
            .places
            .iter()
            .map(|(key, places)| (*key, places.as_slice()))
            .collect();
        by_place.sort_by_key(|(_, places)| places.first().copied());
        html! {
            @if !self.places.is_empty() {
                section.sources aria-labelledby="sources" {
                    h2 id="sources" { (tr!(lang, "report-sources")) }
                    p { (tr!(lang, "report-sources-intro")) }
                    @for (key, places) in by_place {
                        @if let Some(counted) = self.document.sources.get(key) {
                            (self.counted(key, counted, places))
                        }
                    }
                }
            }
        }
    }

    fn counted(&self, key: &str, counted: &Counted, places: &[usize]) -> Markup {
        let lang = self.lang();
        let total = tr!(lang, "report-source-total", count = counted.total);
        let rest = counted.total.saturating_sub(counted.entries.len());
        html! {
            div.source {
                h3 { (lines(&counted.label)) " " code { (key) } }
                @if !counted.method.is_empty() {
                    p { (lines(&counted.method)) }
                }
                @if counted.entries.len() > MAX_EXPANDED_RECORDS {
                    // The link target is inside, so that following a link expands the list.
                    details {
                        summary { (total) }
                        div.target id=(source_id(key)) { (entries(&counted.entries)) }
                    }
                } @else {
                    div.target id=(source_id(key)) {
                        p { (total) }
                        (entries(&counted.entries))
                    }
                }
                @if rest > 0 && !counted.entries.is_empty() {
                    p { (tr!(lang, "report-source-rest", count = rest)) }
                }
                p.back {
                    @for (at, place) in places.iter().enumerate() {
                        a href={ "#figure-" (place) } aria-label=(tr!(lang, "report-source-back", at = at + 1)) {
                            "↩" (at + 1)
                        }
                        " "
                    }
                }
            }
        }
    }
}

fn entries(entries: &[Source]) -> Markup {
    html! {
        @if !entries.is_empty() {
            ul {
                @for entry in entries {
                    li {
                        code { (entry.id) }
                        @if let Some(text) = &entry.text {
                            " " (lines(text))
                        }
                    }
                }
            }
        }
    }
}
