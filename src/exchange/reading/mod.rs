//! Reads one table: the field of each column, the record of each row, and the values of its cells.

mod headers;
mod messages;
mod subjects;

use std::cell::RefCell;
use std::collections::HashMap;

use toml::Value;

use self::messages::help_for;
use super::cell::{self, CellContext, CellMeaning, Names};
use super::columns::{Columns, Header, Target};
use super::layout::{Layout, class_within};
use super::path::{ColumnStep, shown};
use super::plan::{
    Constants, ImportFault, ImportOptions, ImportRun, Present, Understood, UsedOptions,
};
use super::sheet::{Cell, Sheet, column_letters};
use crate::diagnostic::Message;
use crate::model::entered::class::{Cohort, Part};
use crate::model::entered::period::Period;
use crate::model::entered::squeezed;
use crate::model::shape::FieldType;
use crate::model::{self, Id, Kind, School};

/// The number of cells examined to decide the meaning of a column.
const SAMPLE_CELLS: usize = 60;

/// A column to read.
pub(super) struct TableColumn {
    pub(super) at: usize,
    pub(super) header: String,
    pub(super) target: Target,
    /// The path of the field.
    pub(super) path: String,
    /// The value mappings of this column, with the index of the option.
    words: Vec<(usize, String, String)>,
}

/// A field with a value for every row.
pub(super) struct Constant {
    pub(super) path: String,
    pub(super) steps: Vec<ColumnStep>,
    pub(super) holds: &'static FieldType,
    pub(super) cell: Cell,
}

/// The record that a row is about.
#[derive(Clone)]
pub(super) enum Subject {
    New(Option<Id>),
    Known(Id),
    Faulty,
}

/// A table being read.
pub(super) struct Reading<'a> {
    pub(super) kind: Kind,
    pub(super) sheet: &'a Sheet,
    pub(super) layout: Layout,
    pub(super) columns: Vec<TableColumn>,
    pub(super) constants: Vec<Constant>,
    /// The constants that are the same in every row.
    pub(super) fixed: Constants,
    pub(super) since: Option<chrono::NaiveDate>,
    pub(super) day_of_month: Option<u32>,
    /// The period that dates without a year belong to, and the source of this information.
    period: Option<(Period, Message)>,
    pub(super) is_left_behind: bool,
    /// Whether the table was written by `export`.
    pub(super) is_exact: bool,
    /// The class given by a title or by the name of the sheet.
    pub(super) class: Option<Part>,
    keys: Vec<usize>,
    pub(super) subjects: Vec<Subject>,
    pub(super) understood: Understood,
    pub(super) known: Columns,
    noted: HashMap<Message, usize>,
    /// A cache of resolved paths, for derived fields.
    places: RefCell<HashMap<String, Option<Vec<ColumnStep>>>>,
}

