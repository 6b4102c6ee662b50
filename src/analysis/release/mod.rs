//! Decides which figures may be published: no published number may single out a few children.
//!
//! `decide` works on sets of children; this module says which figures are such sets. Counts of events (visits, aid,
//! activities) are not and are published, except for what was done about children at risk or in distress.

mod decide;
mod set;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use super::breakdown;
use super::dimension::{Dim, Key};
use super::figures::{Counted, Evidence, Figure, Figures, Statistic, Unit};
use crate::model::duty::{Duty, OwedTo};
use crate::model::{Id, Kind};
use crate::text::name;
use decide::{Candidate, Decision, decide};
use set::Set;

/// Figures that are never published, with those below them: what was done about risk and distress. Talks and time
/// spent together are always suppressed along with counselling, so that it cannot be computed from the total.
const NEVER: &[&str] = &[
    "incidents",
    "risk",
    "referrals",
    "assessments.worse.priority",
    "visits.counselling",
    "visits.talk",
    "visits.accompany",
    "visits.observation",
    "visits.minutes.counselling",
    "visits.minutes.talk",
    "visits.minutes.accompany",
    "visits.minutes.observation",
];

/// Figures that are always subsets of another.
const WITHIN: &[(&str, &str)] = &[
    ("children.home-visited", "children.visited"),
    ("children.talked", "children.visited"),
    ("children.heard", "children.visited"),
    ("helpers.continuity", "children.paired"),
    ("assessments.improved", "children.assessed"),
    ("assessments.unchanged", "children.assessed"),
    ("assessments.worse", "children.assessed"),
    ("lacks", "children.assessed"),
    ("aid.children", "children.aided"),
    ("contact.gap.over", "children"),
];

/// The most important figures, in order.
const FIRST: &[&str] = &[
    "children.visited",
    "children.filed",
    "children.assessed",
    "children.paired",
];

/// The prefix of the ids of figures in the compared range.
const BEFORE: &str = "before ";

/// Which figures of a scope, and of the one compared with, may be published.
#[derive(Clone, Debug, Default)]
pub struct Release {
    hidden: HashSet<String>,
    hidden_before: HashSet<String>,
    /// Figures that count children, of which those in `split` may be published by groups.
    of_children: HashSet<String>,
    split: HashSet<String>,
    level: Option<Dim>,
    /// Whether some grade has only a few pupils who are not left-behind.
    has_small_grade: bool,
}

/// A figure that counts children, with their ids.
struct ChildFigure {
    id: String,
    list: String,
    evidence: Vec<Id>,
    whole: Option<Vec<Id>>,
    implied: Option<Vec<Id>>,
    sizes: Vec<i64>,
    splits: bool,
    is_partition: bool,
}

