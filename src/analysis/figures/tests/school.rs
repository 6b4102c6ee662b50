//! An invented school of ten children, small enough to count by hand.

use crate::model::{HasTable, Record, Records, School, Table, table};

pub(super) const SCHOOL: &str = r#"
format = 1

[school]
name = "示例小学"
level = "primary"

[policy]
caseload = { teacher = 1, peer = 2 }

[[duty]]
id = "monthly-visit"
title = "每月走访一次"
owed_to = "pairing"
count = 1
period = "month"
record = "visit"

[[duty]]
id = "term-forum"
title = "每学期一次座谈会"
owed_to = "school"
count = 1
period = "term"
record = "activity"
match = { theme = "forum" }
"#;

const TERMS: &[(&str, &str)] = &[
    (
        "2024-2025-2",
        r#"
name = "第二学期"
start = 2025-02-20
end = 2025-07-05
next_step = [
    { text = "建好留守儿童之家", done = 2025-10-01 },
    { text = "培训辅导员" },
    { text = "修好操场", done = 2026-03-01 },
]
[enrolment]
1 = 500
"#,
    ),
    (
        "2025-2026-1",
        r#"
name = "第一学期"
start = 2025-09-01
end = 2026-01-20
target = [
    { figure = "children.visited", at_least = "66.6%" },
    { figure = "visits", at_least = 10 },
    { figure = "duty.term-forum", at_least = "100%" },
    { figure = "aid.money", at_least = 620 },
    { figure = "no-such-figure", at_least = 0 },
]
next_step = [{ text = "继续走访", done = 2026-01-10 }]
[enrolment]
3 = 30
4 = 40
6 = 30
"#,
    ),
];

const HELPERS: &[(&str, &str)] = &[
    (
        "h000001",
        "name = \"王老师\"\nrole = \"teacher\"\ngender = \"female\"",
    ),
    (
        "h000002",
        "name = \"李老师\"\nrole = \"counsellor\"\nsince = 2025-10-01",
    ),
    (
        "h000003",
        "name = \"张老师\"\nrole = \"teacher\"\nuntil = 2025-12-31",
    ),
];

const CHILDREN: &[(&str, &str)] = &[
    (
        "c000001",
        r#"
name = "甲"
gender = "female"
birth_date = 2016-03-01
village = "柳树村"
filed = 2025-09-10
hardship = ["low-income", "single-parent"]
enrolment = [{ since = 2022-09-01, class = "2022-1", boarding = true }]
parents = [{ relation = "father" }, { relation = "mother", phone = "13900000001" }]
[[guardianship]]
since = 2022-09-01
away = "both"
kind = "grandparents"
guardian = { phone = "13900000002" }
confirmed = 2025-09-15
"#,
    ),
    (
        "c000002",
        r#"
name = "乙"
gender = "male"
birth_date = 2016-04-01
village = "柳树村"
enrolment = [{ since = 2022-09-01, class = "2022-1" }]
parents = [{ relation = "mother", status = "home" }]
guardianship = [{ since = 2022-09-01, away = "father", kind = "one-parent", guardian = { phone = "13900000003" } }]
"#,
    ),
    (
        "c000003",
        r#"
name = "丙"
gender = "female"
birth_date = 2016-05-01
village = "大坪村"
filed = 2026-03-01
priority = [{ since = 2025-10-01 }]
enrolment = [{ since = 2022-09-01, class = "2022-2", boarding = false }]
parents = [{ relation = "mother", phone = "13900000004" }]
guardianship = [{ since = 2022-09-01, away = "mother", kind = "one-parent", guardian = { name = "丙父" } }]
"#,
    ),
    (
        "c000004",
        r#"
name = "丁"
gender = "male"
birth_date = 2017-05-01
filed = 2025-09-12
hardship = ["disabled"]
priority = [{ since = 2025-09-01, until = 2025-12-31 }]
enrolment = [{ since = 2023-09-01, class = "2023-1" }]
[[guardianship]]
since = 2023-09-01
away = "both"
kind = "kin-or-friends"
confirmed = 2026-02-15
"#,
    ),
    (
        "c000005",
        r#"
name = "戊"
gender = "female"
birth_date = 2017-06-01
filed = 2023-09-12
enrolment = [{ since = 2023-09-01, class = "2023-1" }]
left = { date = 2025-11-15, reason = "moved" }
guardianship = [{ since = 2023-09-01, away = "both", kind = "grandparents" }]
"#,
    ),
    (
        "c000006",
        r#"
name = "己"
gender = "male"
birth_date = 2016-07-01
enrolment = [{ since = 2022-09-01, class = "2022-2" }]
guardianship = [
    { since = 2022-09-01, away = "both", kind = "grandparents" },
    { since = 2025-12-01, away = "none", kind = "one-parent" },
]
"#,
    ),
    (
        "c000007",
        r#"
name = "庚"
gender = "female"
birth_date = 2016-08-01
hardship = ["poverty"]
enrolment = [{ since = 2022-09-01, class = "2022-2" }]
guardianship = [{ since = 2022-09-01, away = "none", kind = "one-parent" }]
"#,
    ),
    (
        "c000008",
        r#"
name = "辛"
gender = "male"
birth_date = 2017-08-01
household = "urban"
enrolment = [{ since = 2023-09-01, class = "2023-1" }]
parents = [{ relation = "mother", phone = "13900000005" }]
[[guardianship]]
since = 2023-09-01
away = "father"
kind = "one-parent"
home_parent_capable = false
guardian = { phone = "13900000005" }
"#,
    ),
    (
        "c000009",
        r#"
name = "壬"
gender = "female"
birth_date = 2014-08-01
enrolment = [{ since = 2020-09-01, class = "2020-1", boarding = true }]
guardianship = [{ since = 2020-09-01, away = "father", kind = "one-parent", home_parent_capable = false }]
"#,
    ),
    (
        "c00000a",
        r#"
name = "癸"
gender = "male"
birth_date = 2019-01-01
enrolment = [{ since = 2026-02-20, class = "2025-1" }]
guardianship = [{ since = 2025-01-01, away = "both", kind = "grandparents" }]
"#,
    ),
];

