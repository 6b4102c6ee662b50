//! Interactive questions for a new record: the required fields one by one, then any others.
//!
//! Each answer is validated immediately; children and helpers are picked by typing a few letters of the name.

use std::rc::Rc;

use inquire::{InquireError, MultiSelect, Select, Text};

use crate::cli::shared::assignments::Assignments;
use crate::cli::shared::confirm::confirm;
use crate::cli::shared::interrupt::Interrupted;
use crate::cli::shared::session::Session;
use crate::cli::shared::values::{self, Reading};
use crate::cli::shared::{checked_edit, new_record, picker, reference};
use crate::diagnostic::Severity;
use crate::model::shape::{Field, FieldType, Shape};
use crate::model::{FieldPath, Id, Kind, Naming, Records, School};
use crate::report::naming::Naming as Names;
use crate::report::words::Words;
use crate::rules;
use crate::store::edit::Change;
use crate::store::{Store, path_of};
use crate::text::sanitize;

/// Fields asked for a child besides those that every record of a child must have.
const CHILD_FIELDS: [&str; 2] = ["enrolment", "guardianship"];

/// The maximum number of lines shown in the list of further fields.
const MAX_FIELD_LINES: usize = 14;

/// Rules whose warnings are shown immediately after the answer.
const IMMEDIATE_RULES: [&str; 5] = [
    "bad-phone",
    "id-number-mismatch",
    "future-date",
    "placeholder",
    "before-birth",
];

/// A new record being asked for.
pub(super) struct Questions<'a> {
    pub(super) store: &'a Store,
    pub(super) school: &'a School,
    pub(super) kind: Kind,
    /// The TOML text given.
    pub(super) base: &'a str,
    /// The fields given by flags, and the answers so far.
    pub(super) changes: &'a mut Vec<Change>,
    people: Rc<Records>,
    /// The messages shown so far.
    shown_messages: Vec<String>,
    interrupted: Interrupted,
}

