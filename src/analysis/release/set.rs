//! Sets of children, as bit sets of their indices.

/// A set of small numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Set(Vec<u64>);

impl Set {
    pub(super) fn insert(&mut self, number: usize) {
        let block = number / 64;
        if self.0.len() <= block {
            self.0.resize(block + 1, 0);
        }
        self.0[block] |= 1 << (number % 64);
    }

    fn block(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or(0)
    }

    fn with(&self, other: &Set, each: impl Fn(u64, u64) -> u64) -> Set {
        let blocks = self.0.len().max(other.0.len());
        Set((0..blocks)
            .map(|at| each(self.block(at), other.block(at)))
            .collect())
    }

    /// The union.
    pub(super) fn or(&self, other: &Set) -> Set {
        self.with(other, |a, b| a | b)
    }

    /// The intersection.
    pub(super) fn and(&self, other: &Set) -> Set {
        self.with(other, |a, b| a & b)
    }

    /// The difference.
    pub(super) fn without(&self, other: &Set) -> Set {
        self.with(other, |a, b| a & !b)
    }

    /// The number of members.
    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|block| block.count_ones() as usize).sum()
    }

    /// Whether the set is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|block| *block == 0)
    }

    /// Whether this is a subset of another.
    pub(super) fn is_within(&self, other: &Set) -> bool {
        self.0
            .iter()
            .enumerate()
            .all(|(at, block)| block & !other.block(at) == 0)
    }

    /// Whether the sets are disjoint.
    pub(super) fn is_apart_from(&self, other: &Set) -> bool {
        self.0
            .iter()
            .enumerate()
            .all(|(at, block)| block & other.block(at) == 0)
    }
}

impl FromIterator<usize> for Set {
    fn from_iter<I: IntoIterator<Item = usize>>(numbers: I) -> Set {
        let mut set = Set::default();
        numbers.into_iter().for_each(|number| set.insert(number));
        set
    }
}