const PAIRINGS: &[(&str, &str)] = &[
    (
        "2025-09-05-p000001",
        "child = \"c000001\"\nhelper = \"h000001\"\nrole = \"teacher\"\nsince = 2025-09-05",
    ),
    (
        "2025-09-05-p000002",
        "child = \"c000002\"\nhelper = \"h000001\"\nrole = \"counsellor\"\nsince = 2025-09-05\nuntil = 2025-12-31",
    ),
    (
        "2025-10-10-p000003",
        "child = \"c000003\"\nhelper = \"h000002\"\nrole = \"teacher\"\nsince = 2025-10-10",
    ),
    (
        "2025-11-01-p000004",
        "child = \"c000001\"\nhelper = \"h000002\"\nrole = \"peer\"\nsince = 2025-11-01",
    ),
    (
        "2025-09-05-p000005",
        "child = \"c000005\"\nhelper = \"h000002\"\nrole = \"teacher\"\nsince = 2025-09-05\nuntil = 2025-11-15",
    ),
    (
        "2026-01-20-p000006",
        "child = \"c000009\"\nhelper = \"h000001\"\nrole = \"teacher\"\nsince = 2026-01-20",
    ),
];

const VISITS: &[(&str, &str)] = &[
    (
        "2025-09-20-v000001",
        r#"date = 2025-09-20
recorded = 2025-09-22
mode = "home"
children = ["c000001"]
by = ["h000001"]
summary = "一"
follow_up = [{ what = "甲", due = 2025-09-30, done = 2025-09-28 }]"#,
    ),
    (
        "2025-10-08-v000002",
        r#"date = 2025-10-08
recorded = 2025-10-20
mode = "talk"
children = ["c000001", "c000002"]
by = ["h000001"]
summary = "二"
follow_up = [{ what = "乙", due = 2026-02-10 }]"#,
    ),
    (
        "2025-11-03-v000003",
        r#"date = 2025-11-03
mode = "phone"
children = ["c000002"]
by = ["h000001"]
summary = "三"
follow_up = [{ what = "丙", due = 2025-11-10 }]"#,
    ),
    (
        "2025-12-10-v000004",
        r#"date = 2025-12-10
recorded = 2025-12-10
mode = "home"
children = ["c000004", "c000008"]
by = ["h000001", "h000002"]
summary = "四"
follow_up = [{ what = "丁", due = 2025-12-20, done = 2026-03-01 }]"#,
    ),
    (
        "2025-11-10-v000005",
        r#"date = 2025-11-10
recorded = 2025-11-17
mode = "home"
children = ["c000005"]
by = ["h000002"]
summary = "五""#,
    ),
    (
        "2026-01-20-v000006",
        r#"date = 2026-01-20
mode = "letter"
children = ["c000006"]
by = ["h000002"]
summary = "六""#,
    ),
    (
        "2026-02-25-v000007",
        r#"date = 2026-02-25
recorded = 2026-02-25
mode = "home"
children = ["c000003"]
by = ["h000002"]
summary = "七""#,
    ),
];

