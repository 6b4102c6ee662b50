//! What a check looks at: a record, what a record names, the settings, or the whole directory.

use std::sync::LazyLock;

use chrono::NaiveDate;
use foldhash::HashMap;

use super::lookup::Named;
use crate::analysis::contact::Contacts;
use crate::analysis::duty::DutyStatus;
use crate::diagnostic::{Finding, Place, Rule};
use crate::model::{EntryRef, FieldPath, Id, Records, School};
use crate::store::{Store, layout};

/// A way in which a rule is checked.
pub(super) enum Check {
    /// On each record by itself.
    Record(fn(&mut Case<'_>)),
    /// On each reference to a record that exists.
    Reference(fn(&mut Case<'_>, &Named<'_>)),
    /// On the school's settings.
    School(fn(&School) -> Vec<Finding>),
    /// On all records together.
    Directory(fn(&Directory<'_>) -> Vec<Finding>),
}

/// A rule with its checks; those of a rule that is checked while files are read are in `store`.
pub(super) struct CheckedRule {
    pub(super) rule: &'static Rule,
    pub(super) checks: &'static [Check],
}

impl CheckedRule {
    /// A rule that is checked while files are read.
    pub(super) const fn while_reading(rule: &'static Rule) -> CheckedRule {
        CheckedRule { rule, checks: &[] }
    }
}

/// The rule of a module, which holds `RULE` and `CHECKS`.
macro_rules! entry {
    ($module:ident) => {
        $crate::rules::check::CheckedRule {
            rule: &$module::RULE,
            checks: $module::CHECKS,
        }
    };
}

pub(super) use entry;

/// What checks of single records depend on beside them.
pub(super) struct CheckContext<'a> {
    pub(super) store: &'a Store,
    pub(super) school: &'a School,
    pub(super) today: NaiveDate,
    records: Vec<fn(&mut Case<'_>)>,
    references: Vec<fn(&mut Case<'_>, &Named<'_>)>,
}

impl<'a> CheckContext<'a> {
    /// With some checks.
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
                Check::School(_) | Check::Directory(_) => {}
            }
        }
        context
    }
}

/// A record whose findings are gathered.
pub(super) struct Case<'a> {
    pub(super) context: &'a CheckContext<'a>,
    pub(super) id: Id,
    pub(super) record: EntryRef<'a>,
    pub(super) path: &'a dyn Fn() -> String,
    /// The text of its file; empty where only what it names is checked.
    pub(super) text: &'a str,
    /// Whether its file lies in the folder where it belongs.
    pub(super) in_place: bool,
    pub(super) findings: &'a mut Vec<Finding>,
}

impl Case<'_> {
    /// A finding about a field.
    pub(super) fn at(&self, rule: &'static Rule, field: FieldPath) -> Finding {
        Finding::new(rule, (self.path)(), Place::Field(field))
    }

    /// A finding about the file as a whole.
    pub(super) fn of_file(&self, rule: &'static Rule) -> Finding {
        Finding::new(rule, (self.path)(), Place::File)
    }

    pub(super) fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The field whose day is that of a dated record, and that day.
    pub(super) fn day(&self) -> Option<(&'static str, NaiveDate)> {
        Some((self.id.kind().info().day_field?, self.record.day()?))
    }

    /// Runs the checks of single records.
    pub(super) fn check(&mut self) {
        for check in &self.context.records {
            check(self);
        }
    }

    /// Runs the checks of a reference to a record that exists.
    pub(super) fn check_reference(&mut self, named: &Named<'_>) {
        for check in &self.context.references {
            check(self, named);
        }
    }
}

/// What is kept of all files.
pub(super) struct Directory<'a> {
    pub(super) store: &'a Store,
    pub(super) school: &'a School,
    /// Whether the settings could be read; otherwise they are the defaults.
    pub(super) is_school_known: bool,
    pub(super) today: NaiveDate,
    /// Terms, helpers, children, pairings, loans and funds.
    pub(super) records: &'a Records,
    /// Names of files that records hold.
    pub(super) paths: &'a [(Id, FieldPath, String)],
    /// Paths of what is no record, or not the one that its name says.
    pub(super) odd: &'a [String],
    /// Records that may be alike, by what they have in common.
    pub(super) alike: &'a [(u64, Id)],
    pub(super) misplaced: &'a HashMap<Id, String>,
    /// The last contact with each child.
    pub(super) contacts: &'a Contacts,
    /// What is owed and done; put together when it is asked for.
    pub(super) duties: LazyLock<DutyStatus<'a>, Box<dyn FnOnce() -> DutyStatus<'a> + Send + 'a>>,
}

impl Directory<'_> {
    /// The path of a record that was read.
    pub(super) fn path(&self, id: Id) -> String {
        path(self.misplaced, id)
    }

    /// A finding about a field of a record.
    pub(super) fn at(&self, rule: &'static Rule, id: Id, field: FieldPath) -> Finding {
        Finding::new(rule, self.path(id), Place::Field(field))
    }
}

/// The path of a record that was read.
pub(super) fn path(misplaced: &HashMap<Id, String>, id: Id) -> String {
    let misplaced = misplaced.get(&id).cloned();
    misplaced.unwrap_or_else(|| layout::path_of(id))
}
