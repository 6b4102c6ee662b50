//! Parses the term, school year or year in the title of a table, which supplies the year for dates without one.

use chrono::{Datelike, Months, NaiveDate};

use super::squeezed;
use crate::model::id::TermPart;

/// The date range in which a day without a year lies; never longer than a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl Period {
    fn between(first: (i32, u32), last: (i32, u32)) -> Option<Period> {
        let of_month = |(year, month)| NaiveDate::from_ymd_opt(year, month, 1);
        let after = of_month(last)?.checked_add_months(Months::new(1))?;
        Some(Period {
            first: of_month(first)?,
            last: after.pred_opt()?,
        })
    }

    /// Returns a part of the school year that begins in autumn of this year, with some weeks on either side, as
    /// teachers begin before the pupils.
    fn of_part(year: i32, part: TermPart) -> Option<Period> {
        match part {
            TermPart::First => Period::between((year, 8), (year + 1, 2)),
            TermPart::Winter => Period::between((year + 1, 1), (year + 1, 3)),
            TermPart::Second => Period::between((year + 1, 2), (year + 1, 8)),
            TermPart::Summer => Period::between((year + 1, 6), (year + 1, 9)),
        }
    }

    /// Returns the date with this month and day in the period.
    pub fn day(&self, month: u32, day: u32) -> Option<NaiveDate> {
        (self.first.year()..=self.last.year())
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
            .find(|day| (self.first..=self.last).contains(day))
    }
}

/// Words for the parts of the school year.
const PARTS: &[(TermPart, &[&str])] = &[
    (
        TermPart::First,
        &[
            "第一学期",
            "第1学期",
            "上学期",
            "秋季",
            "秋学期",
            "autumn",
            "fall",
            "term1",
            "semester1",
            "firstterm",
        ],
    ),
    (
        TermPart::Second,
        &[
            "第二学期",
            "第2学期",
            "下学期",
            "春季",
            "春学期",
            "spring",
            "term2",
            "semester2",
            "secondterm",
        ],
    ),
    (TermPart::Winter, &["寒假", "winter"]),
    (TermPart::Summer, &["暑假", "暑期", "summer"]),
];

/// Parses a period: 2025-2026学年度第二学期, 2025学年第一学期, `2025-2026-2`, 2026年春季, 2025-2026学年, 2025年下半年, 2025年9月1日至2026年1月20日,
/// 2025年; none for a single day, such as that on which a table was made.
pub fn period(text: &str) -> Option<Period> {
    let text = squeezed(text)
        .replace(['—', '–', '~', '至', '/'], "-")
        .replace("--", "-");
    let years = years(&text);
    let part = PARTS.iter().find_map(|(part, words)| {
        words
            .iter()
            .any(|word| text.contains(word))
            .then_some(*part)
    });
    let of_school = |year: i32, rest: &str| {
        let of_id = TermPart::ALL.into_iter().find(|part| {
            let rest = rest
                .strip_prefix('-')
                .and_then(|rest| rest.strip_prefix(part.letter()));
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        });
        match of_id.or(part) {
            Some(part) => Period::of_part(year, part),
            // Without August, in which the school years overlap.
            None => Period::between((year, 9), (year + 1, 7)),
        }
    };
    for pair in years.windows(2) {
        let between = &text[pair[0].1..pair[1].1 - 4];
        if pair[1].0 == pair[0].0 + 1 && matches!(between, "-" | "年-" | "学年-") {
            let rest = &text[pair[1].1..];
            return of_school(pair[0].0, rest.trim_start_matches('年'));
        }
    }
    if let Some((year, end)) = years
        .iter()
        .find(|(_, end)| text[*end..].starts_with("学年"))
    {
        return of_school(*year, &text[*end..]);
    }
    let (dated, bare): (Vec<_>, Vec<_>) = years
        .iter()
        .partition(|(year, end)| day_at(*year, &text[*end..]).is_some());
    if let ([(first, from), (last, until)], []) = (&dated[..], &bare[..]) {
        let first = day_at(*first, &text[*from..])?;
        let last = day_at(*last, &text[*until..])?;
        let is_short = (0..365).contains(&(last - first).num_days());
        return is_short.then_some(Period { first, last });
    }
    let (year, end) = *bare.first()?;
    if bare.iter().any(|(other, _)| *other != year) {
        return None;
    }
    let rest = text[end..].trim_start_matches('年');
    match part {
        Some(TermPart::Winter) => Period::of_part(year - 1, TermPart::Winter),
        Some(TermPart::Summer) => Period::of_part(year - 1, TermPart::Summer),
        // Ambiguous: 上学期 is the autumn term in some provinces and the spring term in others.
        Some(_) if text.contains("学期") && !text.contains(['春', '秋']) => None,
        Some(TermPart::First) => Period::of_part(year, TermPart::First),
        Some(TermPart::Second) => Period::of_part(year - 1, TermPart::Second),
        None if rest.starts_with('秋') => Period::of_part(year, TermPart::First),
        None if text.contains("学期") => None,
        None if rest.starts_with("上半年") => Period::between((year, 1), (year, 6)),
        None if rest.starts_with("下半年") => Period::between((year, 7), (year, 12)),
        None => Period::between((year, 1), (year, 12)),
    }
}

