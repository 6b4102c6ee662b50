//! Rules, plans, agreements and other papers.

use super::context::{Context, event};
use super::evidence::Subject;
use super::figure::{Counted, Definitions, Unit};
use super::out::Out;
use super::{Count, Family};
use crate::analysis::Basis;
use crate::model::document::DocumentKind;
use crate::text::Text;

/// The figures of documents.
pub(super) static FAMILY: Family = Family {
    define,
    count: Count::Records(count),
};

fn define(_: &Basis<'_>, out: &mut Definitions) {
    out.codes::<DocumentKind>(
        0,
        "documents",
        Text {
            zh: "文件",
            en: "documents",
        },
        (Unit::Documents, Counted::Documents, None),
        Text {
            zh: "期间形成的这一类文件记录。",
            en: "Records of documents of this kind dated within the days.",
        },
    );
}

fn count<'a>(context: &Context<'a>, out: &mut Out<'_, 'a>) {
    for (document, day) in context.events(&context.basis.records.documents) {
        out.count(
            document.kind as usize,
            &event(Subject::Document(document), day),
        );
    }
}
