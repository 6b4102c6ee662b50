//! Those who care for children, and whom they are paired with.

use super::context::Context;
use super::evidence::Subject;
use super::figure::{Counted, Definitions, Unit};
use super::out::Out;
use super::{Count, Family};
use crate::analysis::Basis;
use crate::model::pairing::PairingRole;
use crate::text::Text;

/// The figures of helpers and pairings.
pub(super) static FAMILY: Family = Family {
    define,
    count: Count::Records(count),
};

const HELPERS: usize = 0;
const PAIRINGS: usize = 1;
const ROLE: usize = 2;

fn define(_: &Basis<'_>, out: &mut Definitions) {
    out.add(
        HELPERS,
        "helpers",
        Text {
            zh: "帮扶人",
            en: "helpers",
        },
        Unit::People,
        Counted::Helpers,
        Text {
            zh: "最后一天在任的帮扶人：已开始，且没有在此前结束。",
            en: "Helpers who are such on the last day: begun, and not ended before it.",
        },
    );
    let how = Text {
        zh: "最后一天仍在进行的结对（当天结束的也算）。",
        en: "Pairings that run on the last day; one that ends on it still counts.",
    };
    let label = Text {
        zh: "结对",
        en: "pairings",
    };
    out.add(
        PAIRINGS,
        "pairings",
        label,
        Unit::Pairs,
        Counted::Pairings,
        how,
    );
    let like = (Unit::Pairs, Counted::Pairings, None);
    out.codes::<PairingRole>(ROLE, "pairings", label, like, how);
}

fn count<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let day = context.day();
    let records = context.basis.records;
    for helper in records
        .helpers
        .iter()
        .filter(|helper| helper.is_active(day))
    {
        out.count(HELPERS, &context.state(Subject::Helper(helper)));
    }
    for pairing in records.pairings.iter().filter(|pairing| pairing.runs(day)) {
        let mark = context.state(Subject::Pairing(pairing));
        out.count(PAIRINGS, &mark);
        out.count(ROLE + pairing.role as usize, &mark);
    }
}
