//! Incidents, and how fast they were reported.

use super::context::{Context, event};
use super::evidence::Subject;
use super::figure::{Counted, Definitions, Unit};
use super::out::Out;
use super::{Count, Family};
use crate::analysis::Basis;
use crate::text::Text;
use chrono::TimeDelta;

/// The figures of incidents.
pub(super) static FAMILY: Family = Family {
    define,
    count: Count::Records(count),
};

const INCIDENTS: usize = 0;
const ON_TIME: usize = 1;

fn define(_: &Basis<'_>, out: &mut Definitions) {
    out.add(
        INCIDENTS,
        "incidents",
        Text {
            zh: "事件",
            en: "incidents",
        },
        Unit::Times,
        Counted::Incidents,
        Text {
            zh: "期间发现的事件记录，一条算一次。",
            en: "Records of incidents discovered within the days; each counts once.",
        },
    );
    out.add(
        ON_TIME,
        "incidents.on-time",
        Text { zh: "事件按时报告", en: "incidents reported on time" },
        Unit::Times,
        Counted::Incidents,
        Text {
            zh: "期间发现的事件中，在规定时间（incident_within_minutes，默认五分钟）内报告的；没有写报告时间的算未按时。",
            en: "Incidents reported within the policy's minutes (incident_within_minutes, by default five); of all within the days, those that do not say when counting as late.",
        },
    )
    .of = Some(Counted::Incidents);
}

fn count<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let most = TimeDelta::minutes(context.basis.school.incident_within_minutes().into());
    for (incident, day) in context.events(&context.basis.records.incidents) {
        let mark = event(Subject::Incident(incident), day);
        out.count(INCIDENTS, &mark);
        let reported = incident.reported;
        let on_time = reported.is_some_and(|reported| reported.0 - incident.discovered.0 <= most);
        out.part(ON_TIME, &mark, on_time);
    }
}
