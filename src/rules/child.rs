//! What a child's file says that cannot be or should not be, and what it lacks.

use super::record::Case;
use crate::diagnostic::{Finding, Message, Place};
use crate::model::child::{Child, GuardianshipKind};
use crate::model::identity::{NotANumber, identity};
use crate::model::prose::is_sealed;
use crate::model::{FieldPath, Kind};
use crate::store::layout;
use crate::text::Lang;

pub(super) fn child(case: &mut Case<'_>, child: &Child) {
    dates(case, child);
    number(case, child);
    phones(case, child);
    let today = case.context.today;
    if child.is_enrolled(today) {
        care(case, child);
        if child.consent.is_none() {
            let help = Message::new("rule-no-consent-help");
            let finding = Finding::new(
                "no-consent",
                (case.path)(),
                Place::File,
                Message::new("rule-no-consent"),
            );
            case.findings.push(finding.help(help));
        }
    }
    if child.is_left_behind(today, case.context.school.definition()) {
        completeness(case, child);
    }
}

fn dates(case: &mut Case<'_>, child: &Child) {
    let birth = child.birth_date.0;
    if birth > case.context.today {
        let message = Message::new("rule-future-date").with("day", birth);
        case.report("future-date", FieldPath::key("birth_date"), message);
    }
    let list = |name: &str, at: usize| FieldPath::key(name).at(at).then("since");
    let since = (child.guardianship.iter().enumerate())
        .map(|(at, entry)| (list("guardianship", at), entry.since.0))
        .chain(
            (child.enrolment.iter().enumerate())
                .map(|(at, entry)| (list("enrolment", at), entry.since.0)),
        )
        .chain(
            (child.priority.iter().enumerate())
                .map(|(at, entry)| (list("priority", at), entry.since.0)),
        )
        .chain(child.filed.map(|filed| (FieldPath::key("filed"), filed.0)));
    for (field, day) in since {
        if day < birth {
            let message = Message::new("rule-before-birth")
                .with("day", day)
                .with("birth", birth);
            case.report("before-birth", field, message);
        }
    }
    for (at, entry) in child.priority.iter().enumerate() {
        if let Some(until) = entry.until.filter(|until| *until < entry.since) {
            let message = Message::new("rule-end-before-start")
                .with("field", "until")
                .with("end", until)
                .with("other", "since")
                .with("start", entry.since);
            case.report(
                "end-before-start",
                FieldPath::key("priority").at(at).then("until"),
                message,
            );
        }
    }
    let entered = child.enrolment.iter().map(|entry| entry.since.0).min();
    if let (Some(left), Some(entered)) = (&child.left, entered)
        && left.date.0 < entered
    {
        let message = Message::new("rule-end-before-start")
            .with("field", "left.date")
            .with("end", left.date)
            .with("other", "enrolment")
            .with("start", entered);
        case.report(
            "end-before-start",
            FieldPath::key("left").then("date"),
            message,
        );
    }
}

fn number(case: &mut Case<'_>, child: &Child) {
    let open = child.id_number.as_ref().filter(|number| !is_sealed(number));
    let Some(number) = open.map(|number| number.trim()) else {
        return;
    };
    let field = || FieldPath::key("id_number");
    match identity(number) {
        Err(fault) => {
            let id = match fault {
                NotANumber::Form => "rule-bad-id-number",
                NotANumber::Birth => "rule-bad-id-number-birth",
                NotANumber::Check => "rule-bad-id-number-check",
            };
            case.report("bad-id-number", field(), Message::new(id));
        }
        Ok(says) => {
            let birth = says.birth == child.birth_date.0;
            if !birth || says.gender != child.gender {
                let id = match birth {
                    false => "rule-id-number-mismatch-birth",
                    true => "rule-id-number-mismatch-gender",
                };
                let other = if birth { "gender" } else { "birth_date" };
                let place = Place::Field(FieldPath::key(other));
                let finding = Finding::new(
                    "id-number-mismatch",
                    (case.path)(),
                    Place::Field(field()),
                    Message::new(id),
                );
                let related = finding.related((case.path)(), place, Message::new("rule-related"));
                case.findings.push(related);
            }
        }
    }
    let help = Message::new("rule-id-number-in-clear-help");
    let message = Message::new("rule-id-number-in-clear");
    let finding = Finding::new(
        "id-number-in-clear",
        (case.path)(),
        Place::Field(field()),
        message,
    );
    case.findings.push(finding.help(help));
}

