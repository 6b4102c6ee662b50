//! Activities, who came to them and which organisations took part.

use super::context::{Context, event};
use super::evidence::{Mark, Subject};
use super::figure::{Counted, Definitions, Unit};
use super::out::Out;
use super::{Count, Family};
use crate::analysis::Basis;
use crate::model::Code;
use crate::model::activity::Theme;
use crate::text::Text;

/// The figures of activities.
pub(super) static FAMILY: Family = Family {
    define,
    count: Count::Records(count),
};

const ACTIVITIES: usize = 0;
const THEME: usize = 1;
const ATTENDANCE: usize = THEME + Theme::ALL.len();
const PARTNERS: usize = ATTENDANCE + 1;

fn define(_: &Basis<'_>, out: &mut Definitions) {
    let how = Text {
        zh: "期间开始的活动记录，一条算一次（多场次的也算一次）。",
        en: "Records of activities that began within the days; each counts once, also one of several sessions.",
    };
    let label = Text {
        zh: "活动",
        en: "activities",
    };
    out.add(
        ACTIVITIES,
        "activities",
        label,
        Unit::Times,
        Counted::Activities,
        how,
    );
    let like = (Unit::Times, Counted::Activities, None);
    out.codes::<Theme>(THEME, "activities", label, like, how);
    out.add(
        ATTENDANCE,
        "activities.attendance",
        Text { zh: "活动参加人次", en: "attendance" },
        Unit::Attendances,
        Counted::Attendance,
        Text {
            zh: "期间活动的参加人次之和：儿童、监护人、教职工、志愿者；没有写的活动不计。",
            en: "The sum of children, guardians, staff and volunteers who attended activities within the days; those that do not say are left out.",
        },
    );
    let partners = out.add(
        PARTNERS,
        "partners",
        Text { zh: "参与单位", en: "partners" },
        Unit::Organisations,
        Counted::Partners,
        Text {
            zh: "期间活动中写有的参与单位（partners），同一名称只算一家。",
            en: "Organisations named as partners of activities within the days; each name counts once.",
        },
    );
    partners.distinct = true;
}

fn count<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (activity, day) in context.events(&context.basis.records.activities) {
        let mark = event(Subject::Activity(activity), day);
        out.count(ACTIVITIES, &mark);
        out.count(THEME + activity.theme as usize, &mark);
        if let Some(attendance) = &activity.attendance {
            let amount = i64::try_from(attendance.total()).unwrap_or(i64::MAX);
            out.count(ATTENDANCE, &Mark { amount, ..mark });
        }
        for name in &activity.partners {
            let mark = Mark {
                subject: Subject::Partner(name, activity),
                because: &[activity.id],
                ..mark
            };
            out.count(PARTNERS, &mark);
        }
    }
}
