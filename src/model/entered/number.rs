//! Parses whole numbers, counts and durations.

use super::{InputError, narrow};

/// Chinese numerals for digits, including the financial forms (大写).
const DIGITS: &[(char, u64)] = &[
    ('零', 0),
    ('〇', 0),
    ('○', 0),
    ('一', 1),
    ('二', 2),
    ('两', 2),
    ('三', 3),
    ('四', 4),
    ('五', 5),
    ('六', 6),
    ('七', 7),
    ('八', 8),
    ('九', 9),
    ('壹', 1),
    ('贰', 2),
    ('叁', 3),
    ('肆', 4),
    ('伍', 5),
    ('陆', 6),
    ('柒', 7),
    ('捌', 8),
    ('玖', 9),
];

/// Chinese numerals for powers of ten.
const UNITS: &[(char, u64)] = &[
    ('十', 10),
    ('拾', 10),
    ('百', 100),
    ('佰', 100),
    ('千', 1000),
    ('仟', 1000),
    ('万', 10_000),
    ('萬', 10_000),
];

/// Measure words after a count.
const MEASURE_WORDS: &[&str] = &[
    "人次", "人", "名", "位", "个", "次", "户", "件", "本", "册", "箱", "份", "套", "张", "节",
    "场", "期", "岁", "年", "台", "双", "盒", "袋", "支", "把", "床", "斤", "篇", "对", "家", "条",
    "只", "桶", "瓶", "包", "people", "pcs",
];

/// Words before a total, without meaning of their own.
const TOTAL_PREFIXES: &[&str] = &["共计", "合计", "总计", "共"];

/// Words that mark a number as approximate.
const APPROXIMATE_WORDS: &[&str] = &[
    "约", "大约", "大概", "近", "余", "多", "左右", "以上", "以下", "几", "~", "不到", "将近",
    "超过",
];

/// Whether a character is a Chinese numeral.
pub(super) fn is_numeral(c: char) -> bool {
    DIGITS.iter().chain(UNITS).any(|(known, _)| *known == c)
}

/// Parses Chinese numerals: 十二, 一百零五, 二〇一七, 叁佰.
pub fn numerals(text: &str) -> Option<u64> {
    let of = |list: &[(char, u64)], c: char| {
        list.iter()
            .find(|(known, _)| *known == c)
            .map(|(_, value)| *value)
    };
    let count = text.chars().count();
    if count == 0 || count > 20 {
        return None;
    }
    if text.chars().all(|c| of(DIGITS, c).is_some()) {
        // Digit by digit, as in years: 二〇一七.
        return text
            .chars()
            .filter_map(|c| of(DIGITS, c))
            .try_fold(0u64, |sum, digit| sum.checked_mul(10)?.checked_add(digit));
    }
    let (mut total, mut section, mut digit, mut below, mut zero) =
        (0u64, 0u64, None, u64::MAX, true);
    for c in text.chars() {
        if let Some(value) = of(DIGITS, c) {
            if value == 0 {
                zero = true;
                continue;
            }
            if digit.replace(value).is_some() {
                return None;
            }
        } else {
            let unit = of(UNITS, c)?;
            if unit == 10_000 {
                let upper = section + digit.take().unwrap_or(0);
                if total > 0 || upper == 0 {
                    return None;
                }
                (total, section, below, zero) = (upper * unit, 0, u64::MAX, false);
                continue;
            }
            // 十二 leaves out the leading 一.
            let times = match digit.take() {
                Some(times) => times,
                None if unit == 10 && section == 0 => 1,
                None => return None,
            };
            if unit >= below {
                return None;
            }
            (section, below, zero) = (section + times * unit, unit, unit == 10);
        }
    }
    // Ambiguous: 一百五 is colloquial for 150, but might stand for 105.
    if digit.is_some() && !zero {
        return None;
    }
    Some(total + section + digit.unwrap_or(0))
}

