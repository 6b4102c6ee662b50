//! Parses classes by the names that they have on a day.

use chrono::NaiveDate;

use super::number::{is_numeral, numerals};
use super::{InputError, squeezed};
use crate::model::class::Level;
use crate::model::class::school_year;
use crate::model::{Class, School};

/// The pupils in a class, by year of entry or by grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cohort {
    /// Those who entered the school in the autumn of this year.
    Entered(u16),
    /// Those who are in this grade on the day.
    Grade(u8),
}

/// A partial description of a class: 三年级 in one column and 2班 in another are one part each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The grade or the year of entry.
    pub cohort: Option<Cohort>,
    /// The number of the class within it.
    pub number: Option<u8>,
}

impl Part {
    /// Combines this part with another.
    ///
    /// # Errors
    ///
    /// The two contradict each other.
    pub fn with(self, other: Part, school: &School, day: NaiveDate) -> Result<Part, InputError> {
        let years =
            [self, other].map(|part| part.cohort.map(|cohort| entered(cohort, school, day)));
        let cohort = match years {
            [Some(Ok(one)), Some(Ok(two))] if one != two => {
                return Err(InputError::Several(Vec::new()));
            }
            _ => self.cohort.or(other.cohort),
        };
        match (self.number, other.number) {
            (Some(one), Some(two)) if one != two => Err(InputError::Several(Vec::new())),
            (one, two) => Ok(Part {
                cohort,
                number: one.or(two),
            }),
        }
    }

    /// Returns the class that the part names on a day.
    ///
    /// # Errors
    ///
    /// Something is missing, or the school has no such grade.
    pub fn class(self, school: &School, day: NaiveDate) -> Result<Class, InputError> {
        match (self.cohort, self.number) {
            (Some(cohort), Some(number)) => Ok(Class {
                entered: entered(cohort, school, day)?,
                number,
            }),
            (Some(cohort), None) => entered(cohort, school, day).and(Err(InputError::GradeOnly)),
            (None, Some(_)) => Err(InputError::NumberOnly),
            (None, None) => Err(InputError::Unknown),
        }
    }
}

fn entered(cohort: Cohort, school: &School, day: NaiveDate) -> Result<u16, InputError> {
    match cohort {
        Cohort::Entered(year) => Ok(year),
        Cohort::Grade(grade) => {
            let (first, last) = school.grades();
            if !(first..=last).contains(&grade) {
                return Err(InputError::GradeOutside(grade.into(), first, last));
            }
            u16::try_from(school_year(day) - i32::from(grade - first))
                .map_err(|_| InputError::Unknown)
        }
    }
}

/// Parses a class as named on a day: its id `2022-1`, or 三（1）班, 三2班, 302班, 三年级十二班, 2022级2班, 初一（3）班, class 3.1.
///
/// # Errors
///
/// The text is not a class; a grade or a number alone has an error of its own.
pub fn class(text: &str, school: &School, day: NaiveDate) -> Result<Class, InputError> {
    part(text, school)?.class(school, day)
}

/// Parses a class, or its grade or its number alone.
///
/// # Errors
///
/// The text is none of these.
pub fn part(text: &str, school: &School) -> Result<Part, InputError> {
    let text = squeezed(text);
    if let Ok(class) = text.parse::<Class>() {
        return Ok(Part {
            cohort: Some(Cohort::Entered(class.entered)),
            number: Some(class.number),
        });
    }
    let text = text
        .strip_prefix(&squeezed(&school.school.name))
        .unwrap_or(&text);
    if let Some(part) = english(text) {
        return part;
    }
    let text = text
        .strip_prefix("小学")
        .unwrap_or(text)
        .replace('【', "(")
        .replace('】', ")");
    let text = text
        .replace(['[', '〔', '「'], "(")
        .replace([']', '〕', '」'], ")");
    let is_kindergarten = school.school.level == Level::Kindergarten;
    let (first, rest) = match kindergarten(&text).filter(|_| is_kindergarten) {
        Some((grade, rest)) => (Some(Ok(Cohort::Grade(grade))), rest),
        None => {
            let (add, rest) = [("初中", 6), ("高中", 9), ("初", 6), ("高", 9)]
                .iter()
                .find_map(|(word, add)| Some((*add, text.strip_prefix(word)?)))
                .unwrap_or((0, text.as_str()));
            match cohort(rest, add) {
                Some((cohort, rest)) => (Some(cohort), rest),
                None if add == 0 => (None, rest),
                None => return Err(InputError::Unknown),
            }
        }
    };
    let cohort = first.transpose()?;
    let rest = rest.trim_start_matches(['.', '-', '·', '/', '第', '_']);
    let (number, end) = bracketed(rest);
    let end = end.strip_prefix('班').unwrap_or(end);
    if !end.is_empty() {
        return Err(InputError::Unknown);
    }
    let number = match number {
        "" if cohort.is_some() => {
            return Ok(Part {
                cohort,
                number: None,
            });
        }
        number => value(number)
            .and_then(|number| u8::try_from(number).ok())
            .filter(|number| (1..=99).contains(number)),
    };
    Ok(Part {
        cohort,
        number: Some(number.ok_or(InputError::Unknown)?),
    })
}

