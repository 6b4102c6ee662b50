//! Figures split up: by class, by guardianship, by helper, by month, by several of these at once.
//!
//! A child is in the class, guardianship and so on of the day: of the last day for a state and for the groups of
//! children, of its own day for an event. So a visit in October counts for the class that the child was in then.
//! What concerns two children of one class counts once in that class, and once in each class where they are in two;
//! the same holds for two helpers. Hardship has several values for a child, which then counts in each of them. Groups
//! therefore add up to the total along `gender`, `theme` or `mode`, and may add up to more along the others.
//! Along several dimensions at once a group is about the same child: girls of class 1, not class 1 with some girl.
//!
//! A month is no group of members but a [`Scope`] of its own: states count as of its last day, events within it,
//! and `children.visited` counts the children who were visited in that month.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

use super::figures::{
    Context, Evidence, Figure, Figures, Mark, Side, Sink, Subject, SubjectKey, Value,
};
use super::{Basis, Scope};
use crate::model::activity::Theme;
use crate::model::child::{Away, Child, Gender, GuardianshipKind, Hardship};
use crate::model::codes::{Code, codes};
use crate::model::visit::Mode;
use crate::model::{Class, Entry, Id, Kind};
use crate::text::{Lang, Text};

codes! {
    /// A dimension along which figures can be split.
    Dim {
        Class = "class", "班级", "class";
        Grade = "grade", "年级", "grade";
        Gender = "gender", "性别", "gender";
        Guardianship = "guardianship", "监护类型", "guardianship";
        Away = "away", "外出情况", "away";
        Hardship = "hardship", "困境类型", "hardship";
        Helper = "helper", "帮扶人", "helper";
        Village = "village", "村（社区）", "village";
        Month = "month", "月份", "month";
        Theme = "theme", "主题", "theme";
        Mode = "mode", "方式", "mode";
    }
}

/// A group along one dimension. Groups are ordered as people list them: months and grades upwards, classes by grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key<'a> {
    /// The first day of a month.
    Month(NaiveDate),
    /// The year in which a class entered, the latest first, and its number.
    Class(Reverse<u16>, u8),
    /// A grade.
    Grade(u8),
    /// A gender.
    Gender(Gender),
    /// A kind of guardianship.
    Guardianship(GuardianshipKind),
    /// Who is away.
    Away(Away),
    /// A hardship.
    Hardship(Hardship),
    /// A village.
    Village(&'a str),
    /// A helper.
    Helper(Id),
    /// A theme.
    Theme(Theme),
    /// A mode.
    Mode(Mode),
    /// Not known, or none.
    Unknown,
}

/// A group along several dimensions: a key for each.
pub type GroupKey<'a> = Vec<Key<'a>>;

/// How [`Key::Unknown`] is written.
pub const UNKNOWN: &str = "-";

impl Key<'_> {
    fn class(class: Class) -> Key<'static> {
        Key::Class(Reverse(class.entered), class.number)
    }

    /// What the group is called. Helpers and classes are called as on the last day.
    pub fn label(&self, dim: Dim, basis: &Basis<'_>, lang: Lang) -> String {
        let text = |text: Text| text.get(lang).to_owned();
        match *self {
            Key::Class(Reverse(entered), number) => {
                let class = Class { entered, number };
                basis.school.class_label(class, basis.scope.as_of, lang)
            }
            Key::Grade(grade) => basis.school.grade_label(grade, lang),
            Key::Gender(code) => text(code.label()),
            Key::Guardianship(code) => text(code.label()),
            Key::Away(code) => text(code.label()),
            Key::Hardship(code) => text(code.label()),
            Key::Theme(code) => text(code.label()),
            Key::Mode(code) => text(code.label()),
            Key::Helper(id) => match basis.records.helpers.get(id) {
                Some(helper) => helper.name.clone(),
                None => id.to_string(),
            },
            Key::Month(_) | Key::Village(_) => self.to_string(),
            Key::Unknown if matches!(dim, Dim::Hardship | Dim::Helper) => text(Text {
                zh: "无",
                en: "none",
            }),
            Key::Unknown => text(Text {
                zh: "未注明",
                en: "not stated",
            }),
        }
    }
}

