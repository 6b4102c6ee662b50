//! Classes, identified by year of entry, and the grade that follows from the day.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::de::{Deserialize, Deserializer};

use super::codes::codes;
use super::word;
use crate::text::Lang;

codes! {
    /// The level of a school.
    Level {
        Primary = "primary", "小学", "primary school";
        Junior = "junior", "初中", "junior school";
        NineYear = "nine-year", "九年一贯制学校", "nine-year school";
        Senior = "senior", "高中", "senior school";
        Kindergarten = "kindergarten", "幼儿园", "kindergarten";
        Community = "community", "社区", "community";
    }
}

impl Level {
    /// Returns the lowest and highest grade of this level, unless the school states its own.
    pub fn grades(self) -> (u8, u8) {
        match self {
            Level::Primary => (1, 6),
            Level::Junior => (7, 9),
            Level::NineYear | Level::Community => (1, 9),
            Level::Senior => (10, 12),
            Level::Kindergarten => (1, 3),
        }
    }
}

/// The first month of the school year (学年), which runs from 1 September to 31 August.
const SCHOOL_YEAR_FIRST_MONTH: u32 = 9;

/// Returns the calendar year in which the school year of a day began.
pub fn school_year(day: NaiveDate) -> i32 {
    if day.month() >= SCHOOL_YEAR_FIRST_MONTH {
        day.year()
    } else {
        day.year() - 1
    }
}

/// A class, written `2022-1`: class 1 of those who entered this school in autumn 2022.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class {
    /// The year of entry, in autumn.
    pub entered: u16,
    /// The number within the year, from 1.
    pub number: u8,
}

impl Class {
    /// Returns the grade on a day, given the school's first and last grade; none before the class begins and after it
    /// leaves.
    pub fn grade(self, day: NaiveDate, first: u8, last: u8) -> Option<u8> {
        let years = school_year(day) - i32::from(self.entered);
        let grade = i32::from(first) + years;
        u8::try_from(grade)
            .ok()
            .filter(|grade| (first..=last).contains(grade))
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{}", self.entered, self.number)
    }
}

impl fmt::Debug for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Class {
    type Err = NotAClass;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (entered, number) = text.split_once('-').ok_or(NotAClass)?;
        let digits =
            |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()) && !t.starts_with('0');
        if entered.len() != 4 || number.len() > 2 || !digits(entered) || !digits(number) {
            return Err(NotAClass);
        }
        Ok(Class {
            entered: entered.parse().map_err(|_| NotAClass)?,
            number: number.parse().map_err(|_| NotAClass)?,
        })
    }
}

/// The error for a text that is not a class such as `2022-1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAClass;

impl fmt::Display for NotAClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a class such as 2022-1")
    }
}

impl std::error::Error for NotAClass {}

impl serde::Serialize for Class {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Class {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        word::deserialize(deserializer, "a class such as 2022-1", str::parse)
    }
}

impl schemars::JsonSchema for Class {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "class".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[1-9]\\d{3}-[1-9]\\d?$", "x-type": "class" })
    }
}

const NUMERALS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// Returns the name of a grade: 四年级, 高一, 大班; in English `grade 4`.
///
/// Kindergarten grades are 1 to 3, those of senior schools 10 to 12.
pub fn grade_label(grade: u8, level: Level, lang: Lang) -> String {
    match (lang, level, grade) {
        (Lang::En, _, _) => format!("grade {grade}"),
        (Lang::Zh, Level::Kindergarten, 1) => "小班".to_owned(),
        (Lang::Zh, Level::Kindergarten, 2) => "中班".to_owned(),
        (Lang::Zh, Level::Kindergarten, _) => "大班".to_owned(),
        (Lang::Zh, _, 10..=12) => format!("高{}", NUMERALS[usize::from(grade - 9)]),
        (Lang::Zh, _, 0..=9) => format!("{}年级", NUMERALS[usize::from(grade)]),
        (Lang::Zh, _, _) => format!("{grade}年级"),
    }
}

/// Returns the name of a class on a day: 四（1）班; by the year of entry where the class has no grade on that day.
pub fn class_label(class: Class, grade: Option<u8>, level: Level, lang: Lang) -> String {
    let number = class.number;
    match (lang, grade) {
        (Lang::En, Some(grade)) => format!("class {grade}.{number}"),
        (Lang::En, None) => format!("class {number} of {}", class.entered),
        (Lang::Zh, Some(grade)) => {
            let name = grade_label(grade, level, lang);
            format!(
                "{}（{number}）班",
                name.strip_suffix("年级")
                    .or(name.strip_suffix('班'))
                    .unwrap_or(&name)
            )
        }
        (Lang::Zh, None) => format!("{}级（{number}）班", class.entered),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_grade_follows_from_the_day() {
        let class: Class = "2022-1".parse().unwrap();
        assert_eq!(class.grade(day("2025-10-12"), 1, 6), Some(4));
        assert_eq!(class.grade(day("2025-08-31"), 1, 6), Some(3));
        assert_eq!(class.grade(day("2022-08-31"), 1, 6), None);
        assert_eq!(class.grade(day("2028-09-01"), 1, 6), None);
        assert_eq!(
            "2024-3"
                .parse::<Class>()
                .unwrap()
                .grade(day("2025-10-12"), 7, 9),
            Some(8)
        );
    }

    #[test]
    fn class_names_follow_the_school_level() {
        let class: Class = "2022-1".parse().unwrap();
        assert_eq!(
            class_label(class, Some(4), Level::Primary, Lang::Zh),
            "四（1）班"
        );
        assert_eq!(
            class_label(class, None, Level::Primary, Lang::Zh),
            "2022级（1）班"
        );
        assert_eq!(
            class_label(class, Some(10), Level::Senior, Lang::Zh),
            "高一（1）班"
        );
        assert_eq!(
            class_label(class, Some(3), Level::Kindergarten, Lang::Zh),
            "大（1）班"
        );
        assert_eq!(
            class_label(class, Some(4), Level::Primary, Lang::En),
            "class 4.1"
        );
    }

    #[test]
    fn invalid_class_ids_are_rejected() {
        for text in [
            "",
            "2022",
            "2022-",
            "2022-0",
            "22-1",
            "2022-1班",
            "2022-100",
            "2022-01",
            "+022-1",
        ] {
            assert_eq!(text.parse::<Class>(), Err(NotAClass), "{text}");
        }
    }
}
