//! Audit items on the duties of the school as a whole: rules, impact assessment, yearly audit, retention, requests of
//! guardians.

use chrono::{Months, NaiveDate};

use super::item::Article::{Minors, Online, Pipl};
use super::item::{AuditCheck, AuditInput, Outcome, State, check};
use crate::model::Id;
use crate::model::document::DocumentKind;
use crate::model::helper::oldest_check;

pub(super) const ITEMS: &[AuditCheck] = &[
    check("rules", &[Pipl(31), Pipl(51)], rules),
    check("impact", &[Pipl(55), Pipl(56)], impact),
    check("audit", &[Online(37)], audit),
    check("plan", &[Pipl(51), Pipl(57)], plan),
    check("breach", &[Pipl(57)], breach),
    check("retention-set", &[Pipl(19), Pipl(47)], retention_set),
    check("retention", &[Pipl(47)], retention),
    check("requests", &[Pipl(45), Pipl(46), Pipl(47)], requests),
    check("helpers", &[Minors(62)], helpers),
];

/// How long an impact assessment and its records are kept (PIPL art. 56); an older one has to be repeated.
const IMPACT_MONTHS: Months = Months::new(36);

/// Met if a document whose title contains one of the words is dated within the last `months`.
fn recent(input: &AuditInput<'_>, words: &[&str], months: Months) -> Outcome {
    let first = input.today.checked_sub_months(months);
    let first = first.unwrap_or(NaiveDate::MIN);
    let papers = input.documents(words);
    let papers: Vec<Id> = papers
        .filter(|paper| paper.date.0 >= first)
        .map(|paper| paper.id)
        .collect();
    Outcome::is(!papers.is_empty(), papers.len()).with_records(papers)
}

/// Rules on the handling of children's data (PIPL art. 31).
fn rules(input: &AuditInput<'_>) -> Outcome {
    const WORDS: &[&str] = &[
        "个人信息",
        "信息保护",
        "信息安全",
        "隐私",
        "personal information",
        "personal data",
        "privacy",
        "data protection",
    ];
    let papers = input.documents(WORDS);
    let papers: Vec<Id> = papers
        .filter(|paper| paper.kind == DocumentKind::Rule)
        .map(|paper| paper.id)
        .collect();
    Outcome::is(!papers.is_empty(), papers.len()).with_records(papers)
}

fn impact(input: &AuditInput<'_>) -> Outcome {
    recent(input, &["影响评估", "impact assessment"], IMPACT_MONTHS)
}

fn audit(input: &AuditInput<'_>) -> Outcome {
    const WORDS: &[&str] = &[
        "合规审计",
        "信息保护自查",
        "信息自查",
        "信息安全自查",
        "data audit",
        "self-check on children's data",
    ];
    recent(input, WORDS, Months::new(12))
}

fn plan(input: &AuditInput<'_>) -> Outcome {
    const WORDS: &[&str] = &[
        "信息安全事件",
        "信息安全应急",
        "信息泄露",
        "数据泄露",
        "信息保护应急",
        "data breach",
        "breach plan",
    ];
    recent(input, WORDS, Months::new(1200))
}

/// Always for a person to judge: no record says whether data has leaked.
fn breach(input: &AuditInput<'_>) -> Outcome {
    let count = input.records.children.len();
    Outcome::new(State::Judge, count, count)
}

fn retention_set(input: &AuditInput<'_>) -> Outcome {
    let years = input.school.policy.retention_years;
    let years = years.map(|years| usize::try_from(years).unwrap_or(usize::MAX));
    Outcome::is(years.is_some(), years.unwrap_or(0))
}

/// Files of children who left longer ago than the retention period.
fn retention(input: &AuditInput<'_>) -> Outcome {
    let departed = input.records.children.iter().filter_map(|child| {
        let left = child.left_by(input.today)?;
        Some((child.id, left.0))
    });
    let departed: Vec<(Id, NaiveDate)> = departed.collect();
    let Some(years) = input.school.policy.retention_years else {
        let ids = departed.iter().map(|(id, _)| *id);
        return Outcome::judge(departed.len(), departed.len()).with_records(ids);
    };
    let months = Months::new(years.saturating_mul(12));
    let first = input.today.checked_sub_months(months);
    let past = departed
        .iter()
        .filter(|(_, left)| first.is_some_and(|first| *left < first));
    Outcome::none_of(past.map(|(id, _)| *id).collect(), departed.len())
}

/// How guardians can view, correct and delete the data held.
fn requests(input: &AuditInput<'_>) -> Outcome {
    let count = input.records.children.len();
    Outcome::judge(count, count)
}

/// Helpers who work with children and have not been checked within a year.
fn helpers(input: &AuditInput<'_>) -> Outcome {
    let oldest = oldest_check(input.today);
    let helpers = input.records.helpers.iter();
    let working: Vec<_> = helpers
        .filter(|helper| helper.role.is_with_children() && helper.is_active(input.today))
        .collect();
    let unchecked = working.iter().filter(|helper| {
        (helper.checked).is_none_or(|day| !(oldest..=input.today).contains(&day.0))
    });
    Outcome::none_of(unchecked.map(|helper| helper.id).collect(), working.len())
}
