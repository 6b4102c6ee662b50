//! Lists that mostly have few entries.

/// A list that mostly has few entries: up to so many lie in the record itself, without memory of their own, of which a
/// county would need a million pieces. Two references or sixteen codes take the room of an ordinary list's head.
pub type Few<T, const N: usize> = smallvec::SmallVec<[T; N]>;
