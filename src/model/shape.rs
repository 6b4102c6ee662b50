//! The fields of each kind: names, labels, descriptions, types, codes.
//!
//! Compiled once per kind from the JSON Schema that is derived from its struct, so that a field is described in one
//! place. Everything that lists fields uses it: checks, flags, columns, spreadsheet headers, completion, schemas for
//! editors.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use schemars::JsonSchema;
use serde_json::Value;

use super::Kind;
use super::field::Step;
use crate::text::Lang;

pub use super::field::FieldPath;

/// The fields of a table, in the order in which new files contain them.
#[derive(Debug, Default)]
pub struct Shape {
    /// The fields.
    pub fields: Vec<Field>,
    /// Whether new files write it as an inline table.
    pub inline: bool,
}

/// A field of a table.
#[derive(Debug)]
pub struct Field {
    /// Its key in the files.
    pub name: String,
    /// The label in Chinese; the English label is derived from the name.
    label: String,
    description: [String; 2],
    /// Whether it is required.
    pub required: bool,
    /// What the field reveals about a person; set for every field of short text.
    pub personal: Option<Personal>,
    /// The type of its value.
    pub holds: FieldType,
    /// Its role in a merge.
    pub role: Role,
}

/// The role of a field in a three-way merge: the attribute `x-role` of its schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// An ordinary value.
    #[default]
    Fact,
    /// Part of the key that identifies an entry of a list.
    Identity,
    /// The end of something: if present on one side, it wins over its absence.
    Closing,
}

/// What a field reveals about a person: the attribute `x-personal` of its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personal {
    /// A name.
    Name,
    /// A home or work address.
    Address,
    /// The village or community where a person lives.
    Place,
    /// A number in a register.
    Number,
    /// The date of birth of a person other than the child.
    Birth,
    /// An illness or disability.
    Health,
    /// Pictures, or links to them.
    Picture,
    /// Nothing, except names mentioned in the text.
    No,
}

impl Personal {
    fn of_attribute(word: &str) -> Personal {
        match word {
            "name" => Personal::Name,
            "address" => Personal::Address,
            "place" => Personal::Place,
            "number" => Personal::Number,
            "birth" => Personal::Birth,
            "health" => Personal::Health,
            "picture" => Personal::Picture,
            "no" => Personal::No,
            other => unreachable!("x-personal = {other}"),
        }
    }
}

/// The type of a field.
#[derive(Debug)]
pub enum FieldType {
    /// A short text.
    Text,
    /// Free text of a sentence or more.
    Prose,
    /// Confidential text, shown only on request.
    Confidential,
    /// A phone number.
    Phone,
    /// A non-negative integer.
    Number,
    /// A boolean.
    Boolean,
    /// A local date.
    Date,
    /// A local date-time.
    DateTime,
    /// A local time of day.
    Time,
    /// An amount in yuan as a decimal string.
    Money,
    /// A class such as `2022-1`.
    Class,
    /// A number or a percentage such as `95%`.
    Goal,
    /// A number, or a list of minimum and maximum.
    Bounds,
    /// One of a list of codes.
    Code(Vec<CodeWord>),
    /// The id of a record.
    Reference(Kind),
    /// A list of values.
    List(Box<FieldType>),
    /// A table.
    Table(Shape),
    /// A list of tables.
    Tables(Shape),
    /// A table from some keys to values.
    Counts {
        /// The valid keys.
        keys: Vec<String>,
        /// The type of the values: numbers or bounds.
        entry: Box<FieldType>,
    },
    /// Conditions: values, or lists of them, by field name.
    Match,
}

/// A code and its labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeWord {
    /// The code as written in the files.
    pub code: String,
    /// The label in Chinese.
    pub zh: String,
    /// The label in English.
    pub en: String,
}

impl CodeWord {
    /// Returns the label in a language.
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl Field {
    /// Returns the field's label.
    pub fn label(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.label.clone(),
            Lang::En => self.name.replace('_', " "),
        }
    }

