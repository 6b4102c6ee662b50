//! What an export discloses of a record: by default no names, phone numbers, addresses or free text.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use toml::{Table, Value};

use super::pseudonym::Pseudonymiser;
pub use crate::analysis::mention::Mentions as People;
use crate::model::shape::{Field, FieldType, Personal, Shape};
use crate::model::{Id, Kind, Records};
use crate::text::name::PLACEHOLDER;

/// How an export identifies people.
#[derive(Clone, Debug)]
pub enum Naming {
    /// Not at all.
    Nobody,
    /// By pseudonym.
    Pseudonyms(Pseudonymiser),
    /// By name.
    Full,
}

/// What an export contains.
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// How people are identified.
    pub naming: Naming,
    /// Whether confidential fields are included.
    pub confidential: bool,
    /// Whether free text is included; always the case with full names.
    pub text: bool,
    /// Whether places of residence are included even under pseudonyms.
    pub places: bool,
    /// The number of texts left out because they name or may identify somebody.
    pub withheld: Withheld,
}

/// A counter shared by the clones of a disclosure.
#[derive(Clone, Debug, Default)]
pub struct Withheld(Arc<AtomicUsize>);

impl Withheld {
    /// The current count.
    pub fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    fn increment(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Disclosure {
    /// What texts are searched for: people, and under pseudonyms also villages, unless places are included.
    pub fn people(&self, records: &Records) -> People {
        let people = People::of(records);
        if matches!(self.naming, Naming::Pseudonyms(_)) && !self.places {
            people.with_villages(records)
        } else {
            people
        }
    }

    /// Whether a field is included at all.
    pub fn shows(&self, field: &Field) -> bool {
        let named = matches!(self.naming, Naming::Full | Naming::Pseudonyms(_));
        if matches!(field.holds, FieldType::Confidential) {
            return self.confidential;
        }
        let is_prose = field.holds.is_prose();
        let is_pseudonymous = matches!(self.naming, Naming::Pseudonyms(_));
        match field.personal {
            Some(Personal::Address | Personal::Place) if is_pseudonymous => self.places,
            Some(Personal::Health) => self.confidential,
            // Photos show faces.
            Some(Personal::Picture) => matches!(self.naming, Naming::Full),
            Some(Personal::Name | Personal::Address | Personal::Number | Personal::Birth) => named,
            _ if is_prose => self.text || matches!(self.naming, Naming::Full),
            _ => named || !matches!(field.holds, FieldType::Phone),
        }
    }

    /// The pseudonym category of a field.
    fn sort_of(field: &Field) -> Option<&'static str> {
        match field.personal? {
            Personal::Name => Some("name"),
            Personal::Address => Some("address"),
            Personal::Number => Some("number"),
            Personal::Place
            | Personal::Birth
            | Personal::Health
            | Personal::Picture
            | Personal::No => None,
        }
    }

    /// The id as disclosed.
    pub fn id(&self, id: Id) -> String {
        match &self.naming {
            Naming::Pseudonyms(pseudonyms) => pseudonyms.of_id(id),
            _ => id.to_string(),
        }
    }

    /// Removes or replaces what is not disclosed of a record.
    pub fn apply(&self, kind: Kind, table: &mut Table, people: &People) {
        self.apply_to(kind.shape(), table, people);
    }

    /// The same for a table of any schema.
    pub fn apply_to(&self, shape: &Shape, table: &mut Table, people: &People) {
        self.table(shape, table, people);
    }

    /// A text that may name people, as disclosed; empty if it must be left out.
    pub fn text(&self, text: &str, people: &People) -> String {
        let mut value = Value::String(text.to_owned());
        let is_full = matches!(self.naming, Naming::Full);
        if !is_full && !self.keeps(None, &FieldType::Text, &mut value, people) {
            return String::new();
        }
        value.as_str().unwrap_or_default().to_owned()
    }

    fn table(&self, shape: &Shape, table: &mut Table, people: &People) {
        table.retain(|name, value| {
            let Some(field) = shape.field(name) else {
                return false;
            };
            if let Some(inner) = field.holds.inner() {
                let tables: Vec<&mut Table> = match value {
                    Value::Table(table) => vec![table],
                    Value::Array(entries) => {
                        entries.iter_mut().filter_map(Value::as_table_mut).collect()
                    }
                    _ => Vec::new(),
                };
                for table in tables {
                    self.table(inner, table, people);
                }
                // The presence of an emptied table would reveal what was removed.
                return !value.as_table().is_some_and(Table::is_empty);
            }
            if !self.shows(field) {
                return false;
            }
            if matches!(self.naming, Naming::Pseudonyms(_)) && is_birth(field) {
                to_year(value);
            }
            matches!(self.naming, Naming::Full)
                || self.keeps(Disclosure::sort_of(field), &field.holds, value, people)
        });
    }

    /// Replaces what must not be disclosed in a value, and returns whether anything is left. Under pseudonyms a text
    /// that names or may identify somebody is left out as a whole and counted, never partially replaced.
    fn keeps(
        &self,
        sort: Option<&'static str>,
        holds: &FieldType,
        value: &mut Value,
        people: &People,
    ) -> bool {
        let text = match value {
            Value::String(text) => text,
            Value::Array(entries) => {
                let entry_holds = match holds {
                    FieldType::List(entry) => entry,
                    other => other,
                };
                let were = entries.len();
                entries.retain_mut(|entry| self.keeps(sort, entry_holds, entry, people));
                return were == 0 || !entries.is_empty();
            }
            _ => return true,
        };
        let stand_in = |sort: &str, found: &str| match &self.naming {
            Naming::Pseudonyms(pseudonyms) => pseudonyms.of(sort, found),
            _ => PLACEHOLDER.to_owned(),
        };
        let pseudonyms = match &self.naming {
            Naming::Pseudonyms(pseudonyms) => Some(pseudonyms),
            _ => None,
        };
        // A helper id may stand in place of a name.
        let id = text.parse::<Id>().ok();
        if let (Some(pseudonyms), Some(id)) = (pseudonyms, id) {
            *text = pseudonyms.of_id(id);
            return true;
        }
        match (holds, sort) {
            (_, Some(sort)) => *text = stand_in(sort, text),
            (FieldType::Phone, _) => *text = stand_in("phone", text),
            (FieldType::Text | FieldType::Prose | FieldType::Confidential, _) => {
                if people.hits(text).is_empty() {
                    return true;
                }
                if pseudonyms.is_some() {
                    self.withheld.increment();
                    return false;
                }
                *text = people.hidden_in(text, &stand_in);
                // A given name alone is left in the text; then nothing of it is disclosed.
                if !people.hits(text).is_empty() {
                    PLACEHOLDER.clone_into(text);
                }
            }
            _ => {}
        }
        true
    }
}

/// Whether a field is a date of birth, which mostly identifies a child together with class and village.
pub(super) fn is_birth(field: &Field) -> bool {
    field.personal == Some(Personal::Birth) || field.name == "birth_date"
}

/// Reduces a date to its year.
fn to_year(value: &mut Value) {
    let year = value
        .as_datetime()
        .and_then(|datetime| Some(i64::from(datetime.date?.year)));
    if let Some(year) = year {
        *value = Value::Integer(year);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_named_unless_asked() {
        let text = r#"name = "张小明"
gender = "male"
birth_date = 2015-03-02
id_number = "420000201503020012"
wishes = "想见妈妈"
illness = "哮喘"
disability = { category = "visual", grade = 2 }

[[guardianship]]
since = 2022-09-01
away = "both"
kind = "grandparents"
guardian = { name = "张大山", relation = "爷爷", phone = "13900000001", health = "腰疼", id_number = "11010519491231002X" }
"#;
        let mut disclosure = Disclosure {
            naming: Naming::Nobody,
            confidential: false,
            text: false,
            places: false,
            withheld: Withheld::default(),
        };
        let shown = |disclosure: &Disclosure| {
            let mut table: Table = text.parse().unwrap();
            disclosure.apply(Kind::Child, &mut table, &People::default());
            table
        };
        let expected = r#"gender = "male"
birth_date = 2015-03-02

[[guardianship]]
since = 2022-09-01
away = "both"
kind = "grandparents"
guardian = { relation = "爷爷" }
"#;
        assert_eq!(shown(&disclosure), expected.parse().unwrap());
        disclosure.naming = Naming::Pseudonyms(Pseudonymiser::new(vec![1; 32]));
        let hidden = shown(&disclosure).to_string();
        for secret in [
            "张小明",
            "张大山",
            "13900000001",
            "420000201503020012",
            "想见妈妈",
            "哮喘",
            "visual",
            "腰疼",
            "11010519491231002X",
        ] {
            assert!(!hidden.contains(secret), "{secret} in {hidden}");
        }
        assert!(hidden.contains("birth_date = 2015\n"), "{hidden}");
        assert!(hidden.contains("name-") && hidden.contains("phone-"));
        disclosure.naming = Naming::Full;
        disclosure.confidential = true;
        assert_eq!(shown(&disclosure), text.parse().unwrap());
    }
}
