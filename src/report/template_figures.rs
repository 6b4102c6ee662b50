//! The figures as template data: formatted values, groups, values of the compared term; small groups suppressed in a
//! report for the public.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::breakdown::{self, Dim, Key};
use crate::analysis::figures::{Counted, Figure, Figures, Member, Value};
use crate::analysis::release::Release;
use crate::analysis::{Basis, Scope};
use crate::document::{Counted as Behind, Source, Sources};
use crate::model::{Code, Id, Kind, Records};
use crate::text::{Lang, suggest};
use crate::tr;

use super::naming::Naming;

/// The maximum number of records listed behind a number; further ones are only counted.
const MAX_NAMED_SOURCES: usize = 400;

/// A formatted value.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    /// The key that links it to its records: `children`, `children@class=2022-1`.
    pub(super) key: String,
    /// The display name.
    pub(super) label: String,
    /// The number; 0 if suppressed.
    pub(super) value: f64,
    /// The formatted number; empty if there is none, or if suppressed.
    pub(super) text: String,
    /// The denominator; 0 if there is none.
    pub(super) of_value: f64,
    /// The formatted denominator.
    pub(super) of_text: String,
    /// The formatted share; empty without a denominator.
    pub(super) share: String,
    /// How many of the denominator do not count, formatted; empty without a denominator.
    pub(super) missing_text: String,
}

/// A group.
#[derive(Clone, Debug, Serialize)]
pub(super) struct GroupName {
    /// Its key: `2022-1`.
    pub(super) key: String,
    /// The display name: 四（1）班.
    pub(super) label: String,
}

/// The figures available to a template.
///
/// Groups are counted lazily: with many records this takes long, and most templates use few. A template function
/// cannot borrow the records, so it only notes a missing request; [`super::Writer`] counts it and renders the template
/// again, until nothing is missing.
#[derive(Debug, Default)]
pub(super) struct TemplateFigures {
    figures: HashMap<String, Cell>,
    order: Vec<String>,
    /// The list of each figure that belongs to a list of codes or names.
    lists: HashMap<String, &'static str>,
    before: HashMap<String, Cell>,
    splits: Mutex<HashMap<Vec<Dim>, Arc<Split>>>,
    /// The dimensions requested but not yet counted.
    asked: Mutex<Option<Vec<Dim>>>,
    /// The figures of other terms, by the requested term; `None` if there is no such term.
    terms: Mutex<HashMap<String, Option<OfTerm>>>,
    /// The term requested but not yet counted.
    asked_term: Mutex<Option<String>>,
    /// The ids of the existing terms.
    known_terms: Vec<String>,
    /// Whether the report is for the public: a suppressed group is then absent, rather than 0.
    is_public: bool,
}

/// The figures of a term, by id.
type OfTerm = Arc<HashMap<String, Cell>>;

/// The groups along some dimensions, with the value of each figure in each.
#[derive(Debug, Default)]
pub(super) struct Split {
    pub(super) groups: Vec<GroupName>,
    /// The dimensions actually used: in a public report possibly coarser than requested.
    pub(super) dims: Vec<Dim>,
    cells: HashMap<String, HashMap<Vec<String>, Cell>>,
}

/// Why a request could not be answered.
pub(super) enum Missing {
    /// No figure of this id; with the nearest existing one.
    Figure(String, Option<String>),
    /// No dimension of this name.
    Dimension(String),
    /// No term of this id; with the nearest existing one.
    Term(String, Option<String>),
    /// Not counted yet: the template has to be rendered again.
    NotCounted,
}

impl TemplateFigures {
    /// Formats the figures of a scope and of the compared one; of these only what `release` allows, if given.
    pub(super) fn of(
        figures: &Figures<'_>,
        before: Option<&Figures<'_>>,
        release: Option<&Release>,
        lang: Lang,
    ) -> TemplateFigures {
        let mut known = TemplateFigures {
            is_public: release.is_some(),
            known_terms: figures
                .basis()
                .records
                .terms
                .iter()
                .map(|term| term.id.to_string())
                .collect(),
            ..TemplateFigures::default()
        };
        for (figure, value) in figures.all() {
            let label = figure.label.get(lang);
            let value = value.filter(|_| release.is_none_or(|release| release.shows(&figure.id)));
            let cell = value.map_or_else(
                || Cell {
                    key: figure.id.clone(),
                    label: label.to_owned(),
                    ..Cell::default()
                },
                |value| {
                    cell(
                        &figure.id,
                        label,
                        with_published_denominator(value, figure, release),
                        figure,
                    )
                },
            );
            known.order.push(figure.id.clone());
            known
                .lists
                .extend(figure.list.map(|list| (figure.id.clone(), list)));
            known.figures.insert(figure.id.clone(), cell);
        }
        for (figure, value) in before.into_iter().flat_map(Figures::rows) {
            if release.is_some_and(|release| !release.shows_before(&figure.id)) {
                continue;
            }
            let value = with_published_denominator(value, figure, release);
            let cell = cell(&figure.id, figure.label.get(lang), value, figure);
            known.before.insert(figure.id.clone(), cell);
        }
        known
    }

