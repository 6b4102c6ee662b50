//! Turns the rows of tables into records: a plan of what would be added and changed, or everything that is
//! wrong with the rows, each fault with its place. Nothing is written here but by [`Plan::file_changes`]'s taker.

use std::collections::HashSet;

use chrono::NaiveDate;
use toml::Value;

use super::cell::{Context, Names};
use super::reading::Reading;
use super::sheet::Sheet;
use crate::diagnostic::Message;
use crate::model::{FieldPath, HasTable, Id, Kind, Records, School, with_kind};
use crate::store::transaction::FileChange;
use crate::store::{Store, path_of};
use crate::text::Lang;

/// What is there already, and the day.
pub struct Present<'a> {
    /// The records directory.
    pub store: &'a Store,
    /// The school's settings.
    pub school: &'a School,
    /// All its records.
    pub records: &'a Records,
    /// The day, for the names of classes.
    pub today: NaiveDate,
}

/// How tables are to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Headers and what they are to mean: `("姓名", "name")`; `-` is not read.
    pub map: Vec<(String, String)>,
    /// Values for fields that a table has no column for, or no value in a row: `("guardianship.since", "2025-09-01")`.
    pub constants: Vec<(String, String)>,
    /// The headers of the columns by which a record is found that a row changes; without any, rows only add.
    pub key: Vec<String>,
    /// The number of the row that holds the headers, from 1, as spreadsheet programs count.
    pub header_row: Option<usize>,
}

/// What is wrong with a table, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The name of the table within its file; empty for CSV.
    pub sheet: String,
    /// The row, from 1, as spreadsheet programs count.
    pub row: Option<usize>,
    /// The column's letters and header.
    pub column: Option<(String, String)>,
    /// What stands there.
    pub value: Option<String>,
    /// What is wrong.
    pub message: Message,
}

/// A record that would be added.
#[derive(Clone, Debug)]
pub struct Addition {
    /// Its id.
    pub id: Id,
    /// The row it comes from.
    pub row: usize,
    /// The text of its file.
    pub text: String,
}

/// A record that would be changed.
#[derive(Clone, Debug)]
pub struct Update {
    /// Its id.
    pub id: Id,
    /// The row that changes it.
    pub row: usize,
    /// The text of its file.
    pub old: String,
    /// The text that its file would have.
    pub new: String,
    /// The fields that change, with what they held and will hold.
    pub fields: Vec<(FieldPath, Option<Value>, Value)>,
}

/// What an import would do.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The records that would be added.
    pub additions: Vec<Addition>,
    /// The records that would be changed.
    pub updates: Vec<Update>,
    /// How many rows say what the records say already.
    pub unchanged: usize,
}

impl Plan {
    /// The plan as changes of files, for [`Store::commit`].
    pub fn file_changes(&self) -> Vec<FileChange> {
        let added = self.additions.iter().map(|added| FileChange::Create {
            path: path_of(added.id),
            text: added.text.clone(),
        });
        let changed = self.updates.iter().map(|changed| FileChange::Replace {
            path: path_of(changed.id),
            old: changed.old.clone(),
            new: changed.new.clone(),
        });
        added.chain(changed).collect()
    }
}

/// The kind that a table of an export holds, by the name of its sheet or file.
pub fn kind_of_table(name: &str) -> Option<Kind> {
    let labelled = |kind: &&Kind| Lang::ALL.iter().any(|lang| kind.label().get(*lang) == name);
    Kind::of_name(name).or_else(|| Kind::ALL.iter().find(labelled).copied())
}

/// Plans the import of some tables, each of one kind, as one: they may refer to one another.
///
/// `random` gives the random parts of new ids; `advanced` is told after each row how many are done.
///
/// # Errors
///
/// Every fault of every row; there is no plan for the good rows alone.
pub fn plan(
    present: &Present<'_>,
    tables: &[(Kind, Sheet)],
    options: &Options,
    random: &mut dyn FnMut() -> u32,
    advanced: &mut dyn FnMut(usize),
) -> Result<Plan, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut names = Names::default();
    for kind in Kind::ALL {
        with_kind!(*kind, K => {
            for entry in HasTable::<K>::table(present.records) {
                let name = crate::model::probe::words(&entry.record, "name");
                names.note(entry.id, name.first().map(String::as_str));
            }
        });
    }
    let mut readings = Vec::new();
    for (kind, sheet) in tables {
        let Some(mut reading) = Reading::new(*kind, sheet, options, &mut faults) else {
            continue;
        };
        reading.find_records(present, &mut names, random, &mut faults);
        readings.push(reading);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut run = Run {
        present,
        context: Context {
            school: present.school,
            today: present.today,
            names: &names,
        },
        random,
        ids: HashSet::new(),
        plan: Plan::default(),
        faults,
    };
    let mut done = 0;
    for reading in &readings {
        for at in 0..reading.rows.len() {
            reading.take(at, &mut run);
            done += 1;
            advanced(done);
        }
    }
    match run.faults.is_empty() {
        true => Ok(run.plan),
        false => Err(run.faults),
    }
}

/// What is known and gathered while the rows are read.
pub(super) struct Run<'a> {
    pub(super) present: &'a Present<'a>,
    pub(super) context: Context<'a>,
    pub(super) random: &'a mut dyn FnMut() -> u32,
    /// The ids of the records to be added.
    pub(super) ids: HashSet<Id>,
    pub(super) plan: Plan,
    pub(super) faults: Vec<Fault>,
}
