//! Characters that do something instead of being shown.

use std::borrow::Cow;
use std::fmt::Write;

/// The first character that a text of a record may not hold, with its place in bytes.
pub fn control_character(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, c)| {
        c.is_control() && !matches!(c, '\n' | '\t') || is_direction(*c) || *c == '\u{feff}'
    })
}

/// Marks that turn the direction of the text around them, and the separators that break lines unseen.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// Characters without a picture of their own, which can hide or disguise text; the joiner of emoji is none.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200c}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{ad}' | '\u{180e}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A text as one line for a terminal: what would do something is written as its code, `\u{1b}`.
pub fn terminal(text: &str) -> Cow<'_, str> {
    escaped(text, false)
}

/// Like [`terminal`], for text of several lines: line ends stay.
pub fn terminal_lines(text: &str) -> Cow<'_, str> {
    escaped(text, true)
}

fn escaped(text: &str, lines: bool) -> Cow<'_, str> {
    let does_something = |c: char| match c {
        ' '..='~' => false,
        '\n' | '\t' if lines => false,
        c => c.is_control() || is_direction(c) || is_invisible(c),
    };
    if !text.chars().any(does_something) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' if !lines => safe.push('⏎'),
            '\t' if !lines => safe.push(' '),
            c if does_something(c) => {
                // Writing to a string does not fail.
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
    fn what_would_do_something_is_shown_as_its_code() {
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
    fn what_people_write_is_left_alone() {
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
