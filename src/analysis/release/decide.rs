//! Decides which numbers about children may be published together: a pure function of the sets that they count.
//!
//! A *group* is the set that a published number counts; its complement in the denominator; the difference of a
//! published set and a published subset of it; or what remains of a set without two disjoint subsets. No group may
//! have 1 to `min_cell` − 1 children (primary suppression). A number is published with all of its groups along a
//! dimension or none of them, so that a missing cell cannot be recovered from the total (complementary suppression);
//! for the same reason the numbers of one list (kinds of guardianship) are published together or not at all.
//!
//! An omitted number reveals only that something would have been small, or that it is 0: zeros are not published
//! either, except in a table of published numbers. With few classes, either all numbers are published by class or
//! none.

use super::set::Set;

/// A number considered for publication.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidate {
    /// The children it counts.
    pub(super) counted: Set,
    /// The denominator, if it is published too and is a set of children.
    pub(super) whole: Option<Set>,
    /// The children that follow from the number and its denominator: how many have both parents away.
    pub(super) implied: Option<Set>,
    /// Other sizes that must not be small: pupils who are not left-behind, periods missed.
    pub(super) sizes: Vec<i64>,
    /// The list it belongs to.
    pub(super) list: usize,
    /// Whether the numbers of its list add up to another number although their children overlap.
    pub(super) is_partition: bool,
    /// The index of the number that always includes this one: those visited at home are visited.
    pub(super) within: Option<usize>,
    /// Whether it can be split into groups of children.
    pub(super) splits: bool,
}

impl Candidate {
    fn sets(&self) -> impl Iterator<Item = &Set> {
        [
            Some(&self.counted),
            self.whole.as_ref(),
            self.implied.as_ref(),
        ]
        .into_iter()
        .flatten()
        .filter(|set| !set.is_empty())
    }
}

/// What may be published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Decision {
    /// For each candidate, whether its number may be published.
    pub(super) whole: Vec<bool>,
    /// The index of the level by which tables may be made; `None` if not even the first candidate fits.
    pub(super) level: Option<usize>,
    /// For each candidate, whether it may be published by the groups of that level.
    pub(super) split: Vec<bool>,
}

/// Decides which candidates may be published, and by which level. The first candidate must be all children; a level is
/// a partition of the children. The level with the most publishable candidates is chosen, of several the first.
pub(super) fn decide(candidates: &[Candidate], levels: &[Vec<Set>], min_cell: u32) -> Decision {
    let min_cell = usize::try_from(min_cell).unwrap_or(usize::MAX);
    let mut decision = Decision {
        whole: vec![false; candidates.len()],
        level: None,
        split: vec![false; candidates.len()],
    };
    let Some(all) = candidates.first().map(|first| &first.counted) else {
        return decision;
    };
    if all.count() < min_cell.max(1) {
        return decision;
    }
    let lists = lists(candidates);
    let everywhere = candidates
        .iter()
        .flat_map(Candidate::sets)
        .fold(Set::default(), |all, set| all.or(set));
    decision.whole = fitting(
        candidates,
        &lists,
        std::slice::from_ref(&everywhere),
        min_cell,
        &|_| true,
    );
    let by_level: Vec<(usize, Vec<bool>)> = levels
        .iter()
        .enumerate()
        .filter_map(|(at, parts)| {
            let parts = with_rest(parts, all);
            let shown = &decision.whole;
            let fits = fitting(candidates, &lists, &parts, min_cell, &|at| {
                shown[at] && candidates[at].splits
            });
            let inhabited = parts.iter().filter(|part| !part.and(all).is_empty());
            let is_few = inhabited.count() <= FEW;
            let lacks = |at: usize| shown[at] && candidates[at].splits && !fits[at];
            let is_worked_out = is_few && (0..candidates.len()).any(lacks);
            (fits[0] && !is_worked_out).then_some((at, fits))
        })
        .collect();
    let count = |fits: &[bool]| {
        let many = fits.iter().zip(candidates);
        many.filter(|(fits, candidate)| **fits && !candidate.counted.is_empty())
            .count()
    };
    let best = by_level
        .into_iter()
        .max_by_key(|(at, fits)| (count(fits), usize::MAX - at));
    let Some((level, split)) = best else {
        if all.count() < slack(min_cell) {
            decision.whole.fill(false);
        }
        return decision;
    };
    decision.level = Some(level);
    decision.split = split;
    decision
}

/// Up to this many parts, either everything published for the school is also published by part, or nothing is: the parts
/// of an omitted number could be inferred.
const FEW: usize = 3;

