//! The days on which something holds, as stretches: what dated entries say, asked once and not day by day.

use chrono::{Days, NaiveDate};

use crate::model::Class;
use crate::model::child::{Child, Definition};

/// Disjoint stretches of days that do not touch, both ends included, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans(Vec<(NaiveDate, NaiveDate)>);

impl Spans {
    /// Every day.
    pub fn always() -> Spans {
        Spans(vec![(NaiveDate::MIN, NaiveDate::MAX)])
    }

    /// The days of any of some stretches, which may overlap and come in any order.
    pub fn of(mut stretches: Vec<(NaiveDate, NaiveDate)>) -> Spans {
        stretches.retain(|(from, until)| from <= until);
        stretches.sort_unstable();
        let mut merged: Vec<(NaiveDate, NaiveDate)> = Vec::with_capacity(stretches.len());
        for (from, until) in stretches {
            match merged.last_mut() {
                Some(last) if last.1.succ_opt().is_none_or(|next| from <= next) => {
                    last.1 = last.1.max(until);
                }
                _ => merged.push((from, until)),
            }
        }
        Spans(merged)
    }

    /// What lies of the stretches between two days, both included.
    pub fn between(
        &self,
        from: NaiveDate,
        until: NaiveDate,
    ) -> impl Iterator<Item = (NaiveDate, NaiveDate)> {
        let cut = move |span: &(NaiveDate, NaiveDate)| (span.0.max(from), span.1.min(until));
        self.0.iter().map(cut).filter(|(from, until)| from <= until)
    }
}

/// A stretch of days on which a child is left-behind and in one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// The class, where the child has one.
    pub class: Option<Class>,
}

/// The days on which a child is left-behind, by class.
///
/// Between two days on which one of its entries begins, or its age in years reaches sixteen, nothing changes.
pub fn left_behind(child: &Child, definition: Definition) -> Vec<Stretch> {
    let mut turns: Vec<NaiveDate> = (child.guardianship.iter().map(|entry| entry.since.0))
        .chain(child.enrolment.iter().map(|entry| entry.since.0))
        .chain(child.left.as_ref().map(|left| left.date.0))
        .chain(sixteenth_birthday(child))
        .collect();
    turns.sort_unstable();
    turns.dedup();
    let ends = turns[..]
        .iter()
        .skip(1)
        .map(|next| *next - Days::new(1))
        .chain([NaiveDate::MAX]);
    turns
        .iter()
        .zip(ends)
        .filter(|(from, _)| child.is_left_behind(**from, definition))
        .map(|(from, until)| Stretch {
            from: *from,
            until,
            class: child.class_on(*from).map(|entry| entry.class),
        })
        .collect()
}

/// The first day on which the child is sixteen.
fn sixteenth_birthday(child: &Child) -> Option<NaiveDate> {
    // `age_on` counts a year of a child born on 29 February as full on 1 March of common years, as this does.
    let birth = child.birth_date.0;
    let birthday = birth.checked_add_months(chrono::Months::new(16 * 12))?;
    if child.age_on(birthday) < 16 {
        birthday.succ_opt()
    } else {
        Some(birthday)
    }
}
