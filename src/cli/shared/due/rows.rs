//! Due items as rows with display texts.

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::contact::{Clock, Start};
use crate::analysis::due::{DueItem, DueReason, Group};
use crate::document::clean;
use crate::model::assessment::Risk;
use crate::model::duty::OwedTo;
use crate::model::{Code, Id, Kind, Records, School};
use crate::text::Lang;
use crate::tr;

/// A person with the display name.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Person {
    pub(crate) id: Id,
    pub(crate) name: String,
}

/// The names of persons, separated by the language's comma.
pub(crate) fn names(persons: &[Person], lang: Lang) -> String {
    let names: Vec<&str> = persons.iter().map(|person| person.name.as_str()).collect();
    names.join(&tr!(lang, "due-comma"))
}

/// A due item with its display texts. Its serialisation is the output of `--format json`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DueRow {
    #[serde(serialize_with = "code")]
    pub(crate) group: Group,
    pub(crate) day: Option<Day>,
    pub(crate) overdue: bool,
    /// The handle that `done` takes, if it can be completed.
    pub(crate) handle: Option<String>,
    pub(crate) title: String,
    /// The id of the duty.
    pub(crate) duty: Option<String>,
    pub(crate) children: Vec<Person>,
    pub(crate) classes: Vec<String>,
    pub(crate) helpers: Vec<Person>,
    pub(crate) record: Option<String>,
    /// How many records are missing for a duty; or by how many children a helper exceeds the limit.
    pub(crate) missing: Option<u32>,
    /// The periods in which records are missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) periods: Vec<Period>,
    pub(crate) last_contact: Option<Day>,
    /// The time without contact.
    pub(crate) gap: Option<ContactGap>,
    pub(crate) note: String,
    /// A key that identifies the item within its group, and is the same on other days.
    #[serde(skip)]
    pub(crate) key: String,
    #[serde(skip)]
    pub(crate) class_labels: Vec<String>,
    /// The kind of the missing records.
    #[serde(skip)]
    pub(crate) kind: Option<Kind>,
    /// How the rows of a duty are grouped.
    #[serde(skip)]
    pub(crate) by: DutyGrouping,
}

/// How the rows of a duty are grouped in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DutyGrouping {
    Helper,
    Class,
    Nobody,
}

/// The contact clock of a child, for machine-readable formats.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ContactGap {
    pub(crate) days: u32,
    pub(crate) bound: u32,
    pub(crate) risk: Option<String>,
    /// The day on which the clock starts, and the event on it.
    pub(crate) since: Day,
    pub(crate) start: String,
    /// The duty that sets the limit; `None` if it is the school's policy.
    pub(crate) duty: Option<String>,
    /// The label of the risk level.
    #[serde(skip)]
    pub(crate) risk_label: String,
}

/// A duty period, both ends inclusive.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Period {
    from: Day,
    until: Day,
}

/// A date, serialised as a string.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day(pub(crate) NaiveDate);

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

fn code<S: serde::Serializer>(group: &Group, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(group.code())
}

/// What display texts depend on.
pub(crate) struct DueWords<'a> {
    pub(crate) school: &'a School,
    pub(crate) records: &'a Records,
    pub(crate) today: NaiveDate,
    pub(crate) lang: Lang,
    /// Whether the order is explained.
    pub(crate) why: bool,
}

