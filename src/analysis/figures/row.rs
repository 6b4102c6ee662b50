//! The declaration of a figure: a row holds its texts, its properties and the function that counts it.

use super::context::Context;
use super::evidence::{Statistic, Value};
use super::figure::{Counted, Figure, Label, Unit};
use super::out::Out;
use crate::analysis::Basis;
use crate::model::Code;
use crate::text::Text;

/// Figures shown under one heading, in order.
pub struct Section {
    /// The heading.
    pub title: Text,
    /// The figures.
    pub rows: &'static [Row],
}

/// A figure, or a list of figures that differ only in a code or name.
pub struct Row {
    /// The id, or for a list its prefix before the code or name.
    pub id: &'static str,
    label: Text,
    how: Text,
    unit: Unit,
    counts: Counted,
    of: Option<Counted>,
    statistic: Statistic,
    distinct: bool,
    of_term: bool,
    own_denominator: bool,
    stands: bool,
    of_then: bool,
    applies: Option<fn(&Basis<'_>) -> bool>,
    items: Option<fn(&Basis<'_>) -> Vec<RowItem>>,
    /// The function that counts it.
    pub count: Count,
}

/// The function that counts a row.
#[derive(Clone, Copy)]
pub enum Count {
    /// Counts from the records alone.
    Records(for<'a> fn(&Context<'a>, &mut Out<'_, 'a>)),
    /// Counts from the records and the values of figures counted from records alone.
    Values(for<'a> fn(&Context<'a>, &Values<'_>, &mut Out<'_, 'a>)),
}

/// Looks up another figure with its value by id.
pub type Values<'v> = dyn Fn(&str) -> Option<(&'v Figure, Value)> + 'v;

/// An item of a list of figures.
pub struct RowItem {
    /// The last part of the id.
    pub key: String,
    /// The display name.
    pub label: Label,
    /// What is counted, if it differs from the row.
    pub counts: Option<Counted>,
}

impl RowItem {
    /// An item whose display name is its key.
    pub fn name(name: &str) -> RowItem {
        RowItem {
            key: name.to_owned(),
            label: Label::name(name),
            counts: None,
        }
    }
}

fn codes_of<C: Code>(_: &Basis<'_>) -> Vec<RowItem> {
    let item = |code: &C| RowItem {
        key: code.code().to_owned(),
        label: code.label().into(),
        counts: None,
    };
    C::ALL.iter().map(item).collect()
}

impl Row {
    /// A figure: id, Chinese and English name, unit, what it counts and the function that counts it.
    pub const fn new(
        id: &'static str,
        label: (&'static str, &'static str),
        unit: Unit,
        counts: Counted,
        count: for<'a> fn(&Context<'a>, &mut Out<'_, 'a>),
    ) -> Row {
        Row::counted(id, label, unit, counts, Count::Records(count))
    }

    /// A figure that also depends on the values of others.
    pub const fn of_values(
        id: &'static str,
        label: (&'static str, &'static str),
        unit: Unit,
        counts: Counted,
        count: for<'a> fn(&Context<'a>, &Values<'_>, &mut Out<'_, 'a>),
    ) -> Row {
        Row::counted(id, label, unit, counts, Count::Values(count))
    }

    const fn counted(
        id: &'static str,
        (zh, en): (&'static str, &'static str),
        unit: Unit,
        counts: Counted,
        count: Count,
    ) -> Row {
        Row {
            id,
            label: Text { zh, en },
            how: Text::new("", ""),
            unit,
            counts,
            of: None,
            statistic: Statistic::Count,
            distinct: false,
            of_term: false,
            own_denominator: false,
            stands: false,
            of_then: false,
            applies: None,
            items: None,
            count,
        }
    }

    /// Sets the definition: one sentence in Chinese and English.
    pub const fn how(mut self, zh: &'static str, en: &'static str) -> Row {
        self.how = Text { zh, en };
        self
    }

    /// Sets what the denominator counts.
    pub const fn of(mut self, of: Counted) -> Row {
        self.of = Some(of);
        self
    }

    /// Counts each subject once, however often it is named.
    pub const fn distinct(mut self) -> Row {
        self.distinct = true;
        self
    }

    /// Sets the statistic; a count by default.
    pub const fn statistic(mut self, statistic: Statistic) -> Row {
        self.statistic = statistic;
        self
    }

    /// Marks it as belonging to a whole term, without a value for a single month.
    pub const fn of_term(mut self) -> Row {
        self.of_term = true;
        self
    }

    /// Gives each item of the list a denominator of its own.
    pub const fn own_denominator(mut self) -> Row {
        self.own_denominator = true;
        self
    }

    /// Shows it even if it is 0 of 0, although it is one of a list.
    pub const fn even_if_zero(mut self) -> Row {
        self.stands = true;
        self
    }

    /// Groups it as of an earlier day.
    pub const fn of_then(mut self) -> Row {
        self.of_then = true;
        self
    }

    /// Restricts it to the scopes to which it applies.
    pub const fn only_if(mut self, applies: fn(&Basis<'_>) -> bool) -> Row {
        self.applies = Some(applies);
        self
    }

    /// Makes it a list of one figure for each code: `visits.home`, `visits.phone`.
    pub const fn codes<C: Code>(self) -> Row {
        self.items(codes_of::<C>)
    }

    /// Makes it a list that depends on the settings and records.
    pub const fn items(mut self, items: fn(&Basis<'_>) -> Vec<RowItem>) -> Row {
        self.items = Some(items);
        self
    }

    /// Returns the figures of the row, and their keys if it is a list.
    pub fn figures(&self, section: &Section, basis: &Basis<'_>) -> (Vec<Figure>, Vec<String>) {
        let figure = |id: String, label: Label, counts: Counted| Figure {
            id,
            label,
            how: self.how,
            section: section.title,
            unit: self.unit,
            counts,
            of: self
                .of
                .map(|of| if of == self.counts { counts } else { of }),
            statistic: self.statistic,
            distinct: self.distinct,
            list: self.items.map(|_| self.id),
            of_list: self.items.is_some() && !self.stands,
            own_denominator: self.own_denominator,
            of_then: self.of_then,
            applies: self.applies.is_none_or(|applies| applies(basis)),
            of_term: self.of_term,
        };
        let Some(items) = self.items else {
            let only = figure(self.id.to_owned(), self.label.into(), self.counts);
            return (vec![only], Vec::new());
        };
        let of_item = |item: RowItem| {
            let id = format!("{}.{}", self.id, item.key);
            let label = if self.label.zh.is_empty() {
                item.label
            } else {
                Label::prefixed(self.label, &item.label)
            };
            (
                figure(id, label, item.counts.unwrap_or(self.counts)),
                item.key,
            )
        };
        items(basis).into_iter().map(of_item).unzip()
    }
}
