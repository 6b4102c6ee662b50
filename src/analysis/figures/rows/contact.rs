//! Contact with children and families: mode, frequency, contact clock, and visits by outside organisations.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::analysis::contact::Clock;
use crate::analysis::figures::prelude::*;
use crate::model::child::{
    Away, Child, ContactFrequency, ContactParent, ParentRelation, ParentStatus,
};
use crate::model::school::Occasion;
use crate::model::visit::{Met, Mode, Visit};

pub(super) static SECTION: Section = Section {
    title: Text::new("走访联系", "Contact"),
    rows: &[
        Row::new("visits", ("走访", "visits"), Unit::Times, Counted::Visits, visits).how(
            "期间见面（家访、谈心、辅导、陪伴）或通话（电话、视频、亲子通话）的联系记录，一条算一次；写明 met 而没有见到儿童、监护人和父母的不算，书信、日记不算。",
            "Contacts in the period, in person or by line; each record counts once. A visit whose `met` names neither the child nor a guardian or parent is not a contact; nor is a letter or a diary.",
        ),
        Row::new("visits", ("走访", "visits"), Unit::Times, Counted::Visits, by_mode).codes::<Mode>().how(
            "期间这种方式的记录，一条算一次。",
            "Records of this mode in the period; each counts once.",
        ),
        Row::new("visits.on-time", ("走访按时记录", "visits recorded on time"), Unit::Times, Counted::Visits, on_time)
            .of(Counted::Visits)
            .how(
                "期间写明记录日期的走访联系中，在规定天数（record_within_days，默认七天）内记录的次数。",
                "Contacts in the period that were recorded within the days of the policy (record_within_days, seven by default), out of those with a recording date.",
            ),
        Row::new("visits.occasion", ("节日走访", "visits on occasions"), Unit::Times, Counted::Visits, by_occasion)
            .codes::<Occasion>()
            .how(
                "期间在这一节日或时机（occasion）的走访联系，一条算一次。",
                "Contacts in the period on this occasion; each record counts once.",
            ),
        Row::new("visits.per-child.min", ("每名儿童走访最少", "fewest visits of a child"), Unit::Times, Counted::Visits, per_child)
            .statistic(Statistic::Least)
            .how(PER_CHILD_ZH, PER_CHILD_EN),
        Row::new("visits.per-child.median", ("每名儿童走访中位数", "median visits of a child"), Unit::Times, Counted::Visits, per_child)
            .statistic(Statistic::Median)
            .how(PER_CHILD_ZH, PER_CHILD_EN),
        Row::new("visits.per-child.max", ("每名儿童走访最多", "most visits of a child"), Unit::Times, Counted::Visits, per_child)
            .statistic(Statistic::Greatest)
            .how(PER_CHILD_ZH, PER_CHILD_EN),
        Row::new("visits.minutes", ("走访时长", "minutes of visits"), Unit::Minutes, Counted::Visits, minutes)
            .codes::<Mode>()
            .statistic(Statistic::Sum)
            .how(
                "期间这种方式的记录中写明的分钟数（minutes）之和。",
                "The sum of the recorded minutes of records of this mode in the period.",
            ),
        Row::new("papers", ("书信反馈", "letters and feedback"), Unit::Times, Counted::Visits, papers).how(
            "期间的书信和情况反馈记录，一条算一次。",
            "Letters and feedback to parents in the period; each record counts once.",
        ),
        Row::new("diaries", ("观察日记", "diaries and observations"), Unit::Times, Counted::Visits, diaries).how(
            "期间的动态观察和成长日记，一条算一次。",
            "Observations and growth diaries in the period; each record counts once.",
        ),
        Row::new("contact.gap.median", ("未联系天数中位数", "median days without contact"), Unit::Days, Counted::Children, gaps)
            .statistic(Statistic::Median)
            .how(GAP_ZH, GAP_EN),
        Row::new("contact.gap.max", ("最长未联系天数", "most days without contact"), Unit::Days, Counted::Children, gaps)
            .statistic(Statistic::Greatest)
            .how(GAP_ZH, GAP_EN),
        Row::new("contact.gap.over", ("超过期限未联系", "out of contact for too long"), Unit::People, Counted::Children, over)
            .of(Counted::Children)
            .how(
                "最后一天的留守儿童中，未联系天数超过期限的：期限取当天对该儿童有效的走访制度中最短的间隔（every），没有则为 contact_within_days（默认三十天）。",
                "Left-behind children on the last day who have been without contact for longer than their limit: the shortest interval of the visit duties owed to them on that day, or contact_within_days (thirty by default), out of all left-behind children.",
            ),
        Row::new("parents.weekly", ("外出父母每周联系", "absent parents in touch weekly"), Unit::People, Counted::Parents, weekly)
            .of(Counted::Parents)
            .how(
                "最后一天留守儿童外出的父亲、母亲（已故、失踪的除外）中，至少每周联系孩子一次的（未成年人保护法第二十三条）。",
                "Absent fathers and mothers of left-behind children on the last day, without those deceased or missing, who are in touch at least once a week (Law on the Protection of Minors, article 23), out of all such.",
            ),
        Row::new("parents.known", ("外出父母联系情况已掌握", "absent parents whose contact is known"), Unit::People, Counted::Parents, known)
            .of(Counted::Parents)
            .how(
                "最后一天留守儿童外出的父亲、母亲（已故、失踪的除外）中，记有多久联系孩子一次的。",
                "Absent fathers and mothers of left-behind children on the last day, without those deceased or missing, with a recorded frequency of contact, out of all such.",
            ),
        Row::new("trips", ("走访慰问活动", "visits from outside"), Unit::Times, Counted::Trips, trips).distinct().how(
            "期间写明来访单位（team.organisation）的走访，同一天同一单位算一次。",
            "Days of visits by an outside organisation (team.organisation) in the period; a day counts once for each organisation.",
        ),
        Row::new("trips.people", ("来访人数", "people who came"), Unit::People, Counted::Names, trip_people)
            .statistic(Statistic::Sum)
            .how(
                "期间每次来访所写人数（team.people）的最大值之和。",
                "The sum over the visits from outside of the largest number of people recorded in each.",
            ),
        Row::new("trips.households", ("来访走访户数", "households visited from outside"), Unit::Households, Counted::Names, trip_households)
            .statistic(Statistic::Sum)
            .how(
                "期间每次来访所写户数（team.households）的最大值之和；没有写的按走访记录条数。",
                "The sum over the visits from outside of the largest number of households recorded in each, or of its number of records if none is recorded.",
            ),
    ],
};

