//! Duties: the periods met, of those owed.

use crate::analysis::figures::prelude::*;
use chrono::{Months, NaiveDate};

use crate::analysis::duty::State;
use crate::analysis::{Basis, Scope};
use crate::model::School;
use crate::model::duty::{Duty, OwedTo, Period};
use crate::model::term::Term;

pub(super) static SECTION: Section = Section {
    title: Text::new("制度落实", "Duties"),
    rows: &[
        Row::new("duty", ("", ""), Unit::Periods, Counted::PeriodsOfChildren, met)
            .items(duties)
            .even_if_zero()
            .of(Counted::PeriodsOfChildren)
            .how(
                "期间内结束的各期中，至少一半在学期内、对象全程有效的为应完成；其中记录够数的为已完成，还在进行的不算。",
                "Periods that ended in the period with enough records; out of those owed, that is, with at least half of their days in the term and with the subject active throughout. Periods still running are left out.",
            ),
    ],
};

/// The duties of the school, in the order of the settings.
fn duties(basis: &Basis<'_>) -> Vec<RowItem> {
    let item = |duty: &Duty| RowItem {
        key: duty.id.clone(),
        label: Label::name(&duty.title),
        counts: Some(match duty.owed_to {
            OwedTo::Child | OwedTo::Pairing => Counted::PeriodsOfChildren,
            OwedTo::Class => Counted::PeriodsOfClasses,
            OwedTo::School => Counted::PeriodsOfSchool,
        }),
    };
    basis.school.duty.iter().map(item).collect()
}

fn met<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let Basis { school, scope, .. } = context.basis;
    for (place, duty) in school.duty.iter().enumerate() {
        context.duties().each(place, &scope, |period| {
            if period.state == State::Open {
                return;
            }
            let until = period.owed.until;
            let mark = Mark::new(Subject::Owed(duty, period.owed), until).because(&period.records);
            out.part_as(&duty.id, &mark, period.state == State::Met);
        });
    }
}

/// Returns the day since which records must be loaded to count the figures of a scope: duties are evaluated in whole
/// periods, and yearly ones include the terms before.
pub fn first_day(school: &School, terms: &[Entry<Term>], scope: &Scope) -> NaiveDate {
    let by_year = school
        .duty
        .iter()
        .any(|duty| duty.period == Some(Period::Year));
    let reach = Months::new(if by_year { 12 } else { 0 });
    let since = scope.from.checked_sub_months(reach);
    let touched = terms
        .iter()
        .filter(|term| term.start.0 <= scope.until && since.is_none_or(|day| term.end.0 >= day));
    let starts = touched.map(|term| term.start.0);
    starts.chain([scope.from]).min().unwrap_or(scope.from)
}
