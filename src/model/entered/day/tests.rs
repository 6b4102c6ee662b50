//! Tests of dates as people write and say them, each with the expected day.

use super::*;

/// A Sunday.
fn today() -> NaiveDate {
    "2025-10-12".parse().unwrap()
}

fn read(text: &str, towards: Towards) -> Result<String, InputError> {
    day(text, today(), towards).map(|day| day.to_string())
}

#[test]
fn full_dates_are_parsed_in_any_form() {
    for text in [
        "2017-03-11",
        "2017/3/11",
        "2017.3.11",
        "2017.03.11",
        "17.3.11",
        "17年3月11日",
        "2017年3月11日",
        "2017年 3月 11日",
        "20170311",
        "170311",
        "42805",
        "２０１７／３／１１",
        "2017/3/11 0:00:00",
        "2017-03-11T00:00:00",
        "2017年3月11号",
        "2017.3.11.",
        "2017-03-11（星期六）",
        "2017年3月11日 周六",
        "二〇一七年三月十一日",
        "17-3-11",
        "2017—3—11",
    ] {
        assert_eq!(
            read(text, Towards::Neither),
            Ok("2017-03-11".to_owned()),
            "{text}"
        );
        assert_eq!(
            read(text, Towards::Past),
            Ok("2017-03-11".to_owned()),
            "{text}"
        );
    }
    assert_eq!(
        read("75.3.11", Towards::Neither),
        Ok("1975-03-11".to_owned())
    );
    assert_eq!(
        read("09.3.11", Towards::Neither),
        Ok("2009-03-11".to_owned())
    );
}

#[test]
fn incomplete_dates_have_specific_errors() {
    for (text, unread) in [
        ("2017年8月", InputError::MonthOnly(2017, 8)),
        ("2017.8", InputError::MonthOnly(2017, 8)),
        ("2017-08", InputError::MonthOnly(2017, 8)),
        ("201708", InputError::MonthOnly(2017, 8)),
        ("17年8月", InputError::MonthOnly(2017, 8)),
        ("2019.12", InputError::MonthOnly(2019, 12)),
        ("201701", InputError::MonthOnly(2017, 1)),
        ("2017", InputError::YearOnly),
        ("2017年", InputError::YearOnly),
        ("2017.13", InputError::NoSuchDay),
        ("2015-02-30", InputError::NoSuchDay),
        ("2017年二月初三", InputError::Lunar),
        ("2017-03-11（周一）", InputError::Weekday),
        ("3/11/17", InputError::Unknown),
        ("11月6日", InputError::NoYear),
        ("3.5", InputError::NoYear),
        ("12.40", InputError::Unknown),
        ("周三", InputError::WeekdayOnly),
        ("昨天", InputError::Unknown),
        ("9月1日-3日", InputError::Unknown),
        ("123", InputError::Unknown),
        ("", InputError::Unknown),
        ("0000-01-01", InputError::NoSuchDay),
        ("2017年8月上旬", InputError::Unknown),
    ] {
        assert_eq!(read(text, Towards::Neither), Err(unread), "{text}");
    }
}

