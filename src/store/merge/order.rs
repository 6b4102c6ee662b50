//! The order in which merged keys and entries stand.

use std::collections::{BTreeMap, BTreeSet};

use super::Three;

/// Where new keys stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Behind the key of the base whose rank is the next lower one.
    ByRank,
    /// Behind all keys of the base; what follows a key of a higher rank stays behind it.
    AtEnd,
}

/// The keys of all three lists, each once. Keys of the base keep their order, unless one side changed it. New keys have
/// places that depend on nothing but the base and themselves: neither on which side is which nor on what one side
/// removed, which those who merge later do not see any more. So several sides come to one order however they merge.
pub(super) fn merged<K: Ord + Clone, R: Ord>(
    lists: &Three<Vec<K>>,
    place: Place,
    rank: impl Fn(&K) -> R,
) -> Vec<K> {
    let base: BTreeSet<&K> = lists.base.iter().collect();
    let [ours, theirs] = [&lists.ours, &lists.theirs].map(|list| {
        let (known, new): (Vec<K>, Vec<K>) =
            list.iter().cloned().partition(|key| base.contains(key));
        Side { known, new }
    });
    let order = of_base(&lists.base, &ours.known, &theirs.known, &rank);
    let mut seen = BTreeSet::new();
    let mut result = Vec::new();
    match place {
        Place::AtEnd => {
            let runs = [&ours.new, &theirs.new];
            let mut blocks: Vec<Vec<K>> = runs.iter().flat_map(|run| blocks(run, &rank)).collect();
            blocks.sort_by_cached_key(|block| block.iter().map(&rank).collect::<Vec<R>>());
            result.extend(order);
            let new = blocks.into_iter().flatten();
            result.extend(new.filter(|key| seen.insert(key.clone())));
        }
        Place::ByRank => {
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

/// A run of keys as blocks of which each begins with a key of a higher rank than all before: put in the order of their
/// first keys, the blocks of several runs are a run whose blocks are these.
fn blocks<K: Clone, R: Ord>(run: &[K], rank: &impl Fn(&K) -> R) -> Vec<Vec<K>> {
    let mut blocks: Vec<Vec<K>> = Vec::new();
    for key in run {
        match blocks.last_mut() {
            Some(block) if block.first().is_some_and(|first| rank(key) < rank(first)) => {
                block.push(key.clone());
            }
            _ => blocks.push(vec![key.clone()]),
        }
    }
    blocks
}

/// The order of the keys of the base: that of the side that changed it.
fn of_base<K: Ord + Clone, R: Ord>(
    base: &[K],
    ours: &[K],
    theirs: &[K],
    rank: &impl Fn(&K) -> R,
) -> Vec<K> {
    let is_moved = |side: &[K]| !base.iter().filter(|key| side.contains(key)).eq(side);
    let chosen = match (is_moved(ours), is_moved(theirs)) {
        (false, false) => return base.to_vec(),
        (true, false) => ours,
        (false, true) => theirs,
        (true, true) => {
            let ranks = |side: &[K]| side.iter().map(rank).collect::<Vec<R>>();
            std::cmp::min_by_key(ours, theirs, |side| ranks(side))
        }
    };
    let mut order = chosen.to_vec();
    // What the chosen side removed stands where it stood, behind the same key.
    for (at, key) in base.iter().enumerate() {
        if !order.contains(key) {
            let before = base[..at].iter().rev();
            let behind = before
                .filter_map(|key| order.iter().position(|known| known == key))
                .next();
            order.insert(behind.map_or(0, |behind| behind + 1), key.clone());
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(place: Place, base: &str, ours: &str, theirs: &str) -> String {
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
        let result = merged(&lists, place, |key| *key);
        assert_eq!(result, merged(&swapped, place, |key| *key));
        result.into_iter().collect()
    }

    #[test]
    fn new_keys_have_one_place_whichever_side_they_come_from() {
        let by_rank = |base, ours, theirs| order(Place::ByRank, base, ours, theirs);
        assert_eq!(by_rank("ace", "abce", "acde"), "abcde");
        assert_eq!(by_rank("ac", "acz", "abc"), "abcz");
        assert_eq!(by_rank("", "ba", "c"), "abc");
        assert_eq!(by_rank("abc", "cab", "abcd"), "cdab");
        assert_eq!(by_rank("abc", "ac", "abxc"), "abcx");
        assert_eq!(by_rank("abc", "cba", "bac"), "bac");
        assert_eq!(by_rank("bd", "d", "bcd"), "bcd");
        let at_end = |base, ours, theirs| order(Place::AtEnd, base, ours, theirs);
        assert_eq!(at_end("", "zbya", "m"), "mzbya");
        assert_eq!(at_end("ab", "xab", "acb"), "abcx");
    }
}
