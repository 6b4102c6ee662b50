//! `done`: marks a follow-up, loan, incident or next step of a term as done.

use clap::Args;

use crate::cli::shared::edits::{Edits, print_line};
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{day, reference};
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::{Date, FieldPath, Id, Kind, KindSet};
use crate::store::Store;
use crate::store::edit::Change;

#[derive(Args, Debug)]
pub(crate) struct DoneArgs {
    #[arg(value_name = "REF", required = true)]
    records: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    outcome: Option<String>,
    #[arg(long, value_name = "DATE", value_parser = day::day)]
    date: Option<Date>,
    #[arg(long)]
    dry_run: bool,
}

/// Something that can be marked as done.
struct Open {
    /// The field for the day on which it was done.
    done: FieldPath,
    outcome: Option<FieldPath>,
    /// A description.
    what: String,
    /// The number of the entry, from 1; `None` for the record itself.
    number: Option<usize>,
    /// The day on which it was done, if it was.
    since: Option<String>,
}

impl Verb for DoneArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let store = session.store_to_change()?;
        let school = session.school(&store)?;
        let date = self.date.unwrap_or(Date(session.today));
        let mut edits = Edits::new(&store, &school);
        let mut lines = Vec::new();
        for typed in &self.records {
            let (id, number) = handle(session, &store, typed)?;
            let (_, text) = edits.text(session, id)?;
            let all = all(id.kind(), &text, session);
            let (open, left) = chosen(&all, id, number)?;
            let day = toml_edit::Datetime::from(date);
            let mut changes = vec![Change {
                path: open.done.clone(),
                value: Some(day.into()),
            }];
            if let Some(outcome) = &self.outcome {
                let Some(path) = &open.outcome else {
                    let message = Message::new("command-done-no-outcome")
                        .with("kind", id.kind().label().get(session.lang));
                    return Err(UserError::new(message).into());
                };
                changes.push(Change {
                    path: path.clone(),
                    value: Some(outcome.as_str().into()),
                });
            }
            edits.change(session, id, &changes)?;
            let arguments = [
                ("what", open.what.as_str().into()),
                ("handle", handle_of(id, open.number).into()),
                ("day", date.to_string().into()),
                ("left", left.into()),
            ];
            lines.push(session.text("command-done-done", &arguments));
        }
        edits.write(session, self.dry_run)?;
        for line in &lines {
            print_line(session, line, self.dry_run)?;
        }
        Ok(Outcome::Done)
    }
}

/// Parses a handle into the record and the number of the entry.
fn handle(
    session: &mut Session,
    store: &Store,
    typed: &str,
) -> anyhow::Result<(Id, Option<usize>)> {
    if let Some((record, number)) = typed.rsplit_once('.')
        && let Ok(number) = number.parse::<usize>()
    {
        let id = reference::resolve(session, store, record, KindSet::ALL)?;
        return Ok((id, Some(number)));
    }
    Ok((
        reference::resolve(session, store, typed, KindSet::ALL)?,
        None,
    ))
}

/// The handle of a record or of one of its entries, as shown by `due`.
fn handle_of(id: Id, number: Option<usize>) -> String {
    match number {
        Some(number) => format!("{}.{number}", id.tail()),
        None => id.tail(),
    }
}

/// Everything in a record that can be done, including what is done.
fn all(kind: Kind, text: &str, session: &Session) -> Vec<Open> {
    let record: toml::Table = toml::from_str(text).unwrap_or_default();
    let mut all = Vec::new();
    let words = |field: &str| {
        record
            .get(field)
            .and_then(toml::Value::as_str)
            .map(ToOwned::to_owned)
    };
    let label = || kind.label().get(session.lang).to_owned();
    let whole = match kind {
        Kind::Loan => Some(("returned", None, words("item"))),
        Kind::Incident => Some(("closed", Some("handling"), words("summary"))),
        _ => None,
    };
    if let Some((done, outcome, what)) = whole {
        all.push(Open {
            done: FieldPath::key(done),
            outcome: outcome.map(FieldPath::key),
            what: what.unwrap_or_else(label),
            number: None,
            since: record.get(done).map(ToString::to_string),
        });
    }
    for (list, what, outcome) in [
        ("follow_up", "what", Some("outcome")),
        ("next_step", "text", None),
    ] {
        let entries = record.get(list).and_then(toml::Value::as_array);
        for (at, entry) in entries.into_iter().flatten().enumerate() {
            let path = FieldPath::key(list).at(at);
            let what = entry.get(what).and_then(toml::Value::as_str);
            all.push(Open {
                done: path.then("done"),
                outcome: outcome.map(|name| path.then(name)),
                what: what.map_or_else(label, ToOwned::to_owned),
                number: Some(at + 1),
                since: entry.get("done").map(ToString::to_string),
            });
        }
    }
    all
}

/// The selected entry, and the number of other open ones in the record.
fn chosen(all: &[Open], id: Id, number: Option<usize>) -> Result<(&Open, usize), UserError> {
    let open: Vec<&Open> = all.iter().filter(|entry| entry.since.is_none()).collect();
    let refuse = |name: &'static str| Message::new(name).with("handle", handle_of(id, number));
    let found = match number {
        Some(_) => all.iter().find(|entry| entry.number == number),
        // The record itself takes precedence over its entries.
        None => match open[..] {
            [one] => Some(one),
            [whole, ..] if whole.number.is_none() => Some(whole),
            [] => all.iter().max_by(|a, b| a.since.cmp(&b.since)),
            _ => {
                let list = open
                    .iter()
                    .map(|entry| format!("  {}  {}", handle_of(id, entry.number), entry.what));
                let message = refuse("command-done-several")
                    .with("list", list.collect::<Vec<_>>().join("\n"));
                return Err(UserError::new(message.with("count", open.len())));
            }
        },
    };
    let Some(found) = found else {
        return Err(UserError::new(
            refuse("command-done-nothing").with("count", all.len()),
        ));
    };
    if let Some(day) = &found.since {
        return Err(UserError::new(
            refuse("command-done-before")
                .with("what", &found.what)
                .with("day", day),
        ));
    }
    Ok((found, open.len() - 1))
}
