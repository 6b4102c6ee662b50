//! `note`: records contacts from quick lines.

mod context;
mod details;
mod doubt;
mod grammar;
mod marks;
#[cfg(test)]
mod tests;

use chrono::Datelike;
use clap::Args;

use crate::cli::shared::edits::{Edits, print_line};
use crate::cli::shared::session::{Session, read_input};
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{new_record, person, reference};
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::{Date, FieldPath, Id, Kind, Records, School, Time};
use crate::store::edit::compose;
use crate::text::Lang;
use context::NoteContext;
use doubt::NoteError;
use grammar::Note;

#[derive(Args, Debug)]
pub(crate) struct NoteArgs {
    #[arg(value_name = "TEXT", required = true)]
    words: Vec<String>,
    #[arg(long)]
    dry_run: bool,
}

impl Verb for NoteArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let store = session.store_to_change()?;
        let school = session.school(&store)?;
        let lines = self.lines()?;
        let people = session.people(&store);
        let me = reference::needed_me(session, &store)?;
        let is_one = lines.len() == 1;
        let mut notes = Vec::new();
        let mut errors = Vec::new();
        for (number, line) in &lines {
            match understand(session, &school, &people, line)? {
                Ok(note) => notes.push(note),
                Err(error) if is_one => return Err(error.into()),
                Err(error) => errors.push((*number, error)),
            }
        }
        if !errors.is_empty() {
            let messages = errors.iter().map(|(number, error)| {
                let words = error.in_one_line(session.lang);
                session.text(
                    "command-note-line",
                    &[("number", (*number).into()), ("words", words.into())],
                )
            });
            let list: Vec<String> = messages.collect();
            let message = Message::new("command-note-refused")
                .with("count", errors.len())
                .with("list", list.join("\n"));
            return Err(UserError::new(message).into());
        }
        let mut edits = Edits::new(&store, &school);
        let mut messages = Vec::new();
        for note in &notes {
            let id = new_record::random_id(Kind::Visit, note.date)?;
            edits.create(session, id, text_of(note, me, session))?;
            messages.push(format!(
                "{}  {}",
                id.tail(),
                summary_line(note, me, session, &school, &people)
            ));
        }
        for line in &messages {
            print_line(session, line, self.dry_run)?;
        }
        edits.write(session, self.dry_run)?;
        Ok(Outcome::Done)
    }
}

impl NoteArgs {
    /// The numbered lines: from a file, pipe or standard input, or the arguments as one line.
    fn lines(&self) -> anyhow::Result<Vec<(usize, String)>> {
        let text = match &self.words[..] {
            [one]
                if one == "-"
                    || !one.contains(char::is_whitespace)
                        && std::fs::metadata(one).is_ok_and(|found| !found.is_dir()) =>
            {
                let bytes = read_input(one.as_ref())?;
                String::from_utf8(bytes)
                    .map_err(|_| UserError::new(Message::new("input-not-utf8")))?
            }
            words => words.join(" "),
        };
        let text = text.trim_start_matches('\u{feff}');
        let lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty());
        let lines: Vec<_> = lines.map(|(at, line)| (at + 1, line.to_owned())).collect();
        if lines.is_empty() {
            return Err(UserError::new(Message::new("command-note-nothing")).into());
        }
        Ok(lines)
    }
}

/// Parses a line; asks about ambiguous persons on a terminal.
fn understand(
    session: &mut Session,
    school: &School,
    people: &Records,
    line: &str,
) -> anyhow::Result<Result<Note, UserError>> {
    let mut line = line.to_owned();
    loop {
        let context = NoteContext {
            people,
            school,
            today: session.today,
            day: session.today,
            lang: session.lang,
        };
        let doubt = match grammar::read(&line, context) {
            Ok(note) => return Ok(Ok(note)),
            Err(doubt) => doubt,
        };
        let NoteError {
            message,
            help,
            choice,
        } = doubt;
        let choice = choice
            .map(|choice| *choice)
            .filter(|(_, ids)| !ids.is_empty());
        if let Some((word, ids)) = choice.as_ref().filter(|_| session.is_interactive()) {
            session.flush()?;
            let mut offered: Vec<String> = ids
                .iter()
                .map(|id| described(session, school, people, *id))
                .collect();
            offered.push(session.text("command-note-none-of-them", &[]));
            let question = message.text(session.lang);
            let chosen = inquire::Select::new(&question, offered).raw_prompt()?.index;
            if let Some(id) = ids.get(chosen) {
                line = line.replacen(word.as_str(), &format!(" {id} "), 1);
                continue;
            }
        }
        let mut message = message;
        if message.id == "command-note-several"
            && let Some((_, ids)) = &choice
        {
            let list: Vec<String> = ids
                .iter()
                .map(|id| format!("  {}", described(session, school, people, *id)))
                .collect();
            message = message.with("list", list.join("\n"));
        }
        let mut error = UserError::new(message);
        if let Some(help) = help {
            error = error.help(*help);
        }
        return Ok(Err(error));
    }
}

