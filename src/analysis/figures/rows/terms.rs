//! Terms: leaders, targets, and the next steps of the last term.

use crate::analysis::figures::prelude::*;
use rust_decimal::Decimal;

use crate::analysis::figures::figure::Figure;
use crate::analysis::figures::row::Values;
use crate::model::money::Goal;

pub(super) static SECTION: Section = Section {
    title: Text::new("组织与目标", "Leadership and targets"),
    rows: &[
        Row::new("leadership", ("领导小组", "leadership"), Unit::People, Counted::TermEntries, leadership).distinct().how(
            "本学期领导小组（leadership）的人数，同一人只算一次；不按学期统计时，取最后一天所在的学期，或此前最近的一个。",
            "Distinct people in the leadership of the term; without a term, of the term on the last day or the latest one before it.",
        ),
        Row::new("departments", ("配合部门", "departments"), Unit::Organisations, Counted::Names, departments).distinct().how(
            "本学期记录写明的配合部门（departments），同一名称只算一个；不按学期统计时，取最后一天所在的学期，或此前最近的一个。",
            "Distinct departments named by the term; without a term, by the term on the last day or the latest one before it.",
        ),
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
            "Targets of the term that have been reached, out of those set.",
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
            "Next steps of the term before that were done by the last day, out of all it set.",
        ),
    ],
};

fn leadership<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let Some(term) = context.basis.term_of_day() else {
        return;
    };
    let person = |at: usize| {
        (
            term.leadership[at].helper.map(|h| h.id()),
            &term.leadership[at].name,
        )
    };
    for at in 0..term.leadership.len() {
        let (helper, name) = person(at);
        let is_nobody = helper.is_none() && name.is_none();
        let first = (0..at).find(|other| !is_nobody && person(*other) == (helper, name));
        let leader = Subject::Part(term.into(), Part::Leader(first.unwrap_or(at)));
        out.count(&context.state(leader));
    }
}

fn departments<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let term = context.basis.term_of_day();
    for (term, name) in term
        .iter()
        .flat_map(|term| term.departments.iter().map(move |name| (*term, name)))
    {
        let department = Subject::Named(name.trim(), term.into());
        out.count(&context.state(department).because(&[term.id]));
    }
}

fn targets<'a>(context: &Context<'a>, values: &Values<'_>, out: &mut Out<'_, 'a>) {
    let Some(term) = context.basis.term() else {
        return;
    };
    for (at, target) in term.target.iter().enumerate() {
        let reached = values(&target.figure)
            .is_some_and(|(figure, value)| is_reached(target.at_least, figure, value));
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

/// Whether a value has reached a goal: a number, or a share of the denominator, compared without rounding.
fn is_reached(goal: Goal, figure: &Figure, value: Value) -> bool {
    match goal {
        Goal::Count(least) => figure.decimal(value.value) >= least,
        Goal::Percent(least) => {
            let of = value.of.filter(|of| *of > 0).map(Decimal::from);
            let whole = of.and_then(|of| of.checked_mul(least));
            whole.is_some_and(|whole| Decimal::from(value.value) * Decimal::ONE_HUNDRED >= whole)
        }
    }
}
