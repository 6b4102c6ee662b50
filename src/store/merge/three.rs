//! The three versions in a merge, and conflicts between them.

use std::collections::BTreeMap;

use crate::model::FieldPath;

/// Three versions: the common base and the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Three<T> {
    /// The common base.
    pub base: T,
    /// The version of this clone.
    pub ours: T,
    /// The version of the other clone.
    pub theirs: T,
}

impl<T> Three<T> {
    /// Maps each version.
    pub fn map<U>(self, mut with: impl FnMut(T) -> U) -> Three<U> {
        Three {
            base: with(self.base),
            ours: with(self.ours),
            theirs: with(self.theirs),
        }
    }

    /// Maps each version; none if one of the results is none.
    pub fn try_map<U>(self, mut with: impl FnMut(T) -> Option<U>) -> Option<Three<U>> {
        Some(Three {
            base: with(self.base)?,
            ours: with(self.ours)?,
            theirs: with(self.theirs)?,
        })
    }

    /// Returns references to the versions.
    pub fn as_ref(&self) -> Three<&T> {
        Three {
            base: &self.base,
            ours: &self.ours,
            theirs: &self.theirs,
        }
    }
}

/// Two different values for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The path of the field, with indices of our version.
    pub path: FieldPath,
    /// Our value as written; none if we removed it.
    pub ours: Option<String>,
    /// Their value, likewise.
    pub theirs: Option<String>,
    /// Whether the values are confidential.
    pub is_confidential: bool,
    /// Whether a value is encrypted and no key fits, so that the values may in fact be equal.
    pub is_unopened: bool,
}

/// Returns the value of the side that changed.
pub(super) fn pick(sides: &Three<bool>) -> bool {
    if sides.ours == sides.base {
        sides.theirs
    } else {
        sides.ours
    }
}

/// Numbers equal values in order of appearance.
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
