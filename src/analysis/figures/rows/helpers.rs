//! Helpers: number, pairings and caseload.

use std::collections::BTreeMap;

use crate::analysis::duty::{DateRange, DateRanges, left_behind};
use crate::analysis::figures::prelude::*;
use crate::analysis::load::{Load, loads};
use crate::model::helper::Helper;
use crate::model::pairing::PairingRole;

pub(super) static SECTION: Section = Section {
    title: Text::new("帮扶力量", "Helpers"),
    rows: &[
        Row::new("helpers", ("帮扶人", "helpers"), Unit::People, HELPER, helpers).how(
            "最后一天在任的帮扶人：已开始，且没有在此前结束。",
            "Helpers who are active on the last day: started, and not ended before it.",
        ),
        Row::new("helpers.continuity", ("全程同一帮扶人", "with one helper throughout"), Unit::People, Counted::Children, continuity)
            .of(Counted::Children)
            .of_term()
            .only_if(|basis| basis.term().is_some())
            .how(
                "最后一天有结对的留守儿童中，本学期留守的每一天都与同一位帮扶人结对的。",
                "Left-behind children with a pairing on the last day who had the same helper on every day of the term on which they were left-behind, out of all paired.",
            ),
        Row::new("pairings", ("结对", "pairings"), Unit::Pairs, Counted::Pairings, pairings).how(
            "最后一天仍在进行的结对（当天结束的也算）。",
            "Pairings that run on the last day; one that ends on it still counts.",
        ),
        Row::new("pairings", ("结对", "pairings"), Unit::Pairs, Counted::Pairings, by_role)
            .codes::<PairingRole>()
            .how(
                "最后一天仍在进行的这一类结对（当天结束的也算）。",
                "Pairings of this role that run on the last day; one that ends on it still counts.",
            ),
        Row::new("caseload.min", ("每人帮扶最少", "smallest caseload"), Unit::People, HELPER, caseloads)
            .statistic(Statistic::Least)
            .how(LOAD_ZH, LOAD_EN),
        Row::new("caseload.mean", ("每人平均帮扶", "mean caseload"), Unit::People, HELPER, caseloads)
            .statistic(Statistic::Mean)
            .how(LOAD_ZH, LOAD_EN),
        Row::new("caseload.max", ("每人帮扶最多", "greatest caseload"), Unit::People, HELPER, caseloads)
            .statistic(Statistic::Greatest)
            .how(LOAD_ZH, LOAD_EN),
        Row::new("caseload.over", ("帮扶人数超限", "caseload over the bound"), Unit::People, HELPER, over).of(HELPER).how(
            "最后一天有结对留守儿童的帮扶人中，某一类结对的人数超过上限（caseload）的。",
            "Helpers with more left-behind children in some role than the policy's maximum caseload on the last day, out of all who have any.",
        ),
        Row::new("caseload.under", ("帮扶人数不足", "caseload under the bound"), Unit::People, HELPER, under).of(HELPER).how(
            "最后一天有结对留守儿童的帮扶人中，某一类结对的人数少于下限（caseload）的。",
            "Helpers with fewer left-behind children in some role than the policy's minimum caseload on the last day, out of all who have any.",
        ),
    ],
};

const HELPER: Counted = Counted::Helpers;
const LOAD_ZH: &str = "最后一天每位帮扶人结对的留守儿童人数（同一名儿童只算一次，没有的帮扶人不计）：最少、平均（一位小数，四舍五入）、最多。";
const LOAD_EN: &str = "The distinct left-behind children paired with each helper on the last day, for helpers who have any: the minimum, the mean (one decimal, rounded half up) and the maximum.";

fn helpers<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let helpers = context.basis.records.helpers.iter();
    for helper in helpers.filter(|helper| helper.is_active(context.day())) {
        out.count(&context.state(helper));
    }
}

fn pairings<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for pairing in context.running_pairings() {
        out.count(&context.state(pairing));
    }
}

fn by_role<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for pairing in context.running_pairings() {
        out.count_as(pairing.role.code(), &context.state(pairing));
    }
}

fn continuity<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let Some(term) = context.basis.term() else {
        return;
    };
    let days = DateRange {
        from: term.start.0,
        until: context.day(),
    };
    for child in context.left_behind() {
        let pairings = context.pairings_of(child.id);
        if !pairings.iter().any(|pairing| pairing.runs(context.day())) {
            continue;
        }
        let wanted = left_behind(child, context.basis.scope.definition);
        let wanted = DateRanges::of(wanted.iter().map(|range| range.days).collect());
        let wanted: Vec<DateRange> = wanted.within(days).collect();
        let mut of_helpers: BTreeMap<Id, Vec<DateRange>> = BTreeMap::new();
        for pairing in pairings {
            let until = pairing.until.map_or(context.day(), |until| until.0);
            let days = DateRange {
                from: pairing.since.0,
                until,
            };
            of_helpers
                .entry(pairing.helper.id())
                .or_default()
                .push(days);
        }
        let covers = |ranges: Vec<DateRange>| {
            let ranges = DateRanges::of(ranges);
            wanted.iter().all(|days| ranges.within(*days).eq([*days]))
        };
        let ids: Vec<Id> = pairings.iter().map(|pairing| pairing.id).collect();
        let mark = context.state(child);
        out.part(&mark.because(&ids), of_helpers.into_values().any(covers));
    }
}

/// The helpers paired with left-behind children, each with its load.
fn each_load<'a>(context: &Context<'a>, mut each: impl FnMut(&'a Entry<Helper>, &Load)) {
    let pairings = &context.basis.records.pairings;
    let is_left_behind = |child| context.left_behind_child(child).is_some();
    for (helper, load) in loads(pairings, context.day(), is_left_behind) {
        if let Some(helper) = context.basis.records.helpers.get(helper) {
            each(helper, &load);
        }
    }
}

fn caseloads<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    each_load(context, |helper, load| {
        let children: Vec<Id> = load.children().into_iter().collect();
        let count = i64::try_from(children.len()).unwrap_or(i64::MAX);
        out.count(&context.state(helper).amount(count).because(&children));
    });
}

fn over<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let policy = &context.basis.school.policy;
    each_load(context, |helper, load| {
        out.part(&context.state(helper), !load.over(policy).is_empty());
    });
}

fn under<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let policy = &context.basis.school.policy;
    each_load(context, |helper, load| {
        out.part(&context.state(helper), load.is_under(policy));
    });
}
