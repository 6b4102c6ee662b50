//! Children: how many, in whose care, and whom the school reached.

use crate::analysis::figures::prelude::*;
use crate::model::Phone;
use crate::model::child::{Away, Child, Definition, GuardianshipKind};

pub(super) static SECTION: Section = Section {
    title: Text { zh: "儿童", en: "Children" },
    rows: &[
        Row::new("students", ("在校学生", "pupils"), Unit::People, Counted::Pupils, students).how(
            "本学期记录中各年级在校人数（enrolment）之和；不按学期统计时，取最后一天所在的学期，或此前最近的一个。",
            "The pupils of all grades in the term's enrolment; without a term, in the term of the last day or the latest begun before it.",
        ),
        Row::new("children", ("留守儿童", "left-behind children"), Unit::People, CHILD, children)
            .of(Counted::Pupils)
            .how(
                "最后一天在校、未离校，并且按学校所用口径属于留守的儿童；占在校学生的比例。",
                "Children who on the last day are enrolled, have not left and are left-behind by the school's definition; of all pupils.",
            ),
        Row::new("children.statutory", ("法定口径留守儿童", "left-behind by statute"), Unit::People, CHILD, statutory).how(
            "最后一天按国发〔2016〕13号口径属于留守的儿童：未满十六周岁、非城镇户籍、父母双方外出，或一方外出而另一方无监护能力。",
            "Children who on the last day are left-behind by State Council 2016 No. 13: under sixteen, not of an urban household, both parents away, or one away and the other not capable.",
        ),
        Row::new("children.guardianship", ("监护类型", "guardianship"), Unit::People, CHILD, guardianship)
            .codes::<GuardianshipKind>()
            .of(CHILD)
            .how(
                "最后一天的留守儿童中，当天监护情况为这一类型的人数。",
                "Left-behind children whose guardianship on the last day is of this kind; of all left-behind children.",
            ),
        Row::new("children.away", ("外出情况", "away"), Unit::People, CHILD, away)
            .codes::<Away>()
            .of(CHILD)
            .how(
                "最后一天的留守儿童中，当天父母外出情况为这一种的人数。",
                "Left-behind children of whom on the last day these parents are away; of all left-behind children.",
            ),
        Row::new("children.boarding", ("住校", "boarding"), Unit::People, CHILD, boarding).of(CHILD).how(
            "最后一天的留守儿童中，当天住校的人数。",
            "Left-behind children who board on the last day; of all left-behind children.",
        ),
        Row::new("children.hardship", ("困境", "in hardship"), Unit::People, CHILD, hardship).of(CHILD).how(
            "最后一天的留守儿童中，档案写有困境类型的人数。",
            "Left-behind children with some hardship in their file; of all left-behind children.",
        ),
        Row::new("children.priority", ("重点帮扶对象", "of special care"), Unit::People, CHILD, priority).of(CHILD).how(
            "最后一天的留守儿童中，当天属于重点帮扶对象的人数。",
            "Left-behind children of special care on the last day; of all left-behind children.",
        ),
        Row::new("children.filed", ("已建档", "with a file"), Unit::People, CHILD, filed).of(CHILD).how(
            "最后一天的留守儿童中，建档日期不晚于当天的人数。",
            "Left-behind children whose file was opened by the last day; of all left-behind children.",
        ),
        Row::new("children.reachable", ("联系方式齐全", "reachable"), Unit::People, CHILD, reachable).of(CHILD).how(
            "最后一天的留守儿童中，监护人和至少一位父母都有电话的人数。",
            "Left-behind children with a phone number of the guardian and of a parent; of all left-behind children.",
        ),
        Row::new("children.guardian-confirmed", ("监护人已确认", "guardian confirmed"), Unit::People, CHILD, confirmed)
            .of(CHILD)
            .how(
                "最后一天的留守儿童中，父母已在当天或之前确认现监护人的人数。",
                "Left-behind children whose present guardian the parents confirmed by the last day; of all left-behind children.",
            ),
        Row::new("children.paired", ("已结对", "paired"), Unit::People, CHILD, paired).of(CHILD).distinct().how(
            "最后一天的留守儿童中，当天有结对的人数。",
            "Left-behind children with a pairing that runs on the last day; of all left-behind children.",
        ),
        Row::new("children.visited", ("受访", "visited"), Unit::People, CHILD, visited).of(CHILD).distinct().how(
            "最后一天的留守儿童中，期间至少有一次走访（任何方式）的人数。",
            "Left-behind children with a visit of any mode within the days; of all left-behind children.",
        ),
        Row::new("children.assessed", ("已测评", "assessed"), Unit::People, CHILD, assessed).of(CHILD).distinct().how(
            "最后一天的留守儿童中，期间至少有一次测评的人数。",
            "Left-behind children with an assessment within the days; of all left-behind children.",
        ),
        Row::new("children.aided", ("受资助", "aided"), Unit::People, CHILD, aided).of(CHILD).distinct().how(
            "最后一天的留守儿童中，期间至少得到一次资助、慰问的人数。",
            "Left-behind children who were given aid within the days; of all left-behind children.",
        ),
    ],
};

