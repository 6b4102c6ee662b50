//! `add`: adds one record, from flags named after its fields, a TOML text, or interactive questions.

mod ask;
mod draft;

use std::ffi::OsString;
use std::io::Write;

use clap::{ArgMatches, Args, Command, FromArgMatches};

use crate::cli::shared::assignments::Assignments;
use crate::cli::shared::flags::{flagged, flags};
use crate::cli::shared::session::{Session, read_input};
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::values::Reading;
use crate::cli::shared::{alike, checked_edit, fields, identity, new_record, typed_record};
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::shape::FieldType;
use crate::model::{Kind, Naming, Record, School, with_kind};
use crate::report::naming::Naming as Names;
use crate::report::words::Words;
use crate::store::edit::{self, Change};
use crate::store::{Store, path_of};

#[derive(Debug)]
pub(crate) struct AddArgs {
    kind: Kind,
    id: Option<String>,
    fields: Vec<(String, String)>,
    set: Vec<String>,
    from: Option<OsString>,
    interactive: bool,
    force: bool,
    dry_run: bool,
    template: bool,
}

impl Args for AddArgs {
    fn augment_args(command: Command) -> Command {
        let kinds = Kind::ALL.iter().map(|kind| {
            // Deferred: the flags are built only for the kind that is added.
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
        let has_id = kind.naming() == Naming::Term;
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
            force: matches.get_flag(":force"),
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
            write!(session.out(), "{}", self.kind.info().sample)?;
            return Ok(Outcome::Done);
        }
        let store = session.store_to_change()?;
        let school = session.school(&store)?;
        let kind = self.kind;
        let base = match &self.from {
            Some(path) => String::from_utf8(read_input(path)?)
                .map_err(|_| UserError::new(Message::new("input-not-utf8")))?,
            None => String::new(),
        };
        let is_bare = self.from.is_none() && self.fields.is_empty() && self.set.is_empty();
        if self.interactive && !session.is_interactive() {
            return Err(UserError::new(Message::new("not-interactive")).into());
        }
        let base = if self.interactive && is_bare {
            draft::offered(session, &store, kind)?.unwrap_or(base)
        } else {
            base
        };
        let reading = Reading {
            store: &store,
            school: &school,
            as_of: session.today,
        };
        let base = typed_record::read(session, reading, kind.shape(), &base)?;
        let mut assignments = Assignments::new(kind, &store, &school, &base);
        for (field, words) in &self.fields {
            assignments.set(session, field, words)?;
        }
        for words in &self.set {
            assignments.assign(session, words)?;
        }
        let mut changes = assignments.changes(session)?;
        if !self.interactive {
            return self.finish(session, &store, &school, &base, changes);
        }
        let mut form = ask::Questions::new(session, &store, &school, kind, &base, &mut changes)?;
        let asked = form.fill(session);
        let done =
            asked.and_then(|()| self.finish(session, &store, &school, &base, changes.clone()));
        match done {
            Ok(_) => store.drop_draft(kind)?,
            Err(_) => draft::keep(session, &store, &school, kind, &base, &changes)?,
        }
        done
    }
}

impl AddArgs {
    /// Fills in defaults, checks the record and writes it.
    fn finish(
        &self,
        session: &mut Session,
        store: &Store,
        school: &School,
        base: &str,
        mut changes: Vec<Change>,
    ) -> anyhow::Result<Outcome> {
        let kind = self.kind;
        new_record::fill_in(session, store, kind, base, &mut changes)?;
        if let Some(id) = self.id.as_deref() {
            new_record::name_term(id, base, &mut changes);
        }
        let mut text = checked_edit::changed(kind, base, &changes)?;
        if self.from.is_none() {
            // In the order of the schema, whatever the order of the flags.
            text = edit::compose(kind.shape(), &toml::from_str(&text)?);
        }
        let id = new_record::id(session, kind, self.id.as_deref(), &text)?;
        alike::check(session, store, school, kind, &text, self.force)?;
        new_record::check(session, store, id, &text)?;
        let recipients = identity::recipients(school)?;
        let text = identity::sealed(&recipients, kind, &path_of(id), text)?;
        if self.dry_run {
            let shown = crate::text::sanitize::terminal_lines(&text).into_owned();
            write!(session.out(), "{shown}")?;
            return Ok(Outcome::Done);
        }
        let understood = self.echo(session, store, school, &text);
        let (id, path) = new_record::create(session, store, id, &text)?;
        writeln!(session.out(), "{id}  {path}")?;
        if !understood.is_empty() {
            session.say(&understood)?;
        }
        Ok(Outcome::Done)
    }

    /// Echoes the values interpreted from what was typed: 日期 2026-11-24，儿童 刘子轩（四（1）班）.
    fn echo(&self, session: &mut Session, store: &Store, school: &School, text: &str) -> String {
        let record: toml::Table = toml::from_str(text).unwrap_or_default();
        let people = session.people(store);
        let words = Words {
            confidential: false,
            lang: session.lang,
            day: session.today,
            school,
            records: &people,
            naming: &Names::full(),
        };
        let of_set = self.set.iter().filter_map(|words| words.split_once('='));
        let typed = self
            .fields
            .iter()
            .map(|(path, words)| (path.as_str(), words.as_str()));
        let mut parts = Vec::new();
        for (path, typed) in typed.chain(of_set) {
            let Some(steps) = fields::steps(self.kind.shape(), path) else {
                continue;
            };
            let Some(field) = steps.last().map(|step| step.field) else {
                continue;
            };
            // Of several entries, the last is the one that was set.
            let mut value = None;
            let mut table = Some(&record);
            for step in &steps {
                value = table.and_then(|table| table.get(&step.field.name));
                if let (Some(toml::Value::Array(entries)), true) =
                    (value, step.field.holds.is_table())
                {
                    value = entries.last();
                }
                table = value.and_then(toml::Value::as_table);
            }
            let Some(value) = value else { continue };
            let stored = match value {
                toml::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let is_text = matches!(
                field.holds,
                FieldType::Text | FieldType::Prose | FieldType::Confidential
            );
            let shown = words.of(&field.holds, value);
            if stored != typed && shown != typed && !is_text {
                parts.push(format!("{} {shown}", field.label(session.lang)));
            }
        }
        parts.join(&session.text("command-comma-of-parts", &[]))
    }
}
