//! The figures as templates see them: values in words, groups, the values of the term compared with; small groups
//! hidden where the report is for the public.

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

/// Records that are named behind a number; more are only counted.
const NAMED: usize = 400;

/// A value in words.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    /// What leads to its records: `children`, `children@class=2022-1`.
    pub(super) key: String,
    /// What it is called.
    pub(super) label: String,
    /// The number; 0 of what may not be told.
    pub(super) value: f64,
    /// The number in words; empty where there is none, or it may not be told.
    pub(super) text: String,
    /// The whole; 0 where there is none.
    pub(super) of_value: f64,
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
    /// The figures of other terms by the term that was asked for; none where there is no such term.
    terms: Mutex<HashMap<String, Option<OfTerm>>>,
    /// The term that was asked for and is not counted yet.
    asked_term: Mutex<Option<String>>,
    /// The terms that may be asked for.
    known_terms: Vec<String>,
    /// Whether the report is for the public: then a group that may not be told is not there, rather than 0.
    is_public: bool,
}

/// The figures of a term by id.
type OfTerm = Arc<HashMap<String, Cell>>;

/// The groups along some dimensions, and the figures' values in them by figure and keys.
#[derive(Debug, Default)]
pub(super) struct Split {
    pub(super) groups: Vec<GroupName>,
    /// By what they are divided: to the public maybe by less than was asked for.
    pub(super) dims: Vec<Dim>,
    cells: HashMap<String, HashMap<Vec<String>, Cell>>,
}

/// What there is not.
pub(super) enum Missing {
    /// A figure of this id; the nearest that there is.
    Figure(String, Option<String>),
    /// A dimension of this name.
    Dimension(String),
    /// A term of this id; the nearest that there is.
    Term(String, Option<String>),
    /// What was asked for is not counted yet: the template is filled again.
    NotCounted,
}

impl TemplateFigures {
    /// The figures of some days, beside those of others; of them only what a release to the public tells, if it is one.
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
                |value| cell(&figure.id, label, of_told(value, figure, release), figure),
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
            let value = of_told(value, figure, release);
            let cell = cell(&figure.id, figure.label.get(lang), value, figure);
            known.before.insert(figure.id.clone(), cell);
        }
        known
    }

    /// Counts the groups that a template asked for and did not find; whether there were such.
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

    /// A figure of another term: of the one of an id, or of [`PREVIOUS`]; none where no term is before, and in a report
    /// for the public.
    ///
    /// # Errors
    ///
    /// What there is not: the figure, the term; or that it is not counted yet.
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
            Missing::NotCounted
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
    /// Counts the groups; to the public those that stand for them, and only of what may be told so.
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

/// The term before, as templates ask for it.
pub(super) const PREVIOUS: &str = "previous";

/// The figures of a term, as of today; none where there is no such term.
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

/// A value with its whole, unless that is a number of pupils which a release does not tell.
fn of_told(value: Value, figure: &Figure, release: Option<&Release>) -> Value {
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

/// A value as a report writes it: whole yuan without their decimals.
fn in_words(figure: &Figure, value: i64) -> String {
    let text = figure.number(value);
    let whole = text.strip_suffix(".00").map(str::to_owned);
    whole.unwrap_or(text)
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