impl DueWords<'_> {
    /// Converts a due item to a row.
    pub(crate) fn row(&self, item: &DueItem<'_>) -> DueRow {
        let lang = self.lang;
        let (missing, last_contact, periods) = match &item.reason {
            DueReason::Duty {
                missing,
                last_contact,
                periods,
                ..
            } => (Some(*missing), *last_contact, &periods[..]),
            DueReason::Contact(clock) => (None, clock.last_contact, &[][..]),
            _ => (None, None, &[][..]),
        };
        let duty = match &item.reason {
            DueReason::Duty { duty, .. } => Some(*duty),
            _ => None,
        };
        let gap = match &item.reason {
            DueReason::Contact(clock) => Some(self.gap(clock)),
            _ => None,
        };
        let periods = periods.iter().map(|period| Period {
            from: Day(period.from),
            until: Day(period.until),
        });
        let classes = item.classes.iter();
        DueRow {
            group: item.reason.group(),
            day: item.day.map(Day),
            overdue: item.is_overdue(self.today),
            handle: item.handle(),
            title: clean(&self.title(item)),
            duty: duty.map(|duty| duty.id.clone()),
            children: item.children.iter().map(|id| self.person(*id)).collect(),
            classes: classes.clone().map(ToString::to_string).collect(),
            helpers: item.helpers.iter().map(|id| self.person(*id)).collect(),
            record: item.record.map(|id| id.to_string()),
            kind: match &item.reason {
                DueReason::Duty { duty, .. } => Some(duty.record.0),
                _ => None,
            },
            missing,
            periods: periods.collect(),
            last_contact: last_contact.map(Day),
            gap,
            note: clean(&self.note(&item.reason)),
            key: key(item),
            class_labels: classes
                .map(|class| self.school.class_label(*class, self.today, lang))
                .collect(),
            by: match duty.map(|duty| duty.owed_to) {
                Some(OwedTo::Pairing) => DutyGrouping::Helper,
                Some(OwedTo::Child) => DutyGrouping::Class,
                _ => DutyGrouping::Nobody,
            },
        }
    }

    fn gap(&self, clock: &Clock<'_>) -> ContactGap {
        let label = |risk: Risk| {
            let risk = risk.label().get(self.lang);
            tr!(self.lang, "due-risk", risk = risk)
        };
        ContactGap {
            days: clock.days,
            bound: clock.bound,
            risk: clock.risk.map(|risk| risk.code().to_owned()),
            since: Day(clock.since),
            start: clock.start.code().to_owned(),
            duty: clock.duty.map(|duty| duty.id.clone()),
            risk_label: clock.risk.map_or_else(String::new, label),
        }
    }

    /// Describes where the clock starts; with `why` also the reason for the child's position.
    fn gap_note(&self, clock: &Clock<'_>) -> String {
        let lang = self.lang;
        let day = clock.since.to_string();
        let since = match clock.start {
            Start::Contact => tr!(lang, "due-last-contact", day = day),
            Start::LeftBehind => tr!(lang, "due-left-behind-since", day = day),
            Start::FirstTerm => tr!(lang, "due-no-contact", day = day),
        };
        if !self.why {
            return since;
        }
        let bound = clock.bound.max(1);
        let tenths = (u64::from(clock.days) * 10 + u64::from(bound) / 2) / u64::from(bound);
        let times = format!("{}.{}", tenths / 10, tenths % 10);
        let why = match clock.duty {
            Some(duty) => tr!(
                lang,
                "due-why-duty",
                times = times,
                title = duty.title.as_str()
            ),
            None => tr!(lang, "due-why-policy", times = times),
        };
        format!("{since}{}{why}", tr!(lang, "due-separator"))
    }

    /// The name of a child or helper; its id if there is no record.
    fn person(&self, id: Id) -> Person {
        let name = match id.kind() {
            Kind::Child => self
                .records
                .children
                .get(id)
                .map(|child| child.name.clone()),
            _ => self
                .records
                .helpers
                .get(id)
                .map(|helper| helper.name.clone()),
        };
        Person {
            id,
            name: name.map_or_else(|| id.to_string(), |name| clean(&name)),
        }
    }

    fn title(&self, item: &DueItem<'_>) -> String {
        let lang = self.lang;
        match &item.reason {
            DueReason::Contact(clock) => {
                tr!(lang, "due-gap", days = clock.days, bound = clock.bound)
            }
            DueReason::Duty { duty, .. } => duty.title.clone(),
            DueReason::FollowUp { what, .. } | DueReason::NextStep { what, .. } => {
                (*what).to_owned()
            }
            DueReason::Incident { kind, .. } => kind.label().get(lang).to_owned(),
            DueReason::Loan { item, quantity: 1 } => (*item).to_owned(),
            DueReason::Loan { item, quantity } => format!("{item} × {quantity}"),
            DueReason::Birthday { age, lunar: false } => tr!(lang, "due-birthday", age = *age),
            DueReason::Birthday { age, lunar: true } => tr!(lang, "due-birthday-lunar", age = *age),
            DueReason::Festival(festival) => festival.label().get(lang).to_owned(),
            DueReason::Caseload { role, most } => tr!(
                lang,
                "due-caseload",
                role = role.label().get(lang),
                children = item.children.len(),
                most = *most
            ),
            DueReason::Unpaired | DueReason::Unassessed | DueReason::NoGuardianPhone => {
                item.reason.group().label().get(lang).to_owned()
            }
            DueReason::PastRetention { left } => tr!(lang, "due-left", day = left.to_string()),
        }
    }

    fn note(&self, reason: &DueReason<'_>) -> String {
        let lang = self.lang;
        match reason {
            DueReason::Duty {
                duty,
                periods,
                missing,
                last_contact,
            } => {
                let missing = missing_words(lang, duty.record.0, *missing, periods.len());
                if !matches!(duty.owed_to, OwedTo::Child | OwedTo::Pairing) {
                    return missing;
                }
                let contact = match last_contact {
                    Some(day) => tr!(lang, "due-last-contact", day = day.to_string()),
                    None => tr!(lang, "due-never-contacted"),
                };
                format!("{missing}{}{contact}", tr!(lang, "due-separator"))
            }
            DueReason::Contact(clock) => self.gap_note(clock),
            DueReason::FollowUp { who: Some(who), .. }
            | DueReason::NextStep { who: Some(who), .. } => (*who).to_owned(),
            DueReason::Incident { since, .. } => tr!(lang, "due-since", day = since.to_string()),
            _ => String::new(),
        }
    }
}

/// How many records are missing, in how many periods.
pub(super) fn missing_words(lang: Lang, kind: Kind, missing: u32, periods: usize) -> String {
    let what = match (lang, missing) {
        (Lang::En, 2..) => kind.folder(),
        _ => kind.label().get(lang),
    };
    tr!(
        lang,
        "due-missing",
        missing = missing,
        periods = periods,
        what = what
    )
}

fn key(item: &DueItem<'_>) -> String {
    let group = item.reason.group().code();
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    match &item.reason {
        DueReason::Duty { duty, .. } => {
            let whose = item.record.or(item.children.first().copied());
            let whose = whose.map(|id| id.to_string());
            let whose = whose.or(item.classes.first().map(|class| class.to_string()));
            format!(
                "{group}-{}-{}-{}",
                duty.id,
                whose.unwrap_or_default(),
                day(item.day)
            )
        }
        DueReason::FollowUp { .. } | DueReason::NextStep { .. } => {
            let record = item.record.map_or_else(String::new, |id| id.to_string());
            format!("{group}-{record}-{}", item.entry.unwrap_or_default())
        }
        DueReason::Festival(festival) => format!("{group}-{}-{}", festival.code(), day(item.day)),
        DueReason::Birthday { .. } => {
            let child = item
                .children
                .first()
                .map_or_else(String::new, |id| id.to_string());
            format!("{group}-{child}-{}", day(item.day))
        }
        _ => {
            let record = item.record.map_or_else(String::new, |id| id.to_string());
            format!("{group}-{record}")
        }
    }
}
