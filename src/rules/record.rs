//! What single records say that cannot be: read once, beside the file's text.

use std::any::Any;
use std::path::{Component, Path};

use chrono::NaiveDate;

use super::{child, order};
use crate::diagnostic::{Finding, Fix, Message, Place};
use crate::model::activity::Activity;
use crate::model::assessment::Assessment;
use crate::model::child::Child;
use crate::model::document::Document;
use crate::model::helper::{Helper, HelperRole};
use crate::model::incident::Incident;
use crate::model::loan::Loan;
use crate::model::pairing::Pairing;
use crate::model::prose::is_sealed;
use crate::model::term::Term;
use crate::model::visit::Visit;
use crate::model::{Entry, FieldPath, Kind, Phone, Record, School};
use crate::store::read::Source;
use crate::store::{Store, check, layout, surface};

/// What the rules depend on beside the records.
pub(super) struct Context<'a> {
    pub(super) store: &'a Store,
    pub(super) school: &'a School,
    pub(super) today: NaiveDate,
}

/// A record whose findings are gathered.
pub(super) struct Case<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) path: &'a dyn Fn() -> String,
    pub(super) text: &'a str,
    pub(super) findings: &'a mut Vec<Finding>,
}

impl Case<'_> {
    /// Notes a finding about a field.
    pub(super) fn report(&mut self, rule: &'static str, field: FieldPath, message: Message) {
        self.findings.push(Finding::new(
            rule,
            (self.path)(),
            Place::Field(field),
            message,
        ));
    }

    /// Notes that an end is before its start.
    fn order(&mut self, start: (&str, NaiveDate), end: (&str, Option<NaiveDate>)) {
        if let Some(day) = end.1.filter(|day| *day < start.1) {
            let field = FieldPath::key(end.0);
            let message = Message::new("rule-end-before-start")
                .with("field", &field)
                .with("end", day)
                .with("other", start.0)
                .with("start", start.1);
            self.report("end-before-start", field, message);
        }
    }

    pub(super) fn phone(&mut self, phone: Option<&Phone>, field: impl Fn() -> FieldPath) {
        if let Some(phone) = phone.filter(|phone| !is_phone(phone)) {
            let message = Message::new("rule-bad-phone").with("found", &**phone);
            self.report("bad-phone", field(), message);
        }
    }
}

/// Whether a text may be a phone number in China: a mobile number, or one of the fixed net with or without the
/// code of the place; blanks, hyphens and the country's code may stand in it.
fn is_phone(text: &str) -> bool {
    let mut digits = String::new();
    for c in text.trim().trim_start_matches("+86").chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '-' | '(' | ')' | '（' | '）' => {}
            _ => return false,
        }
    }
    match digits.as_bytes() {
        [b'1', b'2'..=b'9', ..] => digits.len() == 11,
        [b'0', ..] => (10..=12).contains(&digits.len()),
        [b'4' | b'8', b'0', b'0', ..] => digits.len() == 10,
        _ => (7..=8).contains(&digits.len()),
    }
}

/// Checks a record.
pub(super) fn record<K: Record>(
    context: &Context<'_>,
    entry: &Entry<K>,
    source: &Source<'_>,
    findings: &mut Vec<Finding>,
) {
    if surface::is_out_of_the_ordinary(source.text) {
        findings.extend(check::inspect(
            K::KIND.shape(),
            &(source.path)(),
            source.text.as_bytes(),
        ));
    }
    let mut case = Case {
        context,
        path: source.path,
        text: source.text,
        findings,
    };
    place(&mut case, entry, source);
    unsealed(&mut case, &entry.record);
    follow_ups(&mut case, &entry.record);
    let record: &dyn Any = &entry.record;
    if let Some(visit) = record.downcast_ref::<Visit>() {
        self::visit(&mut case, visit);
    } else if let Some(child) = record.downcast_ref::<Child>() {
        child::child(&mut case, child);
        order::entries(&mut case, child);
    } else if let Some(pairing) = record.downcast_ref::<Pairing>() {
        let until = pairing.until.map(|until| until.0);
        case.order(("since", pairing.since.0), ("until", until));
    } else if let Some(activity) = record.downcast_ref::<Activity>() {
        self::activity(&mut case, activity);
    } else if let Some(incident) = record.downcast_ref::<Incident>() {
        self::incident(&mut case, incident);
    } else if let Some(helper) = record.downcast_ref::<Helper>() {
        self::helper(&mut case, helper);
    } else if let Some(term) = record.downcast_ref::<Term>() {
        case.order(("start", term.start.0), ("end", Some(term.end.0)));
    } else if let Some(loan) = record.downcast_ref::<Loan>() {
        let day = |date: Option<crate::model::Date>| date.map(|date| date.0);
        case.order(("date", loan.date.0), ("due", day(loan.due)));
        case.order(("date", loan.date.0), ("returned", day(loan.returned)));
    } else if let Some(document) = record.downcast_ref::<Document>() {
        let until = document.until.map(|until| until.0);
        case.order(("date", document.date.0), ("until", until));
        if let Some(file) = &document.file {
            case.file(file, FieldPath::key("file"));
        }
    }
}