#[test]
fn relative_dates_are_parsed() {
    for (text, past, future) in [
        ("今天", "2025-10-12", "2025-10-12"),
        ("昨天", "2025-10-11", "2025-10-11"),
        ("大前天", "2025-10-09", "2025-10-09"),
        ("周三", "2025-10-08", "2025-10-15"),
        ("星期天", "2025-10-12", "2025-10-12"),
        ("上周三", "2025-10-01", "2025-10-01"),
        ("下周三", "2025-10-15", "2025-10-15"),
        ("11月6日", "2024-11-06", "2025-11-06"),
        ("11-6", "2024-11-06", "2025-11-06"),
        ("7-20", "2025-07-20", "2026-07-20"),
        ("7.20", "2025-07-20", "2026-07-20"),
        ("10月12日", "2025-10-12", "2025-10-12"),
        ("2-29", "2024-02-29", "2028-02-29"),
        ("3天前", "2025-10-09", "2025-10-09"),
        ("两周后", "2025-10-26", "2025-10-26"),
        ("-3d", "2025-10-09", "2025-10-09"),
        ("+1d", "2025-10-13", "2025-10-13"),
        ("-2w", "2025-09-28", "2025-09-28"),
        ("8日", "2025-10-08", "2025-11-08"),
        ("20号", "2025-09-20", "2025-10-20"),
        ("wednesday", "2025-10-08", "2025-10-15"),
        ("yesterday", "2025-10-11", "2025-10-11"),
        ("3 days ago", "2025-10-09", "2025-10-09"),
    ] {
        assert_eq!(read(text, Towards::Past), Ok(past.to_owned()), "{text}");
        assert_eq!(read(text, Towards::Future), Ok(future.to_owned()), "{text}");
    }
    for text in [
        "7d",
        "soon",
        "-d",
        "-999999999999d",
        "周八",
        "13-40",
        "40日",
        "",
    ] {
        assert!(read(text, Towards::Past).is_err(), "{text}");
    }
}

#[test]
fn serial_dates_may_use_the_1904_system() {
    let of = |days, from| of_serial(days, from).map(|day| day.to_string());
    assert_eq!(of(42430, false).as_deref(), Some("2016-03-01"));
    assert_eq!(of(40968, true).as_deref(), Some("2016-03-01"));
    assert_eq!(of(7, false), None);
}

#[test]
fn times_are_parsed_with_their_dates() {
    for text in [
        "2025-11-02T10:25:00",
        "2025/11/2 10:25",
        "2025年11月2日10时25分",
        "2025年11月2日上午10点25分",
        "2025年11月2日 10：25",
    ] {
        assert_eq!(
            time(text, today(), Towards::Neither).unwrap().to_string(),
            "2025-11-02 10:25:00",
            "{text}"
        );
    }
    assert_eq!(
        time("2025年11月2日下午3点半", today(), Towards::Neither)
            .unwrap()
            .to_string(),
        "2025-11-02 15:30:00"
    );
    for text in ["2025-11-02", "10:25", "2025-11-02 25:00"] {
        assert!(time(text, today(), Towards::Neither).is_err(), "{text}");
    }
}

#[test]
fn a_month_and_a_day_are_completed_by_the_period() {
    let period = crate::model::entered::period::period("2025-2026学年第一学期").unwrap();
    for (text, day) in [
        ("9月5日", "2025-09-05"),
        ("1.8", "2026-01-08"),
        ("10/12", "2025-10-12"),
        ("12月3号（周三）", "2025-12-03"),
        ("2024-12-03", "2024-12-03"),
    ] {
        assert_eq!(
            read(text, Towards::Within(period)),
            Ok(day.to_owned()),
            "{text}"
        );
    }
    for (text, unread) in [
        (
            "5月1日",
            InputError::OutsidePeriod(period.first, period.last),
        ),
        ("2月30日", InputError::NoSuchDay),
        ("12月3日（周四）", InputError::Weekday),
        ("周三", InputError::WeekdayOnly),
        ("昨天", InputError::Unknown),
        ("5日", InputError::Unknown),
    ] {
        assert_eq!(read(text, Towards::Within(period)), Err(unread), "{text}");
    }
}

#[test]
fn the_end_of_a_range_may_be_abbreviated() {
    let first = "2025-12-30".parse().unwrap();
    for (text, last) in [
        ("31日", "2025-12-31"),
        ("1月3日", "2026-01-03"),
        ("1.3", "2026-01-03"),
        ("2026-01-05", "2026-01-05"),
    ] {
        assert_eq!(
            last_of(text, first, today()).unwrap().to_string(),
            last,
            "{text}"
        );
    }
    assert!(last_of("3日", first, today()).is_err());
    assert_eq!(
        read("2025年10月9日 上午", Towards::Neither),
        Ok("2025-10-09".to_owned())
    );
}
