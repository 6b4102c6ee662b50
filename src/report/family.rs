//! Privacy between families: finds the names of other families' children.

use std::collections::HashMap;

use crate::model::{Entry, Records, child::Child};
use crate::text::name::{fold, given};

/// The names of all children, to search texts for.
#[derive(Debug, Default)]
pub(super) struct ChildNames {
    by_first: HashMap<char, Vec<String>>,
}

impl ChildNames {
    /// Indexes the children of the records by full name, and by given name of two or more characters.
    pub(super) fn of(records: &Records) -> ChildNames {
        let mut names = ChildNames::default();
        for child in &records.children {
            for name in names_of(child) {
                if let Some(first) = name.chars().next() {
                    names.by_first.entry(first).or_default().push(name);
                }
            }
        }
        for names in names.by_first.values_mut() {
            // Longest first, so that 张小明 is not found as another child's 张小.
            names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            names.dedup();
        }
        names
    }

    /// Whether a text names a child other than `own`.
    pub(super) fn names_another(&self, text: &str, own: &Entry<Child>) -> bool {
        let own = names_of(own);
        let text = fold(text);
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let known = self.by_first.get(&first).into_iter().flatten();
            let found = known
                .into_iter()
                .find(|name| rest.starts_with(name.as_str()));
            match found {
                Some(name) if own.contains(name) => rest = &rest[name.len()..],
                Some(_) => return true,
                None => rest = &rest[first.len_utf8()..],
            }
        }
        false
    }
}

/// A child's full and given name, folded for comparison.
fn names_of(child: &Entry<Child>) -> Vec<String> {
    let full = fold(&child.name);
    let given = given(&full).map(str::to_owned);
    let names = std::iter::once(full).chain(given);
    names.filter(|name| name.chars().count() > 1).collect()
}
