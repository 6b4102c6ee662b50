//! `help`: the help of a command, or of a topic common to several commands.

use std::io::Write;

use clap::Args;

use crate::cli::shared::help::{self, TOPICS};
use crate::cli::shared::lookup;
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::text::lang;

#[derive(Args, Debug)]
pub(crate) struct HelpArgs {
    #[arg(value_name = "TOPIC")]
    topic: Vec<String>,
}

impl Verb for HelpArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        if let [topic] = &self.topic[..]
            && TOPICS.contains(&topic.as_str())
        {
            if topic == "templates" {
                // The page of the examples, which a test keeps correct by running it.
                let page = crate::report::guide(session.lang);
                write!(session.out(), "{page}")?;
                return Ok(Outcome::Done);
            }
            let text = lang::message(session.lang, &format!("help-topic-{topic}"), &[]);
            write!(session.out(), "{}", help::wrapped(&text))?;
            return Ok(Outcome::Done);
        }
        let mut command = &mut help::localised((session.command_line)(), session.lang);
        for word in &self.topic {
            let known: Vec<String> = command
                .get_subcommands()
                .map(|inner| inner.get_name().to_owned())
                .collect();
            command = match command.find_subcommand_mut(word) {
                Some(inner) => inner,
                None => return Err(no_such_topic(word, &known).into()),
            };
        }
        let text = help::rendered(&command.render_long_help());
        write!(session.out(), "{}", help::wrapped(&text))?;
        Ok(Outcome::Done)
    }
}

fn no_such_topic(word: &str, commands: &[String]) -> UserError {
    let known = || {
        commands
            .iter()
            .map(String::as_str)
            .chain(TOPICS.iter().copied())
    };
    let message = Message::new("no-such-topic").with("found", word);
    lookup::unknown(message, word, known())
}
