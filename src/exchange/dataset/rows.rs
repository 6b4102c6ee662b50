//! Records as rows with every column of their table, and the pseudonyms in them.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};
use toml::{Table, Value};

use super::columns::{DatasetColumn, Type};
use crate::analysis::duty::Owed;
use crate::analysis::figures::{Part, Subject};
use crate::exchange::disclosure::{Disclosure, Naming, People};
use crate::model::{EntryRef, Id, Money, Records};
use crate::text::name::fold;

/// The pseudonyms of children, helpers, records and names.
pub(super) struct Substitutes<'r> {
    disclosure: &'r Disclosure,
    people: People,
    persons: HashMap<Id, String>,
}

impl<'r> Substitutes<'r> {
    pub(super) fn of(disclosure: &'r Disclosure, records: &Records) -> Substitutes<'r> {
        let mut persons = HashMap::new();
        if let Naming::Pseudonyms(pseudonyms) = &disclosure.naming {
            for child in &records.children {
                // What every school knows about a child and writes in the same way.
                let known = format!(
                    "{}|{}|{}",
                    fold(&child.name),
                    child.gender,
                    child.birth_date
                );
                persons.insert(child.id, pseudonyms.of("person", &known));
            }
        }
        Substitutes {
            people: disclosure.people(records),
            disclosure,
            persons,
        }
    }

    pub(super) fn people(&self) -> &People {
        &self.people
    }

    pub(super) fn id(&self, id: Id) -> String {
        self.disclosure.id(id)
    }

    /// The pseudonym of a child that is the same in every school with the same pseudonym key.
    pub(super) fn person(&self, child: Id) -> Option<&str> {
        self.persons.get(&child).map(String::as_str)
    }

    pub(super) fn is_full(&self) -> bool {
        matches!(self.disclosure.naming, Naming::Full)
    }

    /// Pseudonymises the name of an organisation, book or donor, which may be a person.
    fn name(&self, name: &str) -> String {
        match &self.disclosure.naming {
            Naming::Pseudonyms(pseudonyms) => pseudonyms.of("name", name),
            Naming::Nobody | Naming::Full => name.to_owned(),
        }
    }

    /// A text that may name people, as disclosed.
    pub(super) fn text(&self, text: &str) -> String {
        self.disclosure.text(text, &self.people)
    }

    /// The type and the pseudonym of a figure's subject.
    pub(super) fn subject(&self, subject: &Subject<'_>) -> (&'static str, String) {
        match *subject {
            Subject::Record(entry) => (entry.id().kind().name(), self.id(entry.id())),
            Subject::Part(entry, part) => {
                let id = self.id(entry.id());
                match part {
                    Part::Grade(grade) => ("grade", format!("{id}.{}", grade.0)),
                    Part::FollowUp(at) => ("follow-up", format!("{id}.{}", at + 1)),
                    Part::Target(at) => ("target", format!("{id}.{}", at + 1)),
                    Part::NextStep(at) => ("next-step", format!("{id}.{}", at + 1)),
                    Part::Leader(at) => ("leader", format!("{id}.{}", at + 1)),
                }
            }
            Subject::Named(name, _) => ("name", self.name(name)),
            Subject::Class(class) => ("class", class.to_string()),
            Subject::Parent(child, parent) => ("parent", format!("{}.{parent}", self.id(child.id))),
            Subject::Birthday(child, day) => (
                "birthday",
                format!("{}.{}", self.id(child.id), day.format("%Y")),
            ),
            Subject::Trip(day, organisation, _) => {
                ("trip", format!("{day}.{}", self.name(organisation)))
            }
            Subject::Equipment(at, _) => ("equipment", (at + 1).to_string()),
            Subject::Owed(duty, owed) => {
                let id = &duty.id;
                (
                    "period",
                    format!("{id}.{}.{}", owed.from, self.owed_to(&owed)),
                )
            }
        }
    }

    /// The subject to whom a period is owed.
    pub(super) fn owed_to(&self, owed: &Owed) -> String {
        use crate::analysis::duty::Subject as To;
        match owed.subject {
            To::School => "school".to_owned(),
            To::Class(class) => class.to_string(),
            To::Pairing(id) | To::Child(id) => self.id(id),
        }
    }

    /// The child that a subject is or belongs to, if it is exactly one.
    pub(super) fn child_of(subject: &Subject<'_>) -> Option<Id> {
        match *subject {
            Subject::Record(EntryRef::Child(child))
            | Subject::Parent(child, _)
            | Subject::Birthday(child, _) => Some(child.id),
            Subject::Owed(_, owed) => owed.child,
            _ => None,
        }
    }
}

/// The fields of a record in all columns of its table, with null for missing ones.
pub(super) fn object(columns: &[DatasetColumn], fields: &Table) -> Map<String, Json> {
    let cell = |column: &DatasetColumn| {
        let value = fields.get(&column.field);
        (column.name.clone(), cell(&column.holds, value))
    };
    columns.iter().map(cell).collect()
}

fn cell(holds: &Type, value: Option<&Value>) -> Json {
    match (holds, value) {
        (Type::List(entry), Some(Value::Array(entries))) => entries
            .iter()
            .map(|value| cell(entry, Some(value)))
            .collect(),
        (Type::List(_), _) => Json::Array(Vec::new()),
        (Type::Struct(columns), Some(Value::Table(fields))) => object(columns, fields).into(),
        // A limit: the maximum, or minimum and maximum.
        (Type::Struct(columns), Some(Value::Integer(most))) => bounds(columns, None, Some(*most)),
        (Type::Struct(columns), Some(Value::Array(entries))) => {
            let number = |at: usize| entries.get(at).and_then(Value::as_integer);
            bounds(columns, number(0), number(1))
        }
        (Type::Struct(columns), _) => object(columns, &Table::new()).into(),
        (_, None) => Json::Null,
        (Type::Text, Some(Value::String(text))) => text.as_str().into(),
        (Type::Text, Some(Value::Table(table))) => {
            super::super::export::json(&Value::Table(table.clone()))
                .to_string()
                .into()
        }
        (Type::Text, Some(other)) => other.to_string().into(),
        (Type::Integer, Some(Value::Integer(number))) => (*number).into(),
        // The year of a date of birth.
        (Type::Integer, Some(Value::Datetime(day))) => {
            day.date.map_or(Json::Null, |date| date.year.into())
        }
        (Type::Boolean, Some(Value::Boolean(truth))) => (*truth).into(),
        (Type::Date | Type::Timestamp | Type::Time, Some(Value::Datetime(at))) => {
            timestamp(at).into()
        }
        (Type::Decimal, Some(Value::String(text))) => {
            let amount = text.parse::<Money>();
            amount.map_or(Json::Null, |amount| amount.to_string().into())
        }
        _ => Json::Null,
    }
}

fn bounds(columns: &[DatasetColumn], least: Option<i64>, most: Option<i64>) -> Json {
    let numbers = [least, most];
    let named = columns.iter().zip(numbers);
    let named = named.map(|(column, number)| (column.name.clone(), number.into()));
    Json::Object(named.collect())
}

/// Formats a date and time with seconds, as query engines expect.
fn timestamp(at: &toml::value::Datetime) -> String {
    let date = at.date.map(|date| date.to_string());
    let time = at.time.map(|time| {
        let second = time.second.unwrap_or(0);
        format!("{:02}:{:02}:{second:02}", time.hour, time.minute)
    });
    [date, time]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("T")
}
