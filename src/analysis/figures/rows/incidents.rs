//! Incidents, and how fast they were reported.

use crate::analysis::figures::prelude::*;
use chrono::TimeDelta;

pub(super) static SECTION: Section = Section {
    title: Text { zh: "安全事件", en: "Incidents" },
    rows: &[
        Row::new("incidents", ("事件", "incidents"), Unit::Times, Counted::Incidents, incidents).how(
            "期间发现的事件记录，一条算一次。",
            "Records of incidents discovered within the days; each counts once.",
        ),
        Row::new("incidents.on-time", ("事件按时报告", "incidents reported on time"), Unit::Times, Counted::Incidents, on_time)
            .of(Counted::Incidents)
            .how(
                "期间发现的事件中，在规定时间（incident_within_minutes，默认五分钟）内报告的；没有写报告时间的算未按时。",
                "Incidents reported within the policy's minutes (incident_within_minutes, by default five); of all within the days, those that do not say when counting as late.",
            ),
    ],
};

fn incidents<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (incident, day) in context.events(&context.basis.records.incidents) {
        out.count(&Mark::new(incident, day));
    }
}

fn on_time<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let most = TimeDelta::minutes(context.basis.school.incident_within_minutes().into());
    for (incident, day) in context.events(&context.basis.records.incidents) {
        let reported = incident.reported;
        let on_time = reported.is_some_and(|reported| reported.0 - incident.discovered.0 <= most);
        out.part(&Mark::new(incident, day), on_time);
    }
}