/// Returns the years in a text, each with the position after it: four digits by themselves.
fn years(text: &str) -> Vec<(i32, usize)> {
    let digits = |c: char| c.is_ascii_digit();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(digits).map(|start| at + start) {
        let length = text[start..]
            .find(|c| !digits(c))
            .unwrap_or(text.len() - start);
        at = start + length;
        let year = text[start..at].parse().ok();
        let year = year.filter(|year| length == 4 && (1990..=2099).contains(year));
        found.extend(year.map(|year| (year, at)));
    }
    found
}

/// Returns the full date that begins with a year, from the text that follows the year.
fn day_at(year: i32, rest: &str) -> Option<NaiveDate> {
    let is_mark = |c: char| matches!(c, '年' | '月' | '.' | '-');
    let number = |text: &str| {
        let length = text
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len());
        let number = text[..length].parse::<u32>().ok().filter(|_| length <= 2)?;
        Some((number, length))
    };
    let rest = rest.strip_prefix(is_mark)?;
    let (month, length) = number(rest)?;
    let rest = rest[length..].strip_prefix(is_mark)?;
    let (day, _) = number(rest)?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_parsed_from_titles() {
        for (text, first, last) in [
            (
                "2025-2026学年度第二学期家访记录",
                "2026-02-01",
                "2026-08-31",
            ),
            (
                "柳树小学2025—2026 学年度第一学期留守儿童谈心记录表",
                "2025-08-01",
                "2026-02-28",
            ),
            ("２０２５至２０２６学年上学期", "2025-08-01", "2026-02-28"),
            ("2025-2026-2", "2026-02-01", "2026-08-31"),
            ("2025-2026-w", "2026-01-01", "2026-03-31"),
            ("2025学年第一学期", "2025-08-01", "2026-02-28"),
            ("2025-2026学年", "2025-09-01", "2026-07-31"),
            (
                "2026年春季学期走访（2026年7月5日制）",
                "2026-02-01",
                "2026-08-31",
            ),
            ("2025年秋", "2025-08-01", "2026-02-28"),
            ("2026年寒假", "2026-01-01", "2026-03-31"),
            ("2025年下半年", "2025-07-01", "2025-12-31"),
            ("2026年春节慰问", "2026-01-01", "2026-12-31"),
            ("家访2025", "2025-01-01", "2025-12-31"),
            ("2025.9.1—2026.1.20走访", "2025-09-01", "2026-01-20"),
            ("Home visits, spring 2026", "2026-02-01", "2026-08-31"),
        ] {
            let found = period(text).map(|found| (found.first.to_string(), found.last.to_string()));
            assert_eq!(found, Some((first.to_owned(), last.to_owned())), "{text}");
        }
    }

    #[test]
    fn ambiguous_periods_are_rejected() {
        for text in [
            "留守儿童走访记录",
            "填表日期：2026年6月30日",
            "2025年上学期",
            "2025年9月至2026年1月",
            "20260305",
            "2024年、2026年",
        ] {
            assert_eq!(period(text), None, "{text}");
        }
    }
}
