//! Short lists stored inline.

/// A list that stores up to `N` entries inline, without a heap allocation.
///
/// Most lists of references have one or two entries, and a county has a million of them. Two references or sixteen
/// codes take no more room than the header of a `Vec`.
pub type Few<T, const N: usize> = smallvec::SmallVec<[T; N]>;
