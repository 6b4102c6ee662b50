//! The definition of a rule, whether `store` checks it while reading or `rules` afterwards.

use super::example::{Example, Expected};
use crate::model::codes::codes;
use crate::text::Text;

codes! {
    /// A group of rules, by kind of fault.
    Group {
        Syntax = "syntax", "语法", "syntax";
        Layout = "layout", "布局", "layout";
        Schema = "schema", "字段", "schema";
        Reference = "reference", "引用", "reference";
        Consistency = "consistency", "一致", "consistency";
        Privacy = "privacy", "隐私", "privacy";
        Care = "care", "关爱", "care";
    }
}

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The record can be read and counted, but something should be corrected.
    Warning,
    /// The record cannot be relied on.
    Error,
}

impl Severity {
    /// Returns the word in machine-readable output: `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// The files that must be read to check a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The text of one file, and whether the records that it names exist.
    File,
    /// Other files, or the names of files; checking a part of the directory finds a part of the violations.
    Directory,
    /// All files: checking a part of the directory may give wrong results.
    Total,
}

/// A rule of `validate`.
#[derive(Debug)]
pub struct Rule {
    /// The name, in kebab-case.
    pub name: &'static str,
    /// The group.
    pub group: Group,
    /// The default severity.
    pub severity: Severity,
    /// The files that must be read to check it.
    pub scope: Scope,
    /// Whether some of its findings are safe to fix automatically.
    pub fixable: bool,
    /// The reason for the rule.
    pub reason: Text,
    /// The default message, in Fluent syntax; a finding may replace it.
    pub message: Text,
    /// What to do about it, in Fluent syntax.
    pub help: Option<Text>,
    /// Files that break it once, added to a sound directory.
    pub breaks: Example,
    /// The expected place of the finding in that example.
    pub expected: Expected,
    /// Files that comply with it.
    pub keeps: Example,
}

/// Rules are identified by their names.
impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.name == other.name
    }
}

impl Eq for Rule {}
