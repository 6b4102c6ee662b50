//! A school with an example of everything that is counted, and every figure counted by hand.

use std::collections::HashSet;

use super::{Figures, SECTIONS, check, evidence, of_term, school};
use crate::model::activity::Activity;
use crate::model::aid::Aid;
use crate::model::assessment::Assessment;
use crate::model::award::Award;
use crate::model::child::Child;
use crate::model::document::Document;
use crate::model::fund::Fund;
use crate::model::helper::Helper;
use crate::model::incident::Incident;
use crate::model::loan::Loan;
use crate::model::pairing::Pairing;
use crate::model::term::Term;
use crate::model::visit::Visit;
use crate::model::{Records, School};

const SCHOOL: &str = r#"
format = 1
[school]
name = "示例小学"
level = "primary"
[policy]
caseload = { teacher = 3, counsellor = [2, 3] }
[[equipment]]
name = "跳绳"
quantity = 10
cost = "50.00"
[[equipment]]
name = "童话"
quantity = 5
kind = "book"
bought = 2027-01-01
"#;

fn records() -> Records {
    let mut all = Records::default();
    let child = |more: &str| {
        format!(
            r#"name = "安安"
gender = "male"
filed = 2025-02-20
{more}"#
        )
    };
    let mut add_child = |id: &str, more: &str| school::add::<Child>(&mut all, id, &child(more));
    add_child(
        "c000001",
        r#"
birth_date = 2015-10-10
mobility = "migrant"
consent = { basis = "consent", date = 2025-09-01, scope = [] }
priority = [{ since = 2025-12-01 }]
enrolment = [{ since = 2022-09-01, class = "2022-1", boarding = true }]
guardianship = [{ since = 2022-09-01, away = "both", kind = "grandparents", confirmed = 2025-09-01, guardian = { name = "奶奶", phone = "13900000001" } }]
parents = [
    { relation = "father", contact = "weekly", phone = "13900000002" },
    { relation = "mother", status = "deceased" },
]
"#,
    );
    add_child(
        "c000002",
        r#"
birth_date = 2015-03-02
enrolment = [{ since = 2022-09-01, class = "2022-2" }]
guardianship = [
    { since = 2022-09-01, away = "none", kind = "one-parent" },
    { since = 2025-09-05, away = "father", kind = "one-parent" },
]
contact = [{ since = 2025-10-01, parent = "both", frequency = "monthly" }]
"#,
    );
    add_child(
        "c000003",
        r#"
birth_date = 2015-04-02
hardship = ["poverty"]
enrolment = [{ since = 2022-09-01, class = "2022-1" }]
guardianship = [
    { since = 2022-09-01, away = "both", kind = "grandparents" },
    { since = 2025-08-01, away = "none", kind = "one-parent" },
]
"#,
    );
    school::add::<Term>(
        &mut all,
        "2024-2025-2",
        r#"name = "春"
start = 2025-02-17
end = 2025-07-04
next_step = [{ text = "建家", done = 2025-10-01 }]"#,
    );
    school::add::<Term>(
        &mut all,
        "2025-2026-1",
        r#"
name = "秋"
start = 2025-09-01
end = 2026-01-20
enrolment = { 4 = 50 }
departments = ["教导处", "教导处", "政教处"]
target = [{ figure = "caseload.mean", at_least = "1.5" }]
leadership = [
    { role = "head", name = "校长" },
    { role = "member", name = "校长", duty = "safety" },
    { role = "member", helper = "h000001" },
]
"#,
    );
    for (id, name) in [("h000001", "王芳"), ("h000002", "李娜")] {
        let text = format!("name = \"{name}\"\nrole = \"teacher\"");
        school::add::<Helper>(&mut all, id, &text);
    }
    for (id, child, helper, role) in [
        ("2025-02-20-p000001", 1, 1, "teacher"),
        ("2025-09-05-p000002", 2, 1, "volunteer"),
        ("2025-10-01-p000003", 1, 2, "counsellor"),
    ] {
        let text = format!(
            r#"child = "c00000{child}"
helper = "h00000{helper}"
role = "{role}"
since = {}"#,
            &id[..10]
        );
        school::add::<Pairing>(&mut all, id, &text);
    }
    for (id, mode, child, more) in [
        (
            "2025-09-10-v000001",
            "home",
            1,
            r#"met = ["child"]
child_voice = "想妈妈"
minutes = 30
occasion = "mid-autumn"
team = { organisation = "镇妇联", people = 5, households = 3 }
follow_up = [{ what = "复查", due = 2025-09-20, done = 2025-09-25 }]"#,
        ),
        (
            "2025-09-10-v000002",
            "home",
            2,
            "met = [\"neighbour\"]\nteam = { organisation = \"镇妇联\", people = 4 }",
        ),
        (
            "2025-12-20-v000003",
            "talk",
            1,
            r#"recorded = 2025-12-21
child_voice = "无"
met = ["child"]
follow_up = [{ what = "转介", due = 2026-01-10, to = "县医院", sent = 2025-12-22, done = 2026-01-05 }]"#,
        ),
        ("2025-10-01-v000004", "letter", 1, ""),
        ("2025-10-02-v000005", "diary", 2, ""),
        (
            "2025-03-01-v000006",
            "phone",
            2,
            "follow_up = [{ what = \"买台灯\", due = 2025-04-01 }]",
        ),
    ] {
        let text = format!(
            r#"date = {}
mode = "{mode}"
children = ["c00000{child}"]
by = ["h000001"]
summary = "好"
{more}"#,
            &id[..10]
        );
        school::add::<Visit>(&mut all, id, &text);
    }
    for (id, theme, more) in [
        (
            "2025-10-08-a000001",
            "class-meeting",
            "children = [\"c000002\", \"c000002\"]",
        ),
        (
            "2025-09-01-a000002",
            "home-open",
            "until = 2025-09-12\nsessions = 10\nattendance = { children = 40, staff = 2 }",
        ),
        (
            "2025-11-01-a000003",
            "parent-meeting",
            r#"invited = { guardians = 20, staff = 3 }
attendance = { guardians = 15, volunteers = 1 }
items = 7
books = ["西游记", "西游记 "]
campaign = "护苗"
channel = "公众号"
occasion = "childrens-day"
led_by = ["c000001"]
partners = ["镇妇联"]"#,
        ),
        (
            "2025-08-25-a000004",
            "study-support",
            "until = 2025-09-05\nsessions = 10",
        ),
        ("2025-10-05-a000005", "birthday", ""),
    ] {
        let text = format!(
            r#"date = {}
theme = "{theme}"
title = "活动"
summary = "好"
{more}"#,
            &id[..10]
        );
        school::add::<Activity>(&mut all, id, &text);
    }
    for (id, kind, more) in [
        ("2024-01-01-o000001", "rule", "title = \"安全制度\""),
        ("2025-09-02-o000002", "rule", "title = \"安全制度\""),
        (
            "2023-01-01-o000003",
            "rule",
            "title = \"旧制度\"\nuntil = 2024-01-01",
        ),
        (
            "2025-09-03-o000004",
            "plan",
            "title = \"计划\"\nclass = \"2022-1\"",
        ),
        (
            "2026-01-10-o000005",
            "appraisal",
            r#"title = "考评"
helper = "h000001"
grade = "excellent""#,
        ),
        (
            "2026-01-10-o000006",
            "appraisal",
            r#"title = "考评"
helper = "h000002"
grade = "good""#,
        ),
    ] {
        let text = format!(
            r#"date = {}
kind = "{kind}"
{more}"#,
            &id[..10]
        );
        school::add::<Document>(&mut all, id, &text);
    }
    school::add::<Aid>(
        &mut all,
        "2025-12-01-d000001",
        r#"date = 2025-12-01
kind = "money"
occasion = "consolation"
children = ["c000001", "c000003"]
amount = "100.00"
source = "镇妇联"
items = [{ name = "书包", value = "20.50" }]"#,
    );
    for (id, direction, amount) in [
        ("2025-10-01-f000001", "in", "300.00"),
        ("2025-12-01-f000002", "out", "100.00"),
    ] {
        let text = format!(
            r#"date = {}
direction = "{direction}"
amount = "{amount}"
source = "回收""#,
            &id[..10]
        );
        school::add::<Fund>(&mut all, id, &text);
    }
    for (id, risk, study) in [
        ("2025-03-10-s000001", "low", "good"),
        ("2025-10-10-s000002", "high", "concern"),
    ] {
        let text = format!(
            r#"date = {}
child = "c000001"
by = "h000001"
risk = "{risk}"
study = "{study}"
lacks = ["care"]"#,
            &id[..10]
        );
        school::add::<Assessment>(&mut all, id, &text);
    }
    for (id, who) in [
        (
            "2025-11-01-w000001",
            "child = \"c000001\"\nlevel = \"school\"",
        ),
        ("2025-12-01-w000002", "child = \"c000001\""),
        ("2025-12-01-w000003", "helper = \"h000001\""),
    ] {
        let text = format!(
            r#"date = {}
title = "奖"
{who}"#,
            &id[..10]
        );
        school::add::<Award>(&mut all, id, &text);
    }
    for (id, item, more) in [
        (
            "2025-10-01-l000001",
            "童话",
            "quantity = 2\ndue = 2025-11-01",
        ),
        ("2025-10-02-l000002", "跳绳", ""),
    ] {
        let text = format!(
            r#"date = {}
item = "{item}"
child = "c000001"
{more}"#,
            &id[..10]
        );
        school::add::<Loan>(&mut all, id, &text);
    }
    for (id, kind, children, more) in [
        ("2025-05-01-i000001", "illness", "\"c000001\"", ""),
        (
            "2025-11-02-i000002",
            "injury",
            "\"c000001\", \"c000002\"",
            "reported = 2025-11-02T10:04:30\nclosed = 2025-11-05\nguardian_told = 2025-11-02T11:00:00",
        ),
        (
            "2025-12-02-i000003",
            "bullying",
            "\"c000001\"",
            "reported = 2025-12-02T10:20:00",
        ),
    ] {
        let text = format!(
            r#"discovered = {}T10:00:00
kind = "{kind}"
children = [{children}]
by = "h000001"
summary = "事"
{more}"#,
            &id[..10]
        );
        school::add::<Incident>(&mut all, id, &text);
    }
    all
}