impl<'a> Questions<'a> {
    pub(super) fn new(
        session: &mut Session,
        store: &'a Store,
        school: &'a School,
        kind: Kind,
        base: &'a str,
        changes: &'a mut Vec<Change>,
    ) -> anyhow::Result<Questions<'a>> {
        let people = session.people(store);
        Ok(Questions {
            store,
            school,
            kind,
            base,
            changes,
            people,
            shown_messages: Vec::new(),
            interrupted: Interrupted::watch_questions()?,
        })
    }

    /// Fails if Ctrl-C was pressed between two questions.
    fn check_interrupted(&self) -> anyhow::Result<()> {
        if self.interrupted.is_requested() {
            return Err(InquireError::OperationInterrupted.into());
        }
        Ok(())
    }

    /// Asks for the missing required fields, then for further ones until the user is done.
    ///
    /// # Errors
    ///
    /// The user cancelled, or the terminal cannot be used.
    pub(super) fn fill(&mut self, session: &mut Session) -> anyhow::Result<()> {
        let shape = self.kind.shape();
        let is_child = self.kind == Kind::Child;
        let is_first =
            |field: &&Field| field.required || is_child && CHILD_FIELDS.contains(&&*field.name);
        for field in shape.fields.iter().filter(is_first) {
            if !self.has(&field.name) {
                self.ask_first(session, field)?;
            }
        }
        while let Some(field) = self.more(session, shape)? {
            self.discard(&field.name);
            self.ask_field(session, &FieldPath::key(&field.name), field)?;
        }
        Ok(())
    }

    /// Asks for a required field; for a list of a child, for one entry.
    fn ask_first(&mut self, session: &mut Session, field: &'static Field) -> anyhow::Result<()> {
        let path = FieldPath::key(&field.name);
        match &field.holds {
            FieldType::Tables(shape) => self.ask_needed(session, &path.at(0), shape),
            _ => self.ask_field(session, &path, field),
        }
    }

    /// Asks for the required fields of an entry, and for the guardian's name and phone number.
    fn ask_needed(
        &mut self,
        session: &mut Session,
        path: &FieldPath,
        shape: &'static Shape,
    ) -> anyhow::Result<()> {
        for field in &shape.fields {
            let is_guardian = field.name == "guardian";
            let path = path.then(&field.name);
            match &field.holds {
                FieldType::Table(inner) if is_guardian => {
                    for name in ["name", "relation", "phone"] {
                        if let Some(field) = inner.field(name) {
                            self.ask_field(session, &path.then(name), field)?;
                        }
                    }
                }
                _ if field.required => self.ask_field(session, &path, field)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Lets the user choose the next field, including those already given; `None` when done.
    fn more(
        &self,
        session: &mut Session,
        shape: &'static Shape,
    ) -> anyhow::Result<Option<&'static Field>> {
        let lang = session.lang;
        let record = self.record();
        let words = Words {
            confidential: true,
            lang,
            day: session.today,
            school: self.school,
            records: &self.people,
            naming: &Names::full(),
        };
        let fields: Vec<&Field> = shape
            .fields
            .iter()
            .filter(|field| !matches!(field.holds, FieldType::Match))
            .collect();
        let (given, open): (Vec<&Field>, Vec<&Field>) = fields
            .into_iter()
            .partition(|field| record.contains_key(&field.name));
        let mut lines = vec![session.text("ask-finish", &[])];
        // The given fields come first, so that they can be reviewed before writing.
        lines.extend(given.iter().map(|field| {
            let value = record
                .get(&field.name)
                .map(|value| words.of(&field.holds, value));
            let value = sanitize::terminal(&value.unwrap_or_default()).into_owned();
            let arguments = [
                ("field", field.label(lang).into()),
                (
                    "value",
                    crate::text::width::cut(&value, 40).into_owned().into(),
                ),
            ];
            session.text("ask-given", &arguments)
        }));
        lines.extend(open.iter().map(|field| format!("  {}", field.label(lang))));
        let question = session.text("ask-more", &[]);
        self.check_interrupted()?;
        let help = session.text("ask-one", &[]);
        let chosen = Select::new(&question, lines)
            .with_help_message(&help)
            .with_page_size(MAX_FIELD_LINES)
            .raw_prompt()?
            .index;
        let chosen = chosen.checked_sub(1);
        Ok(chosen.and_then(|at| given.iter().chain(&open).nth(at).copied()))
    }

    /// The record so far.
    fn record(&self) -> toml::Table {
        let text = checked_edit::changed(self.kind, self.base, self.changes).unwrap_or_default();
        toml::from_str(&text).unwrap_or_default()
    }

    fn has(&self, name: &str) -> bool {
        self.record().contains_key(name)
    }

    /// Discards the value of a field.
    fn discard(&mut self, name: &str) {
        let path = FieldPath::key(name);
        self.changes.retain(|change| change.path.0[0] != path.0[0]);
        if self.has(name) {
            self.changes.push(Change { path, value: None });
        }
    }

    fn ask_field(
        &mut self,
        session: &mut Session,
        path: &FieldPath,
        field: &'static Field,
    ) -> anyhow::Result<()> {
        self.check_interrupted()?;
        match &field.holds {
            FieldType::Table(shape) => self.ask_all(session, path, shape),
            FieldType::Tables(shape) => {
                let mut index = 0;
                while index == 0 || wants(session, "ask-entry", field)? {
                    self.ask_all(session, &path.at(index), shape)?;
                    index += 1;
                }
                Ok(())
            }
            FieldType::Match => Ok(()),
            FieldType::Counts { keys, .. } => self.ask_counts(session, path, field, keys),
            FieldType::Reference(kind) if is_person(*kind) => {
                let question = label(session, field);
                let me = self.me(session, *kind);
                let none = (!field.required).then(|| session.text("ask-none", &[]));
                let chosen = self.pick(session, *kind, &question, none, me)?;
                if let Some(id) = chosen {
                    self.set(path, id.to_string().into());
                }
                Ok(())
            }
            FieldType::List(entry) => match **entry {
                FieldType::Reference(kind) if is_person(kind) => {
                    self.ask_persons(session, path, field, kind)
                }
                _ => self.ask_words(session, path, field, &field.holds),
            },
            holds => self.ask_words(session, path, field, holds),
        }
    }

    fn ask_all(
        &mut self,
        session: &mut Session,
        path: &FieldPath,
        shape: &'static Shape,
    ) -> anyhow::Result<()> {
        for field in &shape.fields {
            self.ask_field(session, &path.then(&field.name), field)?;
        }
        Ok(())
    }

    /// Asks for persons one by one, until the user is done.
    fn ask_persons(
        &mut self,
        session: &mut Session,
        path: &FieldPath,
        field: &Field,
        kind: Kind,
    ) -> anyhow::Result<()> {
        let mut ids: Vec<Id> = Vec::new();
        loop {
            let me = self.me(session, kind).filter(|_| ids.is_empty());
            let none = if !ids.is_empty() {
                Some(session.text("ask-no-more", &[]))
            } else if field.required {
                None
            } else {
                Some(session.text("ask-none", &[]))
            };
            let question = if ids.is_empty() {
                label(session, field)
            } else {
                session.text(
                    "ask-another",
                    &[("field", field.label(session.lang).into())],
                )
            };
            let picked = self.pick(session, kind, &question, none, me);
            match picked {
                Ok(Some(id)) if !ids.contains(&id) => ids.push(id),
                Ok(Some(_)) => {}
                Ok(None) => break,
                // Keep those already picked for the draft.
                Err(fault) => {
                    self.set_persons(path, &ids);
                    return Err(fault);
                }
            }
        }
        self.set_persons(path, &ids);
        Ok(())
    }

    fn set_persons(&mut self, path: &FieldPath, ids: &[Id]) {
        if !ids.is_empty() {
            let ids = ids.iter().map(Id::to_string);
            self.set(path, toml_edit::Value::Array(ids.collect()));
        }
    }

    /// The current user, if helpers are asked for.
    fn me(&self, session: &mut Session, kind: Kind) -> Option<Id> {
        let is_helper = kind == Kind::Helper;
        is_helper
            .then(|| reference::me(session, self.store).ok().flatten())
            .flatten()
    }

    fn pick(
        &self,
        session: &mut Session,
        kind: Kind,
        question: &str,
        none: Option<String>,
        first: Option<Id>,
    ) -> anyhow::Result<Option<Id>> {
        picker::pick(
            session,
            self.school,
            &self.people,
            kind,
            question,
            none,
            first,
        )
    }

    /// Asks for a value as text, until it is valid.
    fn ask_words(
        &mut self,
        session: &mut Session,
        path: &FieldPath,
        field: &'static Field,
        holds: &FieldType,
    ) -> anyhow::Result<()> {
        // The date of the record and the start of an entry default to today.
        let is_day = path.0.len() == 1 && self.kind.info().day_field == Some(field.name.as_str());
        let is_since = path.0.len() > 1 && field.name == "since";
        let has_day = matches!(holds, FieldType::Date) && (is_day || is_since);
        let default = has_day.then(|| session.today.to_string());
        loop {
            self.check_interrupted()?;
            let words = ask(session, field, holds, default.as_deref())?;
            if words.is_empty() && !field.required {
                return Ok(());
            }
            if words.is_empty() {
                continue;
            }
            let mut assignments =
                Assignments::new(self.kind, self.store, self.school, &self.text());
            let read = match assignments.set(session, &path.to_string(), &words) {
                // Class names are interpreted as of the start of the entry.
                Ok(()) => assignments.changes(session),
                Err(_) => self.read(session, field, holds, &words).map(|change| {
                    vec![Change {
                        path: path.clone(),
                        value: Some(change),
                    }]
                }),
            };
            match read {
                Ok(read) => {
                    let before = self.changes.len();
                    let own = read.into_iter().filter(|change| change.path == *path);
                    self.changes.extend(own);
                    if self.is_valid(session)? {
                        return Ok(());
                    }
                    self.changes.truncate(before);
                }
                Err(fault) => {
                    session.fail(&fault);
                }
            }
        }
    }

    fn read(
        &self,
        session: &mut Session,
        field: &Field,
        holds: &FieldType,
        words: &str,
    ) -> anyhow::Result<toml_edit::Value> {
        let reading = Reading {
            store: self.store,
            school: self.school,
            as_of: session.today,
        };
        values::value(session, reading, field, holds, words)
    }

    fn text(&self) -> String {
        checked_edit::changed(self.kind, self.base, self.changes).unwrap_or_default()
    }

    fn set(&mut self, path: &FieldPath, value: toml_edit::Value) {
        self.changes.push(Change {
            path: path.clone(),
            value: Some(value),
        });
    }

    /// Whether the record is valid with the last answer; shows new findings.
    fn is_valid(&mut self, session: &mut Session) -> anyhow::Result<bool> {
        if self.kind.naming() == Naming::Term {
            return Ok(true);
        }
        let id = new_record::id(session, self.kind, None, &self.text())?;
        let reported = rules::check_one(
            self.store,
            self.school,
            session.today,
            &path_of(id),
            &self.text(),
        );
        let mut is_valid = true;
        for reported in reported {
            let name = reported.finding.rule.name;
            let is_error = reported.severity == Severity::Error && name != "missing-field";
            if !is_error && !IMMEDIATE_RULES.contains(&name) {
                continue;
            }
            let mut words = reported.finding.message.text(session.lang);
            if let Some(help) = &reported.finding.help {
                words += &format!(
                    "\n  {}{}",
                    session.text("hint", &[]),
                    help.text(session.lang)
                );
            }
            // Findings that existed before the answer do not count against it.
            if self.shown_messages.contains(&words) && !is_error {
                continue;
            }
            session.warn(&words)?;
            self.shown_messages.push(words);
            is_valid &= !is_error;
        }
        Ok(is_valid)
    }

    /// Asks for the number of pupils in each grade of the school.
    fn ask_counts(
        &mut self,
        session: &mut Session,
        path: &FieldPath,
        field: &Field,
        keys: &[String],
    ) -> anyhow::Result<()> {
        let (first, last) = self.school.grades();
        let grades = keys.iter().filter_map(|key| key.parse::<u8>().ok());
        for grade in grades.filter(|grade| (first..=last).contains(grade)) {
            let path = path.at(grade.into());
            let question = self.school.grade_label(grade, session.lang);
            loop {
                let answer = Text::new(&question)
                    .with_help_message(field.description(session.lang))
                    .prompt_skippable()?
                    .unwrap_or_default();
                if answer.is_empty() {
                    break;
                }
                match self.read(session, field, &FieldType::Number, &answer) {
                    Ok(value) => {
                        self.set(&path, value);
                        break;
                    }
                    Err(fault) => {
                        session.fail(&fault);
                    }
                }
            }
        }
        Ok(())
    }
}

fn is_person(kind: Kind) -> bool {
    matches!(kind, Kind::Child | Kind::Helper)
}

fn label(session: &Session, field: &Field) -> String {
    if field.required {
        format!("{} *", field.label(session.lang))
    } else {
        field.label(session.lang)
    }
}

fn wants(session: &mut Session, id: &str, field: &Field) -> anyhow::Result<bool> {
    let question = session.text(id, &[("field", field.label(session.lang).into())]);
    confirm(session, &question, false)
}

/// Asks for the value of one field as text; empty if skipped.
fn ask(
    session: &Session,
    field: &Field,
    holds: &FieldType,
    default: Option<&str>,
) -> anyhow::Result<String> {
    let lang = session.lang;
    let label = label(session, field);
    // A description that only repeats the label is omitted.
    let help = field.description(lang);
    let is_echo = help.trim_end_matches(['。', '.']) == field.label(lang);
    let help = if is_echo { "" } else { help };
    if let Some(codes) = holds.codes() {
        let labels: Vec<String> = codes
            .iter()
            .map(|code| code.label(lang).to_owned())
            .collect();
        let code = |label: &String| {
            let at = labels.iter().position(|known| known == label);
            at.map(|at| codes[at].code.clone()).unwrap_or_default()
        };
        return Ok(match holds {
            FieldType::List(_) => {
                let help = session.text("ask-several", &[]);
                let chosen = MultiSelect::new(&label, labels.clone())
                    .with_help_message(&help)
                    .prompt_skippable()?;
                let codes: Vec<_> = chosen.iter().flatten().map(code).collect();
                codes.join(",")
            }
            _ => {
                let mut offered = labels.clone();
                if !field.required {
                    // Pressing Enter alone selects nothing.
                    offered.insert(0, session.text("ask-none", &[]));
                }
                let help = session.text("ask-one", &[]);
                Select::new(&label, offered)
                    .with_help_message(&help)
                    .prompt_skippable()?
                    .map(|chosen| code(&chosen))
                    .unwrap_or_default()
            }
        });
    }
    let mut question = Text::new(&label).with_help_message(help);
    if let Some(default) = default {
        question = question.with_default(default);
    }
    let answer = question.prompt_skippable()?;
    Ok(answer.unwrap_or_default())
}
