//! Calendar edge cases, with expectations worked out by hand.

use chrono::NaiveDate;

use super::*;
use crate::analysis::{Basis, Scope};
use crate::model::{Code, Entry, Id, Kind, Records, School, Table, table};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A term, a child of class 2022-1 with extra TOML, its pairing, and the dates of visits to it.
#[derive(Clone, Copy)]
struct Case {
    term: (&'static str, &'static str),
    child: &'static str,
    pairing: &'static str,
    visits: &'static [&'static str],
}

const CASE: Case = Case {
    term: ("2025-09-01", "2026-01-20"),
    child: r#"[[guardianship]]
since = 2025-09-01
away = "both"
kind = "grandparents"
"#,
    pairing: "since = 2025-09-01\n",
    visits: &[],
};

impl Case {
    /// The periods of a duty of two visits as of a day: from, until, state and number found.
    fn periods(&self, owed_to: &str, period: &str, today: &str) -> Vec<String> {
        let school: School = toml::from_str(&format!(
            r#"format = 1
[school]
name = "青石小学"
level = "primary"
[[duty]]
id = "x"
title = "走访"
owed_to = "{owed_to}"
count = 2
period = "{period}"
record = "visit"
"#
        ))
        .unwrap();
        let (start, end) = self.term;
        let child = format!(
            r#"name = "安安"
gender = "female"
birth_date = 2015-11-20
{}[[enrolment]]
since = 2022-09-01
class = "2022-1"
"#,
            self.child
        );
        let pairing = format!(
            r#"child = "c000001"
helper = "h000001"
role = "teacher"
{}"#,
            self.pairing
        );
        let visit = |(at, date): (usize, &&str)| Entry {
            id: Id::new(Kind::Visit, day(date), at as u32).unwrap(),
            record: toml::from_str(&format!(
                r#"date = {date}
mode = "home"
children = ["c000001"]
by = ["h000001"]
summary = "家访"
"#
            ))
            .unwrap(),
        };
        let records = Records {
            terms: table(&[(
                "2025-2026-1",
                format!(
                    r#"name = "秋"
start = {start}
end = {end}
"#
                ),
            )]),
            children: table(&[("c000001", child)]),
            pairings: table(&[("2025-09-01-p000001", pairing)]),
            visits: Table::new(self.visits.iter().enumerate().map(visit).collect()),
            ..Records::default()
        };
        let basis = Basis {
            school: &school,
            records: &records,
            scope: Scope::of_term(&records.terms[0], day(today), school.definition()),
        };
        let periods = periods(&basis, &school.duty[0]);
        let line = |p: &DutyPeriod| {
            format!(
                "{} {} {} {}",
                p.owed.from,
                p.owed.until,
                p.state.code(),
                p.records.len()
            )
        };
        periods.iter().map(line).collect()
    }
}

#[test]
fn a_term_that_crosses_new_year_has_its_months_cut_at_its_ends() {
    let case = Case {
        term: ("2025-09-16", "2026-01-15"),
        visits: &[
            "2025-09-10",
            "2025-09-20",
            "2025-10-01",
            "2025-10-31",
            "2026-01-01",
            "2026-01-15",
            "2026-01-16",
        ],
        child: r#"[[guardianship]]
since = 2024-09-01
away = "both"
kind = "grandparents"
"#,
        ..CASE
    };
    // 15 of 30 days of September lie in the term, 15 of 31 of January: less than half.
    assert_eq!(
        case.periods("child", "month", "2026-03-01"),
        [
            "2025-09-16 2025-09-30 missed 1",
            "2025-10-01 2025-10-31 met 2",
            "2025-11-01 2025-11-30 missed 0",
            "2025-12-01 2025-12-31 missed 0",
        ]
    );
    assert_eq!(
        case.periods("child", "half-year", "2026-03-01"),
        ["2025-09-16 2025-12-31 met 3"]
    );
    assert_eq!(
        case.periods("child", "term-start", "2026-03-01"),
        ["2025-09-16 2025-10-15 met 2"]
    );
    assert_eq!(
        case.periods("child", "term-end", "2026-03-01"),
        ["2025-12-17 2026-01-15 met 2"]
    );
    assert_eq!(
        case.periods("child", "term", "2026-03-01"),
        ["2025-09-16 2026-01-15 met 5"]
    );
}

#[test]
fn the_leap_day_belongs_to_february() {
    let february = |end| Case {
        term: ("2024-02-15", end),
        child: r#"[[guardianship]]
since = 2023-09-01
away = "both"
kind = "grandparents"
"#,
        visits: &["2024-02-15", "2024-02-29"],
        ..CASE
    };
    // 15 of 29 days; with the 28th as the last day there would be 14.
    assert_eq!(
        february("2024-02-29").periods("child", "month", "2024-03-01"),
        ["2024-02-15 2024-02-29 met 2"]
    );
    assert!(
        february("2024-02-28")
            .periods("child", "month", "2024-03-01")
            .is_empty()
    );
}

