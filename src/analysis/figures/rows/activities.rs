//! Activities: sessions, attendance, results and publicity.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use crate::analysis::Basis;
use crate::analysis::figures::prelude::*;
use crate::model::activity::{Activity, Attendance, Theme};
use crate::model::calendar::BirthdayCalendar;
use crate::model::calendar::next_birthday;
use crate::model::child::Child;
use crate::model::school::Occasion;

pub(super) static SECTION: Section = Section {
    title: Text::new("活动", "Activities"),
    rows: &[
        Row::new("activities", ("活动", "activities"), Unit::Times, ACTIVITY, activities).how(
            "期间开始的活动记录，一条算一次（多场次的也算一次）。",
            "Records of activities that began in the period; each counts once, including those of several sessions.",
        ),
        Row::new("activities", ("活动", "activities"), Unit::Times, ACTIVITY, by_theme).codes::<Theme>().how(
            "期间开始的这一主题的活动记录，一条算一次（多场次的也算一次）。",
            "Records of activities of this theme that began in the period; each counts once, including those of several sessions.",
        ),
        Row::new("activities.sessions", ("活动场次", "sessions"), Unit::Times, ACTIVITY, sessions).how(SESSIONS_ZH, SESSIONS_EN),
        Row::new("activities.sessions", ("活动场次", "sessions"), Unit::Times, ACTIVITY, sessions_by_theme)
            .codes::<Theme>()
            .how(SESSIONS_ZH, SESSIONS_EN),
        Row::new("activities.attendance", ("活动参加人次", "attendance"), Unit::Attendances, Counted::Attendance, attendance)
            .statistic(Statistic::Sum)
            .how(
                "期间活动的参加人次之和：儿童（没有写人数的按写明的儿童，每人一次）、监护人、教职工、志愿者，按记录所写，不乘场次。",
                "The sum of children (if no number is given, the distinct children listed), guardians, staff and volunteers who attended activities in the period, as recorded, whatever the number of sessions.",
            ),
        Row::new("activities.attendance", ("参加人次", "attendance"), Unit::Attendances, Counted::Attendance, attendance_by_party)
            .items(parties)
            .statistic(Statistic::Sum)
            .how(
                "期间活动中这一方的参加人次之和，按记录所写，不乘场次；没有写儿童人数的按写明的儿童，每人一次。",
                "The attendance of this group at activities in the period, as recorded, whatever the number of sessions; if no number of children is given, the distinct children listed are counted.",
            ),
        Row::new("activities.invited", ("应邀到会", "came of those invited"), Unit::Attendances, Counted::Attendance, invited)
            .items(parties)
            .of(Counted::Attendance)
            .own_denominator()
            .how(
                "期间既写明邀请人数又写明到会人数的活动中，这一方到会的人次；占邀请的人次。",
                "Attendees of this group at activities in the period that record both how many were invited and how many came, out of those invited.",
            ),
        Row::new("activities.occasion", ("节日活动", "activities on occasions"), Unit::Times, ACTIVITY, by_occasion)
            .codes::<Occasion>()
            .how(
                "期间开始的在这一节日或时机（occasion）的活动记录，一条算一次。",
                "Records of activities on this occasion that began in the period; each counts once.",
            ),
        Row::new("activities.campaign", ("主题行动", "campaign"), Unit::Times, ACTIVITY, by_campaign).items(campaigns).how(
            "期间开始的属于这一行动（campaign）的活动记录，一条算一次。",
            "Records of activities of this campaign that began in the period; each counts once.",
        ),
        Row::new("activities.led-by-children", ("儿童主持的活动", "led by children"), Unit::Times, ACTIVITY, led_by_children).how(
            "期间开始的写明由儿童主持（led_by）的活动记录，一条算一次。",
            "Records of activities led by children (led_by) that began in the period; each counts once.",
        ),
        Row::new("activities.items", ("制作寄送的卡片、书信、作品", "things made or sent"), Unit::Pieces, ACTIVITY, items)
            .statistic(Statistic::Sum)
            .how(
                "期间活动记录中制作或寄送的件数（items）之和。",
                "The sum of cards, letters or things made or sent (items) in activities in the period.",
            ),
        Row::new("activities.books", ("阅读的书目", "titles read"), Unit::Pieces, Counted::Partners, books).distinct().how(
            "期间活动记录中读过的书（books），同一书名只算一种。",
            "Distinct titles read in activities in the period (books).",
        ),
        Row::new("partners", ("参与单位", "partners"), Unit::Organisations, Counted::Partners, partners).distinct().how(
            "期间活动中写有的参与单位（partners），同一名称只算一家。",
            "Distinct organisations named as partners of activities in the period.",
        ),
        Row::new("publicity", ("宣传渠道", "publicity in"), Unit::Times, ACTIVITY, by_channel).items(channels).how(
            "期间通过这一渠道（channel）宣传的活动记录，一条算一次。",
            "Records of activities in the period that were publicised through this channel; each counts once.",
        ),
        Row::new("birthdays.kept", ("生日关怀", "birthdays kept"), Unit::Times, Counted::Birthdays, birthdays)
            .of(Counted::Birthdays)
            .how(
                "最后一天的留守儿童在期间（到最后一天为止）过的生日（按其所过公历或农历）中，前后十五天内有生日走访，或有写明该儿童、其班级或未写明对象的生日活动的。",
                "Birthdays in the period (solar or lunar, as each keeps it) of children left-behind on the last day, with a visit to the child, or an activity for the child, the class or everyone, on the occasion of a birthday and at most fifteen days away; out of all these birthdays.",
            ),
    ],
};