const CHILD: Counted = Counted::Children;

/// The pupils of each grade.
fn pupils<'a>(context: &Context<'a>, mut each: impl FnMut(&Mark<'static, 'a>)) {
    let Some(term) = context.basis.term_of_enrolment() else {
        return;
    };
    for (grade, pupils) in &term.enrolment.0 {
        let grade = Subject::Part(term.into(), Part::Grade(*grade));
        each(&context.state(grade).amount(i64::from(*pupils)));
    }
}

fn students<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    pupils(context, |mark| out.count(mark));
}

fn children<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    pupils(context, |mark| out.whole(mark));
    for child in context.left_behind() {
        out.count(&context.state(child));
    }
}

fn statutory<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let children = context.basis.records.children.iter();
    for child in children.filter(|child| child.is_left_behind(context.day(), Definition::Statutory))
    {
        out.count(&context.state(child));
    }
}

/// The left-behind children of whom a condition holds, of all.
fn of_children<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>, holds: impl Fn(&Child) -> bool) {
    for child in context.left_behind() {
        out.part(&context.state(child), holds(child));
    }
}

fn guardianship<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for child in context.left_behind() {
        let mark = context.state(child);
        out.whole(&mark);
        if let Some(care) = child.guardianship_on(context.day()) {
            out.count_as(care.kind.code(), &mark);
        }
    }
}

fn away<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for child in context.left_behind() {
        let mark = context.state(child);
        out.whole(&mark);
        if let Some(care) = child.guardianship_on(context.day()) {
            out.count_as(care.away.code(), &mark);
        }
    }
}

fn boarding<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    of_children(context, out, |child| {
        child
            .class_on(context.day())
            .is_some_and(|entry| entry.boarding == Some(true))
    });
}

fn hardship<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    of_children(context, out, |child| !child.hardship.is_empty());
}

fn priority<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    of_children(context, out, |child| child.is_priority(context.day()));
}

fn filed<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    of_children(context, out, |child| {
        child.filed.is_some_and(|filed| filed.0 <= context.day())
    });
}

fn reachable<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let has_phone =
        |phone: Option<&Phone>| phone.is_some_and(|phone| crate::model::is_filled(phone));
    of_children(context, out, |child| {
        let care = child.guardianship_on(context.day());
        let guardian = care.and_then(|care| care.guardian.as_ref());
        has_phone(guardian.and_then(|guardian| guardian.phone.as_ref()))
            && child
                .parents
                .iter()
                .any(|parent| has_phone(parent.phone.as_ref()))
    });
}

fn confirmed<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    of_children(context, out, |child| {
        let confirmed = child
            .guardianship_on(context.day())
            .and_then(|care| care.confirmed);
        confirmed.is_some_and(|confirmed| confirmed.0 <= context.day())
    });
}

/// The left-behind children among some who are named by records, of all.
fn because<'a>(
    context: &Context<'a>,
    out: &mut Out<'_, 'a>,
    named: impl Iterator<Item = (Id, Id)>,
) {
    for child in context.left_behind() {
        out.whole(&context.state(child));
    }
    for (child, record) in named {
        if let Some(child) = context.left_behind_child(child) {
            out.count(&context.state(child).because(&[record]));
        }
    }
}

fn paired<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let pairings = context.basis.records.pairings.iter();
    let running = pairings.filter(|pairing| pairing.runs(context.day()));
    because(
        context,
        out,
        running.map(|pairing| (pairing.child.id(), pairing.id)),
    );
}

fn visited<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let visits = context.events(&context.basis.records.visits);
    let named =
        visits.flat_map(|(visit, _)| visit.children.iter().map(|child| (child.id(), visit.id)));
    because(context, out, named);
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
