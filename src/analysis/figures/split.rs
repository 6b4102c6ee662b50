//! A sink that sums marks by group.

use std::cell::Cell;
use std::ops::Range;

use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt, HashSet};

use super::context::Context;
use super::evidence::{Mark, Value};
use super::figure::Figure;
use super::out::{Side, Sink};
use super::subject::{Part, Subject, SubjectKey};
use crate::analysis::dimension::{Dim, GroupKey, Key};
use crate::model::child::Child;
use crate::model::{Class, Entry, EntryRef, Id};

/// A figure's value in one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'a> {
    /// The group.
    pub key: GroupKey<'a>,
    /// The value; with a denominator only if that can be split too.
    pub value: Value,
}

/// The child or class whose attributes are looked up.
#[derive(Clone, Copy)]
enum GroupSubject<'a> {
    Child(&'a Entry<Child>),
    Class(Class),
    Nobody,
}

/// Writes the groups of a mark into `found`, one key per dimension each, one group after the other.
pub(super) fn keys_of<'a>(
    context: &Context<'a>,
    dims: &[Dim],
    mark: &Mark<'_, 'a>,
    found: &mut Vec<Key<'a>>,
) {
    found.clear();
    let mut any = false;
    let mut row = Vec::with_capacity(dims.len());
    let mut subject_of_group = |subject_of_group| {
        any = true;
        push_groups(context, dims, mark, subject_of_group, &mut row, found);
    };
    mark.subject.each_child(&mut |id| {
        if let Some(child) = context.child(id) {
            subject_of_group(GroupSubject::Child(child));
        }
    });
    mark.subject
        .each_class(&mut |class| subject_of_group(GroupSubject::Class(class)));
    if !any {
        push_groups(context, dims, mark, GroupSubject::Nobody, &mut row, found);
    }
}

/// Appends every group whose keys start with those in `row`.
fn push_groups<'a>(
    context: &Context<'a>,
    dims: &[Dim],
    mark: &Mark<'_, 'a>,
    subject_of_group: GroupSubject<'a>,
    row: &mut Vec<Key<'a>>,
    found: &mut Vec<Key<'a>>,
) {
    let Some(dim) = dims.get(row.len()) else {
        if !found.chunks(dims.len().max(1)).any(|known| known == row) {
            found.extend_from_slice(row);
        }
        return;
    };
    let any = Cell::new(false);
    let mut with = |key| {
        any.set(true);
        row.push(key);
        push_groups(context, dims, mark, subject_of_group, row, found);
        row.pop();
    };
    along(context, *dim, mark, subject_of_group, &mut with);
    if !any.get() {
        with(Key::Unknown);
    }
}

