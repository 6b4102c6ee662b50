//! Money raised and spent.

use crate::analysis::figures::prelude::*;
use crate::model::fund::Direction;

pub(super) static SECTION: Section = Section {
    title: Text {
        zh: "慰问金",
        en: "Fund",
    },
    rows: &[Row::new(
        "fund.balance",
        ("慰问金结余", "fund balance"),
        Unit::Yuan,
        Counted::Funds,
        balance,
    )
    .statistic(Statistic::Sum)
    .how(
        "从最早的记录到最后一天，收入之和减去支出之和。",
        "What came in less what went out, from the first record to the last day.",
    )],
};

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
