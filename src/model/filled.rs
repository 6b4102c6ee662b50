//! Normalization of names and numbers for comparison, and detection of placeholders.

use unicode_normalization::UnicodeNormalization;

use crate::text::name::NAME_DOTS;

/// Normalizes a name or a number for comparison: no blanks or invisible characters, full-width forms as ordinary ones
/// (NFKC), all variants of the middle dot as `·`, the check character of an id number as X.
pub fn folded(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_digit() || ('\u{4e00}'..='\u{9fff}').contains(&c);
    if text.chars().all(is_plain) {
        return text.to_owned();
    }
    text.nfkc().filter_map(folded_char).collect()
}

fn folded_char(c: char) -> Option<char> {
    match c {
        'x' => Some('X'),
        c if c == '.' || NAME_DOTS.contains(&c) => Some('·'),
        c if c.is_whitespace() || c.is_control() => None,
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{180e}' => None,
        c => Some(c),
    }
}

/// Words for an empty value, [`folded`] and in upper case.
const EMPTY_WORDS: &[&str] = &[
    "无",
    "没有",
    "不详",
    "未知",
    "暂无",
    "暂缺",
    "不知",
    "不知道",
    "不清楚",
    "不明",
    "未填",
    "未登记",
    "未提供",
    "待补",
    "待填",
    "待定",
    "空",
    "空白",
    "缺",
    "无数据",
    "NA",
    "NULL",
    "NONE",
    "NIL",
    "UNKNOWN",
];

/// Characters written instead of a value, or around such a word.
const EMPTY_MARKS: &[char] = &[
    '-', '—', '–', '―', '/', '\\', '·', '*', '?', '_', '…', '(', ')', '#',
];

/// Phone numbers in common use as placeholders.
const PLACEHOLDER_NUMBERS: &[&str] = &["13800000000", "13800138000"];

/// A number of at least this many equal digits is a placeholder.
const MIN_EQUAL_DIGITS: usize = 7;

/// Whether a text stands for an empty value in any field: `无`, `-`, `N/A`, but not a tick or a number. False for an
/// empty text.
pub fn says_nothing(text: &str) -> bool {
    let mut word = folded(text).to_uppercase();
    let is_written = !word.is_empty();
    word.retain(|c| !EMPTY_MARKS.contains(&c));
    is_written && (word.is_empty() || EMPTY_WORDS.contains(&&*word))
}

/// Whether a text in place of a name or a number is a placeholder: one for an empty value (see [`says_nothing`]), the
/// error of a spreadsheet, `13800138000`, eleven equal digits. False for an empty text.
pub fn is_placeholder(text: &str) -> bool {
    let text = folded(text).to_uppercase();
    let number = text.strip_prefix("+86").unwrap_or(&text);
    let word: String = number.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_spreadsheet_error =
        text.starts_with('#') && word.chars().all(|c| c.is_ascii_uppercase());
    !text.is_empty()
        && (word.is_empty()
            || is_spreadsheet_error
            || says_nothing(&text)
            || PLACEHOLDER_NUMBERS.contains(&&*word)
            || is_one_digit(&word))
}

fn is_one_digit(word: &str) -> bool {
    let first = word.chars().next();
    word.len() >= MIN_EQUAL_DIGITS && word.chars().all(|c| c.is_ascii_digit() && Some(c) == first)
}

/// Whether a name or a number is given: neither empty nor a placeholder.
pub fn is_filled(text: &str) -> bool {
    !folded(text).is_empty() && !is_placeholder(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_are_equal() {
        for (a, b) in [
            ("张三", "张　三"),
            ("张三", " 张 三\u{200b}"),
            ("阿依古丽·买买提", "阿依古丽•买买提"),
            ("阿依古丽·买买提", "阿依古丽．买买提"),
            ("阿依古丽·买买提", "阿依古丽・买买提"),
            ("11010519491231002X", "１１０１０５１９４９１２３１００２ｘ"),
            ("G12345", "Ｇ１２３４５"),
        ] {
            assert_eq!(folded(a), folded(b), "{a} {b}");
        }
        assert_ne!(folded("张三"), folded("张三丰"));
        assert_ne!(folded("Li"), folded("li"));
    }

    #[test]
    fn empty_words_differ_from_ticks_and_numbers() {
        for text in [
            "无",
            "（无）",
            "(空白)",
            "－",
            "——",
            "N/A",
            "n.a.",
            "#N/A",
            "？",
            "/",
        ] {
            assert!(says_nothing(text) && is_placeholder(text), "{text}");
        }
        for text in [
            "√",
            "×",
            "□",
            "♂",
            "0",
            "1111111",
            "13800138000",
            "无锡",
            "不",
            "",
        ] {
            assert!(!says_nothing(text), "{text}");
        }
    }

    #[test]
    fn placeholders_are_not_filled() {
        for text in [
            "无",
            " 无 ",
            "没有",
            "不详",
            "未知",
            "暂无",
            "-",
            "—",
            "－－",
            "/",
            "／",
            "N/A",
            "n/a",
            "#N/A",
            "#REF!",
            "13800000000",
            "138-0013-8000",
            "+86 13800138000",
            "11111111111",
            "００００００００００００",
            "？",
            "。",
            "NULL",
        ] {
            assert!(is_placeholder(text) && !is_filled(text), "{text}");
        }
        for text in ["", " ", "　", "\u{200b}"] {
            assert!(!is_placeholder(text) && !is_filled(text), "{text:?}");
        }
        for text in [
            "吴无忌",
            "无锡",
            "13900000001",
            "0851-1234567",
            "张三",
            "N",
            "奶奶",
            "110",
            "1111",
            "阿·古",
            "Ann",
        ] {
            assert!(is_filled(text) && !is_placeholder(text), "{text}");
        }
    }
}
