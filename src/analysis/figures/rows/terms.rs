//! What the school set itself: the targets of the term, and what the last term left to do.

use crate::analysis::figures::prelude::*;
use rust_decimal::Decimal;

use crate::analysis::figures::row::Values;
use crate::model::money::Goal;

pub(super) static SECTION: Section = Section {
    title: Text {
        zh: "目标与打算",
        en: "Targets and next steps",
    },
    rows: &[
        Row::of_values(
            "targets",
            ("目标达成", "targets met"),
            Unit::Items,
            Counted::TermEntries,
            targets,
        )
        .of(Counted::TermEntries)
        .of_term()
        .how(
            "本学期记录所定的目标（target）中，指标值已达到的。",
            "Targets of the term whose figure has come up to them; of those set.",
        ),
        Row::new(
            "next-steps.done",
            ("上学期打算落实", "last term's next steps done"),
            Unit::Items,
            Counted::TermEntries,
            next_steps,
        )
        .of(Counted::TermEntries)
        .of_term()
        .how(
            "上一学期记录的下一步打算（next_step）中，最后一天之前已完成的。",
            "Next steps of the term before that were done by the last day; of all it set.",
        ),
    ],
};

fn targets<'a>(context: &Context<'a>, values: &Values<'_>, out: &mut Out<'_, 'a>) {
    let Some(term) = context.basis.term() else {
        return;
    };
    for (at, target) in term.target.iter().enumerate() {
        let reached = values(&target.figure)
            .is_some_and(|(unit, value)| is_reached(target.at_least, unit, value));
        let target = Subject::Part(term.into(), Part::Target(at));
        out.part(&context.state(target), reached);
    }
}

fn next_steps<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let Some(before) = context.basis.term_before() else {
        return;
    };
    for (at, step) in before.next_step.iter().enumerate() {
        let done = step.done.is_some_and(|done| done.0 <= context.day());
        let step = Subject::Part(before.into(), Part::NextStep(at));
        out.part(&context.state(step), done);
    }
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
