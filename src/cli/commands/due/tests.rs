//! One day in a school of two children, in each output format.

use super::*;
use crate::cli::shared::sheet::Format;
use crate::model::table;

const SCHOOL: &str = r#"
format = 1
[school]
name = "青石小学"
level = "primary"
[policy]
caseload = { teacher = 1 }
[[duty]]
id = "monthly-visits"
title = "每月走访两次"
owed_to = "pairing"
count = 2
period = "month"
record = "visit"
"#;

fn child(name: &str, phone: &str) -> String {
    format!(
        r#"name = "{name}"
gender = "female"
birth_date = 2015-11-20
[[enrolment]]
since = 2022-09-01
class = "2022-1"
[[guardianship]]
since = 2022-09-01
away = "both"
kind = "grandparents"
{phone}"#
    )
}

fn records() -> Records {
    Records {
        terms: table(&[(
            "2025-2026-1",
            r#"name = "秋"
start = 2025-09-01
end = 2026-01-20
"#,
        )]),
        helpers: table(&[(
            "h000001",
            r#"name = "李老师"
role = "teacher"
"#,
        )]),
        children: table(&[
            (
                "c000001",
                &child("安安", "guardian = { phone = \"13900000001\" }\n"),
            ),
            ("c000002", &child("欧阳贝贝\\u001b[31m", "")),
        ]),
        pairings: table(&[(
            "2025-10-01-p000001",
            r#"child = "c000001"
helper = "h000001"
role = "teacher"
since = 2025-10-01
"#,
        )]),
        visits: table(&[(
            "2025-10-12-v000001",
            r#"date = 2025-10-12
mode = "home"
children = ["c000001"]
by = ["h000001"]
summary = "家访"
confidential = "不外传"
[[follow_up]]
what = "=更换,插线板;"
due = 2025-11-15
"#,
        )]),
        assessments: table(&[
            (
                "2025-09-15-s000001",
                r#"date = 2025-09-15
child = "c000001"
by = "h000001"
"#,
            ),
            (
                "2025-09-15-s000002",
                r#"date = 2025-09-15
child = "c000002"
by = "h000001"
"#,
            ),
        ]),
        ..Records::default()
    }
}

fn written(format: FormatOr<Calendar>, lang: Lang) -> String {
    let school: School = toml::from_str(SCHOOL).unwrap();
    let request = Request {
        today: "2025-11-12".parse().unwrap(),
        lang,
        within: 8,
        filter: Filter::default(),
        format,
        why: false,
    };
    let mut out = Vec::new();
    let mut target = Target {
        out: &mut out,
        lang,
        width: None,
        is_coloured: false,
    };
    write(&school, &records(), &request, &mut target).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn days_are_written_as_people_write_them() {
    assert_eq!(
        (days("14d"), days("2w"), days("0")),
        (Ok(14), Ok(14), Ok(0))
    );
    for text in ["", "d", "-1", "1m", "99999999999", "4294967295w", "14天"] {
        assert!(days(text).is_err(), "{text}");
    }
}

#[test]
fn a_terminal_shows_blocks_of_columns() {
    let expected = "\
2025-11-12 的待办，看到 2025-11-20

超期未联系（2）
  72 天（最多 30）  欧阳贝贝[31m  四（1）班          2025-09-01 以来没有联系
  31 天（最多 30）  安安          四（1）班  李老师  上次联系 2025-10-12

职责（1，逾期 1）
  每月走访两次
    2025-10-31 逾期 12 天  李老师  安安  缺 1 次，上次联系 2025-10-12

跟进事项（1）
  v000001  2025-11-15 还有 3 天  =更换,插线板;  安安  四（1）班  李老师

生日（2）
  2025-11-20 还有 8 天  满 10 岁  安安          四（1）班  李老师
  2025-11-20 还有 8 天  满 10 岁  欧阳贝贝[31m  四（1）班

未结对（1）
  四（1）班  欧阳贝贝[31m

缺监护人电话（1）
  四（1）班  欧阳贝贝[31m

共 8 项，逾期 3 项：超期未联系 2、职责 1。
";
    assert_eq!(written(FormatOr::Rows(Format::Table), Lang::Zh), expected);
}

#[test]
fn a_calendar_has_what_has_a_day_and_tells_nothing_confidential() {
    let expected = "\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//cuncao//cuncao//ZH
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:青石小学 待办
X-WR-CALNAME:青石小学 待办
BEGIN:VEVENT
CLASS:PRIVATE
DESCRIPTION:缺 1 次，上次联系 2025-10-12\\n四（1）班\\n李老师
DTSTAMP:20251112T000000Z
DTSTART;VALUE=DATE:20251112
SUMMARY:【逾期，原定 2025-10-31】每月走访两次：安安
TRANSP:TRANSPARENT
UID:duty-monthly-visits-2025-10-01-p000001-2025-10-31@cuncao
CATEGORIES:职责
END:VEVENT
BEGIN:VEVENT
CLASS:PRIVATE
DESCRIPTION:四（1）班\\n李老师
DTSTAMP:20251112T000000Z
DTSTART;VALUE=DATE:20251115
SUMMARY:=更换\\,插线板\\;：安安
TRANSP:TRANSPARENT
UID:follow-up-2025-10-12-v000001-0@cuncao
CATEGORIES:跟进事项
END:VEVENT
";
    let calendar = written(FormatOr::Own(Calendar::Ics), Lang::Zh);
    assert!(
        !calendar.replace("\r\n", "").contains(['\r', '\n']),
        "lines end in CRLF"
    );
    let calendar = calendar.replace("\r\n", "\n");
    let (head, duties) = expected.split_once("BEGIN:VEVENT").unwrap();
    assert!(calendar.starts_with(head), "{calendar}");
    assert!(calendar.contains(duties), "{calendar}");
    assert!(calendar.contains("72 天没有联系"), "{calendar}");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 6);
    assert!(!calendar.contains("不外传"));
}

#[test]
fn rows_are_data_for_spreadsheets_and_programs() {
    let csv = written(FormatOr::Rows(Format::Csv), Lang::Zh);
    let mut lines = csv.lines();
    assert_eq!(
        lines.next(),
        Some(
            "group,day,overdue,title,children,child_ids,classes,helpers,helper_ids,record,missing,last_contact,note,handle,duty,days,bound,risk"
        )
    );
    assert_eq!(
        lines.next(),
        Some(
            "contact,2025-10-01,true,72 天没有联系（最多 30 天）,欧阳贝贝[31m,c000002,2022-1,,,c000002,,,2025-09-01 以来没有联系,,,72,30,"
        )
    );
    assert_eq!(
        lines.nth(1),
        Some(
            "duty,2025-10-31,true,每月走访两次,安安,c000001,2022-1,李老师,h000001,2025-10-01-p000001,1,2025-10-12,\
             缺 1 次，上次联系 2025-10-12,,monthly-visits,,,"
        )
    );
    assert!(csv.contains(",\"'=更换,插线板;\","));
    let json: serde_json::Value =
        serde_json::from_str(&written(FormatOr::Rows(Format::Json), Lang::En)).unwrap();
    assert_eq!(json.as_array().map(Vec::len), Some(8));
    assert_eq!(json[0]["gap"]["days"], 72);
    assert_eq!(json[0]["gap"]["start"], "first-term");
    assert_eq!(json[2]["periods"][0]["until"], "2025-10-31");
    assert_eq!(json[2]["missing"], 1);
    assert_eq!(json[3]["handle"], "v000001");
}
