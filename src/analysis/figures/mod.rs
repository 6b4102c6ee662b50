//! The figures: every number that `stats` and the reports show, and what each was counted from.
//!
//! A figure is a set: of children, records, follow-ups, periods of a duty. Its value is the size of the set, or the
//! sum of the amounts of its members; its groups are the set split up; what `explain` lists is the set. All come from
//! the same function of its family, which walks its records once and says of each what it counts for ([`Mark`]).
//! A sink adds up, splits or keeps the marks, so that values cost one pass and no memory.
//!
//! A state (children, pairings, the balance) counts as of the last day, which is the end of the days or today if that
//! is earlier; an event (visits, aid) counts on its own day, within the days, both ends included.
//!
//! To add a figure: a line where its family names its figures and a mark where it counts. To add a family: one file,
//! and one line in [`FIGURES`].

mod context;
mod evidence;
mod figure;
mod out;

mod activities;
mod aid;
mod assessments;
mod awards;
mod children;
mod documents;
mod duties;
mod follow_ups;
mod funds;
mod helpers;
mod incidents;
mod loans;
mod terms;
mod visits;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use context::Context;
pub use evidence::{Evidence, Mark, Member, Owed, Subject, SubjectKey, Told, Value};
pub use figure::{Counted, Definitions, Figure, Label, Unit};
pub use out::{Out, Side, Sink};
pub use terms::term_before;

use chrono::{Months, NaiveDate};

use super::breakdown::{self, Asked, Dim, Group};
use super::{Basis, Scope};
use crate::model::Entry;
use crate::model::School;
use crate::model::duty::Period;
use crate::model::term::Term;
use crate::threads;

/// From so many records on, counting on a second thread takes less time than starting it.
const WORTH_A_THREAD: usize = 5000;

/// Figures that are counted together.
pub struct Family {
    /// Names the figures. Some depend on the school's settings and records: one for each duty, one for each giver.
    pub define: fn(&Basis<'_>, &mut Definitions),
    /// Counts them.
    pub count: Count,
}

/// How a family counts.
pub enum Count {
    /// From the records.
    Records(for<'a> fn(&Context<'a>, &mut Out<'_, 'a>)),
    /// From the records and the values of the families that count from records alone.
    Values(for<'a> fn(&Context<'a>, &Values<'_>, &mut Out<'_, 'a>)),
}

/// The values of other figures and what they are numbers of, by id.
pub type Values<'v> = dyn Fn(&str) -> Option<(Unit, Value)> + 'v;

/// The families, in the order in which their figures are shown.
pub static FIGURES: &[&Family] = &[
    &children::FAMILY,
    &helpers::FAMILY,
    &visits::FAMILY,
    &follow_ups::FAMILY,
    &duties::FAMILY,
    &activities::FAMILY,
    &documents::FAMILY,
    &terms::FAMILY,
    &aid::FAMILY,
    &assessments::FAMILY,
    &awards::FAMILY,
    &incidents::FAMILY,
    &loans::FAMILY,
    &funds::FAMILY,
];

/// Those that take longest: where several threads count, these begin, so that none is left to wait for at the end.
static SLOWEST: &[&Family] = &[
    &duties::FAMILY,
    &children::FAMILY,
    &follow_ups::FAMILY,
    &visits::FAMILY,
];

/// The first day from which on records must have been read to count the figures of a scope: duties are judged by what
/// was done in whole periods, and those of a year by what was done in the terms before.
pub fn first_day(school: &School, terms: &[Entry<Term>], scope: &Scope) -> NaiveDate {
    let by_year = school
        .duty
        .iter()
        .any(|duty| duty.period == Some(Period::Year));
    let reach = if by_year {
        Months::new(12)
    } else {
        Months::new(0)
    };
    let since = scope.from.checked_sub_months(reach);
    let touched = terms
        .iter()
        .filter(|term| term.start.0 <= scope.until && since.is_none_or(|day| term.end.0 >= day));
    let starts = touched.map(|term| term.start.0);
    starts.chain([scope.from]).min().unwrap_or(scope.from)
}

/// All figures of some days.
#[derive(Debug)]
pub struct Figures<'a> {
    context: Context<'a>,
    figures: Vec<Figure>,
    /// The first place of each family.
    firsts: Vec<usize>,
    places: HashMap<String, usize>,
    values: Vec<Value>,
}

impl<'a> Figures<'a> {
    /// Counts all figures.
    pub fn of(basis: &Basis<'a>) -> Figures<'a> {
        Figures::from(Context::new(*basis))
    }

    /// The figures of the same records on other days.
    pub fn on(&self, scope: Scope) -> Figures<'a> {
        Figures::from(self.context.on(scope))
    }

