//! Variant characters: matches traditional characters with simplified ones.
//!
//! Without a conversion table: a character outside of GB 2312, the set of simplified characters, matches any with the
//! same pinyin. So 趙 and 劉 match 赵 and 刘, while two simplified characters never match one another.

use encoding_rs::GBK;
use pinyin::ToPinyinMulti;

/// The pinyin readings of a character, without tones.
pub(super) fn sounds(c: char) -> impl Iterator<Item = &'static str> {
    let readings = if c.is_ascii() {
        None
    } else {
        c.to_pinyin_multi()
    };
    readings
        .into_iter()
        .flatten()
        .map(|reading| reading.plain())
}

/// Whether two folded characters are equal or variants of each other.
pub(super) fn is_same(one: char, other: char) -> bool {
    one == other
        || !one.is_ascii()
            && !other.is_ascii()
            && (is_unusual(one) || is_unusual(other))
            && sounds(one).any(|sound| sounds(other).any(|known| known == sound))
}

/// Whether two folded words are equal up to variant characters.
pub fn is_same_word(one: &str, other: &str) -> bool {
    one.chars().count() == other.chars().count()
        && one
            .chars()
            .zip(other.chars())
            .all(|(one, other)| is_same(one, other))
}

/// Whether a character is outside of GB 2312, whose characters have two high bytes in GBK.
pub(super) fn is_unusual(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, has_failed) = GBK.encode(c.encode_utf8(&mut buffer));
    has_failed || !matches!(bytes[..], [0xb0..=0xf7, 0xa1..=0xfe])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_characters_stand_for_simplified_ones() {
        for (one, other) in [
            ("趙雪", "赵雪"),
            ("劉德貴", "刘德贵"),
            ("張曉明", "张晓明"),
            ("歐陽天佑", "欧阳天佑"),
            ("陳佳樂", "陈佳乐"),
            ("黃麗", "黄丽"),
            ("葉衛國", "叶卫国"),
            ("李昇", "李升"),
        ] {
            assert!(is_same_word(one, other), "{one}");
            assert!(is_same_word(other, one), "{one}");
        }
        for (one, other) in [
            ("章晓明", "张晓明"),
            ("趙雪", "赵血丝"),
            ("趙雨", "赵雪"),
            ("zhao", "赵赵赵赵"),
        ] {
            assert!(!is_same_word(one, other), "{one}");
        }
    }
}