const ACTIVITY: Counted = Counted::Activities;
const SESSIONS_ZH: &str = "期间举行的场次：写明 sessions 的活动按场次平均分布在起止日期的工作日（不够时为每天）上，最后一天之后的不算；此前开始的活动也算。";
const SESSIONS_EN: &str = "Sessions held in the period: the sessions of an activity are spread evenly over its weekdays (over all its days if there are too few weekdays), up to the last day; activities that began earlier are included.";

/// How many days before or after a birthday it may be celebrated.
const BIRTHDAY_MARGIN: Days = Days::new(15);

fn each<'a>(
    context: &Context<'a>,
) -> impl Iterator<Item = (Mark<'static, 'a>, &'a Entry<Activity>)> {
    let activities = context.events(&context.basis.records.activities);
    activities.map(|(activity, day)| (Mark::new(activity, day), activity))
}

fn activities<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    each(context).for_each(|(mark, _)| out.count(&mark));
}

fn by_theme<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    each(context).for_each(|(mark, activity)| out.count_as(activity.theme.code(), &mark));
}

/// The activities with sessions within the range, as of the first of these sessions, with the number of sessions.
pub(super) fn each_sessions<'a>(
    context: &Context<'a>,
    mut each: impl FnMut(&'a Entry<Activity>, &Mark<'static, 'a>),
) {
    let scope = context.basis.scope;
    for activity in &context.basis.records.activities {
        let last = scope.until.min(scope.as_of);
        let (first, count) = activity.sessions_between(scope.from, last);
        if let Some(first) = first {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            each(activity, &Mark::new(activity, first).amount(count));
        }
    }
}

fn sessions<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    each_sessions(context, |_, mark| out.count(mark));
}

fn sessions_by_theme<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    each_sessions(context, |activity, mark| {
        out.count_as(activity.theme.code(), mark)
    });
}

/// A group that attends activities: its key, label, and number.
struct Invited {
    key: &'static str,
    label: Text,
    number: fn(&Attendance) -> Option<u32>,
}

const INVITED: [Invited; 4] = [
    Invited {
        key: "children",
        label: Text::new("儿童", "children"),
        number: |attendance| attendance.children,
    },
    Invited {
        key: "guardians",
        label: Text::new("监护人", "guardians"),
        number: |attendance| attendance.guardians,
    },
    Invited {
        key: "staff",
        label: Text::new("教职工", "staff"),
        number: |attendance| attendance.staff,
    },
    Invited {
        key: "volunteers",
        label: Text::new("志愿者", "volunteers"),
        number: |attendance| attendance.volunteers,
    },
];

fn parties(_: &Basis<'_>) -> Vec<RowItem> {
    let item = |party: &Invited| RowItem {
        key: party.key.to_owned(),
        label: party.label.into(),
        counts: None,
    };
    INVITED.iter().map(item).collect()
}

/// The attendance of a group at an activity, if stated; for children, else the number of those listed.
pub(super) fn came(activity: &Activity, party: &str) -> Option<i64> {
    let party = INVITED.iter().find(|known| known.key == party)?;
    let stated = activity.attendance.as_ref().and_then(party.number);
    stated.map(i64::from).or_else(|| {
        let listed: BTreeSet<Id> = activity.children.iter().map(|child| child.id()).collect();
        let counts = party.key == "children" && !listed.is_empty();
        counts.then(|| i64::try_from(listed.len()).unwrap_or(i64::MAX))
    })
}

fn attendance<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, activity) in each(context) {
        let came = INVITED.iter().filter_map(|party| came(activity, party.key));
        if let Some(sum) = came.reduce(i64::saturating_add) {
            out.count(&mark.amount(sum));
        }
    }
}

