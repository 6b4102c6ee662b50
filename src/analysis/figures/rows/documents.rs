//! Rules, plans, agreements and other papers.

use crate::analysis::figures::prelude::*;
use crate::model::document::DocumentKind;

pub(super) static SECTION: Section = Section {
    title: Text {
        zh: "制度文件",
        en: "Documents",
    },
    rows: &[Row::new(
        "documents",
        ("文件", "documents"),
        Unit::Documents,
        Counted::Documents,
        by_kind,
    )
    .codes::<DocumentKind>()
    .how(
        "期间形成的这一类文件记录。",
        "Records of documents of this kind dated within the days.",
    )],
};

fn by_kind<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (document, day) in context.events(&context.basis.records.documents) {
        out.count_as(document.kind.code(), &Mark::new(document, day));
    }
}
