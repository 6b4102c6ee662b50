//! Dimensions, and the keys of groups along them.

use std::cmp::Reverse;
use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::analysis::Basis;
use crate::model::activity::Theme;
use crate::model::aid::AidOccasion;
use crate::model::assessment::Risk;
use crate::model::child::{Away, Gender, GuardianshipKind, Hardship};
use crate::model::codes::{Code, codes};
use crate::model::pairing::PairingRole;
use crate::model::school::Occasion;
use crate::model::visit::Mode;
use crate::model::{Class, Id, Kind};
use crate::text::{Lang, Text};

codes! {
    /// A dimension along which figures can be split.
    Dim {
        Class = "class", "班级", "class";
        Grade = "grade", "年级", "grade";
        Gender = "gender", "性别", "gender";
        Guardianship = "guardianship", "监护类型", "guardianship";
        Away = "away", "外出情况", "away";
        Hardship = "hardship", "困境类型", "hardship";
        Risk = "risk", "风险等级", "risk";
        Helper = "helper", "帮扶人", "helper";
        Village = "village", "村（社区）", "village";
        Week = "week", "周", "week";
        Month = "month", "月份", "month";
        Term = "term", "学期", "term";
        Year = "year", "学年", "year";
        Theme = "theme", "主题", "theme";
        Mode = "mode", "方式", "mode";
        Role = "role", "结对方式", "role";
        Occasion = "occasion", "节日、时机", "occasion";
    }
}

impl Dim {
    /// Whether its groups are date ranges rather than sets of members.
    pub fn is_time(self) -> bool {
        matches!(self, Dim::Week | Dim::Month | Dim::Term | Dim::Year)
    }
}

/// The key of a group along one dimension. The order is that of a list: months and grades ascending, classes by grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key<'a> {
    /// A school year, given by the year in which it begins.
    Year(i32),
    /// A term.
    Term(Id),
    /// A month, given by its first day.
    Month(NaiveDate),
    /// A week, given by its Monday.
    Week(NaiveDate),
    /// A class, given by its year of entry (latest first) and number.
    Class(Reverse<u16>, u8),
    /// A grade.
    Grade(u8),
    /// A gender.
    Gender(Gender),
    /// A kind of guardianship.
    Guardianship(GuardianshipKind),
    /// Which parents are away.
    Away(Away),
    /// A hardship.
    Hardship(Hardship),
    /// A village.
    Village(&'a str),
    /// A helper.
    Helper(Id),
    /// A theme.
    Theme(Theme),
    /// A mode of contact.
    Mode(Mode),
    /// The risk level stated by the last assessment.
    Risk(Risk),
    /// The role of a pairing.
    Role(PairingRole),
    /// The occasion of a visit or an activity.
    Occasion(Occasion),
    /// The occasion of aid.
    AidOccasion(AidOccasion),
    /// Unknown, or none.
    Unknown,
}

/// The key of a group along several dimensions: one key for each.
pub type GroupKey<'a> = Vec<Key<'a>>;

/// How [`Key::Unknown`] is written.
pub const UNKNOWN: &str = "-";

impl Key<'_> {
    /// The key for the occasion of aid.
    pub fn of_aid(occasion: AidOccasion) -> Key<'static> {
        // Visits and activities use the same code.
        if occasion == AidOccasion::Other {
            Key::Occasion(Occasion::Other)
        } else {
            Key::AidOccasion(occasion)
        }
    }

    /// The key of a class.
    pub fn class(class: Class) -> Key<'static> {
        Key::Class(Reverse(class.entered), class.number)
    }

    /// The display name of the group. Helpers and classes are named as of the last day.
    pub fn label(&self, dim: Dim, basis: &Basis<'_>, lang: Lang) -> String {
        let text = |text: Text| text.get(lang).to_owned();
        match *self {
            Key::Class(Reverse(entered), number) => {
                let class = Class { entered, number };
                basis.school.class_label(class, basis.scope.as_of, lang)
            }
            Key::Grade(grade) => basis.school.grade_label(grade, lang),
            Key::Gender(code) => text(code.label()),
            Key::Guardianship(code) => text(code.label()),
            Key::Away(code) => text(code.label()),
            Key::Hardship(code) => text(code.label()),
            Key::Theme(code) => text(code.label()),
            Key::Mode(code) => text(code.label()),
            Key::Risk(code) => text(code.label()),
            Key::Role(code) => text(code.label()),
            Key::Occasion(code) => text(code.label()),
            Key::AidOccasion(code) => text(code.label()),
            Key::Term(id) => match basis.records.terms.get(id) {
                Some(term) => term.name.clone(),
                None => id.to_string(),
            },
            Key::Year(year) => match lang {
                Lang::Zh => format!("{year}—{}学年", year + 1),
                Lang::En => format!("{year}–{}", year + 1),
            },
            Key::Helper(id) => match basis.records.helpers.get(id) {
                Some(helper) => helper.name.clone(),
                None => id.to_string(),
            },
            Key::Week(_) | Key::Month(_) | Key::Village(_) => self.to_string(),
            Key::Unknown if matches!(dim, Dim::Hardship | Dim::Helper) => {
                text(Text::new("无", "none"))
            }
            Key::Unknown => text(Text::new("未注明", "not stated")),
        }
    }
}

