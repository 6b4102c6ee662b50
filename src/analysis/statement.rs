//! Figures as scripts read them: what `stats --format json` prints.

use chrono::NaiveDate;
use serde::Serialize;

use super::Scope;
use super::breakdown::{self, Dim, Group};
use super::compare;
use super::figures::{Figure, Figures, Statistic, Unit, Value};
use crate::model::Code;
use crate::text::Lang;

/// A number of a figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Number {
    /// A count.
    Whole(i64),
    /// Yuan, as a decimal string, which no reader takes for a float.
    Yuan(String),
    /// A mean with one decimal.
    Mean(f64),
}

impl Number {
    /// A value of a figure.
    pub fn of(value: i64, figure: &Figure) -> Number {
        if figure.statistic == Statistic::Mean {
            // Below 2⁵³ the nearest double prints as the exact decimal.
            #[expect(clippy::cast_precision_loss, reason = "see above")]
            let mean = value as f64 / 10.0;
            Number::Mean(mean)
        } else {
            Number::amount(value, figure.unit)
        }
    }

    /// An amount in a unit.
    pub fn amount(amount: i64, unit: Unit) -> Number {
        if unit == Unit::Yuan {
            Number::Yuan(unit.amount(amount))
        } else {
            Number::Whole(amount)
        }
    }
}

/// What days the figures are about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Days {
    /// The term's id.
    pub term: Option<String>,
    /// The first day on which events count.
    pub from: NaiveDate,
    /// The last day on which events count.
    pub until: NaiveDate,
    /// The day as of which states count.
    pub as_of: NaiveDate,
}

impl From<Scope> for Days {
    fn from(scope: Scope) -> Days {
        Days {
            term: scope.term.map(|term| term.to_string()),
            from: scope.from,
            until: scope.until,
            as_of: scope.as_of,
        }
    }
}

/// A value and its whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The value; none of a median and the like of nothing.
    pub value: Option<Number>,
    /// The whole, where there is one.
    pub of: Option<Number>,
}

impl Pair {
    fn of(value: Option<Value>, figure: &Figure) -> Pair {
        Pair {
            value: value.map(|value| Number::of(value.value, figure)),
            of: value
                .and_then(|value| value.of)
                .map(|of| Number::of(of, figure)),
        }
    }
}

/// A group of a figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupRow {
    /// Its key; the keys of several dimensions are joined by commas.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// The value.
    #[serde(flatten)]
    pub number: Pair,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementRow {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// The value.
    #[serde(flatten)]
    pub number: Pair,
    /// What the value is a number of.
    pub unit: &'static str,
    /// The value of the days compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Pair>,
    /// How much more it is than that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Number>,
    /// The groups, where they are asked for and the figure can be split so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<GroupRow>>,
}

/// Whose figures they are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Profile {
    /// The school's name.
    pub name: String,
    /// Its key.
    pub key: Option<String>,
    /// What sort of school it is.
    pub level: &'static str,
}

/// How a figure is counted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counting {
    /// Its id.
    pub id: String,
    /// What the value is made of the amounts of what is counted.
    pub statistic: &'static str,
    /// How it is counted, in a sentence.
    pub how: &'static str,
}

/// What makes the figures of a school good for others to add up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Whole {
    /// The school.
    pub school: Profile,
    /// Who counts as left-behind.
    pub definition: &'static str,
    /// How each figure is counted.
    pub definitions: Vec<Counting>,
    /// Whether the list holds what may be told outside, and nothing else is told of.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub public: bool,
    /// The figures that are left out of the list; to the public none.
    pub left_out_figures: Vec<LeftOut>,
}

/// A figure that is left out of the list, since it tells nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeftOut {
    /// Where it stands among all figures.
    pub place: usize,
    /// The figure.
    #[serde(flatten)]
    pub row: StatementRow,
}