#[test]
fn a_pairing_owes_nothing_for_the_month_in_which_it_began_or_ended() {
    let case = Case {
        pairing: "since = 2025-10-02\nuntil = 2025-12-30\n",
        visits: &["2025-10-10", "2025-10-20", "2025-11-01", "2025-11-30"],
        ..CASE
    };
    assert_eq!(
        case.periods("pairing", "month", "2026-03-01"),
        ["2025-11-01 2025-11-30 met 2"]
    );
    let whole = Case {
        pairing: "since = 2025-10-01\nuntil = 2025-12-31\n",
        ..case
    };
    assert_eq!(
        whole.periods("pairing", "month", "2026-03-01"),
        [
            "2025-10-01 2025-10-31 met 2",
            "2025-11-01 2025-11-30 met 2",
            "2025-12-01 2025-12-31 missed 0",
        ]
    );
}

#[test]
fn nothing_is_owed_for_the_week_in_which_a_child_leaves() {
    let case = Case {
        child: r#"[[guardianship]]
since = 2025-09-01
away = "both"
kind = "grandparents"
[left]
date = 2025-09-17
reason = "moved"
"#,
        ..CASE
    };
    // 17 September 2025 is a Wednesday.
    assert_eq!(
        case.periods("child", "week", "2026-03-01"),
        [
            "2025-09-01 2025-09-07 missed 0",
            "2025-09-08 2025-09-14 missed 0"
        ]
    );
}

#[test]
fn a_child_whose_parents_come_and_go_is_owed_only_whole_months() {
    let case = Case {
        child: r#"[[guardianship]]
since = 2025-09-01
away = "both"
kind = "grandparents"
[[guardianship]]
since = 2025-10-15
away = "none"
kind = "one-parent"
[[guardianship]]
since = 2025-12-01
away = "father"
kind = "one-parent"
"#,
        visits: &["2025-12-24", "2025-12-25"],
        ..CASE
    };
    assert_eq!(
        case.periods("child", "month", "2026-03-01"),
        [
            "2025-09-01 2025-09-30 missed 0",
            "2025-12-01 2025-12-31 met 2",
            "2026-01-01 2026-01-20 missed 0",
        ]
    );
}

#[test]
fn what_still_runs_is_open_and_what_has_not_begun_is_not_listed() {
    let case = Case {
        visits: &["2025-10-01", "2025-10-02", "2025-10-20"],
        ..CASE
    };
    assert_eq!(
        case.periods("child", "month", "2025-10-15"),
        [
            "2025-09-01 2025-09-30 missed 0",
            "2025-10-01 2025-10-31 open 2"
        ]
    );
    // The whole as-of date counts.
    assert_eq!(
        case.periods("child", "month", "2025-10-31")[1..],
        ["2025-10-01 2025-10-31 met 3"]
    );
    assert!(case.periods("child", "month", "2025-08-31").is_empty());
}

#[test]
fn a_festival_has_seven_days_before_and_after_it() {
    // Mid-Autumn 2025 is 6 October; the winter solstice is 21 December.
    let case = Case {
        visits: &["2025-09-28", "2025-09-29", "2025-10-13", "2025-10-14"],
        ..CASE
    };
    assert_eq!(
        case.periods("child", "mid-autumn", "2026-03-01"),
        ["2025-09-29 2025-10-13 met 2"]
    );
    assert_eq!(
        case.periods("child", "winter-solstice", "2025-12-14"),
        ["2025-12-14 2025-12-28 open 0"]
    );
    // New Year 2026 is within the term, the Spring Festival of 17 February is not.
    assert_eq!(
        case.periods("child", "new-year", "2026-03-01"),
        ["2025-12-25 2026-01-08 missed 0"]
    );
    assert!(
        case.periods("child", "spring-festival", "2026-03-01")
            .is_empty()
    );
    // Teachers' Day is 10 September: of 3 to 17 September, eight days have to be in the term.
    let late = |start| Case {
        term: (start, "2026-01-20"),
        ..case
    };
    assert_eq!(
        late("2025-09-10").periods("child", "teachers-day", "2026-03-01"),
        ["2025-09-10 2025-09-17 missed 0"]
    );
    assert!(
        late("2025-09-11")
            .periods("child", "teachers-day", "2026-03-01")
            .is_empty()
    );
}

#[test]
fn a_school_year_is_owed_once_both_terms_make_up_half_of_it() {
    // A single term is less than half a year.
    assert!(CASE.periods("child", "year", "2026-09-01").is_empty());
}
