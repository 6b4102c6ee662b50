//! Honours that children and helpers won.

use super::context::{Context, event};
use super::evidence::Subject;
use super::figure::{Counted, Definitions, Unit};
use super::out::Out;
use super::{Count, Family};
use crate::analysis::Basis;
use crate::model::award::AwardLevel;
use crate::text::Text;

/// The figures of awards.
pub(super) static FAMILY: Family = Family {
    define,
    count: Count::Records(count),
};

const AWARDS: usize = 0;
const LEVEL: usize = 1;

fn define(_: &Basis<'_>, out: &mut Definitions) {
    let label = Text {
        zh: "奖励",
        en: "awards",
    };
    let how = Text {
        zh: "期间儿童和帮扶人获得的奖励记录；没有写级别的只计入总数。",
        en: "Records of awards to children and helpers within the days; one without a level counts in the total only.",
    };
    out.add(AWARDS, "awards", label, Unit::Items, Counted::Awards, how);
    let like = (Unit::Items, Counted::Awards, None);
    out.codes::<AwardLevel>(LEVEL, "awards", label, like, how);
}

fn count<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (award, day) in context.events(&context.basis.records.awards) {
        let mark = event(Subject::Award(award), day);
        out.count(AWARDS, &mark);
        if let Some(level) = award.level {
            out.count(LEVEL + level as usize, &mark);
        }
    }
}
