//! Parses dates as people write and say them.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::number::{integer, is_numeral, numerals};
use super::period::Period;
use super::{InputError, narrow, squeezed};

/// How to complete a day without a year, or a weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Towards {
    /// The latest on or before today: for the date of a contact.
    Past,
    /// The earliest on or after today: for the date by which something is due.
    Future,
    /// The one in the period that a table covers.
    Within(Period),
    /// Not at all: only a full date is accepted, as in a table that is imported again next year.
    Neither,
}

/// The numbers that are accepted as serial dates of a spreadsheet program: 1954 to 2119.
const SERIAL_DAYS: std::ops::RangeInclusive<u64> = 20_000..=80_000;

/// Converts a serial date of a spreadsheet program, in the date system that the workbook states.
pub fn of_serial(days: u64, from_1904: bool) -> Option<NaiveDate> {
    let first = if from_1904 {
        NaiveDate::from_ymd_opt(1904, 1, 1)
    } else {
        NaiveDate::from_ymd_opt(1899, 12, 30)
    };
    let known = SERIAL_DAYS.contains(&days) || from_1904 && SERIAL_DAYS.contains(&(days + 1462));
    first.filter(|_| known)?.checked_add_days(Days::new(days))
}

/// Words for days near today, with their distance from it in days.
const RELATIVE_DAYS: &[(&str, i64)] = &[
    ("今天", 0),
    ("今日", 0),
    ("today", 0),
    ("昨天", -1),
    ("昨日", -1),
    ("yesterday", -1),
    ("前天", -2),
    ("大前天", -3),
    ("明天", 1),
    ("明日", 1),
    ("tomorrow", 1),
    ("后天", 2),
    ("大后天", 3),
];

/// The largest distance from today, in days: a hundred years.
const MAX_DISTANCE_DAYS: u64 = 36_525;

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("一", Weekday::Mon),
    ("二", Weekday::Tue),
    ("三", Weekday::Wed),
    ("四", Weekday::Thu),
    ("五", Weekday::Fri),
    ("六", Weekday::Sat),
    ("日", Weekday::Sun),
    ("天", Weekday::Sun),
    ("1", Weekday::Mon),
    ("2", Weekday::Tue),
    ("3", Weekday::Wed),
    ("4", Weekday::Thu),
    ("5", Weekday::Fri),
    ("6", Weekday::Sat),
    ("7", Weekday::Sun),
];

/// Parses a date: `2017-03-11`, 2017.3.11, 17.3.11, 2017年3月11日, 20170311, 42805 (a serial date); towards past or future
/// also 昨天, 周三, 上周三, 11月6日, 11-6, 3天前, `-3d`; in a period also 11月6日, 11-6.
///
/// # Errors
///
/// The text is not a date, or not a complete one: [`InputError::MonthOnly`] for 2017年8月, 2017.8 and 201708.
pub fn day(text: &str, today: NaiveDate, towards: Towards) -> Result<NaiveDate, InputError> {
    let spaced = narrow(text);
    let (text, weekday) = without_weekday(without_clock(&spaced));
    let parts: Vec<&str> = text.split_whitespace().collect();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    // Only blanks between the numbers: 2017 3 11.
    let text = if parts.len() == 3 && parts.iter().all(is_number) {
        parts.join("-")
    } else {
        text.replace(' ', "").replace('。', ".").to_lowercase()
    };
    match towards {
        Towards::Past | Towards::Future => {
            if let Some(day) = relative_day(&text, today, towards) {
                return Ok(day);
            }
        }
        Towards::Within(_) | Towards::Neither => {
            if self::weekday(&text, today, Towards::Past).is_some() {
                return Err(InputError::WeekdayOnly);
            }
        }
    }
    if ["农历", "阴历", "正月", "冬月", "腊月", "初", "闰"]
        .iter()
        .any(|word| text.contains(word))
    {
        return Err(InputError::Lunar);
    }
    let day = dated(&text, today, towards)?;
    if weekday.is_some_and(|weekday| weekday != day.weekday()) {
        return Err(InputError::Weekday);
    }
    Ok(day)
}

/// Removes a time of day after a date.
fn without_clock(text: &str) -> &str {
    const PARTS_OF_DAY: [&str; 8] = ["上午", "下午", "中午", "早上", "早晨", "傍晚", "晚上", "晚"];
    let digit = |text: &&str| text.contains(|c: char| c.is_ascii_digit());
    let before = PARTS_OF_DAY.iter().find_map(|part| text.strip_suffix(part));
    let text = before.map(str::trim_end).filter(digit).unwrap_or(text);
    let Some((date, rest)) = text.split_once([' ', 'T']) else {
        return text;
    };
    let is_clock = rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(':');
    if is_clock && date.contains(|c: char| c.is_ascii_digit()) {
        date
    } else {
        text
    }
}

