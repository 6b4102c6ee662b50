//! Sorting of dated entries.

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value};

use crate::model::Shape;

/// The field with the first day of an entry.
const SINCE: &str = "since";

/// Sorts each list of dated entries that was sorted before an edit.
pub(super) fn keep(shape: &Shape, before: &DocumentMut, after: &mut DocumentMut) {
    let dated = shape.fields.iter().filter(|field| {
        let inner = field.holds.inner();
        inner.is_some_and(|inner| inner.field(SINCE).is_some())
    });
    for field in dated {
        let was_sorted = before.get(&field.name).is_none_or(is_sorted);
        if was_sorted && let Some(item) = after.get_mut(&field.name) {
            sort(item);
        }
    }
}

/// Returns the date as text, which sorts like the date.
fn since(item: Option<&Item>) -> String {
    let day = item.and_then(Item::as_value).map(|value| {
        let mut value = value.clone();
        value.decor_mut().clear();
        value.to_string()
    });
    day.unwrap_or_default()
}

fn days(item: &Item) -> Vec<String> {
    match item {
        Item::ArrayOfTables(tables) => tables.iter().map(|table| since(table.get(SINCE))).collect(),
        Item::Value(Value::Array(array)) => {
            let tables = array.iter().filter_map(Value::as_inline_table);
            let days = tables.map(|table| {
                let value = table.get(SINCE).cloned().map(Item::Value);
                since(value.as_ref())
            });
            days.collect()
        }
        _ => Vec::new(),
    }
}

fn is_sorted(item: &Item) -> bool {
    days(item).is_sorted()
}

/// Sorts the entries of a list by date, with their comments and nested tables.
pub fn sort(item: &mut Item) {
    if is_sorted(item) {
        return;
    }
    match item {
        Item::ArrayOfTables(tables) => {
            let mut entries: Vec<Table> = tables.iter().cloned().collect();
            let first = entries.iter().filter_map(Table::position).min();
            entries.sort_by_key(|entry| since(entry.get(SINCE)));
            let mut sorted = ArrayOfTables::new();
            for mut entry in entries {
                set_position(&mut entry, first);
                sorted.push(entry);
            }
            *tables = sorted;
        }
        Item::Value(Value::Array(array)) => {
            let decors: Vec<_> = array.iter().map(|value| value.decor().clone()).collect();
            let mut entries: Vec<Value> = array.iter().cloned().collect();
            let day = |value: &Value| {
                let table = value.as_inline_table();
                let since = table.and_then(|table| table.get(SINCE));
                self::since(since.cloned().map(Item::Value).as_ref())
            };
            entries.sort_by_key(day);
            let mut sorted = Array::new();
            for (mut entry, decor) in entries.into_iter().zip(decors) {
                *entry.decor_mut() = decor;
                sorted.push_formatted(entry);
            }
            sorted.set_trailing(array.trailing().clone());
            sorted.set_trailing_comma(array.trailing_comma());
            *sorted.decor_mut() = array.decor().clone();
            *array = sorted;
        }
        _ => {}
    }
}

/// Sets the position of a table and those in it; tables at the same position keep their order.
fn set_position(table: &mut Table, position: Option<isize>) {
    table.set_position(position);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => set_position(inner, position),
            Item::ArrayOfTables(inner) => {
                inner
                    .iter_mut()
                    .for_each(|inner| set_position(inner, position));
            }
            _ => {}
        }
    }
}