impl<'t> Key<'t> {
    /// Reads the key of a group along a dimension, as it is written.
    pub fn parse(dim: Dim, text: &'t str) -> Option<Key<'t>> {
        if text == UNKNOWN {
            return Some(Key::Unknown);
        }
        match dim {
            Dim::Month => NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d")
                .ok()
                .map(Key::Month),
            Dim::Class => text.parse().ok().map(Key::class),
            Dim::Grade => text.parse().ok().map(Key::Grade),
            Dim::Gender => Gender::of_code(text).map(Key::Gender),
            Dim::Guardianship => GuardianshipKind::of_code(text).map(Key::Guardianship),
            Dim::Away => Away::of_code(text).map(Key::Away),
            Dim::Hardship => Hardship::of_code(text).map(Key::Hardship),
            Dim::Village => Some(Key::Village(text)),
            Dim::Helper => Id::parse(Kind::Helper, text).map(Key::Helper),
            Dim::Theme => Theme::of_code(text).map(Key::Theme),
            Dim::Mode => Mode::of_code(text).map(Key::Mode),
        }
    }
}

/// What a group of a figure was counted from: a key for each of some dimensions. None where there is no such figure,
/// it cannot be split so, or the month is not one of the days'.
pub fn evidence<'a>(
    figures: &Figures<'a>,
    id: &str,
    keys: &[(Dim, Key<'_>)],
) -> Option<Evidence<'a>> {
    let dims: Vec<Dim> = keys.iter().map(|(dim, _)| *dim).collect();
    if !figures.figure(id)?.splits_by(&dims) {
        return None;
    }
    let month = keys.iter().find_map(|(_, key)| match key {
        Key::Month(month) => Some(*month),
        _ => None,
    });
    let rest = keys.iter().filter(|(dim, _)| *dim != Dim::Month);
    let (dims, keys): (Vec<Dim>, GroupKey<'_>) = rest.copied().unzip();
    let within = |figures: &Figures<'a>| match dims.as_slice() {
        [] => figures.evidence(id),
        dims => figures.evidence_of_group(id, dims, &keys),
    };
    match month {
        None => within(figures),
        Some(month) => {
            let months = months(figures.basis());
            let (_, basis) = months.iter().find(|(first, _)| *first == month)?;
            within(&Figures::of(basis))
        }
    }
}

/// The key as scripts read and write it: `2022-1`, `4`, `female`, a helper's id, `2025-10`.
impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Key::Month(day) => write!(f, "{:04}-{:02}", day.year(), day.month()),
            Key::Class(Reverse(entered), number) => Class { entered, number }.fmt(f),
            Key::Grade(grade) => grade.fmt(f),
            Key::Gender(code) => code.fmt(f),
            Key::Guardianship(code) => code.fmt(f),
            Key::Away(code) => code.fmt(f),
            Key::Hardship(code) => code.fmt(f),
            Key::Village(name) => f.write_str(name),
            Key::Helper(id) => id.fmt(f),
            Key::Theme(code) => code.fmt(f),
            Key::Mode(code) => code.fmt(f),
            Key::Unknown => f.write_str(UNKNOWN),
        }
    }
}

/// A figure's value in one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'a> {
    /// The group.
    pub key: GroupKey<'a>,
    /// The value; its whole where the whole can be split too.
    pub value: Value,
}

/// A figure with its groups.
#[derive(Clone, Debug)]
pub struct Grouped<'a> {
    /// The figure's id.
    pub id: String,
    /// Its groups, in their natural order; the same groups for every figure that is split.
    pub groups: Vec<Group<'a>>,
}

/// The figures that can be split along some dimensions, in order, with their groups.
pub fn groups<'a>(figures: &Figures<'a>, dims: &[Dim]) -> Vec<Grouped<'a>> {
    let Some(at) = dims.iter().position(|dim| *dim == Dim::Month) else {
        return fill(grouped(figures, dims), figures, dims);
    };
    let rest: Vec<Dim> = dims
        .iter()
        .copied()
        .filter(|dim| *dim != Dim::Month)
        .collect();
    let mut all: Vec<Grouped<'a>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (month, basis) in months(figures.basis()) {
        let of_month = Figures::of(&basis);
        for mut figure in grouped(&of_month, &rest) {
            let splits = figures
                .figure(&figure.id)
                .is_some_and(|figure| figure.splits_by(dims));
            if !splits {
                continue;
            }
            for group in &mut figure.groups {
                group.key.insert(at.min(group.key.len()), Key::Month(month));
            }
            match places.get(&figure.id) {
                Some(place) => all[*place].groups.extend(figure.groups),
                None => {
                    places.insert(figure.id.clone(), all.len());
                    all.push(figure);
                }
            }
        }
    }
    fill(all, figures, dims)
}

fn grouped<'a>(figures: &Figures<'a>, dims: &[Dim]) -> Vec<Grouped<'a>> {
    if dims.is_empty() {
        let whole = |(figure, value): (&Figure, Value)| Grouped {
            id: figure.id.clone(),
            groups: vec![Group {
                key: Vec::new(),
                value,
            }],
        };
        return figures.rows().map(whole).collect();
    }
    let split = figures.groups(dims).into_iter();
    split
        .map(|(figure, groups)| Grouped {
            id: figure.id.clone(),
            groups,
        })
        .collect()
}

