//! One morning in a small school, Wednesday 12 November 2025, with expectations worked out by hand.

use chrono::NaiveDate;

use super::*;
use crate::model::{Entry, Id, Records, School, Table, table};

const SCHOOL: &str = r#"
format = 1
[school]
name = "青石小学"
level = "primary"
[policy]
caseload = { teacher = 1 }
retention_years = 3
[[duty]]
id = "monthly-visits"
title = "每月走访两次"
owed_to = "pairing"
count = 2
period = "month"
record = "visit"
[[duty]]
id = "weekly-opening"
title = "留守儿童之家每周开放"
owed_to = "school"
count = 1
period = "week"
record = "activity"
match = { theme = "home-open" }
[[duty]]
id = "term-assessment"
title = "每学期一次测评"
owed_to = "child"
count = 1
period = "term"
record = "assessment"
"#;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn child(name: &str, class: &str, more: &str) -> String {
    format!(
        r#"name = "{name}"
gender = "female"
birth_date = 2015-11-20
{more}
[[enrolment]]
since = 2022-09-01
class = "{class}"
[[guardianship]]
since = 2022-09-01
away = "both"
kind = "grandparents"
"#
    )
}

const ANA: &str = "c000001";
const BEI: &str = "c000002";
const GONE: &str = "c000003";
const LI: &str = "h000001";
const HEAD: &str = "h000002";

fn records() -> Records {
    let ana =
        child("安安", "2022-1", "") + "guardian = { name = \"奶奶\", phone = \"13900000001\" }\n";
    let bei = child("贝贝", "2023-1", "");
    let gone = child(
        "已离",
        "2022-1",
        "left = { date = 2022-10-01, reason = \"moved\" }",
    );
    Records {
        terms: table(&[
            (
                "2024-2025-2",
                r#"name = "春"
start = 2025-02-17
end = 2025-07-04
"#,
            ),
            (
                "2025-2026-1",
                r#"name = "秋"
start = 2025-09-01
end = 2026-01-20
"#,
            ),
        ]),
        helpers: table(&[
            (
                LI,
                r#"name = "李老师"
role = "teacher"
"#,
            ),
            (
                HEAD,
                r#"name = "王老师"
role = "head-teacher"
class = "2022-1"
"#,
            ),
        ]),
        children: table(&[(ANA, &ana), (BEI, &bei), (GONE, &gone)]),
        pairings: table(&[
            (
                "2025-09-01-p000001",
                r#"child = "c000001"
helper = "h000001"
role = "teacher"
since = 2025-09-01
"#,
            ),
            (
                "2025-10-08-p000002",
                r#"child = "c000002"
helper = "h000001"
role = "teacher"
since = 2025-10-08
"#,
            ),
        ]),
        visits: table(&[
            (
                "2025-10-12-v000001",
                r#"date = 2025-10-12
mode = "home"
children = ["c000001"]
by = ["h000001"]
summary = "家访"
[[follow_up]]
what = "更换插线板"
due = 2025-10-20
[[follow_up]]
what = "回访"
due = 2025-11-20
who = "h000002"
[[follow_up]]
what = "期末回访"
due = 2026-01-10
[[follow_up]]
what = "已做"
due = 2025-10-15
done = 2025-10-14
"#,
            ),
            (
                "2025-11-03-v000002",
                r#"date = 2025-11-03
mode = "talk"
children = ["c000001"]
by = ["h000002"]
summary = "谈心"
"#,
            ),
        ]),
        activities: table(&[(
            "2025-11-10-a000001",
            r#"date = 2025-11-10
title = "开放"
theme = "home-open"
summary = "开放"
"#,
        )]),
        loans: table(&[
            (
                "2025-10-13-l000001",
                r#"date = 2025-10-13
item = "跳绳"
child = "c000002"
due = 2025-11-12
"#,
            ),
            (
                "2025-10-13-l000002",
                r#"date = 2025-10-13
item = "象棋"
child = "c000001"
due = 2025-10-20
returned = 2025-10-19
"#,
            ),
        ]),
        incidents: table(&[(
            "2025-11-02-i000001",
            r#"discovered = 2025-11-02T10:00:00
kind = "injury"
children = ["c000002"]
by = "h000002"
summary = "摔伤"
"#,
        )]),
        assessments: table(&[(
            "2025-09-15-s000001",
            r#"date = 2025-09-15
child = "c000001"
by = "h000001"
study = "good"
"#,
        )]),
        ..Records::default()
    }
}

