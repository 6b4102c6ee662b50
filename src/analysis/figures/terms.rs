//! What the school set itself: the targets of the term, and what the last term left to do.

use rust_decimal::Decimal;

use super::context::Context;
use super::evidence::{Subject, Value};
use super::figure::{Counted, Definitions, Unit};
use super::out::Out;
use super::{Count, Family, Values};
use crate::analysis::Basis;
use crate::model::Entry;
use crate::model::money::Goal;
use crate::model::term::Term;
use crate::text::Text;

/// The figures of terms.
pub(super) static FAMILY: Family = Family {
    define,
    count: Count::Values(count),
};

const TARGETS: usize = 0;
const NEXT_STEPS: usize = 1;

fn define(_: &Basis<'_>, out: &mut Definitions) {
    let targets = out.add(
        TARGETS,
        "targets",
        Text {
            zh: "目标达成",
            en: "targets met",
        },
        Unit::Items,
        Counted::TermEntries,
        Text {
            zh: "本学期记录所定的目标（target）中，指标值已达到的。",
            en: "Targets of the term whose figure has come up to them; of those set.",
        },
    );
    targets.of = Some(Counted::TermEntries);
    targets.of_term = true;
    let steps = out.add(
        NEXT_STEPS,
        "next-steps.done",
        Text {
            zh: "上学期打算落实",
            en: "last term's next steps done",
        },
        Unit::Items,
        Counted::TermEntries,
        Text {
            zh: "上一学期记录的下一步打算（next_step）中，最后一天之前已完成的。",
            en: "Next steps of the term before that were done by the last day; of all it set.",
        },
    );
    steps.of = Some(Counted::TermEntries);
    steps.of_term = true;
}

fn count<'a>(context: &Context<'a>, values: &Values<'_>, out: &mut Out<'_, 'a>) {
    let Some(term) = context.basis.term() else {
        return;
    };
    for (at, target) in term.target.iter().enumerate() {
        let reached = values(&target.figure)
            .is_some_and(|(unit, value)| is_reached(target.at_least, unit, value));
        out.part(TARGETS, &context.state(Subject::Target(term, at)), reached);
    }
    if let Some(before) = term_before(&context.basis, term) {
        for (at, step) in before.next_step.iter().enumerate() {
            let done = step.done.is_some_and(|done| done.0 <= context.day());
            out.part(
                NEXT_STEPS,
                &context.state(Subject::NextStep(before, at)),
                done,
            );
        }
    }
}

/// The last term that began before another.
pub fn term_before<'a>(basis: &Basis<'a>, term: &Term) -> Option<&'a Entry<Term>> {
    let terms = basis.records.terms.iter();
    terms
        .filter(|before| before.start < term.start)
        .max_by_key(|before| before.start)
}

/// Whether a value has come up to a goal: a number, or a share of the whole. The share is not rounded first.
fn is_reached(goal: Goal, unit: Unit, value: Value) -> bool {
    match goal {
        Goal::Count(least) => {
            let scale = if unit == Unit::Yuan { 2 } else { 0 };
            Decimal::new(value.value, scale) >= least
        }
        Goal::Percent(least) => {
            let of = value.of.filter(|of| *of > 0).map(Decimal::from);
            let whole = of.and_then(|of| of.checked_mul(least));
            whole.is_some_and(|whole| Decimal::from(value.value) * Decimal::ONE_HUNDRED >= whole)
        }
    }
}
