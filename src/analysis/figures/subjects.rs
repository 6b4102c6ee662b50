//! A sink that lists the subjects of figures with their groups: what external tools need to count without redefining a
//! figure.

use std::ops::Range;
use std::rc::Rc;

use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt};

use super::context::Context;
use super::evidence::Mark;
use super::figure::{Counted, Figure};
use super::out::{Side, Sink};
use super::split::keys_of;
use super::subject::{Subject, SubjectKey};
use crate::analysis::dimension::{Dim, Key};
use crate::analysis::duty::{Owed, State};
use crate::model::duty::Duty;

/// The dimensions listed for each subject.
pub const FACETS: [Dim; 10] = [
    Dim::Class,
    Dim::Grade,
    Dim::Gender,
    Dim::Guardianship,
    Dim::Away,
    Dim::Risk,
    Dim::Mode,
    Dim::Theme,
    Dim::Role,
    Dim::Occasion,
];

/// The groups of one child or class of a subject along [`FACETS`]; `None` if unknown or if the figure cannot be split
/// so.
pub type Facets<'a> = [Option<Key<'a>>; FACETS.len()];

/// A subject of a figure.
#[derive(Clone, Debug)]
pub struct Tally<'a> {
    /// The subject counted.
    pub subject: Subject<'a>,
    /// The day as of which its groups are looked up.
    pub day: NaiveDate,
    /// The amount counted; `None` if it is only in the denominator.
    pub amount: Option<i64>,
    /// The amount in the denominator; `None` if it is not in it.
    pub of: Option<i64>,
    /// The groups of each of its children or classes; at least one.
    pub facets: Vec<Facets<'a>>,
}

/// The subjects of a figure, or of the denominator shared by a list of figures.
#[derive(Debug)]
pub struct Tallies<'f, 'a> {
    /// The figure's id, or that of the list: `children.guardianship`.
    pub id: &'f str,
    /// The figure; `None` for the denominator of a list.
    pub figure: Option<&'f Figure>,
    /// The id under which the denominator's subjects are listed, if there is one: its own, or that of its list.
    pub whole: Option<&'f str>,
    /// The subjects.
    pub subjects: Vec<Tally<'a>>,
}

/// A duty period, open ones included.
#[derive(Debug)]
pub struct PeriodTally<'a> {
    /// The duty.
    pub duty: &'a Duty,
    /// The subject and the date range.
    pub owed: Owed,
    /// The state.
    pub state: State,
    /// How often it was done.
    pub done: u32,
    /// How often it has to be done.
    pub wanted: u32,
    /// The groups of its child or class.
    pub facets: Vec<Facets<'a>>,
}

/// The dimensions, as a bit mask, along which both what counts and the denominator can be split.
fn mask(counts: Counted, of: Option<Counted>) -> u16 {
    let splits = |dim: &Dim| {
        counts.dims().contains(dim) && of.is_none_or(|whole| whole.dims().contains(dim))
    };
    let dims = FACETS.iter().enumerate().filter(|(_, dim)| splits(dim));
    dims.fold(0, |mask, (at, _)| mask | 1 << at)
}

struct Found<'a> {
    subject: Subject<'a>,
    day: NaiveDate,
    amount: i64,
    facets: Rc<[Facets<'a>]>,
}

#[derive(Default)]
struct Sets<'a> {
    counted: Vec<Found<'a>>,
    whole: Vec<Found<'a>>,
    seen: HashMap<SubjectKey<'a>, usize>,
}

/// Collects the subjects of the figures, one row at a time.
pub(super) struct Lister<'c, 'a> {
    context: &'c Context<'a>,
    figures: &'c [Figure],
    first: usize,
    sets: Vec<Sets<'a>>,
    known: HashMap<(u16, SubjectKey<'a>, NaiveDate), Rc<[Facets<'a>]>>,
}

impl<'c, 'a> Lister<'c, 'a> {
    pub(super) fn new(context: &'c Context<'a>, figures: &'c [Figure]) -> Self {
        Lister {
            context,
            figures,
            first: 0,
            sets: Vec::new(),
            known: HashMap::new(),
        }
    }

    /// Starts a row, given the indices of its figures.
    pub(super) fn begin(&mut self, places: Range<usize>) {
        self.first = places.start;
        self.sets = places.map(|_| Sets::default()).collect();
    }

