//! How wide text is in the cells of a terminal: a Chinese character takes two.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The width of a text of one line, in cells.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text cut to a width, with `…` where something was cut off.
pub fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    if width(text) <= limit {
        return Cow::Borrowed(text);
    }
    let mut room = limit.saturating_sub(1);
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let wide = c.width().unwrap_or(0);
        if wide > room {
            break;
        }
        room -= wide;
        end = at + c.len_utf8();
    }
    Cow::Owned(format!("{}…", &text[..end]))
}

/// The text with spaces behind it up to a width.
pub fn pad(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_takes_two_cells() {
        assert_eq!(width("张a"), 3);
        assert_eq!(pad("张a", 5), "张a  ");
        assert_eq!(cut("张小明", 6), "张小明");
        assert_eq!(cut("张小明", 5), "张小…");
        assert_eq!(cut("张小明", 4), "张…");
    }
}
