//! Assignments to fields as typed: `--summary 好`, `guardianship[+].away=father`, `班级.class=四（1）班`.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::cli::shared::fields::{self, FieldStep, ListIndex};
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::values::{self, Reading};
use crate::diagnostic::Message;
use crate::model::entered::day;
use crate::model::shape::FieldType;
use crate::model::{FieldPath, Kind, School};
use crate::store::Store;
use crate::store::edit::Change;

/// The assignments to one record.
pub(crate) struct Assignments<'a> {
    kind: Kind,
    store: &'a Store,
    school: &'a School,
    record: toml::Table,
    set: Vec<(Vec<FieldStep<'static>>, String)>,
    /// The index of the new entry of each list of tables.
    added: HashMap<String, usize>,
    /// The number of entries appended to other lists.
    appended: HashMap<String, usize>,
}

impl<'a> Assignments<'a> {
    /// Starts without assignments, for an existing record with a text, or for a new one without.
    pub(crate) fn new(
        kind: Kind,
        store: &'a Store,
        school: &'a School,
        text: &str,
    ) -> Assignments<'a> {
        Assignments {
            kind,
            store,
            school,
            record: toml::from_str(text).unwrap_or_default(),
            set: Vec::new(),
            added: HashMap::new(),
            appended: HashMap::new(),
        }
    }

    /// Adds an assignment `path=value`; `path=` removes the field.
    ///
    /// # Errors
    ///
    /// It is malformed, or there is no such field.
    pub(crate) fn assign(&mut self, session: &Session, words: &str) -> Result<(), UserError> {
        let (path, value) = words.split_once('=').ok_or_else(|| {
            UserError::new(Message::new("assignment-expected").with("found", words))
        })?;
        self.set(session, path, value)
    }

    /// Adds an assignment of a field.
    ///
    /// # Errors
    ///
    /// There is no such field, or it is ambiguous which entry of a list is meant.
    pub(crate) fn set(
        &mut self,
        session: &Session,
        path: &str,
        value: &str,
    ) -> Result<(), UserError> {
        let mut steps = fields::steps(self.kind.shape(), path)
            .ok_or_else(|| fields::no_such_field(self.kind, path, session.lang))?;
        let count = steps.len();
        let mut name = String::new();
        for (at, step) in steps.iter_mut().enumerate() {
            if !name.is_empty() {
                name.push('.');
            }
            name += &step.field.name;
            let is_last = at + 1 == count;
            let is_tables = matches!(step.field.holds, FieldType::Tables(_));
            let present = self.count(&name);
            match step.entry {
                ListIndex::New if is_tables => {
                    step.entry = ListIndex::At(*self.added.entry(name.clone()).or_insert(present));
                }
                ListIndex::New => {
                    let more = self.appended.entry(name.clone()).or_insert(0);
                    step.entry = ListIndex::At(present + *more);
                    *more += 1;
                }
                ListIndex::Unsaid if is_tables && !is_last => match present {
                    0 | 1 => step.entry = ListIndex::At(0),
                    _ => {
                        let message = Message::new("command-which-entry")
                            .with("field", &name)
                            .with("label", step.field.label(session.lang))
                            .with("count", present)
                            .with("last", present - 1);
                        return Err(UserError::new(message));
                    }
                },
                ListIndex::At(index)
                    if is_tables && index > present.max(self.next_index(&name)) =>
                {
                    let message = Message::new("command-no-such-entry")
                        .with("field", &name)
                        .with("label", step.field.label(session.lang))
                        .with("count", present);
                    return Err(UserError::new(message));
                }
                _ => {}
            }
            if let ListIndex::At(index) = step.entry {
                name += &format!("[{index}]");
            }
        }
        self.set.push((steps, value.to_owned()));
        Ok(())
    }

    /// The number of entries of a list in the record.
    fn count(&self, name: &str) -> usize {
        let mut value = None;
        let mut table = Some(&self.record);
        for part in name.split('.') {
            let (key, index) = match part.split_once('[') {
                Some((key, index)) => (key, index.trim_end_matches(']').parse::<usize>().ok()),
                None => (part, None),
            };
            value = table.and_then(|table| table.get(key));
            if let Some(index) = index {
                value = value.and_then(|value| value.get(index));
            }
            table = value.and_then(toml::Value::as_table);
        }
        value.and_then(toml::Value::as_array).map_or(0, Vec::len)
    }

    /// The number of entries of a list, including assigned ones.
    fn next_index(&self, name: &str) -> usize {
        let of_list = self.set.iter().filter_map(|(steps, _)| {
            let last = steps.iter().enumerate().find_map(|(at, step)| {
                let path = fields::path(&steps[..at]).then(&step.field.name);
                (path.to_string() == name).then_some(step.entry)
            });
            match last {
                Some(ListIndex::At(index)) => Some(index + 1),
                _ => None,
            }
        });
        of_list.max().unwrap_or(0)
    }

    /// Returns the changes, with all values parsed.
    ///
    /// # Errors
    ///
    /// A value is invalid for its field.
    pub(crate) fn changes(&self, session: &mut Session) -> anyhow::Result<Vec<Change>> {
        let mut changes = Vec::new();
        for (steps, words) in &self.set {
            let path = fields::path(steps);
            let Some(last) = steps.last() else { continue };
            if words.is_empty() {
                changes.push(Change { path, value: None });
                continue;
            }
            // With an index, only this entry of a list is set.
            let mut holds = &last.field.holds;
            if let (FieldType::List(entry), ListIndex::At(_)) = (holds, last.entry) {
                holds = entry;
            }
            if let (FieldType::Counts { keys, entry }, ListIndex::At(key)) = (holds, last.entry)
                && keys.contains(&key.to_string())
            {
                holds = entry;
            }
            let reading = Reading {
                store: self.store,
                school: self.school,
                as_of: self.as_of(session.today, &path),
            };
            let value = values::value(session, reading, last.field, holds, words)?;
            changes.push(Change {
                path,
                value: Some(value),
            });
        }
        self.begin_today(session, &mut changes);
        Ok(changes)
    }

    /// The start of the entry that contains a field: class names are interpreted as of this day.
    fn as_of(&self, today: NaiveDate, path: &FieldPath) -> NaiveDate {
        let mut sibling = path.clone();
        sibling.0.pop();
        let sibling = sibling.then("since");
        let set = self
            .set
            .iter()
            .find(|(steps, _)| fields::path(steps) == sibling);
        let set = set.and_then(|(_, words)| day::day(words, today, day::Towards::Past).ok());
        let held = || sibling.value_in(&self.record)?.to_string().parse().ok();
        set.or_else(held).unwrap_or(today)
    }

    /// Lets new dated entries begin today by default.
    fn begin_today(&self, session: &Session, changes: &mut Vec<Change>) {
        let mut begun: Vec<FieldPath> = Vec::new();
        for (steps, _) in &self.set {
            let Some((first, rest)) = steps.split_first() else {
                continue;
            };
            let ListIndex::At(index) = first.entry else {
                continue;
            };
            let dated = first
                .field
                .holds
                .inner()
                .is_some_and(|shape| shape.field("since").is_some_and(|since| since.required));
            if !dated || rest.is_empty() || index < self.count(&first.field.name) {
                continue;
            }
            let since = FieldPath::key(&first.field.name).at(index).then("since");
            if changes.iter().all(|change| change.path != since) && !begun.contains(&since) {
                begun.push(since);
            }
        }
        let today = toml_edit::Datetime::from(crate::model::Date(session.today));
        changes.extend(begun.into_iter().map(|path| Change {
            path,
            value: Some(today.into()),
        }));
    }
}
