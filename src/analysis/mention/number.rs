//! Personal numbers in text: phones, identity cards, bank cards, in any notation.

use std::ops::Range;

/// A character of a folded text, with its byte range in the original.
#[derive(Clone, Copy, Debug)]
pub(super) struct Char {
    pub(super) c: char,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The maximum number of separators between two groups of digits.
const MAX_SEPARATORS: usize = 3;

/// The maximum number of digit groups in a number.
const MAX_GROUPS: usize = 12;

/// A number found: the characters it takes, and its digits.
#[derive(Debug)]
pub(super) struct Number {
    pub(super) taken: Range<usize>,
    pub(super) digits: String,
}

/// Whether a character is a common separator of digits.
pub(super) fn is_separator(c: char) -> bool {
    matches!(
        c,
        '-' | '.'
            | '/'
            | '_'
            | '('
            | ')'
            | '['
            | ']'
            | '~'
            | '*'
            | '+'
            | '\''
            | '—'
            | '―'
            | '‐'
            | '‑'
            | '‒'
            | '–'
            | '−'
            | '⁃'
            | '﹣'
            | '〜'
            | '【'
            | '】'
            | '〔'
            | '〕'
            | '|'
            | '\\'
    )
}

/// The value of a digit, including Chinese ones.
fn digit(c: char) -> Option<char> {
    Some(match c {
        '0'..='9' => c,
        '〇' | '零' | '○' => '0',
        '一' | '壹' | '幺' => '1',
        '二' | '贰' => '2',
        '三' | '叁' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' => '6',
        '七' | '柒' => '7',
        '八' | '捌' => '8',
        '九' | '玖' => '9',
        '٠'..='٩' => char::from(b'0' + u8::try_from(u32::from(c) - 0x660).ok()?),
        _ => return None,
    })
}

/// Whether a character is a digit in any script or width.
pub(super) fn is_digit(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_digit(),
        // Fast path: other Chinese characters are not digits, and looking them up is slow.
        '\u{4e00}'..='\u{9fff}' | '，' | '。' => digit(c).is_some(),
        _ => digit(c).is_some() || c.is_numeric(),
    }
}

/// The value of a digit written in the same script as another: `13九` is not a number.
fn digit_like(c: char, other: char) -> Option<char> {
    digit(c).filter(|_| c.is_ascii_digit() == other.is_ascii_digit())
}

/// Whether a group of digits begins at an index: no digit directly precedes it.
fn begins(text: &[Char], at: usize) -> bool {
    let is_first =
        |before: Char| digit_like(before.c, text[at].c).is_none() || before.end != text[at].start;
    digit(text[at].c).is_some()
        && at
            .checked_sub(1)
            .is_none_or(|before| is_first(text[before]))
}

/// Returns the longest personal number that begins at an index of a folded text. `hint` says that the words before it
/// suggest a phone; then seven or eight digits are one too.
pub(super) fn number_at(text: &[Char], at: usize, hint: bool) -> Option<Number> {
    if !begins(text, at) {
        return None;
    }
    let first = text[at].c;
    let digit_at = |at: usize| text.get(at).and_then(|char| digit_like(char.c, first));
    let is_check = |at: usize| text.get(at).is_some_and(|char| matches!(char.c, 'x' | '×'));
    let mut digits = String::new();
    let mut found = None;
    let mut first_group = None;
    let mut next = at;
    for _ in 0..MAX_GROUPS {
        let group = next;
        while let Some(digit) = digit_at(next) {
            if next > group && text[next - 1].end != text[next].start {
                break;
            }
            digits.push(digit);
            next += 1;
        }
        let mut end = next;
        // The separators up to the next group, if they are few enough for both to be one number.
        let is_more = |at: &usize| text.get(*at).is_some_and(|char| is_separator(char.c));
        let marks = (next..next + MAX_SEPARATORS).take_while(is_more).count();
        let mut number = digits.clone();
        if number.len() == 17 {
            // The check character may stand apart: 110105 19491231 002 X.
            if let Some(check) = [next, next + marks].into_iter().find(|at| is_check(*at)) {
                number.push('x');
                end = check + 1;
            }
        }
        first_group = first_group.or(Some(digits.len()));
        // An area code has at least three digits: 07-10—2026-08-25 is a pair of dates.
        let is_of_days = number.starts_with('0')
            && (10..=12).contains(&number.len())
            && first_group.is_some_and(|digits| digits < 3);
        let is_one = is_personal(&number) && !is_of_days;
        if is_one || (hint && matches!(number.len(), 7 | 8)) {
            found = Some(Number {
                taken: at..end,
                digits: number,
            });
        }
        next += marks;
        if digit_at(next).is_none() {
            break;
        }
    }
    found
}

/// Whether digits look like a phone, identity card or bank card number.
fn is_personal(number: &str) -> bool {
    let is_mobile = |number: &str| {
        number.len() == 11
            && number.starts_with('1')
            && number[1..].starts_with(['3', '4', '5', '6', '7', '8', '9'])
    };
    let is_landline = |number: &str| {
        (10..=12).contains(&number.len())
            && number.starts_with('0')
            && !number[1..].starts_with('0')
    };
    let abroad = ["0086", "86"]
        .iter()
        .find_map(|prefix| number.strip_prefix(prefix));
    let is_abroad = abroad.is_some_and(|rest| {
        let is_area =
            matches!(rest.len(), 10 | 11) && rest.starts_with(['2', '3', '5', '7', '8', '9']);
        is_mobile(rest) || is_area || is_landline(rest)
    });
    match number.len() {
        15 => is_day(&format!("19{}", &number[6..12])),
        18 => is_day(&number[6..14]),
        16 | 19 => number.starts_with("62"),
        _ => is_mobile(number) || is_landline(number) || is_abroad,
    }
}

/// Whether digits have the length and date of an identity card number.
pub(super) fn is_card(number: &str) -> bool {
    number.len() == 18 && is_personal(number)
}

/// Whether eight digits are a plausible date of birth.
fn is_day(digits: &str) -> bool {
    let part = |range: Range<usize>| digits.get(range)?.parse::<u32>().ok();
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(4..6), part(6..8)) else {
        return false;
    };
    (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}
