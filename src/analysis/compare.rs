//! Figures of two scopes side by side.

use super::figures::{Figure, Figures, Value};

/// A figure now and before.
#[derive(Clone, Debug)]
pub struct Change<'f> {
    /// The figure.
    pub figure: &'f Figure,
    /// Its value now; none of a median and the like of nothing.
    pub now: Option<Value>,
    /// Its value before; likewise.
    pub before: Option<Value>,
}

impl Change<'_> {
    /// How much more it is now.
    pub fn difference(&self) -> Option<i64> {
        Some(self.now?.value - self.before?.value)
    }
}

/// The figures of either scope. Those that only one of them has, such as what one giver gave, count as nothing in the
/// other; they stand where they would if it had them.
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