/// Gives every figure the groups of all, so that a class without visits is seen to have none.
fn fill<'a>(mut all: Vec<Grouped<'a>>, figures: &Figures<'a>, dims: &[Dim]) -> Vec<Grouped<'a>> {
    let keys: std::collections::BTreeSet<GroupKey<'a>> = all
        .iter()
        .flat_map(|figure| figure.groups.iter().map(|group| group.key.clone()))
        .collect();
    for grouped in &mut all {
        let whole = figures
            .figure(&grouped.id)
            .is_some_and(|figure| figure.whole_splits_by(dims));
        let nothing = Value {
            value: 0,
            of: whole.then_some(0),
        };
        let mut values: HashMap<GroupKey<'a>, Value> = grouped
            .groups
            .drain(..)
            .map(|group| (group.key, group.value))
            .collect();
        grouped.groups = keys
            .iter()
            .map(|key| Group {
                key: key.clone(),
                value: values.remove(key).unwrap_or(nothing),
            })
            .collect();
    }
    all
}

/// The months of the days, each with what is counted from in it; those that begin after the last day are left out.
pub fn months<'a>(basis: &Basis<'a>) -> Vec<(NaiveDate, Basis<'a>)> {
    let Scope {
        from, until, as_of, ..
    } = basis.scope;
    let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    let mut all = Vec::new();
    let mut month = first(from);
    while month <= until.min(as_of) {
        let Some(next) = month.checked_add_months(Months::new(1)) else {
            break;
        };
        let last = next.pred_opt().unwrap_or(month).min(until);
        let scope = Scope {
            from: month.max(from),
            until: last,
            as_of: last.min(as_of),
            ..basis.scope
        };
        all.push((month, Basis { scope, ..*basis }));
        month = next;
    }
    all
}

/// Whose class and so on is asked for.
#[derive(Clone, Copy)]
enum Face<'a> {
    Child(&'a Entry<Child>),
    Class(Class),
    Nobody,
}

/// The groups of a mark, written one after the other into a list: as many keys each as there are dimensions.
fn keys_of<'a>(context: &Context<'a>, dims: &[Dim], mark: &Mark<'_, 'a>, found: &mut Vec<Key<'a>>) {
    found.clear();
    let mut any = false;
    mark.subject.each_child(&mut |id| {
        if let Some(child) = context.child(id) {
            any = true;
            push_groups(context, dims, mark, Face::Child(child), found);
        }
    });
    mark.subject.each_class(&mut |class| {
        any = true;
        push_groups(context, dims, mark, Face::Class(class), found);
    });
    if !any {
        push_groups(context, dims, mark, Face::Nobody, found);
    }
}

fn push_groups<'a>(
    context: &Context<'a>,
    dims: &[Dim],
    mark: &Mark<'_, 'a>,
    face: Face<'a>,
    found: &mut Vec<Key<'a>>,
) {
    let width = dims.len();
    let mut rows: Vec<Key<'a>> = Vec::new();
    let mut count = 1;
    for (at, dim) in dims.iter().enumerate() {
        let mut keys = Vec::new();
        along(context, *dim, mark, face, &mut |key| {
            if !keys.contains(&key) {
                keys.push(key);
            }
        });
        if keys.is_empty() {
            keys.push(Key::Unknown);
        }
        let wider: Vec<Key<'a>> = (0..count)
            .flat_map(|row| keys.iter().map(move |key| (row, *key)))
            .flat_map(|(row, key)| {
                rows[row * at..(row + 1) * at]
                    .iter()
                    .copied()
                    .chain([key])
                    .collect::<Vec<_>>()
            })
            .collect();
        rows = wider;
        count *= keys.len();
    }
    for row in rows.chunks(width) {
        if !found.chunks(width).any(|known| known == row) {
            found.extend_from_slice(row);
        }
    }
}

