//! The days on which a child is left-behind and fits a duty, as ranges.

use chrono::{Datelike, Months, NaiveDate};

use super::ranges::DateRange;
use crate::model::assessment::Risk;
use crate::model::child::{Child, Definition};
use crate::model::class::school_year;
use crate::model::duty::Who;
use crate::model::{Class, School};

/// A range of days on which a child is left-behind and in one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassRange {
    /// The days.
    pub days: DateRange,
    /// The class, where the child has one.
    pub class: Option<Class>,
}

/// The age at which a child is no longer left-behind by the statutory definition.
const STATUTORY_AGE: u32 = 16;

/// The days on which a child is left-behind, by class.
pub fn left_behind(child: &Child, definition: Definition) -> Vec<ClassRange> {
    let turns = turns(child);
    ranges(child, turns, |day| child.is_left_behind(day, definition))
}

/// The days on which a child is left-behind and fits what a duty asks, by class. `risks` are those that its
/// assessments state, by day.
pub(super) fn fitting(
    child: &Child,
    definition: Definition,
    who: &Who,
    risks: &[(NaiveDate, Risk)],
    school: &School,
) -> Vec<ClassRange> {
    let mut turns = turns(child);
    turns.extend(risks.iter().map(|(day, _)| *day));
    for entry in &child.priority {
        turns.push(entry.since.0);
        turns.extend(entry.until.and_then(|until| until.0.succ_opt()));
    }
    turns.extend(who.ages().iter().filter_map(|age| birthday(child, *age)));
    if who.asks_grade() {
        turns.extend(starts_of_school_years(child));
    }
    ranges(child, turns, |day| {
        child.is_left_behind(day, definition)
            && who.fits_child(child, risk_on(risks, day), day, |class| {
                school.grade(class, day)
            })
    })
}

/// The risk that the last assessment on or before a day states.
pub fn risk_on(risks: &[(NaiveDate, Risk)], day: NaiveDate) -> Option<Risk> {
    let by_then = risks.partition_point(|(stated, _)| *stated <= day);
    Some(risks[by_then.checked_sub(1)?].1)
}

/// The days on which it may change whether a child is left-behind, or its class.
fn turns(child: &Child) -> Vec<NaiveDate> {
    (child.guardianship.iter().map(|entry| entry.since.0))
        .chain(child.enrolment.iter().map(|entry| entry.since.0))
        .chain(
            child
                .enrolment
                .iter()
                .filter_map(|entry| entry.left)
                .map(|left| left.0),
        )
        .chain(child.left.as_ref().map(|left| left.date.0))
        .chain(birthday(child, STATUTORY_AGE))
        .collect()
}

/// The ranges of days on which something holds that changes on some days only.
fn ranges(
    child: &Child,
    mut turns: Vec<NaiveDate>,
    holds: impl Fn(NaiveDate) -> bool,
) -> Vec<ClassRange> {
    turns.sort_unstable();
    turns.dedup();
    let ends = turns.iter().skip(1).map(|next| next.pred_opt());
    let ends = ends.chain([Some(NaiveDate::MAX)]);
    turns
        .iter()
        .zip(ends)
        .filter(|(from, _)| holds(**from))
        .map(|(from, until)| ClassRange {
            days: DateRange {
                from: *from,
                until: until.unwrap_or(*from),
            },
            class: child.class_on(*from).map(|entry| entry.class),
        })
        .collect()
}

/// The first day on which the child has an age.
fn birthday(child: &Child, age: u32) -> Option<NaiveDate> {
    // `age_on` counts a year of a child born on 29 February as full on 1 March of common years, as this does.
    let birth = child.birth_date.0;
    let birthday = birth.checked_add_months(Months::new(age.checked_mul(12)?))?;
    if child.age_on(birthday) < age {
        birthday.succ_opt()
    } else {
        Some(birthday)
    }
}

/// The first days of the school years from the child's first class on, on which its grade changes.
fn starts_of_school_years(child: &Child) -> impl Iterator<Item = NaiveDate> {
    /// No school has more grades.
    const YEARS: i32 = 16;
    let entered = child.enrolment.iter().map(|entry| {
        let since = school_year(entry.since.0);
        since.min(i32::from(entry.class.entered))
    });
    let last = child
        .enrolment
        .iter()
        .map(|entry| entry.since.0.year())
        .max();
    let first = entered.min();
    first
        .zip(last)
        .into_iter()
        .flat_map(|(first, last)| first..=last + YEARS)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, 9, 1))
}
