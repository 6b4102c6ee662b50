//! A broken rule in a file: where, and in which words.

use std::ops::Range;

use super::rule::Rule;
use crate::model::FieldPath;
use crate::text::{Lang, Text, lang};

/// Arguments of messages are cut after so many characters: what a file holds may be of any length.
const MAX_ARGUMENT_CHARS: usize = 2000;

/// A message with its arguments, to be put into words when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Message {
    /// The message's id in the catalogue; the name of the rule where the words stand beside a rule.
    pub id: &'static str,
    /// The words, where they do not stand in the catalogue.
    words: Option<&'static Text>,
    arguments: Vec<(&'static str, Argument)>,
}

/// The value of an argument, which may depend on the language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Argument {
    Plain(String),
    Both([String; Lang::ALL.len()]),
}

impl Message {
    /// A message of the catalogue, without arguments so far.
    pub fn new(id: &'static str) -> Message {
        Message {
            id,
            words: None,
            arguments: Vec::new(),
        }
    }

    /// A message whose words stand beside a rule.
    fn of_rule(rule: &'static Rule, words: &'static Text) -> Message {
        Message {
            words: Some(words),
            ..Message::new(rule.name)
        }
    }

    /// The message with one more argument.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Message {
        self.add(name, Argument::plain(&value));
        self
    }

    fn add(&mut self, name: &'static str, value: Argument) {
        self.arguments.push((name, value));
    }

    /// The value of an argument.
    pub fn argument(&self, name: &str) -> Option<&str> {
        let found = self.arguments().find(|(known, _)| *known == name);
        found.map(|(_, value)| value)
    }

    /// The arguments; of those in words of a language the Chinese ones.
    pub fn arguments(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.arguments
            .iter()
            .map(|(name, value)| (*name, value.get(Lang::Zh)))
    }

    /// The message in words.
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

/// What fixes a finding automatically.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Replace some bytes of the text.
    Replace(Range<usize>, String),
    /// Write the whole text anew, for what touches every line.
    Rewrite(String),
    /// Move the file to another path, from the records directory, with `/`.
    Move(String),
}

/// A rule that a file breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
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
    /// What fixes it.
    pub fix: Option<Fix>,
}

const RELATED: Text = Text::new("与这里不符", "does not agree with this");

const MORE: Text = Text::new(
    "这个文件从这里往后还有 { $count } 处",
    "and { $count } more from here on in this file",
);

const MORE_HELP: Text = Text::new(
    "先改好上面的，再检查一次",
    "correct those above first, then check again",
);

impl Finding {
    /// A finding in the words of its rule.
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

    /// Keeps the first of the findings about one file, and says of the others only how many there are: nobody
    /// reads thousands about one file, and to find the place of each takes its time.
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

    /// The finding in other words than those of its rule.
    #[must_use]
    pub fn says(mut self, words: &'static Text) -> Finding {
        self.message.words = Some(words);
        self
    }

    /// The finding with what to do about it.
    #[must_use]
    pub fn help(mut self, words: &'static Text) -> Finding {
        self.help = Some(Message {
            words: Some(words),
            ..self.message.clone()
        });
        self
    }

    /// The finding with an argument of its message and its help.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl ToString) -> Finding {
        self.add(name, Argument::plain(&value))
    }

    /// The finding with an argument that depends on the language.
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

    /// The finding with a field that contradicts it.
    #[must_use]
    pub fn contradicts(mut self, path: impl Into<String>, field: FieldPath) -> Finding {
        self.related.push(Related {
            path: path.into(),
            place: Place::Field(field),
            message: Message::of_rule(self.rule, &RELATED),
        });
        self
    }

    /// The finding with what fixes it.
    #[must_use]
    pub fn fix(mut self, fix: Option<Fix>) -> Finding {
        self.fix = fix;
        self
    }
}
