//! Visits: contacts with a child or a family, by any mode.

use super::context::{Context, event};
use super::evidence::Subject;
use super::figure::{Counted, Definitions, Unit};
use super::out::Out;
use super::{Count, Family};
use crate::analysis::Basis;
use crate::model::Code;
use crate::model::visit::Mode;
use crate::text::Text;
use chrono::Days;

/// The figures of visits.
pub(super) static FAMILY: Family = Family {
    define,
    count: Count::Records(count),
};

const VISITS: usize = 0;
const MODE: usize = 1;
const ON_TIME: usize = MODE + Mode::ALL.len();

fn define(_: &Basis<'_>, out: &mut Definitions) {
    let how = Text {
        zh: "期间的走访记录，一条算一次。",
        en: "Records of visits within the days; each counts once.",
    };
    let label = Text {
        zh: "走访",
        en: "visits",
    };
    out.add(VISITS, "visits", label, Unit::Times, Counted::Visits, how);
    let like = (Unit::Times, Counted::Visits, None);
    out.codes::<Mode>(MODE, "visits", label, like, how);
    out.add(
        ON_TIME,
        "visits.on-time",
        Text { zh: "走访按时记录", en: "visits recorded on time" },
        Unit::Times,
        Counted::Visits,
        Text {
            zh: "期间写明记录日期的走访中，在规定天数（record_within_days，默认七天）内记录的次数。",
            en: "Visits within the days that were recorded within the policy's days (record_within_days, by default seven); of those that say when they were recorded.",
        },
    )
    .of = Some(Counted::Visits);
}

fn count<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let within = Days::new(u64::from(context.basis.school.record_within_days()));
    for (visit, day) in context.events(&context.basis.records.visits) {
        let mark = event(Subject::Visit(visit), day);
        out.count(VISITS, &mark);
        out.count(MODE + visit.mode as usize, &mark);
        if let Some(recorded) = visit.recorded {
            let last = day.checked_add_days(within);
            out.part(ON_TIME, &mark, last.is_none_or(|last| recorded.0 <= last));
        }
    }
}
