//! Aid: money, goods and services; and funds raised and spent.

use crate::analysis::figures::prelude::*;
use crate::model::aid::AidOccasion;
use crate::model::fund::Direction;
use std::collections::BTreeSet;

use crate::analysis::Basis;

pub(super) static SECTION: Section = Section {
    title: Text::new("资助慰问", "Aid and fund"),
    rows: &[
        Row::new("aid", ("资助慰问", "aid"), Unit::Times, Counted::Aid, aid).how(
            "期间的资助、慰问记录，一条算一次。",
            "Records of aid in the period; each counts once.",
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
            "The sum of the amounts of aid in the period; the value of goods is left out.",
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
            "Records of aid in the period from this giver; each counts once.",
        ),
        Row::new("aid", ("资助慰问", "aid"), Unit::Times, Counted::Aid, by_occasion).codes::<AidOccasion>().how(
            "期间这一类（occasion）的资助、慰问记录，一条算一次。",
            "Records of aid on this occasion in the period; each counts once.",
        ),
        Row::new("aid.goods-value", ("物资价值", "value of goods"), Unit::Yuan, Counted::Money, goods)
            .statistic(Statistic::Sum)
            .how(
                "期间资助、慰问记录中各件物资所写价值（items.value）之和。",
                "The sum of the recorded values of goods given in the period.",
            ),
        Row::new("aid.children", ("受资助儿童", "children aided"), Unit::People, Counted::Children, children_by_occasion)
            .codes::<AidOccasion>()
            .distinct()
            .how(
                "期间得到这一类（occasion）资助、慰问的儿童，不论是否留守，同一名儿童只算一次。",
                "Distinct children, left-behind or not, who received aid on this occasion in the period.",
            ),
        Row::new("fund.in", ("慰问金收入", "fund received"), Unit::Yuan, Counted::Funds, received)
            .statistic(Statistic::Sum)
            .how("期间慰问金收入之和。", "The income of the fund in the period."),
        Row::new("fund.out", ("慰问金支出", "fund spent"), Unit::Yuan, Counted::Funds, spent)
            .statistic(Statistic::Sum)
            .how("期间慰问金支出之和。", "The expenditure of the fund in the period."),
        Row::new("fund.balance", ("慰问金结余", "fund balance"), Unit::Yuan, Counted::Funds, balance)
            .statistic(Statistic::Sum)
            .how(
                "从最早的记录到最后一天，收入之和减去支出之和。",
                "Income minus expenditure, from the first record to the last day.",
            ),
    ],
};

/// The donors within the range, by name.
fn sources(basis: &Basis<'_>) -> Vec<RowItem> {
    let within = |day| basis.scope.holds(day);
    let aid = basis.records.aid.iter();
    let aid = aid.filter(|aid| aid.record.day().is_some_and(within));
    let names: BTreeSet<&str> = aid.map(|aid| aid.giver()).collect();
    names.into_iter().map(RowItem::name).collect()
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
        out.count_as(aid.giver(), &Mark::new(aid, day));
    }
}

fn by_occasion<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (aid, day) in context.events(&context.basis.records.aid) {
        if let Some(occasion) = aid.occasion {
            out.count_as(occasion.code(), &Mark::new(aid, day));
        }
    }
}

fn goods<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (aid, day) in context.events(&context.basis.records.aid) {
        let values = aid.items.iter().filter_map(|item| item.value);
        if let Some(sum) = values.map(|value| value.fen()).reduce(i64::saturating_add) {
            out.count(&Mark::new(aid, day).amount(sum));
        }
    }
}

fn children_by_occasion<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (aid, day) in context.events(&context.basis.records.aid) {
        let Some(occasion) = aid.occasion else {
            continue;
        };
        for child in aid
            .children
            .iter()
            .filter_map(|child| context.child(child.id()))
        {
            out.count_as(occasion.code(), &Mark::new(child, day).because(&[aid.id]));
        }
    }
}

fn moved<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>, direction: Direction) {
    for (fund, day) in context.events(&context.basis.records.funds) {
        if fund.direction == direction {
            out.count(&Mark::new(fund, day).amount(fund.amount.fen()));
        }
    }
}

fn received<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    moved(context, out, Direction::In);
}

fn spent<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    moved(context, out, Direction::Out);
}

fn balance<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let day = context.day();
    let funds = context.basis.records.funds.iter();
    for fund in funds.filter(|fund| fund.date.0 <= day) {
        let fen = fund.amount.fen();
        let amount = match fund.direction {
            Direction::In => fen,
            Direction::Out => -fen,
        };
        out.count(&context.state(fund).amount(amount));
    }
}
