//! Reads one table: which column is which field, which row is about which record, what each row says.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use toml::Value;

use super::cell::{self, Names};
use super::columns::{Columns, Target, Unnamed, shown};
use super::import::{Fault, Options, Present};
use super::place::{get, resolve};
use super::sheet::{Cell, Sheet};
use super::written;
use crate::diagnostic::Message;
use crate::model::shape::Holds;
use crate::model::{HasTable, Id, Kind, Naming, table_of, with_kind};
use crate::store::Store;

/// The header is looked for in so many rows: titles and remarks may stand above it.
const HEADER_WITHIN: usize = 10;

/// A column that is read.
pub(super) struct Column {
    at: Option<usize>,
    header: String,
    pub(super) target: Target,
    constant: Cell,
}

/// What a row is about.
#[derive(Clone)]
pub(super) enum Subject {
    New(Option<Id>),
    Known(Id),
    Faulty,
}

/// One table being read.
pub(super) struct Reading<'a> {
    pub(super) kind: Kind,
    pub(super) sheet: &'a Sheet,
    pub(super) columns: Vec<Column>,
    keys: Vec<usize>,
    /// The rows below the header that hold anything, by their place in the table.
    pub(super) rows: Vec<usize>,
    pub(super) subjects: Vec<Subject>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        kind: Kind,
        sheet: &'a Sheet,
        options: &Options,
        faults: &mut Vec<Fault>,
    ) -> Option<Reading<'a>> {
        let known = Columns::of(kind);
        let mapped = |header: &str| {
            let found = options
                .map
                .iter()
                .find(|(from, _)| from.trim() == header.trim());
            found.map_or_else(|| header.to_owned(), |(_, to)| to.clone())
        };
        let count = faults.len();
        let whole = |message| Fault {
            sheet: sheet.name.clone(),
            row: None,
            column: None,
            value: None,
            message,
        };
        let header = match options.header_row {
            Some(row) => row.checked_sub(sheet.first_row),
            None => (0..sheet.rows.len().min(HEADER_WITHIN)).max_by_key(|at| {
                let cells = sheet.rows[*at].iter().filter(|cell| !cell.is_empty());
                let named = cells
                    .filter(|cell| known.find(&mapped(&cell.shown())).is_ok())
                    .count();
                (named, std::cmp::Reverse(*at))
            }),
        };
        let Some(headers) = header.and_then(|at| sheet.rows.get(at)) else {
            faults.push(whole(Message::new("import-no-header")));
            return None;
        };
        let first = header.map_or(0, |at| at + 1);
        let mut columns = Vec::new();
        let mut seen: HashMap<String, String> = HashMap::new();
        for (at, cell) in headers.iter().enumerate() {
            let header = cell::unescaped(&cell.shown()).to_owned();
            let filled = sheet.rows[first..]
                .iter()
                .any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()));
            if header.is_empty() && !filled {
                continue;
            }
            let fault = |message| Fault {
                row: header_number(sheet, first),
                column: Some((sheet.column_letters(at), header.clone())),
                ..whole(message)
            };
            match known.find(&mapped(&header)) {
                Ok(Target::Ignored) => {}
                Ok(target) => {
                    if let Some(other) = seen.insert(name_of(&target), header.clone()) {
                        faults.push(fault(
                            Message::new("import-same-field").with("other", other),
                        ));
                    }
                    columns.push(Column {
                        at: Some(at),
                        header,
                        target,
                        constant: Cell::Empty,
                    });
                }
                Err(unnamed) => faults.push(fault(unnamed_message(&unnamed, &header))),
            }
        }
        for (header, words) in &options.constants {
            match known.find(header) {
                Ok(target) => {
                    let constant = Cell::of_text(words);
                    match columns
                        .iter_mut()
                        .find(|column| name_of(&column.target) == name_of(&target))
                    {
                        Some(column) => column.constant = constant,
                        None => columns.push(Column {
                            at: None,
                            header: header.clone(),
                            target,
                            constant,
                        }),
                    }
                }
                Err(unnamed) => faults.push(whole(unnamed_message(&unnamed, header))),
            }
        }
        let mut keys = Vec::new();
        for key in &options.key {
            let wanted = known.find(&mapped(key)).ok().map(|target| name_of(&target));
            let column = columns
                .iter()
                .position(|column| Some(name_of(&column.target)) == wanted);
            match column {
                Some(column) => keys.push(column),
                None => faults.push(whole(Message::new("import-no-key").with("key", key))),
            }
        }
        let rows = (first..sheet.rows.len())
            .filter(|at| sheet.rows[*at].iter().any(|cell| !cell.is_empty()))
            .collect();
        (faults.len() == count).then_some(Reading {
            kind,
            sheet,
            columns,
            keys,
            rows,
            subjects: Vec::new(),
        })
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> &Cell {
        let column = &self.columns[column];
        let cell = column.at.and_then(|at| self.sheet.rows[row].get(at));
        cell.filter(|cell| !cell.is_empty())
            .unwrap_or(&column.constant)
    }

    pub(super) fn fault(&self, row: usize, column: Option<usize>, message: Message) -> Fault {
        let place = column.map(|column| {
            let letters = self.columns[column]
                .at
                .map(|at| self.sheet.column_letters(at));
            (
                letters.unwrap_or_default(),
                self.columns[column].header.clone(),
            )
        });
        Fault {
            sheet: self.sheet.name.clone(),
            row: Some(row + self.sheet.first_row),
            value: column.map(|column| self.cell(row, column).shown()),
            column: place,
            message,
        }
    }

    /// Finds for each row the record that it is about, and gives persons their ids, so that other rows may
    /// refer to them by name.
    pub(super) fn find_records(
        &mut self,
        present: &Present<'_>,
        names: &mut Names,
        random: &mut dyn FnMut() -> u32,
        faults: &mut Vec<Fault>,
    ) {
        let existing = self.existing(present);
        let id_column = self
            .columns
            .iter()
            .position(|column| matches!(column.target, Target::Id));
        let name_column = self
            .columns
            .iter()
            .position(|column| name_of(&column.target) == "name");
        let mut used = HashSet::new();
        let mut keys = HashMap::new();
        for row in self.rows.clone() {
            let mut subject = Subject::New(None);
            if let Some(column) = id_column
                && !self.cell(row, column).is_empty()
            {
                let text = self.cell(row, column).shown();
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
                    .map(|key| self.key_text(row, *key))
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
                        let message = Message::new("import-same-key")
                            .with("other", other + self.sheet.first_row);
                        faults.push(self.fault(row, Some(self.keys[0]), message));
                    }
                    match found {
                        [] => {}
                        [id] => subject = Subject::Known(*id),
                        ids => {
                            let ids: Vec<_> = ids.iter().map(Id::to_string).collect();
                            let message =
                                Message::new("import-several-keyed").with("ids", ids.join(", "));
                            faults.push(self.fault(row, Some(self.keys[0]), message));
                            subject = Subject::Faulty;
                        }
                    }
                }
            }
            if let (Subject::New(None), Naming::Person(_)) = (&subject, self.kind.info().naming) {
                subject = Subject::New(free_id(
                    self.kind,
                    present.today,
                    present.store,
                    names,
                    random,
                ));
            }
            if let Subject::New(Some(id)) | Subject::Known(id) = subject {
                if !used.insert(id) {
                    faults.push(self.fault(row, id_column, Message::new("import-same-id")));
                }
                let name = name_column.map(|column| self.cell(row, column).shown());
                names.note(id, name.as_deref());
            }
            self.subjects.push(subject);
        }
    }

    /// The records that are there by their keys.
    fn existing(&self, present: &Present<'_>) -> HashMap<Vec<String>, Vec<Id>> {
        let mut found: HashMap<Vec<String>, Vec<Id>> = HashMap::new();
        if self.keys.is_empty() {
            return found;
        }
        with_kind!(self.kind, K => {
            for entry in HasTable::<K>::table(present.records) {
                let table = table_of(&entry.record);
                let key: Vec<String> = self.keys.iter().map(|key| match &self.columns[*key].target {
                    Target::Field { steps, .. } => {
                        let value = resolve(&table, steps, self.kind).and_then(|(path, _)| get(&table, &path).cloned());
                        value.map_or_else(String::new, |value| key_of(&value))
                    }
                    _ => entry.id.to_string(),
                }).collect();
                found.entry(key).or_default().push(entry.id);
            }
        });
        found
    }

    /// What a row holds in a column of the key, as the record would hold it.
    fn key_text(&self, row: usize, column: usize) -> String {
        let cell = self.cell(row, column);
        match &self.columns[column].target {
            Target::Field {
                holds: Holds::Date, ..
            } => match cell {
                Cell::Time(time) => time.date().to_string(),
                cell => {
                    written::day(&cell.shown()).map_or_else(|| cell.shown(), |day| day.to_string())
                }
            },
            _ => cell::unescaped(&cell.shown()).to_owned(),
        }
    }
}

fn header_number(sheet: &Sheet, first: usize) -> Option<usize> {
    Some(first + sheet.first_row - 1)
}

/// A name for what a column holds: the path of its field.
pub(super) fn name_of(target: &Target) -> String {
    match target {
        Target::Ignored => String::from("-"),
        Target::Id => String::from("id"),
        Target::Field { steps, .. } => shown(steps),
    }
}

fn unnamed_message(unnamed: &Unnamed, header: &str) -> Message {
    match unnamed {
        Unnamed::Unknown(None) => Message::new("import-unknown-column").with("header", header),
        Unnamed::Unknown(Some(nearest)) => Message::new("import-unknown-column-nearest")
            .with("header", header)
            .with("nearest", nearest),
        Unnamed::Several(paths) => Message::new("import-column-of-several")
            .with("header", header)
            .with("paths", paths.join(", ")),
    }
}

fn free_id(
    kind: Kind,
    day: NaiveDate,
    store: &Store,
    names: &Names,
    random: &mut dyn FnMut() -> u32,
) -> Option<Id> {
    loop {
        let id = Id::new(kind, day, random())?;
        if !names.has(id) && !store.has(id) {
            return Some(id);
        }
    }
}

fn key_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
