//! Days, times and classes as people write them in tables.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use crate::model::class::school_year;
use crate::model::{Class, School};

/// The days that a bare number may mean as a date of a spreadsheet program: 1954 to 2119.
const SERIAL_DAYS: std::ops::RangeInclusive<u64> = 20_000..=80_000;

/// A day as people write it: 2025-09-01, 2025/9/1, 2025.9.1, 2025年9月1日, 20250901, or the number of days
/// that spreadsheet programs count from the end of 1899.
pub fn day(text: &str) -> Option<NaiveDate> {
    // A midnight that a program added says nothing.
    let text = text.split([' ', 'T']).next().unwrap_or_default();
    let spaced: String = text
        .trim_end_matches(['日', '号'])
        .chars()
        .map(|c| {
            if matches!(c, '/' | '.' | '年' | '月') {
                '-'
            } else {
                c
            }
        })
        .collect();
    let parts: Vec<&str> = spaced.split('-').collect();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(|part| digits(part)) {
        return None;
    }
    match parts[..] {
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        [whole] if whole.len() == 8 => NaiveDate::from_ymd_opt(
            whole[..4].parse().ok()?,
            whole[4..6].parse().ok()?,
            whole[6..].parse().ok()?,
        ),
        [serial] if serial.len() == 5 => {
            let days = serial
                .parse()
                .ok()
                .filter(|days| SERIAL_DAYS.contains(days))?;
            NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
        }
        _ => None,
    }
    .filter(|day| chrono::Datelike::year(day) > 0)
}

/// A time of a day as people write it: 2025-11-02T10:25, 2025/11/2 10:25, 2025年11月2日10时25分.
pub fn time(text: &str) -> Option<NaiveDateTime> {
    let text = text.replace('T', " ");
    let (date, clock) = match text.split_once(' ') {
        Some((date, clock)) => (date, clock.trim().to_owned()),
        None => {
            let (date, clock) = text.split_once('日')?;
            (date, clock.to_owned())
        }
    };
    let clock: String = clock
        .trim_end_matches(['分', '秒'])
        .chars()
        .map(|c| {
            if matches!(c, '时' | '点' | '分') {
                ':'
            } else {
                c
            }
        })
        .collect();
    let parts: Vec<u32> = clock
        .split(':')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let clock = match parts[..] {
        [hour, minute] => NaiveTime::from_hms_opt(hour, minute, 0),
        [hour, minute, second] => NaiveTime::from_hms_opt(hour, minute, second),
        _ => None,
    };
    Some(day(date)?.and_time(clock?))
}

/// A class by its id (`2022-1`) or by the name that it has today: 三（1）班, 3年级2班, 2022级（1）班.
pub fn class(text: &str, school: &School, today: NaiveDate) -> Option<Class> {
    if let Ok(class) = text.parse() {
        return Some(class);
    }
    let higher = [("初", 6), ("高", 9)];
    let (text, add) = higher
        .iter()
        .find_map(|(word, add)| Some((text.strip_prefix(word)?, *add)))
        .unwrap_or((text, 0));
    let text = match text.chars().next() {
        Some('小') => text.replacen('小', "1.", 1),
        Some('中') => text.replacen('中', "2.", 1),
        Some('大') => text.replacen('大', "3.", 1),
        _ => text.to_owned(),
    };
    let digits: String = text
        .chars()
        .map(|c| {
            let numeral = "零一二三四五六七八九"
                .chars()
                .position(|numeral| numeral == c);
            numeral
                .and_then(|digit| char::from_digit(digit as u32, 10))
                .unwrap_or(c)
        })
        .collect();
    let rest = digits.trim_matches(|c: char| !c.is_ascii_digit());
    let (grade, number) = rest.split_once(|c: char| !c.is_ascii_digit())?;
    let number: u8 = number
        .trim_matches(|c: char| !c.is_ascii_digit())
        .parse()
        .ok()?;
    let grade: i32 = grade.parse().ok()?;
    let entered = if grade > 1900 {
        grade
    } else {
        let (first, last) = school.grades();
        let grade = grade + add;
        if !(i32::from(first)..=i32::from(last)).contains(&grade) {
            return None;
        }
        school_year(today) - (grade - i32::from(first))
    };
    // The text form is the one place that says which years and numbers a class may have.
    format!("{entered}-{number}").parse().ok()
}
