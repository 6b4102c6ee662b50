//! `merge`: the git merge driver for records.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::shared::environment;
use crate::cli::shared::git_error::git_words;
use crate::cli::shared::identity::IdentityArgs;
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::{UserError, system_words};
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::{Finding, Message, Severity};
use crate::model::shape::Shape;
use crate::model::{FieldPath, School};
use crate::rules;
use crate::store::merge::{self, Conflict, Three};
use crate::store::{SCHOOL_FILE, Store, check, file, git_setup, layout, outside};
use crate::text::width::cut;
use crate::tr;

/// The maximum width of a value in a message, in terminal cells.
const MAX_VALUE_WIDTH: usize = 60;

#[derive(Args, Debug)]
pub(crate) struct MergeArgs {
    #[arg(value_name = "BASE")]
    base: PathBuf,
    #[arg(value_name = "OURS")]
    ours: PathBuf,
    #[arg(value_name = "THEIRS")]
    theirs: PathBuf,
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
    #[command(flatten)]
    identity: IdentityArgs,
}

impl Verb for MergeArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let name = self.path.as_ref().unwrap_or(&self.ours);
        let name = name.display().to_string();
        let files = Three {
            base: &self.base,
            ours: &self.ours,
            theirs: &self.theirs,
        };
        let files = files.map(|file| session.start().join(file));
        let mut read = Vec::new();
        for file in [&files.base, &files.ours, &files.theirs] {
            let text = match outside::read(file, file::MAX_FILE_BYTES as u64) {
                Ok(bytes) => String::from_utf8(bytes).ok(),
                Err(fault) if fault.kind() == io::ErrorKind::FileTooLarge => None,
                Err(fault) => {
                    let path = file.display().to_string();
                    let message = tr!(
                        session.lang,
                        "cannot-read",
                        path = path,
                        fault = system_words(&fault, session.lang)
                    );
                    return Err(anyhow::Error::new(fault).context(message));
                }
            };
            read.push(text);
        }
        let texts: Vec<Option<&str>> = read.iter().map(Option::as_deref).collect();
        let [Some(base), Some(ours), Some(theirs)] = texts[..] else {
            return by_lines(session, &name, &files);
        };
        let texts = Three { base, ours, theirs };
        let place = MergedFile::of(session, self.path.as_deref().unwrap_or(&self.ours));
        let shape = place.shape().unwrap_or_else(|| merge::guess_shape(&texts));
        let identities = self.identity.read(session)?;
        let open = |sealed: &str| {
            let identities = identities.as_ref()?;
            identities.open(&FieldPath::default(), sealed).ok()
        };
        let Some(merged) = merge::merge(shape, texts, &open) else {
            return by_lines(session, &name, &files);
        };
        outside::replace_text(&files.ours, &merged.text).map_err(|fault| {
            let path = files.ours.display().to_string();
            let message = tr!(
                session.lang,
                "write-fault",
                path = path,
                fault = system_words(&fault, session.lang)
            );
            anyhow::Error::new(fault).context(message)
        })?;
        place.drop_undo();
        for conflict in &merged.conflicts {
            let message = sentence(session, shape, &name, conflict);
            session.warn(&message)?;
        }
        if merged.conflicts.iter().any(|conflict| conflict.is_unopened) {
            let message = tr!(session.lang, "merge-unopened", path = name.as_str());
            session.warn(&message)?;
        }
        if !merged.conflicts.is_empty() {
            return Ok(Outcome::FoundErrors);
        }
        let findings = place.new_errors(session, shape, &texts, &merged.text);
        if findings.is_empty() {
            return Ok(Outcome::Done);
        }
        for finding in &findings {
            let fault = finding.message.text(session.lang);
            let message = tr!(
                session.lang,
                "merge-fault",
                path = name.as_str(),
                fault = fault
            );
            session.warn(&message)?;
        }
        Ok(Outcome::FoundErrors)
    }
}

