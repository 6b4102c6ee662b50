//! The current user: `--me`, `CUNCAO_ME`, or git's `cuncao.me`.

use crate::cli::shared::environment;
use crate::cli::shared::session::Session;
use crate::store::Store;

/// The environment variable for the current user.
pub(crate) const VARIABLE: &str = "CUNCAO_ME";

/// The name of the git setting.
pub(crate) const SETTING: &str = "cuncao.me";

/// The words that refer to the current user.
pub(crate) const WORDS: [&str; 2] = ["me", "我"];

/// How the current user was given, if at all.
pub(crate) fn configured(session: &Session, store: &Store) -> Option<String> {
    let of_git = || {
        let git = store.git().ok()?;
        git.ask(&["config", "--get", SETTING]).ok()
    };
    let word = session
        .me
        .clone()
        .or_else(|| environment::variable(VARIABLE))
        .or_else(of_git)?;
    let word = word.trim().to_owned();
    (!word.is_empty()).then_some(word)
}

/// Saves the current user in the clone's git settings; without a clone, says how else to give it.
///
/// # Errors
///
/// The output cannot be written.
pub(crate) fn keep(session: &mut Session, store: &Store, word: &str) -> anyhow::Result<()> {
    let kept = store
        .git()
        .and_then(|git| git.ask(&["config", SETTING, word]));
    let id = match kept {
        Ok(_) => "command-me-kept",
        Err(_) => "command-me-not-kept",
    };
    let message = session.text(id, &[("name", word.into())]);
    session.say(&message)?;
    Ok(())
}
