//! Who is at the keyboard: `--me`, `CUNCAO_ME`, or git's `cuncao.me`.

use crate::cli::shared::environment;
use crate::cli::shared::session::Session;
use crate::store::Store;

/// The variable of the environment that says who is at the keyboard.
pub(crate) const VARIABLE: &str = "CUNCAO_ME";

/// The name of git's setting.
pub(crate) const SETTING: &str = "cuncao.me";

/// The words that name whoever is at the keyboard.
pub(crate) const WORDS: [&str; 2] = ["me", "我"];

/// The words that say who is at the keyboard, where they were said.
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

/// Keeps in the clone who is at the keyboard; where there is none, says how else to say it.
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
    let said = session.text(id, &[("name", word.into())]);
    session.say(&said)?;
    Ok(())
}
