//! Turns a row into a new record or into changes of one that is there.

use chrono::{Datelike, NaiveDate};
use toml::{Table, Value};

use super::cell;
use super::columns::{Step, Target};
use super::import::{Addition, Run, Update};
use super::place::{drop_gaps, get, put, resolve};
use super::reading::{Reading, Subject, name_of};
use crate::diagnostic::Message;
use crate::model::id::TermPart;
use crate::model::{FieldPath, HasTable, Id, Kind, Naming, table_of, with_kind};
use crate::store::{check, edit, path_of};

/// What is wrong with a row, and in which of the columns read.
type RowFaults = Vec<(Option<usize>, Message)>;

impl Reading<'_> {
    /// Reads one row into the plan, or its faults.
    pub(super) fn take(&self, at: usize, run: &mut Run<'_>) {
        let row = self.rows[at];
        let count = run.faults.len();
        let mut values = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            let Target::Field { steps, holds } = &column.target else {
                continue;
            };
            match cell::value(holds, self.cell(row, at), &run.context) {
                Ok(None) => {}
                Ok(Some(value)) => values.push((at, steps.as_slice(), value)),
                Err(message) => run.faults.push(self.fault(row, Some(at), message)),
            }
        }
        if run.faults.len() > count {
            return;
        }
        let done = match self.subjects[at] {
            Subject::Faulty => Ok(()),
            Subject::New(id) => self.add(row, id, &values, run),
            Subject::Known(id) => self.update(row, id, &values, run),
        };
        if let Err(found) = done {
            let found = found.into_iter();
            run.faults
                .extend(found.map(|(column, message)| self.fault(row, column, message)));
        }
    }

    fn add(
        &self,
        row: usize,
        id: Option<Id>,
        values: &[(usize, &[Step], Value)],
        run: &mut Run<'_>,
    ) -> Result<(), RowFaults> {
        let mut record = Table::new();
        for (column, steps, value) in values {
            put(&mut record, steps, value.clone())
                .ok_or_else(|| vec![(Some(*column), Message::new("import-no-place"))])?;
        }
        drop_gaps(&mut record);
        let shape = self.kind.shape();
        let text = edit::compose(shape, &record);
        faults_of(self.kind, "", &text)?;
        let day_field = self.kind.info().day_field.unwrap_or("start");
        let day = record.get(day_field).and_then(|value| match value {
            Value::Datetime(at) => at.date,
            _ => None,
        });
        let day = day.and_then(|day| {
            NaiveDate::from_ymd_opt(
                i32::from(day.year),
                u32::from(day.month),
                u32::from(day.day),
            )
        });
        let column = self
            .columns
            .iter()
            .position(|column| name_of(&column.target) == day_field);
        let id = match (id, day, self.kind.info().naming) {
            (Some(id), Some(day), Naming::Dated(_)) if id.day() != Some(day) => {
                return Err(vec![(
                    column,
                    Message::new("import-day-of-id").with("id", id),
                )]);
            }
            (Some(id), ..) => Some(id),
            (None, Some(day), Naming::Term) => term_of(day),
            (None, Some(day), _) => {
                let (names, store) = (run.context.names, run.present.store);
                let taken = |id: Id| names.has(id) || store.has(id) || run.ids.contains(&id);
                let random = &mut *run.random;
                std::iter::from_fn(|| Id::new(self.kind, day, random())).find(|id| !taken(*id))
            }
            (None, None, _) => None,
        };
        let Some(id) = id else {
            return Err(vec![(column, Message::new("import-no-id"))]);
        };
        if run.present.store.has(id) || !run.ids.insert(id) {
            return Err(vec![(None, Message::new("import-exists"))]);
        }
        run.plan.additions.push(Addition {
            id,
            row: row + self.sheet.first_row,
            text,
        });
        Ok(())
    }

    fn update(
        &self,
        row: usize,
        id: Id,
        values: &[(usize, &[Step], Value)],
        run: &mut Run<'_>,
    ) -> Result<(), RowFaults> {
        let shape = self.kind.shape();
        let table = with_kind!(self.kind, K => {
            HasTable::<K>::table(run.present.records).get(id).map(|entry| table_of(&entry.record))
        });
        let path = path_of(id);
        let (Some(table), Ok(old)) = (table, run.present.store.text(&path)) else {
            return Err(vec![(
                None,
                Message::new("import-unreadable").with("path", path),
            )]);
        };
        let mut fields: Vec<(FieldPath, Option<Value>, Value)> = Vec::new();
        for (column, steps, value) in values {
            let (path, code) = resolve(&table, steps, self.kind)
                .ok_or_else(|| vec![(Some(*column), Message::new("import-no-place"))])?;
            let before = get(&table, &path);
            if before == Some(value) {
                continue;
            }
            if path.to_string() == self.kind.info().day_field.unwrap_or_default() {
                return Err(vec![(Some(*column), Message::new("import-day-changed"))]);
            }
            if let Some((path, code)) = code
                && !fields.iter().any(|(known, ..)| *known == path)
            {
                fields.push((path, None, code));
            }
            fields.push((path, before.cloned(), value.clone()));
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
        faults_of(self.kind, &path, &new)?;
        run.plan.updates.push(Update {
            id,
            row: row + self.sheet.first_row,
            old,
            new,
            fields,
        });
        Ok(())
    }
}

/// What keeps a text from being a record of a kind.
fn faults_of(kind: Kind, path: &str, text: &str) -> Result<(), RowFaults> {
    let findings = check::faults(kind.shape(), path, text);
    if !findings.is_empty() {
        return Err(findings
            .into_iter()
            .map(|finding| (None, finding.message))
            .collect());
    }
    with_kind!(kind, K => check::read::<K>(path, text.as_bytes()).map(drop)).map_err(|findings| {
        findings
            .into_iter()
            .map(|finding| (None, finding.message))
            .collect()
    })
}

/// The term that begins on a day: the first of a school year in autumn, the second in spring.
fn term_of(day: NaiveDate) -> Option<Id> {
    let year = u16::try_from(day.year()).ok()?;
    match day.month() {
        8.. => Id::term(year, TermPart::First),
        _ => Id::term(year.checked_sub(1)?, TermPart::Second),
    }
}
