//! The output of a row: a sink of marks, and the sink that only computes values.

use foldhash::HashSet;

use super::evidence::{Mark, Statistic, Value};
use super::figure::Figure;
use super::subject::SubjectKey;

/// The set of a figure to which a mark belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The members that count.
    Counted,
    /// The denominator.
    Whole,
}

/// Receives the marks of figures, which are given by their index in the list of all figures.
pub trait Sink<'a> {
    /// Receives one mark.
    fn mark(&mut self, place: usize, side: Side, mark: &Mark<'_, 'a>);
}

/// The output of one row.
pub struct Out<'s, 'a> {
    sink: &'s mut dyn Sink<'a>,
    /// The index of the row's first figure.
    first: usize,
    /// The keys of its figures, if the row is a list.
    keys: &'s [String],
}

impl<'s, 'a> Out<'s, 'a> {
    /// Directs the figures of a row into a sink.
    pub fn new(sink: &'s mut dyn Sink<'a>, first: usize, keys: &'s [String]) -> Out<'s, 'a> {
        Out { sink, first, keys }
    }

    /// Adds a member that counts.
    pub fn count(&mut self, mark: &Mark<'_, 'a>) {
        self.sink.mark(self.first, Side::Counted, mark);
    }

    /// Adds a member of the denominator; of every figure, if the row is a list.
    pub fn denominator(&mut self, mark: &Mark<'_, 'a>) {
        for place in 0..self.keys.len().max(1) {
            self.sink.mark(self.first + place, Side::Whole, mark);
        }
    }

    /// Adds a member of the denominator, which also counts if `counts`.
    pub fn part(&mut self, mark: &Mark<'_, 'a>, counts: bool) {
        self.denominator(mark);
        if counts {
            self.count(mark);
        }
    }

    /// Adds a member that counts for the figure with a key.
    pub fn count_as(&mut self, key: &str, mark: &Mark<'_, 'a>) {
        if let Some(place) = self.place(key) {
            self.sink.mark(place, Side::Counted, mark);
        }
    }

    /// Adds a member with its amounts in the value and in the denominator of the figure with a key.
    pub fn share_as(&mut self, key: &str, mark: &Mark<'_, 'a>, counted: i64, whole: i64) {
        if let Some(place) = self.place(key) {
            self.sink.mark(place, Side::Whole, &mark.amount(whole));
            self.sink.mark(place, Side::Counted, &mark.amount(counted));
        }
    }

    /// Adds a member of the denominator of the figure with a key, which also counts if `counts`.
    pub fn part_as(&mut self, key: &str, mark: &Mark<'_, 'a>, counts: bool) {
        if let Some(place) = self.place(key) {
            self.sink.mark(place, Side::Whole, mark);
            if counts {
                self.sink.mark(place, Side::Counted, mark);
            }
        }
    }

    fn place(&self, key: &str) -> Option<usize> {
        let found = self.keys.iter().position(|known| known == key);
        debug_assert!(found.is_some(), "the list has no {key}");
        found.map(|place| self.first + place)
    }
}

/// A sink that computes the values of one row.
pub(super) struct Totals<'f, 'a> {
    figures: &'f [Figure],
    first: usize,
    totals: Vec<Total<'a>>,
}

#[derive(Default)]
struct Total<'a> {
    value: i64,
    of: i64,
    /// The subjects already counted, for distinct figures.
    seen: HashSet<SubjectKey<'a>>,
    /// The amounts, if the statistic is not a sum.
    amounts: Vec<i64>,
    is_something: bool,
}

/// A figure's value, and whether anything was marked for it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counting {
    pub(super) value: Option<Value>,
    pub(super) is_something: bool,
}

impl<'f> Totals<'f, '_> {
    /// Takes the figures of a row and the index of the first in the list of all.
    pub(super) fn new(figures: &'f [Figure], first: usize) -> Self {
        Totals {
            figures,
            first,
            totals: figures.iter().map(|_| Total::default()).collect(),
        }
    }

    pub(super) fn finish(self) -> Vec<Counting> {
        let of_figure = |(figure, total): (&Figure, Total<'_>)| {
            let value = if !figure.applies {
                None
            } else if figure.statistic.adds_up() {
                Some(total.value)
            } else {
                figure.statistic.of(total.amounts)
            };
            Counting {
                value: value.map(|value| Value {
                    value,
                    of: figure.of.map(|_| total.of),
                }),
                is_something: total.is_something,
            }
        };
        self.figures
            .iter()
            .zip(self.totals)
            .map(of_figure)
            .collect()
    }
}

impl<'a> Sink<'a> for Totals<'_, 'a> {
    fn mark(&mut self, place: usize, side: Side, mark: &Mark<'_, 'a>) {
        let figure = &self.figures[place - self.first];
        let total = &mut self.totals[place - self.first];
        if side == Side::Whole {
            total.of += mark.amount;
        } else if !figure.distinct || total.seen.insert(mark.subject.key()) {
            total.is_something = true;
            total.value += mark.amount;
            if !matches!(figure.statistic, Statistic::Count | Statistic::Sum) {
                total.amounts.push(mark.amount);
            }
        }
    }
}