/// One figure per line, counted by hand.
const EXPECTED: &str = "
students 50
children 2/50
children.statutory 1
children.guardianship.grandparents 1/2
children.away.both 1/2
children.boarding 1/2
children.hardship 0/2
children.priority 1/2
children.filed 2/2
children.reachable 1/2
children.guardian-confirmed 1/2
children.migrant 1/2
children.consent 1/2
children.new 1/2
children.departed 1/2
children.difficulty 1
children.paired 2/2
children.visited 1/2
children.home-visited 1/2
children.talked 1/2
children.heard 1/2
children.assessed 1/2
children.aided 1/2
visits 2
visits.home 2
visits.talk 1
visits.letter 1
visits.phone 0
visits.on-time 1/1
visits.occasion.mid-autumn 1
visits.per-child.min 0
visits.per-child.median 0
visits.per-child.max 2
visits.minutes.home 30
papers 1
diaries 1
contact.gap.median 31
contact.gap.max 137
contact.gap.over 2/2
parents.weekly 1/2
parents.known 2/2
trips 1
trips.people 5
trips.households 3
helpers 2
helpers.continuity 2/2
pairings 3
pairings.counsellor 1
caseload.min 1
caseload.mean 15
caseload.max 2
caseload.over 0/2
caseload.under 1/2
follow-ups.done 2/2
follow-ups.on-time 1/2
follow-ups.late.median 5
follow-ups.overdue 1
referrals 1
referrals.done 1/1
referrals.refused 0/1
referrals.median 14
leadership 2
departments 2
targets 1/1
next-steps.done 1/1
documents.plan 1
documents.appraisal 2
documents.rule.in-force 1
appraisals 2
appraisals.excellent 1/2
classes 2
classes.with-plan 1/2
classes.with-meeting 1/2
activities 4
activities.home-open 1
activities.study-support 0
activities.sessions 18
activities.sessions.home-open 10
activities.sessions.study-support 5
activities.attendance 59
activities.attendance.children 41
activities.attendance.guardians 15
activities.attendance.staff 2
activities.attendance.volunteers 1
activities.invited.guardians 15/20
activities.invited.staff 0/0
activities.occasion.childrens-day 1
activities.campaign.护苗 1
activities.led-by-children 1
activities.items 7
activities.books 1
partners 1
publicity.公众号 1
birthdays.kept 1/1
home.openings 10
home.children 40
home.staff.min 2
equipment.items 10
equipment.cost 5000
loans 2
loans.books 2
loans.children 1
loans.overdue 1
aid 1
aid.money 10000
aid.source.镇妇联 1
aid.consolation 1
aid.goods-value 2050
aid.children.consolation 2
fund.in 30000
fund.out 10000
fund.balance 20000
assessments 1
assessments.improved 0/1
assessments.unchanged 0/1
assessments.worse 1/1
risk.high 1
lacks.care 1
risk.lower 0/1
risk.higher 1/1
assessments.worse.priority 1/1
awards 3
awards.school 1
awards.children 1
awards.helpers 1
incidents 2
incidents.on-time 1/2
incidents.injury 1
incidents.closed 1/2
incidents.guardian-told 1/2
incidents.open 2
incidents.report-delay.median 4
incidents.report-delay.max 20
incidents.children 2
";

