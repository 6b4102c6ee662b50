//! Figures of a school counted by hand, and properties of all figures.

mod every;
mod school;

use chrono::NaiveDate;

use super::*;
use crate::analysis::breakdown::{self, Dim};
use crate::analysis::{Basis, Scope};
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

/// The evidence of a figure.
fn evidence<'a>(figures: &Figures<'a>, id: &str) -> Evidence<'a> {
    breakdown::evidence(figures, id, &[]).unwrap()
}

/// Checks values written as `id value` or `id value/of`, one per line.
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
fn events_are_counted_as_by_hand() {
    let (school, records) = (school::settings(), school::records());
    let basis = of_term(&school, &records, "2025-2026-1", "2026-02-01");
    check(
        &Figures::of(&basis),
        "helpers 2
        pairings 4
        pairings.teacher 3
        pairings.peer 1
        pairings.counsellor 0
        visits 5
        papers 1
        visits.home 3
        visits.talk 1
        visits.phone 1
        visits.letter 1
        visits.video 0
        visits.on-time 3/4
        follow-ups.done 3/6
        duty.monthly-visit 3/14
        duty.term-forum 1/1
        activities 3
        activities.festival 1
        activities.forum 1
        activities.home-open 1
        activities.reading 0
        activities.attendance 67
        partners 2
        documents.plan 1
        documents.rule 1
        documents.letter 0
        targets 3/5
        next-steps.done 1/3
        aid 3
        aid.money 62050
        aid.source.镇妇联 2
        aid.source.废品回收 1
        assessments 6
        assessments.improved 1/3
        assessments.unchanged 1/3
        assessments.worse 1/3
        risk.low 2
        risk.medium 0
        risk.high 1
        lacks.affection 2
        lacks.care 1
        lacks.discipline 0
        awards 3
        awards.county 1
        awards.school 1
        awards.nation 0
        incidents 3
        incidents.on-time 1/3
        loans 4
        loans.overdue 2
        fund.balance 25050",
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
        evidence(&Figures::of(&basis), "children")
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
        r#"child = "c000002"
helper = "h000001"
role = "teacher"
since = 2026-01-21"#,
    );
    school::add::<crate::model::visit::Visit>(
        &mut records,
        "2026-01-21-v00000z",
        r#"date = 2026-01-21
mode = "home"
children = ["c000003"]
by = ["h000001"]
summary = "后""#,
    );
    school::add::<crate::model::assessment::Assessment>(
        &mut records,
        "2026-03-01-s00000z",
        r#"date = 2026-03-01
child = "c000001"
by = "h000001"
study = "urgent"
risk = "high""#,
    );
    school::add::<crate::model::term::Term>(
        &mut records,
        "2025-2026-2",
        r#"name = "后"
start = 2026-02-20
end = 2026-07-05
[enrolment]
1 = 7"#,
    );
    assert_eq!(seen(&records, "2028-01-01"), before);
}

#[test]
fn evidence_of_every_figure_and_group_adds_up_to_the_value() {
    let (school, records) = (school::settings(), school::records());
    let basis = of_term(&school, &records, "2025-2026-1", "2026-02-01");
    let figures = Figures::of(&basis);
    for (figure, value) in figures.rows() {
        let evidence = evidence(&figures, &figure.id);
        assert_eq!(evidence.value(), Some(value), "{}", figure.id);
    }
    let several = [
        vec![Dim::Class, Dim::Gender],
        vec![Dim::Month, Dim::Helper],
        vec![Dim::Hardship, Dim::Month, Dim::Village],
    ];
    let dims = Dim::ALL.iter().map(|dim| vec![*dim]).chain(several);
    let (mut checked, mut before) = (0, 0);
    for dims in dims {
        let split = breakdown::groups(&figures, &dims, &|_| true);
        let groups = split
            .iter()
            .flat_map(|split| split.groups.iter().map(move |g| (split, g)));
        let groups: Vec<_> = groups.collect();
        let asked = groups.iter().map(|(split, group)| {
            let keys = dims.iter().copied().zip(group.key.clone()).collect();
            (&*split.id, keys)
        });
        let asked: Vec<_> = asked.collect();
        breakdown::each_evidence(&figures, &asked, &mut |at, evidence| {
            let (split, group) = groups[at];
            let value = evidence.value().unwrap();
            assert_eq!(
                value.value, group.value.value,
                "{} {dims:?} {:?}",
                split.id, group.key
            );
            assert_eq!(
                value.of.unwrap_or(0),
                group.value.of.unwrap_or(0),
                "{} {:?}",
                split.id,
                group.key
            );
            let keys = evidence.members.iter().map(|member| member.subject.key());
            let distinct: std::collections::HashSet<_> = keys.collect();
            assert_eq!(distinct.len(), evidence.members.len(), "{}", split.id);
            checked += 1;
        });
        assert_eq!(checked, asked.len() + before);
        before = checked;
    }
    assert!(checked > 500, "{checked}");
}