fn attendance_by_party<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, activity) in each(context) {
        for party in &INVITED {
            if let Some(came) = came(activity, party.key) {
                out.count_as(party.key, &mark.amount(came));
            }
        }
    }
}

fn invited<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, activity) in each(context) {
        for party in &INVITED {
            let invited = activity.invited.as_ref().and_then(party.number);
            if let (Some(invited), Some(came)) = (invited, came(activity, party.key)) {
                out.share_as(party.key, &mark, came, invited.into());
            }
        }
    }
}

fn by_occasion<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, activity) in each(context) {
        if let Some(occasion) = activity.occasion {
            out.count_as(occasion.code(), &mark);
        }
    }
}

/// The distinct names in the activities within the range.
fn names(basis: &Basis<'_>, of: impl Fn(&Activity) -> Option<&str>) -> Vec<RowItem> {
    let within = |day| basis.scope.holds(day);
    let activities = basis.records.activities.iter();
    let activities = activities.filter(|activity| within(activity.date.0));
    let names: BTreeSet<&str> = activities
        .filter_map(|activity| of(&activity.record))
        .collect();
    names.into_iter().map(RowItem::name).collect()
}

fn campaigns(basis: &Basis<'_>) -> Vec<RowItem> {
    names(basis, |activity| activity.campaign.as_deref())
}

fn by_campaign<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, activity) in each(context) {
        if let Some(name) = activity.campaign.as_deref() {
            out.count_as(name, &mark);
        }
    }
}

fn channels(basis: &Basis<'_>) -> Vec<RowItem> {
    names(basis, |activity| activity.channel.as_deref())
}

fn by_channel<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, activity) in each(context) {
        if let Some(name) = activity.channel.as_deref() {
            out.count_as(name, &mark);
        }
    }
}

fn led_by_children<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let led = each(context).filter(|(_, activity)| !activity.led_by.is_empty());
    led.for_each(|(mark, _)| out.count(&mark));
}

fn items<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, activity) in each(context) {
        if let Some(items) = activity.items {
            out.count(&mark.amount(items.into()));
        }
    }
}

fn books<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, activity) in each(context) {
        for title in &activity.books {
            let book = Subject::Named(title.trim(), activity.into());
            out.count(&Mark::new(book, mark.day).because(&[activity.id]));
        }
    }
}

fn partners<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, activity) in each(context) {
        for name in &activity.partners {
            let partner = Subject::Named(name, activity.into());
            out.count(&Mark::new(partner, mark.day).because(&[activity.id]));
        }
    }
}

/// The birthdays of a child within a date range.
fn birthdays_of(
    child: &Child,
    from: NaiveDate,
    until: NaiveDate,
) -> impl Iterator<Item = NaiveDate> {
    let calendar = child.birthday_calendar.unwrap_or(BirthdayCalendar::Solar);
    let next = move |from| {
        let (day, _) = next_birthday(child.birth_date.0, calendar, from)?;
        (day <= until).then_some(day)
    };
    std::iter::successors(next(from), move |day| next(day.succ_opt()?))
}

fn birthdays<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let Basis { records, scope, .. } = context.basis;
    let last = context.day();
    let visits: Vec<_> = records
        .visits
        .iter()
        .filter(|visit| visit.occasion == Some(Occasion::Birthday) && visit.date.0 <= last)
        .collect();
    let activities: Vec<_> = records
        .activities
        .iter()
        .filter(|activity| {
            let is_birthday = activity.theme == Theme::Birthday;
            is_birthday || activity.occasion == Some(Occasion::Birthday)
        })
        .filter(|activity| activity.date.0 <= last)
        .collect();
    for child in context.left_behind() {
        for day in birthdays_of(child, scope.from, last) {
            let is_near =
                |date: NaiveDate| (day - BIRTHDAY_MARGIN..=day + BIRTHDAY_MARGIN).contains(&date);
            let is_for_it = |activity: &Activity| {
                let named = activity.children.iter().any(|named| named.id() == child.id);
                let class = child.class_on(activity.date.0).map(|entry| entry.class);
                let of_class = class.is_some_and(|class| activity.classes.contains(&class));
                let of_all = activity.children.is_empty() && activity.classes.is_empty();
                named || of_class || of_all
            };
            let visits = visits.iter().filter(|visit| {
                is_near(visit.date.0) && visit.children.iter().any(|named| named.id() == child.id)
            });
            let activities = activities
                .iter()
                .filter(|activity| is_near(activity.date.0) && is_for_it(activity));
            let because: Vec<Id> = visits
                .map(|visit| visit.id)
                .chain(activities.map(|activity| activity.id))
                .collect();
            let mark = Mark::new(Subject::Birthday(child, day), day);
            out.part(&mark.because(&because), !because.is_empty());
        }
    }
}
