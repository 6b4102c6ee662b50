//! Awards won by children and helpers.

use crate::analysis::figures::prelude::*;
use crate::model::award::AwardLevel;

pub(super) static SECTION: Section = Section {
    title: Text::new("奖励", "Awards"),
    rows: &[
        Row::new("awards", ("奖励", "awards"), Unit::Items, Counted::Awards, awards).how(
            "期间儿童和帮扶人获得的奖励记录。",
            "Records of awards to children and helpers in the period.",
        ),
        Row::new("awards", ("奖励", "awards"), Unit::Items, Counted::Awards, by_level).codes::<AwardLevel>().how(
            "期间儿童和帮扶人获得的这一级奖励记录；没有写级别的只计入总数。",
            "Records of awards of this level to children and helpers in the period; one without a level counts only in the total.",
        ),
        Row::new("awards.children", ("获奖儿童", "children awarded"), Unit::People, Counted::Children, children).distinct().how(
            "期间获奖的儿童，不论是否留守，同一名儿童只算一次。",
            "Distinct children, left-behind or not, who won an award in the period.",
        ),
        Row::new("awards.helpers", ("获奖帮扶人", "helpers awarded"), Unit::People, Counted::Helpers, helpers).distinct().how(
            "期间获奖的帮扶人，同一人只算一次。",
            "Distinct helpers who won an award in the period.",
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

fn children<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (award, day) in context.events(&context.basis.records.awards) {
        if let Some(child) = award.child.and_then(|child| context.child(child.id())) {
            out.count(&Mark::new(child, day).because(&[award.id]));
        }
    }
}

fn helpers<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let helpers = &context.basis.records.helpers;
    for (award, day) in context.events(&context.basis.records.awards) {
        if let Some(helper) = award.helper.and_then(|helper| helpers.get(helper.id())) {
            out.count(&Mark::new(helper, day).because(&[award.id]));
        }
    }
}
