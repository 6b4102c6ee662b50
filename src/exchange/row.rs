//! What the cells of one row say, before it becomes a record or changes of one.

use std::collections::BTreeMap;

use toml::Value;

use super::columns::Hint;
use super::path::{ColumnStep, EntryChoice, leads_to};
use crate::diagnostic::Message;
use crate::model::{Id, Kind, with_kind};
use crate::store::check;
use crate::store::decode::{self, Prose};

/// What is wrong with a row, and in which of the columns read.
pub(super) type RowFaults = Vec<(Option<usize>, Message)>;

/// A value of a row.
#[derive(Clone, Debug)]
pub(super) struct CellValue {
    /// The column; none of what follows from others or holds for all rows.
    pub(super) column: Option<usize>,
    /// Where it stands in the record.
    pub(super) steps: Vec<ColumnStep>,
    /// The value.
    pub(super) value: Value,
    /// Whether it only follows from other cells.
    pub(super) is_derived: bool,
}

/// What the cells of a row say.
#[derive(Clone, Debug, Default)]
pub(super) struct RowValues {
    pub(super) entries: Vec<CellValue>,
    /// What is not kept itself, by column.
    pub(super) hints: BTreeMap<Hint, (usize, String)>,
    /// Codes that are ticked, by the path of their field.
    pub(super) ticks: Vec<(usize, String, String)>,
    /// A day of birth of which only the month is known, with its column.
    pub(super) birth_month: Option<(usize, i32, u32, Message)>,
    /// Fields for one person whose cells name several.
    pub(super) several: Vec<Several>,
    /// Whom of several the row is about.
    pub(super) name: Option<String>,
    /// What is told of the row.
    pub(super) notes: Vec<Message>,
}

/// The people whom a cell names: its column, the field, and each with the name that stands there.
#[derive(Clone, Debug)]
pub(super) struct Several {
    pub(super) column: usize,
    pub(super) steps: Vec<ColumnStep>,
    pub(super) people: Vec<(String, Id)>,
}

impl RowValues {
    /// The value at a path.
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

    /// Adds what a cell says.
    pub(super) fn put(&mut self, column: usize, steps: Vec<ColumnStep>, value: Value) {
        self.entries.push(CellValue {
            column: Some(column),
            steps,
            value,
            is_derived: false,
        });
    }

    /// Adds what follows from other cells.
    pub(super) fn derive(&mut self, steps: Vec<ColumnStep>, value: Value) {
        self.entries.push(CellValue {
            column: None,
            steps,
            value,
            is_derived: true,
        });
    }
}

/// The list of dated entries, or of coded ones, to which a place belongs.
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

/// What keeps a text from being a record of a kind.
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
