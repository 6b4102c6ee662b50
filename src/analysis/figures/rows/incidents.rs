//! Incidents, and how quickly they were reported.

use crate::analysis::figures::prelude::*;
use crate::model::incident::{Incident, IncidentKind};
use chrono::{NaiveDate, TimeDelta};

pub(super) static SECTION: Section = Section {
    title: Text::new("安全事件", "Incidents"),
    rows: &[
        Row::new("incidents", ("事件", "incidents"), Unit::Times, Counted::Incidents, incidents).how(
            "期间发现的事件记录，一条算一次。",
            "Records of incidents discovered in the period; each counts once.",
        ),
        Row::new("incidents.on-time", ("事件按时报告", "incidents reported on time"), Unit::Times, Counted::Incidents, on_time)
            .of(Counted::Incidents)
            .how(
                "期间发现的事件中，在规定时间（incident_within_minutes，默认五分钟）内报告的；没有写报告时间的算未按时。",
                "Incidents reported within the minutes of the policy (incident_within_minutes, five by default), out of all in the period; those without a time count as late.",
            ),
        Row::new("incidents", ("事件", "incidents"), Unit::Times, Counted::Incidents, by_kind).codes::<IncidentKind>().how(
            "期间发现的这一类事件记录，一条算一次。",
            "Records of incidents of this kind discovered in the period; each counts once.",
        ),
        Row::new("incidents.closed", ("事件办结", "incidents closed"), Unit::Times, Counted::Incidents, closed)
            .of(Counted::Incidents)
            .how(
                "期间发现的事件中，最后一天以前已办结的。",
                "Incidents discovered in the period that were closed by the last day, out of all in the period.",
            ),
        Row::new("incidents.guardian-told", ("事件已告知监护人", "guardians told"), Unit::Times, Counted::Incidents, told)
            .of(Counted::Incidents)
            .how(
                "期间发现的事件中，最后一天以前已告知监护人的。",
                "Incidents discovered in the period whose guardian was informed by the last day, out of all in the period.",
            ),
        Row::new("incidents.open", ("未办结事件", "incidents open"), Unit::Times, Counted::Incidents, open).how(
            "最后一天以前发现、到那天还没有办结的事件，不论何时发现。",
            "Incidents discovered at any time up to the last day and not closed by it.",
        ),
        Row::new("incidents.report-delay.median", ("报告用时中位数", "median delay of reports"), Unit::Minutes, Counted::Incidents, delay)
            .statistic(Statistic::Median)
            .how(DELAY_ZH, DELAY_EN),
        Row::new("incidents.report-delay.max", ("报告用时最长", "longest delay of a report"), Unit::Minutes, Counted::Incidents, delay)
            .statistic(Statistic::Greatest)
            .how(DELAY_ZH, DELAY_EN),
        Row::new("incidents.children", ("涉事儿童", "children concerned"), Unit::People, Counted::Children, children).distinct().how(
            "期间发现的事件所涉及的儿童，同一名儿童只算一次。",
            "Distinct children concerned by incidents discovered in the period.",
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

const DELAY_ZH: &str = "期间发现并已报告的事件从发现到报告的整分钟数（舍去不足一分钟的部分）：中位数（偶数个取中间较小的）和最长。";
const DELAY_EN: &str = "The whole minutes from discovery to report, rounded down, of incidents discovered in the period and reported: the median (the lower of two middle values) and the longest.";

fn each<'a>(
    context: &Context<'a>,
) -> impl Iterator<Item = (Mark<'static, 'a>, &'a Entry<Incident>)> {
    let incidents = context.events(&context.basis.records.incidents);
    incidents.map(|(incident, day)| (Mark::new(incident, day), incident))
}

fn by_kind<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    each(context).for_each(|(mark, incident)| out.count_as(incident.kind.code(), &mark));
}

fn is_closed(incident: &Incident, day: NaiveDate) -> bool {
    incident.closed.is_some_and(|closed| closed.0 <= day)
}

fn closed<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    each(context).for_each(|(mark, incident)| out.part(&mark, is_closed(incident, context.day())));
}

fn told<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    each(context).for_each(|(mark, incident)| {
        let told = incident.guardian_told;
        out.part(&mark, told.is_some_and(|told| told.date() <= context.day()));
    });
}

fn open<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let day = context.day();
    let incidents = context.basis.records.incidents.iter();
    for incident in incidents.filter(|incident| incident.discovered.date() <= day) {
        if !is_closed(incident, day) {
            out.count(&context.state(incident));
        }
    }
}

fn delay<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, incident) in each(context) {
        if let Some(reported) = incident.reported {
            let seconds = (reported.0 - incident.discovered.0).num_seconds();
            out.count(&mark.amount(seconds.div_euclid(60)));
        }
    }
}

fn children<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, incident) in each(context) {
        for child in incident
            .children
            .iter()
            .filter_map(|child| context.child(child.id()))
        {
            out.count(&Mark::new(child, mark.day).because(&[incident.id]));
        }
    }
}