impl<'t> Key<'t> {
    /// Parses a key along a dimension, the inverse of its `Display`.
    pub fn parse(dim: Dim, text: &'t str) -> Option<Key<'t>> {
        if text == UNKNOWN {
            return Some(Key::Unknown);
        }
        match dim {
            Dim::Month => NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d")
                .ok()
                .map(Key::Month),
            Dim::Week => {
                let day: NaiveDate = text.parse().ok()?;
                (day.weekday() == Weekday::Mon).then_some(Key::Week(day))
            }
            Dim::Term => Id::parse(Kind::Term, text).map(Key::Term),
            Dim::Year => {
                let (first, last) = text.split_once('-')?;
                let (first, last): (i32, i32) = (first.parse().ok()?, last.parse().ok()?);
                (first + 1 == last).then_some(Key::Year(first))
            }
            Dim::Risk => Risk::of_code(text).map(Key::Risk),
            Dim::Role => PairingRole::of_code(text).map(Key::Role),
            Dim::Occasion => Occasion::of_code(text)
                .map(Key::Occasion)
                .or_else(|| AidOccasion::of_code(text).map(Key::of_aid)),
            Dim::Class => text.parse().ok().map(Key::class),
            Dim::Grade => text.parse().ok().map(Key::Grade),
            Dim::Gender => Gender::of_code(text).map(Key::Gender),
            Dim::Guardianship => GuardianshipKind::of_code(text).map(Key::Guardianship),
            Dim::Away => Away::of_code(text).map(Key::Away),
            Dim::Hardship => Hardship::of_code(text).map(Key::Hardship),
            Dim::Village => Some(Key::Village(text)),
            Dim::Helper => Id::parse(Kind::Helper, text).map(Key::Helper),
            Dim::Theme => Theme::of_code(text).map(Key::Theme),
            Dim::Mode => Mode::of_code(text).map(Key::Mode),
        }
    }
}

/// Formats the key for scripts: `2022-1`, `4`, `female`, a helper's id, `2025-10`.
impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Key::Month(day) => write!(f, "{:04}-{:02}", day.year(), day.month()),
            Key::Class(Reverse(entered), number) => Class { entered, number }.fmt(f),
            Key::Grade(grade) => grade.fmt(f),
            Key::Gender(code) => code.fmt(f),
            Key::Guardianship(code) => code.fmt(f),
            Key::Away(code) => code.fmt(f),
            Key::Hardship(code) => code.fmt(f),
            Key::Village(name) => f.write_str(name),
            Key::Helper(id) => id.fmt(f),
            Key::Theme(code) => code.fmt(f),
            Key::Mode(code) => code.fmt(f),
            Key::Risk(code) => code.fmt(f),
            Key::Role(code) => code.fmt(f),
            Key::Occasion(code) => code.fmt(f),
            Key::AidOccasion(code) => code.fmt(f),
            Key::Week(day) => day.fmt(f),
            Key::Term(id) => id.fmt(f),
            Key::Year(year) => write!(f, "{year}-{}", year + 1),
            Key::Unknown => f.write_str(UNKNOWN),
        }
    }
}
