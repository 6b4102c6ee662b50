//! The conditions in `match` and `who`: a field equals one of some values, or a number satisfies a comparison.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::money::Money;
use crate::model::shape::{Field, FieldType, Shape};
use crate::model::{Class, Date, Id, Kind, Record, probe};
use crate::text::suggest;

/// Conditions on fields, as they are written. A path is written as a quoted dotted key, or as nested tables.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Conditions(pub BTreeMap<String, ConditionValue>);

/// The wanted value of a field, as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ConditionValue {
    /// A boolean.
    Boolean(bool),
    /// An integer.
    Number(i64),
    /// A word, or a comparison such as `>= 2`.
    Text(String),
    /// Any of several values.
    Any(Vec<ConditionValue>),
    /// Conditions on the fields of a table.
    Fields(BTreeMap<String, ConditionValue>),
}

impl fmt::Display for ConditionValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConditionValue::Boolean(truth) => truth.fmt(f),
            ConditionValue::Number(number) => number.fmt(f),
            ConditionValue::Text(text) => text.fmt(f),
            ConditionValue::Any(_) => f.write_str("[…]"),
            ConditionValue::Fields(_) => f.write_str("{…}"),
        }
    }
}

/// An invalid condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionFault {
    /// The keys below the table of conditions under which it is written.
    pub keys: Vec<String>,
    /// The index in a list of values.
    pub index: Option<usize>,
    /// The value that was found.
    pub found: String,
    /// What was expected.
    pub expected: Expected,
}

/// What would be valid in place of a faulty condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A field.
    Field {
        /// The name nearest to the one found.
        nearest: Option<String>,
        /// All known names.
        known: Vec<String>,
    },
    /// A code.
    Code {
        /// The code nearest to the one found.
        nearest: Option<String>,
        /// All known codes.
        known: Vec<String>,
    },
    /// A number, or a comparison with one.
    Number,
    /// A number without comparison.
    PlainNumber,
    /// A boolean.
    Boolean,
    /// A date, class, id or text, shown by an example.
    Example(&'static str),
    /// A field of a table, where the table itself was named.
    FieldWithin {
        /// The names of its fields.
        known: Vec<String>,
    },
}

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `>=`
    AtLeast,
    /// `>`
    More,
    /// `<=`
    AtMost,
    /// `<`
    Less,
    /// The number alone.
    Equal,
}

/// A test on a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// The value equals a word.
    Is(String),
    /// The value compares with a number in this way.
    Compares(Comparison, Decimal),
}

impl Predicate {
    /// Returns the test for a number or a comparison with one.
    pub(super) fn of_number(wanted: &ConditionValue) -> Option<Predicate> {
        let text = match wanted {
            ConditionValue::Number(number) => {
                return Some(Predicate::Compares(Comparison::Equal, (*number).into()));
            }
            ConditionValue::Text(text) => text.trim(),
            _ => return None,
        };
        let comparisons = [
            (">=", Comparison::AtLeast),
            ("<=", Comparison::AtMost),
            (">", Comparison::More),
            ("<", Comparison::Less),
        ];
        let found = comparisons
            .into_iter()
            .find_map(|(sign, comparison)| Some((text.strip_prefix(sign)?, comparison)));
        let (number, comparison) = found.unwrap_or((text, Comparison::Equal));
        // `Money` rejects notations that `Decimal` accepts, such as `1_000` or `.5`.
        number.trim().parse::<Money>().ok()?;
        Some(Predicate::Compares(comparison, number.trim().parse().ok()?))
    }

    /// Whether a value, as written in the file, passes.
    pub fn holds(&self, value: &str) -> bool {
        match self {
            Predicate::Is(word) => word == value,
            Predicate::Compares(comparison, number) => value
                .parse::<Decimal>()
                .is_ok_and(|value| comparison.holds(value, *number)),
        }
    }
}

impl Comparison {
    fn holds(self, value: Decimal, number: Decimal) -> bool {
        match self {
            Comparison::AtLeast => value >= number,
            Comparison::More => value > number,
            Comparison::AtMost => value <= number,
            Comparison::Less => value < number,
            Comparison::Equal => value == number,
        }
    }
}

/// A condition on a field of a record: a value of the field passes one of the tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    path: Vec<String>,
    tests: Vec<Predicate>,
}

impl Condition {
    /// Whether a record satisfies the condition; for a list, whether any entry does.
    pub fn holds<K: Record>(&self, record: &K) -> bool {
        probe::any(record, &self.path, |value| {
            self.tests.iter().any(|test| test.holds(value))
        })
    }

    /// Whether the condition is on a top-level field of this name.
    pub fn is_of(&self, field: &str) -> bool {
        self.path == [field]
    }
}

/// A field named in conditions, with its wanted values.
#[derive(Debug)]
pub(super) struct NamedField<'a> {
    /// The keys as written: one dotted key, or the keys of nested tables.
    pub(super) keys: Vec<String>,
    /// The path of the field.
    pub(super) path: Vec<String>,
    pub(super) values: &'a [ConditionValue],
}

impl NamedField<'_> {
    pub(super) fn fault(&self, index: usize, expected: Expected) -> ConditionFault {
        ConditionFault {
            keys: self.keys.clone(),
            index: (self.values.len() > 1).then_some(index),
            found: self.values[index].to_string(),
            expected,
        }
    }
}