const PER_CHILD_ZH: &str = "最后一天的留守儿童每人期间的走访联系次数（没有的算 0），取其最小值、中位数（偶数个取中间较小的）、最大值。";
const PER_CHILD_EN: &str = "Contacts in the period with each child left-behind on the last day, including 0: the minimum, the median (the lower of two middle values) and the maximum.";
const GAP_ZH: &str = "最后一天的留守儿童每人距上次联系的天数，不早于开始留守的那天和最早学期的第一天；取中位数（偶数个取中间较小的）和最大值。";
const GAP_EN: &str = "The days since the last contact of each child left-behind on the last day, counted at most from the day the child became left-behind and from the start of the earliest term on record: the median (the lower of two middle values) and the maximum.";

fn visits<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (visit, day) in context.contacts() {
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
    for (visit, day) in context.contacts() {
        if let Some(recorded) = visit.recorded {
            let last = day.checked_add_days(within);
            out.part(
                &Mark::new(visit, day),
                last.is_none_or(|last| recorded.0 <= last),
            );
        }
    }
}

fn by_occasion<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (visit, day) in context.contacts() {
        if let Some(occasion) = visit.occasion {
            out.count_as(occasion.code(), &Mark::new(visit, day));
        }
    }
}

fn per_child<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let mut visits: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for (visit, _) in context.contacts() {
        for child in &visit.children {
            let of_child = visits.entry(child.id()).or_default();
            if of_child.last() != Some(&visit.id) {
                of_child.push(visit.id);
            }
        }
    }
    for child in context.left_behind() {
        let visits = visits.get(&child.id).map_or(&[][..], Vec::as_slice);
        let count = i64::try_from(visits.len()).unwrap_or(i64::MAX);
        out.count(&context.state(child).amount(count).because(visits));
    }
}

fn minutes<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (visit, day) in context.events(&context.basis.records.visits) {
        if let Some(minutes) = visit.minutes {
            out.count_as(
                visit.mode.code(),
                &Mark::new(visit, day).amount(minutes.into()),
            );
        }
    }
}

fn of_modes<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>, modes: &[Mode]) {
    for (visit, day) in context.events(&context.basis.records.visits) {
        if modes.contains(&visit.mode) {
            out.count(&Mark::new(visit, day));
        }
    }
}

fn papers<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    of_modes(context, out, &[Mode::Letter, Mode::Feedback]);
}

fn diaries<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    of_modes(context, out, &[Mode::Observation, Mode::Diary]);
}

