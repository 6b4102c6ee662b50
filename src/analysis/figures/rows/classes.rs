//! Classes with left-behind children, and what was done for them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::analysis::figures::prelude::*;
use crate::model::Class;
use crate::model::activity::Theme;
use crate::model::document::DocumentKind;

pub(super) static SECTION: Section = Section {
    title: Text::new("班级", "Classes"),
    rows: &[
        Row::new("classes", ("有留守儿童的班级", "classes with left-behind children"), Unit::Classes, CLASS, classes).how(
            "最后一天有留守儿童的班级。",
            "Classes that have a left-behind child on the last day.",
        ),
        Row::new("classes.with-plan", ("有计划的班级", "classes with a plan"), Unit::Classes, CLASS, with_plan).of(CLASS).distinct().how(
            "最后一天有留守儿童的班级中，期间有计划方案写明该班或当时在该班的儿童的。",
            "Classes with left-behind children that are named in a plan of the period, themselves or through a child who was in the class on that day.",
        ),
        Row::new("classes.with-meeting", ("开过主题班会的班级", "classes with a meeting"), Unit::Classes, CLASS, with_meeting).of(CLASS).distinct().how(
            "最后一天有留守儿童的班级中，期间有主题班会写明该班或当时在该班的儿童的。",
            "Classes with left-behind children that are named in a class meeting in the period, themselves or through a child who was in the class on that day.",
        ),
    ],
};

const CLASS: Counted = Counted::Classes;

/// The classes of the left-behind children as of the scope.
fn all(context: &Context<'_>) -> BTreeSet<Class> {
    let entries = context
        .left_behind()
        .filter_map(|child| child.class_on(context.day()));
    entries.map(|entry| entry.class).collect()
}

fn classes<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for class in all(context) {
        out.count(&context.state(Subject::Class(class)));
    }
}

/// Counts the classes named by the records, directly or through a child, out of all.
fn named<'a>(
    context: &Context<'a>,
    out: &mut Out<'_, 'a>,
    records: impl Iterator<Item = (EntryRef<'a>, NaiveDate)>,
) {
    let mut found: BTreeMap<Class, Vec<Id>> = BTreeMap::new();
    for (entry, day) in records {
        let mut classes: BTreeSet<Class> = entry.classes().iter().copied().collect();
        Subject::Record(entry).each_child(&mut |id| {
            let child = context.child(id).filter(|child| child.is_enrolled(day));
            classes.extend(
                child
                    .and_then(|child| child.class_on(day))
                    .map(|entry| entry.class),
            );
        });
        for class in classes {
            found.entry(class).or_default().push(entry.id());
        }
    }
    for class in all(context) {
        let mark = context.state(Subject::Class(class));
        let because = found.get(&class).map_or(&[][..], Vec::as_slice);
        out.part(&mark.because(because), !because.is_empty());
    }
}

fn with_plan<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let documents = context.events(&context.basis.records.documents);
    let plans = documents.filter(|(document, _)| document.kind == DocumentKind::Plan);
    named(
        context,
        out,
        plans.map(|(document, day)| (document.into(), day)),
    );
}

fn with_meeting<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let activities = context.events(&context.basis.records.activities);
    let meetings = activities.filter(|(activity, _)| activity.theme == Theme::ClassMeeting);
    named(
        context,
        out,
        meetings.map(|(activity, day)| (activity.into(), day)),
    );
}
