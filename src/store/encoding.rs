//! Checks of a text below the level of TOML: byte order mark, line ends, Unicode normalization.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::rules::syntax;
use crate::diagnostic::{Finding, Fix, Place};
use crate::text::sanitize;

/// The byte order mark, which some editors write at the beginning of UTF-8 files.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// The byte order mark and line ends of a text, which `toml_edit` does not preserve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineEnds {
    /// Whether the text begins with a byte order mark.
    pub has_mark: bool,
    /// Whether every line ends with `\r\n`.
    pub carriage_returns: bool,
}

impl LineEnds {
    /// Detects them in a text.
    pub fn of(text: &str) -> LineEnds {
        LineEnds {
            has_mark: text.starts_with(BYTE_ORDER_MARK),
            carriage_returns: text.contains('\n')
                && text.matches('\n').count() == text.matches("\r\n").count(),
        }
    }

    /// Removes them from a text.
    pub fn without(self, text: &str) -> String {
        let body = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        if self.carriage_returns {
            body.replace("\r\n", "\n")
        } else {
            body.to_owned()
        }
    }

    /// Adds them to a text.
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

/// Whether a text may contain something that [`super::check::inspect`] or the check of control characters reports.
/// False for texts of plain ASCII, Chinese and Chinese punctuation, which need no closer look.
pub fn needs_inspection(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Every suspect character begins with one of these bytes: escapes, carriage returns, two-byte characters with
    // combining marks, compatibility ideographs, invisible characters. Written without branches so that the compiler
    // vectorizes it.
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
        // U+2000–203F contains directional marks as well as quotation marks and dashes: only the half with the latter
        // is harmless.
        let marks = u8::from(lead == 0xe2) & (u8::from(next < 0x93) | u8::from(next == 0xab));
        // Japanese marks, and compatibility ideographs, presentation forms and the byte order mark.
        let japanese = u8::from(lead == 0xe3) & u8::from(next & 0xfe == 0x82);
        let forms = u8::from(lead == 0xef) & (u8::from(next < 0xbc) | u8::from(next == 0xbf));
        doubtful | marks | japanese | forms
    });
    doubtful > 0 && is_nfc_doubtful(text)
}

/// The exact check of a text with rare bytes.
fn is_nfc_doubtful(text: &str) -> bool {
    !is_nfc(text) || sanitize::control_character(text).is_some() || text.contains(BYTE_ORDER_MARK)
}

/// Returns the findings about the encoding of a readable text: byte order mark, line ends, normalization.
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
