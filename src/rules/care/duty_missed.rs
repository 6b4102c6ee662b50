//! `duty-missed`: periods of a duty ended before it was fulfilled.

use crate::analysis::Scope as DateRange;
use crate::analysis::duty::State;
use crate::diagnostic::example::{Content::File, Example, SCHOOL, in_file, school};
use crate::diagnostic::{Finding, Group, Place, Rule, Scope, Severity};
use crate::model::Kind;
use crate::model::duty::Duty;
use crate::rules::check::{Check, Directory};
use crate::text::Text;
use crate::threads;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "duty-missed",
    group: Group::Care,
    severity: Severity::Warning,
    scope: Scope::Total,
    fixable: false,
    reason: Text::new(
        "学校自己定下的事，没有做到就应当看得见。",
        "Duties that the school committed itself to and did not fulfil should be visible.",
    ),
    message: Text::new(
        "{ $title }：应完成 { $owed } 次，未完成 { $missed } 次",
        "{ $title }: missed { $missed } of { $owed }",
    ),
    help: Some(Text::new(
        "用 cuncao explain duty.{ $id } --missing 查看是哪些",
        "cuncao explain duty.{ $id } --missing shows which",
    )),
    breaks: Example(&[(
        SCHOOL,
        File(school!(
            r#"
[[duty]]
id = "monthly-visits"
title = "每月走访两次"
owed_to = "child"
count = 2
period = "month"
record = "visit"
"#
        )),
    )]),
    expected: in_file("terms/2025-2026-1.toml"),
    keeps: Example(&[(
        SCHOOL,
        File(school!(
            r#"
[[duty]]
id = "term-visit"
title = "每学期走访一次"
owed_to = "child"
count = 1
period = "term"
record = "visit"
"#
        )),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Directory(&[Kind::Term], check)];

/// Returns a finding for each term and duty with missed periods; a period that ends today is still open.
fn check(directory: &Directory<'_>) -> Vec<Finding> {
    let definition = directory.school.definition();
    let yesterday = directory.today.pred_opt().unwrap_or(directory.today);
    let terms = directory.records.terms.iter();
    let scopes: Vec<DateRange> = terms
        .map(|term| DateRange::of_term(term, yesterday, definition))
        .collect();
    let missed = threads::over(&directory.school.duty, |place, duty| {
        of_duty(directory, (place, duty), &scopes)
    });
    missed.into_iter().flatten().collect()
}

/// Returns the findings about a duty, one for each term with missed periods.
fn of_duty(
    directory: &Directory<'_>,
    (place, duty): (usize, &Duty),
    scopes: &[DateRange],
) -> Vec<Finding> {
    let mut counts = vec![(0_u32, 0_u32); scopes.len()];
    directory.duties.each_of(place, scopes, |scope, period| {
        let (met, missed) = &mut counts[scope];
        match period.state {
            State::Met => *met += 1,
            State::Missed => *missed += 1,
            State::Open => {}
        }
    });
    let of_terms = directory.records.terms.iter().zip(counts);
    let missed = of_terms.filter(|(_, (_, missed))| *missed > 0);
    missed
        .map(|(term, (met, missed))| {
            Finding::new(&RULE, directory.path(term.id), Place::File)
                .with("title", &duty.title)
                .with("missed", missed)
                .with("owed", met + missed)
                .with("id", &duty.id)
        })
        .collect()
}