/// Checks the groups of a figure, written as `key value` or `key value/of`, in order.
fn check_groups(figures: &Figures<'_>, id: &str, dims: &[Dim], expected: &[&str]) {
    let split = breakdown::groups(figures, dims, &|_| true);
    let grouped = split.iter().find(|grouped| grouped.id == id).unwrap();
    let shown = grouped.groups.iter().map(|group| {
        let key: Vec<String> = group.key.iter().map(ToString::to_string).collect();
        match group.value.of {
            Some(of) => format!("{} {}/{of}", key.join(","), group.value.value),
            None => format!("{} {}", key.join(","), group.value.value),
        }
    });
    assert_eq!(shown.collect::<Vec<_>>(), expected, "{id} {dims:?}");
}

#[test]
fn groups_are_counted_as_by_hand() {
    let (school, records) = (school::settings(), school::records());
    let basis = of_term(&school, &records, "2025-2026-1", "2026-02-01");
    let figures = &Figures::of(&basis);
    // The second visit is to two children of one class, the fourth to two of another.
    check_groups(
        figures,
        "visits",
        &[Dim::Class],
        &["2023-1 2", "2022-1 3", "2022-2 0", "2020-1 0"],
    );
    check_groups(
        figures,
        "children.visited",
        &[Dim::Class],
        &["2023-1 2/2", "2022-1 2/2", "2022-2 0/1", "2020-1 0/1"],
    );
    check_groups(
        figures,
        "children",
        &[Dim::Grade],
        &["3 2/30", "4 3/40", "6 1/30"],
    );
    check_groups(figures, "children", &[Dim::Gender], &["male 3", "female 3"]);
    // A child with two hardships counts in both.
    check_groups(
        figures,
        "children.hardship",
        &[Dim::Hardship],
        &[
            "poverty 0/0",
            "low-income 1/1",
            "disabled 1/1",
            "single-parent 1/1",
            "- 0/4",
        ],
    );
    check_groups(
        figures,
        "visits",
        &[Dim::Helper],
        &["h000001 4", "h000002 2"],
    );
    check_groups(
        figures,
        "duty.monthly-visit",
        &[Dim::Helper],
        &["h000001 3/7", "h000002 0/7"],
    );
    check_groups(
        figures,
        "children.visited",
        &[Dim::Village],
        &["大坪村 0/1", "柳树村 2/2", "- 2/3"],
    );
    // A class named by an activity counts besides those of its children.
    check_groups(
        figures,
        "activities",
        &[Dim::Class],
        &["2023-1 0", "2022-1 2", "2022-2 0", "2020-1 0", "- 1"],
    );
    check_groups(
        figures,
        "activities.attendance",
        &[Dim::Theme],
        &["festival 45", "forum 22", "home-open 0"],
    );
}

#[test]
fn months_are_days_of_their_own() {
    let (school, records) = (school::settings(), school::records());
    let basis = of_term(&school, &records, "2025-2026-1", "2026-02-01");
    let figures = &Figures::of(&basis);
    // The fifth child leaves in November, the parents of the sixth are back in December.
    check_groups(
        figures,
        "children.visited",
        &[Dim::Month],
        &[
            "2025-09 1/8",
            "2025-10 2/8",
            "2025-11 1/7",
            "2025-12 2/6",
            "2026-01 0/6",
        ],
    );
    check_groups(
        figures,
        "aid.money",
        &[Dim::Month],
        &[
            "2025-09 0",
            "2025-10 0",
            "2025-11 0",
            "2025-12 50000",
            "2026-01 12050",
        ],
    );
    check_groups(
        figures,
        "duty.monthly-visit",
        &[Dim::Month],
        &[
            "2025-09 0/0",
            "2025-10 2/3",
            "2025-11 1/4",
            "2025-12 0/4",
            "2026-01 0/3",
        ],
    );
    let split = breakdown::groups(figures, &[Dim::Month], &|_| true);
    assert!(split.iter().all(|grouped| grouped.id != "targets"));
}