/// Whether confidential text stands in clear where the school seals it; id numbers have a rule of their own.
fn unsealed(case: &mut Case<'_>, record: &dyn Any) {
    if case.context.school.seal.recipients.is_empty() {
        return;
    }
    let text = if let Some(visit) = record.downcast_ref::<Visit>() {
        visit.confidential.as_deref()
    } else if let Some(assessment) = record.downcast_ref::<Assessment>() {
        assessment.confidential.as_deref()
    } else if let Some(incident) = record.downcast_ref::<Incident>() {
        incident.confidential.as_deref()
    } else {
        None
    };
    if text.is_some_and(|text| !is_sealed(text)) {
        let field = Place::Field(FieldPath::key("confidential"));
        let message = Message::new("rule-unsealed");
        let finding = Finding::new("unsealed", (case.path)(), field, message);
        let help = Message::new("rule-unsealed-help");
        case.findings.push(finding.help(help));
    }
}

/// Whether the file lies where its name says, and its name says what the record does.
fn place<K: Record>(case: &mut Case<'_>, entry: &Entry<K>, source: &Source<'_>) {
    if !source.in_place {
        let to = layout::path_of(entry.id);
        let message = Message::new("rule-wrong-folder").with("folder", layout::folder_of(entry.id));
        case.findings.push(
            Finding::new("wrong-folder", (source.path)(), Place::File, message).fix(Fix::Move(to)),
        );
    }
    let Some(field) = K::INFO.day_field else {
        return;
    };
    let Some(day) = entry.record.day() else {
        return;
    };
    if entry.id.day().is_some_and(|named| named != day) {
        let message = Message::new("rule-bad-file-name-day")
            .with("field", field)
            .with("day", day);
        let help = Message::new("rule-bad-file-name-day-help");
        let place = Place::Field(FieldPath::key(field));
        case.findings
            .push(Finding::new("bad-file-name", (source.path)(), place, message).help(help));
    }
    if day > case.context.today && K::KIND != Kind::Document {
        let message = Message::new("rule-future-date").with("day", day);
        case.report("future-date", FieldPath::key(field), message);
    }
}

fn follow_ups<K: Record>(case: &mut Case<'_>, record: &K) {
    for (at, follow_up) in record.follow_ups().iter().enumerate() {
        if follow_up.due.0 < case.context.today && follow_up.done.is_none() {
            let days = (case.context.today - follow_up.due.0).num_days();
            let message = Message::new("rule-follow-up-overdue")
                .with("due", follow_up.due)
                .with("days", days);
            let field = FieldPath::key("follow_up").at(at).then("due");
            case.report("follow-up-overdue", field, message);
        }
    }
}

fn visit(case: &mut Case<'_>, visit: &Visit) {
    let Some(recorded) = visit.recorded.map(|recorded| recorded.0) else {
        return;
    };
    case.order(("date", visit.date.0), ("recorded", Some(recorded)));
    let (days, within) = (
        (recorded - visit.date.0).num_days(),
        case.context.school.record_within_days(),
    );
    if days > i64::from(within) {
        let message = Message::new("rule-recorded-late")
            .with("days", days)
            .with("within", within);
        case.report("recorded-late", FieldPath::key("recorded"), message);
    }
}