/// Parses `class3.1`, `class1of2022`, `grade3class2`, `grade3`, `g3c2`.
fn english(text: &str) -> Option<Result<Part, InputError>> {
    let number = |text: &str| text.parse::<u16>().ok();
    let part = if let Some((grade, rest)) = text
        .strip_prefix("grade")
        .and_then(|rest| rest.split_once("class"))
    {
        (number(grade.trim_end_matches([',', '-'])), number(rest))
    } else if let Some(grade) = text.strip_prefix("grade") {
        (Some(number(grade)?), None)
    } else if let Some((class, year)) = text
        .strip_prefix("class")
        .and_then(|rest| rest.split_once("of"))
    {
        let (number, year) = (number(class)?, number(year)?);
        let number = u8::try_from(number).ok()?;
        return Some(Ok(Part {
            cohort: Some(Cohort::Entered(year)),
            number: Some(number),
        }));
    } else if let Some((grade, class)) = text
        .strip_prefix("class")
        .and_then(|rest| rest.split_once('.'))
    {
        (number(grade), number(class))
    } else {
        return None;
    };
    let (Some(grade), class) = part else {
        return Some(Err(InputError::Unknown));
    };
    let grade = u8::try_from(grade).ok()?;
    let class = class.and_then(|class| u8::try_from(class).ok());
    Some(Ok(Part {
        cohort: Some(Cohort::Grade(grade)),
        number: class,
    }))
}

fn kindergarten(text: &str) -> Option<(u8, &str)> {
    let (grade, rest) = [("小", 1), ("中", 2), ("大", 3)]
        .iter()
        .find_map(|(word, grade)| Some((*grade, text.strip_prefix(word)?)))?;
    // 小班 is a grade, 大班2 and 大2班 are classes.
    Some((grade, rest.strip_prefix('班').unwrap_or(rest)))
}

/// Splits off the digits or Chinese numerals at the beginning.
fn run(text: &str) -> (&str, &str) {
    let Some(first) = text.chars().next() else {
        return ("", "");
    };
    let same = |c: char| {
        if first.is_ascii_digit() {
            c.is_ascii_digit()
        } else {
            is_numeral(c)
        }
    };
    text.split_at(text.find(|c| !same(c)).unwrap_or(text.len()))
}

fn value(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().ok()
    } else {
        u32::try_from(numerals(text)?).ok()
    }
}

/// Splits off a number at the beginning, in brackets or not.
fn bracketed(text: &str) -> (&str, &str) {
    match text.strip_prefix('(') {
        Some(inner) => {
            let (number, rest) = run(inner);
            let rest = rest.strip_prefix('班').unwrap_or(rest);
            (number, rest.strip_prefix(')').unwrap_or("?"))
        }
        None => run(text),
    }
}

