//! Cells that name several people where a record is about one: the row is split into one record for each.

use toml::Value;

use super::cell;
use super::columns::Target;
use super::path::ColumnStep;
use super::reading::Reading;
use super::row::{CellValue, RowFaults, RowValues, Several};
use super::sheet::Cell;
use crate::diagnostic::Message;
use crate::model::Kind;
use crate::model::shape::FieldType;

impl Several {
    /// The people named by a cell, if there are several and all are known.
    pub(super) fn of(
        column: usize,
        steps: &[ColumnStep],
        holds: &FieldType,
        cell: &Cell,
        context: &cell::CellContext<'_>,
    ) -> Option<Several> {
        let (FieldType::Reference(kind @ (Kind::Child | Kind::Helper)), [_]) = (holds, steps)
        else {
            return None;
        };
        let people = cell::several(*kind, &cell.shown(), context);
        (people.len() > 1 && !context.is_exact).then(|| Several {
            column,
            steps: steps.to_vec(),
            people,
        })
    }

    /// The error that a row must name a single person.
    fn fault(&self) -> (Option<usize>, Message) {
        let names: Vec<&str> = self.people.iter().map(|(name, _)| &**name).collect();
        let message = Message::new("import-several-in-cell").with("found", names.join("、"));
        (Some(self.column), message)
    }
}

impl Reading<'_> {
    /// Refuses a row with a quantity to share, or with several such cells: it is not known what belongs to whom.
    pub(super) fn check_shares(&self, read: &RowValues, faults: &mut RowFaults) {
        let is_share = |entry: &CellValue| {
            let target = entry.column.map(|column| &self.columns[column].target);
            let is_count = matches!(
                target,
                Some(Target::Field {
                    holds: FieldType::Number | FieldType::Money,
                    ..
                })
            );
            is_count && entry.value != Value::Integer(1)
        };
        let allowed = usize::from(!read.entries.iter().any(is_share));
        faults.extend(read.several.iter().skip(allowed).map(Several::fault));
    }
}

/// The errors of a row with several people that updates a record.
pub(super) fn in_update(read: &RowValues) -> RowFaults {
    read.several.iter().map(Several::fault).collect()
}

/// Splits a row into one for each of the people named.
pub(super) fn rows(mut read: RowValues) -> Vec<RowValues> {
    let Some(several) = read.several.pop() else {
        return vec![read];
    };
    let each = several.people.into_iter().map(|(name, id)| {
        let mut row = read.clone();
        row.entries.push(CellValue {
            column: Some(several.column),
            steps: several.steps.clone(),
            value: Value::String(id.to_string()),
            is_derived: false,
        });
        row.name = Some(name);
        row
    });
    each.collect()
}
