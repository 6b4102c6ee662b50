//! Activities, who came to them and which organisations took part.

use crate::analysis::figures::prelude::*;
use crate::model::activity::Theme;

pub(super) static SECTION: Section = Section {
    title: Text { zh: "活动", en: "Activities" },
    rows: &[
        Row::new("activities", ("活动", "activities"), Unit::Times, Counted::Activities, activities).how(
            "期间开始的活动记录，一条算一次（多场次的也算一次）。",
            "Records of activities that began within the days; each counts once, also one of several sessions.",
        ),
        Row::new("activities", ("活动", "activities"), Unit::Times, Counted::Activities, by_theme)
            .codes::<Theme>()
            .how(
                "期间开始的这一主题的活动记录，一条算一次（多场次的也算一次）。",
                "Records of activities of this theme that began within the days; each counts once, also one of several sessions.",
            ),
        Row::new("activities.attendance", ("活动参加人次", "attendance"), Unit::Attendances, Counted::Attendance, attendance)
            .statistic(Statistic::Sum)
            .how(
                "期间活动的参加人次之和：儿童、监护人、教职工、志愿者；没有写的活动不计。",
                "The sum of children, guardians, staff and volunteers who attended activities within the days; those that do not say are left out.",
            ),
        Row::new("partners", ("参与单位", "partners"), Unit::Organisations, Counted::Partners, partners).distinct().how(
            "期间活动中写有的参与单位（partners），同一名称只算一家。",
            "Organisations named as partners of activities within the days; each name counts once.",
        ),
    ],
};

fn activities<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (activity, day) in context.events(&context.basis.records.activities) {
        out.count(&Mark::new(activity, day));
    }
}

fn by_theme<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (activity, day) in context.events(&context.basis.records.activities) {
        out.count_as(activity.theme.code(), &Mark::new(activity, day));
    }
}

fn attendance<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (activity, day) in context.events(&context.basis.records.activities) {
        if let Some(attendance) = &activity.attendance {
            let amount = i64::try_from(attendance.total()).unwrap_or(i64::MAX);
            out.count(&Mark::new(activity, day).amount(amount));
        }
    }
}

fn partners<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (activity, day) in context.events(&context.basis.records.activities) {
        for name in &activity.partners {
            let partner = Subject::Partner(name, activity);
            out.count(&Mark::new(partner, day).because(&[activity.id]));
        }
    }
}
