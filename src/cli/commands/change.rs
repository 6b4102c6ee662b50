//! `change`: records a change in a child's circumstances as a new dated entry; the old one is kept.

use clap::Args;

use crate::cli::shared::assignments::Assignments;
use crate::cli::shared::edits::{Edits, print_line};
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{day, fields, lookup, person, reference};
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::Step;
use crate::model::shape::{Field, FieldType, Shape};
use crate::model::{Date, FieldPath, Kind, KindSet, School, child};
use crate::report::naming::Naming;
use crate::report::words::Words;
use crate::store::edit::{self, Change};

#[derive(Args, Debug)]
pub(crate) struct ChangeArgs {
    #[arg(value_name = "CHILD")]
    child: String,
    #[arg(value_name = "LIST")]
    list: String,
    #[arg(value_name = "FIELD=VALUE")]
    fields: Vec<String>,
    #[arg(long, value_name = "DATE", value_parser = day::day)]
    since: Option<Date>,
    #[arg(long)]
    dry_run: bool,
}

impl Verb for ChangeArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let store = session.store_to_change()?;
        let school = session.school(&store)?;
        let id = reference::resolve(session, &store, &self.child, KindSet::of(&[Kind::Child]))?;
        let (list, entry) = self.list()?;
        let mut edits = Edits::new(&store, &school);
        let (_, old) = edits.text(session, id)?;
        let record: toml::Table =
            toml::from_str(&old).map_err(|_| UserError::new(Message::new("not-toml")))?;
        let present = record.get(&list.name).and_then(toml::Value::as_array);
        let present = present.map(Vec::as_slice).unwrap_or_default();
        let index = present.len();

        let mut assignments = Assignments::new(Kind::Child, &store, &school, &old);
        let is_dated = entry.field("since").is_some();
        let says_since = self.fields.iter().any(|words| words.starts_with("since="));
        let since = self.since.unwrap_or(Date(session.today));
        if is_dated && !says_since {
            assignments.set(
                session,
                &format!("{}[+].since", list.name),
                &since.to_string(),
            )?;
        } else if self.since.is_some() {
            return Err(UserError::new(
                Message::new("command-change-since").with("list", &list.name),
            )
            .into());
        }
        for words in &self.fields {
            if words.contains('=') {
                assignments.assign(session, &format!("{}[+].{words}", list.name))?;
            } else {
                assignments.assign(session, words)?;
            }
        }
        let set = assignments.changes(session)?;
        let base = FieldPath::key(&list.name).at(index);
        let since = set
            .iter()
            .find(|change| change.path == base.then("since"))
            .and_then(|change| {
                change
                    .value
                    .as_ref()?
                    .to_string()
                    .trim()
                    .parse::<Date>()
                    .ok()
            })
            .unwrap_or(since);
        let mut changes = if is_dated {
            copied(list, entry, present, &base, since, &set)?
        } else {
            Vec::new()
        };
        if list.name == "enrolment" {
            changes.extend(move_leaving_to_enrolment(entry, &record, since));
        }
        changes.extend(set);
        // The fields of a new table in the order of the schema.
        changes.sort_by_key(|change| match change.path.0.get(2) {
            Some(Step::Key(name)) => entry.fields.iter().position(|field| field.name == *name),
            _ => None,
        });
        edits.change(session, id, &changes)?;

        let (_, new) = edits.text(session, id)?;
        let people = session.people(&store);
        let name = person::with_class(session, &school, &people, id);
        let record: toml::Table = toml::from_str(&new).unwrap_or_default();
        let entries = record.get(&list.name).and_then(toml::Value::as_array);
        let entries = entries.map(Vec::as_slice).unwrap_or_default();
        let begins = |entry: &toml::Value| entry.get("since").map(ToString::to_string);
        let day = since.to_string();
        let place = entries
            .iter()
            .position(|entry| is_dated && begins(entry).as_deref() == Some(&*day));
        let added = place.or(entries.len().checked_sub(1));
        let added = added.and_then(|at| entries.get(at)?.as_table());
        let mut words = describe(session, &school, &people, list, added);
        let next = entries.iter().filter_map(begins).filter(|next| *next > day);
        if let Some(next) = next.min().filter(|_| is_dated) {
            words += &session.text("command-change-until", &[("day", next.into())]);
        }
        let message = if is_dated {
            "command-change-done"
        } else {
            "command-change-added"
        };
        let line = session.text(
            message,
            &[
                ("name", name.into()),
                ("list", list.label(session.lang).into()),
                ("day", since.to_string().into()),
                ("words", words.into()),
            ],
        );
        edits.write(session, self.dry_run)?;
        print_line(session, &line, self.dry_run)?;
        Ok(Outcome::Done)
    }
}