/// Removes a weekday after a date: 2025-09-01（周一）.
fn without_weekday(text: &str) -> (&str, Option<Weekday>) {
    if !text.starts_with(|c: char| c.is_ascii_digit() || is_numeral(c)) {
        return (text, None);
    }
    let found = ["(", " ", ""].iter().find_map(|before| {
        ["星期", "周", "礼拜"]
            .iter()
            .find_map(|word| text.split_once(&format!("{before}{word}")))
    });
    match found {
        Some((date, weekday)) if date.contains(['日', '号', '-', '/', '.']) => {
            let weekday = weekday.trim_end_matches(')');
            let known = WEEKDAYS
                .iter()
                .find(|(word, _)| *word == weekday)
                .map(|(_, day)| *day);
            if known.is_some() {
                (date, known)
            } else {
                (text, None)
            }
        }
        _ => (text, None),
    }
}

/// Parses a date relative to today.
fn relative_day(text: &str, today: NaiveDate, towards: Towards) -> Option<NaiveDate> {
    if let Some((_, days)) = RELATIVE_DAYS.iter().find(|(word, _)| *word == text) {
        return shifted(today, *days);
    }
    weekday(text, today, towards).or_else(|| distance(text, today))
}

fn shifted(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let length = Some(days.unsigned_abs()).filter(|length| *length <= MAX_DISTANCE_DAYS)?;
    if days < 0 {
        day.checked_sub_days(Days::new(length))
    } else {
        day.checked_add_days(Days::new(length))
    }
}

/// Parses a weekday: 周三, 星期天, 上周五, 下周一, wednesday.
fn weekday(text: &str, today: NaiveDate, towards: Towards) -> Option<NaiveDate> {
    let english = || text.parse::<Weekday>().ok().filter(|_| text.len() >= 3);
    let (week, rest) = [("上", -1), ("下", 1), ("本", 0), ("这", 0)]
        .iter()
        .find_map(|(word, week)| Some((Some(*week), text.strip_prefix(word)?)))
        .unwrap_or((None, text));
    let rest = rest.strip_prefix('个').unwrap_or(rest);
    let named = ["星期", "周", "礼拜"]
        .iter()
        .find_map(|word| rest.strip_prefix(word));
    let named = named.and_then(|name| {
        WEEKDAYS
            .iter()
            .find(|(word, _)| *word == name)
            .map(|(_, day)| *day)
    });
    let wanted = named.or_else(english)?;
    let monday = shifted(today, -i64::from(today.weekday().num_days_from_monday()))?;
    let in_week = |week: i64| shifted(monday, week * 7 + i64::from(wanted.num_days_from_monday()));
    match (week, towards) {
        (Some(week), _) => in_week(week),
        (None, Towards::Future) => in_week(0)
            .filter(|day| *day >= today)
            .or_else(|| in_week(1)),
        (None, _) => in_week(0)
            .filter(|day| *day <= today)
            .or_else(|| in_week(-1)),
    }
}

/// Parses a distance from today: 3天前, 两周后, `-3d`, `+2w`, 3 days ago.
fn distance(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let signed = [("-", -1), ("+", 1)]
        .iter()
        .find_map(|(sign, times)| Some((text.strip_prefix(sign)?, *times)));
    let (number, times) = match signed {
        Some((rest, times)) => match rest.strip_suffix('w') {
            Some(number) => (number, times * 7),
            None => (rest.strip_suffix('d')?, times),
        },
        None => {
            let (rest, times) = ["以前", "之前", "前", "ago"]
                .iter()
                .map(|word| (word, -1))
                .chain(["以后", "之后", "后", "later"].iter().map(|word| (word, 1)))
                .find_map(|(word, times)| Some((text.strip_suffix(word)?, times)))?;
            [
                ("天", 1),
                ("日", 1),
                ("days", 1),
                ("day", 1),
                ("个星期", 7),
                ("星期", 7),
                ("周", 7),
                ("weeks", 7),
                ("week", 7),
            ]
            .iter()
            .find_map(|(word, days)| Some((rest.strip_suffix(word)?, times * days)))?
        }
    };
    let number = i64::try_from(integer(number).ok()?).ok()?;
    shifted(today, number.checked_mul(times)?)
}

