//! Three versions of something, and what is found in conflict among them.

use std::collections::BTreeMap;

use crate::model::FieldPath;

/// Three versions of something: what the two sides come from, and the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Three<T> {
    /// The version that both come from.
    pub base: T,
    /// The version of this clone.
    pub ours: T,
    /// The version that is merged into it.
    pub theirs: T,
}

impl<T> Three<T> {
    /// The same of each.
    pub fn map<U>(self, mut with: impl FnMut(T) -> U) -> Three<U> {
        Three {
            base: with(self.base),
            ours: with(self.ours),
            theirs: with(self.theirs),
        }
    }

    /// The same of each that is there.
    pub fn try_map<U>(self, mut with: impl FnMut(T) -> Option<U>) -> Option<Three<U>> {
        Some(Three {
            base: with(self.base)?,
            ours: with(self.ours)?,
            theirs: with(self.theirs)?,
        })
    }

    /// References to each.
    pub fn as_ref(&self) -> Three<&T> {
        Three {
            base: &self.base,
            ours: &self.ours,
            theirs: &self.theirs,
        }
    }
}

/// Two values for one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The field, counted as in our version.
    pub path: FieldPath,
    /// Our value as it stands in the file; none where we removed it.
    pub ours: Option<String>,
    /// Their value.
    pub theirs: Option<String>,
    /// Whether the values are not to be shown.
    pub is_confidential: bool,
    /// Whether a value is sealed and no key at hand opens it: what it says may be no other.
    pub is_unopened: bool,
}

/// The side that changed.
pub(super) fn pick(sides: &Three<bool>) -> bool {
    if sides.ours == sides.base {
        sides.theirs
    } else {
        sides.ours
    }
}

/// Each of some values with how many like it came before.
pub(super) fn numbered<T: Ord + Clone>(values: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut seen: BTreeMap<T, usize> = BTreeMap::new();
    values
        .map(|value| {
            let count = seen.entry(value.clone()).or_default();
            *count += 1;
            (value, *count - 1)
        })
        .collect()
}
