//! Money raised and spent.

use super::context::Context;
use super::evidence::{Mark, Subject};
use super::figure::{Counted, Definitions, Unit};
use super::out::Out;
use super::{Count, Family};
use crate::analysis::Basis;
use crate::model::fund::Direction;
use crate::text::Text;

/// The figures of the school's fund.
pub(super) static FAMILY: Family = Family {
    define,
    count: Count::Records(count),
};

const BALANCE: usize = 0;

fn define(_: &Basis<'_>, out: &mut Definitions) {
    out.add(
        BALANCE,
        "fund.balance",
        Text {
            zh: "慰问金结余",
            en: "fund balance",
        },
        Unit::Yuan,
        Counted::Funds,
        Text {
            zh: "从最早的记录到最后一天，收入之和减去支出之和。",
            en: "What came in less what went out, from the first record to the last day.",
        },
    );
}

fn count<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let day = context.day();
    let funds = context.basis.records.funds.iter();
    for fund in funds.filter(|fund| fund.date.0 <= day) {
        let fen = fund.amount.fen();
        let mark = Mark {
            amount: match fund.direction {
                Direction::In => fen,
                Direction::Out => -fen,
            },
            ..context.state(Subject::Fund(fund))
        };
        out.count(BALANCE, &mark);
    }
}