    /// Returns the field's description, one sentence.
    pub fn description(&self, lang: Lang) -> &str {
        &self.description[lang as usize]
    }

    /// Returns the codes of a field that holds one or a list of them.
    pub fn codes(&self) -> Option<&[CodeWord]> {
        self.holds.codes()
    }
}

impl FieldType {
    /// Returns the codes, also those of a list.
    pub fn codes(&self) -> Option<&[CodeWord]> {
        match self {
            FieldType::Code(words) => Some(words),
            FieldType::List(entry) => entry.codes(),
            _ => None,
        }
    }

    /// Returns the kind of the records referred to, also by a list.
    pub fn refers_to(&self) -> Option<Kind> {
        match self {
            FieldType::Reference(kind) => Some(*kind),
            FieldType::List(entry) => entry.refers_to(),
            _ => None,
        }
    }

    /// Whether the type is a table or a list of tables.
    pub fn is_table(&self) -> bool {
        matches!(
            self,
            FieldType::Table(_)
                | FieldType::Tables(_)
                | FieldType::Counts { .. }
                | FieldType::Match
        )
    }

    /// Whether it is free text, or a list of free texts.
    pub fn is_prose(&self) -> bool {
        match self {
            FieldType::Prose => true,
            FieldType::List(entry) => entry.is_prose(),
            _ => false,
        }
    }

    /// Returns the fields of a table or of the tables in a list.
    pub fn inner(&self) -> Option<&Shape> {
        match self {
            FieldType::Table(shape) | FieldType::Tables(shape) => Some(shape),
            _ => None,
        }
    }
}

impl Shape {
    /// Returns the field with a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Returns the field at a path. Indices are ignored: `guardianship.kind` and `guardianship[1].kind` are the same.
    pub fn at(&self, path: &FieldPath) -> Option<&Field> {
        let mut shape = Some(self);
        let mut found = None;
        for step in &path.0 {
            if let Step::Key(key) = step {
                let field = shape?.field(key)?;
                shape = field.holds.inner();
                found = Some(field);
            }
        }
        found
    }

    /// Returns the paths of all fields that are not tables, nested ones included: `left.date`.
    pub fn leaves(&self) -> Vec<(FieldPath, &Field)> {
        fn gather<'a>(shape: &'a Shape, base: &FieldPath, into: &mut Vec<(FieldPath, &'a Field)>) {
            for field in &shape.fields {
                let path = base.then(&field.name);
                match field.holds.inner() {
                    Some(inner) => gather(inner, &path, into),
                    None => into.push((path, field)),
                }
            }
        }
        let mut leaves = Vec::new();
        gather(self, &FieldPath::default(), &mut leaves);
        leaves
    }
}

/// Returns the shape of a type, compiled on first use.
pub(crate) fn of<K: JsonSchema + 'static>() -> &'static Shape {
    static SHAPES: LazyLock<Mutex<HashMap<TypeId, &'static Shape>>> = LazyLock::new(Mutex::default);
    let mut shapes = SHAPES
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    shapes.entry(TypeId::of::<K>()).or_insert_with(|| {
        let settings = schemars::generate::SchemaSettings::draft2020_12().with(|settings| {
            settings.inline_subschemas = true;
            settings.meta_schema = None;
        });
        let schema = settings.into_generator().into_root_schema_for::<K>();
        // Leaks a bounded amount: at most fourteen types, each compiled once.
        Box::leak(Box::new(table(schema.as_value())))
    })
}

