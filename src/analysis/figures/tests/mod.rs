//! Figures of a school that was counted by hand, and what holds for all figures.

mod school;

use chrono::NaiveDate;

use super::*;
use crate::analysis::Scope;
use crate::model::child::Definition;
use crate::model::{Code, Id, Records, School};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn of_term<'a>(school: &'a School, records: &'a Records, term: &str, today: &str) -> Basis<'a> {
    let id = Id::parse(crate::model::Kind::Term, term).unwrap();
    let term = records.terms.get(id).unwrap();
    let scope = Scope::of_term(term, day(today), Definition::OneOrBothAway);
    Basis {
        school,
        records,
        scope,
    }
}

/// Checks values written as `id value` or `id value/of`, one a line.
fn check(figures: &Figures<'_>, expected: &str) {
    for line in expected
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let (id, number) = line.split_once(' ').unwrap();
        let value = figures
            .value(id)
            .unwrap_or_else(|| panic!("no figure {id}"));
        let shown = match value.of {
            Some(of) => format!("{}/{of}", value.value),
            None => value.value.to_string(),
        };
        assert_eq!(shown, number.trim(), "{id}");
    }
}

#[test]
fn children_are_counted_as_by_hand() {
    let (school, records) = (school::settings(), school::records());
    let basis = of_term(&school, &records, "2025-2026-1", "2026-02-01");
    check(
        &Figures::of(&basis),
        "students 100
        children 6/100
        children.statutory 3
        children.guardianship.grandparents 1/6
        children.guardianship.one-parent 4/6
        children.guardianship.kin-or-friends 1/6
        children.guardianship.orphan 0/6
        children.away.both 2/6
        children.away.father 3/6
        children.away.mother 1/6
        children.away.none 0/6
        children.boarding 2/6
        children.hardship 2/6
        children.priority 1/6
        children.filed 2/6
        children.reachable 2/6
        children.guardian-confirmed 1/6
        children.paired 3/6
        children.visited 4/6
        children.assessed 5/6
        children.aided 3/6",
    );
}

#[test]
fn a_child_who_left_in_november_counts_in_october_and_not_in_december() {
    let (school, records) = (school::settings(), school::records());
    let children = |from: &str, until: &str| {
        let scope = Scope::between(
            day(from),
            day(until),
            day("2026-09-01"),
            Definition::OneOrBothAway,
        );
        let basis = Basis {
            school: &school,
            records: &records,
            scope,
        };
        let left = Id::parse(crate::model::Kind::Child, "c000005").unwrap();
        Figures::of(&basis)
            .evidence("children")
            .unwrap()
            .members
            .iter()
            .any(|member| member.subject.record() == Some(left))
    };
    assert!(children("2025-10-01", "2025-10-31"));
    assert!(children("2025-11-01", "2025-11-14"));
    assert!(!children("2025-11-01", "2025-11-15"));
    assert!(!children("2025-12-01", "2025-12-31"));
}

#[test]
fn figures_of_a_past_term_stay_when_later_records_are_added() {
    let (school, mut records) = (school::settings(), school::records());
    let seen = |records: &Records, today| -> Vec<(String, Value)> {
        let basis = of_term(&school, records, "2025-2026-1", today);
        let figures = Figures::of(&basis);
        let rows = figures.rows();
        rows.map(|(figure, value)| (figure.id.clone(), value))
            .collect()
    };
    let before = seen(&records, "2026-01-20");
    school::add::<crate::model::pairing::Pairing>(
        &mut records,
        "2026-01-21-p00000z",
        "child = \"c000002\"\nhelper = \"h000001\"\nrole = \"teacher\"\nsince = 2026-01-21",
    );
    school::add::<crate::model::visit::Visit>(
        &mut records,
        "2026-01-21-v00000z",
        "date = 2026-01-21\nmode = \"home\"\nchildren = [\"c000003\"]\nby = [\"h000001\"]\nsummary = \"后\"",
    );
    school::add::<crate::model::assessment::Assessment>(
        &mut records,
        "2026-03-01-s00000z",
        "date = 2026-03-01\nchild = \"c000001\"\nby = \"h000001\"\nstudy = \"urgent\"\nrisk = \"high\"",
    );
    school::add::<crate::model::term::Term>(
        &mut records,
        "2025-2026-2",
        "name = \"后\"\nstart = 2026-02-20\nend = 2026-07-05\n[enrolment]\n1 = 7",
    );
    assert_eq!(seen(&records, "2028-01-01"), before);
}

#[test]
fn evidence_of_every_figure_and_group_adds_up_to_the_value() {
    let (school, records) = (school::settings(), school::records());
    let basis = of_term(&school, &records, "2025-2026-1", "2026-02-01");
    let figures = Figures::of(&basis);
    for (figure, value) in figures.rows() {
        let evidence = figures.evidence(&figure.id).unwrap();
        assert_eq!(evidence.value(), value, "{}", figure.id);
    }
    let several = [
        vec![Dim::Class, Dim::Gender],
        vec![Dim::Month, Dim::Helper],
        vec![Dim::Hardship, Dim::Month, Dim::Village],
    ];
    let dims = Dim::ALL.iter().map(|dim| vec![*dim]).chain(several);
    let mut checked = 0;
    for dims in dims {
        for split in breakdown::groups(&figures, &dims) {
            for group in split.groups {
                let keys: Vec<_> = dims.iter().copied().zip(group.key.clone()).collect();
                let evidence = breakdown::evidence(&figures, &split.id, &keys).unwrap();
                assert_eq!(
                    evidence.value(),
                    group.value,
                    "{} {dims:?} {:?}",
                    split.id,
                    group.key
                );
                let distinct: std::collections::HashSet<_> = evidence
                    .members
                    .iter()
                    .map(|member| member.subject.key())
                    .collect();
                assert_eq!(distinct.len(), evidence.members.len(), "{}", split.id);
                checked += 1;
            }
        }
    }
    assert!(checked > 500, "{checked}");
}