/// Calls `each` with the keys of a mark along one dimension.
fn along<'a>(
    context: &Context<'a>,
    dim: Dim,
    mark: &Mark<'_, 'a>,
    subject_of_group: GroupSubject<'a>,
    each: &mut dyn FnMut(Key<'a>),
) {
    let school = context.basis.school;
    let entry = match subject_of_group {
        GroupSubject::Child(child) => Some(child),
        GroupSubject::Class(_) | GroupSubject::Nobody => None,
    };
    let child_id = entry.map(|entry| entry.id);
    let child = entry.map(|entry| &entry.record);
    let class = match subject_of_group {
        GroupSubject::Child(child) => child.class_on(mark.day).map(|entry| entry.class),
        GroupSubject::Class(class) => Some(class),
        GroupSubject::Nobody => None,
    };
    let care = || child.and_then(|child| child.guardianship_on(mark.day));
    match dim {
        Dim::Class => class.map(Key::class).into_iter().for_each(each),
        Dim::Grade => match mark.subject {
            Subject::Part(_, Part::Grade(grade)) => each(Key::Grade(grade.0)),
            _ => class
                .and_then(|class| school.grade(class, mark.day))
                .map(Key::Grade)
                .into_iter()
                .for_each(each),
        },
        Dim::Gender => match mark.subject {
            Subject::Record(EntryRef::Helper(helper)) => {
                helper.gender.map(Key::Gender).into_iter().for_each(each)
            }
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
        Dim::Theme => {
            let activity = mark.subject.activity();
            activity
                .map(|activity| Key::Theme(activity.theme))
                .into_iter()
                .for_each(each);
        }
        Dim::Mode => {
            let visit = mark.subject.visit();
            visit
                .map(|visit| Key::Mode(visit.mode))
                .into_iter()
                .for_each(each);
        }
        Dim::Risk => child_id
            .and_then(|child| context.risk_on(child, mark.day))
            .map(Key::Risk)
            .into_iter()
            .for_each(each),
        Dim::Role => {
            if let Subject::Record(EntryRef::Pairing(pairing)) = mark.subject {
                each(Key::Role(pairing.role));
            }
        }
        Dim::Occasion => {
            let occasion = match mark.subject.entry() {
                Some(EntryRef::Visit(visit)) => visit.occasion.map(Key::Occasion),
                Some(EntryRef::Activity(activity)) => activity.occasion.map(Key::Occasion),
                Some(EntryRef::Aid(aid)) => aid.occasion.map(Key::of_aid),
                _ => None,
            };
            occasion.into_iter().for_each(each);
        }
        Dim::Week | Dim::Month | Dim::Term | Dim::Year => {}
    }
}

/// The helpers of a record; for a child, those paired with it on the day.
fn helpers(context: &Context<'_>, mark: &Mark<'_, '_>, each: &mut dyn FnMut(Id)) {
    let child = match mark.subject {
        Subject::Record(EntryRef::Child(child))
        | Subject::Parent(child, _)
        | Subject::Birthday(child, _) => Some(child.id),
        Subject::Owed(_, owed) if owed.helper.is_none() => owed.child,
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

/// A figure's sums by group, and the subjects already counted in each if it is distinct.
#[derive(Default)]
struct Sums<'a> {
    /// The value and the denominator by group number; `None` for a group that the figure does not have.
    values: Vec<Option<(i64, i64)>>,
    seen: HashSet<(u32, SubjectKey<'a>)>,
}

impl Sums<'_> {
    fn of_group(&mut self, group: u32) -> &mut (i64, i64) {
        let group = group as usize;
        if self.values.len() <= group {
            self.values.resize(group + 1, None);
        }
        self.values[group].get_or_insert((0, 0))
    }
}

/// Sums figures by group.
pub(in crate::analysis) struct Split<'c, 'd, 'a> {
    context: &'c Context<'a>,
    figures: &'c [Figure],
    dims: &'d [Dim],
    /// For each figure, whether it is split, and whether its denominator is.
    splits: Vec<(bool, bool)>,
    sums: Vec<Sums<'a>>,
    /// The groups found so far by number, and the reverse.
    groups: Vec<GroupKey<'a>>,
    numbers: HashMap<GroupKey<'a>, u32>,
    keys: Vec<Key<'a>>,
    /// The groups of the last subject, cached: the same subject mostly counts for several figures in a row.
    known: Vec<u32>,
    known_of: Option<(SubjectKey<'a>, NaiveDate)>,
}

impl<'c, 'd, 'a> Split<'c, 'd, 'a> {
    pub(in crate::analysis) fn new(
        context: &'c Context<'a>,
        figures: &'c [Figure],
        dims: &'d [Dim],
        wanted: &dyn Fn(&Figure) -> bool,
    ) -> Self {
        let splits = |figure: &Figure| {
            let splits = figure.splits_by(dims) && wanted(figure);
            (splits, splits && figure.denominator_splits_by(dims))
        };
        Split {
            context,
            figures,
            dims,
            splits: figures.iter().map(splits).collect(),
            sums: figures.iter().map(|_| Sums::default()).collect(),
            groups: Vec::new(),
            numbers: HashMap::new(),
            keys: Vec::new(),
            known: Vec::new(),
            known_of: None,
        }
    }

    /// Whether any of the figures at these indices is split.
    pub(in crate::analysis) fn takes(&self, mut places: Range<usize>) -> bool {
        places.any(|place| self.splits[place].0)
    }

    pub(in crate::analysis) fn finish(self) -> Vec<(&'c Figure, Vec<Group<'a>>)> {
        let groups = &self.groups;
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_unstable_by(|a, b| groups[*a].cmp(&groups[*b]));
        let figures = self.figures.iter().zip(self.splits).zip(self.sums);
        figures
            .filter(|((_, (splits, _)), _)| *splits)
            .map(|((figure, (_, whole)), sums)| {
                let group = |at: &usize| {
                    let (value, of) = sums.values.get(*at).copied().flatten()?;
                    Some(Group {
                        key: groups[*at].clone(),
                        value: Value {
                            value,
                            of: whole.then_some(of),
                        },
                    })
                };
                (figure, order.iter().filter_map(group).collect())
            })
            .collect()
    }

    /// Looks up the groups of a mark.
    fn look_up(&mut self, mark: &Mark<'_, 'a>) {
        keys_of(self.context, self.dims, mark, &mut self.keys);
        self.known.clear();
        for key in self.keys.chunks(self.dims.len().max(1)) {
            let number = match self.numbers.get(key) {
                Some(number) => *number,
                None => {
                    let number = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
                    self.groups.push(key.to_vec());
                    self.numbers.insert(key.to_vec(), number);
                    number
                }
            };
            self.known.push(number);
        }
    }
}

impl<'a> Sink<'a> for Split<'_, '_, 'a> {
    fn mark(&mut self, place: usize, side: Side, mark: &Mark<'_, 'a>) {
        let (splits, whole) = self.splits[place];
        if !splits || side == Side::Whole && !whole {
            return;
        }
        let subject = (mark.subject.key(), mark.day);
        if self.known_of != Some(subject) || mark.subject.is_named_by_several() {
            self.look_up(mark);
            self.known_of = Some(subject);
        }
        let sums = &mut self.sums[place];
        let once = side == Side::Counted && self.figures[place].distinct;
        for group in &self.known {
            if once && !sums.seen.insert((*group, subject.0)) {
                continue;
            }
            let (value, of) = sums.of_group(*group);
            match side {
                Side::Counted => *value += mark.amount,
                Side::Whole => *of += mark.amount,
            }
        }
    }
}