/// Each due item as one line of text.
fn lines(today: &str, within: u32, filter: Filter) -> Vec<String> {
    let school: School = toml::from_str(SCHOOL).unwrap();
    let records = records();
    let view = View {
        school: &school,
        records: &records,
        today: day(today),
        within,
    };
    let line = |item: &DueItem<'_>| {
        let detail = match &item.reason {
            DueReason::Duty {
                duty,
                periods,
                missing,
                last_contact,
            } => {
                format!(" {} {}/{missing} {last_contact:?}", duty.id, periods.len())
            }
            DueReason::Contact(clock) => format!(" {}/{}", clock.days, clock.bound),
            DueReason::FollowUp { what, .. } => format!(" {what} {:?}", item.handle()),
            DueReason::Loan { item, quantity } => format!(" {quantity} {item}"),
            DueReason::Caseload { most, .. } => format!(" {most}"),
            DueReason::Birthday { age, .. } => format!(" {age}"),
            DueReason::Incident { since, .. } => format!(" since {since}"),
            _ => String::new(),
        };
        let day = item.day.map_or("-".to_owned(), |day| day.to_string());
        let group = crate::model::Code::code(item.reason.group());
        format!(
            "{group}{detail} {day} {:?} {:?}",
            item.children, item.helpers
        )
    };
    let items = list(&view, filter);
    items
        .iter()
        .filter(|item| !matches!(item.reason.group(), Group::Birthday | Group::Festival))
        .map(line)
        .collect()
}

#[test]
fn a_morning_in_november() {
    assert_eq!(
        lines("2025-11-12", 7, Filter::default()),
        [
            // No contact since the first term on record began, on 17 February.
            "contact 268/30 2025-03-19 [c000002] [h000001]",
            // September: none of two; October: one of two by its helper. The talk was by another helper.
            "duty monthly-visits 2/3 Some(2025-10-12) 2025-10-31 [c000001] [h000001]",
            // Ten weeks, from Monday 1 September to Sunday 9 November, in which the home did not open.
            "duty weekly-opening 10/10 None 2025-11-09 [] []",
            "follow-up 更换插线板 Some(\"v000001.1\") 2025-10-20 [c000001] [h000001]",
            "incident since 2025-11-02 - [c000002] [h000001, h000002]",
            "loan 1 跳绳 2025-11-12 [c000002] [h000001]",
            "caseload 1 - [c000001, c000002] [h000001]",
            "unassessed - [c000002] [h000001]",
            "no-guardian-phone - [c000002] [h000001]",
            "past-retention 2025-10-01 [c000003] []",
        ]
    );
}

#[test]
fn what_ends_within_the_days_is_due_and_what_ends_later_is_not() {
    let duties = |within| -> Vec<String> {
        lines("2025-11-12", within, Filter::default())
            .into_iter()
            .filter(|line| line.contains("2025-11-30") || line.contains("2026-01"))
            .collect()
    };
    assert!(duties(17).is_empty());
    assert_eq!(
        duties(18),
        [
            "duty monthly-visits 1/2 Some(2025-10-12) 2025-11-30 [c000001] [h000001]",
            "duty monthly-visits 1/2 None 2025-11-30 [c000002] [h000001]",
        ]
    );
    assert_eq!(
        duties(69)[2..],
        [
            "duty term-assessment 1/1 None 2026-01-20 [c000002] [h000001]",
            "follow-up 期末回访 Some(\"v000001.3\") 2026-01-10 [c000001] [h000001]",
        ]
    );
}

