//! The command line: parses arguments, calls the library, prints.
//!
//! Each command is one file with its arguments and its implementation. Messages are in the catalogue, logic in the
//! library. No other module imports this one.

mod commands;
mod shared;
mod verb;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{ArgMatches, Args, Command};

use crate::text::Lang;
use shared::session::{Global, Session};
use shared::{complete, environment, help, overview, user_error};
use verb::Outcome;

/// The complete command line, without help texts.
fn command() -> Command {
    command_of(|_| true)
}

/// The command line with the selected commands.
fn command_of(is_wanted: impl Fn(&str) -> bool) -> Command {
    Global::augment_args(Command::new("cuncao"))
        .version(env!("CUNCAO_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands(commands::build(is_wanted))
}

/// Runs the command given by the arguments; the entry point of the binary.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let lang = environment::read_early(&arguments).lang;
    clap_complete::CompleteEnv::with_factory(|| {
        complete::with_completers(help::localised(command(), lang))
    })
    .var(environment::COMPLETE)
    .complete();
    // Builds only the named command; all of them if the name is unknown.
    let mut words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    let named = words.find(|word| commands::NAMES.contains(word));
    let quick = command_of(|name| named == Some(name));
    match quick.try_get_matches_from(&arguments) {
        Ok(matches) => perform(&matches, lang),
        // Help texts are only built when they are shown.
        Err(_) => {
            if let Some(code) = overview(&arguments, lang) {
                return code;
            }
            let mut command = help::localised(command(), lang);
            match command.try_get_matches_from_mut(&arguments) {
                Ok(matches) => perform(&matches, lang),
                Err(fault) => help::explain(&fault, help::asked(&command, &arguments), lang),
            }
        }
    }
}

/// Prints the overview, if no command and nothing but global options is given.
fn overview(arguments: &[OsString], lang: Lang) -> Option<ExitCode> {
    let bare = Global::augment_args(Command::new("cuncao"))
        .disable_help_flag(true)
        .disable_version_flag(true);
    let matches = bare.try_get_matches_from(arguments).ok()?;
    let mut session = match Session::new(&matches, command, lang) {
        Ok(session) => session,
        Err(fault) => return Some(user_error::fail(&fault, lang)),
    };
    let shown = overview::print(&mut session).and_then(|()| session.finish());
    Some(match shown {
        Err(fault) if !user_error::is_broken_pipe(&fault) => session.fail(&fault),
        _ => ExitCode::SUCCESS,
    })
}

fn perform(matches: &ArgMatches, lang: Lang) -> ExitCode {
    let mut session = match Session::new(matches, command, lang) {
        Ok(session) => session,
        Err(fault) => return user_error::fail(&fault, lang),
    };
    let Some((name, matches)) = matches.subcommand() else {
        return ExitCode::from(2);
    };
    let done = commands::dispatch(name, matches, &mut session).and_then(|outcome| {
        session.finish()?;
        Ok(outcome)
    });
    match done {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::FoundErrors) => ExitCode::from(1),
        // A closed pipe, as by `head`, is not an error.
        Err(fault) if user_error::is_broken_pipe(&fault) => ExitCode::SUCCESS,
        // 128 + SIGINT, as in shells.
        Err(fault) if user_error::is_interrupted(&fault) => ExitCode::from(130),
        Err(fault) => session.fail(&fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_in_one_group_of_the_overview() {
        let mut grouped: Vec<&str> = overview::GROUPS
            .iter()
            .flat_map(|(_, commands)| commands.iter().copied())
            .collect();
        let mut known = commands::NAMES.to_vec();
        grouped.sort_unstable();
        known.sort_unstable();
        assert_eq!(grouped, known);
    }
}
