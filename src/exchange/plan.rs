//! The input of an import and its result: how the tables are interpreted, and the records to add and change, or all
//! errors.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use toml::Value;

use super::cell::Names;
use crate::diagnostic::Message;
use crate::model::entered::period::Period;
use crate::model::{FieldPath, Id, Kind, Records, School};
use crate::store::transaction::FileChange;
use crate::store::{Store, path_of};

/// The existing records, and today's date.
pub struct Present<'a> {
    /// The records directory.
    pub store: &'a Store,
    /// The school's settings.
    pub school: &'a School,
    /// All its records.
    pub records: &'a Records,
    /// Today, for class names.
    pub today: NaiveDate,
}

/// The options for reading tables.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Column mappings from headers or column letters: `("姓名", "name")`; the target `-` ignores a column, the source
    /// `*` stands for every unknown header.
    pub map: Vec<(String, String)>,
    /// Value mappings by column: `("类型", "隔代", "grandparents")`.
    pub map_values: Vec<(String, String, String)>,
    /// Values for fields without a column, or without a value in a row: `("guardianship.since", "2025-09-01")`.
    pub constants: Vec<(String, String)>,
    /// The headers of the key columns that identify the record to update; if empty, rows only add records.
    pub key: Vec<String>,
    /// The header row, from 1 as in spreadsheet programs.
    pub header_row: Option<usize>,
    /// The start date of dated entries, for rows that do not give one.
    pub since: Option<NaiveDate>,
    /// The day to use for dates that give only the month.
    pub day_of_month: Option<u32>,
    /// The period that dates without a year belong to, with its text as given.
    pub term: Option<(String, Period)>,
    /// The file name, which may give the period.
    pub file: String,
}

/// An error in a table, with its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFault {
    /// The name of the sheet; empty for CSV.
    pub sheet: String,
    /// The row, from 1 as in spreadsheet programs.
    pub row: Option<usize>,
    /// The column's letters and header.
    pub column: Option<(String, String)>,
    /// The cell's text.
    pub value: Option<String>,
    /// The error.
    pub message: Message,
    /// How to fix it.
    pub help: Option<Message>,
}

/// A record to add.
#[derive(Clone, Debug)]
pub struct Addition {
    /// Its id.
    pub id: Id,
    /// The row it comes from.
    pub row: usize,
    /// What the record is about, as given in the row.
    pub about: String,
    /// The content of its file.
    pub text: String,
}

/// A record to change.
#[derive(Clone, Debug)]
pub struct Update {
    /// Its id.
    pub id: Id,
    /// The row that changes it.
    pub row: usize,
    /// What the record is about, as given in the row.
    pub about: String,
    /// The old content of its file.
    pub old: String,
    /// The new content of its file.
    pub new: String,
    /// The changed fields, with old and new value.
    pub fields: Vec<(FieldPath, Option<Value>, Value)>,
}

/// The changes that an import would make.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The records to add.
    pub additions: Vec<Addition>,
    /// The records to change.
    pub updates: Vec<Update>,
    /// The number of rows without changes.
    pub unchanged: usize,
    /// For updates, the records that no row is about.
    pub absent: Vec<Id>,
}

/// The interpretation of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadColumn {
    /// Its letters.
    pub letters: String,
    /// Its header.
    pub header: String,
    /// The field: path, and label in each language; `None` if the column is ignored.
    pub field: Option<(String, [String; 2])>,
    /// The code that a check mark stands for.
    pub code: Option<String>,
    /// Why it is ignored, or what it is used for.
    pub why: Option<Message>,
    /// Sample values.
    pub samples: Vec<String>,
}

/// The interpretation of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understood {
    /// The kind of its records.
    pub kind: Option<Kind>,
    /// The name of the sheet; empty for CSV.
    pub sheet: String,
    /// The first and last header row, from 1.
    pub header: (usize, usize),
    /// The titles above it.
    pub titles: Vec<String>,
    /// The columns.
    pub columns: Vec<ReadColumn>,
    /// The values for every row: path, text, and source.
    pub constants: Vec<(String, String, Message)>,
    /// The number of data rows.
    pub rows: usize,
    /// The other rows, from 1, by reason.
    pub left: Vec<(Message, Vec<usize>)>,
    /// Notes on derived values and on ignored parts of cells, with the rows.
    pub notes: Vec<(Message, Vec<usize>)>,
}

/// The result of planning.
#[derive(Clone, Debug, Default)]
pub struct Planned {
    /// The interpretation of each table.
    pub understood: Vec<Understood>,
    /// The sheets not read, with the reason.
    pub unread: Vec<(String, Message)>,
    /// The changes.
    pub plan: Plan,
    /// The errors; if there are any, the plan must not be carried out.
    pub faults: Vec<ImportFault>,
}

impl Plan {
    /// Returns the plan as file changes, for [`Store::commit`].
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

impl ImportFault {
    /// An error that concerns a whole table.
    pub(super) fn of_sheet(sheet: &str, message: Message) -> ImportFault {
        ImportFault {
            sheet: sheet.to_owned(),
            row: None,
            column: None,
            value: None,
            message,
            help: None,
        }
    }

    /// Adds how to fix it.
    pub(super) fn help(mut self, help: Message) -> ImportFault {
        self.help = Some(help);
        self
    }
}

/// Tracks which options had an effect: an unused one is refused.
pub(super) struct UsedOptions {
    pub(super) map: Vec<bool>,
    pub(super) words: Vec<bool>,
}

impl UsedOptions {
    pub(super) fn of(options: &ImportOptions) -> UsedOptions {
        UsedOptions {
            map: vec![false; options.map.len()],
            words: vec![false; options.map_values.len()],
        }
    }

    /// Refuses column mappings whose header occurs in no table.
    pub(super) fn check(&self, options: &ImportOptions, faults: &mut Vec<ImportFault>) {
        for ((header, _), used) in options.map.iter().zip(&self.map) {
            if !used && header != "*" {
                faults.push(ImportFault::of_sheet(
                    "",
                    Message::new("import-map-unused").with("header", header),
                ));
            }
        }
    }

    /// Refuses value mappings whose word occurs in no column.
    pub(super) fn check_words(&self, options: &ImportOptions, faults: &mut Vec<ImportFault>) {
        for ((header, word, _), used) in options.map_values.iter().zip(&self.words) {
            if !used {
                let message = Message::new("import-map-value-unused").with("header", header);
                faults.push(ImportFault::of_sheet("", message.with("word", word)));
            }
        }
    }
}

/// The record that a row duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SameRecord {
    /// An existing record.
    Known(Id),
    /// An earlier row of the table, from 1.
    Row(usize),
}

/// The state of an import while its rows are read.
pub(super) struct ImportRun<'a> {
    pub(super) present: &'a Present<'a>,
    pub(super) names: &'a Names,
    /// The ids of the records to add.
    pub(super) ids: HashSet<Id>,
    /// The existing and planned records, by identity.
    pub(super) twins: HashMap<(Kind, String), SameRecord>,
    pub(super) plan: Plan,
    pub(super) faults: Vec<ImportFault>,
    pub(super) used: UsedOptions,
}

/// The values for every row, by path.
pub(super) type Constants = BTreeMap<String, Value>;
