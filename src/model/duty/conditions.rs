//! Conditions of `match` and `who`: each field one of some values, a number also by a comparison.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::money::Money;
use crate::model::shape::{Field, Holds, Shape};
use crate::model::{Class, Date, Id, Kind, Record, probe};
use crate::text::suggest;

/// What some fields are to hold, as it is written. A path is written with dots in quotes, or as tables in tables.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Conditions(pub BTreeMap<String, ConditionValue>);

/// What a field is to hold, as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ConditionValue {
    /// Yes or no.
    Truth(bool),
    /// A whole number.
    Number(i64),
    /// A word, or a comparison such as `>= 2`.
    Text(String),
    /// Any of several.
    Any(Vec<ConditionValue>),
    /// The same of the fields of a table.
    Fields(BTreeMap<String, ConditionValue>),
}

impl fmt::Display for ConditionValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConditionValue::Truth(truth) => truth.fmt(f),
            ConditionValue::Number(number) => number.fmt(f),
            ConditionValue::Text(text) => text.fmt(f),
            ConditionValue::Any(_) => f.write_str("[…]"),
            ConditionValue::Fields(_) => f.write_str("{…}"),
        }
    }
}

/// Why a condition cannot be held against a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it is written, from the table of conditions on: keys, and the entry of a list.
    pub keys: Vec<String>,
    /// The entry of a list of values.
    pub index: Option<usize>,
    /// What stands there.
    pub found: String,
    /// What could stand there.
    pub expected: Expected,
}

/// What could stand in place of what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// One of some fields, of which one is near.
    Field {
        /// The nearest to what stands there.
        nearest: Option<String>,
        /// All of them.
        known: Vec<String>,
    },
    /// One of some codes, of which one is near.
    Code {
        /// The nearest to what stands there.
        nearest: Option<String>,
        /// All of them.
        known: Vec<String>,
    },
    /// A number, or a comparison with one.
    Number,
    /// A number, without comparison.
    PlainNumber,
    /// Yes or no.
    Truth,
    /// A day, a class, an id, a text: said by an example.
    Example(&'static str),
    /// One of the fields within: what is named is a table.
    FieldWithin {
        /// All of them.
        known: Vec<String>,
    },
}

/// A comparison of numbers.
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
    /// The number itself.
    Equal,
}

/// What a value is tested for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Whether it is this word.
    Is(String),
    /// How it compares with a number.
    Compares(Comparison, Decimal),
}

impl Test {
    /// A number, or a comparison with one.
    pub(super) fn of_number(wanted: &ConditionValue) -> Option<Test> {
        let text = match wanted {
            ConditionValue::Number(number) => {
                return Some(Test::Compares(Comparison::Equal, (*number).into()));
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
        // Without this check, an amount such as `1_000` or `.5` would pass.
        number.trim().parse::<Money>().ok()?;
        Some(Test::Compares(comparison, number.trim().parse().ok()?))
    }

    /// Whether a value, as it is written, is what is wanted.
    pub fn holds(&self, value: &str) -> bool {
        match self {
            Test::Is(word) => word == value,
            Test::Compares(comparison, number) => value
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

/// What a field of a record is to hold: a value of it passes one of the tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    path: Vec<String>,
    tests: Vec<Test>,
}

impl Condition {
    /// Whether a record holds it. Of a list, any entry does.
    pub fn holds<K: Record>(&self, record: &K) -> bool {
        probe::any(record, &self.path, |value| {
            self.tests.iter().any(|test| test.holds(value))
        })
    }

    /// Whether it is one of a field of the record itself.
    pub fn is_of(&self, field: &str) -> bool {
        self.path == [field]
    }
}

/// A field that conditions name, and the values that it may have.
#[derive(Debug)]
pub(super) struct NamedField<'a> {
    /// The keys as they are written: one with dots, or one of each table.
    pub(super) keys: Vec<String>,
    /// The path to the field.
    pub(super) path: Vec<String>,
    pub(super) values: &'a [ConditionValue],
}

impl NamedField<'_> {
    pub(super) fn fault(&self, index: usize, expected: Expected) -> Fault {
        Fault {
            keys: self.keys.clone(),
            index: (self.values.len() > 1).then_some(index),
            found: self.values[index].to_string(),
            expected,
        }
    }
}

impl Conditions {
    /// The fields that are named, each with its values.
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

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the conditions mean for records of a kind.
    ///
    /// # Errors
    ///
    /// Each field, code or comparison that the kind does not have.
    pub fn of_kind(&self, kind: Kind) -> Result<Vec<Condition>, Vec<Fault>> {
        let mut conditions = Vec::new();
        let mut faults = Vec::new();
        for named in self.named() {
            let field = match field_at(kind.shape(), &named.path) {
                Ok(field) => field,
                Err(expected) => {
                    faults.push(Fault {
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

/// The field that a path names and that holds a value or a list of values.
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

/// What a value that is written means for a field.
fn test(holds: &Holds, wanted: &ConditionValue) -> Result<Test, Expected> {
    let text = match wanted {
        ConditionValue::Text(text) => Some(text.as_str()),
        _ => None,
    };
    let is = |text: &str| Test::Is(text.to_owned());
    let example = |example: &'static str| Expected::Example(example);
    match holds {
        Holds::List(entry) => test(entry, wanted),
        Holds::Code(words) => {
            let code = text.filter(|text| words.iter().any(|word| word.code == *text));
            code.map(is).ok_or_else(|| {
                let known: Vec<String> = words.iter().map(|word| word.code.clone()).collect();
                Expected::code(&wanted.to_string(), known)
            })
        }
        Holds::Number | Holds::Money => Test::of_number(wanted).ok_or(Expected::Number),
        Holds::Truth => match wanted {
            ConditionValue::Truth(truth) => Ok(Test::Is(truth.to_string())),
            _ => text
                .filter(|text| ["true", "false"].contains(text))
                .map(is)
                .ok_or(Expected::Truth),
        },
        Holds::Date => text
            .filter(|text| text.parse::<Date>().is_ok())
            .map(is)
            .ok_or(example("\"2026-09-01\"")),
        Holds::Class => text
            .filter(|text| text.parse::<Class>().is_ok())
            .map(is)
            .ok_or(example("\"2022-1\"")),
        Holds::Reference(kind) => text
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
    /// One of some codes, with the nearest to what was found.
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