    /// Counts what the template requested and did not find; returns whether there was any.
    pub(super) fn count_asked(
        &self,
        figures: &Figures<'_>,
        release: Option<&Release>,
        today: NaiveDate,
        lang: Lang,
    ) -> bool {
        let term = self
            .asked_term
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(asked) = term {
            let counted = of_term(figures, &asked, today, lang).map(Arc::new);
            let mut terms = self.terms.lock().unwrap_or_else(PoisonError::into_inner);
            return terms.insert(asked, counted).is_none();
        }
        let asked = self.asked.lock();
        let Some(dims) = asked.unwrap_or_else(PoisonError::into_inner).take() else {
            return false;
        };
        let split = Arc::new(Split::of(figures, &dims, release, lang));
        let mut splits = self.splits.lock().unwrap_or_else(PoisonError::into_inner);
        splits.insert(dims, split).is_none()
    }

    /// Returns a figure.
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

    /// Returns a figure of the compared term.
    pub(super) fn before(&self, id: &str) -> Option<&Cell> {
        self.before.get(id)
    }

    /// Returns a figure of another term, given by id or as [`PREVIOUS`]; `None` if there is no previous term, and in a
    /// report for the public.
    ///
    /// # Errors
    ///
    /// There is no such figure or term, or it is not counted yet.
    pub(super) fn in_term(&self, id: &str, term: &str) -> Result<Option<Cell>, Missing> {
        self.figure(id)?;
        if term != PREVIOUS && !self.known_terms.iter().any(|known| known == term) {
            let near = suggest::nearest(term, self.known_terms.iter().map(String::as_str));
            return Err(Missing::Term(term.to_owned(), near.map(str::to_owned)));
        }
        if self.is_public {
            return Ok(None);
        }
        let terms = self.terms.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(counted) = terms.get(term) else {
            *self
                .asked_term
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Some(term.to_owned());
            return Err(Missing::NotCounted);
        };
        let zero = || Cell {
            text: "0".to_owned(),
            ..Cell::default()
        };
        Ok(counted
            .as_ref()
            .map(|counted| counted.get(id).cloned().unwrap_or_else(zero)))
    }

    /// Returns a group of a figure, by dimensions and keys; 0 if the group has no members.
    ///
    /// # Errors
    ///
    /// There is no such figure or dimension, or the groups are not counted yet.
    pub(super) fn group(&self, id: &str, by: &[(String, String)]) -> Result<Cell, Missing> {
        let whole = self.figure(id)?;
        let mut asked = Vec::new();
        for (dim, key) in by {
            let dim = Dim::of_code(dim).ok_or_else(|| Missing::Dimension(dim.clone()))?;
            asked.push((dim, key.clone()));
        }
        // The order of the dimensions does not matter.
        asked.sort();
        let (dims, keys): (Vec<Dim>, Vec<String>) = asked.into_iter().unzip();
        let split = self.split(dims.clone())?;
        let found = split.cells.get(id).and_then(|cells| cells.get(&keys));
        if found.is_none() && self.is_public {
            return Ok(Cell {
                key: whole.key.clone(),
                label: whole.label.clone(),
                ..Cell::default()
            });
        }
        Ok(found.cloned().unwrap_or_else(|| Cell {
            key: group_key(id, &dims, &keys),
            label: whole.label.clone(),
            text: "0".to_owned(),
            of_text: "0".to_owned(),
            missing_text: "0".to_owned(),
            ..Cell::default()
        }))
    }

