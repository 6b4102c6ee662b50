//! The 留守儿童之家 (home for left-behind children): opening, attendance, equipment and loans.

use super::activities::{came, each_sessions};
use crate::analysis::figures::prelude::*;
use crate::model::activity::Theme;
use crate::model::school::{Equipment, EquipmentKind};

pub(super) static SECTION: Section = Section {
    title: Text::new("留守儿童之家", "The children's home"),
    rows: &[
        Row::new("home.openings", ("开放次数", "openings"), Unit::Times, Counted::Activities, openings).how(
            "期间留守儿童之家开放（home-open）的场次，多场次的活动按场次平均分布；最后一天之后的不算。",
            "Sessions of openings of the home (home-open) in the period; the sessions of a programme are spread evenly, up to the last day.",
        ),
        Row::new("home.children", ("到家儿童人次", "children who came"), Unit::Attendances, Counted::Attendance, children)
            .statistic(Statistic::Sum)
            .how(
                "期间留守儿童之家开放记录的儿童人次之和，按记录所写；没有写人数的按写明的儿童，每人一次。",
                "The attendance of children at openings of the home in the period, as recorded; if no number is given, the distinct children listed.",
            ),
        Row::new("home.staff.min", ("开放时在岗最少", "fewest staff at an opening"), Unit::People, Counted::Attendance, staff)
            .statistic(Statistic::Least)
            .how(
                "期间写明在岗教职工人数（attendance.staff）的开放记录中的最小值。",
                "The smallest recorded number of staff (attendance.staff) at an opening in the period.",
            ),
        Row::new("equipment.items", ("器材图书件数", "pieces of equipment"), Unit::Pieces, Counted::Equipment, equipment)
            .statistic(Statistic::Sum)
            .how(
                "最后一天以前购置（或没有写购置日期）的器材、图书件数之和。",
                "Pieces of equipment and books acquired by the last day, or without a date.",
            ),
        Row::new("equipment.cost", ("器材图书花费", "cost of equipment"), Unit::Yuan, Counted::Equipment, cost)
            .statistic(Statistic::Sum)
            .how(
                "最后一天以前购置（或没有写购置日期）的器材、图书的花费之和。",
                "The recorded cost of the equipment and books acquired by the last day, or without a date.",
            ),
        Row::new("loans", ("借阅", "loans"), Unit::Times, Counted::Loans, loans).how(
            "期间借出的记录，一条算一次。",
            "Records of loans made in the period; each counts once.",
        ),
        Row::new("loans.books", ("借出图书", "books lent"), Unit::Pieces, Counted::Loans, books)
            .statistic(Statistic::Sum)
            .how(
                "期间借出的图书（器材种类为图书）册数之和，没有写数量的算一册。",
                "The books (equipment of the kind book) lent in the period; one if no quantity is recorded.",
            ),
        Row::new("loans.children", ("借阅儿童", "children who borrowed"), Unit::People, Counted::Children, borrowers).distinct().how(
            "期间有借阅的儿童，同一名儿童只算一次。",
            "Distinct children to whom something was lent in the period.",
        ),
        Row::new("loans.overdue", ("逾期未还", "loans overdue"), Unit::Times, Counted::Loans, overdue).how(
            "最后一天之前已到归还期限、到那天还没有归还的借阅，不论何时借出。",
            "Loans, whenever made, that were due before the last day and not returned by it.",
        ),
    ],
};

fn openings<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    each_sessions(context, |activity, mark| {
        if activity.theme == Theme::HomeOpen {
            out.count(mark);
        }
    });
}

fn of_party<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>, party: &str) {
    for (activity, day) in context.events(&context.basis.records.activities) {
        if activity.theme == Theme::HomeOpen
            && let Some(came) = came(activity, party)
        {
            out.count(&Mark::new(activity, day).amount(came));
        }
    }
}

fn children<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    of_party(context, out, "children");
}

fn staff<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    of_party(context, out, "staff");
}

/// The equipment in stock as of the scope.
fn held<'a>(context: &Context<'a>) -> impl Iterator<Item = (Mark<'static, 'a>, &'a Equipment)> {
    let day = context.day();
    let all = context.basis.school.equipment.iter().enumerate();
    let held = all.filter(move |(_, item)| item.bought.is_none_or(|bought| bought.0 <= day));
    held.map(move |(at, item)| (Mark::new(Subject::Equipment(at, item), day), item))
}

fn equipment<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, item) in held(context) {
        out.count(&mark.amount(item.quantity.into()));
    }
}

fn cost<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (mark, item) in held(context) {
        if let Some(cost) = item.cost {
            out.count(&mark.amount(cost.fen()));
        }
    }
}

fn loans<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (loan, day) in context.events(&context.basis.records.loans) {
        out.count(&Mark::new(loan, day));
    }
}

fn books<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let equipment = &context.basis.school.equipment;
    let is_book = |name: &str| {
        let mut found = equipment.iter().filter(|item| item.name == name);
        found.any(|item| item.kind == Some(EquipmentKind::Book))
    };
    for (loan, day) in context.events(&context.basis.records.loans) {
        if is_book(&loan.item) {
            let quantity = loan.quantity.unwrap_or(1);
            out.count(&Mark::new(loan, day).amount(quantity.into()));
        }
    }
}

fn borrowers<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (loan, day) in context.events(&context.basis.records.loans) {
        if let Some(child) = context.child(loan.child.id()) {
            out.count(&Mark::new(child, day).because(&[loan.id]));
        }
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
