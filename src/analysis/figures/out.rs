//! Where the families count into: sums when only values are wanted, sets when somebody asks what was counted.

use foldhash::{HashSet, HashSetExt};

use super::evidence::{Mark, SubjectKey, Value};
use super::figure::Figure;

/// Which of a figure's two sets a mark belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Those that count.
    Counted,
    /// All of which they are a part.
    Whole,
}

/// Takes the marks of figures, by their places in the list of all figures.
pub trait Sink<'a> {
    /// Takes one mark.
    fn mark(&mut self, place: usize, side: Side, mark: &Mark<'_, 'a>);

    /// Whether the subject with a number, told apart by it from all others of the figure, need not be marked: where
    /// only values are wanted, what counts once was counted when this was asked of it before.
    fn has(&mut self, _place: usize, _number: usize) -> bool {
        false
    }
}

/// Where one family counts into: its own places begin at 0.
pub struct Out<'s, 'a> {
    sink: &'s mut dyn Sink<'a>,
    first: usize,
}

impl<'s, 'a> Out<'s, 'a> {
    /// The places of a family in a sink.
    pub fn new(sink: &'s mut dyn Sink<'a>, first: usize) -> Out<'s, 'a> {
        Out { sink, first }
    }

    /// Something that counts.
    pub fn count(&mut self, place: usize, mark: &Mark<'_, 'a>) {
        self.sink.mark(self.first + place, Side::Counted, mark);
    }

    /// Whether what counts once has been counted; see [`Sink::has`].
    pub fn has(&mut self, place: usize, number: usize) -> bool {
        self.sink.has(self.first + place, number)
    }

    /// Something of the whole.
    pub fn whole(&mut self, place: usize, mark: &Mark<'_, 'a>) {
        self.sink.mark(self.first + place, Side::Whole, mark);
    }

    /// Something of the whole that counts if a condition holds.
    pub fn part(&mut self, place: usize, mark: &Mark<'_, 'a>, counts: bool) {
        self.whole(place, mark);
        if counts {
            self.count(place, mark);
        }
    }
}

/// Sums.
#[derive(Debug)]
pub(super) struct Values<'f, 'a> {
    figures: &'f [Figure],
    /// The values, by place.
    pub(super) values: Vec<Value>,
    seen: HashSet<(usize, SubjectKey<'a>)>,
    /// By place, which numbers were asked for.
    known: Vec<Vec<bool>>,
}

impl<'f> Values<'f, '_> {
    pub(super) fn new(figures: &'f [Figure]) -> Self {
        Values {
            figures,
            values: figures
                .iter()
                .map(|figure| Value {
                    value: 0,
                    of: figure.of.map(|_| 0),
                })
                .collect(),
            seen: HashSet::new(),
            known: vec![Vec::new(); figures.len()],
        }
    }
}

impl<'a> Sink<'a> for Values<'_, 'a> {
    fn mark(&mut self, place: usize, side: Side, mark: &Mark<'_, 'a>) {
        let value = &mut self.values[place];
        match side {
            Side::Whole => *value.of.get_or_insert(0) += mark.amount,
            Side::Counted => {
                if !self.figures[place].distinct || self.seen.insert((place, mark.subject.key())) {
                    value.value += mark.amount;
                }
            }
        }
    }

    fn has(&mut self, place: usize, number: usize) -> bool {
        let known = &mut self.known[place];
        if known.len() <= number {
            known.resize(number + 1, false);
        }
        std::mem::replace(&mut known[number], true)
    }
}
