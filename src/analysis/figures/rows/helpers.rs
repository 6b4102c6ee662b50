//! Those who care for children, and whom they are paired with.

use crate::analysis::figures::prelude::*;
use crate::model::pairing::PairingRole;

pub(super) static SECTION: Section = Section {
    title: Text {
        zh: "帮扶力量",
        en: "Helpers",
    },
    rows: &[
        Row::new(
            "helpers",
            ("帮扶人", "helpers"),
            Unit::People,
            Counted::Helpers,
            helpers,
        )
        .how(
            "最后一天在任的帮扶人：已开始，且没有在此前结束。",
            "Helpers who are such on the last day: begun, and not ended before it.",
        ),
        Row::new(
            "pairings",
            ("结对", "pairings"),
            Unit::Pairs,
            Counted::Pairings,
            pairings,
        )
        .how(
            "最后一天仍在进行的结对（当天结束的也算）。",
            "Pairings that run on the last day; one that ends on it still counts.",
        ),
        Row::new(
            "pairings",
            ("结对", "pairings"),
            Unit::Pairs,
            Counted::Pairings,
            by_role,
        )
        .codes::<PairingRole>()
        .how(
            "最后一天仍在进行的这一类结对（当天结束的也算）。",
            "Pairings of this role that run on the last day; one that ends on it still counts.",
        ),
    ],
};

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