    /// The groups of a subject along the dimensions of a mask.
    pub(super) fn facets(&mut self, mask: u16, mark: &Mark<'_, 'a>) -> Rc<[Facets<'a>]> {
        // Not cached if several records may name the subject: each has its own groups.
        let key = (mask, mark.subject.key(), mark.day);
        let is_one = !mark.subject.is_named_by_several();
        if let Some(known) = self.known.get(&key).filter(|_| is_one) {
            return Rc::clone(known);
        }
        let places: Vec<usize> = (0..FACETS.len()).filter(|at| mask & 1 << at != 0).collect();
        let dims: Vec<Dim> = places.iter().map(|at| FACETS[*at]).collect();
        let mut keys = Vec::new();
        keys_of(self.context, &dims, mark, &mut keys);
        let mut facets: Vec<Facets<'a>> = Vec::new();
        for keys in keys.chunks(dims.len().max(1)) {
            let mut facet: Facets<'a> = [None; FACETS.len()];
            for (at, key) in places.iter().zip(keys) {
                facet[*at] = Some(*key).filter(|key| *key != Key::Unknown);
            }
            facets.push(facet);
        }
        if facets.is_empty() {
            facets.push([None; FACETS.len()]);
        }
        let facets: Rc<[Facets<'a>]> = facets.into();
        if is_one {
            self.known.insert(key, Rc::clone(&facets));
        }
        facets
    }

    /// Calls `take` with the subjects collected for the row.
    pub(super) fn finish(&mut self, take: &mut dyn FnMut(Tallies<'_, 'a>)) {
        let mut sets = std::mem::take(&mut self.sets);
        let figures = &self.figures[self.first..self.first + sets.len()];
        let list = figures.first().and_then(|figure| figure.list);
        let shared = list.filter(|_| is_shared(figures, &sets));
        if let Some(list) = shared {
            let whole = std::mem::take(&mut sets[0].whole);
            sets.iter_mut().for_each(|sets| sets.whole.clear());
            take(Tallies {
                id: list,
                figure: None,
                whole: None,
                subjects: paired(Vec::new(), whole),
            });
        }
        for (figure, sets) in figures.iter().zip(sets) {
            let whole = match (figure.of, shared) {
                (None, _) => None,
                (Some(_), Some(list)) => Some(list),
                (Some(_), None) => Some(figure.id.as_str()),
            };
            take(Tallies {
                id: &figure.id,
                figure: Some(figure),
                whole,
                subjects: paired(sets.counted, sets.whole),
            });
        }
    }
}

/// Whether the figures of a list have the same denominator.
fn is_shared(figures: &[Figure], sets: &[Sets<'_>]) -> bool {
    let [first, rest @ ..] = sets else {
        return false;
    };
    let same = |one: &Found<'_>, other: &Found<'_>| {
        one.subject.key() == other.subject.key() && one.amount == other.amount
    };
    let is_alike = |figure: &Figure| figure.of.is_some() && figure.counts == figures[0].counts;
    !rest.is_empty()
        && figures.iter().all(is_alike)
        && rest.iter().all(|sets| {
            sets.whole.len() == first.whole.len()
                && sets.whole.iter().zip(&first.whole).all(|(a, b)| same(a, b))
        })
}

/// Merges what counts with the denominator: a subject in both, in the same groups, is listed once.
fn paired<'a>(counted: Vec<Found<'a>>, whole: Vec<Found<'a>>) -> Vec<Tally<'a>> {
    let mut tallies: Vec<Tally<'a>> = Vec::with_capacity(counted.len().max(whole.len()));
    let mut open: HashMap<SubjectKey<'a>, Vec<usize>> = HashMap::new();
    let pairs = !counted.is_empty();
    for found in whole {
        if pairs {
            let places = open.entry(found.subject.key()).or_default();
            places.push(tallies.len());
        }
        tallies.push(Tally {
            subject: found.subject,
            day: found.day,
            amount: None,
            of: Some(found.amount),
            facets: found.facets.to_vec(),
        });
    }
    for found in counted {
        let places = open.get_mut(&found.subject.key());
        let place = places.and_then(|places| {
            let is_same = |at: &usize| *tallies[*at].facets == *found.facets;
            let at = places.iter().position(is_same)?;
            Some(places.remove(at))
        });
        match place {
            Some(at) => tallies[at].amount = Some(found.amount),
            None => tallies.push(Tally {
                subject: found.subject,
                day: found.day,
                amount: Some(found.amount),
                of: None,
                facets: found.facets.to_vec(),
            }),
        }
    }
    tallies
}

impl<'a> Sink<'a> for Lister<'_, 'a> {
    fn mark(&mut self, place: usize, side: Side, mark: &Mark<'_, 'a>) {
        let figure = &self.figures[place];
        if side == Side::Whole && figure.of.is_none() {
            return;
        }
        let mask = match side {
            Side::Counted => mask(figure.counts, None),
            Side::Whole => mask(figure.counts, figure.of),
        };
        let facets = self.facets(mask, mark);
        let found = Found {
            subject: mark.subject,
            day: mark.day,
            amount: mark.amount,
            facets,
        };
        let sets = &mut self.sets[place - self.first];
        if side == Side::Whole {
            sets.whole.push(found);
            return;
        }
        if figure.distinct {
            let key = mark.subject.key();
            if let Some(at) = sets.seen.get(&key) {
                let known = &mut sets.counted[*at];
                let is_new = |facet: &&Facets<'a>| !known.facets.contains(facet);
                let more: Vec<Facets<'a>> = found.facets.iter().filter(is_new).copied().collect();
                if !more.is_empty() {
                    known.facets = known.facets.iter().copied().chain(more).collect();
                }
                return;
            }
            sets.seen.insert(key, sets.counted.len());
        }
        sets.counted.push(found);
    }
}

/// The periods of all duties that end within the scope, open ones included.
pub(super) fn periods<'a>(context: &Context<'a>) -> Vec<PeriodTally<'a>> {
    let mut lister = Lister::new(context, &[]);
    let mut found = Vec::new();
    let mask = mask(Counted::PeriodsOfChildren, None);
    for (place, duty) in context.basis.school.duty.iter().enumerate() {
        context
            .duties()
            .each(place, &context.basis.scope, |period| {
                let owed = period.owed;
                let mark = Mark::new(Subject::Owed(duty, owed), owed.until.min(context.day()));
                found.push(PeriodTally {
                    duty,
                    owed,
                    state: period.state,
                    done: period.done,
                    wanted: period.wanted,
                    facets: lister.facets(mask, &mark).to_vec(),
                });
            });
    }
    found
}
