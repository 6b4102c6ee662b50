//! Children: number, guardianship, arrivals and departures.

use crate::analysis::figures::prelude::*;
use crate::model::Phone;
use crate::model::child::{Away, Child, ConsentBasis, Definition, GuardianshipKind, Mobility};

pub(super) static SECTION: Section = Section {
    title: Text::new("儿童", "Children"),
    rows: &[
        Row::new("students", ("在校学生", "pupils"), Unit::People, Counted::Pupils, students).how(
            "本学期记录中各年级在校人数（enrolment）之和；不按学期统计时，取最后一天所在的学期，或此前最近的一个。",
            "The pupils of all grades in the enrolment of the term; without a term, of the term on the last day or the latest one before it.",
        ),
        Row::new("children", ("留守儿童", "left-behind children"), Unit::People, CHILD, children)
            .of(Counted::Pupils)
            .how(
                "最后一天在校、未离校，并且按学校所用口径属于留守的儿童；占在校学生的比例。",
                "Children who on the last day are enrolled, have not left and are left-behind by the school's definition, out of all pupils.",
            ),
        Row::new("children.statutory", ("法定口径留守儿童", "left-behind by statute"), Unit::People, CHILD, statutory).how(
            "最后一天按国发〔2016〕13号口径属于留守的儿童：未满十六周岁、非城镇户籍、父母双方外出，或一方外出而另一方无监护能力。",
            "Children who on the last day are left-behind by State Council 2016 No. 13: under sixteen, not of an urban household, with both parents away, or one away and the other unable to care for the child.",
        ),
        Row::new("children.guardianship", ("监护类型", "guardianship"), Unit::People, CHILD, guardianship)
            .codes::<GuardianshipKind>()
            .of(CHILD)
            .how(
                "最后一天的留守儿童中，当天监护情况为这一类型的人数。",
                "Left-behind children whose guardianship on the last day is of this kind, out of all left-behind children.",
            ),
        Row::new("children.away", ("外出情况", "away"), Unit::People, CHILD, away)
            .codes::<Away>()
            .of(CHILD)
            .how(
                "最后一天的留守儿童中，当天父母外出情况为这一种的人数。",
                "Left-behind children whose parents are away in this way on the last day, out of all left-behind children.",
            ),
        Row::new("children.boarding", ("住校", "boarding"), Unit::People, CHILD, boarding).of(CHILD).how(
            "最后一天的留守儿童中，当天住校的人数。",
            "Left-behind children who board on the last day, out of all left-behind children.",
        ),
        Row::new("children.hardship", ("困境", "in hardship"), Unit::People, CHILD, hardship).of(CHILD).how(
            "最后一天的留守儿童中，档案写有困境类型的人数。",
            "Left-behind children with a hardship in their file, out of all left-behind children.",
        ),
        Row::new("children.priority", ("重点帮扶对象", "of special care"), Unit::People, CHILD, priority).of(CHILD).how(
            "最后一天的留守儿童中，当天属于重点帮扶对象的人数。",
            "Left-behind children who receive special care on the last day, out of all left-behind children.",
        ),
        Row::new("children.filed", ("已建档", "with a file"), Unit::People, CHILD, filed).of(CHILD).how(
            "最后一天的留守儿童中，建档日期不晚于当天的人数。",
            "Left-behind children whose file was opened by the last day, out of all left-behind children.",
        ),
        Row::new("children.reachable", ("联系方式齐全", "reachable"), Unit::People, CHILD, reachable).of(CHILD).how(
            "最后一天的留守儿童中，监护人和至少一位父母都有电话的人数；“无”“不详”、同一数字的号码不算。",
            "Left-behind children with phone numbers of both the guardian and a parent; a word for “none” or one repeated digit is not a number, out of all left-behind children.",
        ),
        Row::new("children.guardian-confirmed", ("监护人已确认", "guardian confirmed"), Unit::People, CHILD, confirmed)
            .of(CHILD)
            .how(
                "最后一天的留守儿童中，父母已在当天或之前确认现监护人的人数。",
                "Left-behind children whose present guardian the parents confirmed by the last day, out of all left-behind children.",
            ),
        Row::new("children.migrant", ("流动儿童", "migrant"), Unit::People, CHILD, migrant).of(CHILD).how(
            "最后一天的留守儿童中，随父母流动来的（mobility = migrant）。",
            "Left-behind children who came with migrating parents (mobility = migrant), out of all left-behind children.",
        ),
        Row::new("children.consent", ("建档经监护人同意", "with consent"), Unit::People, CHILD, consent).of(CHILD).how(
            "最后一天的留守儿童中，建档依据为监护人同意、日期不晚于当天的。",
            "Left-behind children whose file is based on consent given by the last day, out of all left-behind children.",
        ),
        Row::new("children.new", ("新增留守儿童", "newly left-behind"), Unit::People, CHILD, new)
            .of(CHILD)
            .of_term()
            .only_if(|basis| basis.term_before().is_some())
            .how(
                "最后一天的留守儿童中，上学期最后一天不是留守儿童的。",
                "Children left-behind on the last day who were not on the last day of the term before, out of all left-behind children.",
            ),
        Row::new("children.departed", ("不再留守", "no longer left-behind"), Unit::People, CHILD, departed)
            .of(CHILD)
            .of_term()
        .of_then()
            .only_if(|basis| basis.term_before().is_some())
            .how(
                "上学期最后一天的留守儿童中，最后一天已不是（离校或不再留守）的；按当时的班级、监护情况等分组。",
                "Children left-behind on the last day of the term before who are not on the last day, out of all of that day; broken down by their state then.",
            ),
        Row::new("children.difficulty", ("困境儿童", "children in difficulty"), Unit::People, CHILD, difficulty).how(
            "最后一天在校、档案写有困境类型的儿童，不论是否留守。",
            "Children enrolled on the last day, left-behind or not, with a hardship in their file.",
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
    pupils(context, |mark| out.denominator(mark));
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

/// Counts the left-behind children for whom a condition holds, out of all.
fn of_children<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>, holds: impl Fn(&Child) -> bool) {
    for child in context.left_behind() {
        out.part(&context.state(child), holds(child));
    }
}

fn guardianship<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for child in context.left_behind() {
        let mark = context.state(child);
        out.denominator(&mark);
        if let Some(care) = child.guardianship_on(context.day()) {
            out.count_as(care.kind.code(), &mark);
        }
    }
}

fn away<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for child in context.left_behind() {
        let mark = context.state(child);
        out.denominator(&mark);
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
    let has_phone = |phone: Option<&Phone>| phone.is_some_and(|phone| is_filled(phone));
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

fn migrant<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    of_children(context, out, |child| {
        child.mobility == Some(Mobility::Migrant)
    });
}

fn consent<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    of_children(context, out, |child| {
        let consent = child.consent.as_ref();
        consent.is_some_and(|consent| {
            consent.basis == ConsentBasis::Consent && consent.date.0 <= context.day()
        })
    });
}

fn new<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let Some(before) = context.basis.term_before() else {
        return;
    };
    of_children(context, out, |child| {
        !context.basis.is_left_behind(child, before.end.0)
    });
}

fn departed<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let Some(before) = context.basis.term_before() else {
        return;
    };
    let (basis, then) = (&context.basis, before.end.0);
    let children = basis.records.children.iter();
    for child in children.filter(|child| basis.is_left_behind(child, then)) {
        let is_still = basis.is_left_behind(child, context.day());
        out.part(&Mark::new(child, then), !is_still);
    }
}

fn difficulty<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let children = context.basis.records.children.iter();
    for child in children.filter(|child| child.is_enrolled(context.day())) {
        if !child.hardship.is_empty() {
            out.count(&context.state(child));
        }
    }
}
