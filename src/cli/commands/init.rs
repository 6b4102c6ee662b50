//! `init`: a new records directory.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::FieldPath;
use crate::store::edit::{self, Change};
use crate::store::write::Unwritten;
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
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let store = Store::at(std::path::absolute(&folder)?);
        let (mut written, mut kept) = (0, Vec::new());
        for (path, text) in template::FILES {
            let text = match (&self.name, *path) {
                (Some(name), SCHOOL_FILE) => named(text, name)?,
                _ => (*text).to_owned(),
            };
            match store.create_file(path, &text) {
                Ok(()) => {
                    written += 1;
                    writeln!(session.out(), "{path}")?;
                }
                Err(Unwritten::Exists(path)) => kept.push(path),
                Err(fault) => return Err(fault.into()),
            }
        }
        // In a directory that is one already, only what is new is of interest.
        if written > 0 {
            for path in kept {
                let told = session.text("init-kept", &[("path", path.into())]);
                session.say(&told)?;
            }
        }
        if self.hook {
            self.install_hook(session, &store)?;
        }
        let id = match (written, &self.name) {
            (0, _) => "init-nothing",
            (_, Some(_)) => "init-done-named",
            (_, None) => "init-done",
        };
        let told = session.text(
            id,
            &[
                ("count", written.into()),
                ("path", folder.display().to_string().into()),
            ],
        );
        session.say(&told)?;
        Ok(Outcome::Done)
    }
}

impl InitArgs {
    fn install_hook(&self, session: &mut Session, store: &Store) -> anyhow::Result<()> {
        let places = store
            .git()
            .and_then(|git| Ok((git.hooks()?, git.ask(&["rev-parse", "--show-prefix"])?)));
        let (hooks, within) = places.map_err(|_| {
            UserError::new(Message::new("init-no-git")).help(Message::new("init-no-git-help"))
        })?;
        let hook = hook(&within);
        let path = hooks.join("pre-commit");
        std::fs::create_dir_all(&hooks)?;
        if path.exists() {
            if std::fs::read_to_string(&path).is_ok_and(|text| text == hook) {
                return Ok(());
            }
            let message = Message::new("init-hook-exists").with("path", path.display());
            return Err(UserError::new(message).into());
        }
        std::fs::write(&path, hook)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755))?;
        }
        let told = session.text(
            "init-hook-done",
            &[("path", path.display().to_string().into())],
        );
        session.say(&told)?;
        Ok(())
    }
}

/// The hook: checks what is staged, as staged. It runs at the top of the repository, of which the records directory
/// may be a part; a machine without the tool may still commit.
fn hook(within: &str) -> String {
    let within = match within {
        "" => ".".to_owned(),
        within => within.replace('\'', "'\\''"),
    };
    format!(
        "#!/bin/sh\n# cuncao: checks the records that are staged. Skip once with: git commit --no-verify\n\
         command -v cuncao >/dev/null 2>&1 || {{ echo 'cuncao is not installed: records not checked' >&2; exit 0; }}\n\
         exec cuncao -C '{within}' validate --staged\n"
    )
}

/// The settings with the school's name in them.
fn named(text: &str, name: &str) -> anyhow::Result<String> {
    let path: FieldPath = FieldPath::key("school").then("name");
    let change = Change {
        path,
        value: Some(name.into()),
    };
    edit::change(text, crate::model::School::shape(), &[change])
        .map_err(|_| UserError::new(Message::new("not-toml")).into())
}
