//! Files that break and that keep each rule: shown by `--explain` and run as tests.
//!
//! Each is added to `SOUND`, a directory in which nothing is wrong on `TODAY`.

/// The day on which the examples are looked at.
pub const TODAY: &str = "2025-11-12";

/// What a file of an example holds.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// Text.
    Text(&'static str),
    /// Bytes that are no text.
    Bytes(&'static [u8]),
    /// A text so many times: a file too long to be shown.
    Repeated(&'static str, usize),
    /// A symbolic link.
    Link(&'static str),
}

/// Files with their paths from the records directory.
#[derive(Clone, Copy, Debug)]
pub struct Example(pub &'static [(&'static str, Content)]);

macro_rules! child {
    ($($top:literal)* ; $($tables:literal)*) => {
        concat!(
            "name = \"安安\"\ngender = \"female\"\nbirth_date = 2015-11-20\nfiled = 2022-09-10\n",
            $($top,)*
            "\n[[enrolment]]\nsince = 2022-09-01\nclass = \"2022-1\"\n",
            "\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\n",
            "guardian = { name = \"李秀英\", relation = \"奶奶\", phone = \"13900000001\" }\n",
            "\n[[parents]]\nrelation = \"father\"\nphone = \"13900000002\"\n",
            "\n[consent]\nbasis = \"statutory\"\ndate = 2022-09-01\n",
            $($tables,)*
        )
    };
}

macro_rules! school {
    ($($more:literal)*) => {
        concat!(
            "format = 1\n\n[school]\nname = \"青石小学\"\nlevel = \"primary\"\n\n",
            "[policy]\ncaseload = { teacher = 1 }\n\n[[equipment]]\nname = \"跳绳\"\nquantity = 2\n",
            $($more,)*
        )
    };
}

macro_rules! helper {
    ($($more:literal)*) => { concat!("name = \"王老师\"\nrole = \"teacher\"\n", $($more,)*) };
}

macro_rules! visit {
    ($($more:literal)*) => {
        concat!(
            "date = 2025-10-12\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nsummary = \"家访。\"\n",
            $($more,)*
        )
    };
}

macro_rules! incident {
    ($kind:literal $($more:literal)*) => {
        concat!(
            "discovered = 2025-11-02T10:25:00\nkind = \"", $kind, "\"\nchildren = [\"c4t8w2z\"]\nby = \"h7k3m9q\"\n",
            "summary = \"课间发现。\"\n", $($more,)*
        )
    };
}

/// A directory in which nothing is wrong.
pub const SOUND: Example = Example(&[
    ("cuncao.toml", Content::Text(school!())),
    (
        "terms/2025-2026-1.toml",
        Content::Text("name = \"2025年秋季学期\"\nstart = 2025-09-01\nend = 2026-01-20\n"),
    ),
    (
        "helpers/h7k3m9q.toml",
        Content::Text(helper!("checked = 2025-09-01\n")),
    ),
    ("children/c4t8w2z.toml", Content::Text(child!(;))),
    (
        "children/c5d9x3y.toml",
        Content::Text(
            "name = \"贝贝\"\ngender = \"male\"\nbirth_date = 2014-03-05\n[left]\ndate = 2025-09-10\nreason = \"moved\"\n",
        ),
    ),
    (VISIT, Content::Text(visit!("recorded = 2025-10-13\n"))),
]);

const SCHOOL: &str = "cuncao.toml";
const CHILD: &str = "children/c4t8w2z.toml";
const HELPER: &str = "helpers/h7k3m9q.toml";
const VISIT: &str = "visits/2025-10/2025-10-12-v7k3m9q.toml";
const INCIDENT: &str = "incidents/2025-11/2025-11-02-i7k3m9q.toml";

macro_rules! examples {
    ($($name:ident: [$(($bad_path:expr, $bad:expr)),* $(,)?] [$(($good_path:expr, $good:expr)),* $(,)?];)+) => {
        $(pub(super) mod $name {
            #[allow(unused_imports)]
            use super::{CHILD, Content::{Bytes, Link, Repeated, Text}, Example, HELPER, INCIDENT, SCHOOL, VISIT};
            pub(in crate::rules) const BREAKS: Example = Example(&[$(($bad_path, $bad)),*]);
            pub(in crate::rules) const KEEPS: Example = Example(&[$(($good_path, $good)),*]);
        })+
    };
}

examples! {
    // The file of a program that writes GB18030.
    not_utf8: [(VISIT, Bytes(b"summary = \"\xbc\xd2\xb7\xc3\"\n"))] [(VISIT, Text(visit!()))];
    toml_syntax: [(VISIT, Text("date = 2025-10-12\nmode = home\n"))] [(VISIT, Text(visit!()))];
    conflict_marker:
        [(VISIT, Text(visit!("<<<<<<< HEAD\nminutes = 20\n=======\nminutes = 30\n>>>>>>> other\n")))]
        [(VISIT, Text(visit!("minutes = 20\n")))];
    too_large: [(VISIT, Repeated("# 太长\n", 2_000_000))] [(VISIT, Text(visit!()))];
    unreadable: [] [];
    bom_or_crlf:
        [(VISIT, Text("date = 2025-10-12\r\nmode = \"home\"\r\nchildren = [\"c4t8w2z\"]\r\nby = [\"h7k3m9q\"]\r\nsummary = \"家访。\"\r\n"))]
        [(VISIT, Text(visit!()))];
    // The accent stands as a character of its own.
    not_nfc: [(VISIT, Text(visit!("needs = \"cafe\u{301}\"\n")))] [(VISIT, Text(visit!("needs = \"café\"\n")))];
    bad_file_name:
        [("visits/2025-10/家访.toml", Text(visit!()))]
        [("visits/2025-10/2025-10-12-v8k3m9q.toml", Text(visit!()))];
    symlink:
        [("visits/2025-10/2025-10-12-v8k3m9q.toml", Link("2025-10-12-v7k3m9q.toml"))]
        [("visits/2025-10/2025-10-12-v8k3m9q.toml", Text(visit!()))];
    name_in_path:
        [("visits/2025-10/安安家访.txt", Text("\n"))]
        [("visits/2025-10/家访.txt", Text("\n"))];
    wrong_folder:
        [("visits/2025-09/2025-10-12-v8k3m9q.toml", Text(visit!()))]
        [("visits/2025-10/2025-10-12-v8k3m9q.toml", Text(visit!()))];
    stray_file: [("visits/2025-10/notes.txt", Text("\n"))] [("visits/2025-10/.gitkeep", Text(""))];
    missing_field:
        [(VISIT, Text("date = 2025-10-12\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\n"))]
        [(VISIT, Text(visit!()))];
    unknown_field: [(VISIT, Text(visit!("minuets = 20\n")))] [(VISIT, Text(visit!("minutes = 20\n")))];
    wrong_type: [(VISIT, Text(visit!("recorded = \"2025-10-13\"\n")))] [(VISIT, Text(visit!("recorded = 2025-10-13\n")))];
    unknown_value: [(VISIT, Text(visit!("topics = [\"studdy\"]\n")))] [(VISIT, Text(visit!("topics = [\"study\"]\n")))];
    bad_id_number:
        [(CHILD, Text(child!("id_number = \"000000201511200021\"\n";)))]
        [(CHILD, Text(child!("id_number = \"000000201511200022\"\n";)))];
    bad_amount:
        [("aid/2025-10/2025-10-20-d7k3m9q.toml", Text("date = 2025-10-20\nkind = \"money\"\nchildren = [\"c4t8w2z\"]\namount = \"三百\"\nsource = \"镇妇联\"\n"))]
        [("aid/2025-10/2025-10-20-d7k3m9q.toml", Text("date = 2025-10-20\nkind = \"money\"\nchildren = [\"c4t8w2z\"]\namount = \"300.00\"\nsource = \"镇妇联\"\n"))];
    control_character:
        [(VISIT, Text(visit!("needs = \"红\\u001b[31m色\"\n")))]
        [(VISIT, Text(visit!("needs = \"红色\"\n")))];
    bad_phone: [(HELPER, Text(helper!("checked = 2025-09-01\nphone = \"139000\"\n")))] [(HELPER, Text(helper!("checked = 2025-09-01\nphone = \"13900000003\"\n")))];
    unknown_child:
        [(VISIT, Text("date = 2025-10-12\nmode = \"home\"\nchildren = [\"c4t8w2y\"]\nby = [\"h7k3m9q\"]\nsummary = \"家访。\"\n"))]
        [(VISIT, Text(visit!()))];
    unknown_helper:
        [(VISIT, Text("date = 2025-10-12\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h0000000\"]\nsummary = \"家访。\"\n"))]
        [(VISIT, Text(visit!()))];
    unknown_aid:
        [("funds/2025-10/2025-10-20-f7k3m9q.toml", Text("date = 2025-10-20\ndirection = \"in\"\namount = \"10.00\"\nsource = \"义卖\"\naid = \"2025-10-20-d0000000\"\n"))]
        [("funds/2025-10/2025-10-20-f7k3m9q.toml", Text("date = 2025-10-20\ndirection = \"in\"\namount = \"10.00\"\nsource = \"义卖\"\n"))];
    unknown_file:
        [("documents/2025-09/2025-09-10-o7k3m9q.toml", Text("date = 2025-09-10\nkind = \"plan\"\ntitle = \"工作计划\"\nfile = \"plans/missing.docx\"\n"))]
        [("documents/2025-09/2025-09-10-o7k3m9q.toml", Text("date = 2025-09-10\nkind = \"plan\"\ntitle = \"工作计划\"\nfile = \"cuncao.toml\"\n"))];
    before_birth:
        [("awards/2015-11/2015-11-10-w7k3m9q.toml", Text("date = 2015-11-10\nchild = \"c4t8w2z\"\ntitle = \"三好学生\"\n"))]
        [("awards/2025-11/2025-11-10-w7k3m9q.toml", Text("date = 2025-11-10\nchild = \"c4t8w2z\"\ntitle = \"三好学生\"\n"))];
    after_leaving:
        [("awards/2025-09/2025-09-11-w7k3m9q.toml", Text("date = 2025-09-11\nchild = \"c5d9x3y\"\ntitle = \"三好学生\"\n"))]
        [("awards/2025-09/2025-09-10-w7k3m9q.toml", Text("date = 2025-09-10\nchild = \"c5d9x3y\"\ntitle = \"三好学生\"\n"))];
    end_before_start:
        [("pairings/2025-09/2025-09-05-p7k3m9q.toml", Text("child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\nuntil = 2025-09-04\n"))]
        [("pairings/2025-09/2025-09-05-p7k3m9q.toml", Text("child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\nuntil = 2025-09-05\n"))];
    duplicate_child:
        [("children/c6e0y4z.toml", Text(child!(;)))]
        [("children/c6e0y4z.toml", Text("name = \"安安\"\ngender = \"female\"\nbirth_date = 2015-11-21\n[left]\ndate = 2025-09-10\nreason = \"moved\"\n"))];
    overlapping_pairing:
        [
            ("pairings/2025-09/2025-09-05-p7k3m9q.toml", Text("child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\nuntil = 2025-10-01\n")),
            ("pairings/2025-10/2025-10-01-p7k3m9q.toml", Text("child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-10-01\n")),
        ]
        [
            ("pairings/2025-09/2025-09-05-p7k3m9q.toml", Text("child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\nuntil = 2025-09-30\n")),
            ("pairings/2025-10/2025-10-01-p7k3m9q.toml", Text("child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-10-01\n")),
        ];
    overlapping_terms:
        [("terms/2025-2026-2.toml", Text("name = \"2026年春季学期\"\nstart = 2026-01-20\nend = 2026-07-05\n"))]
        [("terms/2025-2026-2.toml", Text("name = \"2026年春季学期\"\nstart = 2026-02-20\nend = 2026-07-05\n"))];
    attendance_too_small:
        [("activities/2025-10/2025-10-13-a7k3m9q.toml", Text("date = 2025-10-13\ntitle = \"防溺水教育\"\ntheme = \"safety\"\nchildren = [\"c4t8w2z\"]\nattendance = { children = 0 }\nsummary = \"讲解。\"\n"))]
        [("activities/2025-10/2025-10-13-a7k3m9q.toml", Text("date = 2025-10-13\ntitle = \"防溺水教育\"\ntheme = \"safety\"\nchildren = [\"c4t8w2z\"]\nattendance = { children = 40 }\nsummary = \"讲解。\"\n"))];
    fund_overdrawn:
        [("funds/2025-10/2025-10-20-f7k3m9q.toml", Text("date = 2025-10-20\ndirection = \"out\"\namount = \"10.00\"\nsource = \"慰问\"\n"))]
        [("funds/2025-10/2025-10-20-f7k3m9q.toml", Text("date = 2025-10-20\ndirection = \"in\"\namount = \"10.00\"\nsource = \"义卖\"\n"))];
    unreported_harm:
        [(INCIDENT, Text(incident!("abuse" "reported = 2025-11-02T10:27:00\n")))]
        [(INCIDENT, Text(incident!("abuse" "reported = 2025-11-02T10:27:00\nreported_to = [\"派出所\"]\n")))];
    future_date:
        [("visits/2025-11/2025-11-13-v7k3m9q.toml", Text("date = 2025-11-13\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nsummary = \"家访。\"\n"))]
        [("visits/2025-11/2025-11-12-v7k3m9q.toml", Text("date = 2025-11-12\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nsummary = \"家访。\"\n"))];
    unsorted_entries:
        [(CHILD, Text(child!(; "\n[[enrolment]]\nsince = 2021-09-01\nclass = \"2022-2\"\n")))]
        [(CHILD, Text(child!(; "\n[[enrolment]]\nsince = 2023-09-01\nclass = \"2022-2\"\n")))];
    id_number_mismatch:
        [(CHILD, Text(child!("id_number = \"000000194912310027\"\n";)))]
        [(CHILD, Text(child!("id_number = \"000000201511200022\"\n";)))];
    lent_more_than_held:
        [("loans/2025-10/2025-10-13-l7k3m9q.toml", Text("date = 2025-10-13\nitem = \"跳绳\"\nquantity = 3\nchild = \"c4t8w2z\"\n"))]
        [("loans/2025-10/2025-10-13-l7k3m9q.toml", Text("date = 2025-10-13\nitem = \"跳绳\"\nquantity = 2\nchild = \"c4t8w2z\"\n"))];
    id_number_in_clear: [(CHILD, Text(child!("id_number = \"000000201511200022\"\n";)))] [(CHILD, Text(child!(;)))];
    no_consent:
        [("children/c6e0y4z.toml", Text("name = \"晨晨\"\ngender = \"male\"\nbirth_date = 2015-11-21\n[[guardianship]]\nsince = 2022-09-01\naway = \"none\"\nkind = \"one-parent\"\n"))]
        [(CHILD, Text(child!(;)))];
    helper_unchecked: [(HELPER, Text(helper!("checked = 2024-09-01\n")))] [(HELPER, Text(helper!("checked = 2025-09-01\n")))];
    guardianship_missing:
        [("children/c6e0y4z.toml", Text("name = \"晨晨\"\ngender = \"male\"\nbirth_date = 2015-11-21\n[consent]\nbasis = \"statutory\"\ndate = 2022-09-01\n"))]
        [(CHILD, Text(child!(;)))];
    unattended_child:
        [(CHILD, Text(child!(; "\n[[guardianship]]\nsince = 2025-10-01\naway = \"both\"\nkind = \"unattended\"\n")))]
        [(CHILD, Text(child!(; "\n[[guardianship]]\nsince = 2025-10-01\naway = \"both\"\nkind = \"kin-or-friends\"\n")))];
    file_incomplete:
        [(CHILD, Text("name = \"安安\"\ngender = \"female\"\nbirth_date = 2015-11-20\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\n"))]
        [(CHILD, Text(child!(;)))];
    caseload_exceeded:
        [
            ("children/c6e0y4z.toml", Text("name = \"晨晨\"\ngender = \"male\"\nbirth_date = 2015-11-21\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\n")),
            ("pairings/2025-09/2025-09-05-p7k3m9q.toml", Text("child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\n")),
            ("pairings/2025-09/2025-09-05-p8k3m9q.toml", Text("child = \"c6e0y4z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\n")),
        ]
        [("pairings/2025-09/2025-09-05-p7k3m9q.toml", Text("child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\n"))];
    recorded_late: [(VISIT, Text(visit!("recorded = 2025-10-20\n")))] [(VISIT, Text(visit!("recorded = 2025-10-19\n")))];
    reported_late:
        [(INCIDENT, Text(incident!("injury" "reported = 2025-11-02T10:30:01\n")))]
        [(INCIDENT, Text(incident!("injury" "reported = 2025-11-02T10:30:00\n")))];
    duty_missed:
        [(SCHOOL, Text(school!("\n[[duty]]\nid = \"monthly-visits\"\ntitle = \"每月走访两次\"\nowed_to = \"child\"\ncount = 2\nperiod = \"month\"\nrecord = \"visit\"\n")))]
        [(SCHOOL, Text(school!("\n[[duty]]\nid = \"term-visit\"\ntitle = \"每学期走访一次\"\nowed_to = \"child\"\ncount = 1\nperiod = \"term\"\nrecord = \"visit\"\n")))];
    follow_up_overdue:
        [(VISIT, Text(visit!("\n[[follow_up]]\nwhat = \"更换插线板\"\ndue = 2025-11-11\n")))]
        [(VISIT, Text(visit!("\n[[follow_up]]\nwhat = \"更换插线板\"\ndue = 2025-11-12\n")))];
}
