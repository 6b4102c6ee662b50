//! Display width in terminal cells: a Chinese character takes two.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Returns the width of a single-line text in cells.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Truncates a text to a width, with `…` in place of what is cut off.
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

/// Wraps a single-line text to a width; Latin words are only broken if longer than a line.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in words(text) {
        let wide = width(word);
        if used > 0 && used + width(word.trim_end()) > room {
            lines.push(String::new());
            used = 0;
        }
        if wide > room {
            for c in word.chars() {
                let wide = c.width().unwrap_or(0);
                if used + wide > room {
                    lines.push(String::new());
                    used = 0;
                }
                used += wide;
                lines.last_mut().into_iter().for_each(|line| line.push(c));
            }
        } else {
            used += wide;
            lines
                .last_mut()
                .into_iter()
                .for_each(|line| line.push_str(word));
        }
    }
    lines
        .iter()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// Splits a text where a line may break: after blanks and slashes, and around wide characters, but not before closing
/// punctuation.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_wide = |c: char| c.width() == Some(2);
    let is_end = |c: char| "，。、；：？！）”》".contains(c);
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut before = rest.chars().next()?;
        let ends = rest.char_indices().skip(1).find(|(_, c)| {
            let ends = (matches!(before, ' ' | '/') && *c != ' ')
                || ((is_wide(before) || is_wide(*c)) && !is_end(*c) && *c != ' ');
            before = *c;
            ends
        });
        let (word, after) = rest.split_at(ends.map_or(rest.len(), |(at, _)| at));
        rest = after;
        Some(word)
    })
}

/// Pads a text with spaces to a width.
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

    #[test]
    fn lines_break_between_words_and_not_before_punctuation() {
        assert_eq!(wrap("奶奶腰疼好些了。", 8), ["奶奶腰疼", "好些了。"]);
        assert_eq!(wrap("奶奶腰疼，好", 8), ["奶奶腰", "疼，好"]);
        assert_eq!(wrap("all is well", 6), ["all is", "well"]);
        assert_eq!(wrap("unbreakable", 4), ["unbr", "eaka", "ble"]);
        assert_eq!(wrap("", 4), [""]);
    }
}