/// All that is printed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement {
    /// The days.
    #[serde(flatten)]
    pub days: Days,
    /// The days compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared: Option<Days>,
    /// How many records could not be read and were left out, where that was allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<usize>,
    /// The figures.
    pub figures: Vec<StatementRow>,
    /// What others need to add them up; none where only some figures were asked for.
    #[serde(flatten)]
    pub whole: Option<Whole>,
}

impl Statement {
    /// The figures, with the groups along some dimensions (none for none), beside those of another scope.
    /// `wanted` says which figures, by id.
    pub fn of(
        figures: &Figures<'_>,
        before: Option<&Figures<'_>>,
        dims: &[Dim],
        wanted: &dyn Fn(&Figure) -> bool,
        lang: Lang,
    ) -> Statement {
        let mut rows: Vec<StatementRow> = match before {
            Some(before) => compare::changes(figures, before)
                .into_iter()
                .filter(|change| wanted(change.figure))
                .map(|change| StatementRow {
                    before: Some(Pair::of(change.before, change.figure)),
                    change: change
                        .difference()
                        .map(|more| Number::of(more, change.figure)),
                    ..row(change.figure, change.now, lang)
                })
                .collect(),
            None => figures
                .all()
                .filter(|(figure, _)| wanted(figure))
                .map(|(figure, value)| row(figure, value, lang))
                .collect(),
        };
        if !dims.is_empty() {
            for grouped in breakdown::groups(figures, dims, wanted) {
                let found = rows.iter_mut().find(|row| row.id == grouped.id);
                if let (Some(row), Some(figure)) = (found, figures.figure(&grouped.id)) {
                    let groups = grouped.groups.iter();
                    row.groups = Some(
                        groups
                            .map(|group| group_row(figures, figure, dims, group, lang))
                            .collect(),
                    );
                }
            }
        }
        Statement {
            days: figures.basis().scope.into(),
            compared: before.map(|before| before.basis().scope.into()),
            left_out: None,
            figures: rows,
            whole: None,
        }
    }

    /// The same with all that others need to add it up: also the figures that are not in the list, unless it is for the
    /// public.
    pub fn whole(mut self, figures: &Figures<'_>, public: bool, lang: Lang) -> Statement {
        let is_there = |figure: &Figure| self.figures.iter().any(|row| row.id == figure.id);
        let all = || {
            let all = figures.all().enumerate();
            all.filter(|(_, (figure, _))| !public || is_there(figure))
        };
        let left_out = all().filter(|(_, (figure, _))| !is_there(figure));
        let left_out = left_out.map(|(place, (figure, value))| LeftOut {
            place,
            row: row(figure, value, lang),
        });
        let counting = |(_, (figure, _)): (usize, (&Figure, Option<Value>))| Counting {
            id: figure.id.clone(),
            statistic: figure.statistic.code(),
            how: figure.how.get(lang),
        };
        let basis = figures.basis();
        let profile = &basis.school.school;
        self.whole = Some(Whole {
            school: Profile {
                name: profile.name.clone(),
                key: profile.key.clone(),
                level: profile.level.code(),
            },
            definition: basis.scope.definition.code(),
            definitions: all().map(counting).collect(),
            public,
            left_out_figures: left_out.collect(),
        });
        self
    }
}

fn row(figure: &Figure, value: Option<Value>, lang: Lang) -> StatementRow {
    StatementRow {
        id: figure.id.clone(),
        label: figure.label.get(lang).to_owned(),
        number: Pair::of(value, figure),
        unit: figure.unit.code(),
        before: None,
        change: None,
        groups: None,
    }
}

fn group_row(
    figures: &Figures<'_>,
    figure: &Figure,
    dims: &[Dim],
    group: &Group<'_>,
    lang: Lang,
) -> GroupRow {
    let basis = figures.basis();
    let keys: Vec<String> = group.key.iter().map(ToString::to_string).collect();
    let labels = dims.iter().zip(&group.key);
    let labels: Vec<String> = labels
        .map(|(dim, key)| key.label(*dim, basis, lang))
        .collect();
    GroupRow {
        key: keys.join(","),
        label: labels.join(match lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        }),
        number: Pair::of(Some(group.value), figure),
    }
}
