//! What was to be done after visits, activities, assessments and incidents.

use chrono::NaiveDate;

use super::context::{Context, event};
use super::evidence::{Subject, Told};
use super::figure::{Counted, Definitions, Unit};
use super::out::Out;
use super::{Count, Family};
use crate::analysis::Basis;
use crate::text::Text;

/// The figures of follow-ups.
pub(super) static FAMILY: Family = Family {
    define,
    count: Count::Records(count),
};

const DONE: usize = 0;

fn define(_: &Basis<'_>, out: &mut Definitions) {
    out.add(
        DONE,
        "follow-ups.done",
        Text { zh: "跟进事项完成", en: "follow-ups done" },
        Unit::Items,
        Counted::FollowUps,
        Text {
            zh: "期间的走访、活动、测评、事件记录中，最迟最后一天到期的跟进事项里，到那天已完成的。",
            en: "Follow-ups done by the last day; of those due by it, from visits, activities, assessments and incidents within the days.",
        },
    )
    .of = Some(Counted::FollowUps);
}

fn count<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let records = context.basis.records;
    let mut told = |told: Told<'a>, day: NaiveDate| {
        for (at, follow_up) in told.follow_ups().iter().enumerate() {
            if follow_up.due.0 <= context.day() {
                let mark = event(Subject::FollowUp(told, at), day);
                out.part(DONE, &mark, follow_up.is_done_by(context.day()));
            }
        }
    };
    for (visit, day) in context.events(&records.visits) {
        told(Told::Visit(visit), day);
    }
    for (activity, day) in context.events(&records.activities) {
        told(Told::Activity(activity), day);
    }
    for (assessment, day) in context.events(&records.assessments) {
        told(Told::Assessment(assessment), day);
    }
    for (incident, day) in context.events(&records.incidents) {
        told(Told::Incident(incident), day);
    }
}