#[test]
fn a_group_of_several_dimensions_is_about_one_child() {
    let (school, records) = (school::settings(), school::records());
    let basis = of_term(&school, &records, "2025-2026-1", "2026-02-01");
    let figures = &Figures::of(&basis);
    let dims = [Dim::Gender, Dim::Village];
    check_groups(
        figures,
        "aid",
        &dims,
        &[
            "male,柳树村 0",
            "male,- 1",
            "female,大坪村 1",
            "female,柳树村 2",
        ],
    );
}

#[test]
fn what_is_missing_is_the_whole_less_the_counted() {
    let (school, records) = (school::settings(), school::records());
    let basis = of_term(&school, &records, "2025-2026-1", "2026-02-01");
    let figures = &Figures::of(&basis);
    let missing = |id: &str| -> Vec<String> {
        let evidence = evidence(figures, id);
        let subjects = evidence.missing().into_iter();
        subjects
            .filter_map(|member| Some(member.subject.record()?.to_string()))
            .collect()
    };
    assert_eq!(missing("children.visited"), ["c000003", "c000009"]);
    assert_eq!(missing("visits.on-time"), ["2025-10-08-v000002"]);
    assert_eq!(
        missing("follow-ups.done"),
        [
            "2025-11-03-v000003",
            "2025-12-10-v000004",
            "2025-12-01-s000005"
        ]
    );
    assert_eq!(missing("children"), Vec::<String>::new());
    let visited = evidence(figures, "children.visited");
    let because: Vec<String> = visited.members[0]
        .because
        .iter()
        .map(Id::to_string)
        .collect();
    assert_eq!(because, ["2025-09-20-v000001", "2025-10-08-v000002"]);
}

#[test]
fn figures_have_ids_and_sentences_of_their_own() {
    let (school, records) = (school::settings(), school::records());
    let basis = of_term(&school, &records, "2025-2026-1", "2026-02-01");
    let figures = Figures::of(&basis);
    let mut ids = std::collections::HashSet::new();
    for (figure, value) in figures.rows() {
        assert!(ids.insert(&figure.id), "{} is there twice", figure.id);
        assert!(figure.how.zh.ends_with('。') && figure.how.en.ends_with('.'));
        assert_eq!(figure.of.is_some(), value.of.is_some(), "{}", figure.id);
    }
}

#[test]
fn the_work_of_helpers_is_counted_as_by_hand() {
    let (school, records) = (school::settings(), school::records());
    let basis = of_term(&school, &records, "2025-2026-1", "2026-02-01");
    let caseloads = crate::analysis::caseload::caseloads(&Figures::of(&basis));
    let shown = |value: Value| format!("{}/{}", value.value, value.of.unwrap());
    let shown: Vec<String> = caseloads
        .iter()
        .map(|of| {
            let exceeded: Vec<_> = of.exceeded.iter().map(|role| role.code()).collect();
            format!(
                "{} {} {exceeded:?} {} {} {} {}",
                of.helper.name,
                of.pairings,
                of.visits,
                shown(of.duties),
                shown(of.on_time),
                shown(of.follow_ups),
            )
        })
        .collect();
    // The third helper had ended and did nothing within the term. Follow-ups of activities without a helper belong to
    // nobody.
    assert_eq!(
        shown,
        [
            "王老师 2 [\"teacher\"] 4 3/7 2/3 2/5",
            "李老师 2 [] 2 0/7 2/2 0/1",
        ]
    );
}

#[test]
fn changes_are_shown_beside_what_was_before() {
    let (school, records) = (school::settings(), school::records());
    let now = of_term(&school, &records, "2025-2026-1", "2026-02-01");
    let before = of_term(&school, &records, "2024-2025-2", "2026-02-01");
    let (now, before) = (Figures::of(&now), Figures::of(&before));
    let changes = crate::analysis::compare::changes(&now, &before);
    let difference = |id: &str| {
        let found = changes.iter().find(|change| change.figure.id == id);
        found.unwrap().difference().unwrap()
    };
    assert_eq!(difference("students"), -400);
    assert_eq!(difference("assessments"), 2);
    assert_eq!(difference("aid.source.镇妇联"), 2);
    assert_eq!(difference("fund.balance"), -4950);
    let backwards = crate::analysis::compare::changes(&before, &now);
    let ids: Vec<_> = backwards.iter().map(|change| &*change.figure.id).collect();
    let forwards: Vec<_> = changes.iter().map(|change| &*change.figure.id).collect();
    assert_eq!(ids, forwards);
}