    /// Returns the groups along a dimension.
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
            Missing::NotCounted
        })
    }

    /// Whether a figure has a value: a median of nothing has none, nor has a code that does not occur.
    pub(super) fn has(&self, id: &str) -> bool {
        self.figures
            .get(id)
            .is_some_and(|cell| !cell.text.is_empty())
    }

    /// The non-zero figures below an id, largest first: `visits.home` and so on below `visits`.
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
    /// Counts the groups; in a public report those that replace them, and only what may be published so.
    fn of(figures: &Figures<'_>, asked: &[Dim], release: Option<&Release>, lang: Lang) -> Split {
        let basis = figures.basis();
        let mut split = Split::default();
        let Some(dims) = release.map_or_else(|| Some(asked.to_vec()), |to| to.dims(asked)) else {
            return split;
        };
        split.dims.clone_from(&dims);
        let dims = &dims[..];
        let is_told = |id: &str| release.is_none_or(|release| release.splits(id, dims));
        let mut known: BTreeSet<Key<'_>> = BTreeSet::new();
        for grouped in breakdown::groups(figures, dims, &|figure| is_told(&figure.id)) {
            let Some(figure) = figures.figure(&grouped.id) else {
                continue;
            };
            let mut cells = HashMap::new();
            for group in &grouped.groups {
                if let [key] = group.key[..]
                    && !figure.of_then
                {
                    known.insert(key);
                }
                let keys: Vec<String> = group.key.iter().map(ToString::to_string).collect();
                let name = group_key(&grouped.id, dims, &keys);
                let value = if release.is_some() && figure.of == Some(Counted::Pupils) {
                    Value {
                        of: None,
                        ..group.value
                    }
                } else {
                    group.value
                };
                cells.insert(keys, cell(&name, figure.label.get(lang), value, figure));
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

/// The name for the previous term in templates.
pub(super) const PREVIOUS: &str = "previous";

/// The figures of a term, as of today; `None` if there is no such term.
fn of_term(
    figures: &Figures<'_>,
    asked: &str,
    today: NaiveDate,
    lang: Lang,
) -> Option<HashMap<String, Cell>> {
    let basis = figures.basis();
    let mut terms = basis.records.terms.iter();
    let term = if asked == PREVIOUS {
        basis.term_before()
    } else {
        terms.find(|term| term.id.to_string() == asked)
    };
    let scope = Scope::of_term(term?, today, basis.scope.definition);
    let then = figures.on(scope);
    let cells = then.rows().map(|(figure, value)| {
        (
            figure.id.clone(),
            cell(&figure.id, figure.label.get(lang), value, figure),
        )
    });
    Some(cells.collect())
}

/// The value, without a denominator that `release` suppresses.
fn with_published_denominator(value: Value, figure: &Figure, release: Option<&Release>) -> Value {
    let hides = figure.of == Some(Counted::Pupils)
        && release.is_some_and(|release| !release.shows("students"));
    Value {
        of: value.of.filter(|_| !hides),
        ..value
    }
}

fn cell(key: &str, label: &str, value: Value, figure: &Figure) -> Cell {
    let in_words = |value| in_words(figure, value);
    #[expect(clippy::cast_precision_loss, reason = "counts of a school")]
    let (number, of_value) = (value.value as f64, value.of.unwrap_or(0) as f64);
    Cell {
        of_value,
        key: key.to_owned(),
        label: label.to_owned(),
        value: number,
        text: in_words(value.value),
        of_text: value.of.map_or_else(String::new, in_words),
        share: value
            .share()
            .map_or_else(String::new, |share| share.to_string()),
        missing_text: value
            .of
            .map_or_else(String::new, |of| in_words(of - value.value)),
    }
}

/// The key that links a group to its records: `visits@class=2022-1`, `children@class=2022-1&gender=female`.
fn group_key(id: &str, dims: &[Dim], keys: &[String]) -> String {
    let parts = dims.iter().zip(keys);
    let parts: Vec<String> = parts
        .map(|(dim, key)| format!("{}={key}", dim.code()))
        .collect();
    format!("{id}@{}", parts.join("&"))
}

/// The key prefix for the members of the denominator that do not count.
pub(super) const MISSING: char = '!';

/// Formats a value for reports: whole yuan without decimals.
fn in_words(figure: &Figure, value: i64) -> String {
    let text = figure.number(value);
    let whole = text.strip_suffix(".00").map(str::to_owned);
    whole.unwrap_or(text)
}

/// Returns the records behind the figures shown in a document, by key.
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
            entries: ids.into_iter().take(MAX_NAMED_SOURCES).map(entry).collect(),
        };
        sources.insert(&keys[at], counted);
    });
    sources
}

/// Describes a record behind a number: by the person, if names are shown, or else by kind and class.
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

/// Parses a key into figure and group: `visits`, `visits@class=2022-1`.
fn group_of(key: &str) -> (&str, Vec<(Dim, Key<'_>)>) {
    let (id, group) = key.split_once('@').unwrap_or((key, ""));
    let group = group.split('&').filter_map(|part| {
        let (dim, key) = part.split_once('=')?;
        let dim = Dim::of_code(dim)?;
        Some((dim, Key::parse(dim, key)?))
    });
    (id, group.collect())
}
