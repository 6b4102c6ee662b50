//! The order of merged keys and entries.

use std::collections::{BTreeMap, BTreeSet};

use super::three::Three;

/// The place of new keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NewKeys {
    /// After the base key with the next lower rank.
    ByRank,
    /// After all base keys; a key that follows one of a higher rank stays after it.
    AtEnd,
}

/// Returns the union of three lists.
///
/// Keys of the base keep their order unless a side only moved some. The place of a new key depends only on the base and
/// the new keys themselves: not on which side is which, and not on what a side removed, because later merges no longer
/// see that. So the result is the same in whatever order several sides are merged.
///
/// `is_fixed` tells which base keys are never moved: those that may be kept although a side removed them.
pub(super) fn merged<K: Ord + Clone, R: Ord>(
    lists: &Three<Vec<K>>,
    place: NewKeys,
    rank: impl Fn(&K) -> R,
    is_fixed: impl Fn(&K) -> bool,
) -> Vec<K> {
    let base: BTreeSet<&K> = lists.base.iter().collect();
    let [ours, theirs] = [&lists.ours, &lists.theirs].map(|list| {
        let (known, new): (Vec<K>, Vec<K>) =
            list.iter().cloned().partition(|key| base.contains(key));
        Side { known, new }
    });
    let order = of_base(&lists.base, [&ours.known, &theirs.known], &rank, is_fixed);
    let mut result = Vec::new();
    match place {
        NewKeys::AtEnd => {
            result.extend(order);
            result.extend(joined([&ours.new, &theirs.new], &rank));
        }
        NewKeys::ByRank => {
            let mut seen = BTreeSet::new();
            let new = ours.new.into_iter().chain(theirs.new);
            let mut new: Vec<K> = new.filter(|key| seen.insert(key.clone())).collect();
            new.sort_by_cached_key(&rank);
            let mut behind: BTreeMap<Option<K>, Vec<K>> = BTreeMap::new();
            for key in new {
                let lower = lists.base.iter().filter(|known| rank(known) < rank(&key));
                let anchor = lower.max_by_key(|known| rank(known)).cloned();
                behind.entry(anchor).or_default().push(key);
            }
            result.extend(behind.remove(&None).unwrap_or_default());
            for key in order {
                let new = behind.remove(&Some(key.clone()));
                result.push(key);
                result.extend(new.unwrap_or_default());
            }
        }
    }
    result
}

/// A list, split into keys of the base and new keys.
struct Side<K> {
    known: Vec<K>,
    new: Vec<K>,
}

/// Joins two runs of keys.
///
/// The anchor of a key is the last key of a higher rank before it; with several runs, the lowest of these. Keys with
/// the same anchor are sorted by rank. In the result each key has the same anchor again, so that runs can be joined in
/// any order.
fn joined<K: Ord + Clone, R: Ord>(runs: [&[K]; 2], rank: &impl Fn(&K) -> R) -> Vec<K> {
    let mut anchors: BTreeMap<&K, Option<&K>> = BTreeMap::new();
    for run in runs {
        let mut higher: Vec<&K> = Vec::new();
        for key in run {
            while higher.pop_if(|last| rank(last) <= rank(key)).is_some() {}
            let anchor = higher.last().copied();
            let known = anchors.entry(key).or_insert(anchor);
            if anchor.map(rank) < known.map(rank) {
                *known = anchor;
            }
            higher.push(key);
        }
    }
    let mut behind: BTreeMap<Option<&K>, Vec<&K>> = BTreeMap::new();
    for (key, anchor) in anchors {
        behind.entry(anchor).or_default().push(key);
    }
    for keys in behind.values_mut() {
        // Keys are popped from the end.
        keys.sort_by_key(|key| std::cmp::Reverse(rank(key)));
    }
    let mut result = Vec::new();
    let mut next = behind.remove(&None).unwrap_or_default();
    while let Some(key) = next.pop() {
        result.push(key.clone());
        next.extend(behind.remove(&Some(key)).unwrap_or_default());
    }
    result
}

