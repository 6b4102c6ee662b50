//! An attacker who knows the function: all schools of a kind that would publish the same are possible worlds, and no
//! group may be small in all of them.

use std::collections::HashMap;

use super::decide::{Candidate, decide};
use super::set::Set;

/// Schools with some classes of up to `most` children each, by pattern (a bit mask of the numbers that count a child).
struct Kind {
    classes: usize,
    most: usize,
    patterns: &'static [u8],
    numbers: usize,
    /// Whether the numbers form a list of kinds.
    is_list: bool,
    /// Whether the second number is a subset of the first.
    is_nested: bool,
}

/// The number of children by class and pattern.
type School = Vec<Vec<usize>>;

fn schools(kind: &Kind) -> Vec<School> {
    fn classes(patterns: usize, most: usize) -> Vec<Vec<usize>> {
        if patterns == 0 {
            return vec![Vec::new()];
        }
        let with = |first: usize| {
            let rest = classes(patterns - 1, most - first).into_iter();
            rest.map(move |rest| [vec![first], rest].concat())
        };
        (0..=most).flat_map(with).collect()
    }
    let class = classes(kind.patterns.len(), kind.most);
    let mut all: Vec<School> = vec![Vec::new()];
    for _ in 0..kind.classes {
        let with = |school: School| {
            class
                .iter()
                .map(move |class| [school.clone(), vec![class.clone()]].concat())
        };
        all = all.into_iter().flat_map(with).collect();
    }
    all
}

/// The number of children in some classes that are counted by one number and not by another; `None` stands for all
/// children.
fn count(kind: &Kind, classes: &[Vec<usize>], by: Option<usize>, not_by: Option<usize>) -> usize {
    let has = |pattern: u8, number: usize| pattern & (1 << number) != 0;
    let class = |class: &Vec<usize>| -> usize {
        let counted = class.iter().zip(kind.patterns).filter(|(_, pattern)| {
            by.is_none_or(|by| has(**pattern, by)) && !not_by.is_some_and(|not| has(**pattern, not))
        });
        counted.map(|(count, _)| count).sum()
    };
    classes.iter().map(class).sum()
}

/// The numbers published for a school; `None` where suppressed.
fn printed(kind: &Kind, school: &School, min_cell: u32) -> Vec<Vec<Option<usize>>> {
    let mut all = Set::default();
    let mut counted = vec![Set::default(); kind.numbers];
    let mut parts = Vec::new();
    let mut next = 0;
    for class in school {
        let mut part = Set::default();
        for (count, pattern) in class.iter().zip(kind.patterns) {
            for _ in 0..*count {
                all.insert(next);
                part.insert(next);
                let own = (0..kind.numbers).filter(|number| pattern & (1 << number) != 0);
                own.for_each(|number| counted[number].insert(next));
                next += 1;
            }
        }
        parts.push(part);
    }
    let number = |(number, counted): (usize, Set)| Candidate {
        counted,
        whole: Some(all.clone()),
        list: if kind.is_list { 1 } else { 1 + number },
        splits: true,
        within: (kind.is_nested && number == 1).then_some(1),
        ..Candidate::default()
    };
    let first = Candidate {
        counted: all.clone(),
        splits: true,
        ..Candidate::default()
    };
    let mut candidates = vec![first];
    candidates.extend(counted.into_iter().enumerate().map(number));
    let decision = decide(&candidates, &[parts], min_cell);
    let number = |number: usize| {
        let by = number.checked_sub(1);
        let mut line =
            vec![Some(count(kind, school, by, None)).filter(|n| decision.whole[number] && *n > 0)];
        line.extend(school.iter().map(|class| {
            Some(count(kind, std::slice::from_ref(class), by, None))
                .filter(|_| decision.split[number])
        }));
        line
    };
    (0..=kind.numbers).map(number).collect()
}

/// The number of schools for which a small group can be inferred, with an example.
fn given_away(kind: &Kind, min_cell: u32) -> (usize, usize, Option<String>) {
    let schools = schools(kind);
    let mut alike: HashMap<Vec<Vec<Option<usize>>>, Vec<&School>> = HashMap::new();
    for school in &schools {
        alike
            .entry(printed(kind, school, min_cell))
            .or_default()
            .push(school);
    }
    let mut places: Vec<(Option<usize>, Option<usize>)> = vec![(None, None)];
    for one in 0..kind.numbers {
        places.extend([(Some(one), None), (None, Some(one))]);
    }
    if kind.is_nested {
        places.push((Some(0), Some(1)));
    }
    let (mut bad, mut seen) = (0, 0);
    let mut example = None;
    for (print, worlds) in &alike {
        // The larger schools that publish the same are not generated.
        if print[0][1].is_none() && print[0][0].is_some_and(|all| all > kind.most) {
            continue;
        }
        seen += worlds.len();
        let is_small = |count: usize| (1..min_cell as usize).contains(&count);
        let is_certain = |classes: std::ops::Range<usize>,
                          (by, not): (Option<usize>, Option<usize>)| {
            worlds
                .iter()
                .all(|world| is_small(count(kind, &world[classes.clone()], by, not)))
        };
        let mut ranges: Vec<_> = (0..kind.classes).map(|class| class..class + 1).collect();
        ranges.push(0..kind.classes);
        let found = ranges.iter().find_map(|range| {
            let place = places
                .iter()
                .find(|place| is_certain(range.clone(), **place))?;
            Some((range.clone(), *place))
        });
        if let Some(found) = found {
            bad += worlds.len();
            example.get_or_insert_with(|| {
                format!("{print:?} {found:?}: {:?}", &worlds[..worlds.len().min(4)])
            });
        }
    }
    (seen, bad, example)
}

#[test]
fn no_small_group_is_certain_to_a_reader_who_knows_the_function() {
    let one: &[u8] = &[0, 1];
    let nested: &[u8] = &[0, 1, 3];
    let two: &[u8] = &[0, 1, 2, 3];
    let kinds: &[u8] = &[1, 2, 4];
    let mut told = Vec::new();
    let mut total = 0;
    for (name, classes, most, patterns, numbers, is_list) in [
        ("one number, one class", 1, 12, one, 1, false),
        ("one number, two classes", 2, 9, one, 1, false),
        ("one number, three classes", 3, 5, one, 1, false),
        ("one number, four classes", 4, 3, one, 1, false),
        ("one in the other, one class", 1, 11, nested, 2, false),
        ("one in the other, two classes", 2, 6, nested, 2, false),
        ("two numbers, one class", 1, 9, two, 2, false),
        ("two numbers, two classes", 2, 4, two, 2, false),
        ("kinds, one class", 1, 10, kinds, 3, true),
        ("kinds, two classes", 2, 5, kinds, 3, true),
    ] {
        for min_cell in [2, 3, 4] {
            let kind = Kind {
                classes,
                most,
                patterns,
                numbers,
                is_list,
                is_nested: patterns == nested,
            };
            let (schools, bad, example) = given_away(&kind, min_cell);
            total += schools;
            if bad > 0 {
                told.push(format!(
                    "{name}, {min_cell}: {bad} of {schools}: {}",
                    example.unwrap_or_default()
                ));
            }
        }
    }
    assert!(total > 40_000, "{total}");
    assert!(told.is_empty(), "of {total}:\n{}", told.join("\n"));
}
