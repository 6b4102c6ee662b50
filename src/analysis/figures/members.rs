//! A sink that collects the members of figures and groups, as evidence.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use super::context::Context;
use super::evidence::{Evidence, Mark, Member, Statistic};
use super::figure::Figure;
use super::out::{Side, Sink};
use super::split::keys_of;
use super::subject::SubjectKey;
use crate::analysis::dimension::{Dim, GroupKey, Key};

/// A request for the evidence of a figure, or of one of its groups by a key for each dimension except time.
pub(in crate::analysis) struct Asked<'k> {
    pub(in crate::analysis) id: &'k str,
    /// Empty for the figure as a whole.
    pub(in crate::analysis) dims: Vec<Dim>,
    pub(in crate::analysis) key: GroupKey<'k>,
}

/// The members that count, and those of the denominator.
#[derive(Default)]
struct Sets<'a> {
    counted: Vec<Member<'a>>,
    whole: Vec<Member<'a>>,
    seen: HashMap<SubjectKey<'a>, usize>,
}

impl<'a> Sets<'a> {
    fn add(&mut self, side: Side, mark: &Mark<'_, 'a>, is_distinct: bool) {
        let member = || Member {
            subject: mark.subject,
            amount: mark.amount,
            because: mark.because.to_vec(),
        };
        if side == Side::Whole {
            self.whole.push(member());
        } else if !is_distinct {
            self.counted.push(member());
        } else {
            match self.seen.get(&mark.subject.key()) {
                Some(at) => self.counted[*at].because.extend_from_slice(mark.because),
                None => {
                    self.seen.insert(mark.subject.key(), self.counted.len());
                    self.counted.push(member());
                }
            }
        }
    }

    fn finish(mut self, statistic: Statistic, has_whole: bool) -> Evidence<'a> {
        self.counted.sort_by_key(|member| member.subject.key());
        self.whole.sort_by_key(|member| member.subject.key());
        Evidence {
            statistic,
            members: self.counted,
            of: has_whole.then_some(self.whole),
        }
    }
}

/// The requests for one figure along the same dimensions.
struct AskedFigure<'k, 'a> {
    place: usize,
    dims: &'k [Dim],
    /// Whether the denominator is collected as well.
    has_whole: bool,
    /// The sets of each group, with the indices of the requests for it.
    sets: Vec<(Vec<usize>, Sets<'a>)>,
    groups: HashMap<&'k [Key<'k>], usize>,
}

/// Collects the members for the requests on the figures of one row.
pub(in crate::analysis) struct Members<'c, 'k, 'a> {
    context: &'c Context<'a>,
    figures: &'c [Figure],
    all: Vec<AskedFigure<'k, 'a>>,
    keys: Vec<Key<'a>>,
}

impl<'c, 'k, 'a> Members<'c, 'k, 'a> {
    /// Takes the requests whose figures, by index, belong to `row`. Each must be splittable along its dimensions.
    pub(in crate::analysis) fn new(
        context: &'c Context<'a>,
        figures: &'c [Figure],
        row: &Range<usize>,
        asked: &'k [Asked<'k>],
        place_of: &dyn Fn(&str) -> Option<usize>,
    ) -> Self {
        let mut all: Vec<AskedFigure<'k, 'a>> = Vec::new();
        for (number, Asked { id, dims, key }) in asked.iter().enumerate() {
            let Some(place) = place_of(id).filter(|place| row.contains(place)) else {
                continue;
            };
            let known = all
                .iter()
                .position(|along| along.place == place && along.dims == dims);
            let at = known.unwrap_or(all.len());
            if known.is_none() {
                all.push(AskedFigure {
                    place,
                    dims,
                    has_whole: figures[place].denominator_splits_by(dims),
                    sets: Vec::new(),
                    groups: HashMap::new(),
                });
            }
            let along = &mut all[at];
            let next = along.sets.len();
            let at = *along.groups.entry(key).or_insert(next);
            if at == next {
                along.sets.push((Vec::new(), Sets::default()));
            }
            along.sets[at].0.push(number);
        }
        Members {
            context,
            figures,
            all,
            keys: Vec::new(),
        }
    }

    /// Whether no request concerns the row.
    pub(in crate::analysis) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Calls `take` with the index and the evidence of each request.
    pub(in crate::analysis) fn finish(self, take: &mut dyn FnMut(usize, Evidence<'a>)) {
        for along in self.all {
            for (numbers, sets) in along.sets {
                let statistic = self.figures[along.place].statistic;
                let evidence = sets.finish(statistic, along.has_whole);
                let Some((last, others)) = numbers.split_last() else {
                    continue;
                };
                for number in others {
                    take(*number, evidence.clone());
                }
                take(*last, evidence);
            }
        }
    }
}

impl<'a> Sink<'a> for Members<'_, '_, 'a> {
    fn mark(&mut self, place: usize, side: Side, mark: &Mark<'_, 'a>) {
        let is_distinct = self.figures[place].distinct;
        for along in self.all.iter_mut().filter(|along| along.place == place) {
            if side == Side::Whole && !along.has_whole {
                continue;
            }
            let AskedFigure {
                dims, sets, groups, ..
            } = along;
            if dims.is_empty() {
                for (_, sets) in sets {
                    sets.add(side, mark, is_distinct);
                }
                continue;
            }
            keys_of(self.context, dims, mark, &mut self.keys);
            for key in self.keys.chunks(dims.len()) {
                if let Some(at) = groups.get(key) {
                    sets[*at].1.add(side, mark, is_distinct);
                }
            }
        }
    }
}