    fn from(context: Context<'a>) -> Figures<'a> {
        let mut figures = Vec::new();
        let mut firsts = Vec::new();
        for family in FIGURES {
            firsts.push(figures.len());
            let mut definitions = Definitions::default();
            (family.define)(&context.basis, &mut definitions);
            figures.extend(definitions.finish());
        }
        let places = figures
            .iter()
            .enumerate()
            .map(|(place, figure)| (figure.id.clone(), place))
            .collect();
        let mut counted = Figures {
            context,
            figures,
            firsts,
            places,
            values: Vec::new(),
        };
        counted.values = counted.values_from_records();
        counted.values = {
            let mut sums = out::Values::new(&counted.figures);
            sums.values.clone_from(&counted.values);
            for family in 0..FIGURES.len() {
                counted.count(family, &mut sums, false);
            }
            sums.values
        };
        counted
    }

    /// The values of the families that count from records alone; of many records on two threads.
    fn values_from_records(&self) -> Vec<Value> {
        let is = |family: &Family, place: &usize| std::ptr::eq(FIGURES[*place], family);
        let mut order: Vec<usize> = (0..FIGURES.len()).collect();
        order.sort_by_key(|place| {
            SLOWEST
                .iter()
                .position(|slow| is(slow, place))
                .unwrap_or(SLOWEST.len())
        });
        let next = AtomicUsize::new(0);
        let work = || {
            let mut sums = out::Values::new(&self.figures);
            let mut done = Vec::new();
            while let Some(family) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.count(*family, &mut sums, true);
                done.push(*family);
            }
            (sums.values, done)
        };
        if self.basis().records.count() < WORTH_A_THREAD {
            return work().0;
        }
        let ((mut values, _), (found, families)) = threads::both(work, work);
        for family in families {
            let places = self.places_of(family);
            values[places.clone()].copy_from_slice(&found[places]);
        }
        values
    }

    /// The places of a family's figures.
    fn places_of(&self, family: usize) -> Range<usize> {
        let end = self.firsts.get(family + 1).copied();
        self.firsts[family]..end.unwrap_or(self.figures.len())
    }

    /// Runs a family into a sink, if it counts from records alone or does not.
    fn count(&self, family: usize, sink: &mut dyn Sink<'a>, from_records: bool) {
        let out = &mut Out::new(sink, self.firsts[family]);
        match FIGURES[family].count {
            Count::Records(count) if from_records => count(&self.context, out),
            Count::Values(count) if !from_records => {
                let values = |id: &str| Some((self.figure(id)?.unit, self.value(id)?));
                count(&self.context, &values, out);
            }
            _ => {}
        }
    }

    /// What the figures are counted from.
    pub fn basis(&self) -> &Basis<'a> {
        &self.context.basis
    }

    /// The figures with their values, in order.
    pub fn rows(&self) -> impl Iterator<Item = (&Figure, Value)> {
        self.figures.iter().zip(self.values.iter().copied())
    }

    /// A figure by its id.
    pub fn figure(&self, id: &str) -> Option<&Figure> {
        Some(&self.figures[*self.places.get(id)?])
    }

    /// The value of a figure.
    pub fn value(&self, id: &str) -> Option<Value> {
        self.values.get(*self.places.get(id)?).copied()
    }

    /// What figures and groups of figures, which can be split so, were counted from; a family walks its records once for
    /// all of them. Calls `take` with the place of each in the list and what was found: not for figures that there are
    /// not.
    pub(super) fn each_evidence(
        &self,
        asked: &[Asked<'_>],
        take: &mut dyn FnMut(usize, Evidence<'a>),
    ) {
        let place_of = |id: &str| self.places.get(id).copied();
        for family in 0..FIGURES.len() {
            let places = self.places_of(family);
            let (context, figures) = (&self.context, &self.figures);
            let mut members = breakdown::Members::new(context, figures, &places, asked, &place_of);
            if !members.is_empty() {
                self.count(family, &mut members, true);
                self.count(family, &mut members, false);
                members.finish(take);
            }
        }
    }

    /// Those of some figures that can be split along some dimensions, which are not months, with their groups in their
    /// natural order.
    pub(super) fn groups(
        &self,
        dims: &[Dim],
        wanted: &dyn Fn(&Figure) -> bool,
    ) -> Vec<(&Figure, Vec<Group<'a>>)> {
        let mut split = breakdown::Split::new(&self.context, &self.figures, dims, wanted);
        for family in 0..FIGURES.len() {
            if split.takes(self.places_of(family)) {
                self.count(family, &mut split, true);
                self.count(family, &mut split, false);
            }
        }
        split.finish()
    }
}
