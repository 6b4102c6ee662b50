//! The figures as templates see them: values in words, groups, the values of the term compared with; small groups
//! hidden where the report is for the public.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::Serialize;

use crate::analysis::breakdown::{self, Dim, Key};
use crate::analysis::figures::{Counted, Figures, Unit, Value};
use crate::analysis::suppress;
use crate::document::{Counted as Behind, Source, Sources};
use crate::model::{Code, Kind};
use crate::text::Lang;

use super::naming::Naming;

/// What stands where a small group is hidden.
const HIDDEN: &str = "＊";

/// The dimensions whose groups templates may ask for.
const DIMS: [Dim; 8] = [
    Dim::Class,
    Dim::Grade,
    Dim::Gender,
    Dim::Guardianship,
    Dim::Away,
    Dim::Month,
    Dim::Theme,
    Dim::Mode,
];

/// Records that are named behind a number; more are only counted.
const NAMED: usize = 400;

/// A value in words.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    /// What leads to its records: `children`, `children@class=2022-1`.
    pub(super) key: String,
    /// What it is called.
    pub(super) label: String,
    /// The number. In a report for the public a hidden one is only told to be there.
    pub(super) value: f64,
    /// The number in words.
    pub(super) text: String,
    /// The whole in words.
    pub(super) of_text: String,
    /// The share of the whole in words; empty without one.
    pub(super) share: String,
}

/// A group.
#[derive(Clone, Debug, Serialize)]
pub(super) struct GroupName {
    /// Its key: `2022-1`.
    pub(super) key: String,
    /// What it is called: 四（1）班.
    pub(super) label: String,
}

/// The figures as templates see them. Groups along a dimension are counted when a template has asked for them: of many
/// records that takes long, and most templates ask for few.
#[derive(Debug, Default)]
pub(super) struct Board {
    figures: HashMap<String, Cell>,
    order: Vec<String>,
    before: HashMap<String, Cell>,
    splits: [OnceLock<Split>; DIMS.len()],
    /// The place of the dimension that was asked for and is not there yet.
    asked: Mutex<Option<usize>>,
}

/// The groups along one dimension, and the figures' values in them by figure and key.
#[derive(Debug, Default)]
struct Split {
    groups: Vec<GroupName>,
    cells: HashMap<String, HashMap<String, Cell>>,
}

impl Board {
    /// The figures of some days, beside those of others; groups of fewer than `least` children hidden, if there is
    /// such a bound.
    pub(super) fn of(
        figures: &Figures<'_>,
        before: Option<&Figures<'_>>,
        least: Option<u32>,
        lang: Lang,
    ) -> Board {
        let mut board = Board::default();
        for (figure, value) in figures.all() {
            let label = figure.label.get(lang);
            let cell = value.map_or_else(
                || Cell {
                    key: figure.id.clone(),
                    label: label.to_owned(),
                    ..Cell::default()
                },
                |value| cell(&figure.id, label, value, figure.unit),
            );
            board.order.push(figure.id.clone());
            board.figures.insert(figure.id.clone(), cell);
        }
        for (figure, value) in before.into_iter().flat_map(Figures::rows) {
            let cell = cell(&figure.id, figure.label.get(lang), value, figure.unit);
            board.before.insert(figure.id.clone(), cell);
        }
        if let Some(least) = least {
            hide(&mut board.figures, figures, least);
            if let Some(before) = before {
                hide(&mut board.before, before, least);
            }
        }
        board
    }

    /// Counts the groups that a template asked for and did not find; whether there were such.
    pub(super) fn count_asked(
        &self,
        figures: &Figures<'_>,
        least: Option<u32>,
        lang: Lang,
    ) -> bool {
        let asked = self.asked.lock();
        let asked = asked.unwrap_or_else(PoisonError::into_inner).take();
        if let Some(place) = asked {
            self.splits[place].get_or_init(|| Split::of(figures, DIMS[place], least, lang));
        }
        asked.is_some()
    }

    /// A figure.
    ///
    /// # Errors
    ///
    /// The id, where there is no such figure.
    pub(super) fn figure(&self, id: &str) -> Result<&Cell, String> {
        self.figures.get(id).ok_or_else(|| id.to_owned())
    }

