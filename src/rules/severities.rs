//! Which rules are wanted, and with which severity: the school's settings and those of one run.

use std::collections::HashMap;

use super::registry::{find, rules};
use crate::diagnostic::{Group, Rule, Scope, Severity};
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

impl UnknownRule {
    /// With the rule whose name is nearest.
    pub fn new(word: &str) -> UnknownRule {
        UnknownRule {
            word: word.to_owned(),
            nearest: suggest::nearest(word, rules().map(|rule| rule.name)),
        }
    }
}

/// The severity of each rule; findings of a rule without one are left out.
#[derive(Clone, Debug, Default)]
pub struct Severities(HashMap<&'static str, Option<Severity>>);

impl Severities {
    /// The rules' own severities, changed as a school wants it.
    ///
    /// # Errors
    ///
    /// A word among the settings that names no rule.
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

    /// Makes errors of rules: a rule, a group, or `warnings` for all that warn.
    ///
    /// # Errors
    ///
    /// The word, if it names no rule.
    pub fn deny(&mut self, word: &str) -> Result<(), UnknownRule> {
        let denied = if word == "warnings" {
            rules().filter(|rule| self.of(rule).is_some()).collect()
        } else {
            named(word)?
        };
        self.set(denied, Some(Severity::Error));
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
        self.set(rules().filter(|rule| !kept.contains(rule)), None);
        Ok(())
    }

    /// Leaves out the rules that only warn.
    pub fn only_errors(mut self) -> Severities {
        let is_error = |rule: &&'static Rule| self.of(rule) == Some(Severity::Error);
        let others: Vec<_> = rules().filter(|rule| !is_error(rule)).collect();
        self.set(others, None);
        self
    }

    /// Leaves out the rules that only all records together can answer, for those who have some.
    pub fn without_totals(&mut self) {
        self.set(rules().filter(|rule| rule.scope == Scope::Total), None);
    }

    /// The severity of a rule; none where it is left out.
    pub fn of(&self, rule: &'static Rule) -> Option<Severity> {
        let changed = self.0.get(rule.name).copied();
        changed.unwrap_or(Some(rule.severity))
    }

    fn set(&mut self, rules: impl IntoIterator<Item = &'static Rule>, severity: Option<Severity>) {
        let changed = rules.into_iter().map(|rule| (rule.name, severity));
        self.0.extend(changed);
    }
}

/// The rules that a word names.
fn named(word: &str) -> Result<Vec<&'static Rule>, UnknownRule> {
    if let Some(rule) = find(word) {
        return Ok(vec![rule]);
    }
    let group = Group::of_code(word).ok_or_else(|| UnknownRule::new(word))?;
    Ok(rules().filter(|rule| rule.group == group).collect())
}
