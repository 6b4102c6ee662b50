//! Characters of which one stands for the other: traditional and simplified ones.
//!
//! Which traditional character is which simplified one no list says here: a character that is not in GB 2312, the set
//! of simplified writing, stands for any that sounds alike. So 趙 and 劉 stand for 赵 and 刘, and two characters of
//! simplified writing never for one another.

use encoding_rs::GBK;
use pinyin::ToPinyinMulti;

/// How a character sounds, in each of its readings, without tones.
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

/// Whether two characters of folded texts are the same, or one may stand for the other.
pub(super) fn is_same(one: char, other: char) -> bool {
    one == other
        || !one.is_ascii()
            && !other.is_ascii()
            && (is_unusual(one) || is_unusual(other))
            && sounds(one).any(|sound| sounds(other).any(|known| known == sound))
}

/// Whether two words of folded texts are the same but for such characters.
pub fn is_same_word(one: &str, other: &str) -> bool {
    one.chars().count() == other.chars().count()
        && one
            .chars()
            .zip(other.chars())
            .all(|(one, other)| is_same(one, other))
}

/// Whether simplified writing does not have a character: of those of GB 2312 both bytes in GBK are high ones.
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
