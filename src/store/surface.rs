//! What can be said of a text without reading it as TOML: byte order mark, line ends, normal form.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::diagnostic::{Finding, Fix, Message, Place};
use crate::text::sanitize;

/// The mark that some editors put at the beginning of UTF-8 files.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// Whether a text may hold something that [`super::check::inspect`] or the check of control characters finds: such a
/// text is looked at closely, the others not. Plain ASCII, Chinese and its punctuation are ordinary.
pub fn is_out_of_the_ordinary(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Every suspect begins with one of these bytes: an escape, a carriage return, the two-byte letters with
    // their combining marks, the blocks of compatibility ideographs and of marks that are not seen.
    let rare = bytes
        .iter()
        .filter(|byte| matches!(byte, b'\\' | b'\r' | 0x7f | 0xc2..=0xe1 | 0xea..=0xee | 0xf0..))
        .count();
    if rare > 0 {
        return true;
    }
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    pairs
        .filter(|(lead, next)| match **lead {
            // U+2000–203F hold quotes and dashes beside marks of direction: only the quotes' half is ordinary.
            0xe2 => **next < 0x93 || **next == 0xab,
            // Marks of Japanese, and compatibility ideographs, presentation forms, the byte order mark.
            0xe3 => **next == 0x82 || **next == 0x83,
            0xef => **next < 0xbc || **next == 0xbf,
            _ => false,
        })
        .count()
        > 0
        && (is_nfc_doubtful(text))
}

/// The second, exact look at a text with rare bytes in it.
fn is_nfc_doubtful(text: &str) -> bool {
    !is_nfc(text) || sanitize::control_character(text).is_some() || text.contains(BYTE_ORDER_MARK)
}

/// What is not as it should be about a text that may well be read: byte order mark, line ends, normal form.
pub fn surface(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let body = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let carriage_return = text.find("\r\n");
    if body.len() != text.len() || carriage_return.is_some() {
        let (place, id) = match carriage_return {
            _ if body.len() != text.len() => (
                Place::Span(0..BYTE_ORDER_MARK.len_utf8()),
                "rule-bom-or-crlf-bom",
            ),
            at => (
                Place::Span(at.unwrap_or(0)..at.unwrap_or(0) + 2),
                "rule-bom-or-crlf-crlf",
            ),
        };
        findings.push(
            Finding::new("bom-or-crlf", path, place, Message::new(id))
                .fix(Fix::Rewrite(body.replace("\r\n", "\n"))),
        );
    }
    if !is_nfc(text) {
        let composed: String = text.nfc().collect();
        let at = text
            .char_indices()
            .zip(composed.chars())
            .find(|((_, a), b)| a != b)
            .map_or(0, |((at, _), _)| at);
        let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
        findings.push(
            Finding::new(
                "not-nfc",
                path,
                Place::Span(at..end),
                Message::new("rule-not-nfc"),
            )
            .fix(Fix::Rewrite(composed)),
        );
    }
    findings
}
