//! Children: how many, in whose care, and whom the school reached.

use super::context::Context;
use super::evidence::{Mark, Subject};
use super::figure::{Counted, Definitions, Unit};
use super::out::Out;
use super::{Count, Family};
use crate::analysis::Basis;
use crate::model::child::{Away, Child, Definition, GuardianshipKind};
use crate::model::term::Term;
use crate::model::{Code, Entry, Id, Phone};
use crate::text::Text;

/// The figures of children.
pub(super) static FAMILY: Family = Family {
    define,
    count: Count::Records(count),
};

const STUDENTS: usize = 0;
const CHILDREN: usize = 1;
const STATUTORY: usize = 2;
const GUARDIANSHIP: usize = 3;
const AWAY: usize = GUARDIANSHIP + GuardianshipKind::ALL.len();
const BOARDING: usize = AWAY + Away::ALL.len();
const HARDSHIP: usize = BOARDING + 1;
const PRIORITY: usize = HARDSHIP + 1;
const FILED: usize = PRIORITY + 1;
const REACHABLE: usize = FILED + 1;
const CONFIRMED: usize = REACHABLE + 1;
const PAIRED: usize = CONFIRMED + 1;
const VISITED: usize = PAIRED + 1;
const ASSESSED: usize = VISITED + 1;
const AIDED: usize = ASSESSED + 1;

fn define(_: &Basis<'_>, out: &mut Definitions) {
    const CHILD: Counted = Counted::Children;
    out.add(
        STUDENTS,
        "students",
        Text { zh: "在校学生", en: "pupils" },
        Unit::People,
        Counted::Pupils,
        Text {
            zh: "本学期记录中各年级在校人数（enrolment）之和；不按学期统计时，取最后一天所在的学期，或此前最近的一个。",
            en: "The pupils of all grades in the term's enrolment; without a term, in the term of the last day or the latest begun before it.",
        },
    );
    out.add(
        CHILDREN,
        "children",
        Text { zh: "留守儿童", en: "left-behind children" },
        Unit::People,
        CHILD,
        Text {
            zh: "最后一天在校、未离校，并且按学校所用口径属于留守的儿童；占在校学生的比例。",
            en: "Children who on the last day are enrolled, have not left and are left-behind by the school's definition; of all pupils.",
        },
    )
    .of = Some(Counted::Pupils);
    out.add(
        STATUTORY,
        "children.statutory",
        Text { zh: "法定口径留守儿童", en: "left-behind by statute" },
        Unit::People,
        CHILD,
        Text {
            zh: "最后一天按国发〔2016〕13号口径属于留守的儿童：未满十六周岁、非城镇户籍、父母双方外出，或一方外出而另一方无监护能力。",
            en: "Children who on the last day are left-behind by State Council 2016 No. 13: under sixteen, not of an urban household, both parents away, or one away and the other not capable.",
        },
    );
    out.codes::<GuardianshipKind>(
        GUARDIANSHIP,
        "children.guardianship",
        Text { zh: "监护类型", en: "guardianship" },
        (Unit::People, CHILD, Some(CHILD)),
        Text {
            zh: "最后一天的留守儿童中，当天监护情况为这一类型的人数。",
            en: "Left-behind children whose guardianship on the last day is of this kind; of all left-behind children.",
        },
    );
    out.codes::<Away>(
        AWAY,
        "children.away",
        Text { zh: "外出情况", en: "away" },
        (Unit::People, CHILD, Some(CHILD)),
        Text {
            zh: "最后一天的留守儿童中，当天父母外出情况为这一种的人数。",
            en: "Left-behind children of whom on the last day these parents are away; of all left-behind children.",
        },
    );
    let mut of_children = |place, id: &str, label, how| {
        let figure = out.add(place, id, label, Unit::People, CHILD, how);
        figure.of = Some(CHILD);
        figure.distinct = place >= PAIRED;
    };
    of_children(
        BOARDING,
        "children.boarding",
        Text {
            zh: "住校",
            en: "boarding",
        },
        Text {
            zh: "最后一天的留守儿童中，当天住校的人数。",
            en: "Left-behind children who board on the last day; of all left-behind children.",
        },
    );
    of_children(
        HARDSHIP,
        "children.hardship",
        Text {
            zh: "困境",
            en: "in hardship",
        },
        Text {
            zh: "最后一天的留守儿童中，档案写有困境类型的人数。",
            en: "Left-behind children with some hardship in their file; of all left-behind children.",
        },
    );
    of_children(
        PRIORITY,
        "children.priority",
        Text {
            zh: "重点帮扶对象",
            en: "of special care",
        },
        Text {
            zh: "最后一天的留守儿童中，当天属于重点帮扶对象的人数。",
            en: "Left-behind children of special care on the last day; of all left-behind children.",
        },
    );
    of_children(
        FILED,
        "children.filed",
        Text {
            zh: "已建档",
            en: "with a file",
        },
        Text {
            zh: "最后一天的留守儿童中，建档日期不晚于当天的人数。",
            en: "Left-behind children whose file was opened by the last day; of all left-behind children.",
        },
    );
    of_children(
        REACHABLE,
        "children.reachable",
        Text {
            zh: "联系方式齐全",
            en: "reachable",
        },
        Text {
            zh: "最后一天的留守儿童中，监护人和至少一位父母都有电话的人数。",
            en: "Left-behind children with a phone number of the guardian and of a parent; of all left-behind children.",
        },
    );
    of_children(
        CONFIRMED,
        "children.guardian-confirmed",
        Text {
            zh: "监护人已确认",
            en: "guardian confirmed",
        },
        Text {
            zh: "最后一天的留守儿童中，父母已在当天或之前确认现监护人的人数。",
            en: "Left-behind children whose present guardian the parents confirmed by the last day; of all left-behind children.",
        },
    );
    of_children(
        PAIRED,
        "children.paired",
        Text {
            zh: "已结对",
            en: "paired",
        },
        Text {
            zh: "最后一天的留守儿童中，当天有结对的人数。",
            en: "Left-behind children with a pairing that runs on the last day; of all left-behind children.",
        },
    );
    of_children(
        VISITED,
        "children.visited",
        Text {
            zh: "受访",
            en: "visited",
        },
        Text {
            zh: "最后一天的留守儿童中，期间至少有一次走访（任何方式）的人数。",
            en: "Left-behind children with a visit of any mode within the days; of all left-behind children.",
        },
    );
    of_children(
        ASSESSED,
        "children.assessed",
        Text {
            zh: "已测评",
            en: "assessed",
        },
        Text {
            zh: "最后一天的留守儿童中，期间至少有一次测评的人数。",
            en: "Left-behind children with an assessment within the days; of all left-behind children.",
        },
    );
    of_children(
        AIDED,
        "children.aided",
        Text {
            zh: "受资助",
            en: "aided",
        },
        Text {
            zh: "最后一天的留守儿童中，期间至少得到一次资助、慰问的人数。",
            en: "Left-behind children who were given aid within the days; of all left-behind children.",
        },
    );
}