impl<'a> Reading<'a> {
    /// Reads the headers of a sheet; `None` if it has no known ones.
    pub(super) fn new(
        kind: Kind,
        sheet: &'a Sheet,
        options: &ImportOptions,
        present: &Present<'_>,
        used: &mut UsedOptions,
        faults: &mut Vec<ImportFault>,
    ) -> Option<Reading<'a>> {
        let known = Columns::of(kind);
        let layout = Layout::find(sheet, &known, options.header_row, present.school)?;
        let headers = &layout.headers;
        let mut about = vec![sheet.name.clone(), options.file.clone()];
        about.extend(layout.titles.iter().cloned());
        about.extend(headers.iter().map(Header::shown));
        let class = [&sheet.name]
            .into_iter()
            .chain(&layout.titles)
            .find_map(|text| class_within(text, present.school));
        let understood = Understood {
            kind: Some(kind),
            sheet: sheet.name.clone(),
            header: (layout.first + 1, layout.last + 1),
            titles: layout.titles.clone(),
            rows: layout.rows.len(),
            ..Understood::default()
        };
        let mut reading = Reading {
            kind,
            sheet,
            is_left_behind: about.iter().any(|text| text.contains("留守")),
            layout,
            columns: Vec::new(),
            constants: Vec::new(),
            fixed: Constants::new(),
            since: options.since,
            day_of_month: options.day_of_month,
            period: None,
            is_exact: false,
            class,
            keys: Vec::new(),
            subjects: Vec::new(),
            understood,
            known,
            noted: HashMap::new(),
            places: RefCell::default(),
        };
        reading.name_columns(options, present.school, present, used, faults);
        reading.is_exact = reading
            .columns
            .iter()
            .any(|column| matches!(column.target, Target::Id));
        reading.set_constants(options, faults);
        reading.imply(&about);
        reading.set_period(options);
        reading.set_keys(options, faults);
        reading.report_omitted();
        Some(reading)
    }

    /// The non-empty cells of a column in the data rows.
    fn cells(&self, column: usize) -> impl Iterator<Item = &Cell> {
        let rows = self
            .layout
            .rows
            .iter()
            .map(move |row| self.layout.cell(self.sheet, *row, column));
        rows.filter(|cell| !cell.is_empty())
    }

    /// The cell of a row in a column, after value mappings.
    pub(super) fn cell(&self, row: usize, column: usize, used: Option<&mut UsedOptions>) -> Cell {
        let column = &self.columns[column];
        let cell = self.layout.cell(self.sheet, row, column.at);
        if column.words.is_empty() || cell.is_empty() {
            return cell.clone();
        }
        let shown = squeezed(&cell.shown());
        match column.words.iter().find(|(_, word, _)| *word == shown) {
            Some((option, _, to)) => {
                if let Some(used) = used {
                    used.words[*option] = true;
                }
                if to == "-" {
                    Cell::Empty
                } else {
                    Cell::of_text(to)
                }
            }
            None => cell.clone(),
        }
    }

    pub(super) fn fault(&self, row: usize, column: Option<usize>, message: Message) -> ImportFault {
        let place = column.map(|column| {
            (
                column_letters(self.columns[column].at),
                self.columns[column].header.clone(),
            )
        });
        let header = place
            .as_ref()
            .map(|(_, header)| header.clone())
            .unwrap_or_default();
        ImportFault {
            row: Some(row + 1),
            value: column.map(|column| {
                self.layout
                    .cell(self.sheet, row, self.columns[column].at)
                    .shown()
            }),
            column: place,
            help: help_for(&message, &header),
            ..ImportFault::of_sheet(&self.sheet.name, message)
        }
    }

    /// Resolves the path of a field.
    pub(super) fn steps(&self, path: &str) -> Option<Vec<ColumnStep>> {
        let mut places = self.places.borrow_mut();
        if let Some(known) = places.get(path) {
            return known.clone();
        }
        let steps = match self.known.find(path) {
            Ok(Target::Field { steps, .. }) => Some(steps),
            _ => None,
        };
        places.insert(path.to_owned(), steps.clone());
        steps
    }

    /// Adds a note on a row.
    pub(super) fn note(&mut self, message: Message, row: usize) {
        let notes = &mut self.understood.notes;
        let at = *self.noted.entry(message.clone()).or_insert_with(|| {
            notes.push((message, Vec::new()));
            notes.len() - 1
        });
        notes[at].1.push(row + 1);
    }

    /// What the interpretation of cells depends on.
    pub(super) fn context<'b>(
        &'b self,
        school: &'b School,
        today: chrono::NaiveDate,
        names: &'b Names,
    ) -> CellContext<'b> {
        CellContext {
            school,
            today,
            names,
            day_of_month: self.day_of_month,
            period: self.period.as_ref(),
            from_1904: self.sheet.from_1904,
            is_exact: self.is_exact,
        }
    }

    /// Evaluates the constants that are the same in every row.
    pub(super) fn prepare(&mut self, run: &mut ImportRun<'_>) {
        let context = self.context(run.present.school, run.present.today, run.names);
        let mut fixed = Constants::new();
        for constant in &self.constants {
            match cell::value(constant.holds, &constant.cell, &context) {
                Ok(CellMeaning::Value(value, _)) => {
                    fixed.insert(constant.path.clone(), value);
                }
                Ok(_) => {}
                Err(message) => run.faults.push(ImportFault {
                    column: Some((String::new(), format!("--set {}", constant.path))),
                    value: Some(constant.cell.shown()),
                    ..ImportFault::of_sheet("", message)
                }),
            }
        }
        self.fixed = fixed;
    }

    /// The existing records that rows are about.
    pub(super) fn known(&self) -> impl Iterator<Item = Id> + '_ {
        self.subjects.iter().filter_map(|subject| match subject {
            Subject::Known(id) => Some(*id),
            _ => None,
        })
    }

    /// Whether a column gives the class, or its grade or number, as text.
    pub(super) fn is_class(&self, column: usize) -> bool {
        let column = &self.columns[column];
        let is_class = matches!(
            column.target,
            Target::Field {
                holds: FieldType::Class,
                ..
            }
        );
        is_class && !self.is_exact && matches!(column.path.as_str(), "enrolment.class" | "class")
    }

    /// The class of a row, from its cells, the section row above it, a title or the sheet name.
    ///
    /// # Errors
    ///
    /// Returns the column and what is wrong with it.
    pub(super) fn class_of(
        &self,
        row: usize,
        context: &CellContext<'_>,
    ) -> Result<Option<Part>, (usize, Message)> {
        let mut whole: Option<Part> = None;
        for (at, column) in self.columns.iter().enumerate() {
            if !self.is_class(at) {
                continue;
            }
            let cell = self.cell(row, at, None);
            let Some(mut part) =
                cell::class_part(&cell, context).map_err(|message| (at, message))?
            else {
                continue;
            };
            // In a column 年级 a bare number is a grade.
            if let (
                Part {
                    cohort: None,
                    number: Some(grade),
                },
                true,
            ) = (
                part,
                column.header.contains("年级") && !column.header.contains('班'),
            ) {
                part = Part {
                    cohort: Some(Cohort::Grade(grade)),
                    number: None,
                };
            }
            let day = context.today;
            let joined = whole.map_or(Ok(part), |known| known.with(part, context.school, day));
            whole = Some(joined.map_err(|_| {
                (
                    at,
                    Message::new("import-classes-differ").with("found", cell.shown()),
                )
            })?);
        }
        let around = self
            .layout
            .sections
            .get(&row)
            .and_then(|text| class_within(text, context.school))
            .or(self.class);
        Ok(match (whole, around) {
            (Some(part), Some(around)) => Some(Part {
                cohort: part.cohort.or(around.cohort),
                number: part.number.or(around.number),
            }),
            (None, Some(around)) if self.kind == Kind::Child && around.number.is_some() => {
                Some(around)
            }
            (whole, _) => whole,
        })
    }
}

/// Applies the year found on one sheet of a workbook to those without one, unless sheets disagree.
pub(super) fn share_periods(readings: &mut [Reading<'_>]) {
    let mut stated = readings.iter().filter_map(|reading| reading.period.clone());
    let Some(first) = stated.next() else { return };
    if stated.all(|other| other.0 == first.0) {
        let silent = readings
            .iter_mut()
            .filter(|reading| reading.kind.is_dated());
        for reading in silent {
            reading.period.get_or_insert_with(|| first.clone());
        }
    }
}

/// Normalises a value for comparison: names without spaces, identity numbers with a capital X.
pub(super) fn folded(path: &str, value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let ends = ["id_number", "student_no"];
    if path == "name" || ends.iter().any(|end| path.ends_with(end)) {
        model::folded(&text).to_uppercase()
    } else {
        text
    }
}

pub(super) fn path_of_target(target: &Target) -> String {
    match target {
        Target::Ignored(_) => String::from("-"),
        Target::Id => String::from("id"),
        Target::Field { steps, .. } | Target::Tick { steps, .. } => shown(steps),
        Target::Hint(_) => String::from("?"),
    }
}
