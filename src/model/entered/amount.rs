//! Amounts of money.

use rust_decimal::Decimal;

use super::number::{is_about, numerals, ungrouped, without_total};
use super::{InputError, squeezed};
use crate::model::Money;

/// Prefixes of an amount in yuan.
const PREFIXES: &[&str] = &["人民币", "rmb", "cny", "¥", "￥"];

/// Suffixes of an amount in yuan.
const SUFFIXES: &[&str] = &["人民币", "rmb", "cny", "元", "圆", "块钱", "块", "yuan"];

/// Parses an amount: 300, 300.00, 300元, ¥1,200.50, 3元5角, 1.5万元, 三百元整.
///
/// # Errors
///
/// Ambiguous amounts are errors (`12,34元` and `1,5` may be 12 or 1,234 yuan), and so are prices such as 300元/人.
pub fn amount(text: &str) -> Result<Money, InputError> {
    let text = squeezed(text);
    if text.contains(['/', '每']) || text.contains("per") || text.starts_with("人均") {
        return Err(InputError::Each);
    }
    let mut bare = without_total(&text);
    bare = PREFIXES
        .iter()
        .find_map(|word| bare.strip_prefix(word))
        .unwrap_or(bare);
    bare = bare.strip_suffix(['整', '正']).unwrap_or(bare);
    let found = match parts(bare) {
        Some(found) => found,
        None => SUFFIXES
            .iter()
            .find_map(|word| bare.strip_suffix(word))
            .map_or_else(|| yuan(bare), yuan),
    };
    match found {
        Err(InputError::Unknown) if is_about(bare) || is_about(bare.trim_end_matches('元')) => {
            Err(InputError::About)
        }
        Ok(yuan) => yuan.to_string().parse().map_err(|_| InputError::Unknown),
        Err(unread) => Err(unread),
    }
}

/// Parses yuan followed by jiao and fen.
fn parts(text: &str) -> Option<Result<Decimal, InputError>> {
    let digit = |text: &str| {
        yuan(text)
            .ok()
            .filter(|digit| *digit < Decimal::TEN && digit.fract().is_zero())
    };
    let (whole, rest) = text.split_once(['元', '圆', '块']).unwrap_or(("", text));
    if !rest.ends_with(['角', '分', '毛']) {
        return None;
    }
    let (jiao, fen) = rest.split_once(['角', '毛']).unwrap_or(("", rest));
    let fen = fen.strip_suffix('分').unwrap_or(fen);
    let part = |text: &str| {
        if text.is_empty() {
            Some(Decimal::ZERO)
        } else {
            digit(text)
        }
    };
    let whole = if whole.is_empty() {
        Ok(Decimal::ZERO)
    } else {
        yuan(whole)
    };
    let (Some(jiao), Some(fen)) = (part(jiao), part(fen)) else {
        return Some(Err(InputError::Unknown));
    };
    Some(whole.map(|yuan| yuan + jiao / Decimal::TEN + fen / Decimal::ONE_HUNDRED))
}

fn yuan(text: &str) -> Result<Decimal, InputError> {
    let text = text.strip_prefix(['¥', '￥']).unwrap_or(text);
    if let Some(number) = numerals(text) {
        return Ok(Decimal::from(number));
    }
    let (number, times) = match text.char_indices().next_back() {
        Some((at, '万')) => (&text[..at], 10_000),
        Some((at, '千')) => (&text[..at], 1_000),
        Some((at, '百')) => (&text[..at], 100),
        _ => (text, 1),
    };
    let digits = ungrouped(number)?;
    if !digits.starts_with(|c: char| c.is_ascii_digit())
        || digits.ends_with('.')
        || digits.contains('_')
    {
        return Err(InputError::Unknown);
    }
    let number = Decimal::from_str_exact(&digits).map_err(|_| InputError::Unknown)?;
    number
        .checked_mul(Decimal::from(times))
        .map(|yuan| yuan.normalize())
        .ok_or(InputError::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_parsed_in_many_notations() {
        for (text, yuan) in [
            ("300", "300.00"),
            ("300.5", "300.50"),
            ("300元", "300.00"),
            ("¥300", "300.00"),
            ("￥１，２００", "1200.00"),
            ("1,200.50元", "1200.50"),
            ("人民币300元整", "300.00"),
            ("3元5角", "3.50"),
            ("5角", "0.50"),
            ("1.5万元", "15000.00"),
            ("三百元", "300.00"),
            ("叁佰元整", "300.00"),
            ("12,345,678", "12345678.00"),
            ("共300元", "300.00"),
            ("200块", "200.00"),
            ("3万", "30000.00"),
            ("0", "0.00"),
            ("2元3角4分", "2.34"),
        ] {
            assert_eq!(
                amount(text).map(|amount| amount.to_string()),
                Ok(yuan.to_owned()),
                "{text}"
            );
        }
        for (text, unread) in [
            ("12,34元", InputError::Grouping),
            ("1,5", InputError::Grouping),
            ("1,2345", InputError::Grouping),
            ("0,500", InputError::Grouping),
            ("300元/人", InputError::Each),
            ("每人300元", InputError::Each),
            ("约300元", InputError::About),
            ("300元左右", InputError::About),
            ("300.555", InputError::Unknown),
            ("-5", InputError::Unknown),
            ("一袋米", InputError::Unknown),
            ("", InputError::Unknown),
            ("1e3", InputError::Unknown),
            ("300+200", InputError::Unknown),
        ] {
            assert_eq!(amount(text), Err(unread), "{text}");
        }
    }
}