fn count<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    if let Some(term) = term_of_enrolment(&context.basis) {
        for (grade, pupils) in &term.enrolment.0 {
            let mark = Mark {
                amount: i64::from(*pupils),
                ..context.state(Subject::Pupils(term, *grade))
            };
            out.count(STUDENTS, &mark);
            out.whole(CHILDREN, &mark);
        }
    }
    let day = context.day();
    for child in &context.basis.records.children {
        if child.is_left_behind(day, Definition::Statutory) {
            out.count(STATUTORY, &context.state(Subject::Child(child)));
        }
    }
    for child in context.left_behind() {
        count_child(context, child, out);
    }
    let records = context.basis.records;
    for pairing in records.pairings.iter().filter(|pairing| pairing.runs(day)) {
        because(context, out, PAIRED, pairing.child.id(), pairing.id);
    }
    for (visit, _) in context.events(&records.visits) {
        for child in &visit.children {
            because(context, out, VISITED, child.id(), visit.id);
        }
    }
    for (assessment, _) in context.events(&records.assessments) {
        because(context, out, ASSESSED, assessment.child.id(), assessment.id);
    }
    for (aid, _) in context.events(&records.aid) {
        for child in &aid.children {
            because(context, out, AIDED, child.id(), aid.id);
        }
    }
}

fn count_child<'a>(context: &Context<'a>, child: &'a Entry<Child>, out: &mut Out<'_, 'a>) {
    let day = context.day();
    let mark = context.state(Subject::Child(child));
    let care = child.guardianship_on(day);
    let guardian = care.and_then(|care| care.guardian.as_ref());
    let has_phone = |phone: Option<&Phone>| phone.is_some_and(|phone| !phone.trim().is_empty());
    out.count(CHILDREN, &mark);
    for place in GUARDIANSHIP..=AIDED {
        out.whole(place, &mark);
    }
    if let Some(care) = care {
        out.count(GUARDIANSHIP + care.kind as usize, &mark);
        out.count(AWAY + care.away as usize, &mark);
    }
    let reachable = has_phone(guardian.and_then(|guardian| guardian.phone.as_ref()))
        && child
            .parents
            .iter()
            .any(|parent| has_phone(parent.phone.as_ref()));
    let confirmed = care.and_then(|care| care.confirmed);
    let states = [
        (
            BOARDING,
            child
                .class_on(day)
                .is_some_and(|entry| entry.boarding == Some(true)),
        ),
        (HARDSHIP, !child.hardship.is_empty()),
        (PRIORITY, child.is_priority(day)),
        (FILED, child.filed.is_some_and(|filed| filed.0 <= day)),
        (REACHABLE, reachable),
        (
            CONFIRMED,
            confirmed.is_some_and(|confirmed| confirmed.0 <= day),
        ),
    ];
    for (place, _) in states.iter().filter(|(_, holds)| *holds) {
        out.count(*place, &mark);
    }
}

/// Counts a left-behind child because of a record.
fn because<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>, place: usize, child: Id, record: Id) {
    let Some(number) = context.left_behind_place(child) else {
        return;
    };
    if !out.has(place, number) {
        let child = &context.basis.records.children[number];
        let mark = Mark {
            because: &[record],
            ..context.state(Subject::Child(child))
        };
        out.count(place, &mark);
    }
}

/// The term whose enrolment is the number of pupils: that of the scope, else the latest begun by the last day.
fn term_of_enrolment<'a>(basis: &Basis<'a>) -> Option<&'a Entry<Term>> {
    let begun = basis.records.terms.iter();
    basis.term().or_else(|| {
        begun
            .filter(|term| term.start.0 <= basis.scope.as_of)
            .max_by_key(|term| term.start)
    })
}
