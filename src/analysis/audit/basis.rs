//! Audit items on the legal basis: consent for holding, showing and sharing children's data.

use chrono::{Days, NaiveDate};

use super::item::Article::Pipl;
use super::item::{AuditCheck, AuditInput, Outcome, check};
use crate::model::aid::SourceKind;
use crate::model::child::{Child, ConsentBasis, ConsentScope};
use crate::model::{Entry, Id};
use crate::text::name::fold;

pub(super) const ITEMS: &[AuditCheck] = &[
    check("consent", &[Pipl(13), Pipl(28), Pipl(31)], consent),
    check("consent-by", &[Pipl(31)], consent_by),
    check("consent-scope", &[Pipl(29)], consent_scope),
    check("consent-date", &[Pipl(28)], consent_date),
    check("emergency", &[Pipl(13)], emergency),
    check("photos", &[Pipl(29)], photos),
    check("publicity", &[Pipl(25), Pipl(29)], publicity),
    check("sponsors", &[Pipl(23), Pipl(29)], sponsors),
    check("referrals", &[Pipl(23)], referrals),
    check("notice", &[Pipl(17), Pipl(30)], notice),
];

/// How long an emergency may serve as the basis; by then there has been time to ask the guardian.
const MAX_EMERGENCY: Days = Days::new(30);

/// Lists the children for whom a condition does not hold.
fn children_failing(input: &AuditInput<'_>, holds: impl Fn(&Child) -> bool) -> Outcome {
    let children = input.records.children.iter();
    let broken = children.filter(|child| !holds(child)).map(|child| child.id);
    Outcome::none_of(broken.collect(), input.records.children.len())
}

fn consent(input: &AuditInput<'_>) -> Outcome {
    children_failing(input, |child| child.consent.is_some())
}

fn is_by_consent(child: &Child) -> bool {
    let consent = child.consent.as_ref();
    consent.is_some_and(|consent| consent.basis == ConsentBasis::Consent)
}

fn consent_by(input: &AuditInput<'_>) -> Outcome {
    children_failing(input, |child| {
        let by = child
            .consent
            .as_ref()
            .and_then(|consent| consent.by.as_deref());
        // A child does not consent for itself.
        let is_other = |by: &str| fold(by) != fold(&child.name);
        let is_named = by.is_some_and(|by| crate::model::is_filled(by) && is_other(by));
        !is_by_consent(child) || is_named
    })
}

fn consent_scope(input: &AuditInput<'_>) -> Outcome {
    children_failing(input, |child| {
        !is_by_consent(child) || covers(child, ConsentScope::Records)
    })
}

fn consent_date(input: &AuditInput<'_>) -> Outcome {
    children_failing(input, |child| {
        let date = child.consent.as_ref().map(|consent| consent.date.0);
        date.is_none_or(|date| date <= input.today && date >= child.birth_date.0)
    })
}

fn emergency(input: &AuditInput<'_>) -> Outcome {
    let earliest = input.today.checked_sub_days(MAX_EMERGENCY);
    let earliest = earliest.unwrap_or(NaiveDate::MIN);
    children_failing(input, |child| {
        child.consent.as_ref().is_none_or(|consent| {
            consent.basis != ConsentBasis::Emergency || consent.date.0 >= earliest
        })
    })
}

fn covers(child: &Child, scope: ConsentScope) -> bool {
    let consent = child.consent.as_ref();
    consent.is_some_and(|consent| consent.scope.contains(&scope))
}

/// Whether any of these children lacks consent for a scope.
fn lacks_consent(input: &AuditInput<'_>, children: &[Id], scope: ConsentScope) -> bool {
    let child = |id: &Id| input.records.children.get(*id);
    let mut children = children.iter().filter_map(child);
    children.any(|child: &Entry<Child>| !covers(child, scope))
}

fn photos(input: &AuditInput<'_>) -> Outcome {
    of_activities(input, ConsentScope::Photos, |activity| {
        !activity.photos.is_empty()
    })
}

fn publicity(input: &AuditInput<'_>) -> Outcome {
    of_activities(input, ConsentScope::Publicity, |activity| {
        activity.channel.is_some() || activity.link.is_some()
    })
}

/// Lists the selected activities that include a child without consent for a scope.
fn of_activities(
    input: &AuditInput<'_>,
    scope: ConsentScope,
    is_one: impl Fn(&crate::model::activity::Activity) -> bool,
) -> Outcome {
    let mut of = 0;
    let mut broken = Vec::new();
    for activity in input
        .records
        .activities
        .iter()
        .filter(|entry| is_one(entry))
    {
        of += 1;
        let children = activity.children.iter().chain(&activity.led_by);
        let children: Vec<Id> = children.map(|child| child.id()).collect();
        if lacks_consent(input, &children, scope) {
            broken.push(activity.id);
        }
    }
    Outcome::none_of(broken, of)
}

/// Aid from companies, charities and individuals. Whether a donor was told about the child is not recorded.
fn sponsors(input: &AuditInput<'_>) -> Outcome {
    let is_outside = |kind: Option<SourceKind>| {
        matches!(
            kind,
            Some(SourceKind::Company | SourceKind::Charity | SourceKind::Individual)
        )
    };
    let aid = input.records.aid.iter();
    let given: Vec<_> = aid.filter(|aid| is_outside(aid.source_kind)).collect();
    let unasked = given.iter().filter(|aid| {
        let children: Vec<Id> = aid.children.iter().map(|child| child.id()).collect();
        lacks_consent(input, &children, ConsentScope::Sponsor)
    });
    let unasked: Vec<Id> = unasked.map(|aid| aid.id).collect();
    Outcome::judge(unasked.len(), given.len()).with_records(unasked)
}

/// Records with a follow-up that was referred to another organisation.
fn referrals(input: &AuditInput<'_>) -> Outcome {
    let records = input.records;
    let visits = records
        .visits
        .iter()
        .map(|entry| (entry.id, &entry.follow_up));
    let activities = records
        .activities
        .iter()
        .map(|entry| (entry.id, &entry.follow_up));
    let assessments = records
        .assessments
        .iter()
        .map(|entry| (entry.id, &entry.follow_up));
    let incidents = records
        .incidents
        .iter()
        .map(|entry| (entry.id, &entry.follow_up));
    let all = visits.chain(activities).chain(assessments).chain(incidents);
    let sent = all.filter(|(_, follow_ups)| {
        let mut follow_ups = follow_ups.iter();
        follow_ups.any(|follow_up| follow_up.to.is_some())
    });
    let sent: Vec<Id> = sent.map(|(id, _)| id).collect();
    Outcome::judge(sent.len(), sent.len()).with_records(sent)
}

/// Documents that look like a privacy notice to guardians.
fn notice(input: &AuditInput<'_>) -> Outcome {
    const WORDS: &[&str] = &["告知", "知情同意", "privacy notice", "notice to guardians"];
    let papers: Vec<Id> = input.documents(WORDS).map(|paper| paper.id).collect();
    if papers.is_empty() {
        Outcome::judge(input.records.children.len(), 0)
    } else {
        Outcome::met(papers.len()).with_records(papers)
    }
}