fn activity(case: &mut Case<'_>, activity: &Activity) {
    let until = activity.until.map(|until| until.0);
    case.order(("date", activity.date.0), ("until", until));
    let attended = activity
        .attendance
        .as_ref()
        .and_then(|attendance| attendance.children);
    let mut named: Vec<_> = activity.children.iter().map(|child| child.id()).collect();
    named.sort_unstable();
    named.dedup();
    if let Some(attended) = attended.filter(|attended| (*attended as usize) < named.len()) {
        let message = Message::new("rule-attendance-too-small")
            .with("attended", attended)
            .with("named", named.len());
        case.report(
            "attendance-too-small",
            FieldPath::key("attendance").then("children"),
            message,
        );
    }
    for (at, photo) in activity.photos.iter().enumerate() {
        case.file(photo, FieldPath::key("photos").at(at));
    }
}

fn incident(case: &mut Case<'_>, incident: &Incident) {
    let discovered = incident.discovered.0;
    if incident.kind.must_be_reported()
        && incident.reported_to.iter().all(|to| to.trim().is_empty())
    {
        let help = Message::new("rule-unreported-harm-help");
        let place = Place::Field(FieldPath::key("kind"));
        let message = Message::new("rule-unreported-harm");
        case.findings
            .push(Finding::new("unreported-harm", (case.path)(), place, message).help(help));
    }
    let within = case.context.school.incident_within_minutes();
    match incident.reported.map(|reported| reported.0) {
        None => {
            let message = Message::new("rule-reported-late-never").with("within", within);
            case.report("reported-late", FieldPath::key("discovered"), message);
        }
        Some(reported) if reported < discovered => {
            let message = Message::new("rule-end-before-start")
                .with("field", "reported")
                .with("end", reported)
                .with("other", "discovered")
                .with("start", discovered);
            case.report("end-before-start", FieldPath::key("reported"), message);
        }
        Some(reported) => {
            // A report in the last second of the fifth minute is on time.
            let seconds = (reported - discovered).num_seconds();
            if seconds > i64::from(within) * 60 {
                let message = Message::new("rule-reported-late")
                    .with("minutes", (seconds + 59) / 60)
                    .with("within", within);
                case.report("reported-late", FieldPath::key("reported"), message);
            }
        }
    }
    let closed = incident.closed.map(|closed| closed.0);
    case.order(("discovered", discovered.date()), ("closed", closed));
}

fn helper(case: &mut Case<'_>, helper: &Helper) {
    case.phone(helper.phone.as_ref(), || FieldPath::key("phone"));
    if let Some(since) = helper.since {
        let until = helper.until.map(|until| until.0);
        case.order(("since", since.0), ("until", until));
    }
    let with_children = matches!(
        helper.role,
        HelperRole::Teacher
            | HelperRole::HeadTeacher
            | HelperRole::Counsellor
            | HelperRole::Leader
            | HelperRole::Volunteer
            | HelperRole::ProxyParent
    );
    let today = case.context.today;
    let year_ago = today
        .checked_sub_months(chrono::Months::new(12))
        .unwrap_or(today);
    let checked = helper.checked.map(|checked| checked.0);
    if with_children && helper.is_active(today) && checked.is_none_or(|day| day < year_ago) {
        let message = match checked {
            Some(day) => Message::new("rule-helper-unchecked-since").with("day", day),
            None => Message::new("rule-helper-unchecked"),
        };
        case.report("helper-unchecked", FieldPath::key("checked"), message);
    }
}

impl Case<'_> {
    /// Reports a path that leads out of the records directory or to no file.
    fn file(&mut self, path: &str, field: FieldPath) {
        let inside = Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        let there = inside
            && std::fs::symlink_metadata(self.context.store.absolute(path))
                .is_ok_and(|file| file.is_file());
        if !there {
            let id = if inside {
                "rule-unknown-file"
            } else {
                "rule-unknown-file-outside"
            };
            let message = Message::new(id).with("path", path);
            self.report("unknown-file", field, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_phone;

    #[test]
    fn numbers_that_can_be_called_are_phones() {
        for text in [
            "13900000001",
            "139 0000 0001",
            "+86 13900000001",
            "0851-1234567",
            "22345678",
            "400-810-0000",
        ] {
            assert!(is_phone(text), "{text}");
        }
        for text in [
            "",
            "1390000000",
            "139000000012",
            "无",
            "1390000000l",
            "12345",
            "10000000000",
        ] {
            assert!(!is_phone(text), "{text}");
        }
    }
}
