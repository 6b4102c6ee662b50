//! Findings as text: similar ones grouped, errors last, where they are seen first.

use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::rules::Rendered;
use crate::text::Lang;
use crate::tr;

/// The maximum number of findings of one rule shown individually.
pub(super) const MAX_ALIKE: usize = 3;

/// A rendered finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// The message on one line.
    pub(super) message: Box<str>,
    /// The full text, with the source lines.
    pub(super) whole: Box<str>,
}

/// How findings are grouped.
pub(super) struct Gathering<'a> {
    pub(super) lang: Lang,
    /// The maximum number shown individually for each rule, of warnings and of errors.
    pub(super) most: (usize, usize),
    /// The options given, for the command that shows the rest.
    pub(super) options: &'a str,
}

impl Gathering<'_> {
    /// The paragraphs to print, warnings first.
    pub(super) fn paragraphs(&self, findings: &[Rendered<Shown>]) -> Vec<String> {
        let mut paragraphs = Vec::new();
        let mut gathered = Vec::new();
        for (severity, most) in [
            (Severity::Warning, self.most.0),
            (Severity::Error, self.most.1),
        ] {
            let of_severity = || findings.iter().filter(|found| found.severity == severity);
            let mut alike: BTreeMap<&str, Vec<&Rendered<Shown>>> = BTreeMap::new();
            for found in of_severity() {
                alike.entry(found.rule.name).or_default().push(found);
            }
            alike.retain(|_, found| found.len() > most);
            let lines: Vec<String> = alike.values().map(|found| self.line(found)).collect();
            if !lines.is_empty() {
                paragraphs.push(lines.concat() + "\n");
            }
            // The first error of each rule is shown in full all the same.
            let first_of_each = alike.values().filter_map(|found| found.first());
            let first_of_each: Vec<_> = first_of_each.filter(|_| most > 0).collect();
            let is_shown = |found: &&Rendered<Shown>| {
                !alike.contains_key(found.rule.name)
                    || severity == Severity::Error
                        && first_of_each
                            .iter()
                            .any(|first| std::ptr::eq(**first, *found))
            };
            let shown = of_severity().filter(is_shown);
            paragraphs.extend(shown.map(|found| found.output.whole.to_string()));
            gathered.extend(alike.into_keys());
        }
        if !gathered.is_empty() {
            let (options, rules) = (self.options, gathered.join(","));
            let hint = tr!(
                self.lang,
                "validate-see-each",
                options = options,
                rules = rules
            );
            let after_warnings = paragraphs.len().min(1);
            paragraphs.insert(after_warnings, hint + "\n\n");
        }
        paragraphs
    }

    /// Summarises many findings of one rule on one line.
    fn line(&self, found: &[&Rendered<Shown>]) -> String {
        let Some(first) = found.first() else {
            return String::new();
        };
        let severity = match first.severity {
            Severity::Error => tr!(self.lang, "severity-error"),
            Severity::Warning => tr!(self.lang, "severity-warning"),
        };
        let message = &*first.output.message;
        let is_same = found.iter().all(|found| &*found.output.message == message);
        let id = if is_same {
            "validate-alike"
        } else {
            "validate-alike-such-as"
        };
        let line = crate::text::lang::message(
            self.lang,
            id,
            &[
                ("severity", severity.into()),
                ("rule", first.rule.name.into()),
                ("count", found.len().into()),
                ("message", message.into()),
            ],
        );
        line + "\n"
    }
}
