//! Finds the record that each row is about.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};
use toml::Value;

use super::{Reading, Subject, folded};
use crate::diagnostic::Message;
use crate::exchange::cell::{self, CellMeaning, Names};
use crate::exchange::columns::Target;
use crate::exchange::path::resolve;
use crate::exchange::plan::{ImportFault, Present};
use crate::model::shape::FieldType;
use crate::model::{self, HasTable, Id, Kind, Naming, prose, table_of, with_kind};

impl Reading<'_> {
    /// Finds the record of each row, and assigns ids to persons, so that other rows can refer to them by name.
    pub(in crate::exchange) fn find_records(
        &mut self,
        present: &Present<'_>,
        names: &mut Names,
        faults: &mut Vec<ImportFault>,
    ) {
        let is_sealed = |value: &Value| value.as_str().is_some_and(prose::is_sealed);
        let existing = self.existing(present);
        if existing
            .values()
            .flatten()
            .any(|(_, values)| values.iter().any(is_sealed))
        {
            faults.push(ImportFault::of_sheet(
                &self.sheet.name,
                Message::new("import-key-sealed"),
            ));
            return;
        }
        let id_column = self
            .columns
            .iter()
            .position(|column| matches!(column.target, Target::Id));
        let name_column = self.columns.iter().position(|column| column.path == "name");
        let mut used = HashSet::new();
        let mut helpers: HashMap<String, Id> = HashMap::new();
        let mut keys: HashMap<Vec<String>, usize> = HashMap::new();
        let mut subjects = Vec::with_capacity(self.layout.rows.len());
        for row in self.layout.rows.clone() {
            let mut subject = Subject::New(None);
            if let Some(column) = id_column
                && !self.cell(row, column, None).is_empty()
            {
                let text = self.cell(row, column, None).shown();
                subject = match Id::parse(self.kind, cell::unescaped(&text)) {
                    None => {
                        let message = Message::new("import-bad-id").with("found", text);
                        faults.push(self.fault(
                            row,
                            Some(column),
                            message.with("kind", self.kind.name()),
                        ));
                        Subject::Faulty
                    }
                    Some(id) if names.has(id) && !self.keys.contains(&column) => {
                        faults.push(self.fault(row, Some(column), Message::new("import-exists")));
                        Subject::Faulty
                    }
                    Some(id) if names.has(id) => Subject::Known(id),
                    Some(id) => Subject::New(Some(id)),
                };
            }
            if let (Subject::New(None), [_, ..]) = (&subject, &self.keys[..]) {
                let key: Vec<String> = self
                    .keys
                    .iter()
                    .map(|key| self.key_text(row, *key, present, names))
                    .collect();
                if key.iter().all(String::is_empty) {
                    faults.push(self.fault(
                        row,
                        Some(self.keys[0]),
                        Message::new("import-empty-key"),
                    ));
                    subject = Subject::Faulty;
                } else {
                    let found = existing.get(&key).map(Vec::as_slice).unwrap_or_default();
                    if let Some(other) = keys.insert(key, row) {
                        let message = Message::new("import-same-key").with("other", other + 1);
                        faults.push(self.fault(row, Some(self.keys[0]), message));
                    }
                    match found {
                        [] => {}
                        [(id, _)] => subject = Subject::Known(*id),
                        several => {
                            let ids: Vec<_> =
                                several.iter().map(|(id, _)| id.to_string()).collect();
                            let message =
                                Message::new("import-several-keyed").with("ids", ids.join(", "));
                            faults.push(self.fault(row, Some(self.keys[0]), message));
                            subject = Subject::Faulty;
                        }
                    }
                }
            }
            if let (Subject::New(None), Naming::Person(_)) = (&subject, self.kind.naming()) {
                let name = name_column
                    .map(|column| self.cell(row, column, None).shown())
                    .unwrap_or_default();
                // A list of pairings repeats the name of a helper in every row.
                let same = helpers
                    .get(&model::folded(&name))
                    .copied()
                    .filter(|_| self.kind == Kind::Helper);
                subject =
                    Subject::New(same.or_else(|| {
                        self.free_id(row, present.today, present, names, &HashSet::new())
                    }));
            }
            if let Subject::New(Some(id)) | Subject::Known(id) = subject {
                let name = name_column.map(|column| self.cell(row, column, None).shown());
                let known = helpers.insert(model::folded(name.as_deref().unwrap_or_default()), id);
                if !used.insert(id) && (self.kind != Kind::Helper || known != Some(id)) {
                    faults.push(self.fault(row, id_column, Message::new("import-same-id")));
                }
                names.note(id, name.as_deref());
            }
            subjects.push(subject);
        }
        self.subjects = subjects;
    }

    /// The existing records by key, with their key values.
    fn existing(&self, present: &Present<'_>) -> HashMap<Vec<String>, Vec<(Id, Vec<Value>)>> {
        let mut found: HashMap<Vec<String>, Vec<(Id, Vec<Value>)>> = HashMap::new();
        if self.keys.is_empty() {
            return found;
        }
        with_kind!(self.kind, K => {
            for entry in HasTable::<K>::table(present.records) {
                let table = table_of(&entry.record);
                let values: Vec<Value> = self.keys.iter().map(|key| match &self.columns[*key].target {
                    Target::Field { steps, .. } => {
                        let value = resolve(&table, steps, self.kind).and_then(|(path, _)| path.value_in(&table).cloned());
                        value.unwrap_or(Value::String(String::new()))
                    }
                    _ => Value::String(entry.id.to_string()),
                }).collect();
                let key = values.iter().zip(&self.keys).map(|(value, key)| folded(&self.columns[*key].path, value)).collect();
                found.entry(key).or_default().push((entry.id, values));
            }
        });
        found
    }

    /// A row's value in a key column, normalised for comparison.
    fn key_text(&self, row: usize, column: usize, present: &Present<'_>, names: &Names) -> String {
        let cell = self.cell(row, column, None);
        let context = self.context(present.school, present.today, names);
        let column = &self.columns[column];
        if let Target::Field {
            holds: FieldType::Class,
            ..
        } = column.target
        {
            let class = self
                .class_of(row, &context)
                .ok()
                .flatten()
                .and_then(|part| {
                    part.class(context.school, self.since.unwrap_or(context.today))
                        .ok()
                });
            return class.map(|class| class.to_string()).unwrap_or_default();
        }
        match &column.target {
            Target::Field { holds, .. } => match cell::value(holds, &cell, &context) {
                Ok(CellMeaning::Value(value, _)) => folded(&column.path, &value),
                Ok(_) => String::new(),
                Err(_) => cell.shown(),
            },
            _ => cell::unescaped(&cell.shown()).to_owned(),
        }
    }

    /// An id derived from the content of a row: the same row always gives the same id, so that a file imported twice
    /// concurrently creates no duplicates.
    pub(in crate::exchange) fn free_id(
        &self,
        row: usize,
        day: chrono::NaiveDate,
        present: &Present<'_>,
        names: &Names,
        taken: &HashSet<Id>,
    ) -> Option<Id> {
        let mut hash = Sha256::new();
        // Hashing the school's own key prevents a reader who knows the facts of a child from computing its id.
        let school = &present.school.school;
        hash.update(school.key.as_ref().unwrap_or(&school.name).as_bytes());
        hash.update(self.kind.name().as_bytes());
        for column in 0..self.columns.len() {
            let cell = self.cell(row, column, None);
            if !cell.is_empty() {
                hash.update(format!("\n{}\t{}", self.columns[column].path, cell.shown()));
            }
        }
        for again in 0u32..1000 {
            let bytes = hash.clone().chain_update(again.to_be_bytes()).finalize();
            let random = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
            let id = Id::new(self.kind, day, random)?;
            if !names.has(id) && !taken.contains(&id) && !present.store.has(id) {
                return Some(id);
            }
        }
        None
    }
}
