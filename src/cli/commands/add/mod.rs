//! `add`: one new record, from flags named after the fields, a TOML text, or questions.

mod ask;

use std::ffi::OsString;
use std::io::Write;

use anyhow::Context;
use clap::{ArgMatches, Args, Command, FromArgMatches};

use crate::cli::shared::flags::{flagged, flags};
use crate::cli::shared::session::{Session, read_input};
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{checked_edit, identity};
use crate::cli::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::shape::Holds;
use crate::model::{Date, DateTime, FieldPath, Id, Kind, Naming, Record, with_kind};
use crate::store::edit::{self, Change};
use crate::store::write::Unwritten;
use crate::store::{Store, path_of, template};

#[derive(Debug)]
pub(crate) struct AddArgs {
    kind: Kind,
    id: Option<String>,
    fields: Vec<(String, String)>,
    set: Vec<String>,
    from: Option<OsString>,
    interactive: bool,
    dry_run: bool,
    template: bool,
}

impl Args for AddArgs {
    fn augment_args(command: Command) -> Command {
        let kinds = Kind::ALL.iter().map(|kind| {
            // The flags of a kind are only made when that kind is added.
            let command = Command::new(kind.name());
            with_kind!(*kind, K => command.defer(|command| flags(command, K::KIND)))
        });
        command.subcommand_required(true).subcommands(kinds)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for AddArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let Some((name, matches)) = matches.subcommand() else {
            return Err(clap::Error::new(clap::error::ErrorKind::MissingSubcommand));
        };
        let kind = Kind::of_name(name)
            .ok_or_else(|| clap::Error::new(clap::error::ErrorKind::InvalidSubcommand))?;
        let fields = flagged(kind).filter_map(|field| {
            let given: Vec<&String> = matches.get_many(&field.name)?.collect();
            let joined = given
                .iter()
                .map(|words| words.as_str())
                .collect::<Vec<_>>()
                .join(",");
            Some((field.name.clone(), joined))
        });
        let has_id = kind.info().naming == Naming::Term;
        Ok(AddArgs {
            kind,
            id: has_id
                .then(|| matches.get_one::<String>(":id").cloned())
                .flatten(),
            fields: fields.collect(),
            set: matches
                .get_many(":set")
                .map(|words| words.cloned().collect())
                .unwrap_or_default(),
            from: matches.get_one(":from").cloned(),
            interactive: matches.get_flag(":interactive"),
            dry_run: matches.get_flag(":dry-run"),
            template: matches.get_flag(":template"),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Verb for AddArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        if self.template {
            // A sample of every kind is laid into a new records directory; here is the one that is asked for.
            let path = format!("samples/{}.toml", self.kind.name());
            let sample = template::FILES.iter().find(|(name, _)| *name == path);
            let (_, text) = sample.with_context(|| path.clone())?;
            write!(session.out(), "{text}")?;
            return Ok(Outcome::Done);
        }
        let store = session.store_to_change()?;
        let school = session.school(&store)?;
        let kind = self.kind;
        let mut changes = Vec::new();
        for (field, words) in &self.fields {
            changes.push(checked_edit::change(
                session,
                &store,
                kind,
                FieldPath::key(field),
                words,
            )?);
        }
        for words in &self.set {
            changes.push(checked_edit::assignment(session, &store, kind, words)?);
        }
        let base = match &self.from {
            Some(path) => String::from_utf8(read_input(path)?)
                .map_err(|_| UserError::new(Message::new("input-not-utf8")))?,
            None => String::new(),
        };
        if self.interactive {
            if !session.is_interactive() {
                return Err(UserError::new(Message::new("not-interactive")).into());
            }
            ask::fill(session, &store, kind, &base, &mut changes)?;
        }
        let mut text = checked_edit::changed(kind, &base, &changes)?;
        text = with_day(session, kind, text)?;
        if self.from.is_none() {
            // Fields in the order of the format, whatever the order of the flags.
            text = edit::compose(kind.shape(), &toml::from_str(&text)?);
        }
        let id = new_id(session, kind, self.id.as_deref(), &text)?;
        checked_edit::check(session, &store, &path_of(id), &text)?;
        let recipients = identity::recipients(&school)?;
        let text = identity::sealed(&recipients, kind, &path_of(id), text)?;
        if self.dry_run {
            let shown = crate::text::sanitize::terminal_lines(&text).into_owned();
            write!(session.out(), "{shown}")?;
            return Ok(Outcome::Done);
        }
        let (id, path) = create(session, &store, id, &text)?;
        writeln!(session.out(), "{id}  {path}")?;
        Ok(Outcome::Done)
    }
}

/// Writes the record; another random id where the first is taken.
fn create(
    session: &Session,
    store: &Store,
    mut id: Id,
    text: &str,
) -> anyhow::Result<(Id, String)> {
    for _ in 0..8 {
        match store.create(id, text) {
            Err(Unwritten::Exists(_)) if id.kind() != Kind::Term => {
                id = random_id(id.kind(), id.day().unwrap_or(session.today))?;
            }
            other => return Ok((id, other?)),
        }
    }
    Ok((id, store.create(id, text)?))
}

/// The text with today as its day where the kind has one and none was given.
fn with_day(session: &mut Session, kind: Kind, text: String) -> anyhow::Result<String> {
    let Some(name) = kind.info().day_field else {
        return Ok(text);
    };
    let given: toml::Table = match toml::from_str(&text) {
        Ok(table) => table,
        // The check of the text will say what is wrong with it.
        Err(_) => return Ok(text),
    };
    let holds_date = matches!(
        kind.shape().field(name).map(|field| &field.holds),
        Some(Holds::Date)
    );
    if given.contains_key(name) || !holds_date {
        return Ok(text);
    }
    let value = toml_edit::Datetime::from(Date(session.today)).into();
    let change = Change {
        path: FieldPath::key(name),
        value: Some(value),
    };
    checked_edit::changed(kind, &text, &[change])
}

/// A new record's id: a term's from the command line, others by chance.
fn new_id(session: &Session, kind: Kind, given: Option<&str>, text: &str) -> anyhow::Result<Id> {
    if let Some(given) = given {
        return Id::parse(kind, given).ok_or_else(|| {
            UserError::new(Message::new("term-id-expected").with("found", given)).into()
        });
    }
    let day = kind.info().day_field.and_then(|field| {
        let table: toml::Table = toml::from_str(text).ok()?;
        let literal = table.get(field)?.as_datetime()?.to_string();
        let day = literal.parse::<Date>().map(|date| date.0);
        day.or_else(|_| literal.parse::<DateTime>().map(|at| at.0.date()))
            .ok()
    });
    random_id(kind, day.unwrap_or(session.today))
}

fn random_id(kind: Kind, day: chrono::NaiveDate) -> anyhow::Result<Id> {
    let random = getrandom::u32().map_err(|fault| anyhow::anyhow!("{fault}"))?;
    Id::new(kind, day, random)
        .ok_or_else(|| UserError::new(Message::new("no-id-for-day").with("day", day)).into())
}
