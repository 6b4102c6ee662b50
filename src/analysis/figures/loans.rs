//! Equipment and books lent.

use super::context::{Context, event};
use super::evidence::Subject;
use super::figure::{Counted, Definitions, Unit};
use super::out::Out;
use super::{Count, Family};
use crate::analysis::Basis;
use crate::text::Text;

/// The figures of loans.
pub(super) static FAMILY: Family = Family {
    define,
    count: Count::Records(count),
};

const LOANS: usize = 0;
const OVERDUE: usize = 1;

fn define(_: &Basis<'_>, out: &mut Definitions) {
    out.add(
        LOANS,
        "loans",
        Text {
            zh: "借阅",
            en: "loans",
        },
        Unit::Times,
        Counted::Loans,
        Text {
            zh: "期间借出的记录，一条算一次。",
            en: "Records of loans made within the days; each counts once.",
        },
    );
    out.add(
        OVERDUE,
        "loans.overdue",
        Text {
            zh: "逾期未还",
            en: "loans overdue",
        },
        Unit::Times,
        Counted::Loans,
        Text {
            zh: "最后一天之前已到归还期限、到那天还没有归还的借阅，不论何时借出。",
            en: "Loans, whenever made, that were due before the last day and not returned by it.",
        },
    );
}

fn count<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let today = context.day();
    for (loan, day) in context.events(&context.basis.records.loans) {
        out.count(LOANS, &event(Subject::Loan(loan), day));
    }
    for loan in &context.basis.records.loans {
        let due = loan.due.is_some_and(|due| due.0 < today);
        if due && loan.returned.is_none_or(|returned| returned.0 > today) {
            out.count(OVERDUE, &context.state(Subject::Loan(loan)));
        }
    }
}
