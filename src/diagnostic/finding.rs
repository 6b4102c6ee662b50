//! Findings: violations of rules in files.

use std::ops::Range;

use super::rule::Rule;
use crate::model::FieldPath;
use crate::text::{Lang, Text, lang};

/// The maximum length of an argument of a message, in characters; the contents of files may be of any length.
const MAX_ARGUMENT_CHARS: usize = 2000;

/// A message and its arguments, formatted when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Message {
    /// The id in the catalogue; for a text of a rule, the name of the rule.
    pub id: &'static str,
    /// The text, if it is not in the catalogue.
    words: Option<&'static Text>,
    arguments: Vec<(&'static str, Argument)>,
}

/// An argument, which may depend on the language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Argument {
    Plain(String),
    Both([String; Lang::ALL.len()]),
}

impl Message {
    /// Creates a message of the catalogue without arguments.
    pub fn new(id: &'static str) -> Message {
        Message {
            id,
            words: None,
            arguments: Vec::new(),
        }
    }

    /// Creates a message with a text of a rule.
    fn of_rule(rule: &'static Rule, words: &'static Text) -> Message {
        Message {
            words: Some(words),
            ..Message::new(rule.name)
        }
    }

    /// Adds an argument.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Message {
        self.add(name, Argument::plain(&value));
        self
    }

    fn add(&mut self, name: &'static str, value: Argument) {
        self.arguments.push((name, value));
    }

    /// Returns the value of an argument.
    pub fn argument(&self, name: &str) -> Option<&str> {
        let found = self.arguments().find(|(known, _)| *known == name);
        found.map(|(_, value)| value)
    }

    /// Returns the arguments; those that depend on the language in Chinese.
    pub fn arguments(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.arguments
            .iter()
            .map(|(name, value)| (*name, value.get(Lang::Zh)))
    }

    /// Formats the message.
    pub fn text(&self, language: Lang) -> String {
        let arguments: Vec<_> = self
            .arguments
            .iter()
            .map(|(name, value)| (*name, value.get(language).into()))
            .collect();
        match self.words {
            Some(words) => lang::format(language, words, &arguments),
            None => lang::message(language, self.id, &arguments),
        }
    }
}

impl Argument {
    fn plain(value: &impl ToString) -> Argument {
        let mut value = value.to_string();
        if let Some((end, _)) = value.char_indices().nth(MAX_ARGUMENT_CHARS) {
            value.truncate(end);
            value.push('…');
        }
        Argument::Plain(value)
    }

    fn get(&self, language: Lang) -> &str {
        match self {
            Argument::Plain(value) => value,
            Argument::Both(values) => &values[language as usize],
        }
    }
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The whole file.
    File,
    /// A byte range of the text.
    Span(Range<usize>),
    /// The value of a field; the nearest table where the field is absent.
    Field(FieldPath),
    /// The key of a field.
    Key(FieldPath),
}

/// A place related to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file, relative to the records directory, with `/`.
    pub path: String,
    /// The place in the file.
    pub place: Place,
    /// How it is related to the finding.
    pub message: Message,
}

/// An automatic fix for a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Replace a byte range of the text.
    Replace(Range<usize>, String),
    /// Replace the whole text, for changes on every line.
    Rewrite(String),
    /// Move the file to another path, relative to the records directory, with `/`.
    Move(String),
}

/// A violation of a rule in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The file, relative to the records directory, with `/`.
    pub path: String,
    /// The place in the file.
    pub place: Place,
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub help: Option<Message>,
    /// Related places.
    pub related: Vec<Related>,
    /// The automatic fix.
    pub fix: Option<Fix>,
}

const RELATED: Text = Text::new("与这里不符", "conflicts with this");

const MORE: Text = Text::new(
    "这个文件从这里往后还有 { $count } 处",
    "and { $count } more from here on in this file",
);

const MORE_HELP: Text = Text::new(
    "先改好上面的，再检查一次",
    "correct those above first, then check again",
);

impl Finding {
    /// Creates a finding with the message and help of its rule.
    pub fn new(rule: &'static Rule, path: impl Into<String>, place: Place) -> Finding {
        Finding {
            rule,
            path: path.into(),
            place,
            message: Message::of_rule(rule, &rule.message),
            help: rule.help.as_ref().map(|help| Message::of_rule(rule, help)),
            related: Vec::new(),
            fix: None,
        }
    }

    /// Limits the findings about one file: further ones are replaced by a finding with their number, because nobody
    /// reads thousands of them and locating each takes time.
    pub fn at_most(findings: &mut Vec<Finding>, most: usize) {
        let more = findings.len().saturating_sub(most);
        if more > 1 {
            findings.truncate(most + 1);
            if let Some(last) = findings.last_mut() {
                let place = last.place.clone();
                *last = Finding::new(last.rule, std::mem::take(&mut last.path), place)
                    .says(&MORE)
                    .help(&MORE_HELP)
                    .with("count", more);
            }
        }
    }

    /// Replaces the message of the rule.
    #[must_use]
    pub fn says(mut self, words: &'static Text) -> Finding {
        self.message.words = Some(words);
        self
    }

    /// Replaces the help of the rule.
    #[must_use]
    pub fn help(mut self, words: &'static Text) -> Finding {
        self.help = Some(Message {
            words: Some(words),
            ..self.message.clone()
        });
        self
    }

    /// Adds an argument to the message and the help.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl ToString) -> Finding {
        self.add(name, Argument::plain(&value))
    }

    /// Adds an argument that depends on the language to the message and the help.
    #[must_use]
    pub fn with_text(self, name: &'static str, text: impl Fn(Lang) -> String) -> Finding {
        self.add(name, Argument::Both(Lang::ALL.map(text)))
    }

    fn add(mut self, name: &'static str, value: Argument) -> Finding {
        if let Some(help) = &mut self.help {
            help.add(name, value.clone());
        }
        self.message.add(name, value);
        self
    }

    /// Adds a field that contradicts the one in the finding.
    #[must_use]
    pub fn contradicts(mut self, path: impl Into<String>, field: FieldPath) -> Finding {
        self.related.push(Related {
            path: path.into(),
            place: Place::Field(field),
            message: Message::of_rule(self.rule, &RELATED),
        });
        self
    }

    /// Sets the automatic fix.
    #[must_use]
    pub fn fix(mut self, fix: Option<Fix>) -> Finding {
        self.fix = fix;
        self
    }
}