fn table(schema: &Value) -> Shape {
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let fields = schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, schema)| {
            let (en, zh) = schema["description"]
                .as_str()
                .and_then(|text| text.split_once("\n\n"))
                .unwrap_or_default();
            Field {
                name: name.clone(),
                label: schema["title"].as_str().unwrap_or_default().to_owned(),
                description: [zh.to_owned(), en.to_owned()],
                required: required.contains(&name.as_str()),
                personal: schema["x-personal"].as_str().map(Personal::of_attribute),
                holds: holds(schema),
                role: match schema["x-role"].as_str() {
                    Some("identity") => Role::Identity,
                    Some("closing") => Role::Closing,
                    _ => Role::Fact,
                },
            }
        });
    Shape {
        fields: fields.collect(),
        inline: schema["x-inline"] == true,
    }
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// Returns the schema of the type `T` in `Option<T>`.
fn without_null(schema: &Value) -> &Value {
    match schema["anyOf"].as_array().map(Vec::as_slice) {
        Some([some, null]) if null["type"] == "null" => some,
        _ => schema,
    }
}

fn holds(schema: &Value) -> FieldType {
    let schema = without_null(schema);
    let is = |name: &str| match &schema["type"] {
        Value::Array(types) => types.iter().any(|t| t == name),
        one => one == name,
    };
    match schema["x-type"].as_str() {
        Some("prose") => return FieldType::Prose,
        Some("confidential") => return FieldType::Confidential,
        Some("phone") => return FieldType::Phone,
        Some("date") => return FieldType::Date,
        Some("date-time") => return FieldType::DateTime,
        Some("time") => return FieldType::Time,
        Some("bounds") => return FieldType::Bounds,
        Some("money") => return FieldType::Money,
        Some("class") => return FieldType::Class,
        Some("goal") => return FieldType::Goal,
        Some("match") => return FieldType::Match,
        Some("counts") => {
            let by_pattern = schema["patternProperties"].as_object();
            let (pattern, entry) = by_pattern
                .and_then(|map| map.iter().next())
                .expect("counts have a pattern of keys");
            return FieldType::Counts {
                keys: keys_of(pattern),
                entry: Box::new(holds(entry)),
            };
        }
        Some("reference") => {
            let kind = schema["x-kind"]
                .as_str()
                .and_then(Kind::of_name)
                .expect("a reference names its kind");
            return FieldType::Reference(kind);
        }
        _ => {}
    }
    if schema["enum"].is_array() {
        let (zh, en) = (strings(&schema["x-zh"]), strings(&schema["x-en"]));
        let words = strings(&schema["enum"]).into_iter().zip(zh).zip(en);
        return FieldType::Code(
            words
                .map(|((code, zh), en)| CodeWord { code, zh, en })
                .collect(),
        );
    }
    if is("array") {
        return match holds(&schema["items"]) {
            FieldType::Table(shape) => FieldType::Tables(shape),
            entry => FieldType::List(Box::new(entry)),
        };
    }
    match () {
        () if is("object") => FieldType::Table(table(schema)),
        () if is("boolean") => FieldType::Boolean,
        () if is("integer") => FieldType::Number,
        () => FieldType::Text,
    }
}

