//! Documents: rules, plans, agreements, appraisals and others.

use crate::analysis::figures::prelude::*;
use crate::model::document::{AppraisalGrade, DocumentKind};

pub(super) static SECTION: Section = Section {
    title: Text::new("制度文件", "Documents"),
    rows: &[
        Row::new("documents", ("文件", "documents"), Unit::Documents, Counted::Documents, by_kind)
            .codes::<DocumentKind>()
            .how(
                "期间形成的这一类文件记录。",
                "Records of documents of this kind dated in the period.",
            ),
        Row::new("documents.rule.in-force", ("现行制度", "rules in force"), Unit::Documents, Counted::Names, in_force).distinct().how(
            "最后一天有效的制度：日期不晚于当天，没有写失效日期或失效日期不早于当天；同一标题只算一份。",
            "Rules in force on the last day: dated on or before it and not ended before it; each title counts once.",
        ),
        Row::new("appraisals", ("考评", "appraisals"), Unit::Documents, Counted::Documents, appraisals).how(
            "期间对帮扶人的考评记录。",
            "Appraisals of helpers dated in the period.",
        ),
        Row::new("appraisals.excellent", ("考评优秀", "appraised as excellent"), Unit::Documents, Counted::Documents, excellent)
            .of(Counted::Documents)
            .how(
                "期间的考评中，等次为优秀的。",
                "Appraisals dated in the period with the grade excellent, out of all appraisals.",
            ),
    ],
};

fn by_kind<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (document, day) in context.events(&context.basis.records.documents) {
        out.count_as(document.kind.code(), &Mark::new(document, day));
    }
}

fn in_force<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    let day = context.day();
    for document in &context.basis.records.documents {
        let ends = document.until.map(|until| until.0);
        if document.kind == DocumentKind::Rule
            && document.date.0 <= day
            && ends.is_none_or(|until| day <= until)
        {
            let rule = Subject::Named(document.title.trim(), document.into());
            out.count(&context.state(rule).because(&[document.id]));
        }
    }
}

fn appraisals<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (document, day) in context.events(&context.basis.records.documents) {
        if document.kind == DocumentKind::Appraisal {
            out.count(&Mark::new(document, day));
        }
    }
}

fn excellent<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (document, day) in context.events(&context.basis.records.documents) {
        if document.kind == DocumentKind::Appraisal {
            let is_excellent = document.grade == Some(AppraisalGrade::Excellent);
            out.part(&Mark::new(document, day), is_excellent);
        }
    }
}
