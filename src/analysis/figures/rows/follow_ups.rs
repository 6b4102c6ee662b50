//! Follow-ups of visits, activities, assessments and incidents.

use chrono::NaiveDate;

use crate::analysis::figures::prelude::*;
use crate::model::activity::Activity;
use crate::model::assessment::Assessment;
use crate::model::incident::Incident;
use crate::model::visit::Visit;
use crate::model::{FollowUp, HasTable, Records};

pub(super) static SECTION: Section = Section {
    title: Text::new("跟进转介", "Follow-ups and referrals"),
    rows: &[
        Row::new("follow-ups.done", ("跟进事项完成", "follow-ups done"), Unit::Items, TASK, done).of(TASK).how(
            "期间的走访、活动、测评、事件记录中，最迟最后一天到期的跟进事项里，到那天已完成的。",
            "Follow-ups done by the last day, out of those due by it, from visits, activities, assessments and incidents in the period.",
        ),
        Row::new("follow-ups.on-time", ("跟进事项按期完成", "follow-ups done on time"), Unit::Items, TASK, on_time).of(TASK).how(
            "期间的走访、活动、测评、事件记录中，最迟最后一天到期的跟进事项里，在到期那天或之前完成的。",
            "Follow-ups done by the day they were due, out of those due by the last day, from records in the period.",
        ),
        Row::new("follow-ups.late.median", ("逾期完成的天数中位数", "median days late"), Unit::Days, TASK, late)
            .statistic(Statistic::Median)
            .how(
                "到期后才完成的跟进事项超过期限的天数的中位数（偶数个取中间较小的）。",
                "The median number of days by which late follow-ups passed their due date (the lower of two middle values).",
            ),
        Row::new("follow-ups.overdue", ("跟进事项逾期未完成", "follow-ups overdue"), Unit::Items, TASK, overdue).how(
            "最后一天之前到期、到那天还没有完成的跟进事项，不论记录是哪天的。",
            "Follow-ups due before the last day and not done by it, whatever the day of the record.",
        ),
        Row::new("referrals", ("转介", "referrals"), Unit::Items, TASK, referrals).how(
            "期间记录中写明转介单位（to）的跟进事项。",
            "Follow-ups of records in the period that name where the child was referred (to).",
        ),
        Row::new("referrals.done", ("转介办结", "referrals done"), Unit::Items, TASK, referrals_done).of(TASK).how(
            "期间的转介中，最后一天以前已办结的。",
            "Referrals that were done by the last day, out of all in the period.",
        ),
        Row::new("referrals.refused", ("转介未被接收", "referrals refused"), Unit::Items, TASK, referrals_refused).of(TASK).how(
            "期间的转介中，最后一天以前对方未接收的。",
            "Referrals that were refused by the last day, out of all in the period.",
        ),
        Row::new("referrals.median", ("转介办结天数中位数", "median days of a referral"), Unit::Days, TASK, referral_days)
            .statistic(Statistic::Median)
            .how(
                "期间已办结的转介从转出（sent，没有写的从记录当天）到办结的天数的中位数（偶数个取中间较小的）。",
                "The median number of days from the day a referral was sent, or else that of its record, to the day it was done (the lower of two middle values).",
            ),
    ],
};

const TASK: Counted = Counted::FollowUps;

/// A follow-up with the day of its record.
#[derive(Clone, Copy)]
struct Task<'a> {
    subject: Subject<'a>,
    what: &'a FollowUp,
    day: NaiveDate,
}

impl<'a> Task<'a> {
    fn mark(&self) -> Mark<'static, 'a> {
        Mark::new(self.subject, self.day)
    }
}

/// The follow-ups of all records.
fn everywhere<'a>(context: &Context<'a>, each: &mut dyn FnMut(Task<'a>)) {
    fn of_table<'a, K: Record>(context: &Context<'a>, each: &mut dyn FnMut(Task<'a>))
    where
        Records: HasTable<K>,
        EntryRef<'a>: From<&'a Entry<K>>,
    {
        let table = HasTable::<K>::table(context.basis.records);
        for entry in table
            .iter()
            .filter(|entry| !entry.record.follow_ups().is_empty())
        {
            let Some(day) = entry.record.day() else {
                continue;
            };
            for (at, what) in entry.record.follow_ups().iter().enumerate() {
                let subject = Subject::Part(entry.into(), Part::FollowUp(at));
                each(Task { subject, what, day });
            }
        }
    }
    of_table::<Visit>(context, each);
    of_table::<Activity>(context, each);
    of_table::<Assessment>(context, each);
    of_table::<Incident>(context, each);
}

/// The follow-ups of the records within the range.
fn within<'a>(context: &Context<'a>, mut each: impl FnMut(Task<'a>)) {
    let scope = context.basis.scope;
    everywhere(context, &mut |task| {
        if scope.holds(task.day) {
            each(task);
        }
    });
}

/// Those of the records within the range that were due by the as-of date.
fn due<'a>(context: &Context<'a>, mut each: impl FnMut(Task<'a>)) {
    within(context, |task| {
        if task.what.due.0 <= context.day() {
            each(task);
        }
    });
}

fn done<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    due(context, |task| {
        out.part(&task.mark(), task.what.is_done_by(context.day()))
    });
}

fn on_time<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    due(context, |task| {
        out.part(&task.mark(), task.what.is_done_by(task.what.due.0))
    });
}

fn late<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    due(context, |task| {
        let done = task.what.done.filter(|done| done.0 <= context.day());
        let days = done.map(|done| (done.0 - task.what.due.0).num_days());
        if let Some(days) = days.filter(|days| *days > 0) {
            out.count(&task.mark().amount(days));
        }
    });
}

fn overdue<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let last = context.day();
    everywhere(context, &mut |task| {
        if task.what.due.0 < last && !task.what.is_done_by(last) {
            out.count(&context.state(task.subject));
        }
    });
}

/// The referrals in the records within the range.
fn referred<'a>(context: &Context<'a>, mut each: impl FnMut(Task<'a>)) {
    within(context, |task| {
        if task.what.to.as_deref().is_some_and(is_filled) {
            each(task);
        }
    });
}

fn referrals<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    referred(context, |task| out.count(&task.mark()));
}

fn referrals_done<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    referred(context, |task| {
        out.part(&task.mark(), task.what.is_done_by(context.day()))
    });
}

fn referrals_refused<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    referred(context, |task| {
        let refused = task.what.refused;
        out.part(
            &task.mark(),
            refused.is_some_and(|refused| refused.0 <= context.day()),
        );
    });
}

fn referral_days<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    referred(context, |task| {
        let done = task.what.done.filter(|done| done.0 <= context.day());
        if let Some(done) = done {
            let sent = task.what.sent.map_or(task.day, |sent| sent.0);
            out.count(&task.mark().amount((done.0 - sent).num_days()));
        }
    });
}
