//! Walks the tags and texts of an XML part, with their byte ranges.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// A tag or a text.
pub(super) enum Token<'x> {
    /// The start of an element.
    Start(BytesStart<'x>),
    /// An empty element.
    Empty(BytesStart<'x>),
    /// The end tag, by name.
    End(&'x str),
    /// A text, unescaped.
    Text(String),
}

/// Calls `visit` with each tag, and with each text inside the given elements.
///
/// # Errors
///
/// The part is not XML.
pub(super) fn walk(
    xml: &str,
    text_elements: &[&str],
    visit: &mut dyn FnMut(Token<'_>, Range<usize>),
) -> Result<(), quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let mut in_text = false;
    let mut end = 0;
    loop {
        let start = end;
        let event = reader.read_event()?;
        end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let bytes = start..end;
        match event {
            Event::Start(tag) => {
                in_text |= text_elements.contains(&tag.name().as_ref());
                visit(Token::Start(tag), bytes);
            }
            Event::Empty(tag) => visit(Token::Empty(tag), bytes),
            Event::End(tag) => {
                in_text &= !text_elements.contains(&tag.name().as_ref());
                visit(Token::End(tag.name().as_ref()), bytes);
            }
            Event::Text(_) | Event::GeneralRef(_) if in_text => {
                visit(Token::Text(unescaped(&xml[bytes.clone()])), bytes);
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Unescapes a text; returns it unchanged if that fails.
pub(super) fn unescaped(raw: &str) -> String {
    unescape(raw).map_or_else(|_| raw.to_owned(), Into::into)
}
