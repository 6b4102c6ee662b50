//! The severities of rules, from the school's settings and command-line options.

use std::collections::HashMap;

use super::registry::{find, rules};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::Code;
use crate::model::school;
use crate::text::suggest;

/// A word that is neither a rule nor a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    /// The word.
    pub word: String,
    /// The name of the nearest rule.
    pub nearest: Option<&'static str>,
}

impl UnknownRule {
    /// Finds the nearest rule.
    pub fn new(word: &str) -> UnknownRule {
        UnknownRule {
            word: word.to_owned(),
            nearest: suggest::nearest(word, rules().map(|rule| rule.name)),
        }
    }
}

/// The severity of each rule; rules without one are not wanted.
#[derive(Clone, Debug, Default)]
pub struct Severities(HashMap<&'static str, Option<Severity>>);

impl Severities {
    /// Returns the default severities with a school's changes.
    ///
    /// # Errors
    ///
    /// A word in the settings is neither a rule nor a group.
    pub fn of_school(settings: &school::Levels) -> Result<Severities, UnknownRule> {
        let mut severities = Severities::default();
        for (words, severity) in [
            (&settings.allow, None),
            (&settings.warn, Some(Severity::Warning)),
            (&settings.deny, Some(Severity::Error)),
        ] {
            for word in words {
                severities.set(named(word)?, severity);
            }
        }
        Ok(severities)
    }

    /// Turns rules into errors: a rule, a group, or `warnings` for all warnings.
    ///
    /// # Errors
    ///
    /// The word is none of these.
    pub fn deny(&mut self, word: &str) -> Result<(), UnknownRule> {
        let denied = if word == "warnings" {
            rules().filter(|rule| self.of(rule).is_some()).collect()
        } else {
            named(word)?
        };
        self.set(denied, Some(Severity::Error));
        Ok(())
    }

    /// Turns off all rules except for some, given by rule or group.
    ///
    /// # Errors
    ///
    /// A word is neither a rule nor a group.
    pub fn only(&mut self, words: &[String]) -> Result<(), UnknownRule> {
        let mut kept = Vec::new();
        for word in words {
            kept.extend(named(word)?);
        }
        self.set(rules().filter(|rule| !kept.contains(rule)), None);
        Ok(())
    }

    /// Turns off the rules that only warn.
    pub fn only_errors(mut self) -> Severities {
        let is_error = |rule: &&'static Rule| self.of(rule) == Some(Severity::Error);
        let others: Vec<_> = rules().filter(|rule| !is_error(rule)).collect();
        self.set(others, None);
        self
    }

    /// Turns off the rules that need all files, for checking a part of them.
    pub fn without_totals(&mut self) {
        self.set(rules().filter(|rule| rule.scope == Scope::Total), None);
    }

    /// Returns the severity of a rule; none if it is turned off.
    pub fn of(&self, rule: &'static Rule) -> Option<Severity> {
        let changed = self.0.get(rule.name).copied();
        changed.unwrap_or(Some(rule.severity))
    }

    fn set(&mut self, rules: impl IntoIterator<Item = &'static Rule>, severity: Option<Severity>) {
        let changed = rules.into_iter().map(|rule| (rule.name, severity));
        self.0.extend(changed);
    }
}

/// Returns the rules that a word names.
fn named(word: &str) -> Result<Vec<&'static Rule>, UnknownRule> {
    if let Some(rule) = find(word) {
        return Ok(vec![rule]);
    }
    let group = Group::of_code(word).ok_or_else(|| UnknownRule::new(word))?;
    Ok(rules().filter(|rule| rule.group == group).collect())
}
