//! `init`: creates a records directory.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use clap::Args;

use crate::cli::shared::git_error::git_words;
use crate::cli::shared::me;
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::exchange::dataset::new_key;
use crate::model::class::school_year;
use crate::model::{Date, FieldPath, School};
use crate::store::edit::{self, Change};
use crate::store::git_setup::{HookState, SetupError};
use crate::store::write::WriteError;
use crate::store::{SCHOOL_FILE, Store, template};

#[derive(Args, Debug)]
pub(crate) struct InitArgs {
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[arg(long)]
    hook: bool,
}

impl Verb for InitArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let folder = match &self.folder {
            Some(folder) => session.start().join(folder),
            None => session.start().to_owned(),
        };
        // Normalises `./.` to `.`.
        let folder: PathBuf = folder.components().collect();
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let store = Store::at(std::path::absolute(&folder)?);
        // An existing records directory does not need the files of a new one.
        if self.hook
            && self.folder.is_none()
            && self.name.is_none()
            && let Some(store) = Store::find(store.root())
        {
            set_up_git(session, &store)?;
            return Ok(Outcome::Done);
        }
        self.refuse_other_name(&store)?;
        let (mut written, mut kept) = (0, Vec::new());
        for (path, text) in template::files() {
            let text = if path == SCHOOL_FILE {
                settings(text, self.name.as_deref(), session.today)?
            } else {
                text.to_owned()
            };
            match store.create_file(&path, &text) {
                Ok(()) => {
                    written += 1;
                    writeln!(session.out(), "{path}")?;
                }
                Err(WriteError::Exists(path)) => kept.push(path),
                Err(fault) => return Err(fault.into()),
            }
        }
        // If nothing was written, all files existed, which is not worth listing.
        if written > 0 {
            for path in kept {
                let message = session.text("init-kept", &[("path", path.into())]);
                session.say(&message)?;
            }
        }
        if self.hook {
            set_up_git(session, &store)?;
        }
        let id = match (written, &self.name) {
            (0, _) => "init-nothing",
            (_, Some(_)) => "init-done-named",
            (_, None) => "init-done",
        };
        let message = session.text(
            id,
            &[
                ("count", written.into()),
                ("path", folder.display().to_string().into()),
            ],
        );
        session.say(&message)?;
        if written > 0 && session.is_interactive() && me::configured(session, &store).is_none() {
            ask_who(session, &store)?;
        }
        Ok(Outcome::Done)
    }
}

impl InitArgs {
    /// The name of an existing school is changed in its settings, where its consequences are visible.
    fn refuse_other_name(&self, store: &Store) -> Result<(), UserError> {
        let there = store.school().ok().map(|school| school.school.name);
        match (&self.name, there) {
            (Some(name), Some(there)) if *name != *there => {
                let message = Message::new("init-name-there")
                    .with("name", &*there)
                    .with("path", SCHOOL_FILE);
                Err(UserError::new(message).help(Message::new("init-name-there-help")))
            }
            _ => Ok(()),
        }
    }
}

/// Asks once for the current user's name, which is added to the helpers.
fn ask_who(session: &mut Session, store: &Store) -> anyhow::Result<()> {
    let question = session.text("init-who", &[]);
    let help = session.text("init-who-help", &[]);
    let answer = inquire::Text::new(&question).with_help_message(&help);
    let name = answer.prompt_skippable()?.unwrap_or_default();
    if !name.trim().is_empty() {
        me::keep(session, store, name.trim())?;
    }
    Ok(())
}

/// Installs the hook and the merge driver in the clone that contains the records.
fn set_up_git(session: &mut Session, store: &Store) -> anyhow::Result<()> {
    let git = store.git().map_err(|_| {
        UserError::new(Message::new("init-no-git")).help(Message::new("init-no-git-help"))
    })?;
    // The merge driver first: it is useful even if another hook is installed.
    let missing = git.missing_attributes();
    if !missing.is_empty() {
        store.add_attributes(&missing)?;
        writeln!(session.out(), ".gitattributes")?;
    }
    let git_error = |fault| anyhow!(git_words(&fault, session.lang));
    if git.set_drivers().map_err(git_error)? {
        let message = session.text("init-merge-done", &[]);
        session.say(&message)?;
    }
    match git.install_hook() {
        Ok(HookState::There) => {
            let message = session.text("init-hook-there", &[]);
            session.say(&message)?;
        }
        Ok(HookState::Written(path)) => {
            let path = path.display().to_string();
            let message = session.text("init-hook-done", &[("path", path.into())]);
            session.say(&message)?;
        }
        Ok(HookState::Other(path)) => {
            let message = Message::new("init-hook-exists").with("path", path.display());
            return Err(UserError::new(message).into());
        }
        Err(SetupError::Git(fault)) => return Err(anyhow!(git_words(&fault, session.lang))),
        Err(SetupError::System(path, fault)) => {
            return Err(anyhow::Error::new(fault).context(path.display().to_string()));
        }
    }
    Ok(())
}

/// The settings with the school's name and a new key, and with duties in force from the start of the school year.
fn settings(text: &str, name: Option<&str>, today: NaiveDate) -> anyhow::Result<String> {
    let unread = |_| UserError::new(Message::new("not-toml"));
    let school: School = toml::from_str(text)?;
    let first_day = NaiveDate::from_ymd_opt(school_year(today), 9, 1).unwrap_or(today);
    let since = toml_edit::Datetime::from(Date(first_day));
    let name = name.map(|name| Change {
        path: FieldPath::key("school").then("name"),
        value: Some(name.into()),
    });
    let key = Change {
        path: FieldPath::key("school").then("key"),
        value: Some(new_key().map_err(|fault| anyhow!("{fault}"))?.into()),
    };
    let duties = (0..school.duty.len()).map(|at| Change {
        path: FieldPath::key("duty").at(at).then("since"),
        value: Some(since.into()),
    });
    let changes: Vec<Change> = name.into_iter().chain([key]).chain(duties).collect();
    Ok(edit::change(text, School::shape(), &changes).map_err(unread)?)
}
