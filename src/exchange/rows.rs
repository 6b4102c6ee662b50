//! Turns a row into a new record or into changes of an existing one.

use chrono::{Datelike, NaiveDate, NaiveTime};
use toml::{Table, Value};

use super::cell::{self, CellMeaning};
use super::columns::{Hint, Target};
use super::derive::{self, Facts};
use super::path::ColumnStep;
use super::path::{drop_empty_entries, leads_to, put};
use super::plan::{Addition, ImportRun};
use super::reading::{Reading, Subject};
use super::row::{CellValue, RowFaults, RowValues, Several, faults_of, list_of};
use super::several;
use super::sheet::Cell;
use super::updates;
use crate::diagnostic::Message;
use crate::model::entered::{code, day, name, narrow, number, says_nothing, squeezed};
use crate::model::id::TermPart;
use crate::model::shape::FieldType;
use crate::model::{Date, Id, Kind, Naming};
use crate::store::edit;

impl Reading<'_> {
    /// Adds one row to the plan, or its errors.
    pub(super) fn take(&mut self, at: usize, run: &mut ImportRun<'_>) {
        let row = self.layout.rows[at];
        let done = self.read_cells(row, run).and_then(|mut read| {
            self.complete(&mut read, run)?;
            for note in &read.notes {
                self.note(note.clone(), row);
            }
            match self.subjects[at] {
                Subject::Faulty => Ok(()),
                Subject::New(id) => {
                    let mut rows = several::rows(read).into_iter();
                    rows.try_for_each(|read| self.add(row, id, &read, run))
                }
                Subject::Known(id) => updates::update(self, row, id, &read, run),
            }
        });
        if let Err(found) = done {
            self.refuse(row, found, run);
        }
    }

    /// Only checks the cells of a row, when errors in the columns prevent the import.
    pub(super) fn check_cells(&self, at: usize, run: &mut ImportRun<'_>) {
        let row = self.layout.rows[at];
        if let Err(found) = self.read_cells(row, run) {
            self.refuse(row, found, run);
        }
    }

    fn refuse(&self, row: usize, found: RowFaults, run: &mut ImportRun<'_>) {
        let faults = found
            .into_iter()
            .map(|(column, message)| self.fault(row, column, message));
        run.faults.extend(faults);
    }

    fn read_cells(&self, row: usize, run: &mut ImportRun<'_>) -> Result<RowValues, RowFaults> {
        let context = self.context(run.present.school, run.present.today, run.names);
        let mut read = RowValues::default();
        let mut faults = RowFaults::new();
        for at in 0..self.columns.len() {
            let cell = self.cell(row, at, Some(&mut run.used));
            let column = &self.columns[at];
            if cell.is_empty() {
                continue;
            }
            match &column.target {
                Target::Ignored(_) | Target::Id => {}
                Target::Field { .. } if self.is_class(at) => {}
                Target::Hint(hint) => {
                    read.hints.insert(*hint, (at, cell.shown()));
                }
                Target::Tick { code, .. } => {
                    match cell::value(&FieldType::Boolean, &cell, &context) {
                        Ok(CellMeaning::Value(Value::Boolean(true), _)) => {
                            read.ticks.push((at, column.path.clone(), code.clone()))
                        }
                        Ok(_) => {}
                        Err(message) => faults.push((Some(at), message)),
                    }
                }
                Target::Field { steps, holds } => {
                    if column.path == "guardianship.away" && derive::is_one_away(&cell.shown()) {
                        read.hints.insert(Hint::LeftBehind, (at, cell.shown()));
                        continue;
                    }
                    let cell = convert_for_path(&column.path, cell);
                    if self.kind == Kind::Visit
                        && column.path == "date"
                        && !self.columns.iter().any(|column| column.path == "time")
                        && let Some(clock) = clock_of(&cell)
                        && let Some(steps) = self.steps("time")
                    {
                        read.derive(steps, Value::Datetime(clock));
                    }
                    if let Some((path, code)) = self.status_of(&column.path, &cell)
                        && let Some(steps) = self.steps(&path)
                    {
                        let note = Message::new("import-status-of-workplace");
                        read.notes.push(
                            note.with("column", &column.header)
                                .with("found", cell.shown()),
                        );
                        read.derive(steps, Value::String(code.to_owned()));
                        continue;
                    }
                    match cell::value(holds, &cell, &context) {
                        Ok(CellMeaning::Nothing) => {}
                        Ok(CellMeaning::Dropped(note)) => {
                            read.notes.push(note.with("column", &column.header))
                        }
                        Ok(CellMeaning::Value(value, note)) => {
                            read.notes
                                .extend(note.map(|note| note.with("column", &column.header)));
                            let value = if self.is_exact {
                                value
                            } else {
                                normalised(&column.path, value)
                            };
                            read.put(at, steps.clone(), value);
                        }
                        Err(message) if message.id == "import-several-in-cell" => {
                            match Several::of(at, steps, holds, &cell, &context) {
                                Some(several) => {
                                    let note = Message::new("import-several-split");
                                    read.notes.push(note.with("column", &column.header));
                                    read.several.push(several);
                                }
                                None => faults.push((Some(at), message)),
                            }
                        }
                        Err(message)
                            if column.path == "birth_date" && message.id.contains("month") =>
                        {
                            match month_of(&cell.shown(), run.present.today) {
                                Some((year, month)) => {
                                    read.birth_month = Some((at, year, month, message))
                                }
                                None => faults.push((Some(at), message)),
                            }
                        }
                        Err(_) if self.take_days(at, &cell, &context, &mut read) => {}
                        Err(message) => faults.push((Some(at), message)),
                    }
                }
            }
        }
        // A date of birth without a day is only reported if no identity number provides it.
        if let Some((at, _, _, message)) = &read.birth_month
            && read.get("id_number").is_none()
        {
            faults.push((Some(*at), message.clone()));
        }
        self.check_shares(&read, &mut faults);
        self.read_class(row, &mut read, run, &mut faults);
        if faults.is_empty() {
            Ok(read)
        } else {
            Err(faults)
        }
    }

    /// A parent's status stated in a column of workplaces or names (已故, 服刑, 在家), unless there is a column for it.
    fn status_of(&self, path: &str, cell: &Cell) -> Option<(String, &'static str)> {
        let base = path
            .strip_suffix(".workplace")
            .or_else(|| path.strip_suffix(".name"));
        let base = base.filter(|_| !self.is_exact)?;
        let path = format!("{base}.status");
        let is_told = self.columns.iter().any(|column| column.path == path);
        let words = self.known.codes(&path).filter(|_| !is_told)?;
        let word = code::known(words, &cell.shown())?;
        Some((path, &word.code))
    }

    /// Reads the class, by its name as of the start of the entry.
    fn read_class(
        &self,
        row: usize,
        read: &mut RowValues,
        run: &ImportRun<'_>,
        faults: &mut RowFaults,
    ) {
        let field = if self.kind == Kind::Child {
            "enrolment.class"
        } else {
            "class"
        };
        let list_column = self
            .columns
            .iter()
            .position(|column| column.path == "classes");
        let column = self
            .columns
            .iter()
            .position(|column| column.path.ends_with("class"))
            .or(list_column);
        let is_named = self.class.is_some()
            || !self.layout.sections.is_empty()
            || (0..self.columns.len()).any(|column| self.is_class(column));
        if self.is_exact
            || !is_named
            || !matches!(self.kind, Kind::Child | Kind::Helper | Kind::Document)
        {
            return;
        }
        let Some(steps) = self.steps(field) else {
            return;
        };
        let own = read
            .get("enrolment.since")
            .or_else(|| self.fixed.get("enrolment.since"));
        let own = own.and_then(|since| since.to_string().parse::<NaiveDate>().ok());
        let since = own.or(self.since).unwrap_or(run.present.today);
        let context = self.context(run.present.school, since, run.names);
        match self.class_of(row, &context) {
            Ok(None) => {}
            Ok(Some(part)) => match part.class(run.present.school, since) {
                Ok(class) => read.entries.push(CellValue {
                    column,
                    steps,
                    value: Value::String(class.to_string()),
                    is_derived: false,
                }),
                Err(reason) => {
                    let found = column
                        .map(|column| self.cell(row, column, None).shown())
                        .unwrap_or_default();
                    faults.push((
                        column,
                        crate::diagnostic::explain_input_error(
                            crate::diagnostic::InputKind::Class,
                            &found,
                            &reason,
                        ),
                    ));
                }
            },
            Err((column, message)) => faults.push((Some(column), message)),
        }
    }

    /// Adds derived values and constants.
    fn complete(&self, read: &mut RowValues, run: &ImportRun<'_>) -> Result<(), RowFaults> {
        let steps = |path: &str| self.steps(path);
        if self.kind == Kind::Child && !self.is_exact {
            let facts = Facts {
                is_left_behind: self.is_left_behind,
                constants: &self.fixed,
                today: run.present.today,
                steps: &steps,
            };
            derive::child(read, &facts)?;
        }
        if self.kind == Kind::Aid && read.get("kind").is_none() && !self.fixed.contains_key("kind")
        {
            let kind = match (
                read.get("amount").is_some(),
                read.get("items[0].name").is_some(),
            ) {
                (true, false) => Some("money"),
                (false, true) => Some("goods"),
                _ => None,
            };
            if let (Some(kind), Some(steps)) = (kind, steps("kind")) {
                read.notes
                    .push(Message::new("import-kind-of-aid").with("kind", kind));
                read.derive(steps, Value::String(kind.to_owned()));
            }
        }
        self.take_ticks(read);
        let is_away = read
            .notes
            .iter()
            .any(|note| note.id.starts_with("import-not-left-behind"));
        for constant in &self.constants {
            let is_own = read.get(&constant.path).is_none()
                && !(is_away && constant.path.starts_with("guardianship"));
            if let Some(value) = self.fixed.get(&constant.path).filter(|_| is_own) {
                read.entries.push(CellValue {
                    column: None,
                    steps: constant.steps.clone(),
                    value: value.clone(),
                    is_derived: false,
                });
            }
        }
        self.set_since(read, run, &steps);
        Ok(())
    }

    /// Converts check marks to codes.
    fn take_ticks(&self, read: &mut RowValues) {
        for (at, path, code) in std::mem::take(&mut read.ticks) {
            let Target::Tick { steps, holds, .. } = &self.columns[at].target else {
                continue;
            };
            if path.starts_with("guardianship") {
                continue;
            }
            let known = read
                .entries
                .iter_mut()
                .find(|entry| leads_to(&entry.steps, &path));
            match (holds, known) {
                (FieldType::List(_), Some(entry)) => {
                    if let Some(list) = entry.value.as_array_mut()
                        && !list.iter().any(|known| known.as_str() == Some(&code))
                    {
                        list.push(Value::String(code));
                    }
                }
                (_, Some(_)) => {}
                (holds, None) => {
                    let code = Value::String(code);
                    let value = if matches!(holds, FieldType::List(_)) {
                        Value::Array(vec![code])
                    } else {
                        code
                    };
                    read.put(at, steps.clone(), value);
                }
            }
        }
    }

    /// Sets the start of dated entries: as given for all rows; for a class today by default.
    fn set_since(
        &self,
        read: &mut RowValues,
        run: &ImportRun<'_>,
        steps: &dyn Fn(&str) -> Option<Vec<ColumnStep>>,
    ) {
        let mut lists: Vec<String> = read
            .entries
            .iter()
            .filter_map(|entry| list_of(&entry.steps).map(str::to_owned))
            .collect();
        lists.sort();
        lists.dedup();
        let plain = self.kind.shape().field("since").map(|_| "since".to_owned());
        for path in lists
            .iter()
            .map(|list| format!("{list}.since"))
            .chain(plain)
        {
            if read.get(&path).is_some() {
                continue;
            }
            let today = (path == "enrolment.since").then_some(run.present.today);
            let is_known = path != "enrolment.since" || self.since.is_some();
            if let (Some(day), Some(steps)) = (self.since.or(today), steps(&path)) {
                read.entries.push(CellValue {
                    column: None,
                    steps,
                    value: Value::Datetime(Date(day).into()),
                    is_derived: !is_known,
                });
            }
        }
    }

    fn add(
        &self,
        row: usize,
        id: Option<Id>,
        read: &RowValues,
        run: &mut ImportRun<'_>,
    ) -> Result<(), RowFaults> {
        let mut record = Table::new();
        for entry in &read.entries {
            put(&mut record, &entry.steps, entry.value.clone())
                .ok_or_else(|| vec![(entry.column, Message::new("import-no-place"))])?;
        }
        drop_empty_entries(&mut record);
        if let Some(guardianship) = read
            .entries
            .iter()
            .find(|entry| list_of(&entry.steps) == Some("guardianship"))
            && read.get("guardianship.since").is_none()
            && self.kind == Kind::Child
        {
            return Err(vec![(
                guardianship.column.and(None),
                Message::new("import-no-since"),
            )]);
        }
        let about = self.about(row, read);
        if self.kind == Kind::Helper
            && let Some(id) = id
            && self.merge(row, id, &record, run)?
        {
            return Ok(());
        }
        let shape = self.kind.shape();
        let text = edit::compose(shape, &record);
        faults_of(self.kind, "", &text)?;
        let day_field = self.kind.info().day_field.unwrap_or("start");
        let day = record.get(day_field).and_then(|value| match value {
            Value::Datetime(at) => at.date,
            _ => None,
        });
        let day = day.and_then(|day| {
            NaiveDate::from_ymd_opt(
                i32::from(day.year),
                u32::from(day.month),
                u32::from(day.day),
            )
        });
        let column = self
            .columns
            .iter()
            .position(|column| column.path == day_field);
        let id = match (id, day, self.kind.naming()) {
            (Some(id), Some(day), Naming::Dated(_)) if id.day() != Some(day) => {
                return Err(vec![(
                    column,
                    Message::new("import-day-of-id").with("id", id),
                )]);
            }
            (Some(id), ..) => Some(id),
            (None, Some(day), Naming::Term) => term_of(day),
            (None, Some(day), _) => self.free_id(row, day, run.present, run.names, &run.ids),
            (None, None, _) => None,
        };
        if !self.is_exact {
            self.check_twins(row, &record, run)?;
        }
        let Some(id) = id else {
            return Err(vec![(column, Message::new("import-no-id"))]);
        };
        if run.present.store.has(id) || !run.ids.insert(id) {
            return Err(vec![(None, Message::new("import-exists"))]);
        }
        run.plan.additions.push(Addition {
            id,
            row: row + 1,
            about,
            text,
        });
        Ok(())
    }

    /// What a row is about, in its own words.
    pub(super) fn about(&self, row: usize, read: &RowValues) -> String {
        let cell = |path: &str| {
            let column = self.columns.iter().position(|column| column.path == path);
            column
                .map(|column| self.cell(row, column, None).shown())
                .filter(|text| !text.is_empty())
        };
        let name = read.get("name").and_then(Value::as_str).map(str::to_owned);
        let people = || {
            ["children", "child", "title"]
                .iter()
                .find_map(|path| cell(path))
        };
        let day = self
            .kind
            .info()
            .day_field
            .and_then(|field| read.get(field))
            .map(ToString::to_string);
        let parts: Vec<String> = [
            day.filter(|_| self.kind.is_dated()),
            name.or_else(|| read.name.clone()).or_else(people),
        ]
        .into_iter()
        .flatten()
        .collect();
        parts.join(" ")
    }
}

