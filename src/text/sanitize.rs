//! Control characters and other invisible characters.

use std::borrow::Cow;
use std::fmt::Write;

/// Returns the first character that is not allowed in a record, with its byte position.
pub fn control_character(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, c)| {
        c.is_control() && !matches!(c, '\n' | '\t') || is_direction(*c) || *c == '\u{feff}'
    })
}

/// Whether a character is a bidirectional formatting character, or a Unicode line or paragraph separator.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character is invisible and can hide or disguise text; not the zero-width joiner, which emoji need.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200c}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{ad}' | '\u{180e}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Escapes a text as one line for a terminal: control characters as `\u{1b}`, line ends as `
/// `.
pub fn terminal(text: &str) -> Cow<'_, str> {
    escaped(text, false)
}

/// Like [`terminal`], but keeps line ends.
pub fn terminal_lines(text: &str) -> Cow<'_, str> {
    escaped(text, true)
}

fn escaped(text: &str, lines: bool) -> Cow<'_, str> {
    let is_escaped = |c: char| match c {
        ' '..='~' => false,
        '\n' | '\t' if lines => false,
        c => c.is_control() || is_direction(c) || is_invisible(c),
    };
    if !text.chars().any(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' if !lines => safe.push('⏎'),
            '\t' if !lines => safe.push(' '),
            c if is_escaped(c) => {
                // Writing to a string cannot fail.
                let _ = write!(safe, "{}", c.escape_unicode());
            }
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped() {
        for (text, shown) in [
            ("\u{1b}[31m红", "\\u{1b}[31m红"),
            ("a\u{202e}b", "a\\u{202e}b"),
            ("一\n二", "一⏎二"),
            ("a\u{200b}b", "a\\u{200b}b"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("a\rb\u{7}", "a\\u{d}b\\u{7}"),
        ] {
            assert_eq!(terminal(text), shown);
        }
        assert_eq!(terminal_lines("一\n\u{1b}]0;x"), "一\n\\u{1b}]0;x");
    }

    #[test]
    fn ordinary_text_is_unchanged() {
        for text in [
            "张小明（四年级）",
            "“好”，她说。",
            "👨‍👩‍👧 é ü ㊗",
            "　全角空格",
        ] {
            assert!(matches!(terminal(text), Cow::Borrowed(_)), "{text}");
            assert_eq!(control_character(text), None);
        }
    }
}
