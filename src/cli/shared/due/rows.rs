//! What is due, in words.

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::due::{Group, Item, Matter};
use crate::document::clean;
use crate::model::duty::OwedTo;
use crate::model::{Code, Id, Kind, Records, School};
use crate::text::Lang;
use crate::tr;

/// A person with the name by which people know it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Person {
    pub(crate) id: Id,
    pub(crate) name: String,
}

/// One thing that is due, with the words that show it. Its serde form is that of `--format json`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    #[serde(serialize_with = "code")]
    pub(crate) group: Group,
    pub(crate) day: Option<Day>,
    pub(crate) overdue: bool,
    pub(crate) title: String,
    pub(crate) children: Vec<Person>,
    pub(crate) classes: Vec<String>,
    pub(crate) helpers: Vec<Person>,
    pub(crate) record: Option<String>,
    /// How many records a duty wants; how many children a helper has too many.
    pub(crate) missing: Option<u32>,
    /// The parts of the term in which records are missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) periods: Vec<Period>,
    pub(crate) last_contact: Option<Day>,
    pub(crate) note: String,
    /// What names the thing among those of its group, today and tomorrow.
    #[serde(skip)]
    pub(crate) key: String,
    #[serde(skip)]
    pub(crate) class_labels: Vec<String>,
}

/// A period of a duty, both ends included.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Period {
    from: Day,
    until: Day,
}

/// A day as text: JSON has no other.
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

/// What the words depend on.
pub(crate) struct Words<'a> {
    pub(crate) school: &'a School,
    pub(crate) records: &'a Records,
    pub(crate) today: NaiveDate,
    /// The first day of which visits were read.
    pub(crate) since: NaiveDate,
    pub(crate) lang: Lang,
}

impl Words<'_> {
    /// A thing that is due, in words.
    pub(crate) fn row(&self, item: &Item<'_>) -> Row {
        let lang = self.lang;
        let (missing, last_contact, periods) = match &item.matter {
            Matter::Duty {
                missing,
                last_contact,
                periods,
                ..
            } => (Some(*missing), last_contact.map(Day), &periods[..]),
            _ => (None, None, &[][..]),
        };
        let periods = periods.iter().map(|period| Period {
            from: Day(period.from),
            until: Day(period.until),
        });
        let classes = item.classes.iter();
        Row {
            group: item.matter.group(),
            day: item.day.map(Day),
            overdue: item.is_overdue(self.today),
            title: clean(&self.title(item)),
            children: item.children.iter().map(|id| self.person(*id)).collect(),
            classes: classes.clone().map(ToString::to_string).collect(),
            helpers: item.helpers.iter().map(|id| self.person(*id)).collect(),
            record: item.record.map(|id| id.to_string()),
            missing,
            periods: periods.collect(),
            last_contact,
            note: clean(&self.note(&item.matter)),
            key: key(item),
            class_labels: classes
                .map(|class| self.school.class_label(*class, self.today, lang))
                .collect(),
        }
    }

    /// A child's or helper's name; the id of one who has no record.
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

    fn title(&self, item: &Item<'_>) -> String {
        let lang = self.lang;
        match &item.matter {
            Matter::Duty { duty, .. } => duty.title.clone(),
            Matter::FollowUp { what, .. } => (*what).to_owned(),
            Matter::Incident { kind, .. } => kind.label().get(lang).to_owned(),
            Matter::Loan { item, quantity: 1 } => (*item).to_owned(),
            Matter::Loan { item, quantity } => format!("{item} × {quantity}"),
            Matter::Birthday { age, lunar: false } => tr!(lang, "due-birthday", age = *age),
            Matter::Birthday { age, lunar: true } => tr!(lang, "due-birthday-lunar", age = *age),
            Matter::Festival(festival) => festival.label().get(lang).to_owned(),
            Matter::Caseload { role, most } => tr!(
                lang,
                "due-caseload",
                role = role.label().get(lang),
                children = item.children.len(),
                most = *most
            ),
            Matter::Unpaired | Matter::Unassessed | Matter::NoGuardianPhone => {
                item.matter.group().label().get(lang).to_owned()
            }
            Matter::PastRetention { left } => tr!(lang, "due-left", day = left.to_string()),
        }
    }

    fn note(&self, matter: &Matter<'_>) -> String {
        let lang = self.lang;
        match matter {
            Matter::Duty {
                duty,
                periods,
                missing,
                last_contact,
            } => {
                let missing = tr!(
                    lang,
                    "due-missing",
                    missing = *missing,
                    periods = periods.len()
                );
                let contact = match last_contact {
                    Some(day) => tr!(lang, "due-last-contact", day = day.to_string()),
                    None => tr!(lang, "due-no-contact", day = self.since.to_string()),
                };
                match matches!(duty.owed_to, OwedTo::Child | OwedTo::Pairing) {
                    true => format!("{missing}{}{contact}", tr!(lang, "due-separator")),
                    false => missing,
                }
            }
            Matter::FollowUp { who: Some(who), .. } => (*who).to_owned(),
            Matter::Incident { since, .. } => tr!(lang, "due-since", day = since.to_string()),
            _ => String::new(),
        }
    }
}

fn key(item: &Item<'_>) -> String {
    let group = item.matter.group().code();
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    match &item.matter {
        Matter::Duty { duty, .. } => {
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
        Matter::FollowUp { at, .. } => {
            let record = item.record.map_or_else(String::new, |id| id.to_string());
            format!("{group}-{record}-{at}")
        }
        Matter::Festival(festival) => format!("{group}-{}-{}", festival.code(), day(item.day)),
        Matter::Birthday { .. } => {
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