fn described(session: &Session, school: &School, people: &Records, id: Id) -> String {
    let name = person::with_class(session, school, people, id);
    let born = people
        .children
        .get(id)
        .map(|child| child.birth_date.to_string());
    format!("{name}  {}  {id}", born.unwrap_or_default())
}

/// The text of the record.
fn text_of(note: &Note, me: Id, session: &Session) -> String {
    let day = |day| toml::Value::Datetime(Date(day).into());
    let ids =
        |ids: &[Id]| -> toml::Value { ids.iter().map(Id::to_string).collect::<Vec<_>>().into() };
    let mut by = vec![me];
    by.extend(note.helpers.iter().copied().filter(|id| *id != me));
    by.dedup();
    let mut table = toml::Table::new();
    table.insert("date".to_owned(), day(note.date));
    table.insert("recorded".to_owned(), day(session.today));
    table.insert("mode".to_owned(), note.mode.clone().into());
    table.insert("children".to_owned(), ids(&note.children));
    table.insert("by".to_owned(), ids(&by));
    if !note.met.is_empty() {
        table.insert("met".to_owned(), note.met.clone().into());
    }
    if !note.topics.is_empty() {
        table.insert("topics".to_owned(), note.topics.clone().into());
    }
    if let Some(time) = note.time {
        table.insert("time".to_owned(), toml::Value::Datetime(Time(time).into()));
    }
    if let Some(minutes) = note.minutes {
        table.insert("minutes".to_owned(), i64::from(minutes).into());
    }
    table.insert("summary".to_owned(), note.summary.clone().into());
    let follow_ups: Vec<toml::Value> = note
        .follow_ups
        .iter()
        .map(|(what, due)| {
            let mut entry = toml::Table::new();
            entry.insert("what".to_owned(), what.clone().into());
            entry.insert("due".to_owned(), day(*due));
            entry.into()
        })
        .collect();
    if !follow_ups.is_empty() {
        table.insert("follow_up".to_owned(), follow_ups.into());
    }
    compose(Kind::Visit.shape(), &table)
}

/// Echoes what was understood, on one line.
fn summary_line(
    note: &Note,
    me: Id,
    session: &Session,
    school: &School,
    people: &Records,
) -> String {
    let lang = session.lang;
    let shape = Kind::Visit.shape();
    let label = |field: &str, code: &str| {
        let codes = shape
            .at(&FieldPath::key(field))
            .and_then(|field| field.codes());
        let known = codes.into_iter().flatten().find(|known| known.code == code);
        known.map_or_else(|| code.to_owned(), |known| known.label(lang).to_owned())
    };
    let comma = session.text("command-comma", &[]);
    let children: Vec<String> = note
        .children
        .iter()
        .map(|id| person::with_class(session, school, people, *id))
        .collect();
    let mut helpers = vec![me];
    helpers.extend(note.helpers.iter().filter(|id| **id != me));
    let helpers: Vec<String> = helpers.iter().map(|id| person::name(people, *id)).collect();
    let mut parts = vec![
        label("mode", &note.mode),
        children.join(&comma),
        helpers.join(&comma),
        short_day(note.date, session),
    ];
    if let Some(time) = note.time {
        parts.push(time.format("%H:%M").to_string());
    }
    if let Some(minutes) = note.minutes {
        parts.push(session.text("command-note-minutes", &[("minutes", minutes.into())]));
    }
    let mut line = parts.join(" ");
    for (field, codes) in [("met", &note.met), ("topics", &note.topics)] {
        if !codes.is_empty() {
            let labels: Vec<String> = codes.iter().map(|code| label(field, code)).collect();
            let words = labels.join(&comma);
            line += &session.text(&format!("command-note-{field}"), &[(field, words.into())]);
        }
    }
    for (what, due) in &note.follow_ups {
        let arguments = [
            ("what", what.as_str().into()),
            ("day", short_day(*due, session).into()),
        ];
        line += &session.text("command-note-follow-up", &arguments);
    }
    line
}

/// Formats a day briefly; with the year only if it is not this year.
fn short_day(day: chrono::NaiveDate, session: &Session) -> String {
    match session.lang {
        _ if day.year() != session.today.year() => day.to_string(),
        Lang::Zh => format!("{}月{}日", day.month(), day.day()),
        Lang::En => day.format("%m-%d").to_string(),
    }
}