const ACTIVITIES: &[(&str, &str)] = &[
    (
        "2025-09-13-a000001",
        r#"date = 2025-09-13
title = "我们的节日"
theme = "festival"
organisers = ["h000001", "少先队"]
partners = ["镇妇联", "团县委"]
children = ["c000001"]
attendance = { children = 40, staff = 5 }
summary = "一""#,
    ),
    (
        "2025-10-20-a000002",
        r#"date = 2025-10-20
title = "监护人座谈会"
theme = "forum"
partners = ["镇妇联"]
classes = ["2022-1"]
attendance = { children = 10, guardians = 12 }
summary = "二""#,
    ),
    (
        "2025-12-05-a000003",
        r#"date = 2025-12-05
title = "开放"
theme = "home-open"
summary = "三"
follow_up = [{ what = "修门", due = 2025-12-12, done = 2025-12-11 }]"#,
    ),
    (
        "2026-03-01-a000004",
        "date = 2026-03-01\ntitle = \"开放\"\ntheme = \"home-open\"\nsummary = \"四\"\npartners = [\"村委会\"]",
    ),
];

const AID: &[(&str, &str)] = &[
    (
        "2025-12-20-d000001",
        r#"date = 2025-12-20
kind = "money"
children = ["c000001", "c000003"]
amount = "500.00"
source = "镇妇联""#,
    ),
    (
        "2026-01-05-d000002",
        "date = 2026-01-05\nkind = \"goods\"\nchildren = [\"c000004\"]\nsource = \"废品回收\"",
    ),
    (
        "2026-01-10-d000003",
        r#"date = 2026-01-10
kind = "money"
children = ["c000001"]
amount = "120.50"
source = "镇妇联"
by = "h000001""#,
    ),
    (
        "2026-01-21-d000004",
        r#"date = 2026-01-21
kind = "money"
children = ["c000009"]
amount = "99.00"
source = "村委会""#,
    ),
];

const ASSESSMENTS: &[(&str, &str)] = &[
    (
        "2025-06-15-s000001",
        "date = 2025-06-15\nchild = \"c000001\"\nby = \"h000001\"\nstudy = \"concern\"\nlife = \"fair\"",
    ),
    (
        "2025-09-15-s000002",
        "date = 2025-09-15\nchild = \"c000001\"\nby = \"h000001\"\nstudy = \"urgent\"\nlife = \"fair\"\nrisk = \"medium\"\nlacks = [\"care\"]",
    ),
    (
        "2026-01-10-s000003",
        "date = 2026-01-10\nchild = \"c000001\"\nby = \"h000001\"\nstudy = \"good\"\nlife = \"fair\"\nrisk = \"low\"\nlacks = [\"affection\"]",
    ),
    (
        "2025-06-16-s000004",
        "date = 2025-06-16\nchild = \"c000002\"\nby = \"h000001\"\nstudy = \"good\"",
    ),
    (
        "2025-12-01-s000005",
        r#"date = 2025-12-01
child = "c000002"
by = "h000001"
study = "concern"
risk = "high"
lacks = ["care", "affection"]
follow_up = [{ what = "约谈", due = 2025-12-15 }]"#,
    ),
    (
        "2025-12-02-s000006",
        "date = 2025-12-02\nchild = \"c000003\"\nby = \"h000002\"\nstudy = \"good\"\nrisk = \"low\"",
    ),
    (
        "2025-06-10-s000007",
        "date = 2025-06-10\nchild = \"c000004\"\nby = \"h000002\"\nstudy = \"fair\"",
    ),
    (
        "2025-12-03-s000008",
        "date = 2025-12-03\nchild = \"c000004\"\nby = \"h000002\"\nstudy = \"fair\"\nlife = \"urgent\"",
    ),
    (
        "2025-06-11-s000009",
        "date = 2025-06-11\nchild = \"c000008\"\nby = \"h000002\"\nlife = \"good\"",
    ),
    (
        "2025-12-04-s00000a",
        "date = 2025-12-04\nchild = \"c000008\"\nby = \"h000002\"\nstudy = \"good\"",
    ),
];