/// The minimum number of children for publishing anything without a breakdown by class.
fn slack(min_cell: usize) -> usize {
    (2 * min_cell).saturating_sub(1)
}

/// The indices of the candidates of each list, in order. Lists whose sets overlap are taken apart.
fn lists(candidates: &[Candidate]) -> Vec<Vec<usize>> {
    let mut lists: Vec<Vec<usize>> = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let known = lists
            .iter()
            .position(|list| candidates[list[0]].list == candidate.list);
        match known {
            Some(known) => lists[known].push(at),
            None => lists.push(vec![at]),
        }
    }
    let are_apart = |list: &[usize]| {
        list.iter().enumerate().all(|(n, at)| {
            list[n + 1..].iter().all(|other| {
                candidates[*at]
                    .counted
                    .is_apart_from(&candidates[*other].counted)
            })
        })
    };
    lists
        .into_iter()
        .flat_map(|list| {
            if candidates[list[0]].is_partition || are_apart(&list) {
                vec![list]
            } else {
                list.into_iter().map(|at| vec![at]).collect()
            }
        })
        .collect()
}

/// The parts of a level, and the remaining children as a part of their own.
fn with_rest(parts: &[Set], all: &Set) -> Vec<Set> {
    let known = parts
        .iter()
        .fold(Set::default(), |known, part| known.or(part));
    let rest = all.without(&known);
    let mut parts = parts.to_vec();
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

/// Selects greedily, list by list, the candidates admitted by `may` that can be published together in each of the
/// parts.
fn fitting(
    candidates: &[Candidate],
    lists: &[Vec<usize>],
    parts: &[Set],
    min_cell: usize,
    may: &dyn Fn(usize) -> bool,
) -> Vec<bool> {
    let mut shown = vec![false; candidates.len()];
    let mut printed: Vec<&Set> = Vec::new();
    for list in lists {
        let list: Vec<usize> = list.iter().copied().filter(|at| may(*at)).collect();
        let is_small = |size: &i64| (1..i64::try_from(min_cell).unwrap_or(i64::MAX)).contains(size);
        let is_nothing =
            |at: &usize| candidates[*at].counted.is_empty() && candidates[*at].sizes.is_empty();
        let is_of_hidden = |at: &usize| candidates[*at].within.is_some_and(|of| !shown[of]);
        if list.iter().all(is_nothing)
            || list.iter().any(is_of_hidden)
            || list
                .iter()
                .any(|at| candidates[*at].sizes.iter().any(is_small))
        {
            continue;
        }
        let mut with: Vec<&Set> = printed.clone();
        for set in list.iter().flat_map(|at| candidates[*at].sets()) {
            if !with.contains(&set) {
                with.push(set);
            }
        }
        // The remainder of the denominator that no kind of the list counts: the unknown ones.
        let union = list.iter().fold(Set::default(), |union, at| {
            union.or(&candidates[*at].counted)
        });
        let rests = list
            .iter()
            .filter_map(|at| Some(candidates[*at].whole.as_ref()?.without(&union)));
        let fits = rests
            .chain([union.clone()])
            .all(|group| is_safe(&group, parts, min_cell))
            && are_safe(&with, printed.len(), parts, min_cell);
        if fits {
            list.iter().for_each(|at| shown[*at] = true);
            printed = with;
        }
    }
    shown
}

/// Whether a group is too small in none of the parts.
fn is_safe(group: &Set, parts: &[Set], min_cell: usize) -> bool {
    parts
        .iter()
        .all(|part| !(1..min_cell).contains(&group.and(part).count()))
}

/// Whether sets form no small group: those from index `new` on, among themselves and with those before.
fn are_safe(sets: &[&Set], new: usize, parts: &[Set], min_cell: usize) -> bool {
    let is_new = |places: &[usize]| places.iter().any(|at| *at >= new);
    sets[new..].iter().all(|set| is_safe(set, parts, min_cell))
        && sets.iter().enumerate().all(|(b, whole)| {
            let within: Vec<usize> = (0..sets.len())
                .filter(|at| *at != b && sets[*at].is_within(whole))
                .collect();
            within.iter().enumerate().all(|(n, one)| {
                (!is_new(&[b, *one]) || is_safe(&whole.without(sets[*one]), parts, min_cell))
                    && within[n + 1..].iter().all(|other| {
                        !is_new(&[b, *one, *other])
                            || !sets[*one].is_apart_from(sets[*other])
                            || is_safe(
                                &whole.without(&sets[*one].or(sets[*other])),
                                parts,
                                min_cell,
                            )
                    })
            })
        })
}
