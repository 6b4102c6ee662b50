//! Making text from records safe: first cleaned of what nobody can see, then escaped for Markdown.

use std::borrow::Cow;

/// Text without what cannot be seen or would change how its neighbours are read: control characters, marks of
/// writing direction, byte-order marks and noncharacters. Every kind of line end becomes `\n`, a tab a space;
/// lines lose the blanks around them, and empty lines go.
pub fn clean(text: &str) -> String {
    let kept: String = visible(text).into_owned();
    kept.split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Text from a record as Markdown that stands for exactly [`clean`]`(text)`, wherever inline text may stand:
/// in a paragraph, a heading, a list item, a table cell, a signature, the text of a link.
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

/// Cell borders, and what could come to stand before one; a newline ends a table's row and a heading.
/// These are character references, because a table's rows are cut before escapes are read.
const SPECIAL_IN_TABLES: [char; 3] = ['|', '\\', '\n'];

/// A number that was counted from records, as Markdown: a link that [`super::parse`] reads as a [`super::Figure`].
pub fn figure(key: &str, text: &str) -> String {
    format!("[{}](<figure:{}>)", escape(text), escape(key))
}

/// Text without the characters that [`clean`] takes away, its line ends made `\n` and its tabs spaces.
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

/// Marks of direction (Unicode UAX #9), invisible operators, tags, and code points that are no characters.
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
    fn cleaning_takes_what_cannot_be_seen_and_keeps_the_rest() {
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
    fn escaping_keeps_cell_borders_and_line_ends_from_being_structure() {
        assert_eq!(escape("a|b\\\nc"), "a&#124;b&#92;&#10;c");
        assert_eq!(escape("# *x*"), "\\# \\*x\\*");
        assert_eq!(escape(""), "");
    }
}
