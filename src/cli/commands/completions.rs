//! `completions` and `man`: shell completion scripts and manual pages.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Command, ValueEnum};
use clap_complete::env::Shells;

use crate::cli::shared::environment::COMPLETE;
use crate::cli::shared::output;
use crate::cli::shared::session::Session;
use crate::cli::verb::{Outcome, Verb};
use crate::text::Lang;
use crate::tr;

/// The program's name.
const PROGRAM: &str = "cuncao";

/// The line of the zsh script that offers values.
const ZSH_OFFER: &str = "        [[ -n $other ]] && _describe -V 'values' other\n";

/// Its replacement. Zsh drops candidates without the typed prefix, such as a name matched by pinyin; and if such
/// candidates have no common prefix it would delete what was typed, so they are offered as a menu.
const ZSH_OFFER_UNPREFIXED: &str = "        if [[ -n $other && -n ${other:#${(b)PREFIX}*} ]]; then
            _describe -V 'values' other -U
            (( compstate[nmatches] > 1 )) && compstate[insert]=menu
        elif [[ -n $other ]]; then
            _describe -V 'values' other
        fi
";

/// The line of the bash script that sets the index of the current word; removed, since joining changes it.
const BASH_WORDS: &str = r#"    local _CLAP_COMPLETE_INDEX=${COMP_CWORD}
"#;

/// The end of the part that prepares the words.
const BASH_WORDS_END: &str = r#"    local words=("${COMP_WORDS[@]}")
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        words[COMP_CWORD]="$2"
    fi
"#;

/// Its replacement: bash splits words at `=`; they are joined again, and the part before is removed from the
/// candidates.
const BASH_JOINED_WORDS: &str = r#"    local words=() word last=0
    for word in "${COMP_WORDS[@]:0:COMP_CWORD}" "${2:-${COMP_WORDS[COMP_CWORD]}}"; do
        last=$(( ${#words[@]} - 1 ))
        if [[ $last -ge 0 && ( $word == = || ${words[last]} == *= ) && $COMP_LINE == *"${words[last]}$word"* ]]; then
            words[last]+=$word
        else
            words+=("$word")
        fi
    done
    last=$(( ${#words[@]} - 1 ))
    local _CLAP_COMPLETE_INDEX=$last before=""
    [[ ${words[last]} == *=* ]] && before=${words[last]%=*}=
"#;

/// The end of the call that computes the candidates.
const BASH_OFFER: &str = "    ) )\n    if [[ $? != 0 ]]; then\n        unset COMPREPLY\n";

/// Its replacement, which removes the part before `=`.
const BASH_JOINED_OFFER: &str = r#"    ) )
    local failed=$?
    COMPREPLY=("${COMPREPLY[@]#"$before"}")
    if [[ $failed != 0 ]]; then
        unset COMPREPLY
"#;

/// The arguments of `completions`.
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    shell: Shell,
}

/// A supported shell.
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

/// The arguments of `man`.
#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// The target directory.
    folder: PathBuf,
}

impl Verb for CompletionsArgs {
    /// Prints the completion script of a shell.
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
        Shell::Zsh => script.replace(ZSH_OFFER, ZSH_OFFER_UNPREFIXED),
        Shell::Bash => script
            .replace(BASH_WORDS, "")
            .replace(BASH_WORDS_END, BASH_JOINED_WORDS)
            .replace(BASH_OFFER, BASH_JOINED_OFFER),
        _ => script,
    })
}

impl Verb for ManArgs {
    /// Writes the manual pages of all commands in both languages: `man1/` and `zh_CN/man1/`.
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let mut pages = 0;
        for (lang, folder) in [(Lang::En, "man1"), (Lang::Zh, "zh_CN/man1")] {
            let folder = self.folder.join(folder);
            let whole = crate::cli::shared::help::localised((session.command_line)(), lang);
            output::make_folder(&folder)?;
            page(&whole, None, &folder, &mut pages)?;
        }
        let path = self.folder.display().to_string();
        session.say(&tr!(session.lang, "man-done", count = pages, path = path))?;
        Ok(Outcome::Done)
    }
}

/// Writes the page of a command, named with its parents, and those of its subcommands.
fn page(
    command: &Command,
    outer: Option<&str>,
    folder: &Path,
    pages: &mut usize,
) -> anyhow::Result<()> {
    let own = command.get_name();
    let name = outer.map_or_else(|| own.to_owned(), |outer| format!("{outer}-{own}"));
    let manual = clap_mangen::Man::new(command.clone().name(name.clone())).date("");
    let mut text = Vec::new();
    manual.render(&mut text)?;
    output::save(&folder.join(format!("{name}.1")), &text)?;
    *pages += 1;
    for inner in command
        .get_subcommands()
        .filter(|inner| !inner.is_hide_set() && inner.get_name() != "help")
    {
        page(inner, Some(&name), folder, pages)?;
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
        let bash = script(Shell::Bash).unwrap();
        assert!(
            !bash.contains(BASH_WORDS)
                && bash.contains(BASH_JOINED_WORDS)
                && bash.contains(BASH_JOINED_OFFER),
            "the script of bash has changed: {bash}"
        );
        let zsh = script(Shell::Zsh).unwrap();
        assert!(
            zsh.contains("'values' other -U"),
            "the script of zsh has changed: {zsh}"
        );
    }
}