const INCIDENTS: &[(&str, &str)] = &[
    (
        "2025-10-15-i000001",
        r#"discovered = 2025-10-15T10:00:00
reported = 2025-10-15T10:05:00
kind = "injury"
children = ["c000001"]
by = "h000001"
summary = "一"
follow_up = [{ what = "复查", due = 2025-10-20, done = 2025-10-20 }]"#,
    ),
    (
        "2025-11-20-i000002",
        r#"discovered = 2025-11-20T09:00:00
reported = 2025-11-20T09:05:01
kind = "illness"
children = ["c000004"]
by = "h000002"
summary = "二""#,
    ),
    (
        "2025-12-25-i000003",
        "discovered = 2025-12-25T09:00:00\nkind = \"truancy\"\nchildren = [\"c000004\"]\nby = \"h000002\"\nsummary = \"三\"",
    ),
];

const AWARDS: &[(&str, &str)] = &[
    (
        "2025-12-30-w000001",
        "date = 2025-12-30\nchild = \"c000001\"\ntitle = \"三好学生\"\nlevel = \"county\"",
    ),
    (
        "2025-12-30-w000002",
        "date = 2025-12-30\nhelper = \"h000001\"\ntitle = \"先进\"\nlevel = \"school\"",
    ),
    (
        "2025-12-31-w000003",
        "date = 2025-12-31\nchild = \"c000002\"\ntitle = \"进步\"",
    ),
    (
        "2026-02-25-w000004",
        "date = 2026-02-25\nchild = \"c000002\"\ntitle = \"进步\"\nlevel = \"school\"",
    ),
];

const LOANS: &[(&str, &str)] = &[
    (
        "2025-10-13-l000001",
        "date = 2025-10-13\nitem = \"跳绳\"\nchild = \"c000001\"\ndue = 2025-10-20\nreturned = 2025-10-19",
    ),
    (
        "2025-11-01-l000002",
        "date = 2025-11-01\nitem = \"象棋\"\nchild = \"c000002\"\ndue = 2026-01-19",
    ),
    (
        "2025-05-01-l000003",
        "date = 2025-05-01\nitem = \"图书\"\nchild = \"c000003\"\ndue = 2025-06-01\nreturned = 2026-02-01",
    ),
    (
        "2026-01-15-l000004",
        "date = 2026-01-15\nitem = \"图书\"\nchild = \"c000004\"\ndue = 2026-01-20",
    ),
    (
        "2025-12-01-l000005",
        "date = 2025-12-01\nitem = \"图书\"\nchild = \"c000004\"",
    ),
];

const FUNDS: &[(&str, &str)] = &[
    (
        "2025-06-01-f000001",
        "date = 2025-06-01\ndirection = \"in\"\namount = \"300.00\"\nsource = \"废品回收\"",
    ),
    (
        "2025-11-30-f000002",
        "date = 2025-11-30\ndirection = \"in\"\namount = \"150.50\"\nsource = \"废品回收\"",
    ),
    (
        "2025-12-20-f000003",
        "date = 2025-12-20\ndirection = \"out\"\namount = \"200\"\nsource = \"慰问\"",
    ),
    (
        "2026-03-01-f000004",
        "date = 2026-03-01\ndirection = \"in\"\namount = \"999\"\nsource = \"募捐\"",
    ),
];

const DOCUMENTS: &[(&str, &str)] = &[
    (
        "2025-09-01-o000001",
        "date = 2025-09-01\nkind = \"plan\"\ntitle = \"计划\"",
    ),
    (
        "2025-09-02-o000002",
        "date = 2025-09-02\nkind = \"rule\"\ntitle = \"制度\"\nclass = \"2022-1\"",
    ),
    (
        "2025-08-20-o000003",
        "date = 2025-08-20\nkind = \"rule\"\ntitle = \"旧制度\"",
    ),
];

pub(super) fn settings() -> School {
    toml::from_str(SCHOOL).unwrap()
}

/// Adds a record to a collection.
pub(super) fn add<K: Record>(records: &mut Records, id: &str, text: &str)
where
    Records: HasTable<K>,
{
    let more: Table<K> = table(&[(id, text)]);
    records.table_mut().append(more);
    records.sort();
}

#[expect(
    clippy::needless_update,
    reason = "a kind that is new has no records here"
)]
pub(super) fn records() -> Records {
    Records {
        terms: table(TERMS),
        helpers: table(HELPERS),
        children: table(CHILDREN),
        pairings: table(PAIRINGS),
        visits: table(VISITS),
        activities: table(ACTIVITIES),
        aid: table(AID),
        assessments: table(ASSESSMENTS),
        incidents: table(INCIDENTS),
        awards: table(AWARDS),
        loans: table(LOANS),
        funds: table(FUNDS),
        documents: table(DOCUMENTS),
        ..Records::default()
    }
}
