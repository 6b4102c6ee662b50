//! What the examples of the rules are made of: files that break and that keep a rule, shown by `--explain` and run as
//! tests.
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
    /// No file, but a folder of that name.
    Folder,
}

/// Files with their paths from the records directory.
#[derive(Clone, Copy, Debug)]
pub struct Example(pub &'static [(&'static str, Content)]);

/// Where a finding is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The file, from the records directory, with `/`.
    pub path: &'static str,
    /// The line and the column, from 1, in characters; none for what is wrong with the file as a whole.
    pub at: Option<(usize, usize)>,
}

/// At a line and a column of a file.
pub(super) const fn at(path: &'static str, line: usize, column: usize) -> Reported {
    Reported {
        path,
        at: Some((line, column)),
    }
}

/// At a file as a whole.
pub(super) const fn whole(path: &'static str) -> Reported {
    Reported { path, at: None }
}

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

pub(super) const SCHOOL: &str = "cuncao.toml";
pub(super) const CHILD: &str = "children/c4t8w2z.toml";
pub(super) const HELPER: &str = "helpers/h7k3m9q.toml";
pub(super) const VISIT: &str = "visits/2025-10/2025-10-12-v7k3m9q.toml";
pub(super) const INCIDENT: &str = "incidents/2025-11/2025-11-02-i7k3m9q.toml";

pub(super) use {child, helper, incident, school, visit};
