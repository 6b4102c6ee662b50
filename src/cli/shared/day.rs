//! Days as people say them on a command line: `2025-10-12`, `2025/10/12`, `今天`, `yesterday`, `-7d`.

use chrono::{Days, NaiveDate};

use crate::cli::shared::environment;
use crate::exchange::written;
use crate::model::Date;

/// Words for days near today, with how many days they are after it.
const WORDS: &[(&str, i64)] = &[
    ("今天", 0),
    ("today", 0),
    ("昨天", -1),
    ("yesterday", -1),
    ("前天", -2),
    ("明天", 1),
    ("tomorrow", 1),
];

/// So far back or ahead a number of days may lead: a hundred years.
const FARTHEST: i64 = 36_525;

/// What `--since`, `--until` and `--today` take. Words are relative to the day that the command was told is today;
/// those of `--today` itself to the clock.
///
/// # Errors
///
/// Examples of what would be right.
pub(crate) fn day(words: &str) -> Result<Date, String> {
    let today = environment::today_for(words);
    relative_to(words, today)
        .map(Date)
        .ok_or_else(|| "2025-10-12, 2025/10/12, 今天, yesterday, -7d".to_owned())
}

/// The day that words say, where some day is today.
pub(crate) fn relative_to(words: &str, today: NaiveDate) -> Option<NaiveDate> {
    if let Some(day) = written::day(words) {
        return Some(day);
    }
    let known = WORDS
        .iter()
        .find(|(word, _)| *word == words)
        .map(|(_, days)| *days);
    let number = || {
        let (number, times) = match words.strip_suffix('w') {
            Some(number) => (number, 7),
            None => (words.strip_suffix('d')?, 1),
        };
        let signed = number.starts_with(['-', '+']);
        number
            .parse::<i64>()
            .ok()
            .filter(|_| signed)?
            .checked_mul(times)
    };
    let days = known
        .or_else(number)
        .filter(|days| days.abs() <= FARTHEST)?;
    let length = Days::new(days.unsigned_abs());
    if days < 0 {
        today.checked_sub_days(length)
    } else {
        today.checked_add_days(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_in_many_ways() {
        let today: NaiveDate = "2025-10-12".parse().unwrap();
        let said = |words: &str| relative_to(words, today).map(|day| day.to_string());
        for (words, day) in [
            ("2025-09-01", "2025-09-01"),
            ("2025/9/1", "2025-09-01"),
            ("今天", "2025-10-12"),
            ("昨天", "2025-10-11"),
            ("-7d", "2025-10-05"),
            ("-2w", "2025-09-28"),
            ("+1d", "2025-10-13"),
        ] {
            assert_eq!(said(words).as_deref(), Some(day), "{words}");
        }
        for words in ["7d", "soon", "-d", "-999999999999d", "2025-02-30", ""] {
            assert_eq!(said(words), None, "{words}");
        }
    }
}
