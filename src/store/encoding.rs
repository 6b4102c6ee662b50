//! What can be said of a text without reading it as TOML: byte order mark, line ends, normal form.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::rules::syntax;
use crate::diagnostic::{Finding, Fix, Place};
use crate::text::sanitize;

/// The mark that some editors put at the beginning of UTF-8 files.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// What the library does not keep of a text: it writes `\n` alone, and no byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineEnds {
    /// Whether the text begins with a byte order mark.
    pub has_mark: bool,
    /// Whether every line ends with `\r\n`.
    pub carriage_returns: bool,
}

impl LineEnds {
    /// Those of a text.
    pub fn of(text: &str) -> LineEnds {
        LineEnds {
            has_mark: text.starts_with(BYTE_ORDER_MARK),
            carriage_returns: text.contains('\n')
                && text.matches('\n').count() == text.matches("\r\n").count(),
        }
    }

    /// The text without them, for the library.
    pub fn without(self, text: &str) -> String {
        let body = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        if self.carriage_returns {
            body.replace("\r\n", "\n")
        } else {
            body.to_owned()
        }
    }

    /// A text of the library with them.
    pub fn with(self, text: &str) -> String {
        let mut text = if self.carriage_returns {
            text.replace('\n', "\r\n")
        } else {
            text.to_owned()
        };
        if self.has_mark {
            text.insert(0, BYTE_ORDER_MARK);
        }
        text
    }
}

/// Whether a text may hold something that [`super::check::inspect`] or the check of control characters finds: such a
/// text is looked at closely, the others not. Plain ASCII, Chinese and its punctuation are ordinary.
pub fn needs_inspection(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Every suspect begins with one of these bytes: an escape, a carriage return, the two-byte letters with
    // their combining marks, the blocks of compatibility ideographs and of marks that are not seen.
    // Without branches, so that the compiler looks at many bytes at once.
    let rare = bytes.iter().fold(0, |rare, &byte| {
        rare | u8::from(byte == b'\\')
            | u8::from(byte == b'\r')
            | u8::from(byte == 0x7f)
            | u8::from(byte.wrapping_sub(0xc2) <= 0xe1 - 0xc2)
            | u8::from(byte.wrapping_sub(0xea) <= 0xee - 0xea)
            | u8::from(byte >= 0xf0)
    });
    if rare > 0 {
        return true;
    }
    let Some((_, after)) = bytes.split_first() else {
        return false;
    };
    let doubtful = bytes.iter().zip(after).fold(0, |doubtful, (&lead, &next)| {
        // U+2000–203F hold quotes and dashes beside marks of direction: only the quotes' half is ordinary.
        let marks = u8::from(lead == 0xe2) & (u8::from(next < 0x93) | u8::from(next == 0xab));
        // Marks of Japanese, and compatibility ideographs, presentation forms, the byte order mark.
        let japanese = u8::from(lead == 0xe3) & u8::from(next & 0xfe == 0x82);
        let forms = u8::from(lead == 0xef) & (u8::from(next < 0xbc) | u8::from(next == 0xbf));
        doubtful | marks | japanese | forms
    });
    doubtful > 0 && is_nfc_doubtful(text)
}

/// The second, exact look at a text with rare bytes in it.
fn is_nfc_doubtful(text: &str) -> bool {
    !is_nfc(text) || sanitize::control_character(text).is_some() || text.contains(BYTE_ORDER_MARK)
}

/// What is not as it should be about a text that may well be read: byte order mark, line ends, normal form.
pub fn check_encoding(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let body = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let fixed = || Some(Fix::Rewrite(body.replace("\r\n", "\n")));
    if body.len() != text.len() {
        let place = Place::Span(0..BYTE_ORDER_MARK.len_utf8());
        let finding = Finding::new(&syntax::BOM_OR_CRLF, path, place);
        findings.push(finding.says(&syntax::BYTE_ORDER_MARK).fix(fixed()));
    } else if let Some(at) = text.find("\r\n") {
        let place = Place::Span(at..at + "\r\n".len());
        findings.push(Finding::new(&syntax::BOM_OR_CRLF, path, place).fix(fixed()));
    }
    if !is_nfc(text) {
        let composed: String = text.nfc().collect();
        let at = text
            .char_indices()
            .zip(composed.chars())
            .find(|((_, a), b)| a != b)
            .map_or(0, |((at, _), _)| at);
        let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
        let finding = Finding::new(&syntax::NOT_NFC, path, Place::Span(at..end));
        findings.push(finding.fix(Some(Fix::Rewrite(composed))));
    }
    findings
}