#[test]
fn every_figure_is_counted_as_by_hand() {
    let (school, records): (School, _) = (toml::from_str(SCHOOL).unwrap(), records());
    let basis = of_term(&school, &records, "2025-2026-1", "2026-02-01");
    let figures = Figures::of(&basis);
    check(&figures, EXPECTED);
    for (figure, value) in figures.rows() {
        assert_eq!(
            evidence(&figures, &figure.id).value(),
            Some(value),
            "{}",
            figure.id
        );
    }
}

#[test]
fn every_row_is_among_those_counted_by_hand() {
    let counted: HashSet<&str> = EXPECTED
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let rows = SECTIONS.iter().flat_map(|section| section.rows.iter());
    let missing: Vec<&str> = rows
        .map(|row| row.id)
        .filter(|id| {
            let below = format!("{id}.");
            !counted
                .iter()
                .any(|known| known == id || known.starts_with(&below))
        })
        .collect();
    // Duties have tests of their own.
    assert_eq!(missing, ["duty"]);
}

#[test]
fn a_median_of_nothing_is_left_out_and_so_is_what_looks_back_on_no_term() {
    let school: School = toml::from_str(SCHOOL).unwrap();
    let mut records = records();
    records.children = crate::model::Table::default();
    records.visits = crate::model::Table::default();
    let basis = of_term(&school, &records, "2024-2025-2", "2026-02-01");
    let figures = Figures::of(&basis);
    for id in [
        "contact.gap.median",
        "referrals.median",
        "caseload.mean",
        "children.new",
        "children.departed",
    ] {
        assert_eq!(figures.value(id), None, "{id}");
        assert!(figures.is_left_out(figures.figure(id).unwrap()), "{id}");
    }
    for id in ["visits.home", "aid.money", "activities.attendance"] {
        assert!(figures.is_left_out(figures.figure(id).unwrap()), "{id}");
    }
    for id in ["children", "visits", "referrals", "contact.gap.over"] {
        assert!(!figures.is_left_out(figures.figure(id).unwrap()), "{id}");
    }
}