impl Release {
    /// Decides for a school, with groups of fewer than `min_cell` children suppressed. Tables are by class or grade,
    /// in a community by village. The decision depends only on the scopes and not on the report, so that several
    /// reports can be published side by side, including those of single classes.
    pub fn of(figures: &Figures<'_>, before: Option<&Figures<'_>>, min_cell: u32) -> Release {
        let mut release = Release::default();
        let mut of = release.candidates(figures, false);
        let own = of.len();
        if let Some(before) = before {
            of.extend(release.candidates(before, true));
        }
        let mut places: HashMap<Id, usize> = HashMap::new();
        let mut lists: HashMap<String, usize> = HashMap::new();
        let mut set = |ids: &[Id]| -> Set {
            let place = |id: &Id| {
                let next = places.len();
                *places.entry(*id).or_insert(next)
            };
            ids.iter().map(place).collect()
        };
        let places_of: HashMap<&str, usize> = of.iter().map(|of| of.id.as_str()).zip(0..).collect();
        let candidates: Vec<Candidate> = of
            .iter()
            .map(|of| Candidate {
                counted: set(&of.evidence),
                whole: of.whole.as_deref().map(&mut set),
                implied: of.implied.as_deref().map(&mut set),
                sizes: of.sizes.clone(),
                list: {
                    let next = lists.len();
                    *lists.entry(of.list.clone()).or_insert(next)
                },
                splits: of.splits,
                is_partition: of.is_partition,
                within: {
                    let (prefix, id) = match of.id.strip_prefix(BEFORE) {
                        Some(id) => (BEFORE, id),
                        None => ("", of.id.as_str()),
                    };
                    let known = WITHIN.iter().find(|(part, _)| is_below(id, part));
                    known.and_then(|(_, whole)| {
                        let whole = format!("{prefix}{whole}");
                        places_of.get(whole.as_str()).copied()
                    })
                },
            })
            .collect();
        let of_grades =
            breakdown::groups(figures, &[Dim::Grade], &|figure| figure.id == "children");
        let small = 1..i64::from(min_cell);
        release.has_small_grade =
            (of_grades.iter().flat_map(|grouped| &grouped.groups)).any(|group| {
                group
                    .value
                    .of
                    .is_some_and(|of| small.contains(&(of - group.value.value)))
            });
        let basis = figures.basis();
        let is_village = basis.school.school.level == crate::model::class::Level::Community;
        let dims: &[Dim] = if is_village {
            &[Dim::Village]
        } else {
            &[Dim::Class, Dim::Grade]
        };
        let levels: Vec<Vec<Set>> = dims
            .iter()
            .map(|dim| {
                let mut parts: HashMap<Key<'_>, Set> = HashMap::new();
                for (id, place) in &places {
                    let Some(child) = basis.records.children.get(*id) else {
                        continue;
                    };
                    let class = child.class_on(basis.scope.as_of).map(|entry| entry.class);
                    let key = match dim {
                        Dim::Village => child.village.as_deref().map(Key::Village),
                        Dim::Class => class.map(Key::class),
                        _ => class
                            .and_then(|class| basis.school.grade(class, basis.scope.as_of))
                            .map(Key::Grade),
                    };
                    if let Some(key) = key {
                        parts.entry(key).or_default().insert(*place);
                    }
                }
                parts.into_values().collect()
            })
            .collect();
        let Decision {
            whole,
            level,
            split,
        } = decide(&candidates, &levels, min_cell);
        for (at, of) in of.iter().enumerate() {
            let hidden = if at < own {
                &mut release.hidden
            } else {
                &mut release.hidden_before
            };
            if !whole[at] {
                hidden.insert(of.id.trim_start_matches(BEFORE).to_owned());
            } else if split[at] && at < own {
                release.split.insert(of.id.clone());
            }
            if at < own {
                release.of_children.insert(of.id.clone());
            }
        }
        let by_class = level.is_some_and(|level| dims[level] == Dim::Class);
        let is_told = |of: String| places_of.get(of.as_str()).is_none_or(|at| whole[*at]);
        let follows = |prefix: &str, figures: &Figures<'_>, by_class: bool| -> Vec<String> {
            let is_told = |id: &str| is_told(format!("{prefix}{id}"));
            let tells_children = is_told("children");
            // With one or two helpers the mean reveals the number of children or pairings.
            let tells_caseloads = ["children.paired", "pairings"].into_iter().all(is_told);
            let tells_classes = by_class || are_classes_full(figures, min_cell);
            let hidden = figures.all().map(|(figure, _)| figure).filter(|figure| {
                let of_classes =
                    matches!(figure.counts, Counted::Classes | Counted::PeriodsOfClasses);
                !tells_children && tells_of_children(figure)
                    || !tells_caseloads && is_below(&figure.id, "caseload")
                    || !tells_classes && of_classes
            });
            hidden.map(|figure| figure.id.clone()).collect()
        };
        release.hidden.extend(follows("", figures, by_class));
        if let Some(before) = before {
            let hidden = follows(BEFORE, before, false);
            release.hidden_before.extend(hidden);
        }
        let hidden_now: Vec<String> = release.hidden.iter().cloned().collect();
        release.hidden_before.extend(hidden_now);
        release.level = level.map(|level| dims[level]);
        release
    }

    /// The figures of a scope that count children, all children first. Records the ones never published as hidden.
    fn candidates(&mut self, figures: &Figures<'_>, is_before: bool) -> Vec<ChildFigure> {
        let hidden = if is_before {
            &mut self.hidden_before
        } else {
            &mut self.hidden
        };
        let duties = &figures.basis().school.duty;
        let mut asked: Vec<(&Figure, i64, Option<i64>)> = Vec::new();
        // Also those that are 0, so that suppression does not reveal whether there are any.
        hidden.extend(
            (figures.all())
                .filter(|(figure, _)| is_never(figure))
                .map(|(figure, _)| figure.id.clone()),
        );
        for (figure, value) in figures.rows() {
            let duty = figure.id.strip_prefix("duty.");
            let duty = duty.and_then(|id| duties.iter().find(|duty| duty.id == id));
            if duty.is_some_and(tells_of_danger) {
                hidden.insert(figure.id.clone());
            } else if !is_never(figure) && is_of_people(figure) {
                asked.push((figure, value.value, value.of));
            }
        }
        let mut found: Vec<Option<ChildFigure>> = asked.iter().map(|_| None).collect();
        let questions: Vec<(&str, Vec<(Dim, Key<'_>)>)> = asked
            .iter()
            .map(|(figure, ..)| (figure.id.as_str(), Vec::new()))
            .collect();
        let number = |id: &str| figures.value(id).map_or(0, |value| value.value);
        let pupils = number("students");
        // The number of children or pairings to whom a duty is owed.
        let owing = |id: &str| {
            let duty = duties.iter().find(|duty| id == format!("duty.{}", duty.id));
            let is_of_pairings = duty.is_some_and(|duty| duty.owed_to == OwedTo::Pairing);
            number(if is_of_pairings {
                "pairings"
            } else {
                "children"
            })
        };
        breakdown::each_evidence(figures, &questions, &mut |at, evidence| {
            let (figure, value, of) = asked[at];
            found[at] = of_figure(figure, value, of, owing(&figure.id), &evidence);
        });
        let mut all: Vec<ChildFigure> = found.into_iter().flatten().collect();
        // The most important figures first, so that they are not suppressed in favour of another.
        all.sort_by_key(|of| {
            FIRST
                .iter()
                .position(|id| of.id == *id)
                .unwrap_or(FIRST.len())
        });
        if let Some(children) = all.iter().position(|of| of.id == "children") {
            let children = all.remove(children);
            let others = pupils - i64::try_from(children.evidence.len()).unwrap_or(0);
            let pupils = ChildFigure {
                id: "students".to_owned(),
                list: "students".to_owned(),
                evidence: Vec::new(),
                whole: None,
                implied: None,
                sizes: vec![others, pupils],
                splits: false,
                is_partition: false,
            };
            all.splice(0..0, [children, pupils]);
        }
        if is_before {
            for of in &mut all {
                of.id.insert_str(0, BEFORE);
                of.list.insert_str(0, BEFORE);
                of.splits = false;
            }
        }
        all
    }

    /// Whether a figure may be published.
    pub fn shows(&self, id: &str) -> bool {
        !self.hidden.contains(id)
    }

    /// Whether a figure may be published with its denominator.
    pub fn tells(&self, figure: &Figure) -> bool {
        let of_pupils = figure.of == Some(Counted::Pupils);
        self.shows(&figure.id) && (!of_pupils || self.shows("students"))
    }

    /// Whether a figure of the compared range may be published.
    pub fn shows_before(&self, id: &str) -> bool {
        !self.hidden_before.contains(id)
    }

    /// The dimensions to publish by when `asked` is requested: grade instead of class if classes are too small; `None`
    /// if no breakdown may be published.
    pub fn dims(&self, asked: &[Dim]) -> Option<Vec<Dim>> {
        let dims = self.level_for(asked)?;
        let tells_pupils = dims == [Dim::Grade] && self.has_small_grade;
        (!tells_pupils).then_some(dims)
    }

    fn level_for(&self, asked: &[Dim]) -> Option<Vec<Dim>> {
        match (asked, self.level) {
            ([dim], _) if is_of_events(*dim) => Some(asked.to_vec()),
            ([Dim::Grade], Some(Dim::Class)) => Some(asked.to_vec()),
            ([Dim::Class | Dim::Grade], Some(Dim::Grade)) => Some(vec![Dim::Grade]),
            ([asked], Some(level)) if *asked == level => Some(vec![level]),
            _ => None,
        }
    }

    /// Whether a figure may be published by groups along these dimensions.
    pub fn splits(&self, id: &str, dims: &[Dim]) -> bool {
        self.shows(id)
            && if dims.iter().any(|dim| is_of_events(*dim)) {
                !self.of_children.contains(id)
            } else {
                !self.of_children.contains(id) || self.split.contains(id)
            }
    }
}

/// Whether a figure's id contains a person's name: a donor who is a person. Figures of this version have a common id
/// for these.
pub fn names_a_person(id: &str) -> bool {
    id.strip_prefix("aid.source.").is_some_and(name::is_person)
}

/// Whether a dimension groups events rather than children.
fn is_of_events(dim: Dim) -> bool {
    dim.is_time() || dim == Dim::Theme
}

fn is_below(figure: &str, id: &str) -> bool {
    let rest = figure.strip_prefix(id);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether a figure is never published: about risk and distress, or a minimum or maximum, which is that of a single
/// child.
fn is_never(figure: &Figure) -> bool {
    NEVER.iter().any(|id| is_below(&figure.id, id))
        || figure.counts == Counted::Incidents
        || matches!(figure.statistic, Statistic::Least | Statistic::Greatest)
}

/// Whether a duty is owed to children at risk or in distress, or is met by records about these.
fn tells_of_danger(duty: &Duty) -> bool {
    const WORDS: &[&str] = &["risk", "counselling", "referral", "lacks", "psychology"];
    let said = format!("{:?} {:?}", duty.who, duty.r#match);
    duty.record.0 == Kind::Incident || WORDS.iter().any(|word| said.contains(word))
}

/// Whether a figure may count individual children.
fn is_of_people(figure: &Figure) -> bool {
    let of_children = matches!(figure.counts, Counted::Children | Counted::Birthdays);
    of_children || matches!(figure.unit, Unit::People | Unit::Pairs | Unit::Periods)
}

/// Whether a figure reveals the existence of left-behind children, whatever it counts.
fn tells_of_children(figure: &Figure) -> bool {
    matches!(
        figure.counts,
        Counted::Children
            | Counted::Parents
            | Counted::Birthdays
            | Counted::Pairings
            | Counted::Classes
            | Counted::PeriodsOfChildren
            | Counted::PeriodsOfClasses
    ) || ["caseload", "visits.per-child"]
        .iter()
        .any(|id| is_below(&figure.id, id))
}

/// Whether every grade has enough children for none of its classes to be small; otherwise the number of classes
/// reveals that some are.
fn are_classes_full(figures: &Figures<'_>, min_cell: u32) -> bool {
    let dims = [Dim::Grade, Dim::Class];
    let of_classes = breakdown::groups(figures, &dims, &|figure| figure.id == "children");
    let mut grades: HashMap<Key<'_>, (i64, i64)> = HashMap::new();
    let groups = of_classes.iter().flat_map(|grouped| &grouped.groups);
    for group in groups.filter(|group| group.value.value > 0) {
        let (children, classes) = grades.entry(group.key[0]).or_default();
        *children += group.value.value;
        *classes += 1;
    }
    let mut grades = grades.into_values();
    grades.all(|(children, classes)| children >= classes * i64::from(min_cell))
}

fn of_figure(
    figure: &Figure,
    value: i64,
    of: Option<i64>,
    owing: i64,
    evidence: &Evidence<'_>,
) -> Option<ChildFigure> {
    let each = |members: &mut dyn Iterator<Item = &super::figures::Member<'_>>| {
        let mut ids = Vec::new();
        members.for_each(|member| member.subject.each_child(&mut |id| ids.push(id)));
        ids.sort_unstable();
        ids
    };
    let children = |members: &mut dyn Iterator<Item = &super::figures::Member<'_>>| {
        let mut ids = each(members);
        ids.dedup();
        ids
    };
    let counted = children(&mut evidence.members.iter());
    let whole = evidence.of.as_ref();
    let whole = whole.map(|whole| children(&mut whole.iter()));
    let whole = whole.filter(|whole| !whole.is_empty());
    if counted.is_empty() && whole.is_none() && figure.counts != Counted::Children {
        return None;
    }
    // A child with both parents away is counted twice.
    let parents = evidence
        .of
        .as_ref()
        .filter(|_| figure.counts == Counted::Parents)
        .map(|parents| each(&mut parents.iter()));
    let implied = parents.map(|parents| -> Vec<Id> {
        let both = parents.chunk_by(|a, b| a == b).filter(|one| one.len() > 1);
        both.map(|one| one[0]).collect()
    });
    let mut sizes = Vec::new();
    if figure.counts != Counted::Children {
        let missing = children(&mut evidence.missing().into_iter());
        sizes.extend([value, i64::try_from(missing.len()).unwrap_or(0)]);
        sizes.extend(of.map(|of| of - value));
    }
    let many = |ids: &[Id]| i64::try_from(ids.len()).unwrap_or(i64::MAX);
    match (figure.counts, of, &whole) {
        // The excess over the children is the number with a second helper.
        (Counted::Pairings, ..) => sizes.push(value - many(&counted)),
        // Each owes the same number of periods, except for a few who arrived or left, so that the remainder reveals
        // these.
        (Counted::PeriodsOfChildren, Some(of), Some(whole)) => {
            let all = [many(whole), owing].into_iter();
            for all in all.filter(|all| (1..=of).contains(all)) {
                sizes.extend([of % all, (all - of % all) % all]);
            }
        }
        _ => {}
    }
    let prefix = figure.id.rsplit_once('.').map_or("", |(list, _)| list);
    let is_list = figure.of_list || prefix == "assessments";
    Some(ChildFigure {
        id: figure.id.clone(),
        // The school's own duties are not a list of kinds.
        list: if is_list && prefix != "duty" {
            prefix.to_owned()
        } else {
            format!("={}", figure.id)
        },
        evidence: counted,
        whole,
        implied,
        sizes,
        splits: figure.counts == Counted::Children,
        is_partition: figure.counts != Counted::Children,
    })
}
