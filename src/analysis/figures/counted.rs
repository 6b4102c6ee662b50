//! The figures of a scope with their values.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::context::Context;
use super::evidence::{Evidence, Statistic, Value};
use super::figure::Figure;
use super::members::{Asked, Members};
use super::out::{Counting, Out, Sink, Totals};
use super::row::{Count, Row};
use super::rows::SECTIONS;
use super::split::{Group, Split};
use super::subjects::{self, Lister, PeriodTally, Tallies};
use crate::analysis::dimension::Dim;
use crate::analysis::{Basis, Scope};
use crate::threads;

/// The minimum number of records for counting on two threads; below it, starting the second takes longer than
/// counting.
const MIN_RECORDS_FOR_THREADS: usize = 5000;

/// A row with the indices of its figures.
struct RowPlaces {
    row: &'static Row,
    first: usize,
    end: usize,
    keys: Vec<String>,
}

/// All figures of a scope.
pub struct Figures<'a> {
    context: Context<'a>,
    figures: Vec<Figure>,
    rows: Vec<RowPlaces>,
    places: HashMap<String, usize>,
    of_records: OnceLock<Vec<Counting>>,
    counted: OnceLock<Vec<Counting>>,
}

impl fmt::Debug for Figures<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.all().map(|(figure, value)| (&figure.id, value)))
            .finish()
    }
}

impl<'a> Figures<'a> {
    /// The figures of a scope; counted lazily, when a value is first requested.
    pub fn of(basis: &Basis<'a>) -> Figures<'a> {
        Figures::from(Context::new(*basis))
    }

    /// The figures of the same records in another scope.
    pub fn on(&self, scope: Scope) -> Figures<'a> {
        Figures::from(self.context.on(scope))
    }