/// Merges line by line, as git does without a merge driver.
fn by_lines(session: &mut Session, name: &str, files: &Three<PathBuf>) -> anyhow::Result<Outcome> {
    let message = tr!(session.lang, "merge-by-lines", path = name);
    session.say(&message)?;
    match git_setup::merge_lines(&files.base, &files.ours, &files.theirs) {
        Ok(true) => Ok(Outcome::Done),
        Ok(false) => Ok(Outcome::FoundErrors),
        Err(fault) => {
            let words = git_words(&fault, session.lang);
            let message = Message::new("merge-failed")
                .with("path", name)
                .with("fault", words);
            Err(UserError::new(message).into())
        }
    }
}

/// The location of the merged file.
struct MergedFile {
    store: Option<Store>,
    /// The path from the records directory, or the last components of a path outside of one.
    path: String,
}

impl MergedFile {
    fn of(session: &Session, path: &Path) -> MergedFile {
        let absolute = std::path::absolute(session.start().join(path)).unwrap_or_default();
        let store = absolute.parent().and_then(Store::find);
        let within = store
            .as_ref()
            .and_then(|store| absolute.strip_prefix(store.root()).ok());
        let parts = within.unwrap_or(&absolute).components();
        let parts: Vec<_> = parts
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        let path = parts.join("/");
        MergedFile { store, path }
    }

    fn shape(&self) -> Option<&'static Shape> {
        if self.path.rsplit('/').next() == Some(SCHOOL_FILE) {
            return Some(School::shape());
        }
        let mut path = self.path.as_str();
        loop {
            if let Some(id) = layout::id_of(path) {
                return Some(id.kind().shape());
            }
            path = path.split_once('/')?.1;
        }
    }

    /// Drops undo entries for the file: they no longer match its content.
    fn drop_undo(&self) {
        if let Some(store) = &self.store {
            // Best effort: `undo` itself refuses if a file has changed.
            let _ = store.drop_undo_of(&self.path, environment::clock());
        }
    }

    /// The errors that the merge introduces: those that `set` would refuse and neither side has.
    fn new_errors(
        &self,
        session: &Session,
        shape: &'static Shape,
        texts: &Three<&str>,
        merged: &str,
    ) -> Vec<Finding> {
        let is_named = layout::id_of(&self.path).is_some() || self.path == SCHOOL_FILE;
        let store = self.store.as_ref().filter(|_| is_named);
        let school = store.and_then(|store| store.school().ok());
        let errors = |text: &str| -> Vec<Finding> {
            if let (Some(store), Some(school)) = (store, &school) {
                let reported = rules::check_one(store, school, session.today, &self.path, text);
                let errors = reported
                    .into_iter()
                    .filter(|reported| reported.severity == Severity::Error);
                errors.map(|reported| reported.finding).collect()
            } else if self.shape().is_some() {
                check::inspect(shape, &self.path, text.as_bytes())
            } else {
                Vec::new()
            }
        };
        let mut found = errors(merged);
        if !found.is_empty() {
            let mut known = errors(texts.ours);
            known.extend(errors(texts.theirs));
            found.retain(|finding| {
                let same = |known: &Finding| {
                    known.rule == finding.rule && known.message == finding.message
                };
                !known.iter().any(same)
            });
        }
        found
    }
}

/// Describes a conflict, with both values.
fn sentence(session: &Session, shape: &Shape, name: &str, conflict: &Conflict) -> String {
    let lang = session.lang;
    let field = conflict.path.to_string();
    let label = shape
        .at(&conflict.path)
        .map_or_else(|| field.clone(), |known| known.label(lang));
    let value = |value: &Option<String>| match value {
        Some(_) if conflict.is_confidential => tr!(lang, "merge-hidden"),
        Some(value) => cut(value, MAX_VALUE_WIDTH).into_owned(),
        None => tr!(lang, "merge-removed"),
    };
    tr!(
        lang,
        "merge-conflict",
        path = name,
        field = field,
        label = label,
        ours = value(&conflict.ours),
        theirs = value(&conflict.theirs)
    )
}
