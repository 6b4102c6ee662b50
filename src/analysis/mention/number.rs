//! Numbers in texts that may tell who somebody is: phones, identity cards, bank cards, however they are written.

use std::ops::Range;

/// A character of a folded text, with the bytes of the text that it was.
#[derive(Clone, Copy, Debug)]
pub(super) struct Char {
    pub(super) c: char,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// So many marks may stand between two groups of digits.
const MOST_MARKS: usize = 3;

/// A number of so many groups of digits is none of these.
const MOST_GROUPS: usize = 12;

/// A number that was found: which characters it takes, and its digits.
#[derive(Debug)]
pub(super) struct Number {
    pub(super) taken: Range<usize>,
    pub(super) digits: String,
}

/// Whether people write a character between the digits of a number.
pub(super) fn is_mark(c: char) -> bool {
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

/// The digit that a character is, also in Chinese.
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

/// Whether a character is a digit in some script or width.
pub(super) fn is_digit(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_digit(),
        // What most texts consist of: no other Chinese character is a number, which to look up takes long.
        '\u{4e00}'..='\u{9fff}' | '，' | '。' => digit(c).is_some(),
        _ => digit(c).is_some() || c.is_numeric(),
    }
}

/// The digit that a character is, where it is written as another is: `13九` is no number.
fn digit_like(c: char, other: char) -> Option<char> {
    digit(c).filter(|_| c.is_ascii_digit() == other.is_ascii_digit())
}

/// Whether a group of digits begins at a place: none stands right before it in the text.
fn begins(text: &[Char], at: usize) -> bool {
    let is_first =
        |before: Char| digit_like(before.c, text[at].c).is_none() || before.end != text[at].start;
    digit(text[at].c).is_some()
        && at
            .checked_sub(1)
            .is_none_or(|before| is_first(text[before]))
}

/// The longest number of a person that begins at a place of a folded text. `hint` is whether the words before speak of
/// phones: then eight digits are one.
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
    for _ in 0..MOST_GROUPS {
        let group = next;
        while let Some(digit) = digit_at(next) {
            if next > group && text[next - 1].end != text[next].start {
                break;
            }
            digits.push(digit);
            next += 1;
        }
        let mut end = next;
        // What stands between this group and the next, if that is so little that they are one number.
        let is_more = |at: &usize| text.get(*at).is_some_and(|char| is_mark(char.c));
        let marks = (next..next + MOST_MARKS).take_while(is_more).count();
        let mut number = digits.clone();
        if number.len() == 17 {
            // The check letter may stand apart: 110105 19491231 002 X.
            if let Some(check) = [next, next + marks].into_iter().find(|at| is_check(*at)) {
                number.push('x');
                end = check + 1;
            }
        }
        first_group = first_group.or(Some(digits.len()));
        // An area code has three digits at least: 07-10—2026-08-25 are days.
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

/// Whether a number looks like that of a phone, an identity card or a bank card.
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

/// Whether a number has the length and the day of one of an identity card.
pub(super) fn is_card(number: &str) -> bool {
    number.len() == 18 && is_personal(number)
}

/// Whether eight digits can be the day of birth of somebody who lives.
fn is_day(digits: &str) -> bool {
    let part = |range: Range<usize>| digits.get(range)?.parse::<u32>().ok();
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(4..6), part(6..8)) else {
        return false;
    };
    (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}
