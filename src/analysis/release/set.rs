//! Sets of children, by their places in a list.

/// A set of small numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Set(Vec<u64>);

impl Set {
    /// Adds a number.
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

    /// What is in either.
    pub(super) fn or(&self, other: &Set) -> Set {
        self.with(other, |a, b| a | b)
    }

    /// What is in both.
    pub(super) fn and(&self, other: &Set) -> Set {
        self.with(other, |a, b| a & b)
    }

    /// What is in this one alone.
    pub(super) fn without(&self, other: &Set) -> Set {
        self.with(other, |a, b| a & !b)
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|block| block.count_ones() as usize).sum()
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|block| *block == 0)
    }

    /// Whether all of these are in another.
    pub(super) fn is_within(&self, other: &Set) -> bool {
        self.0
            .iter()
            .enumerate()
            .all(|(at, block)| block & !other.block(at) == 0)
    }

    /// Whether none of these is in another.
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
