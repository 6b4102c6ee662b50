//! How a figure is declared: one row says all there is to say of it, and how it is counted.

use super::context::Context;
use super::evidence::{Statistic, Value};
use super::figure::{Counted, Figure, Label, Unit};
use super::out::Out;
use crate::analysis::Basis;
use crate::model::Code;
use crate::text::Text;

/// Figures that are shown under one heading, in order.
pub struct Section {
    /// The heading.
    pub title: Text,
    /// The figures.
    pub rows: &'static [Row],
}

/// A figure, or a list of figures that differ in a code or a name alone.
pub struct Row {
    /// The id; before the code or name of each, where it is a list.
    pub id: &'static str,
    label: Text,
    how: Text,
    unit: Unit,
    counts: Counted,
    of: Option<Counted>,
    statistic: Statistic,
    distinct: bool,
    of_term: bool,
    own_whole: bool,
    stands: bool,
    of_then: bool,
    applies: Option<fn(&Basis<'_>) -> bool>,
    items: Option<fn(&Basis<'_>) -> Vec<RowItem>>,
    /// Counts it.
    pub count: Count,
}

/// How a row is counted.
#[derive(Clone, Copy)]
pub enum Count {
    /// From the records.
    Records(for<'a> fn(&Context<'a>, &mut Out<'_, 'a>)),
    /// From the records and the values of the figures that are counted from records alone.
    Values(for<'a> fn(&Context<'a>, &Values<'_>, &mut Out<'_, 'a>)),
}

/// Other figures with their values, by id.
pub type Values<'v> = dyn Fn(&str) -> Option<(&'v Figure, Value)> + 'v;

/// One of a list of figures.
pub struct RowItem {
    /// What the id ends with.
    pub key: String,
    /// What it is called.
    pub label: Label,
    /// What is counted, where it is not what the row says.
    pub counts: Option<Counted>,
}

impl RowItem {
    /// One of a list that is called as its key.
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
    /// A figure: its id, what it is called in Chinese and English, its unit, what it counts and how.
    pub const fn new(
        id: &'static str,
        label: (&'static str, &'static str),
        unit: Unit,
        counts: Counted,
        count: for<'a> fn(&Context<'a>, &mut Out<'_, 'a>),
    ) -> Row {
        Row::counted(id, label, unit, counts, Count::Records(count))
    }

    /// The same of a figure that is counted from the values of others too.
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
            how: Text { zh: "", en: "" },
            unit,
            counts,
            of: None,
            statistic: Statistic::Count,
            distinct: false,
            of_term: false,
            own_whole: false,
            stands: false,
            of_then: false,
            applies: None,
            items: None,
            count,
        }
    }

    /// How it is counted: one sentence in Chinese and English.
    pub const fn how(mut self, zh: &'static str, en: &'static str) -> Row {
        self.how = Text { zh, en };
        self
    }

    /// A part of a whole.
    pub const fn of(mut self, of: Counted) -> Row {
        self.of = Some(of);
        self
    }

    /// Something that is named several times counts once.
    pub const fn distinct(mut self) -> Row {
        self.distinct = true;
        self
    }

    /// A sum of amounts, a median and so on.
    pub const fn statistic(mut self, statistic: Statistic) -> Row {
        self.statistic = statistic;
        self
    }

    /// Belongs to a whole term and has no value for a single month.
    pub const fn of_term(mut self) -> Row {
        self.of_term = true;
        self
    }

    /// Each of the list has a whole of its own.
    pub const fn own_whole(mut self) -> Row {
        self.own_whole = true;
        self
    }

    /// Shown also where it is 0 of 0, although it is one of a list.
    pub const fn stands(mut self) -> Row {
        self.stands = true;
        self
    }

    /// Its groups are those of an earlier day.
    pub const fn of_then(mut self) -> Row {
        self.of_then = true;
        self
    }

    /// Has a value on some days only.
    pub const fn only_if(mut self, applies: fn(&Basis<'_>) -> bool) -> Row {
        self.applies = Some(applies);
        self
    }

    /// One figure for each code of a list: `visits.home`, `visits.phone`.
    pub const fn codes<C: Code>(self) -> Row {
        self.items(codes_of::<C>)
    }

    /// One figure for each of a list that depends on the school's settings and records.
    pub const fn items(mut self, items: fn(&Basis<'_>) -> Vec<RowItem>) -> Row {
        self.items = Some(items);
        self
    }

    /// The figures of the row, and the keys by which they are told apart where it is a list.
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
            own_whole: self.own_whole,
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
                Label::under(self.label, &item.label)
            };
            (
                figure(id, label, item.counts.unwrap_or(self.counts)),
                item.key,
            )
        };
        items(basis).into_iter().map(of_item).unzip()
    }
}
