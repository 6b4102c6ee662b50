//! Matching of list entries across the three versions.

use std::collections::BTreeSet;

use toml_edit::{InlineTable, Item, Table, TableLike};

use super::meaning::{Open, meaning, meaning_of};
use super::three::numbered;
use crate::model::shape::{Role, Shape};

/// The similarity from which two identifying texts count as the same one, corrected.
const MIN_SIMILARITY: f64 = 0.5;

/// An entry of a list of tables, in either notation.
#[derive(Clone, Copy)]
pub(super) enum ListEntry<'a> {
    Table(&'a Table),
    Inline(&'a InlineTable),
}

impl<'a> ListEntry<'a> {
    pub(super) fn table(self) -> &'a dyn TableLike {
        match self {
            ListEntry::Table(table) => table,
            ListEntry::Inline(table) => table,
        }
    }

    pub(super) fn decor(self) -> &'a toml_edit::Decor {
        match self {
            ListEntry::Table(table) => table.decor(),
            ListEntry::Inline(table) => table.decor(),
        }
    }
}

/// The identity of an entry across the three versions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EntryKey {
    /// An entry of the base, by its index there.
    Base(usize),
    /// A new entry, by its identifying fields and the number of equal ones before it.
    New(Vec<String>, usize),
}

/// Matches the entries of a side with those of the base: first equal entries, then those with the same identifying
/// fields, then those in which only an identifying field was corrected.
pub(super) fn matched(
    shape: Option<&Shape>,
    base: &[ListEntry<'_>],
    side: &[ListEntry<'_>],
    open: Open<'_>,
) -> Vec<EntryKey> {
    let mut free: BTreeSet<usize> = (0..base.len()).collect();
    let mut found: Vec<Option<usize>> = vec![None; side.len()];
    let meaning = |entry: &ListEntry<'_>| meaning_of(entry.table(), open);
    let same = |a: &ListEntry<'_>, b: &ListEntry<'_>| meaning(a) == meaning(b);
    let identified = |a: &ListEntry<'_>, b: &ListEntry<'_>| {
        identity(shape, a.table(), open) == identity(shape, b.table(), open)
    };
    let corrected =
        |a: &ListEntry<'_>, b: &ListEntry<'_>| is_corrected(shape, a.table(), b.table(), open);
    type Matches<'m> = &'m dyn Fn(&ListEntry<'_>, &ListEntry<'_>) -> bool;
    let passes: [Matches<'_>; 3] = [&same, &identified, &corrected];
    for is_same in passes {
        for (entry, found) in side.iter().zip(&mut found) {
            if found.is_none() {
                *found = free.iter().copied().find(|at| is_same(&base[*at], entry));
                found.map(|at| free.remove(&at));
            }
        }
    }
    let new = side.iter().zip(&found).filter(|(_, found)| found.is_none());
    let new = numbered(new.map(|(entry, _)| identity(shape, entry.table(), open)));
    let mut new = new.into_iter();
    found
        .into_iter()
        .filter_map(|found| match found {
            Some(at) => Some(EntryKey::Base(at)),
            None => new
                .next()
                .map(|(identity, count)| EntryKey::New(identity, count)),
        })
        .collect()
}

/// Returns the identifying fields of an entry; the whole entry if there are none.
pub(super) fn identity(
    shape: Option<&Shape>,
    entry: &dyn TableLike,
    open: Open<'_>,
) -> Vec<String> {
    let fields = shape.into_iter().flat_map(|shape| &shape.fields);
    let values: Vec<String> = fields
        .filter(|field| field.role == Role::Identity)
        .map(|field| {
            let item = entry.get(&field.name);
            item.map(|item| meaning(item, open)).unwrap_or_default()
        })
        .collect();
    if values.iter().all(String::is_empty) {
        vec![meaning_of(entry, open)]
    } else {
        values
    }
}

/// Whether an entry is one of the base with a corrected identifying field: it contains all other fields of the base
/// unchanged, and its identifying texts are similar.
fn is_corrected(
    shape: Option<&Shape>,
    base: &dyn TableLike,
    entry: &dyn TableLike,
    open: Open<'_>,
) -> bool {
    let Some(shape) = shape else { return false };
    let mut others = 0;
    for (name, old) in base.iter() {
        let new = entry.get(name);
        let field = shape.field(name);
        if field.is_some_and(|field| field.role == Role::Identity) {
            if let (Some(old), Some(new)) = (old.as_str(), new.and_then(Item::as_str))
                && strsim::normalized_levenshtein(old, new) < MIN_SIMILARITY
            {
                return false;
            }
        } else if new.is_some_and(|new| meaning(new, open) == meaning(old, open)) {
            others += 1;
        } else {
            return false;
        }
    }
    others > 0
}
