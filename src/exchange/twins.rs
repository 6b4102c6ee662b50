//! Detects duplicates of existing records and of other rows.

use toml::{Table, Value};

use super::plan::{ImportRun, SameRecord};
use super::reading::{Reading, folded};
use super::row::RowFaults;
use crate::diagnostic::Message;
use crate::model::prose::is_sealed;
use crate::model::shape::FieldType;
use crate::model::{HasTable, Id, Kind, Naming, Record, table_of, with_kind};

impl Reading<'_> {
    /// Whether an earlier row has added a helper of the same name, so that this one adds nothing.
    pub(super) fn merge(
        &self,
        row: usize,
        id: Id,
        record: &Table,
        run: &mut ImportRun<'_>,
    ) -> Result<bool, RowFaults> {
        let mut additions = run.plan.additions.iter();
        let earlier = run
            .ids
            .contains(&id)
            .then(|| additions.find(|added| added.id == id));
        let Some(earlier) = earlier.flatten() else {
            return Ok(false);
        };
        let known: Table = earlier.text.parse().unwrap_or_default();
        for (field, value) in record {
            if known.get(field).is_none_or(|other| other != value) {
                let column = self.columns.iter().position(|column| column.path == *field);
                let message = Message::new("import-differs-within")
                    .with("other", earlier.row)
                    .with("name", &earlier.about);
                return Err(vec![(column, message.with("row", row + 1))]);
            }
        }
        run.plan.unchanged += 1;
        Ok(true)
    }

    /// Refuses a record that already exists or is a duplicate of another row.
    pub(super) fn check_twins(
        &self,
        row: usize,
        record: &Table,
        run: &mut ImportRun<'_>,
    ) -> Result<(), RowFaults> {
        let seals = !run.present.school.seal.recipients.is_empty();
        let kind = self.kind;
        if !run.twins.contains_key(&(kind, String::new())) {
            run.twins.insert((kind, String::new()), SameRecord::Row(0));
            with_kind!(kind, K => {
                for entry in HasTable::<K>::table(run.present.records) {
                    for mark in marks(kind, &table_of(&entry.record), seals) {
                        run.twins.insert((kind, mark), SameRecord::Known(entry.id));
                    }
                }
            });
        }
        for mark in marks(kind, record, seals) {
            let (known, at_row) = match run.twins.insert((kind, mark), SameRecord::Row(row + 1)) {
                Some(SameRecord::Known(id)) => (Some(id), None),
                Some(SameRecord::Row(at)) if at != row + 1 => (None, Some(at)),
                _ => continue,
            };
            let is_person = matches!(kind.naming(), Naming::Person(_));
            let message = Message::new(match (is_person, known) {
                (true, Some(_)) => "import-twin-person-known",
                (false, Some(_)) => "import-twin-known",
                (true, None) => "import-twin-person-row",
                (false, None) => "import-twin-row",
            });
            let message = match known {
                Some(id) => message.with("id", id),
                None => message.with("other", at_row.unwrap_or_default()),
            };
            return Err(vec![(None, message)]);
        }
        Ok(())
    }
}

/// The identity keys of a record: two with a common key are the same. Confidential fields are ignored if the school
/// seals them, since sealed values cannot be compared with clear text.
fn marks(kind: Kind, record: &Table, seals: bool) -> Vec<String> {
    let same_by = with_kind!(kind, K => K::SAME_BY);
    if !same_by.is_empty() {
        let of = |field: &&str| {
            let value = record.get(*field);
            let value = value.filter(|value| !value.as_str().is_some_and(is_sealed))?;
            Some(format!("{field}\t{}", folded(field, value)))
        };
        let marks = same_by.iter();
        let marks = marks.filter_map(|fields| fields.iter().map(of).collect::<Option<Vec<_>>>());
        return marks.map(|mark| mark.join("\n")).collect();
    }
    if kind.naming() == Naming::Term {
        return Vec::new();
    }
    let mut record = record.clone();
    let hidden = kind.shape().fields.iter();
    for field in hidden.filter(|field| seals && matches!(field.holds, FieldType::Confidential)) {
        record.remove(&field.name);
    }
    for (_, value) in record.iter_mut() {
        if let Value::Array(entries) = value {
            entries.sort_by_key(ToString::to_string);
        }
    }
    let fields: std::collections::BTreeMap<_, _> = record
        .iter()
        .map(|(name, value)| (name, value.to_string()))
        .collect();
    vec![format!("{fields:?}")]
}
