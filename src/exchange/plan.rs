//! What is asked of an import, and what comes of it: how the tables are understood, the records that would be added and
//! changed, or everything that is wrong with the rows.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use toml::Value;

use super::cell::Names;
use crate::diagnostic::Message;
use crate::model::entered::period::Period;
use crate::model::{FieldPath, Id, Kind, Records, School};
use crate::store::transaction::FileChange;
use crate::store::{Store, path_of};

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
pub struct ImportOptions {
    /// Headers, or letters of columns, and what they are to mean: `("姓名", "name")`; `-` is not read, `*` is every
    /// header that is not known.
    pub map: Vec<(String, String)>,
    /// Words of a column and what is to be read in their place: `("类型", "隔代", "grandparents")`.
    pub map_values: Vec<(String, String, String)>,
    /// Values for fields that a table has no column for, or no value in a row: `("guardianship.since", "2025-09-01")`.
    pub constants: Vec<(String, String)>,
    /// The headers of the columns by which a record is found that a row changes; without any, rows only add.
    pub key: Vec<String>,
    /// The number of the row that holds the headers, from 1, as spreadsheet programs count.
    pub header_row: Option<usize>,
    /// Since when what the rows say of changing things is so, where they do not say it.
    pub since: Option<NaiveDate>,
    /// The day of the month of days that name only a month.
    pub day_of_month: Option<u32>,
    /// The period in which days without a year lie, as it was said.
    pub term: Option<(String, Period)>,
    /// The name of the file, which may say what it is about.
    pub file: String,
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
    /// What mends it.
    pub mend: Option<Message>,
}

/// A record that would be added.
#[derive(Clone, Debug)]
pub struct Addition {
    /// Its id.
    pub id: Id,
    /// The row it comes from.
    pub row: usize,
    /// Whom or what it is about, as the row says it.
    pub about: String,
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
    /// Whom or what it is about, as the row says it.
    pub about: String,
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
    /// The records that no row is about, where rows are about records that are there.
    pub absent: Vec<Id>,
}

/// How a column is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadColumn {
    /// Its letters.
    pub letters: String,
    /// Its header.
    pub header: String,
    /// The field, by its path and its label in each language; none of one that is left out.
    pub field: Option<(String, [String; 2])>,
    /// The code that a tick means.
    pub code: Option<String>,
    /// Why it is left out, or what it is used for.
    pub why: Option<Message>,
    /// Some of its values.
    pub samples: Vec<String>,
}

/// How a table is understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understood {
    /// Its kind of records.
    pub kind: Option<Kind>,
    /// The name of the sheet; empty for CSV.
    pub sheet: String,
    /// The first and last row of the header, from 1.
    pub header: (usize, usize),
    /// What stands above it.
    pub titles: Vec<String>,
    /// The columns.
    pub columns: Vec<ReadColumn>,
    /// What holds for every row: the path, the words, and where they come from.
    pub constants: Vec<(String, String, Message)>,
    /// How many rows are records.
    pub rows: usize,
    /// The rows that are none, from 1, and why.
    pub left: Vec<(Message, Vec<usize>)>,
    /// What follows from what, and what of the cells is not taken, with the rows.
    pub notes: Vec<(Message, Vec<usize>)>,
}

/// How tables are understood, and what would be done or is wrong.
#[derive(Clone, Debug, Default)]
pub struct Planned {
    /// How each table is understood.
    pub understood: Vec<Understood>,
    /// Sheets that are not read, and why.
    pub unread: Vec<(String, Message)>,
    /// What would be done.
    pub plan: Plan,
    /// What is wrong; with any, nothing is to be done.
    pub faults: Vec<Fault>,
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

impl Fault {
    /// A fault of a whole table.
    pub(super) fn whole(sheet: &str, message: Message) -> Fault {
        Fault {
            sheet: sheet.to_owned(),
            row: None,
            column: None,
            value: None,
            message,
            mend: None,
        }
    }

    /// The fault with what mends it.
    pub(super) fn mend(mut self, mend: Message) -> Fault {
        self.mend = Some(mend);
        self
    }
}

/// Which of the options have been of use: one that has not is refused.
pub(super) struct Used {
    pub(super) map: Vec<bool>,
    pub(super) words: Vec<bool>,
}

impl Used {
    pub(super) fn of(options: &ImportOptions) -> Used {
        Used {
            map: vec![false; options.map.len()],
            words: vec![false; options.map_values.len()],
        }
    }

    /// Refuses headers to be mapped that no table has.
    pub(super) fn check(&self, options: &ImportOptions, faults: &mut Vec<Fault>) {
        for ((header, _), used) in options.map.iter().zip(&self.map) {
            if !used && header != "*" {
                faults.push(Fault::whole(
                    "",
                    Message::new("import-map-unused").with("header", header),
                ));
            }
        }
    }

    /// Refuses words to be mapped that no column holds.
    pub(super) fn check_words(&self, options: &ImportOptions, faults: &mut Vec<Fault>) {
        for ((header, word, _), used) in options.map_values.iter().zip(&self.words) {
            if !used {
                let message = Message::new("import-map-value-unused").with("header", header);
                faults.push(Fault::whole("", message.with("word", word)));
            }
        }
    }
}

/// What makes two records the same, of one that is there or comes with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SameRecord {
    /// A record that is there.
    Known(Id),
    /// A row of the table with that number, from 1.
    Row(usize),
}

/// What is known and gathered while the rows are read.
pub(super) struct Run<'a> {
    pub(super) present: &'a Present<'a>,
    pub(super) names: &'a Names,
    /// The ids of the records to be added.
    pub(super) ids: HashSet<Id>,
    /// What there is already, by what makes two the same.
    pub(super) twins: HashMap<(Kind, String), SameRecord>,
    pub(super) plan: Plan,
    pub(super) faults: Vec<Fault>,
    pub(super) used: Used,
}

/// The values that hold for every row, by path.
pub(super) type Constants = BTreeMap<String, Value>;
