//! Comparison of the figures of two scopes.

use super::figures::{Figure, Figures, Value};

/// A figure with its value in both scopes.
#[derive(Clone, Debug)]
pub struct Change<'f> {
    /// The figure.
    pub figure: &'f Figure,
    /// The current value; `None` for a median or mean of nothing.
    pub now: Option<Value>,
    /// The earlier value; `None` likewise.
    pub before: Option<Value>,
}

impl Change<'_> {
    /// The current value minus the earlier one.
    pub fn difference(&self) -> Option<i64> {
        Some(self.now?.value - self.before?.value)
    }
}

/// Returns the figures of both scopes in order. A figure that only one scope has, such as that of one donor, counts as
/// 0 in the other.
pub fn changes<'f>(now: &'f Figures<'_>, before: &'f Figures<'_>) -> Vec<Change<'f>> {
    let nothing = |figure: &Figure| {
        figure.statistic.adds_up().then(|| Value {
            value: 0,
            of: figure.of.map(|_| 0),
        })
    };
    let mut all: Vec<Change<'f>> = now
        .all()
        .map(|(figure, value)| Change {
            figure,
            now: value,
            before: before.value(&figure.id).or_else(|| nothing(figure)),
        })
        .collect();
    let mut at = 0;
    for (figure, value) in before.all() {
        if now.figure(&figure.id).is_some() {
            at = all
                .iter()
                .position(|change| change.figure.id == figure.id)
                .map_or(at, |place| place + 1);
        } else {
            let change = Change {
                figure,
                now: nothing(figure),
                before: value,
            };
            all.insert(at, change);
            at += 1;
        }
    }
    all
}