/// Removes the thousands separators of a number.
pub(super) fn ungrouped(text: &str) -> Result<String, InputError> {
    if !text.contains(',') {
        return Ok(text.to_owned());
    }
    let (whole, _) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    let is_grouped = (1..=3).contains(&first.len())
        && digits(first)
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3 && digits(group))
        && !text.contains('.')
        || text
            .split_once('.')
            .is_some_and(|(whole, rest)| digits(rest) && ungrouped(whole).is_ok());
    if is_grouped {
        Ok(text.replace(',', ""))
    } else {
        Err(InputError::Grouping)
    }
}

/// Parses a whole number in digits or Chinese numerals.
///
/// # Errors
///
/// The text is not a whole number.
pub fn integer(text: &str) -> Result<u64, InputError> {
    let text = narrow(text);
    let bare = ungrouped(&text)?;
    // Some programs write whole numbers as 45.0.
    let digits = bare.split_once('.').map_or(bare.as_str(), |(whole, rest)| {
        if !rest.is_empty() && rest.bytes().all(|b| b == b'0') {
            whole
        } else {
            bare.as_str()
        }
    });
    if !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return digits.parse().map_err(|_| InputError::Unknown);
    }
    numerals(&text).ok_or(InputError::Unknown)
}

pub(super) fn is_about(text: &str) -> bool {
    APPROXIMATE_WORDS.iter().any(|word| {
        text.starts_with(word) || text.ends_with(word) || text.contains(&format!("{word}人"))
    })
}

pub(super) fn without_total(text: &str) -> &str {
    TOTAL_PREFIXES
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text)
        .trim()
}

/// Parses a count: 45, 45人, 共45人次, 四十五人.
///
/// # Errors
///
/// The text is not an exact count.
pub fn count(text: &str) -> Result<u32, InputError> {
    let text = narrow(text).replace(' ', "");
    let bare = without_total(&text);
    let without = MEASURE_WORDS
        .iter()
        .find_map(|word| bare.strip_suffix(word).filter(|rest| !rest.is_empty()));
    let number = without.unwrap_or(bare);
    match integer(number) {
        Ok(number) => u32::try_from(number).map_err(|_| InputError::Unknown),
        Err(InputError::Unknown) if is_about(bare) || is_about(number) => Err(InputError::About),
        Err(unread) => Err(unread),
    }
}

/// Words for hours and minutes, longest first.
const HOURS: &[&str] = &[
    "个多小时",
    "个小时",
    "小时",
    "个钟头",
    "钟头",
    "hours",
    "hour",
    "hrs",
    "hr",
    "h",
];
const MINUTES: &[&str] = &["分钟", "分", "minutes", "minute", "mins", "min", "m", "'"];

/// Parses a duration in minutes: 40, 40分钟, 半小时, 一个半小时, 1.5小时, 1小时20分, 14:00-15:30.
///
/// # Errors
///
/// The text is not a duration of whole minutes.
pub fn minutes(text: &str) -> Result<u32, InputError> {
    let text = super::squeezed(text);
    let bare = without_total(&text);
    if let Some(length) = between(bare) {
        return length;
    }
    if let Ok(number) = integer(bare) {
        return u32::try_from(number).map_err(|_| InputError::Unknown);
    }
    if is_about(bare) || bare.contains("多小时") {
        return Err(InputError::About);
    }
    let (mut rest, mut total) = (bare, 0u32);
    if let Some((before, after)) = HOURS.iter().find_map(|word| rest.split_once(word)) {
        let hours = match before {
            "半" | "半个" => 30,
            "一个半" | "1个半" => 90,
            "两个半" | "2个半" => 150,
            before => sixtieths(before.trim_end_matches('个'))?,
        };
        total = hours;
        rest = after.strip_prefix('零').unwrap_or(after);
        if rest == "半" {
            (total, rest) = (total + 30, "");
        }
    }
    if !rest.is_empty() {
        let number = MINUTES
            .iter()
            .find_map(|word| rest.strip_suffix(word))
            .unwrap_or(rest);
        let minutes = integer(number)
            .ok()
            .and_then(|number| u32::try_from(number).ok());
        total = total
            .checked_add(minutes.ok_or(InputError::Unknown)?)
            .ok_or(InputError::Unknown)?;
    } else if total == 0 {
        return Err(InputError::Unknown);
    }
    Ok(total)
}