/// Returns the keys that a pattern such as `^(teacher|peer)$` matches; a pattern of digits stands for the grades 1 to
/// 12.
fn keys_of(pattern: &str) -> Vec<String> {
    if pattern.contains("[1-9]") {
        return (1..=12).map(|grade: u8| grade.to_string()).collect();
    }
    pattern
        .trim_start_matches("^(")
        .trim_end_matches(")$")
        .split('|')
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::School;

    fn shapes() -> Vec<(&'static str, &'static Shape)> {
        let kinds = Kind::ALL.iter().map(|kind| (kind.name(), kind.shape()));
        kinds.chain([("cuncao", School::shape())]).collect()
    }

    #[test]
    fn every_field_has_a_label_and_a_description_in_both_languages() {
        for (kind, shape) in shapes() {
            let mut open: Vec<&Shape> = vec![shape];
            while let Some(shape) = open.pop() {
                assert!(!shape.fields.is_empty(), "{kind}");
                for field in &shape.fields {
                    let name = format!("{kind}.{}", field.name);
                    let chinese =
                        |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                    assert!(chinese(&field.label(Lang::Zh)), "{name}");
                    assert!(chinese(field.description(Lang::Zh)), "{name}");
                    assert!(
                        field.description(Lang::En).ends_with('.')
                            && !chinese(field.description(Lang::En)),
                        "{name}"
                    );
                    open.extend(field.holds.inner());
                }
            }
        }
    }

    #[test]
    fn every_list_entry_has_identifying_fields() {
        for (kind, shape) in shapes() {
            let mut open: Vec<&Shape> = vec![shape];
            while let Some(shape) = open.pop() {
                for field in &shape.fields {
                    if let FieldType::Tables(entry) = &field.holds {
                        let is_identified = entry.fields.iter().any(|f| f.role == Role::Identity);
                        assert!(is_identified, "{kind}.{}", field.name);
                    }
                    open.extend(field.holds.inner());
                }
            }
        }
    }

    #[test]
    fn every_text_field_states_whether_it_is_personal() {
        for kind in Kind::ALL {
            for (path, field) in kind.shape().leaves() {
                let is_text = match &field.holds {
                    FieldType::Text => true,
                    FieldType::List(entry) => matches!(**entry, FieldType::Text),
                    _ => false,
                };
                assert!(!is_text || field.personal.is_some(), "{kind}.{path}");
            }
        }
        let personal = |kind: Kind, path: &str| {
            let field = kind.shape().at(&path.parse().unwrap()).unwrap();
            field.personal.unwrap()
        };
        assert_eq!(
            personal(Kind::Child, "guardianship.guardian.name"),
            Personal::Name
        );
        assert_eq!(personal(Kind::Child, "student_no"), Personal::Number);
        assert_eq!(personal(Kind::Child, "disability.grade"), Personal::Health);
        assert_eq!(personal(Kind::Visit, "follow_up.who"), Personal::Name);
        assert_eq!(personal(Kind::Visit, "gifts"), Personal::No);
    }

    #[test]
    fn labels_within_a_table_are_distinct() {
        for (kind, shape) in shapes() {
            let mut labels: Vec<_> = shape
                .fields
                .iter()
                .map(|field| field.label(Lang::Zh))
                .collect();
            labels.sort();
            labels.dedup();
            assert_eq!(labels.len(), shape.fields.len(), "{kind}");
        }
    }

    #[test]
    fn the_shape_of_a_visit_has_the_types_of_its_fields() {
        let shape = Kind::Visit.shape();
        let field = |name: &str| shape.field(name).unwrap();
        assert!(field("date").required && field("children").required && field("summary").required);
        assert!(!field("recorded").required && !field("met").required && !field("team").required);
        assert!(matches!(field("recorded").holds, FieldType::Date));
        assert_eq!(field("children").holds.refers_to(), Some(Kind::Child));
        assert_eq!(
            field("mode").codes().unwrap()[0],
            CodeWord {
                code: "home".into(),
                zh: "家访".into(),
                en: "home visit".into()
            }
        );
        assert_eq!(field("occasion").codes().unwrap().len(), 20);
        assert!(matches!(field("minutes").holds, FieldType::Number));
        assert!(matches!(field("team").holds, FieldType::Table(_)));
        assert!(matches!(field("follow_up").holds, FieldType::Tables(_)));
        assert!(
            shape
                .at(&"follow_up[0].due".parse().unwrap())
                .unwrap()
                .required
        );
        assert_eq!(field("mode").label(Lang::Zh), "方式");
        assert_eq!(field("child_voice").label(Lang::En), "child voice");
    }

    #[test]
    fn the_shape_of_the_settings() {
        let caseload = School::shape()
            .at(&"policy.caseload".parse().unwrap())
            .unwrap();
        assert!(
            matches!(&caseload.holds, FieldType::Counts { keys, .. } if keys[0] == "teacher" && keys.len() == 6)
        );
        assert!(!School::shape().field("policy").unwrap().required);
        let pupils = Kind::Term.shape().field("enrolment").unwrap();
        assert!(matches!(&pupils.holds, FieldType::Counts { keys, .. } if keys.len() == 12));
    }
}