/// Returns the order of the base keys: as one side moved them, except for fixed keys. If a side removed a movable key
/// it is that of the base, because the other side may have moved a key past the removed one, which later merges no
/// longer see.
fn of_base<K: Ord + Clone, R: Ord>(
    base: &[K],
    sides: [&[K]; 2],
    rank: &impl Fn(&K) -> R,
    is_fixed: impl Fn(&K) -> bool,
) -> Vec<K> {
    let movable = |keys: &[K]| -> Vec<K> {
        let keys = keys.iter().filter(|key| !is_fixed(key));
        keys.cloned().collect()
    };
    let unmoved = movable(base);
    let sides = sides.map(movable);
    if sides.iter().any(|side| side.len() < unmoved.len()) {
        return base.to_vec();
    }
    let ranks = |side: &Vec<K>| side.iter().map(rank).collect::<Vec<R>>();
    let moved = sides.into_iter().filter(|side| *side != unmoved);
    let Some(moved) = moved.min_by_key(ranks) else {
        return base.to_vec();
    };
    let mut moved = moved.into_iter();
    let mut in_place = |key: &K| {
        if is_fixed(key) {
            Some(key.clone())
        } else {
            moved.next()
        }
    };
    base.iter().filter_map(&mut in_place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(place: NewKeys, base: &str, ours: &str, theirs: &str) -> String {
        let list = |text: &str| text.chars().collect::<Vec<char>>();
        let lists = Three {
            base: list(base),
            ours: list(ours),
            theirs: list(theirs),
        };
        let swapped = Three {
            base: list(base),
            ours: list(theirs),
            theirs: list(ours),
        };
        let merged = |lists| {
            merged(
                lists,
                place,
                |key: &char| *key,
                |key: &char| key.is_uppercase(),
            )
        };
        let result = merged(&lists);
        assert_eq!(result, merged(&swapped));
        result.into_iter().collect()
    }

    #[test]
    fn new_keys_have_the_same_place_for_either_side() {
        let by_rank = |base, ours, theirs| order(NewKeys::ByRank, base, ours, theirs);
        assert_eq!(by_rank("ace", "abce", "acde"), "abcde");
        assert_eq!(by_rank("ac", "acz", "abc"), "abcz");
        assert_eq!(by_rank("", "ba", "c"), "abc");
        assert_eq!(by_rank("abc", "cab", "abcd"), "cdab");
        assert_eq!(by_rank("abc", "ac", "abxc"), "abcx");
        assert_eq!(by_rank("abc", "cba", "bac"), "bac");
        assert_eq!(by_rank("abc", "acb", "ab"), "abc");
        assert_eq!(by_rank("aBcd", "cad", "aBcd"), "cBad");
        assert_eq!(by_rank("bd", "d", "bcd"), "bcd");
        let at_end = |base, ours, theirs| order(NewKeys::AtEnd, base, ours, theirs);
        assert_eq!(at_end("", "zbya", "m"), "mzbya");
        assert_eq!(at_end("ab", "xab", "acb"), "abcx");
        assert_eq!(at_end("", "xab", "xc"), "xabc");
    }

    proptest::proptest! {
        /// Three sides that remove, move and add keys, also the same keys.
        #[test]
        fn three_sides_merge_to_the_same_order(
            base in keys("abcdef"),
            sides in [keys("abcdefuvw"), keys("abcdefuvw"), keys("abcdefuvw")],
            is_by_rank: bool,
        ) {
            let place = if is_by_rank { NewKeys::ByRank } else { NewKeys::AtEnd };
            let both = |ours: &Vec<char>, theirs: &Vec<char>| -> Vec<char> {
                let lists = Three {
                    base: base.clone(),
                    ours: ours.clone(),
                    theirs: theirs.clone(),
                };
                let order = merged(&lists, place, |key| *key, |_| false);
                let is_kept = |key: &char| {
                    ours.contains(key) && theirs.contains(key) || !base.contains(key)
                };
                order.into_iter().filter(is_kept).collect()
            };
            let [a, b, c] = &sides;
            let all = both(&both(a, b), c);
            proptest::prop_assert_eq!(&all, &both(&both(b, c), a));
            proptest::prop_assert_eq!(&all, &both(&both(c, a), b));
        }
    }

    /// Generates a subset of these keys in any order.
    fn keys(of: &'static str) -> impl proptest::strategy::Strategy<Value = Vec<char>> {
        use proptest::strategy::Strategy;
        let all: Vec<char> = of.chars().collect();
        let length = all.len();
        (proptest::sample::subsequence(all, 0..=length)).prop_shuffle()
    }
}
