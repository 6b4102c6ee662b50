//! Comparison of values regardless of notation.

use toml_edit::{Item, TableLike, Value};

use crate::model::prose::is_sealed;

/// Decrypts a value; none if no key fits.
pub(super) type Open<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Returns a canonical form of an item, which is the same for equal values.
pub(super) fn meaning(item: &Item, open: Open<'_>) -> String {
    match item {
        Item::None => String::new(),
        Item::Value(value) => meaning_of_value(value, open),
        Item::Table(table) => meaning_of(table, open),
        Item::ArrayOfTables(tables) => {
            let entries: Vec<String> = tables.iter().map(|table| meaning_of(table, open)).collect();
            format!("[{}]", entries.join(","))
        }
    }
}

pub(super) fn meaning_of(table: &dyn TableLike, open: Open<'_>) -> String {
    let mut fields: Vec<(&str, String)> = table
        .iter()
        .map(|(name, item)| (name, meaning(item, open)))
        .collect();
    fields.sort();
    let fields: Vec<String> = fields
        .into_iter()
        .map(|(name, value)| format!("{name:?}={value}"))
        .collect();
    format!("{{{}}}", fields.join(","))
}

pub(super) fn meaning_of_value(value: &Value, open: Open<'_>) -> String {
    match value {
        Value::String(text) => {
            let text = text.value();
            let opened = if is_sealed(text) { open(text) } else { None };
            format!("{:?}", opened.as_ref().unwrap_or(text))
        }
        Value::Integer(number) => number.value().to_string(),
        Value::Float(number) => number.value().to_string(),
        Value::Boolean(truth) => truth.value().to_string(),
        Value::Datetime(at) => at.value().to_string(),
        Value::Array(array) => {
            let values: Vec<String> = array
                .iter()
                .map(|value| meaning_of_value(value, open))
                .collect();
            format!("[{}]", values.join(","))
        }
        Value::InlineTable(table) => meaning_of(table, open),
    }
}
