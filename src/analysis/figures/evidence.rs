//! What a number was counted from.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::subject::{Part, Subject};
use crate::model::Id;
use crate::model::codes::codes;
use crate::text::number::{Share, share};

/// One member of a figure's set, as it is met while counting.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'m, 'a> {
    /// Who or what counts.
    pub subject: Subject<'a>,
    /// How much: 1, or fen of money, or the attendance of an activity.
    pub amount: i64,
    /// The day on which the class, guardianship and so on of its children are looked up.
    pub day: NaiveDate,
    /// The records because of which it counts, where it is no record itself.
    pub because: &'m [Id],
}

impl<'a> Mark<'static, 'a> {
    /// What counts once, as of a day, and is itself the record.
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
    /// The same with an amount.
    pub fn amount(self, amount: i64) -> Self {
        Mark { amount, ..self }
    }

    /// The same because of some records.
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
    /// Who or what counts.
    pub subject: Subject<'a>,
    /// How much: 1, or fen of money, or the attendance of an activity.
    pub amount: i64,
    /// The records because of which it counts, where it is no record itself: the visits of a visited child.
    pub because: Vec<Id>,
}

/// A figure's value, and the whole that it is a part of. Money is in fen, a mean in tenths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// The number or sum.
    pub value: i64,
    /// The whole, where there is one.
    pub of: Option<i64>,
}

impl Value {
    /// The value in tenths of a percent of the whole, rounded half up; none where there is no whole or it is 0.
    pub fn share(self) -> Option<Share> {
        let of = u64::try_from(self.of?).ok()?;
        share(u64::try_from(self.value).ok()?, of)
    }
}

codes! {
    /// What the value of a figure is made of the amounts of its members.
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
    /// The value of some amounts: their sum, the middle one (of two in the middle the lower), or the mean in tenths
    /// rounded half up; none of nothing, but for a count or sum, which is then 0.
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

    /// Whether it is the sum of its parts, so that a figure may be split or added to that of another school.
    pub fn adds_up(self) -> bool {
        matches!(self, Statistic::Count | Statistic::Sum)
    }
}

/// What a figure was counted from: each member once, in the order of ids.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    /// What the value is made of the members.
    pub statistic: Statistic,
    /// Those that count.
    pub members: Vec<Member<'a>>,
    /// All of which they are a part, where the figure has such a whole.
    pub of: Option<Vec<Member<'a>>>,
}

impl<'a> Evidence<'a> {
    /// That nothing counts.
    pub fn nothing(statistic: Statistic) -> Evidence<'a> {
        Evidence {
            statistic,
            members: Vec::new(),
            of: None,
        }
    }

    /// The figure's value; none of a median and the like of nothing.
    pub fn value(&self) -> Option<Value> {
        let amounts = |members: &[Member<'_>]| members.iter().map(|member| member.amount).collect();
        Some(Value {
            value: self.statistic.of(amounts(&self.members))?,
            of: self.of.as_deref().map(|of| amounts(of).iter().sum()),
        })
    }

    /// The members of the whole that do not count: children without a visit, periods that were missed. Where the whole
    /// is only a number, such as the pupils of each grade, nobody is known to be missing.
    pub fn missing(&self) -> Vec<&Member<'a>> {
        let counted: HashSet<_> = self.members.iter().map(|m| m.subject.key()).collect();
        let whole = self.of.iter().flatten();
        whole
            .filter(|member| !matches!(member.subject, Subject::Part(_, Part::Grade(_))))
            .filter(|member| !counted.contains(&member.subject.key()))
            .collect()
    }
}