/// Splits a date into its numbers, whatever separates them.
fn parts(text: &str) -> Option<Vec<String>> {
    let mut parts = vec![String::new()];
    let mut numeral = String::new();
    let end = |numeral: &mut String, part: &mut String| -> Option<()> {
        if !numeral.is_empty() {
            part.push_str(&numerals(numeral)?.to_string());
            numeral.clear();
        }
        Some(())
    };
    for c in text.trim_end_matches(['日', '号', '.', '-', '/']).chars() {
        let last = parts.last_mut()?;
        match c {
            '年' | '月' | '/' | '.' | '-' | '—' | '–' | '、' => {
                end(&mut numeral, last)?;
                parts.push(String::new());
            }
            c if c.is_ascii_digit() && numeral.is_empty() => last.push(c),
            c if is_numeral(c) && last.is_empty() => numeral.push(c),
            _ => return None,
        }
    }
    end(&mut numeral, parts.last_mut()?)?;
    if parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    parts.iter().all(|part| !part.is_empty()).then_some(parts)
}

fn dated(text: &str, today: NaiveDate, towards: Towards) -> Result<NaiveDate, InputError> {
    let parts = parts(text).ok_or(InputError::Unknown)?;
    let number = |part: &String| part.parse::<u32>().map_err(|_| InputError::Unknown);
    let exact = |year: i32, month: u32, day: u32| {
        NaiveDate::from_ymd_opt(year, month, day)
            .filter(|day| day.year() > 0)
            .ok_or(InputError::NoSuchDay)
    };
    let month_only = |year: i32, month: u32| {
        Err(if (1..=12).contains(&month) {
            InputError::MonthOnly(year, month)
        } else {
            InputError::NoSuchDay
        })
    };
    match &parts[..] {
        [year, month, day] if month.len() <= 2 && day.len() <= 2 => {
            let is_year = match year.len() {
                4 => true,
                // 3/11/17 may be a day in March or in 2003; with a point or 年 the first number is a year.
                2 => text.contains('年') || text.contains('.') || number(year)? > 12,
                _ => false,
            };
            if !is_year {
                return Err(InputError::Unknown);
            }
            let year = match year.len() {
                2 => full_year(number(year)?, today),
                _ => number(year)? as i32,
            };
            exact(year, number(month)?, number(day)?)
        }
        [year, month] if year.len() == 4 && month.len() <= 2 => {
            month_only(number(year)? as i32, number(month)?)
        }
        [year, month]
            if year.len() == 2
                && (number(year)? > 12 || text.contains('年'))
                && !text.contains('日') =>
        {
            month_only(full_year(number(year)?, today), number(month)?)
        }
        [month, day] if month.len() <= 2 && day.len() <= 2 => {
            let (month, day) = (number(month)?, number(day)?);
            nearest_year(month, day, today, towards)
        }
        [day] if text.ends_with(['日', '号']) => nearest_month(number(day)?, today, towards),
        [year] if text.ends_with('年') || year.len() == 4 => Err(InputError::YearOnly),
        [whole] if whole.len() == 8 => {
            let digits = number(whole)?;
            exact((digits / 10_000) as i32, digits / 100 % 100, digits % 100)
        }
        [whole] if whole.len() == 6 => {
            let digits = number(whole)?;
            // Six digits that begin with 19 or 20 are a year and a month (201701), not a date with a two-digit year.
            if matches!(digits / 10_000, 19 | 20) {
                month_only((digits / 100) as i32, digits % 100)
            } else {
                exact(
                    full_year(digits / 10_000, today),
                    digits / 100 % 100,
                    digits % 100,
                )
            }
        }
        [serial] if serial.len() == 5 => {
            of_serial(number(serial)?.into(), false).ok_or(InputError::Unknown)
        }
        _ => Err(InputError::Unknown),
    }
}

/// Returns the latest year with these two last digits that is at most one year ahead.
fn full_year(year: u32, today: NaiveDate) -> i32 {
    let century = today.year().div_euclid(100) * 100;
    let near = century + year as i32;
    if near > today.year() + 1 {
        near - 100
    } else {
        near
    }
}

fn nearest_year(
    month: u32,
    day: u32,
    today: NaiveDate,
    towards: Towards,
) -> Result<NaiveDate, InputError> {
    // Leap days may be eight years apart.
    let years = (0..=8).map(|years| {
        today.year()
            + if towards == Towards::Future {
                years
            } else {
                -years
            }
    });
    let mut days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    let found = match towards {
        Towards::Past => days.find(|day| *day <= today),
        Towards::Future => days.find(|day| *day >= today),
        Towards::Within(period) => match (period.day(month, day), days.next()) {
            (None, Some(_)) => return Err(InputError::OutsidePeriod(period.first, period.last)),
            (found, _) => found,
        },
        Towards::Neither => {
            let is_day = days.next().is_some();
            return Err(if is_day {
                InputError::NoYear
            } else {
                InputError::Unknown
            });
        }
    };
    found.ok_or(InputError::NoSuchDay)
}

