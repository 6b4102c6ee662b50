//! Splitting of text into parts that must not be broken across lines: dates, classes, phone numbers.

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Text that may be broken.
    Plain(&'t str),
    /// A date, a class or a number with its unit.
    Whole(&'t str),
    /// A phone number.
    Phone(&'t str),
}

/// Splits a text into tokens, without losing anything.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut plain, mut at) = (0, 0);
    let mut before = None;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let token = if before.is_some_and(|c: char| c.is_ascii_alphanumeric()) {
            None
        } else {
            token(rest)
        };
        let Some(token) = token else {
            before = Some(first);
            at += first.len_utf8();
            continue;
        };
        if plain < at {
            found.push(Token::Plain(&text[plain..at]));
        }
        let (Token::Plain(taken) | Token::Whole(taken) | Token::Phone(taken)) = token;
        found.push(token);
        at += taken.len();
        plain = at;
        before = taken.chars().next_back();
    }
    if plain < text.len() {
        found.push(Token::Plain(&text[plain..]));
    }
    found
}

/// Returns the token at the beginning of a text.
fn token(text: &str) -> Option<Token<'_>> {
    if let Some(end) = class(text) {
        return Some(Token::Whole(&text[..end]));
    }
    let digits = digits(text);
    if digits == 0 {
        return None;
    }
    if let Some(end) = phone(text) {
        return Some(Token::Phone(&text[..end]));
    }
    date(text).map(|end| Token::Whole(&text[..end]))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// 四（1）班, 4(1), class 4.1, grade 4.
fn class(text: &str) -> Option<usize> {
    for word in ["class ", "grade "] {
        if let Some(rest) = text.strip_prefix(word) {
            let end = rest
                .find(|c: char| !c.is_ascii_digit() && c != '.')
                .unwrap_or(rest.len());
            let number = rest[..end].trim_end_matches('.').len();
            return (number > 0).then_some(word.len() + number);
        }
    }
    let grade = text.chars().next()?;
    if !"一二三四五六七八九高初".contains(grade) {
        return None;
    }
    let open = text[grade.len_utf8()..]
        .find(['（', '('])
        .filter(|at| *at <= 3)?;
    let open = open + grade.len_utf8();
    let inner = open + text[open..].chars().next()?.len_utf8();
    let number = digits(&text[inner..]);
    let close = text[inner + number..].strip_prefix(['）', ')'])?;
    (number > 0).then(|| text.len() - close.strip_prefix('班').unwrap_or(close).len())
}

/// A mobile phone number of eleven digits, or an area code with seven or eight digits.
fn phone(text: &str) -> Option<usize> {
    let first = digits(text);
    let ends = |at: usize| !text[at..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
    let is_mobile = first == 11 && text.starts_with('1') && !text.starts_with("10");
    if is_mobile && ends(11) {
        return Some(11);
    }
    if !text.starts_with('0') {
        return None;
    }
    if (10..=12).contains(&first) && ends(first) {
        return Some(first);
    }
    let rest = text[first..].strip_prefix('-')?;
    let second = digits(rest);
    let end = first + 1 + second;
    ((3..=4).contains(&first) && (7..=8).contains(&second) && ends(end)).then_some(end)
}

/// 2025年9月1日, 9月1日, 2025-09-01, 5 September 2025.
fn date(text: &str) -> Option<usize> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let first = digits(text);
    let rest = &text[first..];
    let part = |rest: &str, unit: char| {
        let number = digits(rest);
        let is_part = (1..=2).contains(&number) && rest[number..].starts_with(unit);
        is_part.then(|| number + unit.len_utf8())
    };
    if let Some(after) = rest.strip_prefix('年').filter(|_| first == 4) {
        let year = first + '年'.len_utf8();
        let Some(month) = part(after, '月') else {
            return Some(year);
        };
        let day = part(&after[month..], '日').unwrap_or(0);
        return Some(year + month + day);
    }
    if let Some(month) = part(text, '月') {
        return Some(month + part(&text[month..], '日').unwrap_or(0));
    }
    let is_iso = first == 4
        && text.len() >= 10
        && text.is_char_boundary(10)
        && text[..10].parse::<chrono::NaiveDate>().is_ok();
    if is_iso {
        return Some(10);
    }
    let after = rest.strip_prefix(' ').filter(|_| first <= 2)?;
    let month = MONTHS.iter().find(|month| after.starts_with(**month))?;
    let end = first + 1 + month.len();
    let year = text[end..].strip_prefix(' ').map_or(0, digits);
    Some(if year == 4 { end + 5 } else { end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_classes_and_phones_are_tokens() {
        for (text, expected) in [
            (
                "至2026年7月3日，四（1）班",
                &["2026年7月3日", "四（1）班"][..],
            ),
            ("2025-09-01 家访", &["2025-09-01"]),
            ("电话13900001234。", &["tel 13900001234"]),
            ("学校电话0731-8123456", &["tel 0731-8123456"]),
            ("on 5 September 2025, 3 visits", &["5 September 2025"]),
            ("每月走访，3月4日", &["3月4日"]),
            ("of class 4.1. A class meeting", &["class 4.1"]),
            ("110、120、12355，113人，99999999999", &[]),
            ("110105194912310021", &[]),
            ("第一（二）节", &[]),
        ] {
            let tokens = tokens(text);
            let found: Vec<String> = tokens
                .iter()
                .filter_map(|token| match token {
                    Token::Plain(_) => None,
                    Token::Whole(whole) => Some((*whole).to_owned()),
                    Token::Phone(phone) => Some(format!("tel {phone}")),
                })
                .collect();
            assert_eq!(found, expected, "{text}");
            let all = tokens.iter().map(|token| match token {
                Token::Plain(text) | Token::Whole(text) | Token::Phone(text) => *text,
            });
            assert_eq!(all.collect::<String>(), text);
        }
    }
}