    /// A figure of the term compared with.
    pub(super) fn before(&self, id: &str) -> Option<&Cell> {
        self.before.get(id)
    }

    /// A group of a figure; 0 where the group has none of it.
    ///
    /// # Errors
    ///
    /// What there is not: the figure, the dimension; or that its groups are not counted yet.
    pub(super) fn group(&self, id: &str, dim: &str, key: &str) -> Result<Cell, String> {
        let whole = self.figure(id)?;
        let cells = self.split(dim)?.cells.get(id);
        let found = cells.and_then(|cells| cells.get(key));
        Ok(found.cloned().unwrap_or_else(|| Cell {
            key: format!("{id}@{dim}={key}"),
            label: whole.label.clone(),
            text: "0".to_owned(),
            of_text: "0".to_owned(),
            ..Cell::default()
        }))
    }

    /// The groups of a dimension.
    ///
    /// # Errors
    ///
    /// The name, where there is no such dimension or it is not counted yet.
    pub(super) fn groups(&self, dim: &str) -> Result<&[GroupName], String> {
        Ok(&self.split(dim)?.groups)
    }

    fn split(&self, dim: &str) -> Result<&Split, String> {
        let place = DIMS.iter().position(|known| known.code() == dim);
        let place = place.ok_or_else(|| dim.to_owned())?;
        self.splits[place].get().ok_or_else(|| {
            let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
            *asked = Some(place);
            dim.to_owned()
        })
    }

    /// The figures below one that are not 0, the largest first: `visits.home` and so on below `visits`.
    pub(super) fn below(&self, id: &str) -> Vec<String> {
        let prefix = format!("{id}.");
        let mut below: Vec<&String> = self
            .order
            .iter()
            .filter(|known| known.starts_with(&prefix) && self.figures[*known].value > 0.0)
            .collect();
        below.sort_by(|a, b| self.figures[*b].value.total_cmp(&self.figures[*a].value));
        below.into_iter().cloned().collect()
    }
}

impl Split {
    fn of(figures: &Figures<'_>, dim: Dim, least: Option<u32>, lang: Lang) -> Split {
        let basis = figures.basis();
        let mut split = Split::default();
        let mut known: BTreeSet<Key<'_>> = BTreeSet::new();
        for grouped in breakdown::groups(figures, &[dim], &|_| true) {
            let Some(figure) = figures.figure(&grouped.id) else {
                continue;
            };
            let values: Vec<Value> = grouped.groups.iter().map(|group| group.value).collect();
            let hidden = match least {
                Some(least) if is_of_children(figure.counts) => {
                    let numbers: Vec<i64> = values.iter().map(|value| value.value).collect();
                    let mut hidden = suppress::hidden(&numbers, least);
                    for (hidden, value) in hidden.iter_mut().zip(&values) {
                        *hidden |= suppress::is_hidden(value.value, value.of, least);
                    }
                    hidden
                }
                _ => vec![false; values.len()],
            };
            let mut cells = HashMap::new();
            for ((group, value), hidden) in grouped.groups.iter().zip(values).zip(hidden) {
                let [key] = group.key[..] else { continue };
                known.insert(key);
                let name = format!("{}@{}={key}", grouped.id, dim.code());
                let mut cell = cell(&name, figure.label.get(lang), value, figure.unit);
                if hidden {
                    cell.hide(least.unwrap_or_default());
                }
                cells.insert(key.to_string(), cell);
            }
            split.cells.insert(grouped.id, cells);
        }
        let names = known.iter().map(|key| GroupName {
            key: key.to_string(),
            label: key.label(dim, basis, lang),
        });
        split.groups = names.collect();
        split
    }
}

impl Cell {
    fn hide(&mut self, least: u32) {
        self.value = f64::from(least);
        self.text = HIDDEN.to_owned();
        self.share = HIDDEN.to_owned();
    }
}

fn is_of_children(counts: Counted) -> bool {
    matches!(counts, Counted::Children)
}

