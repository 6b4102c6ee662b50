//! Parses phone numbers.

use super::{InputError, narrow};

/// A phone number and a remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The number; eleven digits without separators for a mobile phone.
    pub number: String,
    /// The text around it: 妈妈, 微信同号.
    pub remark: Option<String>,
}

/// Labels before a number that carry no information.
const LABELS: &[&str] = &[
    "电话",
    "手机",
    "手机号",
    "手机号码",
    "联系电话",
    "号码",
    "tel",
    "Tel",
    "TEL",
    "phone",
];

/// Whether a character may separate the digits of one number.
fn joins(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '–' | '—' | '\u{2010}'..='\u{2015}')
}

/// Whether the text between two runs of digits joins them to one number; an area code may be in brackets.
fn is_between(first: &str, between: &str) -> bool {
    let is_area = first.starts_with('0') && first.len() <= 4 && between == ")";
    is_area || between.chars().all(joins) && between.chars().count() <= 2
}

/// Parses a phone number, full-width or not, in any grouping, with a remark before or after it.
///
/// # Errors
///
/// The text contains no number or several.
pub fn phone(text: &str) -> Result<Number, InputError> {
    let text = narrow(text);
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some((from, last)) if is_between(&text[*from..*last], &text[*last..at]) => *last = end,
            _ => runs.push((at, end)),
        }
    }
    let runs: Vec<(usize, usize)> = runs.into_iter().flat_map(|run| split(&text, run)).collect();
    let long: Vec<&(usize, usize)> = runs
        .iter()
        .filter(|(from, to)| digits(&text[*from..*to]).len() >= 3)
        .collect();
    let (from, to) = match long[..] {
        [run] => *run,
        [] => return Err(InputError::Unknown),
        _ => {
            return Err(InputError::Several(
                long.iter()
                    .map(|(from, to)| text[*from..*to].to_owned())
                    .collect(),
            ));
        }
    };
    let number = bare(&text[from..to]).ok_or(InputError::Unknown)?;
    let before = text[..from].trim_end_matches(['+', '(']);
    let rest = format!("{before} {}", &text[to..]);
    let remark = rest.trim_matches(|c: char| c.is_whitespace() || "()[]【】:;,、。/-+".contains(c));
    let says_nothing = remark.is_empty() || LABELS.contains(&remark);
    Ok(Number {
        number,
        remark: (!says_nothing).then(|| remark.to_owned()),
    })
}

/// Splits two mobile numbers that are separated by a single character.
fn split(text: &str, (from, to): (usize, usize)) -> Vec<(usize, usize)> {
    let run = &text[from..to];
    let mobile = |part: &str| {
        let digits = digits(part);
        digits.len() == 11 && digits.starts_with('1')
    };
    match run
        .char_indices()
        .find(|(at, c)| joins(*c) && mobile(&run[..*at]) && digits(&run[*at..]).len() >= 7)
    {
        Some((at, c)) => vec![(from, from + at), (from + at + c.len_utf8(), to)],
        None => vec![(from, to)],
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Removes separators, and the country code of a mobile number.
fn bare(run: &str) -> Option<String> {
    let all = digits(run);
    let national = ["0086", "86"]
        .iter()
        .find_map(|country| all.strip_prefix(country));
    let mobile = [Some(all.as_str()), national]
        .into_iter()
        .flatten()
        .find(|number| number.len() == 11 && number.starts_with('1'));
    if let Some(mobile) = mobile {
        return Some(mobile.to_owned());
    }
    let compact = run.replace(' ', "-").replace(['–', '—', '.', ')'], "-");
    (all.len() <= 16).then_some(compact)
}

/// Whether a text may be a phone number in China: a mobile number, or a landline number with or without area code;
/// blanks, hyphens, brackets and the country code are allowed.
pub fn is_phone(text: &str) -> bool {
    let mut digits = String::new();
    for c in text.trim().trim_start_matches("+86").chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '-' | '(' | ')' | '（' | '）' => {}
            _ => return false,
        }
    }
    match digits.as_bytes() {
        [b'1', b'2'..=b'9', ..] => digits.len() == 11,
        [b'0', ..] => (10..=12).contains(&digits.len()),
        [b'4' | b'8', b'0', b'0', ..] => digits.len() == 10,
        _ => (7..=8).contains(&digits.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_are_parsed_with_remarks() {
        for (text, number, remark) in [
            ("13900001234", "13900001234", None),
            ("１３９００００１２３４", "13900001234", None),
            ("139 0000 1234", "13900001234", None),
            ("139-0000-1234", "13900001234", None),
            ("+86 13900001234", "13900001234", None),
            ("13900001234（妈妈）", "13900001234", Some("妈妈")),
            ("奶奶13900001234", "13900001234", Some("奶奶")),
            ("电话：13900001234", "13900001234", None),
            ("13900001234 微信同号", "13900001234", Some("微信同号")),
            ("0712-1234567", "0712-1234567", None),
            ("(0712)1234567", "0712-1234567", None),
            ("6123", "6123", None),
        ] {
            let read = phone(text).unwrap();
            assert_eq!(
                (read.number.as_str(), read.remark.as_deref()),
                (number, remark),
                "{text}"
            );
        }
        for text in [
            "13900001234/13900005678",
            "13900001234 13900005678",
            "13900001234、13900005678",
        ] {
            assert!(matches!(phone(text), Err(InputError::Several(_))), "{text}");
        }
        for text in ["同上", "", "无"] {
            assert_eq!(phone(text), Err(InputError::Unknown), "{text}");
        }
    }
}