#[test]
fn what_ends_today_may_still_be_done_today() {
    let of_visits = |today| {
        let all = lines(today, 0, Filter::default());
        let of_ana = all
            .into_iter()
            .find(|line| line.contains("monthly") && line.contains("c000001"));
        of_ana.unwrap()
    };
    assert!(of_visits("2025-09-30").starts_with("duty monthly-visits 1/2 None 2025-09-30"));
    assert!(of_visits("2025-10-01").starts_with("duty monthly-visits 1/2 None 2025-09-30"));
}

#[test]
fn a_helper_sees_what_the_helper_answers_for() {
    let of = |helper: &str| Filter {
        helper: Id::parse(crate::model::Kind::Helper, helper),
        ..Filter::default()
    };
    // The head teacher of 2022-1: items about its children, and the incident that this helper discovered.
    assert_eq!(
        lines("2025-11-12", 8, of(HEAD)),
        [
            "duty monthly-visits 2/3 Some(2025-10-12) 2025-10-31 [c000001] [h000001]",
            "follow-up 更换插线板 Some(\"v000001.1\") 2025-10-20 [c000001] [h000001]",
            "follow-up 回访 Some(\"v000001.2\") 2025-11-20 [c000001] [h000002]",
            "incident since 2025-11-02 - [c000002] [h000001, h000002]",
            "caseload 1 - [c000001, c000002] [h000001]",
            "past-retention 2025-10-01 [c000003] []",
        ]
    );
    assert!(
        lines("2025-11-12", 8, of(LI))
            .iter()
            .all(|line| line.contains(LI))
    );
}

#[test]
fn a_class_sees_its_children() {
    let filter = Filter {
        class: "2023-1".parse().ok(),
        ..Filter::default()
    };
    let lines = lines("2025-11-12", 8, filter);
    assert_eq!(lines.len(), 6, "{lines:?}");
    assert!(lines.iter().all(|line| line.contains(BEI)));
}

#[test]
fn birthdays_and_festivals_within_the_days() {
    let school: School = toml::from_str(SCHOOL).unwrap();
    let mut records = records();
    let mut lunar = child("小农", "2023-1", "birthday_calendar = \"lunar\"");
    // 28 December 2015 was the eighteenth of the eleventh month, which is 6 January 2026.
    lunar = lunar.replace("2015-11-20", "2015-12-28");
    let mut children: Vec<Entry<crate::model::child::Child>> = records.children.to_vec();
    children.extend(table::<crate::model::child::Child>(&[("c000004", &lunar)]).to_vec());
    records.children = Table::new(children);
    let days = |today: &str, within| -> Vec<String> {
        let view = View {
            school: &school,
            records: &records,
            today: day(today),
            within,
        };
        let of_days = list(&view, Filter::default())
            .into_iter()
            .filter_map(|item| match item.reason {
                DueReason::Birthday { age, lunar } => {
                    Some(format!("{} {:?} {age} {lunar}", item.day?, item.children))
                }
                DueReason::Festival(festival) => Some(format!("{} {festival:?}", item.day?)),
                _ => None,
            });
        of_days.collect()
    };
    assert_eq!(
        days("2025-11-13", 7),
        [
            "2025-11-20 [c000001] 10 false",
            "2025-11-20 [c000002] 10 false"
        ]
    );
    assert!(days("2025-11-13", 6).is_empty());
    assert_eq!(
        days("2025-12-21", 16),
        [
            "2026-01-06 [c000004] 10 true",
            "2025-12-21 WinterSolstice",
            "2026-01-01 NewYear"
        ]
    );
}

#[test]
fn a_child_is_owed_what_names_it() {
    let filter = Filter {
        child: Id::parse(crate::model::Kind::Child, ANA),
        ..Filter::default()
    };
    let lines = lines("2025-11-12", 8, filter);
    assert_eq!(lines.len(), 5, "{lines:?}");
    assert!(lines.iter().all(|line| line.contains(ANA)));
}
