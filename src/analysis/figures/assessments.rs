//! Assessments: how children are doing, and what changed since the last time.

use super::context::{Context, event};
use super::evidence::{Mark, Subject};
use super::figure::{Counted, Definitions, Unit};
use super::out::Out;
use super::{Count, Family};
use crate::analysis::Basis;
use crate::model::assessment::{Assessment, Lack, Risk};
use crate::model::{Code, Entry, Record};
use crate::text::Text;

/// The figures of assessments.
pub(super) static FAMILY: Family = Family {
    define,
    count: Count::Records(count),
};

const ASSESSMENTS: usize = 0;
const IMPROVED: usize = 1;
const UNCHANGED: usize = 2;
const WORSE: usize = 3;
const RISK: usize = 4;
const LACK: usize = RISK + Risk::ALL.len();

fn define(_: &Basis<'_>, out: &mut Definitions) {
    out.add(
        ASSESSMENTS,
        "assessments",
        Text {
            zh: "测评",
            en: "assessments",
        },
        Unit::Times,
        Counted::Assessments,
        Text {
            zh: "期间的测评记录，一条算一次。",
            en: "Records of assessments within the days; each counts once.",
        },
    );
    let changes = [
        (
            IMPROVED,
            "improved",
            Text {
                zh: "测评好转",
                en: "improved",
            },
        ),
        (
            UNCHANGED,
            "unchanged",
            Text {
                zh: "测评持平",
                en: "unchanged",
            },
        ),
        (
            WORSE,
            "worse",
            Text {
                zh: "测评变差",
                en: "worse",
            },
        ),
    ];
    for (place, word, label) in changes {
        out.add(
            place,
            format!("assessments.{word}"),
            label,
            Unit::People,
            Counted::Children,
            Text {
                zh: "期间和此前都测评过的儿童：以期间最后一次比此前最后一次，按两次都有的维度的等级之和（良好 0 至急需干预 3）。",
                en: "Children assessed within the days and before: the last assessment within them against the last before them, by the sum of the levels (good 0 to urgent 3) of the dimensions that both have.",
            },
        )
        .of = Some(Counted::Children);
    }
    out.codes::<Risk>(
        RISK,
        "risk",
        Text {
            zh: "风险等级",
            en: "risk",
        },
        (Unit::People, Counted::Children, None),
        Text {
            zh: "期间测评过的儿童中，最后一次测评为这一风险等级的人数。",
            en: "Children whose last assessment within the days states this risk.",
        },
    );
    out.codes::<Lack>(
        LACK,
        "lacks",
        Text {
            zh: "缺失情况",
            en: "lacks",
        },
        (Unit::People, Counted::Children, None),
        Text {
            zh: "期间测评过的儿童中，最后一次测评列有这一缺失的人数。",
            en: "Children whose last assessment within the days lists this lack.",
        },
    );
}

/// A child's last assessment within the days, and the last before them.
#[derive(Clone, Default)]
struct Last<'a> {
    before: Option<&'a Entry<Assessment>>,
    within: Option<&'a Entry<Assessment>>,
}

fn count<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let Basis { records, scope, .. } = context.basis;
    for (assessment, day) in context.events(&records.assessments) {
        out.count(ASSESSMENTS, &event(Subject::Assessment(assessment), day));
    }
    let mut last = vec![Last::default(); records.children.len()];
    for assessment in &records.assessments {
        let Some(child) = context.place(assessment.child.id()) else {
            continue;
        };
        let place = match assessment.record.day() {
            Some(day) if day < scope.from => &mut last[child].before,
            Some(day) if scope.holds(day) => &mut last[child].within,
            _ => continue,
        };
        if place.is_none_or(|known| (known.date, known.id) < (assessment.date, assessment.id)) {
            *place = Some(assessment);
        }
    }
    for (child, Last { before, within }) in records.children.iter().zip(last) {
        if let Some(within) = within {
            let mark = event(Subject::Child(child), within.date.0);
            count_child(mark, before, within, out);
        }
    }
}

fn count_child<'a>(
    mark: Mark<'_, 'a>,
    before: Option<&'a Entry<Assessment>>,
    within: &'a Entry<Assessment>,
    out: &mut Out<'_, 'a>,
) {
    let state = Mark {
        because: &[within.id],
        ..mark
    };
    if let Some(risk) = within.risk {
        out.count(RISK + risk as usize, &state);
    }
    for (at, lack) in within.lacks.iter().enumerate() {
        if !within.lacks[..at].contains(lack) {
            out.count(LACK + *lack as usize, &state);
        }
    }
    let change = before.and_then(|before| Some((before, within.change_since(before)?)));
    if let Some((before, change)) = change {
        let mark = Mark {
            because: &[before.id, within.id],
            ..mark
        };
        out.part(IMPROVED, &mark, change < 0);
        out.part(UNCHANGED, &mark, change == 0);
        out.part(WORSE, &mark, change > 0);
    }
}
