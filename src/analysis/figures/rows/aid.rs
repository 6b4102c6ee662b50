//! Aid given: money, goods and services.

use crate::analysis::figures::prelude::*;
use std::collections::BTreeSet;

use crate::analysis::Basis;

pub(super) static SECTION: Section = Section {
    title: Text {
        zh: "资助慰问",
        en: "Aid",
    },
    rows: &[
        Row::new("aid", ("资助慰问", "aid"), Unit::Times, Counted::Aid, aid).how(
            "期间的资助、慰问记录，一条算一次。",
            "Records of aid within the days; each counts once.",
        ),
        Row::new(
            "aid.money",
            ("资助金额", "money given"),
            Unit::Yuan,
            Counted::Money,
            money,
        )
        .statistic(Statistic::Sum)
        .how(
            "期间资助、慰问记录的金额（amount）之和；实物的估值不计。",
            "The sum of the amounts of aid within the days; the value of goods is left out.",
        ),
        Row::new(
            "aid.source",
            ("资助来源", "aid from"),
            Unit::Times,
            Counted::Aid,
            by_source,
        )
        .items(sources)
        .how(
            "期间来自这一单位或个人（source）的资助、慰问记录，一条算一次。",
            "Records of aid within the days from this giver; each counts once.",
        ),
    ],
};

/// Who gave within the days, by name.
fn sources(basis: &Basis<'_>) -> Vec<Item> {
    let within = |day| basis.scope.holds(day);
    let aid = basis.records.aid.iter();
    let aid = aid.filter(|aid| aid.record.day().is_some_and(within));
    let names: BTreeSet<&str> = aid.map(|aid| aid.source.as_str()).collect();
    names.into_iter().map(Item::name).collect()
}

fn aid<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (aid, day) in context.events(&context.basis.records.aid) {
        out.count(&Mark::new(aid, day));
    }
}

fn money<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (aid, day) in context.events(&context.basis.records.aid) {
        if let Some(amount) = aid.amount {
            out.count(&Mark::new(aid, day).amount(amount.fen()));
        }
    }
}

fn by_source<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (aid, day) in context.events(&context.basis.records.aid) {
        out.count_as(&aid.source, &Mark::new(aid, day));
    }
}
