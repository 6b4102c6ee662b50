//! `add`: one new record, from flags named after the fields, a TOML text, or questions.

mod ask;

use std::ffi::OsString;
use std::io::Write;

use clap::{ArgMatches, Args, Command, FromArgMatches};

use crate::cli::shared::assignments::Assignments;
use crate::cli::shared::flags::{flagged, flags};
use crate::cli::shared::session::{Session, read_input};
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{alike, checked_edit, identity, new_record};
use crate::cli::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::{Kind, Naming, Record, with_kind};
use crate::store::{edit, path_of};

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
        let mut assignments = Assignments::new(kind, &store, &school, &base);
        for (field, words) in &self.fields {
            assignments.set(session, field, words)?;
        }
        for words in &self.set {
            assignments.assign(session, words)?;
        }
        let mut changes = assignments.changes(session)?;
        if self.interactive {
            if !session.is_interactive() {
                return Err(UserError::new(Message::new("not-interactive")).into());
            }
            ask::fill(session, &store, &school, kind, &base, &mut changes)?;
        }
        new_record::fill_in(session, &store, kind, &base, &mut changes)?;
        let mut text = checked_edit::changed(kind, &base, &changes)?;
        if self.from.is_none() {
            // Fields in the order of the format, whatever the order of the flags.
            text = edit::compose(kind.shape(), &toml::from_str(&text)?);
        }
        let id = new_record::id(session, kind, self.id.as_deref(), &text)?;
        alike::check(session, &store, &school, kind, &text, self.force)?;
        new_record::check(session, &store, id, &text)?;
        let recipients = identity::recipients(&school)?;
        let text = identity::sealed(&recipients, kind, &path_of(id), text)?;
        if self.dry_run {
            let shown = crate::text::sanitize::terminal_lines(&text).into_owned();
            write!(session.out(), "{shown}")?;
            return Ok(Outcome::Done);
        }
        let (id, path) = new_record::create(session, &store, id, &text)?;
        writeln!(session.out(), "{id}  {path}")?;
        Ok(Outcome::Done)
    }
}
