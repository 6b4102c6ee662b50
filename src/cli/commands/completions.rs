//! `completions` and `man`: what a shell and a reader of manuals need of the commands.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Command, ValueEnum};
use clap_complete::env::Shells;

use crate::cli::shared::environment::COMPLETE;
use crate::cli::shared::output;
use crate::cli::shared::session::Session;
use crate::cli::{Outcome, Verb};
use crate::text::Lang;
use crate::tr;

/// The program's name.
const PROGRAM: &str = "cuncao";

/// The line of the script for zsh that offers words.
const ZSH_OFFER: &str = "        [[ -n $other ]] && _describe -V 'values' other\n";

/// Zsh drops what does not begin as typed, which a name found by its pinyin never does; and where such words have
/// no beginning in common it would take away what was typed, so that one after the other is offered instead.
const ZSH_OFFER_OF_OTHERS: &str = "        if [[ -n $other && -n ${other:#${(b)PREFIX}*} ]]; then
            _describe -V 'values' other -U
            (( compstate[nmatches] > 1 )) && compstate[insert]=menu
        elif [[ -n $other ]]; then
            _describe -V 'values' other
        fi
";

/// What `completions` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    shell: Shell,
}

/// A shell that can complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

impl Shell {
    fn name(self) -> &'static str {
        match self {
            Shell::Bash => "bash",
            Shell::Zsh => "zsh",
            Shell::Fish => "fish",
            Shell::Powershell => "powershell",
            Shell::Elvish => "elvish",
        }
    }
}

/// What `man` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// The folder below which the pages are written.
    folder: PathBuf,
}

impl Verb for CompletionsArgs {
    /// Prints what a shell runs at its start so that it can complete the program's commands.
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let script = script(self.shell)?;
        session.out().write_all(script.as_bytes())?;
        Ok(Outcome::Done)
    }
}

fn script(shell: Shell) -> anyhow::Result<String> {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    let Some(completer) = shells.completer(shell.name()) else {
        bail!("no completer for {}", shell.name());
    };
    completer.write_registration(COMPLETE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    let script = String::from_utf8(script)?;
    Ok(match shell {
        Shell::Zsh => script.replace(ZSH_OFFER, ZSH_OFFER_OF_OTHERS),
        _ => script,
    })
}

impl Verb for ManArgs {
    /// Writes a page of the manual for each command, in both languages: `man1/` and `zh_CN/man1/`.
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let mut pages = 0;
        for (lang, folder) in [(Lang::En, "man1"), (Lang::Zh, "zh_CN/man1")] {
            let folder = self.folder.join(folder);
            let whole = crate::cli::shared::help::localised(crate::cli::command(), lang);
            output::make_folder(&folder)?;
            page(&whole, &folder, &mut pages)?;
        }
        let path = self.folder.display().to_string();
        session.say(&tr!(session.lang, "man-done", count = pages, path = path))?;
        Ok(Outcome::Done)
    }
}

fn page(command: &Command, folder: &Path, pages: &mut usize) -> anyhow::Result<()> {
    let name = command
        .get_display_name()
        .unwrap_or(command.get_name())
        .replace(' ', "-");
    let manual = clap_mangen::Man::new(command.clone().name(name.clone())).date("");
    let mut text = Vec::new();
    manual.render(&mut text)?;
    output::save(&folder.join(format!("{name}.1")), &text)?;
    *pages += 1;
    for inner in command
        .get_subcommands()
        .filter(|inner| !inner.is_hide_set() && inner.get_name() != "help")
    {
        page(inner, folder, pages)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_gets_a_script_that_names_the_program() {
        for shell in Shell::value_variants() {
            let script = script(*shell).unwrap();
            assert!(script.contains(PROGRAM), "{shell:?}");
        }
        let zsh = script(Shell::Zsh).unwrap();
        assert!(
            zsh.contains("'values' other -U"),
            "the script of zsh has changed: {zsh}"
        );
    }
}
