//! Assessments: results, and changes since the last time.

use crate::analysis::Basis;
use crate::analysis::figures::prelude::*;
use crate::model::assessment::{Assessment, Lack, Risk};

pub(super) static SECTION: Section = Section {
    title: Text::new("测评与风险", "Assessments and risk"),
    rows: &[
        Row::new(
            "assessments",
            ("测评", "assessments"),
            Unit::Times,
            Counted::Assessments,
            assessments,
        )
        .how(
            "期间的测评记录，一条算一次。",
            "Records of assessments in the period; each counts once.",
        ),
        Row::new(
            "assessments.improved",
            ("测评好转", "improved"),
            Unit::People,
            Counted::Children,
            improved,
        )
        .of(Counted::Children)
        .how(CHANGE_ZH, CHANGE_EN),
        Row::new(
            "assessments.unchanged",
            ("测评持平", "unchanged"),
            Unit::People,
            Counted::Children,
            unchanged,
        )
        .of(Counted::Children)
        .how(CHANGE_ZH, CHANGE_EN),
        Row::new(
            "assessments.worse",
            ("测评变差", "worse"),
            Unit::People,
            Counted::Children,
            worse,
        )
        .of(Counted::Children)
        .how(CHANGE_ZH, CHANGE_EN),
        Row::new(
            "risk",
            ("风险等级", "risk"),
            Unit::People,
            Counted::Children,
            by_risk,
        )
        .codes::<Risk>()
        .how(
            "期间测评过的儿童中，最后一次测评为这一风险等级的人数。",
            "Children whose last assessment in the period states this risk.",
        ),
        Row::new(
            "lacks",
            ("缺失情况", "lacks"),
            Unit::People,
            Counted::Children,
            by_lack,
        )
        .codes::<Lack>()
        .how(
            "期间测评过的儿童中，最后一次测评列有这一缺失的人数。",
            "Children whose last assessment in the period lists this lack.",
        ),
        Row::new("risk.lower", ("风险下降", "risk lower"), Unit::People, Counted::Children, risk_lower)
            .of(Counted::Children)
            .how(RISK_ZH, RISK_EN),
        Row::new("risk.higher", ("风险上升", "risk higher"), Unit::People, Counted::Children, risk_higher)
            .of(Counted::Children)
            .how(RISK_ZH, RISK_EN),
        Row::new("assessments.worse.priority", ("变差后已列入重点", "worse and of special care"), Unit::People, Counted::Children, worse_priority)
            .of(Counted::Children)
            .how(
                "期间测评变差的儿童中，最后一天属于重点帮扶对象的。",
                "Children who got worse in the period and receive special care on the last day, out of all who got worse.",
            ),
    ],
};

const CHANGE_ZH: &str = "期间和此前都测评过的儿童：以期间最后一次比此前最后一次，按两次都有的维度的等级之和（良好 0 至急需干预 3）。";
const CHANGE_EN: &str = "Children assessed both in the period and before it: their last assessment in the period compared with the last one before it, by the sum of the levels (good 0 to urgent 3) of the dimensions that both assess.";

const RISK_ZH: &str =
    "期间和此前都写明过风险等级的儿童：以期间最后一次写明的比此前最后一次写明的。";
const RISK_EN: &str = "Children whose risk was recorded both in the period and before it: the last risk in the period compared with the last one before it.";

fn assessments<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (assessment, day) in context.events(&context.basis.records.assessments) {
        out.count(&Mark::new(assessment, day));
    }
}

/// A child's last assessment within the range, and the last before it.
#[derive(Clone, Default)]
struct LastAssessments<'a> {
    before: Option<&'a Entry<Assessment>>,
    within: Option<&'a Entry<Assessment>>,
}

/// The children assessed within the range, as of their last assessment.
fn each<'a>(
    context: &Context<'a>,
    found: impl FnMut(&Mark<'_, 'a>, Option<&'a Entry<Assessment>>, &'a Entry<Assessment>),
) {
    each_of(context, |_| true, found);
}

/// The same, for the selected assessments only.
fn each_of<'a>(
    context: &Context<'a>,
    counts: impl Fn(&Assessment) -> bool,
    mut each: impl FnMut(&Mark<'_, 'a>, Option<&'a Entry<Assessment>>, &'a Entry<Assessment>),
) {
    let Basis { records, scope, .. } = context.basis;
    let mut last = vec![LastAssessments::default(); records.children.len()];
    for assessment in records.assessments.iter().filter(|entry| counts(entry)) {
        let Some(child) = context.place(assessment.child.id()) else {
            continue;
        };
        let place = match assessment.record.day() {
            Some(day) if day < scope.from => &mut last[child].before,
            Some(day) if scope.holds(day) => &mut last[child].within,
            _ => continue,
        };
        if place.is_none_or(|known| (known.date, known.id) < (assessment.date, assessment.id)) {
            *place = Some(assessment);
        }
    }
    for (child, LastAssessments { before, within }) in records.children.iter().zip(last) {
        if let Some(within) = within {
            each(&Mark::new(child, within.date.0), before, within);
        }
    }
}

/// Counts the children whose level changed as asked, out of those assessed both within the range and before.
fn changed<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>, counts: impl Fn(i32) -> bool) {
    each(context, |mark, before, within| {
        if let Some(before) = before
            && let Some(change) = within.change_since(before)
        {
            out.part(&mark.because(&[before.id, within.id]), counts(change));
        }
    });
}

fn improved<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    changed(context, out, |change| change < 0);
}

fn unchanged<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    changed(context, out, |change| change == 0);
}

fn worse<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    changed(context, out, |change| change > 0);
}

fn by_risk<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    each(context, |mark, _, within| {
        if let Some(risk) = within.risk {
            out.count_as(risk.code(), &mark.because(&[within.id]));
        }
    });
}

fn by_lack<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    each(context, |mark, _, within| {
        for lack in Lack::ALL.iter().filter(|lack| within.lacks.contains(lack)) {
            out.count_as(lack.code(), &mark.because(&[within.id]));
        }
    });
}

fn worse_priority<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    each(context, |mark, before, within| {
        let Some(before) = before else { return };
        if within.change_since(before).is_some_and(|change| change > 0) {
            let child = mark.subject.child();
            let is_priority = child.is_some_and(|child| child.is_priority(context.day()));
            out.part(&mark.because(&[before.id, within.id]), is_priority);
        }
    });
}

/// Counts the children whose risk level changed as asked, out of those with one stated both within the range and
/// before.
fn risk_changed<'a>(
    context: &Context<'a>,
    out: &mut Out<'_, 'a>,
    counts: impl Fn(Option<Risk>, Option<Risk>) -> bool,
) {
    let stated = |assessment: &Assessment| assessment.risk.is_some();
    each_of(context, stated, |mark, before, within| {
        if let Some(before) = before {
            let because = [before.id, within.id];
            out.part(&mark.because(&because), counts(before.risk, within.risk));
        }
    });
}

fn risk_lower<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    risk_changed(context, out, |before, within| within < before);
}

fn risk_higher<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    risk_changed(context, out, |before, within| within > before);
}
