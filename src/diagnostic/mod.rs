//! What is wrong with a file, where, and what to do: values, not errors.
//!
//! A [`Finding`] is what a rule says; a [`render::Diagnostic`] is a finding with its level and its place in the
//! text, ready to be shown. How they are shown is in `render`.

pub mod render;
mod unread;

use std::ops::Range;

use crate::model::FieldPath;
use crate::text::{Lang, lang};
pub use unread::{Wanted, unread};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The record can be read and counted, but something is not as it should be.
    Warning,
    /// The record cannot be relied on.
    Error,
}

impl Level {
    /// The word in machine output: `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// Arguments of messages are cut after so many characters: what a file holds may be of any length.
const LONGEST: usize = 2000;

/// A message of the catalogue with its arguments, to be put into words when it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The message's id in the catalogue.
    pub id: &'static str,
    /// Its arguments.
    pub arguments: Vec<(&'static str, String)>,
}

impl Message {
    /// A message without arguments so far.
    pub fn new(id: &'static str) -> Message {
        Message {
            id,
            arguments: Vec::new(),
        }
    }

    /// The message with one more argument.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Message {
        let mut value = value.to_string();
        if let Some((end, _)) = value.char_indices().nth(LONGEST) {
            value.truncate(end);
            value.push('…');
        }
        self.arguments.push((name, value));
        self
    }

    /// The message in words.
    pub fn text(&self, language: Lang) -> String {
        let arguments: Vec<_> = self
            .arguments
            .iter()
            .map(|(name, value)| (*name, value.as_str().into()))
            .collect();
        lang::message(language, self.id, &arguments)
    }
}

/// Where in a file something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// Some bytes of its text.
    Span(Range<usize>),
    /// The value of a field; the nearest table where the field is absent.
    Field(FieldPath),
    /// The key of a field.
    Key(FieldPath),
}

/// Another place that has to do with a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file, from the records directory, with `/`.
    pub path: String,
    /// Where in it.
    pub place: Place,
    /// What it has to do with the finding.
    pub message: Message,
}

/// What mends a finding without a person's judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Replace some bytes of the text.
    Replace(Range<usize>, String),
    /// Write the whole text anew, for what touches every line.
    Rewrite(String),
    /// Move the file to another path, from the records directory, with `/`.
    Move(String),
}

/// What a rule found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// The file, from the records directory, with `/`.
    pub path: String,
    /// Where in it.
    pub place: Place,
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub help: Option<Message>,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
    /// What mends it.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding with what is always there.
    pub fn new(
        rule: &'static str,
        path: impl Into<String>,
        place: Place,
        message: Message,
    ) -> Finding {
        Finding {
            rule,
            path: path.into(),
            place,
            message,
            help: None,
            related: Vec::new(),
            fix: None,
        }
    }

    /// Keeps the first of the findings about one file, and says of the others only how many there are: nobody
    /// reads thousands about one file, and to find the place of each takes its time.
    pub fn at_most(findings: &mut Vec<Finding>, most: usize) {
        let more = findings.len().saturating_sub(most);
        if more > 1 {
            findings.truncate(most + 1);
            if let Some(last) = findings.last_mut() {
                let message = Message::new("rule-more-faults").with("count", more);
                *last = Finding::new(last.rule, last.path.clone(), last.place.clone(), message)
                    .help(Message::new("rule-more-faults-help"));
            }
        }
    }

    /// The finding with what to do about it.
    pub fn help(mut self, help: Message) -> Finding {
        self.help = Some(help);
        self
    }

    /// The finding with one more place that has to do with it.
    pub fn related(mut self, path: impl Into<String>, place: Place, message: Message) -> Finding {
        self.related.push(Related {
            path: path.into(),
            place,
            message,
        });
        self
    }

    /// The finding with what mends it.
    pub fn fix(mut self, fix: Fix) -> Finding {
        self.fix = Some(fix);
        self
    }
}
