//! What of a record leaves the school: by default nobody's name, no phone, no address, no free text.

use toml::{Table, Value};

use super::pseudonym::Pseudonymiser;
pub use crate::analysis::mention::Mentions as People;
use crate::model::shape::{Holds, Shape};
use crate::model::{FieldPath, Id, Kind};

/// Fields that hold the name of a person.
const NAMES: &[&str] = &[
    "child.name",
    "child.guardianship.guardian.name",
    "child.parents.name",
    "child.consent.by",
    "helper.name",
    "term.leadership.name",
    "term.target.owner",
    "term.next_step.owner",
    "visit.team.escort",
    "visit.follow_up.who",
    "activity.follow_up.who",
    "assessment.follow_up.who",
    "incident.follow_up.who",
    "document.author",
];

/// Fields that say where a family lives or works.
const ADDRESSES: &[&str] = &["child.address", "child.parents.workplace"];

/// Fields that hold the number of a person.
const NUMBERS: &[&str] = &["child.student_no"];

/// What stands for a name in a text that stays.
const NOBODY: &str = "○○";

/// Whom an export names.
#[derive(Clone, Debug)]
pub enum Naming {
    /// Nobody.
    Nobody,
    /// Everybody, by a pseudonym.
    Pseudonyms(Pseudonymiser),
    /// Everybody by name.
    Full,
}

/// What an export holds.
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// Whom it names.
    pub naming: Naming,
    /// Whether it holds the fields that are confidential.
    pub confidential: bool,
    /// Whether it holds free text; where it names everybody it always does.
    pub text: bool,
}

impl Disclosure {
    /// Whether a field leaves at all.
    pub fn shows(&self, kind: Kind, path: &FieldPath, holds: &Holds) -> bool {
        let named = matches!(self.naming, Naming::Full | Naming::Pseudonyms(_));
        match holds {
            Holds::Confidential => self.confidential,
            Holds::Prose => self.text || matches!(self.naming, Naming::Full),
            Holds::List(entry) if matches!(**entry, Holds::Prose) => {
                self.text || matches!(self.naming, Naming::Full)
            }
            Holds::Phone => named,
            _ if self.sort_of(kind, path).is_some() => named,
            // Pictures show faces.
            _ if path.to_string() == "photos" || path.to_string() == "link" => {
                matches!(self.naming, Naming::Full)
            }
            _ => true,
        }
    }

    /// What sort of pseudonym a field takes.
    fn sort_of(&self, kind: Kind, path: &FieldPath) -> Option<&'static str> {
        let plain: Vec<&str> = path
            .0
            .iter()
            .filter_map(|step| match step {
                crate::model::field::PathStep::Key(key) => Some(key.as_str()),
                crate::model::field::PathStep::Index(_) => None,
            })
            .collect();
        let name = format!("{kind}.{}", plain.join("."));
        let sorts = [("name", NAMES), ("address", ADDRESSES), ("number", NUMBERS)];
        let found = sorts
            .into_iter()
            .find(|(_, fields)| fields.contains(&name.as_str()));
        found.map(|(sort, _)| sort)
    }

    /// The id as it leaves.
    pub fn id(&self, id: Id) -> String {
        match &self.naming {
            Naming::Pseudonyms(pseudonyms) => pseudonyms.of_id(id),
            _ => id.to_string(),
        }
    }

    /// Takes out of a record, or replaces, what does not leave.
    pub fn apply(&self, kind: Kind, table: &mut Table, people: &People) {
        self.table(kind, kind.shape(), table, &FieldPath::default(), people);
    }

    fn table(&self, kind: Kind, shape: &Shape, table: &mut Table, at: &FieldPath, people: &People) {
        table.retain(|name, value| {
            let Some(field) = shape.field(name) else {
                return false;
            };
            let path = at.then(name);
            if let Some(inner) = field.holds.inner() {
                let tables: Vec<&mut Table> = match value {
                    Value::Table(table) => vec![table],
                    Value::Array(entries) => {
                        entries.iter_mut().filter_map(Value::as_table_mut).collect()
                    }
                    _ => Vec::new(),
                };
                for table in tables {
                    self.table(kind, inner, table, &path, people);
                }
                return true;
            }
            if !self.shows(kind, &path, &field.holds) {
                return false;
            }
            if !matches!(self.naming, Naming::Full) {
                self.hide(kind, &path, &field.holds, value, people);
            }
            true
        });
    }

    /// Replaces what of a value must not leave as it is.
    fn hide(
        &self,
        kind: Kind,
        path: &FieldPath,
        holds: &Holds,
        value: &mut Value,
        people: &People,
    ) {
        let text = match value {
            Value::String(text) => text,
            Value::Array(entries) => {
                let entry_holds = match holds {
                    Holds::List(entry) => entry,
                    other => other,
                };
                for entry in entries {
                    self.hide(kind, path, entry_holds, entry, people);
                }
                return;
            }
            _ => return,
        };
        let stand_in = |sort: &str, found: &str| match &self.naming {
            Naming::Pseudonyms(pseudonyms) => pseudonyms.of(sort, found),
            _ => NOBODY.to_owned(),
        };
        match (holds, self.sort_of(kind, path)) {
            (_, Some(sort)) => *text = stand_in(sort, text),
            (Holds::Phone, _) => *text = stand_in("phone", text),
            (Holds::Reference(_), _) => {
                if let (Naming::Pseudonyms(pseudonyms), Ok(id)) = (&self.naming, text.parse()) {
                    *text = pseudonyms.of_id(id);
                }
            }
            (Holds::Text | Holds::Prose | Holds::Confidential, _) => {
                *text = people.hidden_in(text, &stand_in);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_that_identify_are_fields() {
        for name in [NAMES, ADDRESSES, NUMBERS].concat() {
            let (kind, path) = name.split_once('.').unwrap();
            let shape = Kind::of_name(kind).unwrap().shape();
            assert!(shape.at(&path.parse().unwrap()).is_some(), "{name}");
        }
    }

    #[test]
    fn nobody_is_named_unless_asked() {
        let text = "name = \"张小明\"\ngender = \"male\"\nbirth_date = 2015-03-02\nid_number = \"420000201503020012\"\nwishes = \"想见妈妈\"\n\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\nguardian = { name = \"张大山\", relation = \"爷爷\", phone = \"13900000001\" }\n";
        let mut disclosure = Disclosure {
            naming: Naming::Nobody,
            confidential: false,
            text: false,
        };
        let shown = |disclosure: &Disclosure| {
            let mut table: Table = text.parse().unwrap();
            disclosure.apply(Kind::Child, &mut table, &People::default());
            table
        };
        let expected = "gender = \"male\"\nbirth_date = 2015-03-02\n\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\nguardian = { relation = \"爷爷\" }\n";
        assert_eq!(shown(&disclosure), expected.parse().unwrap());
        disclosure.naming = Naming::Pseudonyms(Pseudonymiser::new(vec![1; 32]));
        let hidden = shown(&disclosure).to_string();
        for secret in [
            "张小明",
            "张大山",
            "13900000001",
            "420000201503020012",
            "想见妈妈",
        ] {
            assert!(!hidden.contains(secret), "{secret} in {hidden}");
        }
        assert!(hidden.contains("name-") && hidden.contains("phone-"));
        disclosure.naming = Naming::Full;
        disclosure.confidential = true;
        assert_eq!(shown(&disclosure), text.parse().unwrap());
    }
}
