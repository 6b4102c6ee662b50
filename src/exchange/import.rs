//! Turns the rows of tables into records: how the tables are understood, a plan of what would be added and changed, or
//! everything that is wrong with the rows, each fault with its place. Nothing is written here but by
//! [`Plan::file_changes`]'s taker.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use toml::Value;

use super::cell::Names;
use super::reading::{Reading, Used};
use super::sheet::Sheet;
use crate::diagnostic::Message;
use crate::model::entered::period::Period;
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

/// The kind that a table of an export holds, by the name of its sheet or file.
pub fn kind_of_table(name: &str) -> Option<Kind> {
    let labelled = |kind: &&Kind| Lang::ALL.iter().any(|lang| kind.label().get(*lang) == name);
    Kind::of_name(name).or_else(|| Kind::ALL.iter().find(labelled).copied())
}

/// Plans the import of some tables, each of one kind, as one: they may refer to one another.
///
/// `advanced` is told after each row how many are done.
pub fn plan(
    present: &Present<'_>,
    tables: &[(Kind, Sheet)],
    options: &ImportOptions,
    advanced: &mut dyn FnMut(usize),
) -> Planned {
    let mut planned = Planned::default();
    let mut names = Names::default();
    for kind in Kind::ALL {
        with_kind!(*kind, K => {
            for entry in HasTable::<K>::table(present.records) {
                let name = crate::model::probe::words(&entry.record, "name");
                names.note(entry.id, name.first().map(String::as_str));
            }
        });
    }
    let mut used = Used::of(options);
    let mut readings: Vec<Reading<'_>> = Vec::new();
    for (kind, sheet) in tables {
        if sheet.is_hidden && sheet.rows.is_empty() {
            planned
                .unread
                .push((sheet.name.clone(), Message::new("import-sheet-hidden")));
            continue;
        }
        if sheet.rows.is_empty() {
            planned
                .unread
                .push((sheet.name.clone(), Message::new("import-sheet-empty")));
            continue;
        }
        match Reading::new(
            *kind,
            sheet,
            options,
            present,
            &mut used,
            &mut planned.faults,
        ) {
            Some(reading) => readings.push(reading),
            None => planned
                .unread
                .push((sheet.name.clone(), Message::new("import-sheet-unknown"))),
        }
    }
    if readings.is_empty() {
        planned.faults.push(Fault::whole(
            "",
            Message::new("import-no-header")
                .with("kind", tables.first().map_or("", |(kind, _)| kind.name())),
        ));
    }
    super::reading::share_periods(&mut readings);
    used.check(options, &mut planned.faults);
    // What is wrong with the columns does not hide what is wrong with the cells.
    let mut is_sound = planned.faults.is_empty();
    for reading in &mut readings {
        reading.find_records(present, &mut names, &mut planned.faults);
    }
    is_sound &= planned.faults.is_empty();
    let mut run = Run {
        present,
        names: &names,
        ids: HashSet::new(),
        twins: HashMap::new(),
        plan: Plan::default(),
        faults: Vec::new(),
        used,
    };
    let mut done = 0;
    for reading in &mut readings {
        reading.prepare(&mut run);
        for at in 0..reading.layout.rows.len() {
            if is_sound {
                reading.take(at, &mut run);
            } else {
                reading.check_cells(at, &mut run);
            }
            done += 1;
            advanced(done);
        }
    }
    if is_sound {
        run.used.check_words(options, &mut run.faults);
        let is_of_flag = |(note, _): &(Message, Vec<usize>)| {
            note.id == "import-year-of-period" && note.argument("from") == Some("--term")
        };
        let mut notes = readings
            .iter()
            .flat_map(|reading| &reading.understood.notes);
        if options.term.is_some() && run.faults.is_empty() && !notes.any(is_of_flag) {
            run.faults
                .push(Fault::whole("", Message::new("import-term-unused")));
        }
    }
    planned.faults.append(&mut run.faults);
    planned.plan = run.plan;
    if is_sound && !options.key.is_empty() {
        planned.plan.absent = absent(present, &readings);
    }
    planned.understood = readings
        .iter()
        .map(|reading| reading.understood.clone())
        .collect();
    planned
}

/// The records of the kinds of some tables that no row is about; of children those who are here today.
fn absent(present: &Present<'_>, readings: &[Reading<'_>]) -> Vec<Id> {
    let found: HashSet<Id> = readings.iter().flat_map(Reading::known).collect();
    let mut absent = Vec::new();
    for kind in readings
        .iter()
        .map(|reading| reading.kind)
        .collect::<std::collections::BTreeSet<_>>()
    {
        with_kind!(kind, K => {
            let ids = HasTable::<K>::table(present.records).iter().map(|entry| entry.id);
            absent.extend(ids.filter(|id| !found.contains(id)));
        });
    }
    let is_here = |id: &Id| {
        present
            .records
            .children
            .get(*id)
            .is_none_or(|child| child.is_enrolled(present.today))
    };
    absent.retain(is_here);
    absent
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

/// What makes two records the same, of one that is there or comes with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Twin {
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
    pub(super) twins: HashMap<(Kind, String), Twin>,
    pub(super) plan: Plan,
    pub(super) faults: Vec<Fault>,
    pub(super) used: Used,
}

/// The values that hold for every row, by path.
pub(super) type Constants = BTreeMap<String, Value>;