/// Converts hours with a decimal fraction to minutes.
fn sixtieths(hours: &str) -> Result<u32, InputError> {
    let minutes = match hours.split_once('.') {
        Some((whole, "5")) => integer(whole)? * 60 + 30,
        Some((whole, "25")) => integer(whole)? * 60 + 15,
        Some((whole, "75")) => integer(whole)? * 60 + 45,
        _ => integer(hours)?.checked_mul(60).ok_or(InputError::Unknown)?,
    };
    u32::try_from(minutes).map_err(|_| InputError::Unknown)
}

/// Returns the minutes between the two times of day in a text such as 14:00-15:30.
fn between(text: &str) -> Option<Result<u32, InputError>> {
    let (from, to) = text.split_once(['-', '~', '—', '–', '至', '到'])?;
    let clock = |text: &str| {
        let (hour, minute) = text.trim_matches(['-', '—']).split_once(':')?;
        let (hour, minute) = (hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?);
        (hour < 24 && minute < 60).then_some(hour * 60 + minute)
    };
    let (from, to) = (clock(from)?, clock(to)?);
    Some(
        to.checked_sub(from)
            .filter(|length| *length > 0)
            .ok_or(InputError::Unknown),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals_are_parsed() {
        for (text, number) in [
            ("十二", 12),
            ("二十", 20),
            ("四十五", 45),
            ("一百零五", 105),
            ("一百一十", 110),
            ("二〇一七", 2017),
            ("叁佰", 300),
            ("三千", 3000),
            ("两万", 20_000),
            ("一万二千", 12_000),
            ("零", 0),
            ("三", 3),
        ] {
            assert_eq!(numerals(text), Some(number), "{text}");
        }
        for text in ["一百五", "百", "十十", "三人", "", "一万万"] {
            assert_eq!(numerals(text), None, "{text}");
        }
    }

    #[test]
    fn counts_have_units() {
        for (text, number) in [
            ("45", 45),
            ("45人", 45),
            ("共45人次", 45),
            ("四十五人", 45),
            ("1,200人", 1200),
            ("４５", 45),
            ("45.0", 45),
            ("12 名", 12),
            ("0", 0),
        ] {
            assert_eq!(count(text), Ok(number), "{text}");
        }
        for (text, unread) in [
            ("1,5", InputError::Grouping),
            ("约45人", InputError::About),
            ("45余人", InputError::About),
            ("45左右", InputError::About),
            ("-5", InputError::Unknown),
            ("4.5", InputError::Unknown),
            ("全班", InputError::Unknown),
            ("人", InputError::Unknown),
            ("4-5人", InputError::Unknown),
        ] {
            assert_eq!(count(text), Err(unread), "{text}");
        }
    }

    #[test]
    fn durations_are_minutes() {
        for (text, number) in [
            ("40", 40),
            ("40分钟", 40),
            ("40分", 40),
            ("半小时", 30),
            ("半个小时", 30),
            ("1小时", 60),
            ("一个小时", 60),
            ("一个半小时", 90),
            ("1.5小时", 90),
            ("1小时20分钟", 80),
            ("一小时半", 90),
            ("两小时", 120),
            ("1h20m", 80),
            ("45min", 45),
            ("四十分钟", 40),
            ("14:00-15:30", 90),
            ("14：00—15：30", 90),
        ] {
            assert_eq!(minutes(text), Ok(number), "{text}");
        }
        for text in [
            "两节课",
            "一下午",
            "约40分钟",
            "1.3小时",
            "15:30-14:00",
            "小时",
            "",
        ] {
            assert!(minutes(text).is_err(), "{text}");
        }
    }
}