impl ChangeArgs {
    /// The list to extend, and the schema of its entries.
    fn list(&self) -> Result<(&'static Field, &'static Shape), UserError> {
        let shape = Kind::Child.shape();
        let known = fields::CHANGING.iter().filter_map(|name| shape.field(name));
        let found = fields::field(shape, &self.list)
            .filter(|field| fields::CHANGING.contains(&&*field.name));
        match found.and_then(|field| Some((field, field.holds.inner()?))) {
            Some(found) => Ok(found),
            None => {
                let message = Message::new("command-change-no-list").with("found", &self.list);
                Err(lookup::unknown(
                    message,
                    &self.list,
                    known.map(|field| &*field.name),
                ))
            }
        }
    }
}

/// The values copied from the entry in force on the day before.
fn copied(
    list: &Field,
    entry: &Shape,
    present: &[toml::Value],
    base: &FieldPath,
    since: Date,
    set: &[Change],
) -> Result<Vec<Change>, UserError> {
    let begins = |value: &toml::Value| value.get("since").map(ToString::to_string);
    let day = since.to_string();
    if present
        .iter()
        .any(|value| begins(value).as_deref() == Some(&*day))
    {
        return Err(UserError::new(
            Message::new("command-change-same-day")
                .with("list", list.label(crate::text::Lang::Zh))
                .with("field", &list.name)
                .with("day", day),
        ));
    }
    let holding = present
        .iter()
        .filter(|value| begins(value).is_some_and(|since| since < day));
    let Some(toml::Value::Table(holding)) = holding.max_by_key(|value| begins(value)) else {
        return Ok(Vec::new());
    };
    let value_at = |path: &FieldPath| set.iter().find(|change| change.path == *path);
    let old_name = holding
        .get("guardian")
        .and_then(|guardian| guardian.get("name"));
    let new_name = value_at(&base.then("guardian").then("name"));
    let is_other_guardian = new_name.is_some_and(|change| {
        let new = change.value.as_ref().and_then(|value| value.as_str());
        new != old_name.and_then(toml::Value::as_str)
    });
    let copied = entry.fields.iter().filter_map(|field| {
        let name = field.name.as_str();
        let value = holding.get(name)?;
        child::is_carried_over(name, is_other_guardian).then(|| Change {
            path: base.then(name),
            value: Some(edit::plain(field.holds.inner(), value)),
        })
    });
    Ok(copied.collect())
}

/// For a child who returns: moves the date of leaving to the enrolment entry that ended then.
fn move_leaving_to_enrolment(entry: &Shape, record: &toml::Table, since: Date) -> Vec<Change> {
    let left = record.get("left").and_then(toml::Value::as_table);
    let day = left
        .and_then(|left| left.get("date"))
        .map(ToString::to_string);
    let (Some(left), Some(day)) = (left, day) else {
        return Vec::new();
    };
    if since.to_string() < day {
        return Vec::new();
    }
    let entries = record.get("enrolment").and_then(toml::Value::as_array);
    let begins = |value: &toml::Value| value.get("since").map(ToString::to_string);
    let ended = entries.into_iter().flatten().enumerate();
    let ended = ended.filter(|(_, value)| begins(value).is_some_and(|since| since <= day));
    let ended = ended
        .max_by_key(|(_, value)| begins(value))
        .map(|(at, _)| at);
    let mut changes = Vec::new();
    if let Some(at) = ended
        && entry.field("left").is_some()
    {
        let path = FieldPath::key("enrolment").at(at);
        for (from, to) in [("date", "left"), ("reason", "reason")] {
            if let Some(value) = left.get(from) {
                changes.push(Change {
                    path: path.then(to),
                    value: Some(edit::plain(None, value)),
                });
            }
        }
    }
    changes.push(Change {
        path: FieldPath::key("left"),
        value: None,
    });
    changes
}

/// Describes a new entry: kind, who is away, the guardian.
fn describe(
    session: &Session,
    school: &School,
    people: &crate::model::Records,
    list: &Field,
    entry: Option<&toml::Table>,
) -> String {
    let (Some(entry), Some(shape)) = (entry, list.holds.inner()) else {
        return String::new();
    };
    let words = Words {
        confidential: false,
        lang: session.lang,
        day: session.today,
        school,
        records: people,
        naming: &Naming::full(),
    };
    let parts = shape.fields.iter().filter(|field| field.name != "since");
    let parts = parts.filter_map(|field| {
        let value = entry.get(&field.name)?;
        Some(match (&field.holds, value) {
            (FieldType::Table(inner), toml::Value::Table(table)) => {
                let parts = inner
                    .fields
                    .iter()
                    .filter_map(|field| Some(words.of(&field.holds, table.get(&field.name)?)));
                let parts: Vec<String> = parts.collect();
                format!("{} {}", field.label(session.lang), parts.join(" "))
            }
            (FieldType::Code(_) | FieldType::Class, value) => words.of(&field.holds, value),
            (holds, value) => format!("{} {}", field.label(session.lang), words.of(holds, value)),
        })
    });
    let comma = session.text("command-semicolon", &[]);
    parts.collect::<Vec<_>>().join(&comma)
}