    fn from(context: Context<'a>) -> Figures<'a> {
        let mut figures = Vec::new();
        let mut rows = Vec::new();
        for section in SECTIONS {
            for row in section.rows {
                let (own, keys) = row.figures(section, &context.basis);
                let first = figures.len();
                figures.extend(own);
                rows.push(RowPlaces {
                    row,
                    first,
                    end: figures.len(),
                    keys,
                });
            }
        }
        let ids = figures.iter().map(|figure: &Figure| figure.id.clone());
        Figures {
            places: ids.zip(0..).collect(),
            context,
            figures,
            rows,
            of_records: OnceLock::new(),
            counted: OnceLock::new(),
        }
    }

    /// The values counted from records alone; lazy, because evidence is found without them.
    fn of_records(&self) -> &[Counting] {
        self.of_records.get_or_init(|| {
            let nothing = vec![Counting::default(); self.figures.len()];
            self.counted_in(nothing, |place| !place.needs_values())
        })
    }

    fn counted(&self) -> &[Counting] {
        self.counted.get_or_init(|| {
            let from_records = self.of_records().to_vec();
            self.counted_in(from_records, RowPlaces::needs_values)
        })
    }

    /// Adds the values of the selected rows.
    fn counted_in(&self, mut all: Vec<Counting>, takes: fn(&RowPlaces) -> bool) -> Vec<Counting> {
        let rows: Vec<&RowPlaces> = self.rows.iter().filter(|place| takes(place)).collect();
        for (first, values) in self.values_of(&rows) {
            all[first..first + values.len()].copy_from_slice(&values);
        }
        all
    }

    /// Counts rows, on two threads if there are many records; returns the values by the index of each row's first
    /// figure.
    fn values_of(&self, rows: &[&RowPlaces]) -> Vec<(usize, Vec<Counting>)> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut found = Vec::new();
            while let Some(place) = rows.get(next.fetch_add(1, Ordering::Relaxed)) {
                let mut totals = Totals::new(&self.figures[place.first..place.end], place.first);
                self.count(place, &mut totals);
                found.push((place.first, totals.finish()));
            }
            found
        };
        if self.basis().records.count() < MIN_RECORDS_FOR_THREADS {
            return work();
        }
        let (mut one, other) = threads::both(work, work);
        one.extend(other);
        one
    }

    /// Counts a row into a sink, unless it does not apply to the scope.
    fn count(&self, place: &RowPlaces, sink: &mut dyn Sink<'a>) {
        let figures = &self.figures[place.first..place.end];
        if !figures.iter().all(|figure| figure.applies) {
            return;
        }
        let out = &mut Out::new(sink, place.first, &place.keys);
        match place.row.count {
            Count::Records(count) => count(&self.context, out),
            Count::Values(count) => {
                let values = |id: &str| {
                    let at = *self.places.get(id)?;
                    Some((&self.figures[at], self.of_records()[at].value?))
                };
                count(&self.context, &values, out);
            }
        }
    }

    /// The basis of the figures.
    pub fn basis(&self) -> &Basis<'a> {
        &self.context.basis
    }

    /// All figures in order, with their values; `None` for a median or mean of nothing.
    pub fn all(&self) -> impl Iterator<Item = (&Figure, Option<Value>)> {
        let values = self.counted().iter().map(|counting| counting.value);
        self.figures.iter().zip(values)
    }

    /// The figures that have a value, in order.
    pub fn rows(&self) -> impl Iterator<Item = (&Figure, Value)> {
        self.all()
            .filter_map(|(figure, value)| Some((figure, value?)))
    }

    /// Returns a figure by id.
    pub fn figure(&self, id: &str) -> Option<&Figure> {
        Some(&self.figures[*self.places.get(id)?])
    }

    /// Returns the value of a figure; `None` for a median or mean of nothing.
    pub fn value(&self, id: &str) -> Option<Value> {
        self.counted()[*self.places.get(id)?].value
    }

    /// Whether a figure is left out unless it is requested: one of a list of codes or names that is 0, or a statistic
    /// of nothing.
    pub fn is_left_out(&self, figure: &Figure) -> bool {
        let Some(place) = self.places.get(&figure.id) else {
            return true;
        };
        let Counting {
            value,
            is_something,
        } = self.counted()[*place];
        let is_zero = value.is_none_or(|value| {
            value.value == 0 && (!figure.own_denominator || value.of.unwrap_or(0) == 0)
        });
        value.is_none()
            || figure.of_list && is_zero
            || figure.statistic != Statistic::Count && !is_something
    }

    /// Finds the evidence of figures and groups, walking the records once per row for all of them. Each must be
    /// splittable along its dimensions. Calls `take` with the index of each in `asked` and its evidence; unknown
    /// figures are skipped.
    pub(in crate::analysis) fn each_evidence(
        &self,
        asked: &[Asked<'_>],
        take: &mut dyn FnMut(usize, Evidence<'a>),
    ) {
        let place_of = |id: &str| self.places.get(id).copied();
        for place in &self.rows {
            let (context, figures) = (&self.context, &self.figures);
            let places = place.first..place.end;
            let mut members = Members::new(context, figures, &places, asked, &place_of);
            if !members.is_empty() {
                self.count(place, &mut members);
                members.finish(take);
            }
        }
    }

    /// Calls `take` with the subjects of every figure that applies to the scope, in order.
    pub fn each_tallies(&self, take: &mut dyn FnMut(Tallies<'_, 'a>)) {
        let mut lister = Lister::new(&self.context, &self.figures);
        for place in &self.rows {
            let figures = &self.figures[place.first..place.end];
            if figures.iter().all(|figure| figure.applies) {
                lister.begin(place.first..place.end);
                self.count(place, &mut lister);
                lister.finish(take);
            }
        }
    }

    /// Returns the periods of all duties that end within the scope, open ones included.
    pub fn periods(&self) -> Vec<PeriodTally<'a>> {
        subjects::periods(&self.context)
    }

    /// Returns the wanted figures that can be split along the dimensions (none of which may be a time dimension), with
    /// their groups in natural order.
    pub(in crate::analysis) fn groups(
        &self,
        dims: &[Dim],
        wanted: &dyn Fn(&Figure) -> bool,
    ) -> Vec<(&Figure, Vec<Group<'a>>)> {
        let mut split = Split::new(&self.context, &self.figures, dims, wanted);
        for place in &self.rows {
            if split.takes(place.first..place.end) {
                self.count(place, &mut split);
            }
        }
        split.finish()
    }
}

impl RowPlaces {
    fn needs_values(&self) -> bool {
        matches!(self.row.count, Count::Values(_))
    }
}
