//! The order in which merged keys and entries stand.

use std::collections::{BTreeMap, BTreeSet};

use super::Three;

/// The keys of all three lists, each once. Keys of the base keep their order, unless one side changed it; new keys
/// stand behind the key that they stand behind in their own list, and new keys of both sides at one place in the
/// order of their ranks. Which side is which makes no difference.
pub(super) fn merged<K: Ord + Clone, R: Ord>(
    lists: &Three<Vec<K>>,
    rank: impl Fn(&K) -> R,
) -> Vec<K> {
    let base: BTreeSet<&K> = lists.base.iter().collect();
    let [ours, theirs] = [&lists.ours, &lists.theirs].map(|list| Gaps::of(list, &base));
    let mut order = BTreeSet::new();
    let mut result = Vec::new();
    let mut emit = |key: &K, result: &mut Vec<K>| {
        if order.insert(key.clone()) {
            result.push(key.clone());
        }
    };
    let anchors = of_base(&lists.base, &ours.known, &theirs.known, &rank);
    for anchor in std::iter::once(None).chain(anchors.iter().map(Some)) {
        if let Some(key) = anchor {
            emit(key, &mut result);
        }
        let new = |gaps: &Gaps<K>| gaps.new.get(&anchor.cloned()).cloned().unwrap_or_default();
        let (ours, theirs) = (new(&ours), new(&theirs));
        let (mut ours, mut theirs) = (ours.iter().peekable(), theirs.iter().peekable());
        loop {
            let next = match (ours.peek(), theirs.peek()) {
                (Some(a), Some(b)) if rank(a) <= rank(b) => ours.next(),
                (_, Some(_)) => theirs.next(),
                (_, None) => ours.next(),
            };
            let Some(key) = next else { break };
            emit(key, &mut result);
        }
    }
    result
}

/// A list as the keys that the base has too, and the new ones by the key of the base that they stand behind.
struct Gaps<K> {
    known: Vec<K>,
    new: BTreeMap<Option<K>, Vec<K>>,
}

impl<K: Ord + Clone> Gaps<K> {
    fn of(list: &[K], base: &BTreeSet<&K>) -> Gaps<K> {
        let mut gaps = Gaps {
            known: Vec::new(),
            new: BTreeMap::new(),
        };
        for key in list {
            if base.contains(key) {
                gaps.known.push(key.clone());
            } else {
                let anchor = gaps.known.last().cloned();
                gaps.new.entry(anchor).or_default().push(key.clone());
            }
        }
        gaps
    }
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

    fn order(base: &str, ours: &str, theirs: &str) -> String {
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
        let result = merged(&lists, |key| *key);
        assert_eq!(result, merged(&swapped, |key| *key));
        result.into_iter().collect()
    }

    #[test]
    fn new_keys_stand_behind_their_neighbours_whichever_side_they_come_from() {
        assert_eq!(order("ace", "abce", "acde"), "abcde");
        assert_eq!(order("ac", "azc", "abc"), "abzc");
        assert_eq!(order("", "ba", "c"), "bac");
        assert_eq!(order("abc", "cab", "abcd"), "cdab");
        assert_eq!(order("abc", "ac", "abxc"), "abxc");
        assert_eq!(order("abc", "cba", "bac"), "bac");
    }
}
