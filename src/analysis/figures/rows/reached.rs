//! Children reached: the left-behind children named by pairings, contacts, assessments and aid.

use super::contact::child_spoke;
use crate::analysis::figures::prelude::*;
use crate::model::visit::{Mode, Visit};

pub(super) static SECTION: Section = Section {
    title: Text::new("关爱覆盖", "Children reached"),
    rows: &[
        Row::new("children.paired", ("已结对", "paired"), Unit::People, CHILD, paired).of(CHILD).distinct().how(
            "最后一天的留守儿童中，当天有结对的人数。",
            "Left-behind children with a pairing that runs on the last day, out of all left-behind children.",
        ),
        Row::new("children.visited", ("受访", "visited"), Unit::People, CHILD, visited).of(CHILD).distinct().how(
            "最后一天的留守儿童中，期间至少有一次见面或通话的人数；书信、日记和没有见到家人的走访不算。",
            "Left-behind children with a contact in person or by line in the period, out of all left-behind children.",
        ),
        Row::new("children.home-visited", ("家访到的", "visited at home"), Unit::People, CHILD, home_visited).of(CHILD).distinct().how(
            "最后一天的留守儿童中，期间至少有一次家访（见到儿童或家人）的人数。",
            "Left-behind children with a contact at home in the period, out of all left-behind children.",
        ),
        Row::new("children.talked", ("谈心辅导到的", "talked with"), Unit::People, CHILD, talked).of(CHILD).distinct().how(
            "最后一天的留守儿童中，期间至少有一次谈心或心理辅导的人数。",
            "Left-behind children with a talk or counselling in the period, out of all left-behind children.",
        ),
        Row::new("children.heard", ("记下孩子心声的", "heard"), Unit::People, CHILD, children_who_spoke).of(CHILD).distinct().how(
            "最后一天的留守儿童中，期间至少有一次见到本人并记下孩子的话（child_voice）的联系的人数。",
            "Left-behind children with a contact in the period at which the child was met and the child's own words were noted (child_voice), out of all left-behind children.",
        ),
        Row::new("children.assessed", ("已测评", "assessed"), Unit::People, CHILD, assessed).of(CHILD).distinct().how(
            "最后一天的留守儿童中，期间至少有一次测评的人数。",
            "Left-behind children with an assessment in the period, out of all left-behind children.",
        ),
        Row::new("children.aided", ("受资助", "aided"), Unit::People, CHILD, aided).of(CHILD).distinct().how(
            "最后一天的留守儿童中，期间至少得到一次资助、慰问的人数。",
            "Left-behind children who were given aid in the period, out of all left-behind children.",
        ),
    ],
};

const CHILD: Counted = Counted::Children;

/// Counts the left-behind children named by records, out of all.
fn because<'a>(
    context: &Context<'a>,
    out: &mut Out<'_, 'a>,
    named: impl Iterator<Item = (Id, Id)>,
) {
    for child in context.left_behind() {
        out.denominator(&context.state(child));
    }
    for (child, record) in named {
        if let Some(child) = context.left_behind_child(child) {
            out.count(&context.state(child).because(&[record]));
        }
    }
}

fn paired<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let running = context.running_pairings();
    because(
        context,
        out,
        running.map(|pairing| (pairing.child.id(), pairing.id)),
    );
}

/// Counts the children of the contacts that meet a condition.
fn contacted<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>, holds: impl Fn(&Visit) -> bool) {
    let visits = context.contacts().filter(|(visit, _)| holds(visit));
    let named =
        visits.flat_map(|(visit, _)| visit.children.iter().map(|child| (child.id(), visit.id)));
    because(context, out, named);
}

fn visited<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    contacted(context, out, |_| true);
}

fn home_visited<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    contacted(context, out, |visit| visit.mode == Mode::Home);
}

fn talked<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    contacted(context, out, |visit| {
        matches!(visit.mode, Mode::Talk | Mode::Counselling)
    });
}

fn children_who_spoke<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    contacted(context, out, child_spoke);
}

fn assessed<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let assessments = context.events(&context.basis.records.assessments);
    because(
        context,
        out,
        assessments.map(|(entry, _)| (entry.child.id(), entry.id)),
    );
}

fn aided<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let aid = context.events(&context.basis.records.aid);
    let named = aid.flat_map(|(aid, _)| aid.children.iter().map(|child| (child.id(), aid.id)));
    because(context, out, named);
}
