//! Evidence: the members that a figure was counted from.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::subject::{Part, Subject};
use crate::model::Id;
use crate::model::codes::codes;
use crate::text::number::{Share, share};

/// One member of a figure's set, as reported by a row while counting.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'m, 'a> {
    /// The subject counted.
    pub subject: Subject<'a>,
    /// The amount: 1, fen of money, or the attendance of an activity.
    pub amount: i64,
    /// The day as of which the class, guardianship and so on of its children are looked up.
    pub day: NaiveDate,
    /// The records that make the subject count, if it is not a record itself.
    pub because: &'m [Id],
}

impl<'a> Mark<'static, 'a> {
    /// A mark with amount 1 and no further records.
    pub fn new(subject: impl Into<Subject<'a>>, day: NaiveDate) -> Self {
        Mark {
            subject: subject.into(),
            amount: 1,
            day,
            because: &[],
        }
    }
}

impl<'a> Mark<'_, 'a> {
    /// Sets the amount.
    pub fn amount(self, amount: i64) -> Self {
        Mark { amount, ..self }
    }

    /// Sets the records that make it count.
    pub fn because(self, because: &[Id]) -> Mark<'_, 'a> {
        Mark {
            subject: self.subject,
            amount: self.amount,
            day: self.day,
            because,
        }
    }
}

/// One member of a figure's set.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// The subject counted.
    pub subject: Subject<'a>,
    /// The amount: 1, fen of money, or the attendance of an activity.
    pub amount: i64,
    /// The records that make the subject count, if it is not a record itself: the visits to a visited child.
    pub because: Vec<Id>,
}

/// A figure's value, with its denominator if it has one. Money is in fen, a mean in tenths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// The count, sum or other statistic.
    pub value: i64,
    /// The denominator, if there is one.
    pub of: Option<i64>,
}

impl Value {
    /// The value as a share of the denominator, in tenths of a percent, rounded half up; `None` without a denominator,
    /// or if it is 0.
    pub fn share(self) -> Option<Share> {
        let of = u64::try_from(self.of?).ok()?;
        share(u64::try_from(self.value).ok()?, of)
    }
}

codes! {
    /// How a figure's value is computed from the amounts of its members.
    Statistic {
        Count = "count", "个数", "count";
        Sum = "sum", "合计", "sum";
        Median = "median", "中位数", "median";
        Least = "least", "最小", "least";
        Greatest = "greatest", "最大", "greatest";
        Mean = "mean", "平均", "mean";
    }
}

impl Statistic {
    /// Computes the statistic: the sum, the median (the lower of two middle values), or the mean in tenths, rounded
    /// half up. `None` for no amounts, except that a count or sum is then 0.
    pub fn of(self, mut amounts: Vec<i64>) -> Option<i64> {
        match self {
            Statistic::Count | Statistic::Sum => Some(amounts.iter().sum()),
            Statistic::Least => amounts.into_iter().min(),
            Statistic::Greatest => amounts.into_iter().max(),
            Statistic::Median => {
                amounts.sort_unstable();
                let middle = amounts.len().checked_sub(1)? / 2;
                amounts.get(middle).copied()
            }
            Statistic::Mean => {
                let count = i64::try_from(amounts.len())
                    .ok()
                    .filter(|count| *count > 0)?;
                let sum: i64 = amounts.iter().sum();
                Some((sum * 20 + count).div_euclid(count * 2))
            }
        }
    }

    /// Whether the value is a sum, so that groups and the figures of several schools can be added up.
    pub fn adds_up(self) -> bool {
        matches!(self, Statistic::Count | Statistic::Sum)
    }
}

/// The evidence of a figure: its distinct members, sorted by id.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    /// The statistic computed from the members.
    pub statistic: Statistic,
    /// The members that count.
    pub members: Vec<Member<'a>>,
    /// The members of the denominator, if the figure has one.
    pub of: Option<Vec<Member<'a>>>,
}

impl<'a> Evidence<'a> {
    /// Evidence without members.
    pub fn nothing(statistic: Statistic) -> Evidence<'a> {
        Evidence {
            statistic,
            members: Vec::new(),
            of: None,
        }
    }

    /// The figure's value; `None` for a median or mean of nothing.
    pub fn value(&self) -> Option<Value> {
        let amounts = |members: &[Member<'_>]| members.iter().map(|member| member.amount).collect();
        Some(Value {
            value: self.statistic.of(amounts(&self.members))?,
            of: self.of.as_deref().map(|of| amounts(of).iter().sum()),
        })
    }

    /// Returns the members of the denominator that do not count: children without a visit, periods missed. Empty if
    /// the denominator is only a number, such as the pupils of each grade.
    pub fn missing(&self) -> Vec<&Member<'a>> {
        let counted: HashSet<_> = self.members.iter().map(|m| m.subject.key()).collect();
        let whole = self.of.iter().flatten();
        whole
            .filter(|member| !matches!(member.subject, Subject::Part(_, Part::Grade(_))))
            .filter(|member| !counted.contains(&member.subject.key()))
            .collect()
    }
}
