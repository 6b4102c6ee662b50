//! What may be told to a family: nothing that names another family's child.

use std::collections::HashMap;

use crate::model::{Entry, Records, child::Child};
use crate::text::name::{fold, given};

/// The names of all children, to find them in texts.
#[derive(Debug, Default)]
pub(super) struct ChildNames {
    by_first: HashMap<char, Vec<String>>,
}

impl ChildNames {
    /// The children of the records, by full names and by given names of two characters or more.
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
            // The longest first: 张小明 is not another child's 张小.
            names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            names.dedup();
        }
        names
    }

    /// Whether a text names a child other than this one.
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

/// A child's full name and its given name, as names are compared.
fn names_of(child: &Entry<Child>) -> Vec<String> {
    let full = fold(&child.name);
    let given = given(&full).map(str::to_owned);
    let names = std::iter::once(full).chain(given);
    names.filter(|name| name.chars().count() > 1).collect()
}