/// Splits off the grade or year at the beginning of the name of a class; none where it begins with the number.
fn cohort(text: &str, add: u8) -> Option<(Result<Cohort, InputError>, &str)> {
    let (number, rest) = run(text);
    if number.is_empty() {
        return None;
    }
    let grade = |grade: u32| {
        let grade = if grade <= 3 {
            grade + u32::from(add)
        } else {
            grade
        };
        u8::try_from(grade)
            .map(Cohort::Grade)
            .map_err(|_| InputError::Unknown)
    };
    if let Some(rest) = rest.strip_prefix('级') {
        let year = value(number).map(|year| if year < 100 { year + 2000 } else { year });
        let year = year
            .and_then(|year| u16::try_from(year).ok())
            .filter(|year| (1990..=2099).contains(year));
        return Some((year.map(Cohort::Entered).ok_or(InputError::Unknown), rest));
    }
    if let Some(rest) = rest
        .strip_prefix("年级")
        .or_else(|| rest.strip_prefix('年'))
    {
        return Some((
            value(number).ok_or(InputError::Unknown).and_then(grade),
            rest,
        ));
    }
    let ends = rest.is_empty() || rest.starts_with(['班', ')']);
    if !ends {
        // A grade followed by a number: 三（1）, 三.1 and 三1班. Other brackets are a remark, left to the caller.
        return Some((
            value(number).ok_or(InputError::Unknown).and_then(grade),
            rest,
        ));
    }
    // 302, 1203 and 三二 are grade and number; 32 may be a number alone.
    let split = match number.chars().count() {
        _ if text.starts_with('(') => return None,
        3 if number.is_ascii() => 1,
        4 if number.is_ascii() && !number.starts_with("20") => 2,
        2 if numerals(number).is_some()
            && !number.contains(['十', '拾', '百', '零', '〇'])
            && !number.is_ascii() =>
        {
            number.chars().next().map_or(0, char::len_utf8)
        }
        _ if add > 0 => {
            return Some((
                value(number).ok_or(InputError::Unknown).and_then(grade),
                rest.strip_prefix('班').unwrap_or(rest),
            ));
        }
        _ => return None,
    };
    Some((
        value(&number[..split])
            .ok_or(InputError::Unknown)
            .and_then(grade),
        &text[split..],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school(level: &str) -> School {
        toml::from_str(&format!(
            "format = 1\n[school]\nname = \"柳树小学\"\nlevel = \"{level}\"\n"
        ))
        .unwrap()
    }

    fn read(level: &str, text: &str) -> Result<String, InputError> {
        class(text, &school(level), "2025-10-12".parse().unwrap()).map(|class| class.to_string())
    }

    #[test]
    fn classes_are_parsed_in_many_notations() {
        for text in [
            "2023-2",
            "三（2）班",
            "三(2)班",
            "三（2）",
            "三2班",
            "三2",
            "三年级2班",
            "三年级（2）班",
            "三年级二班",
            "三年2班",
            "3年级2班",
            "3年2班",
            "302班",
            "302",
            "0302",
            "3.2",
            "3-2",
            "3（2）班",
            "三.2",
            "2023级2班",
            "2023级（2）班",
            "23级2班",
            "三二班",
            "柳树小学三（2）班",
            "小学三年级2班",
            "三年级 2班",
            "３（２）班",
            "三年级第2班",
            "class 3.2",
            "grade 3 class 2",
            "Class 2 of 2023",
            "三（二）班",
            "三【2】班",
        ] {
            assert_eq!(read("primary", text), Ok("2023-2".to_owned()), "{text}");
        }
        for text in [
            "三年级十二班",
            "三（12）班",
            "三（十二）班",
            "312班",
            "三12班",
            "3.12",
        ] {
            assert_eq!(read("primary", text), Ok("2023-12".to_owned()), "{text}");
        }
        assert_eq!(read("primary", "3.10"), Ok("2023-10".to_owned()));
        for text in [
            "初一（3）班",
            "初一3班",
            "七（3）班",
            "703班",
            "初中一年级3班",
            "七年级3班",
            "初1（3）班",
        ] {
            assert_eq!(read("junior", text), Ok("2025-3".to_owned()), "{text}");
        }
        for text in ["高二（3）班", "1103班", "十一年级3班", "高中二年级（3）班"]
        {
            assert_eq!(read("senior", text), Ok("2024-3".to_owned()), "{text}");
        }
        for text in ["中一班", "中（1）班", "中班1", "中1班"] {
            assert_eq!(
                read("kindergarten", text),
                Ok("2024-1".to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn invalid_classes_have_specific_errors() {
        for (text, unread) in [
            ("十二年级1班", InputError::GradeOutside(12, 1, 6)),
            ("七（1）班", InputError::GradeOutside(7, 1, 6)),
            ("三年级", InputError::GradeOnly),
            ("2023级", InputError::GradeOnly),
            ("2班", InputError::NumberOnly),
            ("（2）班", InputError::NumberOnly),
            ("三十二班", InputError::NumberOnly),
            ("32班", InputError::NumberOnly),
            ("2", InputError::NumberOnly),
            ("好班", InputError::Unknown),
            ("2023届2班", InputError::Unknown),
            ("三（1、2）班", InputError::Unknown),
            ("三（1）班、三（2）班", InputError::Unknown),
            ("", InputError::Unknown),
            ("三（1）班（走读）", InputError::Unknown),
            ("2023", InputError::Unknown),
        ] {
            assert_eq!(read("primary", text), Err(unread), "{text}");
        }
        assert_eq!(
            read("senior", "101班"),
            Err(InputError::GradeOutside(1, 10, 12))
        );
    }

    #[test]
    fn class_names_depend_on_the_day() {
        let on = |day: &str| {
            class("三（1）班", &school("primary"), day.parse().unwrap())
                .unwrap()
                .to_string()
        };
        assert_eq!(on("2026-08-31"), "2023-1");
        assert_eq!(on("2026-09-01"), "2024-1");
    }

    #[test]
    fn two_columns_make_one_class() {
        let school = school("primary");
        let day = "2025-10-12".parse().unwrap();
        let both = |one, two| {
            part(one, &school)?
                .with(part(two, &school)?, &school, day)?
                .class(&school, day)
        };
        assert_eq!(
            both("三年级", "2班").map(|class| class.to_string()),
            Ok("2023-2".to_owned())
        );
        assert_eq!(
            both("三年级", "2023级2班").map(|class| class.to_string()),
            Ok("2023-2".to_owned())
        );
        assert!(both("三年级", "2022级2班").is_err());
    }
}
