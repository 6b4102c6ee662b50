//! The examples of rules: files that violate and files that comply with a rule, shown by `--explain` and run as tests.
//!
//! The files are added to `SOUND`, a directory without findings on `TODAY`.

/// The date on which the examples are checked.
pub const TODAY: &str = "2025-11-12";

/// The content of a file in an example.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// A file with this text.
    File(&'static str),
    /// A file with bytes that are not UTF-8.
    Bytes(&'static [u8]),
    /// A file with a repeated text, too long to be shown.
    Repeated(&'static str, usize),
    /// A symbolic link.
    Link(&'static str),
    /// A folder in place of a file.
    Folder,
}

/// Files with their paths relative to the records directory.
#[derive(Clone, Copy, Debug)]
pub struct Example(pub &'static [(&'static str, Content)]);

/// The expected place of the finding in an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The file, relative to the records directory, with `/`.
    pub path: &'static str,
    /// The line and column, from 1, in characters; none if the finding is about the whole file.
    pub at: Option<(usize, usize)>,
}

/// Expects a finding at a line and column.
pub(crate) const fn at(path: &'static str, line: usize, column: usize) -> Expected {
    Expected {
        path,
        at: Some((line, column)),
    }
}

/// Expects a finding about a whole file.
pub(crate) const fn in_file(path: &'static str) -> Expected {
    Expected { path, at: None }
}

macro_rules! child {
    ($($top:literal)* ; $($tables:literal)*) => {
        concat!(
            r#"name = "安安"
gender = "female"
birth_date = 2015-11-20
filed = 2022-09-10
"#,
            $($top,)*
            r#"
[[enrolment]]
since = 2022-09-01
class = "2022-1"

[[guardianship]]
since = 2022-09-01
away = "both"
kind = "grandparents"
guardian = { name = "李秀英", relation = "奶奶", phone = "13900000001" }

[[parents]]
relation = "father"
phone = "13900000002"

[consent]
basis = "statutory"
date = 2022-09-01
"#,
            $($tables,)*
        )
    };
}

macro_rules! school {
    ($($more:literal)*) => {
        concat!(
            r#"format = 1

[school]
name = "青石小学"
level = "primary"

[policy]
caseload = { teacher = 1 }

[[equipment]]
name = "跳绳"
quantity = 2
"#,
            $($more,)*
        )
    };
}

macro_rules! helper {
    ($($more:literal)*) => { concat!(r#"name = "王老师"
role = "teacher"
"#, $($more,)*) };
}

macro_rules! visit {
    ($($more:literal)*) => {
        concat!(
            r#"date = 2025-10-12
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "家访。"
"#,
            $($more,)*
        )
    };
}

macro_rules! pairing {
    ($since:literal $($more:literal)*) => {
        concat!(
            r#"child = "c4t8w2z"
helper = "h7k3m9q"
role = "teacher"
since = "#,
            $since,
            "\n",
            $($more,)*
        )
    };
}

macro_rules! incident {
    ($kind:literal $($more:literal)*) => {
        concat!(
            r#"discovered = 2025-11-02T10:25:00
kind = ""#, $kind, r#""
children = ["c4t8w2z"]
by = "h7k3m9q"
summary = "课间发现。"
"#, $($more,)*
        )
    };
}

macro_rules! spring_term {
    ($start:literal) => {
        concat!(
            r#"name = "2026年春季学期"
start = "#,
            $start,
            r#"
end = 2026-07-05
"#
        )
    };
}

/// A directory without findings.
pub const SOUND: Example = Example(&[
    ("cuncao.toml", Content::File(school!())),
    (
        "terms/2025-2026-1.toml",
        Content::File(
            r#"name = "2025年秋季学期"
start = 2025-09-01
end = 2026-01-20
"#,
        ),
    ),
    (
        "helpers/h7k3m9q.toml",
        Content::File(helper!(
            r#"checked = 2025-09-01
"#
        )),
    ),
    ("children/c4t8w2z.toml", Content::File(child!(;))),
    (
        "children/c5d9x3y.toml",
        Content::File(
            r#"name = "贝贝"
gender = "male"
birth_date = 2014-03-05
[left]
date = 2025-09-10
reason = "moved"
"#,
        ),
    ),
    (
        VISIT,
        Content::File(visit!(
            r#"recorded = 2025-10-13
"#
        )),
    ),
    (
        "visits/2025-10/2025-10-30-v8k3m9q.toml",
        Content::File(
            r#"date = 2025-10-30
mode = "talk"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "谈心。"
"#,
        ),
    ),
]);

pub(crate) const SCHOOL: &str = "cuncao.toml";
pub(crate) const CHILD: &str = "children/c4t8w2z.toml";
pub(crate) const HELPER: &str = "helpers/h7k3m9q.toml";
pub(crate) const PAIRING: &str = "pairings/2025-09/2025-09-05-p7k3m9q.toml";
pub(crate) const VISIT: &str = "visits/2025-10/2025-10-12-v7k3m9q.toml";
pub(crate) const INCIDENT: &str = "incidents/2025-11/2025-11-02-i7k3m9q.toml";
pub(crate) const SPRING_TERM: &str = "terms/2025-2026-2.toml";

pub(crate) use {child, helper, incident, pairing, school, spring_term, visit};
