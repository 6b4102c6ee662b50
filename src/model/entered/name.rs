//! Names of people.

use super::narrow;
use crate::text::name::NAME_DOTS;

/// Normalizes a name: no blanks inside a Chinese name (张　三), and one form of the middle dot in transliterated names.
pub fn name(text: &str) -> String {
    let dotted: String = text
        .chars()
        .map(|c| if NAME_DOTS.contains(&c) { '·' } else { c })
        .collect();
    let narrow = narrow(&dotted);
    let is_latin = |c: char| c.is_ascii_alphabetic();
    let mut name = String::with_capacity(narrow.len());
    let mut chars = narrow.chars().peekable();
    while let Some(c) = chars.next() {
        // A blank separates words only between Latin letters.
        if c == ' '
            && !(name.ends_with(|c: char| is_latin(c) || c == '.')
                && chars.peek().is_some_and(|c| is_latin(*c)))
        {
            continue;
        }
        name.push(c);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_inside_a_name_are_ignored() {
        for (text, kept) in [
            ("张　三", "张三"),
            (" 张 三 丰 ", "张三丰"),
            ("阿依古丽•买买提", "阿依古丽·买买提"),
            ("Anna  Li", "Anna Li"),
            ("张\u{200b}三", "张三"),
            ("买买提 · 阿里", "买买提·阿里"),
        ] {
            assert_eq!(name(text), kept, "{text}");
        }
    }
}
