//! The figures as templates see them: values in words, groups, the values of the term compared with; small groups
//! hidden where the report is for the public.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

use crate::analysis::breakdown::{self, Dim, Key};
use crate::analysis::figures::{Counted, Figures, Member, Unit, Value};
use crate::analysis::{Basis, suppress};
use crate::document::{Counted as Behind, Source, Sources};
use crate::model::{Code, Id, Kind, Records};
use crate::text::{Lang, suggest};
use crate::tr;

use super::naming::Naming;

/// What stands where a small group is hidden.
const HIDDEN: &str = "＊";

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
    /// How many of the whole are missing, in words; empty without a whole.
    pub(super) missing_text: String,
}

/// A group.
#[derive(Clone, Debug, Serialize)]
pub(super) struct GroupName {
    /// Its key: `2022-1`.
    pub(super) key: String,
    /// What it is called: 四（1）班.
    pub(super) label: String,
}

/// The figures as templates see them.
///
/// Groups are counted when a template asks for them: of many records that takes long, and most templates ask for few.
/// A template function cannot borrow the records, so it only notes what it did not find; [`super::Writer`] counts
/// that and fills the template again, until nothing is missing.
#[derive(Debug, Default)]
pub(super) struct TemplateFigures {
    figures: HashMap<String, Cell>,
    order: Vec<String>,
    /// Of each figure that is one of a list of codes or names which.
    lists: HashMap<String, &'static str>,
    before: HashMap<String, Cell>,
    splits: Mutex<HashMap<Vec<Dim>, Arc<Split>>>,
    /// The dimensions that were asked for and are not counted yet.
    asked: Mutex<Option<Vec<Dim>>>,
}

/// The groups along some dimensions, and the figures' values in them by figure and keys.
#[derive(Debug, Default)]
pub(super) struct Split {
    pub(super) groups: Vec<GroupName>,
    cells: HashMap<String, HashMap<Vec<String>, Cell>>,
}

/// What there is not.
pub(super) enum Missing {
    /// A figure of this id; the nearest that there is.
    Figure(String, Option<String>),
    /// A dimension of this name.
    Dimension(String),
    /// The groups are not counted yet: the template is filled again.
    Groups,
}

impl TemplateFigures {
    /// The figures of some days, beside those of others; groups of fewer than `least` children hidden, if there is
    /// such a bound.
    pub(super) fn of(
        figures: &Figures<'_>,
        before: Option<&Figures<'_>>,
        least: Option<u32>,
        lang: Lang,
    ) -> TemplateFigures {
        let mut known = TemplateFigures::default();
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
            known.order.push(figure.id.clone());
            known
                .lists
                .extend(figure.list.map(|list| (figure.id.clone(), list)));
            known.figures.insert(figure.id.clone(), cell);
        }
        for (figure, value) in before.into_iter().flat_map(Figures::rows) {
            let cell = cell(&figure.id, figure.label.get(lang), value, figure.unit);
            known.before.insert(figure.id.clone(), cell);
        }
        if let Some(least) = least {
            hide(&mut known.figures, figures, least);
            if let Some(before) = before {
                hide(&mut known.before, before, least);
            }
        }
        known
    }

    /// Counts the groups that a template asked for and did not find; whether there were such.
    pub(super) fn count_asked(
        &self,
        figures: &Figures<'_>,
        least: Option<u32>,
        lang: Lang,
    ) -> bool {
        let asked = self.asked.lock();
        let Some(dims) = asked.unwrap_or_else(PoisonError::into_inner).take() else {
            return false;
        };
        let split = Arc::new(Split::of(figures, &dims, least, lang));
        let mut splits = self.splits.lock().unwrap_or_else(PoisonError::into_inner);
        splits.insert(dims, split).is_none()
    }

    /// A figure.
    ///
    /// # Errors
    ///
    /// There is no such figure.
    pub(super) fn figure(&self, id: &str) -> Result<&Cell, Missing> {
        self.figures.get(id).ok_or_else(|| {
            let near = suggest::nearest(id, self.order.iter().map(String::as_str));
            Missing::Figure(id.to_owned(), near.map(str::to_owned))
        })
    }

    /// A figure of the term compared with.
    pub(super) fn before(&self, id: &str) -> Option<&Cell> {
        self.before.get(id)
    }

    /// A group of a figure, by dimensions and their keys; 0 where the group has none of it.
    ///
    /// # Errors
    ///
    /// What there is not: the figure, a dimension; or that its groups are not counted yet.
    pub(super) fn group(&self, id: &str, by: &[(String, String)]) -> Result<Cell, Missing> {
        let whole = self.figure(id)?;
        let mut asked = Vec::new();
        for (dim, key) in by {
            let dim = Dim::of_code(dim).ok_or_else(|| Missing::Dimension(dim.clone()))?;
            asked.push((dim, key.clone()));
        }
        // A group is the same in whatever order its dimensions are named.
        asked.sort();
        let (dims, keys): (Vec<Dim>, Vec<String>) = asked.into_iter().unzip();
        let split = self.split(dims.clone())?;
        let found = split.cells.get(id).and_then(|cells| cells.get(&keys));
        Ok(found.cloned().unwrap_or_else(|| Cell {
            key: group_key(id, &dims, &keys),
            label: whole.label.clone(),
            text: "0".to_owned(),
            of_text: "0".to_owned(),
            missing_text: "0".to_owned(),
            ..Cell::default()
        }))
    }

    /// The groups of a dimension.
    ///
    /// # Errors
    ///
    /// There is no such dimension, or it is not counted yet.
    pub(super) fn groups(&self, dim: &str) -> Result<Arc<Split>, Missing> {
        let dim = Dim::of_code(dim).ok_or_else(|| Missing::Dimension(dim.to_owned()))?;
        self.split(vec![dim])
    }

    fn split(&self, dims: Vec<Dim>) -> Result<Arc<Split>, Missing> {
        let splits = self.splits.lock().unwrap_or_else(PoisonError::into_inner);
        splits.get(&dims).cloned().ok_or_else(|| {
            *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(dims);
            Missing::Groups
        })
    }

    /// Whether a figure has a value: there is no median of nothing, and none of a code that nothing has.
    pub(super) fn has(&self, id: &str) -> bool {
        self.figures
            .get(id)
            .is_some_and(|cell| !cell.text.is_empty())
    }

    /// The figures below one that are not 0, the largest first: `visits.home` and so on below `visits`.
    pub(super) fn below(&self, id: &str) -> Vec<String> {
        let is_below = |known: &str| self.lists.get(known).is_some_and(|list| *list == id);
        let mut below: Vec<&String> = self
            .order
            .iter()
            .filter(|known| is_below(known) && self.figures[*known].value > 0.0)
            .collect();
        below.sort_by(|a, b| self.figures[*b].value.total_cmp(&self.figures[*a].value));
        below.into_iter().cloned().collect()
    }
}

