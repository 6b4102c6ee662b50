//! Changes of existing records. A value that changes over time gets a new dated entry, so that the past is preserved.

use toml::{Table, Value};

use super::path::ColumnStep;
use super::path::{leads_to, newest, put, resolve};
use super::plan::{ImportRun, Update};
use super::reading::Reading;
use super::row::{CellValue, RowFaults, RowValues, faults_of, list_of};
use super::several;
use crate::diagnostic::Message;
use crate::model::shape::Shape;
use crate::model::{FieldPath, HasTable, Id, child, table_of, with_kind};
use crate::store::{edit, path_of};

/// A field with its old and new value.
type Field = (FieldPath, Option<Value>, Value);

/// Turns a row into changes of a record.
///
/// # Errors
///
/// Returns why the row cannot be applied.
pub(super) fn update(
    reading: &Reading<'_>,
    row: usize,
    id: Id,
    read: &RowValues,
    run: &mut ImportRun<'_>,
) -> Result<(), RowFaults> {
    let kind = reading.kind;
    let shape = kind.shape();
    let table = with_kind!(kind, K => {
        HasTable::<K>::table(run.present.records).get(id).map(|entry| table_of(&entry.record))
    });
    let path = path_of(id);
    let (Some(table), Ok(old)) = (table, run.present.store.text(&path)) else {
        return Err(vec![(
            None,
            Message::new("import-unreadable").with("path", path),
        )]);
    };
    let several = several::in_update(read);
    if !several.is_empty() {
        return Err(several);
    }
    let mut fields: Vec<Field> = Vec::new();
    let mut lists: Vec<String> = Vec::new();
    for entry in &read.entries {
        let dated = list_of(&entry.steps).filter(|list| {
            shape
                .field(list)
                .and_then(|field| field.holds.inner())
                .is_some_and(|inner| inner.field("since").is_some())
        });
        if let Some(list) = dated {
            if !lists.iter().any(|known| known == list) {
                lists.push(list.to_owned());
            }
            continue;
        }
        plain(reading, entry, &table, &mut fields)?;
    }
    for list in lists {
        dated(&list, shape, read, &table, &mut fields)?;
    }
    if fields.is_empty() {
        run.plan.unchanged += 1;
        return Ok(());
    }
    let changes: Vec<edit::Change> = fields
        .iter()
        .map(|(path, _, value)| edit::Change {
            path: path.clone(),
            value: Some(edit::plain(
                shape.at(path).and_then(|field| field.holds.inner()),
                value,
            )),
        })
        .collect();
    let new = edit::change(&old, shape, &changes)
        .map_err(|_| vec![(None, Message::new("import-unreadable").with("path", &path))])?;
    faults_of(kind, &path, &new)?;
    let about = reading.about(row, read);
    run.plan.updates.push(Update {
        id,
        row: row + 1,
        about,
        old,
        new,
        fields,
    });
    Ok(())
}

/// An undated value replaces the existing one.
fn plain(
    reading: &Reading<'_>,
    entry: &CellValue,
    table: &Table,
    fields: &mut Vec<Field>,
) -> Result<(), RowFaults> {
    let fault = |id: &'static str| vec![(entry.column, Message::new(id))];
    let (path, code) =
        resolve(table, &entry.steps, reading.kind).ok_or_else(|| fault("import-no-place"))?;
    let before = path.value_in(table);
    if before == Some(&entry.value) || entry.is_derived && before.is_some() {
        return Ok(());
    }
    if path.to_string() == reading.kind.info().day_field.unwrap_or_default() {
        return Err(fault("import-day-changed"));
    }
    let is_past = before.is_some()
        && matches!(
            entry.steps.get(1),
            Some(ColumnStep::Entry(super::path::EntryChoice::At(_)))
        )
        && reading
            .kind
            .shape()
            .at(&FieldPath(path.0[..1].to_vec()))
            .and_then(|field| field.holds.inner())
            .is_some_and(|inner| inner.field("since").is_some());
    if is_past {
        return Err(fault("import-past"));
    }
    if let Some((path, code)) = code
        && !fields.iter().any(|(known, ..)| *known == path)
    {
        fields.push((path, None, code));
    }
    fields.push((path, before.cloned(), entry.value.clone()));
    Ok(())
}

/// A value that differs from the current entry gets an entry of its own, from the given day.
fn dated(
    list: &str,
    shape: &Shape,
    read: &RowValues,
    table: &Table,
    fields: &mut Vec<Field>,
) -> Result<(), RowFaults> {
    let base = FieldPath::key(list);
    let entries = base
        .value_in(table)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let at = newest(entries);
    let present = entries.get(at).and_then(Value::as_table);
    let own = |entry: &&CellValue| list_of(&entry.steps) == Some(list);
    let since_path = format!("{list}.since");
    let is_since = |entry: &CellValue| leads_to(&entry.steps, &since_path);
    let tail = |entry: &CellValue| -> Vec<ColumnStep> { entry.steps[2..].to_vec() };
    let held = |entry: &CellValue| {
        let mut path = FieldPath::default();
        for step in tail(entry) {
            if let ColumnStep::Key(name) = step {
                path = path.then(&name);
            }
        }
        present.and_then(|present| path.value_in(present))
    };
    let differs = |entry: &&CellValue| !is_since(entry) && held(entry) != Some(&entry.value);
    // Derived values complete an entry, but do not cause a new one.
    let stated: Vec<&CellValue> = read.entries.iter().filter(own).filter(differs).collect();
    if stated.iter().all(|entry| entry.is_derived) && present.is_some() {
        return Ok(());
    }
    if stated.is_empty() {
        return Ok(());
    }
    let column = stated.iter().find_map(|entry| entry.column);
    let since = read
        .entries
        .iter()
        .find(|entry| is_since(entry) && !entry.is_derived);
    let Some(since) = since else {
        return Err(vec![(column, Message::new("import-since-needed"))]);
    };
    let last = present.and_then(|present| present.get("since"));
    let later = last.is_none_or(|last| since.value.to_string() > last.to_string());
    if !later {
        let message = Message::new("import-since-not-later").with("since", &since.value);
        return Err(vec![(
            column,
            message.with("last", last.map(ToString::to_string).unwrap_or_default()),
        )]);
    }
    let mut entry = present.cloned().unwrap_or_default();
    let is_other = stated
        .iter()
        .any(|entry| leads_to(&entry.steps, "guardianship.guardian.name"));
    entry.retain(|name, _| child::is_carried_over(name, is_other));
    let mut new = Table::from_iter([("since".to_owned(), since.value.clone())]);
    new.extend(entry);
    for cell in read
        .entries
        .iter()
        .filter(own)
        .filter(|entry| !is_since(entry))
    {
        let is_taken = !cell.is_derived || is_other || held(cell).is_none();
        if is_taken {
            put(&mut new, &tail(cell), cell.value.clone())
                .ok_or_else(|| vec![(cell.column, Message::new("import-no-place"))])?;
        }
    }
    let inner = shape.field(list).and_then(|field| field.holds.inner());
    let order = |name: &str| {
        inner.and_then(|inner| inner.fields.iter().position(|field| field.name == name))
    };
    let mut leaves: Vec<(String, Value)> = new.into_iter().collect();
    leaves.sort_by_key(|(name, _)| order(name));
    for (name, value) in leaves {
        let before = present.and_then(|present| present.get(&name)).cloned();
        fields.push((base.at(entries.len()).then(&name), before, value));
    }
    Ok(())
}
