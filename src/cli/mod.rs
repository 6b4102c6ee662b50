//! The command line: reads arguments, calls the library, prints.
//!
//! One file a command: its arguments and what it does. What it says is in the catalogue; what it computes
//! is in the library. Nobody imports this module.

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

/// The whole command line, without the words of its help.
fn command() -> Command {
    command_of(|_| true)
}

/// The command line with some of the commands.
fn command_of(is_wanted: impl Fn(&str) -> bool) -> Command {
    Global::augment_args(Command::new("cuncao"))
        .version(env!("CUNCAO_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands(commands::build(is_wanted))
}

/// Runs the command that some arguments say: what the binary does.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let lang = environment::read_early(&arguments).lang;
    clap_complete::CompleteEnv::with_factory(|| {
        complete::with_completers(help::localised(command(), lang))
    })
    .var(environment::COMPLETE)
    .complete();
    // The other commands need not be made for one that is named; where that is no command, all are asked.
    let mut words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    let named = words.find(|word| commands::NAMES.contains(word));
    let quick = command_of(|name| named == Some(name));
    match quick.try_get_matches_from(&arguments) {
        Ok(matches) => perform(&matches, lang),
        // Help costs time that only those pay who read it.
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

/// What there is to do, where no command is named and nothing else but what every command takes.
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
        // Who closed the pipe has seen enough.
        Err(fault) if user_error::is_broken_pipe(&fault) => ExitCode::SUCCESS,
        // As a shell says of a program that Ctrl-C ended.
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