/// Calls `each` with the keys of a mark along one dimension.
fn along<'a>(
    context: &Context<'a>,
    dim: Dim,
    mark: &Mark<'_, 'a>,
    face: Face<'a>,
    each: &mut dyn FnMut(Key<'a>),
) {
    let school = context.basis.school;
    let child = match face {
        Face::Child(child) => Some(child),
        Face::Class(_) | Face::Nobody => None,
    };
    let class = match face {
        Face::Child(child) => child.class_on(mark.day).map(|entry| entry.class),
        Face::Class(class) => Some(class),
        Face::Nobody => None,
    };
    let care = || child.and_then(|child| child.guardianship_on(mark.day));
    match dim {
        Dim::Class => class.map(Key::class).into_iter().for_each(each),
        Dim::Grade => match mark.subject {
            Subject::Pupils(_, grade) => each(Key::Grade(grade.0)),
            _ => class
                .and_then(|class| school.grade(class, mark.day))
                .map(Key::Grade)
                .into_iter()
                .for_each(each),
        },
        Dim::Gender => match mark.subject {
            Subject::Helper(helper) => helper.gender.map(Key::Gender).into_iter().for_each(each),
            _ => child
                .map(|child| Key::Gender(child.gender))
                .into_iter()
                .for_each(each),
        },
        Dim::Guardianship => care()
            .map(|care| Key::Guardianship(care.kind))
            .into_iter()
            .for_each(each),
        Dim::Away => care()
            .map(|care| Key::Away(care.away))
            .into_iter()
            .for_each(each),
        Dim::Hardship => child
            .iter()
            .flat_map(|child| &child.hardship)
            .map(|code| Key::Hardship(*code))
            .for_each(each),
        Dim::Village => child
            .and_then(|child| child.village.as_deref())
            .map(Key::Village)
            .into_iter()
            .for_each(each),
        Dim::Helper => helpers(context, mark, &mut |id| each(Key::Helper(id))),
        Dim::Theme => match mark.subject {
            Subject::Activity(activity) | Subject::Partner(_, activity) => {
                each(Key::Theme(activity.theme));
            }
            _ => {}
        },
        Dim::Mode => {
            if let Subject::Visit(visit) = mark.subject {
                each(Key::Mode(visit.mode));
            }
        }
        Dim::Month => {}
    }
}

/// The helpers of a record; of a child those who are paired with it on the day.
fn helpers(context: &Context<'_>, mark: &Mark<'_, '_>, each: &mut dyn FnMut(Id)) {
    let child = match mark.subject {
        Subject::Child(child) => Some(child.id),
        Subject::Owed(owed) if owed.helper.is_none() => owed.child,
        _ => None,
    };
    match child {
        Some(child) => context
            .pairings_of(child)
            .iter()
            .filter(|pairing| pairing.runs(mark.day))
            .for_each(|pairing| each(pairing.helper.id())),
        None => mark.subject.each_helper(each),
    }
}

/// Whether a mark belongs to a group.
pub(super) fn is_in<'a>(
    context: &Context<'a>,
    dims: &[Dim],
    mark: &Mark<'_, 'a>,
    key: &[Key<'_>],
) -> bool {
    let mut found = Vec::new();
    keys_of(context, dims, mark, &mut found);
    found.chunks(dims.len().max(1)).any(|group| group == key)
}

/// A figure's sums by group, and what counted already where it counts once.
#[derive(Default)]
struct Sums<'a> {
    values: BTreeMap<GroupKey<'a>, (i64, i64)>,
    seen: HashSet<(GroupKey<'a>, SubjectKey<'a>)>,
}

/// Sums by groups.
pub(super) struct Split<'c, 'd, 'a> {
    context: &'c Context<'a>,
    figures: &'c [Figure],
    dims: &'d [Dim],
    /// Of each figure whether it is split, and its whole too.
    splits: Vec<(bool, bool)>,
    sums: Vec<Sums<'a>>,
    keys: Vec<Key<'a>>,
}

impl<'c, 'd, 'a> Split<'c, 'd, 'a> {
    pub(super) fn new(context: &'c Context<'a>, figures: &'c [Figure], dims: &'d [Dim]) -> Self {
        let splits = |figure: &Figure| (figure.splits_by(dims), figure.whole_splits_by(dims));
        Split {
            context,
            figures,
            dims,
            splits: figures.iter().map(splits).collect(),
            sums: figures.iter().map(|_| Sums::default()).collect(),
            keys: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> Vec<(&'c Figure, Vec<Group<'a>>)> {
        let figures = self.figures.iter().zip(self.splits).zip(self.sums);
        figures
            .filter(|((_, (splits, _)), _)| *splits)
            .map(|((figure, (_, whole)), sums)| {
                let group = |(key, (value, of))| Group {
                    key,
                    value: Value {
                        value,
                        of: whole.then_some(of),
                    },
                };
                (figure, sums.values.into_iter().map(group).collect())
            })
            .collect()
    }
}

impl<'a> Sink<'a> for Split<'_, '_, 'a> {
    fn mark(&mut self, place: usize, side: Side, mark: &Mark<'_, 'a>) {
        let (splits, whole) = self.splits[place];
        if !splits || side == Side::Whole && !whole {
            return;
        }
        keys_of(self.context, self.dims, mark, &mut self.keys);
        let Sums { values, seen } = &mut self.sums[place];
        for key in self.keys.chunks(self.dims.len().max(1)) {
            if side == Side::Counted
                && self.figures[place].distinct
                && !seen.insert((key.to_vec(), mark.subject.key()))
            {
                continue;
            }
            if !values.contains_key(key) {
                values.insert(key.to_vec(), (0, 0));
            }
            if let Some((value, of)) = values.get_mut(key) {
                match side {
                    Side::Counted => *value += mark.amount,
                    Side::Whole => *of += mark.amount,
                }
            }
        }
    }
}
