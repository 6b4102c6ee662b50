//! The values of one row, before they become a record or changes of one.

use std::collections::BTreeMap;

use toml::Value;

use super::columns::Hint;
use super::path::{ColumnStep, EntryChoice, leads_to};
use crate::diagnostic::Message;
use crate::model::{Id, Kind, with_kind};
use crate::store::check;
use crate::store::decode::{self, Prose};

/// The errors in a row, with the index of the column concerned.
pub(super) type RowFaults = Vec<(Option<usize>, Message)>;

/// A value in a row.
#[derive(Clone, Debug)]
pub(super) struct CellValue {
    /// The column; `None` for a derived or constant value.
    pub(super) column: Option<usize>,
    /// Its path in the record.
    pub(super) steps: Vec<ColumnStep>,
    pub(super) value: Value,
    /// Whether it was derived from other cells.
    pub(super) is_derived: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct RowValues {
    pub(super) entries: Vec<CellValue>,
    /// Information that is not stored itself, with its column.
    pub(super) hints: BTreeMap<Hint, (usize, String)>,
    /// The checked codes, with column and path of their field.
    pub(super) ticks: Vec<(usize, String, String)>,
    /// The column and parts of a date of birth that gives only the month.
    pub(super) birth_month: Option<(usize, i32, u32, Message)>,
    /// Fields for one person whose cells name several.
    pub(super) several: Vec<Several>,
    /// The name of the person the row stands for, if it was split for several.
    pub(super) name: Option<String>,
    /// The notes on the row.
    pub(super) notes: Vec<Message>,
}

/// The people named by a cell: its column, the field, and each id with the name as written.
#[derive(Clone, Debug)]
pub(super) struct Several {
    pub(super) column: usize,
    pub(super) steps: Vec<ColumnStep>,
    pub(super) people: Vec<(String, Id)>,
}

impl RowValues {
    pub(super) fn get(&self, path: &str) -> Option<&Value> {
        self.entries
            .iter()
            .find(|entry| leads_to(&entry.steps, path))
            .map(|entry| &entry.value)
    }

    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.get(path).and_then(Value::as_str)
    }

    pub(super) fn column(&self, path: &str) -> Option<usize> {
        self.entries
            .iter()
            .find(|entry| leads_to(&entry.steps, path))
            .and_then(|entry| entry.column)
    }

    /// Adds the value of a cell.
    pub(super) fn put(&mut self, column: usize, steps: Vec<ColumnStep>, value: Value) {
        self.entries.push(CellValue {
            column: Some(column),
            steps,
            value,
            is_derived: false,
        });
    }

    /// Adds a derived value.
    pub(super) fn derive(&mut self, steps: Vec<ColumnStep>, value: Value) {
        self.entries.push(CellValue {
            column: None,
            steps,
            value,
            is_derived: true,
        });
    }
}

/// The list of dated or coded entries that a path belongs to.
pub(super) fn list_of(steps: &[ColumnStep]) -> Option<&str> {
    match steps {
        [
            ColumnStep::Key(list),
            ColumnStep::Entry(EntryChoice::Newest),
            ..,
        ] => Some(list),
        _ => None,
    }
}

/// Checks whether a text is a valid record of a kind.
pub(super) fn faults_of(kind: Kind, path: &str, text: &str) -> Result<(), RowFaults> {
    let is_sound = with_kind!(kind, K => decode::fast::<K>(text, Prose::Keep).is_some());
    if is_sound {
        return Ok(());
    }
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