/// Parses the last day of a range whose first day is known; the year and the month may be left out: 9月1日至5日, 10.1—10.7.
///
/// # Errors
///
/// The text is not a date, or not on or after the first day.
pub fn last_of(text: &str, first: NaiveDate, today: NaiveDate) -> Result<NaiveDate, InputError> {
    let bare = squeezed(text);
    let in_month = bare.trim_end_matches(['日', '号']).parse().ok();
    if let Some(number) = in_month.filter(|number| *number <= 31) {
        return NaiveDate::from_ymd_opt(first.year(), first.month(), number)
            .filter(|last| *last >= first)
            .ok_or(InputError::NoSuchDay);
    }
    let last = first
        .checked_add_days(Days::new(364))
        .ok_or(InputError::NoSuchDay)?;
    day(text, today, Towards::Within(Period { first, last }))
}

fn nearest_month(day: u32, today: NaiveDate, towards: Towards) -> Result<NaiveDate, InputError> {
    let month = today.year() * 12 + today.month0() as i32;
    let months = (0..=2).map(|months| {
        month
            + if towards == Towards::Future {
                months
            } else {
                -months
            }
    });
    let mut days = months.filter_map(|month| {
        NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, day)
    });
    let found = match towards {
        Towards::Past => days.find(|day| *day <= today),
        Towards::Future => days.find(|day| *day >= today),
        Towards::Within(_) | Towards::Neither => return Err(InputError::Unknown),
    };
    found.ok_or(InputError::NoSuchDay)
}

/// Parses a date with a time: 2025-11-02T10:25, 2025/11/2 10:25, 2025年11月2日10时25分, 11月2日上午10点半 (the last unless
/// `towards` is [`Towards::Neither`]).
///
/// # Errors
///
/// The text is not a date with a time.
pub fn time(
    text: &str,
    today: NaiveDate,
    towards: Towards,
) -> Result<chrono::NaiveDateTime, InputError> {
    let text = narrow(text);
    let (date, clock) = match text.split_once([' ', 'T']) {
        Some((date, clock)) => (date.to_owned(), squeezed(clock)),
        None => {
            let (at, mark) = text
                .char_indices()
                .find(|(_, c)| matches!(c, '日' | '号'))
                .ok_or(InputError::Unknown)?;
            let end = at + mark.len_utf8();
            (text[..end].to_owned(), squeezed(&text[end..]))
        }
    };
    let (hour, minute, second) = of_clock(&clock)?;
    day(&date, today, towards)?
        .and_hms_opt(hour, minute, second)
        .ok_or(InputError::Unknown)
}

/// Parses a time of day: 15:30, 下午3点半, 3:30pm; none for what may be a score or a ratio, such as 3:2.
pub fn clock(text: &str) -> Option<chrono::NaiveTime> {
    let text = squeezed(text);
    let minutes = text.split_once(':').map(|(_, minutes)| minutes);
    let has_two_digits = |minutes: &str| {
        let digits = minutes.chars().take_while(char::is_ascii_digit);
        digits.count() == 2
    };
    let is_clock = minutes.map_or_else(|| text.contains(['点', '时']), has_two_digits);
    let (hour, minute, second) = of_clock(&text).ok().filter(|_| is_clock)?;
    chrono::NaiveTime::from_hms_opt(hour, minute, second)
}

/// Parses hours, minutes and seconds of a time of day without blanks.
fn of_clock(clock: &str) -> Result<(u32, u32, u32), InputError> {
    let (later, clock) = ["下午", "晚上", "傍晚", "pm"]
        .iter()
        .find_map(|word| {
            clock
                .strip_prefix(word)
                .or_else(|| clock.strip_suffix(word))
        })
        .map_or((false, clock), |rest| (true, rest));
    let clock = ["上午", "早上", "早晨", "中午", "凌晨", "am"]
        .iter()
        .fold(clock, |clock, word| {
            clock.strip_prefix(word).unwrap_or(clock)
        });
    let colons = clock
        .replace("点半", ":30")
        .replace("时半", ":30")
        .replace(['时', '点', '分'], ":");
    let numbers: Option<Vec<u32>> = colons
        .trim_end_matches(['秒', ':', '整'])
        .split(':')
        .map(|part| {
            part.split('.')
                .next()
                .and_then(|part| u32::try_from(integer(part).ok()?).ok())
        })
        .collect();
    let numbers = numbers.ok_or(InputError::Unknown)?;
    let (hour, minute, second) = match numbers[..] {
        [hour] if clock.contains(['时', '点']) => (hour, 0, 0),
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return Err(InputError::Unknown),
    };
    let is_afternoon = later && hour < 12;
    Ok((if is_afternoon { hour + 12 } else { hour }, minute, second))
}

#[cfg(test)]
mod tests;
