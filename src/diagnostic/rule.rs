//! What a rule is, whoever checks it: `store` while it reads a file, or `rules` afterwards.

use super::example::{Example, Expected};
use crate::model::codes::codes;
use crate::text::Text;

codes! {
    /// What sort of fault a rule is about.
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
    /// The record can be read and counted, but something is not as it should be.
    Warning,
    /// The record cannot be relied on.
    Error,
}

impl Severity {
    /// The word in machine output: `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// How much must be read to decide whether a rule is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The text of one file, and whether the records that it names exist.
    File,
    /// Other files, or names of files; a part of the directory is enough to find some faults.
    Directory,
    /// Every file: with some left out the answer may be wrong.
    Total,
}

/// A rule of `validate`.
#[derive(Debug)]
pub struct Rule {
    /// Its name, in kebab-case.
    pub name: &'static str,
    /// What sort of fault it is about.
    pub group: Group,
    /// The severity of its findings unless the school says otherwise.
    pub severity: Severity,
    /// How much must be read to decide.
    pub scope: Scope,
    /// Whether some of its findings are safe to fix automatically.
    pub fixable: bool,
    /// Why there is the rule.
    pub reason: Text,
    /// What is wrong, in Fluent syntax; a finding may say it in other words.
    pub message: Text,
    /// What to do about it, in Fluent syntax.
    pub help: Option<Text>,
    /// Files that break it once, added to a sound directory.
    pub breaks: Example,
    /// Where the break is reported.
    pub expected: Expected,
    /// Files that keep it.
    pub keeps: Example,
}

/// Rules are told apart by their names.
impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.name == other.name
    }
}

impl Eq for Rule {}
