//! Visits: contacts with a child or a family, by any mode.

use crate::analysis::figures::prelude::*;
use chrono::Days;

use crate::model::visit::Mode;

pub(super) static SECTION: Section = Section {
    title: Text { zh: "走访联系", en: "Contact" },
    rows: &[
        Row::new("visits", ("走访", "visits"), Unit::Times, Counted::Visits, visits).how(
            "期间的走访记录，一条算一次。",
            "Records of visits within the days; each counts once.",
        ),
        Row::new("visits", ("走访", "visits"), Unit::Times, Counted::Visits, by_mode).codes::<Mode>().how(
            "期间以这种方式走访的记录，一条算一次。",
            "Records of visits of this mode within the days; each counts once.",
        ),
        Row::new("visits.on-time", ("走访按时记录", "visits recorded on time"), Unit::Times, Counted::Visits, on_time)
            .of(Counted::Visits)
            .how(
                "期间写明记录日期的走访中，在规定天数（record_within_days，默认七天）内记录的次数。",
                "Visits within the days that were recorded within the policy's days (record_within_days, by default seven); of those that say when they were recorded.",
            ),
    ],
};

fn visits<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (visit, day) in context.events(&context.basis.records.visits) {
        out.count(&Mark::new(visit, day));
    }
}

fn by_mode<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (visit, day) in context.events(&context.basis.records.visits) {
        out.count_as(visit.mode.code(), &Mark::new(visit, day));
    }
}

fn on_time<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let within = Days::new(u64::from(context.basis.school.record_within_days()));
    for (visit, day) in context.events(&context.basis.records.visits) {
        if let Some(recorded) = visit.recorded {
            let last = day.checked_add_days(within);
            out.part(
                &Mark::new(visit, day),
                last.is_none_or(|last| recorded.0 <= last),
            );
        }
    }
}
