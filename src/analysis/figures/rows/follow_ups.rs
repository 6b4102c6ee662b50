//! What was to be done after visits, activities, assessments and incidents.

use crate::analysis::figures::prelude::*;
use chrono::NaiveDate;

use crate::model::activity::Activity;
use crate::model::assessment::Assessment;
use crate::model::incident::Incident;
use crate::model::visit::Visit;
use crate::model::{FollowUp, HasTable, Records};

pub(super) static SECTION: Section = Section {
    title: Text { zh: "跟进事项", en: "Follow-ups" },
    rows: &[
        Row::new("follow-ups.done", ("跟进事项完成", "follow-ups done"), Unit::Items, Counted::FollowUps, done)
            .of(Counted::FollowUps)
            .how(
                "期间的走访、活动、测评、事件记录中，最迟最后一天到期的跟进事项里，到那天已完成的。",
                "Follow-ups done by the last day; of those due by it, from visits, activities, assessments and incidents within the days.",
            ),
    ],
};

/// A follow-up with the day of its record.
struct Task<'a> {
    subject: Subject<'a>,
    what: &'a FollowUp,
    day: NaiveDate,
}

/// The follow-ups of the records within the days.
fn each<'a>(context: &Context<'a>, mut each: impl FnMut(Task<'a>)) {
    fn of_table<'a, K: Record>(context: &Context<'a>, each: &mut dyn FnMut(Task<'a>))
    where
        Records: HasTable<K>,
        EntryRef<'a>: From<&'a Entry<K>>,
    {
        for (entry, day) in context.events::<K>(context.basis.records.table()) {
            for (at, what) in entry.record.follow_ups().iter().enumerate() {
                let subject = Subject::Part(entry.into(), Part::FollowUp(at));
                each(Task { subject, what, day });
            }
        }
    }
    of_table::<Visit>(context, &mut each);
    of_table::<Activity>(context, &mut each);
    of_table::<Assessment>(context, &mut each);
    of_table::<Incident>(context, &mut each);
}

fn done<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let last = context.day();
    each(context, |task| {
        if task.what.due.0 <= last {
            out.part(
                &Mark::new(task.subject, task.day),
                task.what.is_done_by(last),
            );
        }
    });
}
