//! Duties: of the periods in which each was owed, those in which it was met.

use super::context::Context;
use super::evidence::{Mark, Owed, Subject};
use super::figure::{Counted, Definitions, Label, Unit};
use super::out::Out;
use super::{Count, Family};
use crate::analysis::Basis;
use crate::analysis::duty::State;
use crate::model::duty::OwedTo;
use crate::text::Text;

/// The figures of duties: one for each duty of the school, in its order.
pub(super) static FAMILY: Family = Family {
    define,
    count: Count::Records(count),
};

fn define(basis: &Basis<'_>, out: &mut Definitions) {
    for (place, duty) in basis.school.duty.iter().enumerate() {
        let counts = match duty.owed_to {
            OwedTo::Child | OwedTo::Pairing => Counted::PeriodsOfChildren,
            OwedTo::Class => Counted::PeriodsOfClasses,
            OwedTo::School => Counted::PeriodsOfSchool,
        };
        out.add(
            place,
            format!("duty.{}", duty.id),
            Label::name(&duty.title),
            Unit::Periods,
            counts,
            Text {
                zh: "期间内结束的各期中，至少一半在学期内、对象全程有效的为应完成；其中记录够数的为已完成，还在进行的不算。",
                en: "Periods that ended within the days with enough records; of those owed, of which at least half lies in the term and through which the subject was active. What still runs is left out.",
            },
        )
        .of = Some(counts);
    }
}

fn count<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let Basis { school, scope, .. } = context.basis;
    for (place, duty) in school.duty.iter().enumerate() {
        context.duties().each(place, &scope, |period| {
            if period.state == State::Open {
                return;
            }
            let owed = Owed {
                duty,
                subject: period.subject,
                child: period.child,
                helper: period.helper,
                from: period.from,
                until: period.until,
            };
            let mark = Mark {
                subject: Subject::Owed(owed),
                amount: 1,
                day: period.until,
                because: &period.records,
            };
            out.part(place, &mark, period.state == State::Met);
        });
    }
}