impl Split {
    fn of(figures: &Figures<'_>, dims: &[Dim], least: Option<u32>, lang: Lang) -> Split {
        let basis = figures.basis();
        let mut split = Split::default();
        let mut known: BTreeSet<Key<'_>> = BTreeSet::new();
        for grouped in breakdown::groups(figures, dims, &|_| true) {
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
                if let [key] = group.key[..]
                    && !figure.of_then
                {
                    known.insert(key);
                }
                let keys: Vec<String> = group.key.iter().map(ToString::to_string).collect();
                let name = group_key(&grouped.id, dims, &keys);
                let mut cell = cell(&name, figure.label.get(lang), value, figure.unit);
                if hidden {
                    cell.hide(least.unwrap_or_default());
                }
                cells.insert(keys, cell);
            }
            split.cells.insert(grouped.id, cells);
        }
        if let [dim] = dims {
            let names = known.iter().map(|key| GroupName {
                key: key.to_string(),
                label: key.label(*dim, basis, lang),
            });
            split.groups = names.collect();
        }
        split
    }
}

impl Cell {
    fn hide(&mut self, least: u32) {
        self.value = f64::from(least);
        self.text = HIDDEN.to_owned();
        self.share = HIDDEN.to_owned();
        self.missing_text = HIDDEN.to_owned();
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
        missing_text: value
            .of
            .map_or_else(String::new, |of| in_unit(of - value.value, unit)),
    }
}

/// What leads to the records of a group: `visits@class=2022-1`, `children@class=2022-1&gender=female`.
fn group_key(id: &str, dims: &[Dim], keys: &[String]) -> String {
    let parts = dims.iter().zip(keys);
    let parts: Vec<String> = parts
        .map(|(dim, key)| format!("{}={key}", dim.code()))
        .collect();
    format!("{id}@{}", parts.join("&"))
}

/// Before the key of a figure: those of its whole that it does not count.
pub(super) const MISSING: char = '!';

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
    let asked: Vec<(&str, Vec<(Dim, Key<'_>)>)> = keys
        .iter()
        .map(|key| group_of(key.strip_prefix(MISSING).unwrap_or(key)))
        .collect();
    let mut sources = Sources::default();
    breakdown::each_evidence(figures, &asked, &mut |at, evidence| {
        let (id, group) = &asked[at];
        let Some(figure) = figures.figure(id) else {
            return;
        };
        let is_missing = keys[at].starts_with(MISSING);
        let mut label = figure.label.get(lang).to_owned();
        for (dim, key) in group {
            label = tr!(
                lang,
                "report-source-group",
                label = label.as_str(),
                group = key.label(*dim, figures.basis(), lang)
            );
        }
        if is_missing {
            label = tr!(lang, "report-source-missing", label = label.as_str());
        }
        let records = &figures.basis().records;
        let entry = |id: Id| Source {
            id: id.to_string(),
            text: source_text(records, figures.basis(), id, naming, lang),
        };
        let members: Vec<&Member<'_>> = if is_missing {
            evidence.missing()
        } else {
            evidence.members.iter().collect()
        };
        let mut ids: Vec<_> = members
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

/// What a record behind a number is: who, where names are shown; else the kind and the class.
fn source_text(
    records: &Records,
    basis: &Basis<'_>,
    id: Id,
    naming: &Naming,
    lang: Lang,
) -> Option<String> {
    let class_of = |child: Id| {
        let class = records
            .children
            .get(child)?
            .class_on(basis.scope.as_of)?
            .class;
        Some(basis.school.class_label(class, basis.scope.as_of, lang))
    };
    match id.kind() {
        Kind::Child if !naming.is_full() => class_of(id),
        Kind::Child | Kind::Helper => {
            let name = super::words::name_of(records, id)?;
            Some(naming.person(id, name))
        }
        kind => Some(kind.info().label.get(lang).to_owned()),
    }
}

/// The figure and the group of a key: `visits`, `visits@class=2022-1`.
fn group_of(key: &str) -> (&str, Vec<(Dim, Key<'_>)>) {
    let (id, group) = key.split_once('@').unwrap_or((key, ""));
    let group = group.split('&').filter_map(|part| {
        let (dim, key) = part.split_once('=')?;
        let dim = Dim::of_code(dim)?;
        Some((dim, Key::parse(dim, key)?))
    });
    (id, group.collect())
}
