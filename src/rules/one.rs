//! Checks a single record before it is written, reading only what it refers to.

use chrono::NaiveDate;

use super::check::{Case, CheckContext};
use super::lookup::{Lifetime, Lookup, ReferencedRecord};
use super::references::references;
use super::report::{Reported, reported_in};
use super::severities::Severities;
use super::wanted;
use crate::diagnostic::Finding;
use crate::model::child::Child;
use crate::model::{Entry, HasTable, Id, Kind, Record, Records, School, with_kind};
use crate::store::decode::{self, Prose};
use crate::store::encoding::{self, check_encoding};
use crate::store::{self, SCHOOL_FILE, Store, layout};

/// Returns the findings that `validate` would have about a file with this text, for rules of [`super::Scope::File`].
/// The cost does not depend on the size of the directory. The file need not exist.
pub fn check_one(
    store: &Store,
    school: &School,
    today: NaiveDate,
    path: &str,
    text: &str,
) -> Vec<Reported> {
    let severities = Severities::of_school(&school.validate).unwrap_or_default();
    let context = CheckContext::new(store, school, today, wanted::checks(&severities));
    let findings = match layout::id_of(path) {
        Some(id) => with_kind!(id.kind(), K => of_record::<K>(&context, id, path, text)),
        None if path == SCHOOL_FILE => of_settings(path, text, &severities),
        None => Vec::new(),
    };
    reported_in(findings, &severities, text, None)
}

fn of_settings(path: &str, text: &str, severities: &Severities) -> Vec<Finding> {
    let mut findings = store::check::inspect(School::shape(), path, text.as_bytes());
    if let Some(proposed) = decode::decode::<School>(text, Prose::Keep) {
        findings.extend(wanted::of_school(&proposed, severities));
    }
    findings
}

/// Looks up records in their files.
struct Files<'a> {
    store: &'a Store,
    /// The record that is checked, which may refer to itself before it exists.
    proposed: Id,
}

impl Lookup for Files<'_> {
    fn look(&self, id: Id) -> ReferencedRecord {
        if id == self.proposed {
            return ReferencedRecord::There;
        }
        // Also finds records in a wrong folder, but only looks there if necessary.
        let Some(path) = self.store.path_of_record(id) else {
            return ReferencedRecord::Unknown;
        };
        if id.kind() != Kind::Child {
            return ReferencedRecord::There;
        }
        let text = self.store.text(&path).unwrap_or_default();
        match decode::decode::<Child>(&text, Prose::Skip) {
            Some(child) => ReferencedRecord::Child(Lifetime::of(&child)),
            None => ReferencedRecord::There,
        }
    }

    fn path(&self, id: Id) -> String {
        let path = self.store.path_of_record(id);
        path.unwrap_or_else(|| layout::path_of(id))
    }

    fn nearest(&self, _: Id) -> Option<Id> {
        None
    }
}

fn of_record<K: Record>(context: &CheckContext<'_>, id: Id, path: &str, text: &str) -> Vec<Finding>
where
    Records: HasTable<K>,
{
    let record = match store::check::read::<K>(path, text.as_bytes()) {
        Ok((record, _)) => record,
        Err(mut findings) => {
            findings.extend(check_encoding(path, text));
            return findings;
        }
    };
    let entry = Entry { id, record };
    let mut findings = Vec::new();
    if encoding::needs_inspection(text) {
        findings = store::check::inspect(K::KIND.shape(), path, text.as_bytes());
    }
    let mut case = Case {
        context,
        id,
        record: Records::view(&entry),
        path: &|| path.to_owned(),
        text,
        in_place: layout::path_of(id) == path,
        findings: &mut findings,
    };
    case.check();
    let known = Files {
        store: context.store,
        proposed: id,
    };
    references(&known, &mut case);
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::write_example;
    use crate::rules::{CheckOptions, Content, SOUND, Scope, TODAY, rules};
    use crate::text::Lang;

    #[test]
    fn checking_one_record_agrees_with_checking_the_directory() {
        for rule in rules() {
            for example in [&rule.breaks, &rule.keeps] {
                let folder = tempfile::tempdir().unwrap();
                write_example(folder.path(), &SOUND);
                write_example(folder.path(), example);
                let store = Store::at(folder.path());
                let today = TODAY.parse().unwrap();
                let mut proposed = Vec::new();
                for (path, content) in example.0 {
                    if let Content::File(text) = content {
                        let Ok(school) = store.school() else { continue };
                        proposed.extend(check_one(&store, &school, today, path, text));
                    }
                }
                let options = CheckOptions {
                    today,
                    severities: None,
                    advanced: &|_| {},
                };
                let whole = crate::rules::check(&store, &options);
                let shown = |findings: &[Reported]| {
                    let of_record = findings
                        .iter()
                        .filter(|reported| reported.finding.rule.scope == Scope::File);
                    let mut lines: Vec<String> = of_record
                        .map(
                            |Reported {
                                 severity, finding, ..
                             }| {
                                let Finding {
                                    rule,
                                    path,
                                    place,
                                    message,
                                    related,
                                    ..
                                } = finding;
                                format!(
                                    "{severity:?} {} {path} {place:?} {} {related:?}",
                                    rule.name,
                                    message.text(Lang::Zh)
                                )
                            },
                        )
                        .collect();
                    lines.sort();
                    lines
                };
                assert_eq!(shown(&proposed), shown(&whole), "{}", rule.name);
            }
        }
    }
}
