//! Aid given: money, goods and services.

use std::collections::BTreeSet;

use super::context::{Context, event};
use super::evidence::{Mark, Subject};
use super::figure::{Counted, Definitions, Label, Unit};
use super::out::Out;
use super::{Count, Family};
use crate::analysis::Basis;
use crate::model::Record;
use crate::text::Text;

/// The figures of aid.
pub(super) static FAMILY: Family = Family {
    define,
    count: Count::Records(count),
};

const AID: usize = 0;
const MONEY: usize = 1;
const SOURCE: usize = 2;

fn define(basis: &Basis<'_>, out: &mut Definitions) {
    let label = Text {
        zh: "资助慰问",
        en: "aid",
    };
    out.add(
        AID,
        "aid",
        label,
        Unit::Times,
        Counted::Aid,
        Text {
            zh: "期间的资助、慰问记录，一条算一次。",
            en: "Records of aid within the days; each counts once.",
        },
    );
    out.add(
        MONEY,
        "aid.money",
        Text {
            zh: "资助金额",
            en: "money given",
        },
        Unit::Yuan,
        Counted::Money,
        Text {
            zh: "期间资助、慰问记录的金额（amount）之和；实物的估值不计。",
            en: "The sum of the amounts of aid within the days; the value of goods is left out.",
        },
    );
    for (at, source) in sources(basis).iter().enumerate() {
        out.add(
            SOURCE + at,
            format!("aid.source.{source}"),
            Label::under(
                Text {
                    zh: "资助来源",
                    en: "aid from",
                },
                Label::name(source),
            ),
            Unit::Times,
            Counted::Aid,
            Text {
                zh: "期间来自这一单位或个人（source）的资助、慰问记录，一条算一次。",
                en: "Records of aid within the days from this giver; each counts once.",
            },
        );
    }
}

/// Who gave within the days, by name.
fn sources<'a>(basis: &Basis<'a>) -> Vec<&'a str> {
    let within = |day| basis.scope.holds(day);
    let aid = basis.records.aid.iter();
    let names: BTreeSet<&str> = aid
        .filter(|aid| aid.record.day().is_some_and(within))
        .map(|aid| aid.source.as_str())
        .collect();
    names.into_iter().collect()
}

fn count<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let sources = sources(&context.basis);
    for (aid, day) in context.events(&context.basis.records.aid) {
        let mark = event(Subject::Aid(aid), day);
        out.count(AID, &mark);
        if let Some(amount) = aid.amount {
            let amount = amount.fen();
            out.count(MONEY, &Mark { amount, ..mark });
        }
        if let Ok(at) = sources.binary_search(&aid.source.as_str()) {
            out.count(SOURCE + at, &mark);
        }
    }
}