/// Hides the small ones among the figures of children: parts by the whole, and the codes of one list by each other.
fn hide(cells: &mut HashMap<String, Cell>, figures: &Figures<'_>, least: u32) {
    let mut lists: Vec<(&str, Vec<(&str, i64)>)> = Vec::new();
    for (figure, value) in figures.rows() {
        if !is_of_children(figure.counts) || figure.id == "children" {
            continue;
        }
        if suppress::is_hidden(value.value, value.of, least)
            && let Some(cell) = cells.get_mut(&figure.id)
        {
            cell.hide(least);
        }
        let list = figure.id.rsplit_once('.').map_or("", |(list, _)| list);
        match lists.iter_mut().find(|(known, _)| *known == list) {
            Some((_, members)) => members.push((&figure.id, value.value)),
            None => lists.push((list, vec![(&figure.id, value.value)])),
        }
    }
    for (_, members) in lists.iter().filter(|(_, members)| members.len() > 2) {
        let numbers: Vec<i64> = members.iter().map(|(_, value)| *value).collect();
        for ((id, _), hidden) in members.iter().zip(suppress::hidden(&numbers, least)) {
            if let (true, Some(cell)) = (hidden, cells.get_mut(*id)) {
                cell.hide(least);
            }
        }
    }
}

fn cell(key: &str, label: &str, value: Value, unit: Unit) -> Cell {
    #[expect(clippy::cast_precision_loss, reason = "counts of a school")]
    let number = value.value as f64;
    Cell {
        key: key.to_owned(),
        label: label.to_owned(),
        value: number,
        text: in_unit(value.value, unit),
        of_text: value.of.map_or_else(String::new, |of| in_unit(of, unit)),
        share: value
            .share()
            .map_or_else(String::new, |share| share.to_string()),
    }
}

fn in_unit(value: i64, unit: Unit) -> String {
    match unit {
        Unit::Yuan => {
            let sign = if value < 0 { "-" } else { "" };
            let (yuan, fen) = (value.abs() / 100, value.abs() % 100);
            match fen {
                0 => format!("{sign}{yuan}"),
                fen => format!("{sign}{yuan}.{fen:02}"),
            }
        }
        _ => value.to_string(),
    }
}

/// The records behind the figures that a document shows, by their keys.
pub(super) fn sources(
    figures: &Figures<'_>,
    mut keys: Vec<String>,
    naming: &Naming,
    lang: Lang,
) -> Sources {
    keys.sort_unstable();
    keys.dedup();
    let asked: Vec<(&str, Vec<(Dim, Key<'_>)>)> = keys.iter().map(|key| group_of(key)).collect();
    let mut sources = Sources::default();
    breakdown::each_evidence(figures, &asked, &mut |at, evidence| {
        let (id, group) = &asked[at];
        let Some(figure) = figures.figure(id) else {
            return;
        };
        let label = match group.first() {
            Some((dim, key)) => format!(
                "{}：{}",
                figure.label.get(lang),
                key.label(*dim, figures.basis(), lang)
            ),
            None => figure.label.get(lang).to_owned(),
        };
        let records = &figures.basis().records;
        let entry = |id: crate::model::Id| {
            let name = super::words::name_of(records, id)
                .filter(|_| naming.is_full() && matches!(id.kind(), Kind::Child | Kind::Helper));
            Source {
                id: id.to_string(),
                text: name.map(str::to_owned),
            }
        };
        let mut ids: Vec<_> = evidence
            .members
            .iter()
            .filter_map(|member| member.subject.record())
            .collect();
        ids.dedup();
        let counted = Behind {
            label,
            method: figure.how.get(lang).to_owned(),
            total: ids.len(),
            entries: ids.into_iter().take(NAMED).map(entry).collect(),
        };
        sources.insert(&keys[at], counted);
    });
    sources
}

/// The figure and the group of a key: `visits`, `visits@class=2022-1`.
fn group_of(key: &str) -> (&str, Vec<(Dim, Key<'_>)>) {
    let (id, group) = key.split_once('@').unwrap_or((key, ""));
    let group = group.split_once('=').and_then(|(dim, key)| {
        let dim = Dim::of_code(dim)?;
        Some((dim, Key::parse(dim, key)?))
    });
    (id, group.into_iter().collect())
}
