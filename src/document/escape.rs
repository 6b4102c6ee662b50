//! Sanitizes text from records: removes invisible characters, then escapes Markdown.

use std::borrow::Cow;

/// Removes characters that are invisible or affect how others are displayed: control characters, bidirectional marks,
/// byte order marks and noncharacters. All line ends become `\n`, tabs become spaces; lines are trimmed and empty lines
/// removed.
pub fn clean(text: &str) -> String {
    let kept: String = visible(text).into_owned();
    kept.split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Escapes a text from a record as Markdown that renders as exactly [`clean`]`(text)` wherever inline text is allowed:
/// in a paragraph, heading, list item, table cell, signature or link.
pub fn escape(text: &str) -> String {
    let cleaned = clean(text);
    let mut escaped = String::with_capacity(cleaned.len() * 3 / 2);
    for part in cleaned.split_inclusive(SPECIAL_IN_TABLES) {
        let last = part
            .chars()
            .next_back()
            .filter(|c| SPECIAL_IN_TABLES.contains(c));
        let plain = &part[..part.len() - last.map_or(0, char::len_utf8)];
        escaped.push_str(&comrak::escape_commonmark_inline(plain));
        if let Some(special) = last {
            escaped.push_str(&format!("&#{};", u32::from(special)));
        }
    }
    escaped
}

/// Characters with a meaning in table cells: `|`, a backslash that could precede one, and a newline, which ends a row
/// or a heading. They become character references, because rows are split before backslash escapes are parsed.
const SPECIAL_IN_TABLES: [char; 3] = ['|', '\\', '\n'];

/// Formats a number counted from records as Markdown: a link that [`super::parse`] reads as a [`super::Figure`].
pub fn figure(key: &str, text: &str) -> String {
    format!("[{}](<figure:{}>)", escape(text), escape(key))
}

/// Removes the characters that [`clean`] removes, and converts line ends to `\n` and tabs to spaces.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && replacement(c) != Some(c)) {
        return Cow::Borrowed(text);
    }
    let unix = text.replace("\r\n", "\n");
    Cow::Owned(unix.chars().filter_map(replacement).collect())
}

fn replacement(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        c if c.is_control() || is_invisible(c) => None,
        c => Some(c),
    }
}

/// Whether a character is a bidirectional mark (Unicode UAX #9), an invisible operator, a tag or a noncharacter.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}')
        || (u32::from(c) & 0xfffe) == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning_removes_only_invisible_characters() {
        assert_eq!(
            clean("  王小芳\t三年级\r\n\r\n\u{3000}\u{3000}喜欢画画 "),
            "王小芳 三年级\n喜欢画画"
        );
        assert_eq!(
            clean("a\u{0}b\u{1b}[31mc\u{202e}d\u{2066}e\u{feff}f"),
            "ab[31mcdef"
        );
        assert_eq!(clean("👩\u{200d}👧 𠮷"), "👩\u{200d}👧 𠮷");
    }

    #[test]
    fn escaping_covers_cell_borders_and_line_ends() {
        assert_eq!(escape("a|b\\\nc"), "a&#124;b&#92;&#10;c");
        assert_eq!(escape("# *x*"), "\\# \\*x\\*");
        assert_eq!(escape(""), "");
    }
}
