//! Equipment and books lent.

use crate::analysis::figures::prelude::*;
pub(super) static SECTION: Section = Section {
    title: Text {
        zh: "借阅",
        en: "Loans",
    },
    rows: &[
        Row::new(
            "loans",
            ("借阅", "loans"),
            Unit::Times,
            Counted::Loans,
            loans,
        )
        .how(
            "期间借出的记录，一条算一次。",
            "Records of loans made within the days; each counts once.",
        ),
        Row::new(
            "loans.overdue",
            ("逾期未还", "loans overdue"),
            Unit::Times,
            Counted::Loans,
            overdue,
        )
        .how(
            "最后一天之前已到归还期限、到那天还没有归还的借阅，不论何时借出。",
            "Loans, whenever made, that were due before the last day and not returned by it.",
        ),
    ],
};

fn loans<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (loan, day) in context.events(&context.basis.records.loans) {
        out.count(&Mark::new(loan, day));
    }
}

fn overdue<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let last = context.day();
    for loan in &context.basis.records.loans {
        let due = loan.due.is_some_and(|due| due.0 < last);
        if due && loan.returned.is_none_or(|returned| returned.0 > last) {
            out.count(&context.state(loan));
        }
    }
}
