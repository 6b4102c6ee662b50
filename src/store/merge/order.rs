//! The order in which merged keys and entries stand.

use std::collections::{BTreeMap, BTreeSet};

use super::three::Three;

/// Where new keys stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NewKeys {
    /// Behind the key of the base whose rank is the next lower one.
    ByRank,
    /// Behind all keys of the base; what follows a key of a higher rank stays behind it.
    AtEnd,
}

/// The keys of all three lists, each once. Keys of the base keep their order, unless a side only moved some. New keys have
/// places that depend on nothing but the base and themselves: neither on which side is which nor on what one side
/// removed, which those who merge later do not see any more. So several sides come to one order however they merge.
/// `is_fixed` says which keys of the base keep their places: those that may come back after one side removed them.
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

/// The keys of a list that the base has too, and the new ones.
struct Side<K> {
    known: Vec<K>,
    new: Vec<K>,
}

/// Runs of keys put into one. Each key stands behind the last key before it of a higher rank, of several runs the lowest
/// such, and beside what stands there too by rank. In the result it stands behind the same key, so that it does not matter
/// which runs are put together first.
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
        // The last is taken first.
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

/// The order of the keys of the base: as one side moved them, but for those that have their places. Where another key
/// was removed it is the base's: one may have been moved past it, which those who merge later could not see any more.
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
    fn new_keys_have_one_place_whichever_side_they_come_from() {
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
        /// Three sides that remove, move and add keys, also the same ones.
        #[test]
        fn three_sides_come_to_one_order(
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

    /// Some of these keys in some order.
    fn keys(of: &'static str) -> impl proptest::strategy::Strategy<Value = Vec<char>> {
        use proptest::strategy::Strategy;
        let all: Vec<char> = of.chars().collect();
        let length = all.len();
        (proptest::sample::subsequence(all, 0..=length)).prop_shuffle()
    }
}
