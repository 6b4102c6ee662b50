//! The JSON output of `stats`.

use chrono::NaiveDate;
use serde::Serialize;

use super::Scope;
use super::breakdown::{self, Dim, Group};
use super::compare;
use super::figures::{Figure, Figures, Statistic, Unit, Value};
use crate::model::Code;
use crate::text::Lang;

/// A numeric value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Number {
    /// A count.
    Count(i64),
    /// Yuan, as a decimal string, so that no reader parses it as a float.
    Yuan(String),
    /// A mean with one decimal.
    Mean(f64),
}

impl Number {
    /// The value of a figure.
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
            Number::Count(amount)
        }
    }
}

/// The date range of the figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Days {
    /// The term's id.
    pub term: Option<String>,
    /// The first day on which events count.
    pub from: NaiveDate,
    /// The last day on which events count.
    pub until: NaiveDate,
    /// The as-of date of states.
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

/// A value with its denominator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The value; `None` for a median or mean of nothing.
    pub value: Option<Number>,
    /// The denominator, if the figure has one.
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
    /// The display name.
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
    /// The display name.
    pub label: String,
    /// The value.
    #[serde(flatten)]
    pub number: Pair,
    /// The unit of the value.
    pub unit: &'static str,
    /// The value in the compared range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Pair>,
    /// The difference from that value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Number>,
    /// The groups, if requested and possible for the figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<GroupRow>>,
}

/// The school of the figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Profile {
    /// The school's name.
    pub name: String,
    /// Its key.
    pub key: Option<String>,
    /// The level of the school.
    pub level: &'static str,
}

/// The definition of a figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counting {
    /// Its id.
    pub id: String,
    /// The statistic that makes the value from the amounts counted.
    pub statistic: &'static str,
    /// How it is counted, in one sentence.
    pub how: &'static str,
}

/// What is needed to add up the figures of several schools.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RollupDetails {
    /// The school.
    pub school: Profile,
    /// The definition of left-behind in use.
    pub definition: &'static str,
    /// The definition of each figure.
    pub definitions: Vec<Counting>,
    /// Whether the list holds only figures cleared for publication.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub public: bool,
    /// The figures left out of the list; empty if `public`.
    pub left_out_figures: Vec<LeftOut>,
}

/// A figure left out of the list because its value carries no information.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeftOut {
    /// Its index among all figures.
    pub place: usize,
    /// The figure.
    #[serde(flatten)]
    pub row: StatementRow,
}

/// The whole output.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement {
    /// The date range.
    #[serde(flatten)]
    pub days: Days,
    /// The compared range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared: Option<Days>,
    /// The number of records that could not be read and were left out, if that was allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<usize>,
    /// The figures.
    pub figures: Vec<StatementRow>,
    /// What is needed to add up several schools; `None` if only some figures were requested.
    #[serde(flatten)]
    pub whole: Option<RollupDetails>,
}

impl Statement {
    /// Builds the output for the figures selected by `wanted`, with the groups along `dims`, compared with those of
    /// another scope if given.
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

    /// Adds what is needed to add up several schools: also the figures left out of the list, unless it is for the
    /// public.
    pub fn for_rollup(mut self, figures: &Figures<'_>, public: bool, lang: Lang) -> Statement {
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
        self.whole = Some(RollupDetails {
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
