//! Records that are there already, or come twice.

use toml::{Table, Value};

use super::import::{Run, Twin};
use super::reading::{Reading, folded};
use super::rows::RowFaults;
use crate::diagnostic::Message;
use crate::model::shape::Holds;
use crate::model::{HasTable, Id, Kind, table_of, with_kind};

impl Reading<'_> {
    /// Whether a helper of the same name has come with an earlier row, so that this one says nothing new.
    pub(super) fn merge(
        &self,
        row: usize,
        id: Id,
        record: &Table,
        run: &mut Run<'_>,
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

    /// Refuses a record that is there already, or that another row is as well.
    pub(super) fn check_twins(
        &self,
        row: usize,
        record: &Table,
        run: &mut Run<'_>,
    ) -> Result<(), RowFaults> {
        let seals = !run.present.school.seal.recipients.is_empty();
        let kind = self.kind;
        if !run.twins.contains_key(&(kind, String::new())) {
            run.twins.insert((kind, String::new()), Twin::Row(0));
            with_kind!(kind, K => {
                for entry in HasTable::<K>::table(run.present.records) {
                    for mark in marks(kind, &table_of(&entry.record), seals) {
                        run.twins.insert((kind, mark), Twin::Known(entry.id));
                    }
                }
            });
        }
        for mark in marks(kind, record, seals) {
            let (known, at_row) = match run.twins.insert((kind, mark), Twin::Row(row + 1)) {
                Some(Twin::Known(id)) => (Some(id), None),
                Some(Twin::Row(at)) if at != row + 1 => (None, Some(at)),
                _ => continue,
            };
            let message = match (kind, known, at_row) {
                (Kind::Child | Kind::Helper, Some(id), _) => {
                    Message::new("import-twin-person-known").with("id", id)
                }
                (_, Some(id), _) => Message::new("import-twin-known").with("id", id),
                (Kind::Child | Kind::Helper, _, at) => {
                    Message::new("import-twin-person-row").with("other", at.unwrap_or_default())
                }
                (_, _, at) => Message::new("import-twin-row").with("other", at.unwrap_or_default()),
            };
            return Err(vec![(None, message)]);
        }
        Ok(())
    }
}

/// What makes two records of a kind the same. Of confidential fields of a school that seals them nothing is known:
/// what was sealed cannot be held against what comes in clear.
fn marks(kind: Kind, record: &Table, seals: bool) -> Vec<String> {
    let of = |path: &str| record.get(path).map(|value| folded(path, value));
    match kind {
        Kind::Child => {
            let born = of("name")
                .zip(of("birth_date"))
                .map(|(name, birth)| format!("{name}\n{birth}"));
            let number = of("id_number").filter(|number| !crate::model::prose::is_sealed(number));
            born.into_iter()
                .chain(number.map(|number| format!("#{number}")))
                .collect()
        }
        Kind::Helper => of("name").into_iter().collect(),
        Kind::Term => Vec::new(),
        _ => {
            let mut record = record.clone();
            let hidden = kind.shape().fields.iter();
            for field in hidden.filter(|field| seals && matches!(field.holds, Holds::Confidential))
            {
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
    }
}
