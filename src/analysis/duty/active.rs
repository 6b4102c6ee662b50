//! The date ranges during which a child is left-behind and a duty applies to it.

use chrono::{Datelike, Months, NaiveDate};

use super::ranges::DateRange;
use crate::model::assessment::Risk;
use crate::model::child::{Child, Definition};
use crate::model::class::school_year;
use crate::model::duty::Who;
use crate::model::{Class, School};

/// A date range during which a child is left-behind and in one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassRange {
    /// The days.
    pub days: DateRange,
    /// The class, if the child has one.
    pub class: Option<Class>,
}

/// The age from which a child is no longer left-behind by the statutory definition.
const STATUTORY_AGE: u32 = 16;

/// Returns the date ranges during which a child is left-behind, by class.
pub fn left_behind(child: &Child, definition: Definition) -> Vec<ClassRange> {
    let changes = changes(child);
    ranges(child, changes, |day| child.is_left_behind(day, definition))
}

/// Returns the date ranges during which a child is left-behind and a duty applies to it, by class. `risks` are the
/// levels stated by its assessments, sorted by day.
pub(super) fn fitting(
    child: &Child,
    definition: Definition,
    who: &Who,
    risks: &[(NaiveDate, Risk)],
    school: &School,
) -> Vec<ClassRange> {
    let mut changes = changes(child);
    changes.extend(risks.iter().map(|(day, _)| *day));
    for entry in &child.priority {
        changes.push(entry.since.0);
        changes.extend(entry.until.and_then(|until| until.0.succ_opt()));
    }
    changes.extend(who.ages().iter().filter_map(|age| birthday(child, *age)));
    if who.asks_grade() {
        changes.extend(starts_of_school_years(child));
    }
    ranges(child, changes, |day| {
        child.is_left_behind(day, definition)
            && who.fits_child(child, risk_on(risks, day), day, |class| {
                school.grade(class, day)
            })
    })
}

/// The risk level stated by the last assessment on or before a day.
pub fn risk_on(risks: &[(NaiveDate, Risk)], day: NaiveDate) -> Option<Risk> {
    let by_then = risks.partition_point(|(stated, _)| *stated <= day);
    Some(risks[by_then.checked_sub(1)?].1)
}

/// The days on which the child's class, or whether it is left-behind, may change.
fn changes(child: &Child) -> Vec<NaiveDate> {
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

/// The date ranges in which a condition holds that can change only on the days in `changes`.
fn ranges(
    child: &Child,
    mut changes: Vec<NaiveDate>,
    holds: impl Fn(NaiveDate) -> bool,
) -> Vec<ClassRange> {
    changes.sort_unstable();
    changes.dedup();
    let ends = changes.iter().skip(1).map(|next| next.pred_opt());
    let ends = ends.chain([Some(NaiveDate::MAX)]);
    changes
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

/// The first day on which the child has reached an age.
fn birthday(child: &Child, age: u32) -> Option<NaiveDate> {
    // Like `age_on`: a child born on 29 February changes a year older on 1 March of common years.
    let birth = child.birth_date.0;
    let birthday = birth.checked_add_months(Months::new(age.checked_mul(12)?))?;
    if child.age_on(birthday) < age {
        birthday.succ_opt()
    } else {
        Some(birthday)
    }
}

/// The first days of the school years since the child's first class, on which its grade changes.
fn starts_of_school_years(child: &Child) -> impl Iterator<Item = NaiveDate> {
    /// An upper limit on grades, above that of any school.
    const MAX_GRADES: i32 = 16;
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
        .flat_map(|(first, last)| first..=last + MAX_GRADES)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, 9, 1))
}
