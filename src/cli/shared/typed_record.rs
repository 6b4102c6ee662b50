//! Parses a record typed by a person: children by name, codes by label, relative dates such as 昨天. Everything else is
//! preserved, including comments.

use toml_edit::{Array, DocumentMut, Item, TableLike, Value};

use crate::cli::shared::session::Session;
use crate::cli::shared::values::{self, Reading};
use crate::model::shape::{Field, FieldType, Shape};

/// Returns the text with its values in stored form.
///
/// # Errors
///
/// A name is unknown or ambiguous. Other invalid values are left to the check, which reports their position.
pub(crate) fn read(
    session: &mut Session,
    reading: Reading<'_>,
    shape: &Shape,
    text: &str,
) -> anyhow::Result<String> {
    let Ok(mut document) = text.parse::<DocumentMut>() else {
        return Ok(text.to_owned());
    };
    let mut is_changed = false;
    table(
        session,
        reading,
        shape,
        document.as_table_mut(),
        &mut is_changed,
    )?;
    if is_changed {
        Ok(document.to_string())
    } else {
        Ok(text.to_owned())
    }
}

fn table(
    session: &mut Session,
    reading: Reading<'_>,
    shape: &Shape,
    in_table: &mut dyn TableLike,
    is_changed: &mut bool,
) -> anyhow::Result<()> {
    for field in &shape.fields {
        let Some(item) = in_table.get_mut(&field.name) else {
            continue;
        };
        match (field.holds.inner(), item) {
            (Some(inner), Item::ArrayOfTables(tables)) => {
                for entry in tables.iter_mut() {
                    table(session, reading, inner, entry, is_changed)?;
                }
            }
            (Some(inner), Item::Value(Value::Array(array))) => {
                for entry in array.iter_mut().filter_map(Value::as_inline_table_mut) {
                    table(session, reading, inner, entry, is_changed)?;
                }
            }
            (Some(inner), item) => {
                if let Some(inner_table) = item.as_table_like_mut() {
                    table(session, reading, inner, inner_table, is_changed)?;
                }
            }
            (None, Item::Value(value)) => {
                if let Some(new) = self::value(session, reading, field, &field.holds, value)? {
                    let decor = value.decor().clone();
                    *value = new;
                    *value.decor_mut() = decor;
                    *is_changed = true;
                }
            }
            (None, _) => {}
        }
    }
    Ok(())
}

/// The stored form of a value; `None` if it is already.
fn value(
    session: &mut Session,
    reading: Reading<'_>,
    field: &Field,
    holds: &FieldType,
    old: &Value,
) -> anyhow::Result<Option<Value>> {
    if let (FieldType::List(entry), Value::Array(array)) = (holds, old) {
        let mut read = Array::new();
        let mut is_other = false;
        for old in array {
            let new = value(session, reading, field, entry, old)?;
            is_other |= new.is_some();
            let decor = old.decor().clone();
            let mut new = new.unwrap_or_else(|| old.clone());
            *new.decor_mut() = decor;
            read.push_formatted(new);
        }
        read.set_trailing(array.trailing().clone());
        read.set_trailing_comma(array.trailing_comma());
        return Ok(is_other.then_some(Value::Array(read)));
    }
    let Some(words) = old.as_str().filter(|_| is_read(holds)) else {
        return Ok(None);
    };
    let new = match values::value(session, reading, field, holds, words) {
        Ok(new) => new,
        Err(fault) if matches!(holds, FieldType::Reference(_)) => return Err(fault),
        Err(_) => return Ok(None),
    };
    Ok((new.as_str() != Some(words)).then_some(new))
}

/// Whether the values of a field are parsed. A list may be given as one text: "张小明、赵雪".
fn is_read(holds: &FieldType) -> bool {
    match holds {
        FieldType::List(entry) => is_read(entry),
        FieldType::Code(_)
        | FieldType::Reference(_)
        | FieldType::Class
        | FieldType::Date
        | FieldType::DateTime
        | FieldType::Time
        | FieldType::Money
        | FieldType::Number
        | FieldType::Boolean => true,
        _ => false,
    }
}
