//! Formats the values of records for people: labels for codes, names for ids.

use chrono::NaiveDate;

use super::naming::Naming;
use crate::model::Step;
use crate::model::prose::is_sealed;
use crate::model::shape::FieldType;
use crate::model::{Class, FieldPath, Id, Kind, Records, School, Shape};
use crate::text::{Lang, lang};

/// Formats values.
pub struct Words<'a> {
    /// The language of labels.
    pub lang: Lang,
    /// The day as of which classes are named.
    pub day: NaiveDate,
    /// The school's settings.
    pub school: &'a School,
    /// The children and helpers whose names may occur.
    pub records: &'a Records,
    /// How people are named.
    pub naming: &'a Naming,
    /// Whether confidential fields are shown.
    pub confidential: bool,
}

impl Words<'_> {
    /// Formats a value.
    pub fn of(&self, holds: &FieldType, value: &toml::Value) -> String {
        match (holds, value) {
            (_, toml::Value::Array(entries)) => {
                let entry = match holds {
                    FieldType::List(entry) => entry,
                    other => other,
                };
                let words: Vec<_> = entries.iter().map(|value| self.of(entry, value)).collect();
                let between = match self.lang {
                    Lang::Zh => "、",
                    Lang::En => ", ",
                };
                words.join(between)
            }
            (FieldType::Code(codes), toml::Value::String(word)) => {
                let known = codes.iter().find(|code| code.code == *word);
                known
                    .map_or(word.as_str(), |code| code.label(self.lang))
                    .to_owned()
            }
            (FieldType::Reference(_), toml::Value::String(id)) => self.name(id),
            (FieldType::Class, toml::Value::String(class)) => class
                .parse::<Class>()
                .map(|class| self.school.class_label(class, self.day, self.lang))
                .unwrap_or_else(|_| class.clone()),
            (FieldType::Boolean, toml::Value::Boolean(truth)) => match (self.lang, truth) {
                (Lang::Zh, true) => "是",
                (Lang::Zh, false) => "否",
                (Lang::En, true) => "yes",
                (Lang::En, false) => "no",
            }
            .to_owned(),
            (FieldType::Table(shape) | FieldType::Tables(shape), toml::Value::Table(table)) => {
                let fields = shape.fields.iter();
                let shown =
                    fields.filter(|field| self.confidential || !is_confidential(&field.holds));
                let words = shown.filter_map(|field| {
                    let value = table.get(&field.name)?;
                    let words = self.of(&field.holds, value);
                    Some(format!("{}: {words}", field.label(self.lang)))
                });
                words.collect::<Vec<_>>().join("; ")
            }
            // A helper id may stand in place of a name.
            (FieldType::Text, toml::Value::String(text)) => self.name(text),
            (FieldType::Confidential, toml::Value::String(text)) if is_sealed(text) => {
                lang::message(self.lang, "sealed", &[])
            }
            (FieldType::Prose | FieldType::Confidential, toml::Value::String(text)) => {
                self.naming.text(text.trim_end())
            }
            (_, toml::Value::String(text)) => text.trim_end().to_owned(),
            (FieldType::Time, toml::Value::Datetime(at)) => {
                let text = at.to_string();
                text.strip_suffix(":00").unwrap_or(&text).to_owned()
            }
            (_, toml::Value::Datetime(at)) => {
                // Seconds of 00 mean that only minutes were recorded.
                let text = at.to_string().replace('T', " ");
                let minutes = text.strip_suffix(":00").filter(|_| at.time.is_some());
                minutes.map_or_else(|| text.clone(), str::to_owned)
            }
            (_, other) => other.to_string(),
        }
    }

    /// The name of the child or helper with an id, according to the naming; any other text with the names in it hidden
    /// accordingly.
    pub fn name(&self, text: &str) -> String {
        match text.parse::<Id>() {
            Ok(id) => match name_of(self.records, id) {
                Some(name) => self.naming.person(id, name),
                None => text.to_owned(),
            },
            Err(_) => self.naming.text(text),
        }
    }
}

/// The name of a child or helper.
pub fn name_of(records: &Records, id: Id) -> Option<&str> {
    match id.kind() {
        Kind::Child => records.children.get(id).map(|child| &*child.name),
        Kind::Helper => records.helpers.get(id).map(|helper| &*helper.name),
        _ => None,
    }
}

/// The value of a field at a path: in a list of dated entries that of the entry in force on a day, in other lists of
/// tables those of all entries.
pub fn value(
    table: &toml::Table,
    shape: &Shape,
    path: &FieldPath,
    day: NaiveDate,
) -> Option<toml::Value> {
    let (first, rest) = path.0.split_first()?;
    let Step::Key(name) = first else {
        return None;
    };
    let (field, value) = (shape.field(name)?, table.get(name.as_ref())?);
    let rest = match rest {
        [] => return Some(value.clone()),
        rest => FieldPath(rest.to_vec()),
    };
    match (&field.holds, value) {
        (FieldType::Table(inner), toml::Value::Table(table)) => {
            self::value(table, inner, &rest, day)
        }
        (FieldType::Tables(inner), toml::Value::Array(entries)) => {
            let tables = || entries.iter().filter_map(toml::Value::as_table);
            if let [Step::Index(index), rest @ ..] = &rest.0[..] {
                let table = tables().nth(*index)?;
                return self::value(table, inner, &FieldPath(rest.to_vec()), day);
            }
            if inner.field("since").is_some() {
                let since = |table: &&toml::Table| table.get("since").map(ToString::to_string);
                let day = day.to_string();
                let counts = tables()
                    .filter(|table| since(table).is_some_and(|since| since <= day))
                    .max_by_key(since);
                return self::value(counts?, inner, &rest, chrono::NaiveDate::MAX);
            }
            let values: Vec<_> = tables()
                .filter_map(|table| self::value(table, inner, &rest, day))
                .collect();
            (!values.is_empty()).then_some(toml::Value::Array(values))
        }
        (FieldType::Counts { .. }, toml::Value::Table(table)) => match &rest.0[..] {
            [Step::Key(key)] => table.get(key.as_ref()).cloned(),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a field is confidential, shown only on request.
pub fn is_confidential(holds: &FieldType) -> bool {
    matches!(holds, FieldType::Confidential)
}

/// Removes the confidential fields of a record.
pub fn public(kind: Kind, mut table: toml::Table) -> toml::Table {
    take_out_confidential(kind.shape(), &mut table);
    table
}

fn take_out_confidential(shape: &Shape, table: &mut toml::Table) {
    table.retain(|name, value| {
        let Some(field) = shape.field(name) else {
            return true;
        };
        if let Some(inner) = field.holds.inner() {
            match value {
                toml::Value::Table(table) => take_out_confidential(inner, table),
                toml::Value::Array(entries) => entries
                    .iter_mut()
                    .filter_map(toml::Value::as_table_mut)
                    .for_each(|table| take_out_confidential(inner, table)),
                _ => {}
            }
        }
        !is_confidential(&field.holds)
    });
}

/// A short description of a record: a child's or helper's name, a title, a summary.
pub fn headline(table: &toml::Table, kind: Kind, words: &Words<'_>) -> String {
    let shape = kind.shape();
    let found = kind.info().headline.iter().filter_map(|name| {
        let field = shape.field(name)?;
        Some(words.of(&field.holds, table.get(*name)?))
    });
    found.collect::<Vec<_>>().join(" · ")
}