impl Conditions {
    /// Returns the fields that the conditions name, flattened.
    pub(super) fn named(&self) -> Vec<NamedField<'_>> {
        fn gather<'a>(
            keys: &[String],
            fields: &'a BTreeMap<String, ConditionValue>,
            into: &mut Vec<NamedField<'a>>,
        ) {
            for (key, wanted) in fields {
                let keys = [keys, std::slice::from_ref(key)].concat();
                match wanted {
                    ConditionValue::Fields(fields) if !fields.is_empty() => {
                        gather(&keys, fields, into)
                    }
                    _ => into.push(NamedField {
                        path: keys
                            .iter()
                            .flat_map(|key| key.split('.'))
                            .map(str::to_owned)
                            .collect(),
                        keys,
                        values: match wanted {
                            ConditionValue::Any(values) => values,
                            one => std::slice::from_ref(one),
                        },
                    }),
                }
            }
        }
        let mut named = Vec::new();
        gather(&[], &self.0, &mut named);
        named
    }

    /// Whether there are no conditions.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Resolves the conditions for records of a kind.
    ///
    /// # Errors
    ///
    /// Returns every unknown field, unknown code and malformed comparison.
    pub fn of_kind(&self, kind: Kind) -> Result<Vec<Condition>, Vec<ConditionFault>> {
        let mut conditions = Vec::new();
        let mut faults = Vec::new();
        for named in self.named() {
            let field = match field_at(kind.shape(), &named.path) {
                Ok(field) => field,
                Err(expected) => {
                    faults.push(ConditionFault {
                        keys: named.keys.clone(),
                        index: None,
                        found: named.path.join("."),
                        expected,
                    });
                    continue;
                }
            };
            let mut tests = Vec::new();
            for (index, wanted) in named.values.iter().enumerate() {
                match test(&field.holds, wanted) {
                    Ok(test) => tests.push(test),
                    Err(expected) => faults.push(named.fault(index, expected)),
                }
            }
            conditions.push(Condition {
                path: named.path,
                tests,
            });
        }
        if faults.is_empty() {
            Ok(conditions)
        } else {
            Err(faults)
        }
    }
}

/// Returns the field at a path, which must hold a value or a list of values.
fn field_at<'s>(shape: &'s Shape, path: &[String]) -> Result<&'s Field, Expected> {
    let names = |shape: &Shape| -> Vec<String> {
        shape
            .fields
            .iter()
            .map(|field| field.name.clone())
            .collect()
    };
    let mut shape = shape;
    let mut steps = path.iter().peekable();
    while let Some(step) = steps.next() {
        let Some(field) = shape.field(step) else {
            let known = names(shape);
            let nearest = suggest::nearest(step, known.iter().map(String::as_str));
            return Err(Expected::Field {
                nearest: nearest.map(str::to_owned),
                known,
            });
        };
        match (field.holds.inner(), steps.peek()) {
            (Some(inner), Some(_)) => shape = inner,
            (Some(inner), None) => {
                return Err(Expected::FieldWithin {
                    known: names(inner),
                });
            }
            (None, None) if !field.holds.is_table() => return Ok(field),
            (None, _) => break,
        }
    }
    let fields = shape.fields.iter().filter(|field| !field.holds.is_table());
    Err(Expected::Field {
        nearest: None,
        known: fields.map(|field| field.name.clone()).collect(),
    })
}

/// Returns the test that a wanted value means for a field of a type.
fn test(holds: &FieldType, wanted: &ConditionValue) -> Result<Predicate, Expected> {
    let text = match wanted {
        ConditionValue::Text(text) => Some(text.as_str()),
        _ => None,
    };
    let is = |text: &str| Predicate::Is(text.to_owned());
    let example = |example: &'static str| Expected::Example(example);
    match holds {
        FieldType::List(entry) => test(entry, wanted),
        FieldType::Code(words) => {
            let code = text.filter(|text| words.iter().any(|word| word.code == *text));
            code.map(is).ok_or_else(|| {
                let known: Vec<String> = words.iter().map(|word| word.code.clone()).collect();
                Expected::code(&wanted.to_string(), known)
            })
        }
        FieldType::Number | FieldType::Money => {
            Predicate::of_number(wanted).ok_or(Expected::Number)
        }
        FieldType::Boolean => match wanted {
            ConditionValue::Boolean(truth) => Ok(Predicate::Is(truth.to_string())),
            _ => text
                .filter(|text| ["true", "false"].contains(text))
                .map(is)
                .ok_or(Expected::Boolean),
        },
        FieldType::Date => text
            .filter(|text| text.parse::<Date>().is_ok())
            .map(is)
            .ok_or(example("\"2026-09-01\"")),
        FieldType::Class => text
            .filter(|text| text.parse::<Class>().is_ok())
            .map(is)
            .ok_or(example("\"2022-1\"")),
        FieldType::Reference(kind) => text
            .filter(|text| Id::parse(*kind, text).is_some())
            .map(is)
            .ok_or(example("\"h7k3m9q\"")),
        _ => match text {
            Some(text) if !text.starts_with(['<', '>']) => Ok(is(text)),
            _ => Err(example("\"…\"")),
        },
    }
}

impl Expected {
    /// Returns the expectation of one of some codes, with the one nearest to what was found.
    pub(super) fn code(found: &str, known: Vec<String>) -> Expected {
        let nearest = suggest::nearest(found, known.iter().map(String::as_str));
        Expected::Code {
            nearest: nearest.map(str::to_owned),
            known,
        }
    }
}

impl JsonSchema for Conditions {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "match".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "x-type": "match",
            "additionalProperties": { "type": ["string", "integer", "boolean", "array", "object"] },
        })
    }
}