/// Normalises a value for storage.
fn normalised(path: &str, value: Value) -> Value {
    match value {
        Value::String(text)
            if path == "name" || path.ends_with(".name") && !path.starts_with("items") =>
        {
            Value::String(name::name(&text))
        }
        Value::String(text) if path.ends_with("id_number") || path.ends_with("student_no") => {
            Value::String(
                squeezed(&text)
                    .to_uppercase()
                    .trim_matches(['\'', '"'])
                    .to_owned(),
            )
        }
        Value::String(text) if path.ends_with("relation") || path == "ethnicity" => {
            Value::String(narrow(&text))
        }
        value => value,
    }
}

/// Converts a cell for the field at a path: a duration to minutes, a signature to `true`.
fn convert_for_path(path: &str, cell: Cell) -> Cell {
    let Cell::Text(text) = &cell else { return cell };
    match path {
        "minutes" => match number::minutes(text) {
            Ok(minutes) => Cell::Text(minutes.to_string()),
            Err(_) => cell,
        },
        "signed" if is_signature(text) => Cell::Text("是".to_owned()),
        _ => cell,
    }
}

/// Whether a text can only be the name of the person who signed.
fn is_signature(text: &str) -> bool {
    let name = name::name(text);
    let length = name.chars().count();
    code::boolean(text).is_none()
        && !says_nothing(text)
        && (2..=4).contains(&length)
        && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && !["未", "没", "不", "无", "待"]
            .iter()
            .any(|word| name.starts_with(word))
}

/// The time of day after a date.
fn clock_of(cell: &Cell) -> Option<toml::value::Datetime> {
    let shown = narrow(&cell.shown());
    let (_, clock) = shown.split_once([' ', 'T'])?;
    let clock: NaiveTime = ["%H:%M", "%H:%M:%S"]
        .iter()
        .find_map(|form| NaiveTime::parse_from_str(clock.trim(), form).ok())?;
    let clock = clock.format("%H:%M:%S").to_string();
    clock.parse().ok().filter(|_| clock != "00:00:00")
}

/// The year and month of a text that gives no day.
fn month_of(text: &str, today: NaiveDate) -> Option<(i32, u32)> {
    match day::day(text, today, day::Towards::Neither) {
        Err(crate::model::entered::InputError::MonthOnly(year, month)) => Some((year, month)),
        _ => None,
    }
}

/// The term that starts on a day: the first of a school year in autumn, the second in spring.
fn term_of(day: NaiveDate) -> Option<Id> {
    let year = u16::try_from(day.year()).ok()?;
    match day.month() {
        8.. => Id::term(year, TermPart::First),
        _ => Id::term(year.checked_sub(1)?, TermPart::Second),
    }
}