fn phones(case: &mut Case<'_>, child: &Child) {
    for (at, entry) in child.guardianship.iter().enumerate() {
        let phone = entry
            .guardian
            .as_ref()
            .and_then(|guardian| guardian.phone.as_ref());
        case.phone(phone, || {
            FieldPath::key("guardianship")
                .at(at)
                .then("guardian")
                .then("phone")
        });
    }
    for (at, parent) in child.parents.iter().enumerate() {
        case.phone(parent.phone.as_ref(), || {
            FieldPath::key("parents").at(at).then("phone")
        });
    }
}

fn care(case: &mut Case<'_>, child: &Child) {
    let today = case.context.today;
    let Some(care) = child.guardianship_on(today) else {
        let message = Message::new("rule-guardianship-missing");
        case.report(
            "guardianship-missing",
            FieldPath::key("guardianship"),
            message,
        );
        return;
    };
    let age = child.age_on(today);
    if care.kind == GuardianshipKind::Unattended && age < 16 {
        let at = child
            .guardianship
            .iter()
            .position(|entry| std::ptr::eq(entry, care));
        let id = if age < 8 {
            "rule-unattended-child-young"
        } else {
            "rule-unattended-child"
        };
        let field = FieldPath::key("guardianship")
            .at(at.unwrap_or(0))
            .then("kind");
        let help = Message::new("rule-unattended-child-help");
        let message = Message::new(id).with("age", age);
        case.findings.push(
            Finding::new(
                "unattended-child",
                (case.path)(),
                Place::Field(field),
                message,
            )
            .help(help),
        );
    }
}

fn completeness(case: &mut Case<'_>, child: &Child) {
    let has = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    let guardian = child
        .guardianship_on(case.context.today)
        .and_then(|care| care.guardian.as_ref());
    let parents = child.parents.iter();
    let lacking = [
        ("filed", child.filed.is_none()),
        ("enrolment", child.enrolment.is_empty()),
        (
            "guardianship.guardian.name",
            !has(guardian.and_then(|guardian| guardian.name.as_deref())),
        ),
        (
            "guardianship.guardian.phone",
            !has(guardian.and_then(|guardian| guardian.phone.as_deref())),
        ),
        (
            "parents.phone",
            !parents.clone().any(|parent| has(parent.phone.as_deref())),
        ),
    ];
    let lacking: Vec<&str> = lacking
        .iter()
        .filter(|(_, lacks)| *lacks)
        .map(|(field, _)| *field)
        .collect();
    if lacking.is_empty() {
        return;
    }
    let labels = |lang| lacking.iter().map(|field| label(field, lang)).collect();
    let [zh, en]: [Vec<String>; 2] = Lang::ALL.map(labels);
    let message = Message::new("rule-file-incomplete")
        .with("labels", zh.join("、"))
        .with("words", en.join(", "));
    let path = (case.path)();
    let id = layout::id_of(&path).map_or_else(|| path.clone(), |id| id.to_string());
    let help = Message::new("rule-file-incomplete-help")
        .with("id", id)
        .with("fields", lacking.join(", "));
    let finding = Finding::new("file-incomplete", path, Place::File, message);
    case.findings.push(finding.help(help));
}

/// What a field is called: behind its table, where it is in one.
fn label(field: &str, lang: Lang) -> String {
    let path: FieldPath = field.parse().unwrap_or_default();
    let shape = Kind::Child.shape();
    // Of a table in a table the inner one says enough.
    let outer = path.0.len().saturating_sub(2);
    let labels = (outer..path.0.len()).filter_map(|at| {
        let path = FieldPath(path.0[..=at].to_vec());
        shape.at(&path).map(|field| field.label(lang))
    });
    let labels: Vec<String> = labels.collect();
    labels.join(match lang {
        Lang::Zh => "",
        Lang::En => " ",
    })
}