/// Each left-behind child with its contact clock.
fn clocks<'c, 'a>(
    context: &'c Context<'a>,
) -> impl Iterator<Item = (Mark<'static, 'a>, &'c Clock<'a>)> {
    let of_clock = |clock: &'c Clock<'a>| Some((context.state(context.child(clock.child)?), clock));
    context.clocks().iter().filter_map(of_clock)
}

fn gaps<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, clock) in clocks(context) {
        out.count(&mark.amount(clock.days.into()));
    }
}

fn over<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, clock) in clocks(context) {
        out.part(&mark, clock.is_over());
    }
}

/// The absent parents of the left-behind children, each with its frequency of contact.
fn absent_parents<'a>(
    context: &Context<'a>,
    mut each: impl FnMut(&Mark<'static, 'a>, Option<ContactFrequency>),
) {
    let day = context.day();
    for child in context.left_behind() {
        let Some(care) = child.guardianship_on(day) else {
            continue;
        };
        let away: &[ContactParent] = match care.away {
            Away::Both => &[ContactParent::Father, ContactParent::Mother],
            Away::Father => &[ContactParent::Father],
            Away::Mother => &[ContactParent::Mother],
            Away::None => &[],
        };
        for parent in away
            .iter()
            .copied()
            .filter(|parent| !is_deceased_or_missing(child, *parent))
        {
            let mark = context.state(Subject::Parent(child, parent));
            each(&mark, child.contact_on(parent, day));
        }
    }
}

fn is_deceased_or_missing(child: &Child, parent: ContactParent) -> bool {
    let relation = match parent {
        ContactParent::Father => ParentRelation::Father,
        ContactParent::Mother => ParentRelation::Mother,
        ContactParent::Both => return false,
    };
    child.parents.iter().any(|entry| {
        let is_deceased_or_missing = matches!(
            entry.status,
            Some(ParentStatus::Deceased | ParentStatus::Missing)
        );
        entry.relation == relation && is_deceased_or_missing
    })
}

fn weekly<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    absent_parents(context, |mark, frequency| {
        let often = [
            Some(ContactFrequency::Daily),
            Some(ContactFrequency::Weekly),
        ];
        out.part(mark, often.contains(&frequency));
    });
}

fn known<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    absent_parents(context, |mark, frequency| {
        out.part(mark, frequency.is_some())
    });
}

/// The visits within the range that name an organisation.
fn outside<'a>(
    context: &Context<'a>,
) -> impl Iterator<Item = (&'a str, &'a Entry<Visit>, NaiveDate)> {
    let visits = context.events(&context.basis.records.visits);
    visits.filter_map(|(visit, day)| {
        let organisation = visit.team.as_deref()?.organisation.as_deref()?;
        is_filled(organisation).then_some((organisation, visit, day))
    })
}

fn trips<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (organisation, visit, day) in outside(context) {
        let trip = Subject::Trip(day, organisation, visit);
        out.count(&Mark::new(trip, day).because(&[visit.id]));
    }
}

/// Counts for each trip the largest number stated by its visits, or `otherwise` of their number if none states one.
fn of_trips<'a>(
    context: &Context<'a>,
    out: &mut Out<'_, 'a>,
    stated: impl Fn(&Visit) -> Option<u32>,
    otherwise: impl Fn(usize) -> Option<usize>,
) {
    let mut trips: BTreeMap<(NaiveDate, &str), Vec<&'a Entry<Visit>>> = BTreeMap::new();
    for (organisation, visit, day) in outside(context) {
        trips.entry((day, organisation)).or_default().push(visit);
    }
    for ((day, organisation), visits) in trips {
        let stated = visits.iter().filter_map(|visit| stated(visit)).max();
        let number = stated
            .map(|stated| stated as usize)
            .or_else(|| otherwise(visits.len()));
        if let Some(number) = number {
            let ids: Vec<Id> = visits.iter().map(|visit| visit.id).collect();
            let amount = i64::try_from(number).unwrap_or(i64::MAX);
            let trip = Subject::Trip(day, organisation, visits[0]);
            out.count(&Mark::new(trip, day).amount(amount).because(&ids));
        }
    }
}

fn trip_people<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    of_trips(context, out, |visit| visit.team.as_ref()?.people, |_| None);
}

fn trip_households<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    of_trips(context, out, |visit| visit.team.as_ref()?.households, Some);
}

/// Whether the visit was a contact at which the child's own words were recorded.
pub(super) fn child_spoke(visit: &Visit) -> bool {
    let voice = visit.child_voice.as_deref();
    visit.is_contact() && visit.met.contains(&Met::Child) && voice.is_some_and(is_filled)
}
