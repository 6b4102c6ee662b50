//! Honours that children and helpers won.

use crate::analysis::figures::prelude::*;
use crate::model::award::AwardLevel;

pub(super) static SECTION: Section = Section {
    title: Text { zh: "奖励", en: "Awards" },
    rows: &[
        Row::new("awards", ("奖励", "awards"), Unit::Items, Counted::Awards, awards).how(
            "期间儿童和帮扶人获得的奖励记录。",
            "Records of awards to children and helpers within the days.",
        ),
        Row::new("awards", ("奖励", "awards"), Unit::Items, Counted::Awards, by_level).codes::<AwardLevel>().how(
            "期间儿童和帮扶人获得的这一级奖励记录；没有写级别的只计入总数。",
            "Records of awards of this level to children and helpers within the days; one without a level counts in the total only.",
        ),
    ],
};

fn awards<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (award, day) in context.events(&context.basis.records.awards) {
        out.count(&Mark::new(award, day));
    }
}

fn by_level<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (award, day) in context.events(&context.basis.records.awards) {
        if let Some(level) = award.level {
            out.count_as(level.code(), &Mark::new(award, day));
        }
    }
}
