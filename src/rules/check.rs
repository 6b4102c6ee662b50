//! The inputs of checks: a record, a reference, the settings, or the whole directory.

use std::sync::LazyLock;

use chrono::NaiveDate;
use foldhash::HashMap;

use super::lookup::Named;
use crate::analysis::contact::Contacts;
use crate::analysis::duty::DutyStatus;
use crate::diagnostic::{Finding, Place, Rule};
use crate::model::{EntryRef, FieldPath, Id, Kind, Records, School};
use crate::store::{Store, layout};

/// A check of a rule.
pub(super) enum Check {
    /// Checks a single record.
    Record(fn(&mut Case<'_>)),
    /// Checks a reference to an existing record.
    Reference(fn(&mut Case<'_>, &Named<'_>)),
    /// Checks the school's settings.
    School(fn(&School) -> Vec<Finding>),
    /// Checks all records of some kinds together.
    Directory(&'static [Kind], fn(&Directory<'_>) -> Vec<Finding>),
}

/// A rule with its checks; there are none for a rule that is checked in `store` while reading.
pub(super) struct CheckedRule {
    pub(super) rule: &'static Rule,
    pub(super) checks: &'static [Check],
}

impl CheckedRule {
    /// Lists a rule that is checked while reading.
    pub(super) const fn while_reading(rule: &'static Rule) -> CheckedRule {
        CheckedRule { rule, checks: &[] }
    }
}

/// Lists the rule of a module with `RULE` and `CHECKS`.
macro_rules! entry {
    ($module:ident) => {
        $crate::rules::check::CheckedRule {
            rule: &$module::RULE,
            checks: $module::CHECKS,
        }
    };
}

pub(super) use entry;

/// The context of checks of single records.
pub(super) struct CheckContext<'a> {
    pub(super) store: &'a Store,
    pub(super) school: &'a School,
    pub(super) today: NaiveDate,
    records: Vec<fn(&mut Case<'_>)>,
    references: Vec<fn(&mut Case<'_>, &Named<'_>)>,
}

impl<'a> CheckContext<'a> {
    /// Creates a context with some checks.
    pub(super) fn new(
        store: &'a Store,
        school: &'a School,
        today: NaiveDate,
        checks: impl Iterator<Item = &'static Check>,
    ) -> CheckContext<'a> {
        let mut context = CheckContext {
            store,
            school,
            today,
            records: Vec::new(),
            references: Vec::new(),
        };
        for check in checks {
            match check {
                Check::Record(check) => context.records.push(*check),
                Check::Reference(check) => context.references.push(*check),
                Check::School(_) | Check::Directory(..) => {}
            }
        }
        context
    }
}

/// A record that is being checked, and its findings.
pub(super) struct Case<'a> {
    pub(super) context: &'a CheckContext<'a>,
    pub(super) id: Id,
    pub(super) record: EntryRef<'a>,
    pub(super) path: &'a dyn Fn() -> String,
    /// The text of the file; empty when only references are checked.
    pub(super) text: &'a str,
    /// Whether the file is in its proper folder.
    pub(super) in_place: bool,
    pub(super) findings: &'a mut Vec<Finding>,
}

impl Case<'_> {
    /// Creates a finding about a field.
    pub(super) fn at(&self, rule: &'static Rule, field: FieldPath) -> Finding {
        Finding::new(rule, (self.path)(), Place::Field(field))
    }

    /// Creates a finding about the whole file.
    pub(super) fn of_file(&self, rule: &'static Rule) -> Finding {
        Finding::new(rule, (self.path)(), Place::File)
    }

    pub(super) fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Returns the date of a dated record and its field.
    pub(super) fn day(&self) -> Option<(&'static str, NaiveDate)> {
        Some((self.id.kind().info().day_field?, self.record.day()?))
    }

    /// Runs the checks of single records.
    pub(super) fn check(&mut self) {
        for check in &self.context.records {
            check(self);
        }
    }

    /// Runs the checks of a reference to an existing record.
    pub(super) fn check_reference(&mut self, named: &Named<'_>) {
        for check in &self.context.references {
            check(self, named);
        }
    }
}

/// The data kept from all files.
pub(super) struct Directory<'a> {
    pub(super) store: &'a Store,
    pub(super) school: &'a School,
    /// Whether the settings could be read; otherwise `school` is a default.
    pub(super) is_school_known: bool,
    pub(super) today: NaiveDate,
    /// Terms, helpers, children, pairings, and the records of the kinds that checks name.
    pub(super) records: &'a Records,
    /// File names in records.
    pub(super) paths: &'a [(Id, FieldPath, String)],
    /// Paths of files that are not records, or whose names do not match their content.
    pub(super) odd: &'a [String],
    /// Possible duplicates, with a hash of what they have in common.
    pub(super) alike: &'a [(u64, Id)],
    pub(super) misplaced: &'a HashMap<Id, String>,
    /// The latest contact with each child.
    pub(super) contacts: &'a Contacts,
    /// The status of duties, computed on first use.
    pub(super) duties: LazyLock<DutyStatus<'a>, Box<dyn FnOnce() -> DutyStatus<'a> + Send + 'a>>,
}

impl Directory<'_> {
    /// Returns the path of a record.
    pub(super) fn path(&self, id: Id) -> String {
        path(self.misplaced, id)
    }

    /// Creates a finding about a field of a record.
    pub(super) fn at(&self, rule: &'static Rule, id: Id, field: FieldPath) -> Finding {
        Finding::new(rule, self.path(id), Place::Field(field))
    }
}

/// Returns the path of a record.
pub(super) fn path(misplaced: &HashMap<Id, String>, id: Id) -> String {
    let misplaced = misplaced.get(&id).cloned();
    misplaced.unwrap_or_else(|| layout::path_of(id))
}
