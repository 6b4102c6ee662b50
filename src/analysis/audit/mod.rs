//! The yearly self-audit on the protection of children's data: each item is met, not met, or for a person to judge,
//! with its evidence. Nobody is named.
//!
//! Each item is one line in the list of its section and one function in the same file; its texts are messages of the
//! catalogue (`audit-CODE`, `audit-CODE-met`, `audit-CODE-not-met`, `audit-CODE-judge`).

mod access;
mod basis;
mod copies;
mod duties;
mod held;
mod item;
mod protection;

pub use held::{Ages, Category, CategoryCount, ages, held};
use item::AuditCheck;
pub use item::{Article, AuditInput, AuditItem, Outcome, Section, State};

/// Checks all items, in report order.
pub fn items(input: &AuditInput<'_>) -> Vec<AuditItem> {
    let of_section = |section: Section| -> &'static [AuditCheck] {
        match section {
            Section::Held => held::ITEMS,
            Section::Basis => basis::ITEMS,
            Section::Access => access::ITEMS,
            Section::Protection => protection::ITEMS,
            Section::Copies => copies::ITEMS,
            Section::Duties => duties::ITEMS,
        }
    };
    let looked = Section::ALL.into_iter().flat_map(|section| {
        of_section(section).iter().map(move |item| AuditItem {
            code: item.code,
            section,
            articles: item.articles,
            outcome: (item.check)(input),
        })
    });
    looked.collect()
}
