//! Which rules are asked, and how bad what they find is: the school's settings and those of one run.

use std::collections::HashMap;

use super::registry::{Group, RULES, rule};
use crate::diagnostic::Level;
use crate::model::Code;
use crate::model::school;
use crate::text::suggest;

/// A word that names no rule and no group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    /// The word.
    pub word: String,
    /// The rule that it is nearest to.
    pub nearest: Option<&'static str>,
}

/// How bad the findings of each rule are; those of a rule without level are left out.
#[derive(Clone, Debug)]
pub struct Levels(HashMap<&'static str, Level>);

impl Default for Levels {
    fn default() -> Self {
        Levels(RULES.iter().map(|rule| (rule.name, rule.level)).collect())
    }
}

impl Levels {
    /// The rules' own levels, changed as a school wants it.
    ///
    /// # Errors
    ///
    /// A word among the settings that names no rule.
    pub fn of(settings: &school::Levels) -> Result<Levels, UnknownRule> {
        let mut levels = Levels::default();
        for word in &settings.allow {
            for name in named(word)? {
                levels.0.remove(name);
            }
        }
        for (words, level) in [
            (&settings.warn, Level::Warning),
            (&settings.deny, Level::Error),
        ] {
            for word in words {
                for name in named(word)? {
                    levels.0.insert(name, level);
                }
            }
        }
        Ok(levels)
    }

    /// Makes errors of rules: a rule, a group, or `warnings` for all that warn.
    ///
    /// # Errors
    ///
    /// The word, if it names no rule.
    pub fn deny(&mut self, word: &str) -> Result<(), UnknownRule> {
        if word == "warnings" {
            self.0.values_mut().for_each(|level| *level = Level::Error);
            return Ok(());
        }
        for name in named(word)? {
            self.0.insert(name, Level::Error);
        }
        Ok(())
    }

    /// Leaves out all rules but some, which are named by rule or group.
    ///
    /// # Errors
    ///
    /// The first word that names no rule.
    pub fn only(&mut self, words: &[String]) -> Result<(), UnknownRule> {
        let mut kept = Vec::new();
        for word in words {
            kept.extend(named(word)?);
        }
        self.0.retain(|name, _| kept.contains(name));
        Ok(())
    }

    /// Leaves out the rules that only all records together can answer, for those who have some.
    pub fn without_sums(&mut self) {
        self.0
            .retain(|name, _| !matches!(*name, "fund-overdrawn" | "duty-missed"));
    }

    /// How bad the findings of a rule are; none where it is left out.
    pub fn level(&self, name: &str) -> Option<Level> {
        self.0.get(name).copied()
    }
}

/// The rules that a word names.
fn named(word: &str) -> Result<Vec<&'static str>, UnknownRule> {
    if let Some(rule) = rule(word) {
        return Ok(vec![rule.name]);
    }
    match Group::of_code(word) {
        Some(group) => Ok(RULES
            .iter()
            .filter(|rule| rule.group == group)
            .map(|rule| rule.name)
            .collect()),
        None => Err(UnknownRule {
            word: word.to_owned(),
            nearest: suggest::nearest(word, RULES.iter().map(|rule| rule.name)),
        }),
    }
}
